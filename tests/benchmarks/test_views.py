"""The picture, one criterion, the names behind it, and planning something for them."""

import csv
import io
import re
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.benchmarks import drawing
from dekaan.benchmarks.queries.picture import Bar
from dekaan.benchmarks.queries.shares import Share
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.destinations.changes import record_statement
from dekaan.frameworks.queries import criteria, frameworks
from dekaan.measures.queries import Figure
from dekaan.people.changes import join_school
from dekaan.people.models import Pupil
from dekaan.plan.queries.measuring import span
from dekaan.programme.models import Invitation, Session
from tests.factories.schools import person, place, pupils, talk
from tests.kept import once_made
from tests.stock import THIS_YEAR

pytestmark = pytest.mark.django_db
EMPLOYER = "GB24.5.1"


def make_northgate():
    """Ten pupils of Year 10 at an employer's talk, two of them absent; ten of Year 11 who met nobody."""
    at = place("northgate")
    made = pupils(at, 10, surname="Okafor", pupil_premium=True)
    pupils(at, 10, surname="Petrov", year_group=11, tutor_group="11A", pupil_premium=False)
    talk(at, absent=made[:2])
    return at


@pytest.fixture
def northgate():
    return once_made(make_northgate)


def get(client, at, role, name, query="", scope=None, **kwargs):
    client.force_login(person(at, role, scope))
    return client.get(reverse(name, kwargs={"school_slug": at.slug, **kwargs}) + query)


def statements(client, address):
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    plumbing = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    return len([each for each in made if not each["sql"].startswith(plumbing)])


def test_benchmark_picture_shows_bars_with_numerator_and_denominator(client, northgate):
    picture = get(client, northgate, "careers-leader", "benchmark-picture").context["picture"]
    bars = {bar.criterion.id: bar.now for _, bars in picture.bars for bar in bars}
    figure = bars[EMPLOYER].figure
    assert (figure.met, figure.of, figure.unknown, figure.missed) == (8, 20, 0, 12)
    assert (bars[EMPLOYER].at_least, bars[EMPLOYER].at_most) == (40, 40)


def test_benchmark_picture_shows_a_square_for_each_year_group(client, northgate):
    picture = get(client, northgate, "careers-leader", "benchmark-picture").context["picture"]
    column = [benchmark.number for benchmark in picture.columns].index(criteria()[EMPLOYER].benchmark)
    squares = {row.year_group: row.squares[column] for row in picture.rows}
    assert {year: (each.share.figure.met, each.share.figure.of, each.is_so_far) for year, each in squares.items()} == {
        10: (8, 10, False),
        11: (0, 10, False),
    }
    page = get(client, northgate, "careers-leader", "benchmark-picture").content.decode()
    assert "80 %" in page
    assert "8 of 20" in page


@pytest.mark.parametrize("framework", [each.key for each in frameworks()])
def test_benchmark_picture_draws_every_framework(client, northgate, framework):
    answer = get(client, northgate, "careers-leader", "benchmark-picture", f"?framework={framework}")
    assert answer.context["picture"].framework.key == framework


def test_benchmark_picture_takes_an_earlier_year_and_shrugs_at_nonsense(client, northgate):
    last = academic_year_of(today()) - 1
    assert get(client, northgate, "careers-leader", "benchmark-picture", f"?year={last}").context["picture"].is_empty
    answer = get(client, northgate, "careers-leader", "benchmark-picture", "?year=abc&framework=none")
    assert answer.context["picture"].academic_year == last + 1


def test_benchmark_picture_says_unknown_where_nothing_is_known(client):
    """Before the school's records begin nobody is known to have met an employer, and nobody to have missed one."""
    at = place("northgate", years=-1)
    pupils(at, 10)
    picture = get(client, at, "careers-leader", "benchmark-picture").context["picture"]
    column = [benchmark.number for benchmark in picture.columns].index(criteria()[EMPLOYER].benchmark)
    (row,) = picture.rows
    square = row.squares[column]
    assert (square.text, square.css) == ("unknown", "unknown")
    assert square.opens.endswith("state=unknown")
    assert row.squares[-1].opens.endswith("state=unknown-so-far")


def figure_of(met, of, unknown, hidden=""):
    return Share(Figure(1, THIS_YEAR - 1, "gatsby-2024", EMPLOYER, "all", "", met, of, unknown, 0, "", hidden))


def test_a_year_of_which_nothing_is_known_is_never_told_as_0_per_cent(client):
    """Last year's column, its mark on the bar and a plan's baseline say what the heat map says."""
    shares = [figure_of(0, 8, 8), figure_of(0, 8, 0), figure_of(2, 8, 4), figure_of(None, None, None, "hidden")]
    assert [each.in_short for each in shares] == ["unknown", "0 %", "at least 25 %", "hidden"]
    told = [
        drawing.criteria(
            [Bar(criteria()[EMPLOYER], shares[1], each)], "", year=1, this_year=True, before="", opens=False
        )
        for each in shares
    ]
    cells = [re.search(r'<td data-label="">(.*?)</td>', each).group(1) for each in told]
    assert cells == [
        '<span class="quiet">unknown</span>',
        "0 %",
        "at least 25 %",
        '<span class="quiet">hidden</span>',
    ]
    assert ["<line" in each for each in told] == [False, True, True, False]
    assert [span(each) for each in shares[:2]] == ["not known", "0 %"]


def test_benchmark_picture_says_at_least_where_something_is_unknown(client, northgate):
    with working_in(northgate.school):
        join_school(surname="Late", forename="Lou", year_group=10, starts_on=today(), by=None)
    picture = get(client, northgate, "careers-leader", "benchmark-picture").context["picture"]
    column = [benchmark.number for benchmark in picture.columns].index(criteria()[EMPLOYER].benchmark)
    assert {row.year_group: row.squares[column].text for row in picture.rows} == {10: "at least 72 %", 11: "0 %"}


def test_benchmark_picture_hides_small_numbers_from_a_governor(client, northgate):
    """Two of Year 10 missed it; a governor sees neither the two nor anything to take them from."""
    answer = get(client, northgate, "link-governor", "benchmark-picture")
    picture = answer.context["picture"]
    column = [benchmark.number for benchmark in picture.columns].index(criteria()[EMPLOYER].benchmark)
    assert all(row.squares[column].share.figure.hidden for row in picture.rows)
    assert "hidden" in answer.content.decode()
    assert "8 of 10" not in answer.content.decode()


@pytest.mark.once
@pytest.mark.parametrize("name", ["benchmark-picture", "criterion-detail", "figures-explained", "framework-detail"])
@pytest.mark.parametrize("role", ["careers-leader", "link-governor", "enterprise-adviser"])
def test_no_page_of_figures_names_a_pupil(client, northgate, name, role):
    arguments = {"criterion-detail": {"criterion_id": EMPLOYER}, "framework-detail": {"framework_id": "gatsby-2024"}}
    answer = get(client, northgate, role, name, **arguments.get(name, {}))
    assert answer.status_code == 200
    assert "Okafor" not in answer.content.decode()


def test_a_tutor_has_no_picture(client, northgate):
    assert get(client, northgate, "tutor", "benchmark-picture", scope={"tutor_groups": ["10A"]}).status_code == 403


def test_benchmark_picture_of_another_school_is_not_found(client, northgate):
    place("southfield")
    client.force_login(person(northgate, "careers-leader"))
    assert client.get(reverse("benchmark-picture", args=["southfield"])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_benchmark_picture_makes_6_queries(client, number):
    at = place("northgate")
    pupils(at, number)
    talk(at)
    client.force_login(person(at, "careers-leader"))
    assert statements(client, reverse("benchmark-picture", args=["northgate"])) == 6


def test_criterion_detail_shows_both_versions_and_groups(client, northgate):
    answer = get(client, northgate, "careers-leader", "criterion-detail", criterion_id=EMPLOYER)
    page = answer.context["page"]
    assert (page.criterion.id, page.other.id) == (EMPLOYER, "GB14.5.1")
    tables = {
        table.key: {line.name: (line.share.figure.met, line.share.figure.of) for line in table.lines}
        for table in page.tables
    }
    assert tables["pupil-premium"] == {"Yes": (8, 10), "No": (0, 10)}
    assert tables["tutor-group"] == {"10A": (8, 10), "11A": (0, 10)}
    assert tables["year-group"] == {"Year 10": (8, 10), "Year 11": (0, 10)}
    words = answer.content.decode()
    assert page.criterion.says in words
    assert page.other.says in words


@pytest.mark.parametrize("criterion_id", sorted(criteria()))
def test_criterion_detail_opens_for_every_criterion(client, northgate, criterion_id):
    assert get(client, northgate, "careers-leader", "criterion-detail", criterion_id=criterion_id).status_code == 200


def test_criterion_detail_hides_small_groups_from_a_governor(client, northgate):
    page = get(client, northgate, "link-governor", "criterion-detail", criterion_id=EMPLOYER).context["page"]
    split = [table for table in page.tables if len(table.lines) > 1]
    assert [table.key for table in split] == ["year-group", "pupil-premium"]
    assert all(line.share.figure.hidden for table in split for line in table.lines)


ALL_GROUPS = {"sen", "pupil-premium", "ethnicity", "eal", "looked-after"}


@pytest.mark.parametrize(
    ("role", "tables"),
    [
        ("careers-leader", ALL_GROUPS),
        ("careers-adviser", set()),
        ("careers-coordinator", ALL_GROUPS),
        ("careers-administrator", set()),
        ("subject-lead", set()),
        ("senco", {"sen"}),
        ("head-of-year", set()),
        ("dsl", ALL_GROUPS),
        ("slt-line-manager", ALL_GROUPS),
        ("headteacher", ALL_GROUPS),
        ("link-governor", ALL_GROUPS),
        ("enterprise-adviser", set()),
        ("enterprise-coordinator", set()),
    ],
)
def test_criterion_detail_counts_by_a_characteristic_only_for_whom_the_matrix_lets(client, northgate, role, tables):
    """Security paper, section 3: "-" is no count either, and part of the school is not all of it."""
    answer = get(client, northgate, role, "criterion-detail", scope={"year_groups": [10]}, criterion_id=EMPLOYER)
    assert {table.key for table in answer.context["page"].tables} & ALL_GROUPS == tables
    assert ("Pupil premium" in answer.content.decode()) == ("pupil-premium" in tables)


def test_a_coordinator_sees_small_numbers_but_not_by_a_flag(client, northgate):
    """The coordinator's "#" is counts, those under 6 hidden; of the special educational needs they see all."""
    answer = get(client, northgate, "careers-coordinator", "criterion-detail", criterion_id=EMPLOYER)
    hidden = {
        table.key: {bool(line.share.figure.hidden) for line in table.lines} for table in answer.context["page"].tables
    }
    assert hidden["pupil-premium"] == {True}
    assert hidden["year-group"] == hidden["tutor-group"] == hidden["sen"] == {False}


@pytest.mark.parametrize("number", [1, 3])
def test_criterion_detail_makes_6_queries(client, number):
    at = place("northgate")
    pupils(at, number)
    talk(at)
    client.force_login(person(at, "careers-leader"))
    assert statements(client, reverse("criterion-detail", args=["northgate", EMPLOYER])) == 6


def names(answer):
    return [
        (group.tutor_group, [row.name.split(",")[0] for row in group.rows]) for group in answer.context["page"].groups
    ]


def test_criterion_missing_lists_names_by_tutor_group(client, northgate):
    answer = get(client, northgate, "careers-leader", "criterion-missing", criterion_id=EMPLOYER)
    assert names(answer) == [("10A", ["Okafor"] * 2), ("11A", ["Petrov"] * 10)]
    assert "12 pupils have met no employer yet this year" in answer.content.decode()


def test_criterion_missing_shows_only_pupils_whom_the_person_may_see(client, northgate):
    answer = get(
        client, northgate, "tutor", "criterion-missing", scope={"tutor_groups": ["10A"]}, criterion_id=EMPLOYER
    )
    assert names(answer) == [("10A", ["Okafor"] * 2)]
    assert "Petrov" not in answer.content.decode()


@pytest.mark.parametrize("role", ["link-governor", "enterprise-adviser", "technician", "subject-lead"])
def test_criterion_missing_refuses_those_who_see_no_names(client, northgate, role):
    assert get(client, northgate, role, "criterion-missing", criterion_id=EMPLOYER).status_code == 403


def test_criterion_missing_shows_nobody_of_another_school(client, northgate):
    other = place("southfield")
    pupils(other, 3, surname="Zebedee")
    page = get(client, northgate, "careers-leader", "criterion-missing", criterion_id=EMPLOYER).content.decode()
    assert "Zebedee" not in page
    assert (
        "Zebedee" in get(client, other, "careers-leader", "criterion-missing", criterion_id=EMPLOYER).content.decode()
    )


@pytest.mark.parametrize("criterion_id", ["GB24.1.1", "GB99.1.1", "nonsense"])
def test_criterion_missing_of_nothing_that_is_counted_is_not_found(client, northgate, criterion_id):
    assert get(client, northgate, "careers-leader", "criterion-missing", criterion_id=criterion_id).status_code == 404


@pytest.mark.parametrize("state", ["unknown", "not-yet", "nonsense"])
def test_criterion_missing_also_lists_the_unknown_and_the_younger(client, northgate, state):
    answer = get(client, northgate, "careers-leader", "criterion-missing", f"?state={state}", criterion_id="PA.2")
    assert answer.status_code == 200
    if state == "not-yet":
        assert names(answer) == [("10A", ["Okafor"] * 10)]


@pytest.mark.parametrize("number", [1, 3])
def test_criterion_missing_makes_7_queries(client, number):
    at = place("northgate")
    pupils(at, number)
    client.force_login(person(at, "careers-leader"))
    assert statements(client, reverse("criterion-missing", args=["northgate", EMPLOYER])) == 7


def test_every_number_of_a_criterion_opens_to_as_many_names(client, northgate):
    """Each row, by each characteristic, in each state."""
    page = get(client, northgate, "careers-leader", "criterion-detail", criterion_id=EMPLOYER).context["page"]
    for table in page.tables:
        for line in table.lines:
            figure = line.share.figure
            for state, number in {"met": figure.met, "missed": figure.missed, "unknown": figure.unknown}.items():
                query = f"?by={table.key}&value={line.value}&state={state}"
                answer = get(client, northgate, "careers-leader", "criterion-missing", query, criterion_id=EMPLOYER)
                assert answer.context["page"].total == number, query
                assert answer.context["page"].share.figure.of == figure.of


def test_every_square_of_the_heat_map_opens_to_its_pupils(client, northgate):
    answer = get(client, northgate, "careers-leader", "benchmark-picture")
    picture, page = answer.context["picture"], answer.content.decode()
    place_of_picture = reverse("benchmark-picture", args=["northgate"])
    for square in [square for row in picture.rows for square in row.squares if square.share]:
        assert f'href="{place_of_picture}{square.opens.replace("&", "&amp;")}"' in page
        opened = client.get(f"{place_of_picture}{square.opens}")
        if len(square.criteria) == 1:
            assert opened.context["page"].total > 0
        else:
            assert [each.criterion.id for each in opened.context["applied"]] == list(square.criteria)
    governors = get(client, northgate, "link-governor", "benchmark-picture").content.decode()
    assert "/missing/" not in governors
    assert "/years/" not in governors


def test_benchmark_year_group_lists_the_criteria_that_apply_with_their_pupils(client, northgate):
    arguments = {"framework_id": "gatsby-2024", "benchmark_id": "7", "year_group": 10}
    applied = get(client, northgate, "careers-leader", "benchmark-year-group", **arguments).context["applied"]
    assert {each.criterion.id: each.states for each in applied} == {
        "GB24.7.1": [("unknown-so-far", "unknown so far", 10)],
        "GB24.7.2": [("unknown-so-far", "unknown so far", 10)],
    }
    missing = arguments | {"benchmark_id": "99"}
    assert get(client, northgate, "careers-leader", "benchmark-year-group", **missing).status_code == 404
    assert get(client, northgate, "link-governor", "benchmark-year-group", **arguments).status_code == 403


def test_criterion_missing_repeats_the_figure_and_offers_the_other_states(client, northgate):
    answer = get(client, northgate, "careers-leader", "criterion-missing", criterion_id=EMPLOYER)
    assert answer.context["page"].tabs == [("missed", "miss it", 12), ("met", "meet it", 8)]
    assert "8 of 20: 40 %" in answer.content.decode()
    met = get(client, northgate, "careers-leader", "criterion-missing", "?state=met", criterion_id=EMPLOYER)
    assert names(met) == [("10A", ["Okafor"] * 8)]


def test_criterion_missing_opens_where_it_is_judged_later_to_those_not_there_yet(client, northgate):
    answer = get(
        client, northgate, "careers-leader", "criterion-missing", "?by=year-group&value=10", criterion_id="PA.2"
    )
    assert answer.context["page"].state == "not-yet"
    assert names(answer) == [("10A", ["Okafor"] * 10)]


SENSITIVE = sorted(ALL_GROUPS)
SEES_ALL, SEES_SEN, SEES_NONE = set(SENSITIVE), {"sen"}, set()


@pytest.mark.once
@pytest.mark.parametrize(
    ("role", "named_by"),
    [
        ("careers-leader", SEES_ALL),
        ("careers-adviser", SEES_NONE),
        ("dsl", SEES_ALL),
        ("careers-coordinator", SEES_SEN),
        ("careers-administrator", SEES_NONE),
        ("slt-line-manager", SEES_NONE),
        ("headteacher", SEES_NONE),
        ("tutor", SEES_NONE),
    ],
)
@pytest.mark.parametrize("name", ["criterion-missing", "criterion-plan", "criterion-missing-export"])
def test_names_are_not_listed_by_what_the_person_may_not_see(client, northgate, role, named_by, name):
    """The list would say of each name that it has the characteristic."""
    client.force_login(person(northgate, role, {"tutor_groups": ["10A"]}))
    address = reverse(name, args=["northgate", EMPLOYER])
    ask = client.get
    if name.endswith("export"):  # which tells no need or flag of anybody, whoever asks
        ask, named_by = partial(client.post, data={"purpose": "law"}), SEES_NONE
        person(northgate, "headteacher" if role != "headteacher" else "data-protection-officer")
    if ask(address).status_code == 403:
        return  # the role has no such page at all
    opened = {by for by in SENSITIVE if ask(f"{address}?by={by}&value=yes").status_code == 200}
    assert opened == named_by
    assert ask(f"{address}?by=sex&value=F").status_code == 200


def test_criterion_detail_links_no_group_that_the_person_may_not_name(client, northgate):
    page = get(client, northgate, "careers-administrator", "criterion-detail", criterion_id=EMPLOYER).content.decode()
    assert "by=year-group" in page
    assert not any(f"by={each}" in page for each in SENSITIVE)


@pytest.mark.parametrize("query", ["?by=shoes&value=9", "?by=year-group&value=ten", "?by=tutor-group&value=-1"])
def test_criterion_missing_of_no_such_part_is_not_found(client, northgate, query):
    answer = get(client, northgate, "careers-leader", "criterion-missing", query, criterion_id=EMPLOYER)
    assert answer.status_code == 404


def test_criterion_missing_counts_a_tutors_own_pupils_only(client, northgate):
    answer = get(
        client, northgate, "tutor", "criterion-missing", scope={"tutor_groups": ["10A"]}, criterion_id=EMPLOYER
    )
    assert answer.context["page"].tabs == [("missed", "miss it", 2), ("met", "meet it", 8)]
    assert "only pupils whom you may see" in answer.content.decode()


def exported(client, at, query="", **said):
    """What comes of the press, with a purpose chosen unless said otherwise."""
    address = reverse("criterion-missing-export", args=[at.slug, EMPLOYER])
    return client.post(address + query, {"purpose": "follow-up"} | said)


@pytest.fixture
def exporting(client, northgate):
    """The Careers Leader, and somebody to be told."""
    person(northgate, "headteacher")
    client.force_login(person(northgate, "careers-leader"))
    return client


def test_criterion_missing_export_holds_the_same_names_and_a_mark_and_is_audited(exporting, northgate):
    assert exporting.get(reverse("criterion-missing-export", args=["northgate", EMPLOYER])).status_code == 405
    lines = list(csv.reader(io.StringIO(exported(exporting, northgate).content.decode("utf-8-sig"))))
    assert re.fullmatch(
        r"Exported from Dekaan by Careers-Leader \(careers-leader@northgate\.example\) on \d+ \w+ \d{4} at \d\d:\d\d: "
        r"Northgate, 12 names, to follow up with these pupils in school\. Keep it no longer than that takes\.",
        lines[0][0],
    )
    assert lines[1] == ["Name", "Year group", "Tutor group"]
    assert len(lines) == 14
    with working_in(northgate.school):
        detail = Event.objects.get(action="names exported").detail
    assert detail == {
        "criterion": EMPLOYER, "year": THIS_YEAR, "state": "missed", "by": "all", "purpose": "follow-up", "names": 12,
        "told": [northgate.people["headteacher"].pk],
    }  # fmt: skip


@pytest.mark.parametrize("said", [{"purpose": ""}, {"purpose": "for Ada Lovell"}])
def test_criterion_missing_export_asks_what_for(exporting, northgate, said):
    answer = exported(exporting, northgate, "?state=met", **said)
    assert answer["Location"] == f"/northgate/benchmarks/criteria/{EMPLOYER}/missing/?year={THIS_YEAR}&state=met"
    assert "Choose what the file is for" in exporting.get(answer["Location"]).text
    with working_in(northgate.school):
        assert not Event.objects.filter(action="names exported").exists()


def test_criterion_missing_export_needs_somebody_to_tell(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    page = client.get(reverse("criterion-missing", args=["northgate", EMPLOYER]))
    assert "Your technician opens one" in page.text
    assert "Export as CSV" not in page.text
    answer = exported(client, northgate)
    assert "Nothing was exported: a second person is told" in client.get(answer["Location"]).text
    with working_in(northgate.school):
        assert not Event.objects.filter(action="names exported").exists()


def test_criterion_missing_export_of_too_many_is_taken_in_parts(exporting, northgate):
    northgate.school.export_limit = 11
    northgate.school.save()
    page = exporting.get(reverse("criterion-missing", args=["northgate", EMPLOYER]))
    assert "12 names are more than leave in one file (11)" in page.text
    assert "At most 11 names leave" in exporting.get(exported(exporting, northgate)["Location"]).text
    parts = page.context["export"]["parts"]
    assert sum(number for _, _, number in parts) == 12
    assert len(parts) > 1
    files = [exported(exporting, northgate, f"?{query}").content.decode("utf-8-sig") for _, query, _ in parts]
    assert [len(file.splitlines()) - 2 for file in files] == [number for _, _, number in parts]


def test_criterion_missing_export_cannot_be_a_formula(client):
    at = place("northgate")
    pupils(at, 1, surname="=cmd|'/c calc'!A1")
    person(at, "headteacher")
    client.force_login(person(at, "careers-leader"))
    assert list(csv.reader(io.StringIO(exported(client, at).content.decode("utf-8-sig"))))[2][0].startswith("'=")


def test_criterion_missing_export_is_for_the_careers_leader(client, northgate):
    client.force_login(person(northgate, "careers-administrator"))
    assert client.post(reverse("criterion-missing-export", args=["northgate", EMPLOYER])).status_code == 403


def ticked(form):
    """The form as it stands on the page, everyone ticked."""
    groups = form.names()
    return {
        "groups": [group.key for group in groups],
        "pupils": [row.pk for group in groups for row, is_ticked in group.rows if is_ticked],
    }


def planned(client, at, told, query=""):
    """Sends the planning page, and returns who is invited to what came of it."""
    address = reverse("criterion-plan", args=[at.slug, EMPLOYER]) + query
    kind = client.get(address).context["form"].fields["activity_type"].choices[1][0]
    answer = client.post(address, {"title": "Mock interviews", "activity_type": kind, "held_on": "2026-12-01"} | told)
    assert answer.status_code == 302, answer.context["form"].errors
    with working_in(at.school):
        session = Session.objects.order_by("-pk").select_related("activity").first()
        assert session.activity.title == "Mock interviews"
        return sorted(Invitation.objects.filter(session=session).values_list("pupil_id", flat=True))


def test_criterion_plan_invites_exactly_those_ticked(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    form = client.get(reverse("criterion-plan", args=["northgate", EMPLOYER])).context["form"]
    all_of_them = ticked(form)
    assert len(all_of_them["pupils"]) == 12
    assert planned(client, northgate, all_of_them) == sorted(all_of_them["pupils"])
    assert planned(client, northgate, all_of_them | {"pupils": all_of_them["pupils"][:3]}) == sorted(
        all_of_them["pupils"][:3]
    )


def test_criterion_plan_leaves_out_a_group_that_is_not_ticked(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    form = client.get(reverse("criterion-plan", args=["northgate", EMPLOYER])).context["form"]
    first = form.names()[0]
    assert (first.name, len(first.rows)) == ("10A", 2)
    invited = planned(client, northgate, ticked(form) | {"groups": [first.key]})
    assert invited == sorted(row.pk for row, _ in first.rows)


def test_criterion_plan_acts_on_the_list_as_it_was_narrowed(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    query = "?by=year-group&value=10"
    form = client.get(reverse("criterion-plan", args=["northgate", EMPLOYER]) + query).context["form"]
    assert len(planned(client, northgate, ticked(form), query)) == 2


def test_criterion_plan_says_what_is_missing_in_plain_words(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    address = reverse("criterion-plan", args=["northgate", EMPLOYER])
    page = client.post(address, {"title": "", "held_on": ""}).content.decode()
    for words in ("Say what it is", "Choose the kind", "Give the day", "Leave at least one pupil ticked"):
        assert words in page
    with working_in(northgate.school):
        assert Session.objects.count() == 1


def test_criterion_plan_sets_those_ticked_against_their_year_groups_before_it_is_planned(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    address = reverse("criterion-plan", args=["northgate", EMPLOYER])
    page = client.get(address)
    assert "Who is missing?" in page.content.decode()
    everyone = {each.pk for each in page.context["inclusion"].missing}
    told = ticked(page.context["form"])
    page = client.post(address, told | {"pupils": told["pupils"][1:], "look": "1"})
    assert {each.pk for each in page.context["inclusion"].missing} - everyone <= {told["pupils"][0]}
    assert (page.context["form"].errors, len(page.context["form"].ids())) == ({}, 11)
    with working_in(northgate.school):
        assert Session.objects.count() == 1


def test_criterion_plan_sets_no_title_and_no_kind(client, northgate):
    form = get(client, northgate, "careers-leader", "criterion-plan", criterion_id=EMPLOYER).context["form"]
    assert (form["title"].value(), form["activity_type"].value()) == (None, None)


def test_criterion_plan_refuses_a_pupil_of_another_school(client, northgate):
    other = place("southfield")
    (theirs,) = pupils(other, 1, surname="Zebedee")
    client.force_login(person(northgate, "careers-leader"))
    told = {"title": "x", "activity_type": "ASSEM", "held_on": "2026-12-01", "pupils": [theirs.pk]}
    answer = client.post(reverse("criterion-plan", args=["northgate", EMPLOYER]), told)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "Zebedee" not in answer.content.decode()


def test_criterion_plan_offers_only_kinds_that_count(client, northgate):
    """An assembly planned for those without a guidance meeting would close the gap on paper only."""
    form = get(client, northgate, "careers-leader", "criterion-plan", criterion_id="GB24.8.1").context["form"]
    assert "ASSEM" not in dict(form.fields["activity_type"].choices)
    assert form.fields["activity_type"].choices


def test_criterion_plan_is_for_those_who_plan(client, northgate):
    assert get(client, northgate, "headteacher", "criterion-plan", criterion_id=EMPLOYER).status_code == 403


def test_framework_detail_lists_every_criterion(client, northgate):
    page = get(client, northgate, "careers-leader", "framework-detail", framework_id="gatsby-2014").content.decode()
    assert all(each.code in page for each in criteria().values() if each.framework == "gatsby-2014")
    assert get(client, northgate, "careers-leader", "framework-detail", framework_id="none").status_code == 404


def test_figures_explained_draws_headings_and_tables(client, northgate):
    answer = get(client, northgate, "careers-leader", "figures-explained")
    words = answer.content.decode()
    assert "| --- |" not in words
    assert "# " not in words.partition("<main")[2]
    for page in answer.context["pages"]:
        drawn = [block.caption for block in page.blocks if block.head]
        assert drawn[-1] == "So this is counted", page.title
        assert [dict(block.settings).keys() >= {"today", "criterion"} for block in page.blocks if block.settings] == [
            True
        ]
        assert all(len(row) == len(block.head) for block in page.blocks for row in block.rows)


def test_what_the_ledger_of_destinations_shows_stands_beside_the_criterion(client, northgate):
    """Exact for the careers team, without small numbers for governors, and not at all for whoever may not count there."""
    with working_in(northgate.school):
        for number, each in enumerate(Pupil.objects.order_by("pk")):
            if number > 1:
                record_statement(each, by=None, kind="intention", source="pupil", route="university")
    page = get(client, northgate, "careers-leader", "criterion-detail", criterion_id="GB24.3.5").content.decode()
    assert "18 of 20" in page
    assert "Partly kept" in page
    page = get(client, northgate, "link-governor", "criterion-detail", criterion_id="GB24.3.5").content.decode()
    assert "18 of 20" not in page
    assert "fewer than 95 %" in page
    assert (
        "What the ledger of destinations shows"
        not in get(client, northgate, "careers-leader", "criterion-detail", criterion_id="GB24.3.1").content.decode()
    )


def test_a_gap_says_of_whom_it_is_asked(client, northgate):
    page = get(client, northgate, "careers-leader", "gap-detail", "?criterion=GB24.7.2").content.decode()
    assert "Asked of whoever considers higher education" in page
    assert (
        "Asked of whoever"
        not in get(client, northgate, "careers-leader", "gap-detail", f"?criterion={EMPLOYER}").content.decode()
    )
