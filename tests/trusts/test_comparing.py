"""The schools of a trust side by side: like for like, nothing added up, nothing small told."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.access.changes import give_role, open_account
from dekaan.access.models import User
from dekaan.compass.changes import type_real_result
from dekaan.compass.questions import question_sets
from dekaan.core.academic_year import today
from dekaan.core.scope import NoSchoolInScope, WrongSchool, working_in
from dekaan.frameworks.queries import benchmarks_in_force, criterion, framework
from dekaan.measures.queries import coverage_of_schools
from dekaan.people.changes import add_staff_member
from dekaan.plan.changes import add_action, add_objective, write_plan
from dekaan.schools.changes import add_trust
from dekaan.schools.models import Trust
from dekaan.team.changes import begin_post, say_profile
from dekaan.trusts.changes import change_cluster, make_cluster, remove_cluster
from dekaan.trusts.queries import GROUPS, clustered, facts_of, kind_of, latest_results, side_by_side
from tests.trusts.given import INDEPENDENT, PRIMARY, SPECIAL, YEAR, kept, school, shares

pytestmark = pytest.mark.django_db
EMPLOYER, GUIDANCE, ACCESS = "GB24.5.1", "GB24.8.1", "PA.1"
EVERYBODY = GROUPS[0]


@pytest.fixture
def trust(db) -> Trust:
    return add_trust(name="Valley Trust", slug="valley")


@pytest.fixture
def anna(trust) -> Client:
    return at_the_browser(of_trust(trust))


def of_trust(trust: Trust, name: str = "anna") -> User:
    user = open_account(email=f"{name}@valley.example", name=name.title(), password=None)
    give_role(user=user, role="trust-careers-adviser", trust=trust, by=None)
    return user


def at_the_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def compared(schools, group=EVERYBODY, of=None):
    with working_in(*schools):
        return side_by_side(schools, of or benchmarks_in_force(today()), YEAR, group)


def entries(found, criterion_id: str, year_group: int | None = None) -> list:
    (place,) = [
        place
        for place, each in enumerate(found.columns)
        if (each.criterion.id, each.year_group) == (criterion_id, year_group)
    ]
    return [row.entries[place] if row.entries else () for row in found.rows]


def summary(found, criterion_id: str, kind: str = "mainstream"):
    (place,) = [place for place, each in enumerate(found.columns) if each.criterion.id == criterion_id]
    (of_kind,) = [each for each in found.kinds if each.kind == kind]
    return of_kind.summaries[place]


def page(client: Client, slug: str, **asked: str) -> str:
    answer = client.get(reverse("trust-page", args=[slug]), asked)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def test_a_median_and_the_middle_half_are_of_the_schools_that_are_shown(trust):
    schools = shares(trust, EMPLOYER, (10, 20, 30, 80, 100))
    small = school(trust, "Small")
    kept(small, EMPLOYER, 3, 40)
    (found,) = summary(compared([*schools, small]), EMPLOYER)
    assert (found.median, found.spread, found.reach, found.shown, found.of) == (30, (20, 80), 2, 5, 6)


def test_of_two_schools_there_is_no_median_and_of_three_no_spread(trust):
    schools = shares(trust, EMPLOYER, (10, 90, 50))
    (of_two,) = summary(compared(schools[:2]), EMPLOYER)
    (of_three,) = summary(compared(schools), EMPLOYER)
    assert (of_two.median, of_two.spread) == (None, None)
    assert (of_three.median, of_three.spread) == (50, None)


def test_what_is_small_is_hidden_and_what_is_unknown_says_so(trust):
    schools = shares(trust, EMPLOYER, (96, 50))
    for name, met, of, unknown in (("Few", 3, 40, 0), ("Nobody Knows", 0, 40, 40), ("Some Know", 20, 40, 10)):
        schools.append(school(trust, name))
        kept(schools[-1], EMPLOYER, met, of, unknown=unknown)
    found = [(each.least, each.more, each.why) for (each,) in entries(compared(schools), EMPLOYER)]
    assert found == [
        (None, False, "hidden"),  # four of a hundred miss it
        (50, False, ""),
        (None, False, "hidden"),
        (None, False, "unknown"),
        (50, True, ""),
    ]


def test_a_group_that_is_hidden_does_not_follow_from_the_others(trust):
    at = school(trust, "Oakside")
    kept(at, EMPLOYER, 60, 100)
    for value, met, of in (("N", 47, 70), ("K", 11, 28), ("E", 2, 2)):
        kept(at, EMPLOYER, met, of, by="sen", value=value)
    found = compared([at], next(each for each in GROUPS if each.key == "sen"))
    (shown,) = entries(found, EMPLOYER)
    assert {each.value: each.why for each in shown} == {"N": "", "K": "hidden", "E": "hidden"}


def test_guidance_is_told_by_sixteen_and_by_eighteen(trust):
    at = school(trust, "Oakside", SPECIAL)
    for value, met, of in (("11", 30, 60), ("13", 30, 40)):
        kept(at, GUIDANCE, met, of, by="year-group", value=value)
    found = compared([at])
    assert [entry.least for (entry,) in entries(found, GUIDANCE, 11)] == [50]
    assert [entry.least for (entry,) in entries(found, GUIDANCE, 13)] == [75]


def test_a_primary_school_has_no_figure_and_a_school_that_the_law_does_not_bind_none_of_provider_access(trust):
    schools = [
        school(trust, "Little", PRIMARY),
        school(trust, "Open Hill", SPECIAL),
        school(trust, "Private", INDEPENDENT),
    ]
    for each in schools[1:]:
        kept(each, ACCESS, 20, 40)
    found = compared(schools)
    assert [kind_of(each) for each in schools] == ["primary", "special", "mainstream"]
    assert found.rows[0].entries == ()
    assert "neither the benchmarks nor provider access" in found.rows[0].note
    assert [[each.why or each.least for each in shown] for shown in entries(found, ACCESS)] == [[], [50], ["not asked"]]


def test_special_schools_have_a_median_of_their_own(trust):
    schools = shares(trust, EMPLOYER, (10, 20, 30))
    for number, share in enumerate((70, 80, 90)):
        schools.append(school(trust, f"Special {number}", SPECIAL))
        kept(schools[-1], EMPLOYER, share, 100)
    found = compared(schools)
    assert [summary(found, EMPLOYER, kind)[0].median for kind in ("mainstream", "special")] == [20, 80]


def test_figures_of_another_version_are_never_beside_those_of_this_one(trust):
    first, second = school(trust, "First"), school(trust, "Second")
    kept(first, "GB14.5.1", 40, 100)
    kept(second, EMPLOYER, 60, 100)
    now, before = compared([first, second]), compared([first, second], of=framework("gatsby-2014"))
    assert [entry.least for (entry,) in entries(now, EMPLOYER)] == [None, 60]
    assert [entry.least for (entry,) in entries(before, "GB14.5.1")] == [40, None]
    assert {each.criterion.framework for each in now.columns} == {"gatsby-2024", "provider-access"}


def test_results_of_the_old_questions_and_of_the_new_stand_in_tables_of_their_own(trust):
    new, old = question_sets()
    schools = [school(trust, f"School {letter}") for letter in "ABCDE"]
    for at, of, percent in zip(schools[:4], (new, new, new, old), (20, 40, 90, 100), strict=True):
        with working_in(at):
            type_real_result(of, completed_on=today(), percentages={"1": percent}, by=None)
    found = latest_results(schools)
    assert [[row[0].name for row in each.rows] for each in found.sets] == [
        ["School A", "School B", "School C"],
        ["School D"],
    ]
    assert [each.medians[0] for each in found.sets] == [40, None]
    assert [each.name for each in found.without] == ["School E"]


def test_schools_stand_by_name_in_their_clusters_and_a_school_is_in_one(trust):
    a, b, c = (school(trust, f"School {letter}") for letter in "ABC")
    north = make_cluster(trust, name="North", schools=[c, a], by=None)
    make_cluster(trust, name="South", schools=[a], by=None)
    assert told(trust, (c, b, a)) == [("North", ["School C"]), ("South", ["School A"]), ("In no cluster", ["School B"])]
    change_cluster(north, name="Nearby", schools=[b, a], by=None)
    assert told(trust, (a, b, c)) == [("Nearby", ["School A", "School B"]), ("In no cluster", ["School C"])]
    remove_cluster(north, by=None)
    assert told(trust, (a,)) == [("In no cluster", ["School A"])]


def told(trust, schools) -> list[tuple[str, list[str]]]:
    return [(each.name, [one.name for one in each.schools]) for each in clustered(trust, schools)]


def test_a_school_of_another_trust_is_in_no_cluster_of_this_one(trust):
    other = school(add_trust(name="Other", slug="other"), "Elsewhere")
    make_cluster(trust, name="North", schools=[other], by=None)
    assert told(trust, (other,)) == [("In no cluster", ["Elsewhere"])]


def test_a_statement_is_in_date_unknown_or_not_asked(trust):
    schools = [school(trust, "Little", PRIMARY), school(trust, "Oakside")]
    with working_in(*schools):
        found = facts_of(schools, today())[0]
    assert [each.words for each in found.by_school.values()] == ["Not asked", "Not published here"]
    assert (found.met, found.asked) == (0, 1)


def test_each_school_names_a_leader_and_plans_or_does_not(trust):
    """Little is a primary school; Oakside has a trained leader and a late action; Elmside says nothing."""
    schools = [school(trust, "Little", PRIMARY), school(trust, "Oakside"), school(trust, "Elmside")]
    with working_in(schools[1]):
        ada = add_staff_member(surname="Marsh", forename="Ada", by=None)
        begin_post(role="leader", starts_on=today(), staff=ada, by=None)
        of = write_plan(kind="development", title="Plan", first_year=YEAR, by=None)
        aim = add_objective(of, title="Everybody meets an employer", by=None)
        add_action(aim, title="Ask Millworks", due_on=today() - timedelta(days=1), by=None)

    def told(number: int) -> list[str]:
        with working_in(*schools):
            return [each.words for each in facts_of(schools, today())[number].by_school.values()]

    assert (told(1), told(2)) == (
        ["Not asked", "Named, no training said", "Nobody named"],
        ["Not asked", "1 overdue", "No plan here"],
    )
    with working_in(schools[1]):
        say_profile(ada, training="level-6-certificate", by=None)
    assert told(1)[1] == "Named, trained"


def test_only_schools_in_scope_are_read(trust):
    at, other = school(trust, "Oakside"), school(trust, "Elmside")
    kept(other, EMPLOYER, 50, 100)
    with pytest.raises(NoSchoolInScope):
        coverage_of_schools([at.pk], YEAR, [criterion(EMPLOYER)])
    with working_in(at), pytest.raises(WrongSchool):
        coverage_of_schools([at.pk, other.pk], YEAR, [criterion(EMPLOYER)])


def test_the_trusts_adviser_sees_every_school_and_a_schools_leader_their_own(trust, anna):
    schools = shares(trust, EMPLOYER, (60, 70))
    leader = open_account(email="leader@valley.example", name="Leader", password=None)
    give_role(user=leader, role="careers-leader", school=schools[0], by=None)
    seen = page(anna, "school-a")
    assert "60 %" in seen
    assert "70 %" in seen
    assert '/school-b/benchmarks/criteria/GB24.5.1/"' in seen
    own = page(at_the_browser(leader), "school-a")
    assert "60 %" in own
    assert "School B" not in own
    assert "70 %" not in own
    assert at_the_browser(leader).get(reverse("trust-page", args=["school-b"])).status_code == 404


def test_a_group_is_shown_at_schools_where_its_totals_may_be_seen(trust):
    schools = shares(trust, EMPLOYER, (60, 70))
    for each in schools:
        for value, met in (("yes", 20), ("no", 30)):
            kept(each, EMPLOYER, met, 40, by="pupil-premium", value=value)
    user = open_account(email="two@valley.example", name="Two", password=None)
    give_role(user=user, role="careers-leader", school=schools[0], by=None)
    give_role(user=user, role="careers-administrator", school=schools[1], by=None)
    client = at_the_browser(user)
    seen = page(client, "school-a", group="pupil-premium")
    assert "yes: " in seen
    assert "School A" in seen
    assert "School B" not in seen
    assert "School B" in page(client, "school-a", group="sex")
    assert "yes: " not in page(client, "school-b", group="pupil-premium")


def test_a_school_in_no_trust_is_told_so(trust):
    alone = school(None, "Alone")
    user = open_account(email="leader@alone.example", name="Leader", password=None)
    give_role(user=user, role="careers-leader", school=alone, by=None)
    for name in (
        "trust-page",
        "trust-in-place",
        "trust-compass",
        "trust-vision",
        "trust-item-list",
        "support-visit-list",
        "names-grant-list",
    ):
        answer = at_the_browser(user).get(reverse(name, args=["alone"]))
        assert "Alone is in no trust" in answer.content.decode()


def test_whatever_stands_in_the_address_is_answered(trust, anna):
    shares(trust, EMPLOYER, (60,))
    for asked in (
        {"group": "ethnicity"},
        {"framework": "provider-access"},
        {"year": "1066"},
        {"year": "x", "group": ""},
    ):
        assert "School A" in page(anna, "school-a", **asked)


def test_the_page_makes_as_many_statements_for_thirty_two_schools_as_for_two(trust, anna):
    counts = {}
    for number in (2, 8, 32):
        for each in range(sum(1 for _ in trust.schools.all()), number):
            kept(school(trust, f"Many {each}"), EMPLOYER, 40, 100)
        for name in ("trust-page", "trust-in-place", "trust-compass", "trust-vision", "trust-item-list"):
            address = reverse(name, args=["many-0"])
            anna.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert anna.get(address).status_code == 200
            counts.setdefault(name, []).append(without_scope(asked))
    assert counts == {
        name: [{"trust-compass": 6, "trust-page": 7, "trust-in-place": 9}.get(name, 8)] * 3 for name in counts
    }
    assert len(counts) == 5


def without_scope(asked: CaptureQueriesContext) -> int:
    """Statements but those by which PostgreSQL is told where a transaction begins and what is in scope."""
    added = re.compile(r"^(SAVEPOINT|RELEASE|BEGIN|COMMIT|SELECT set_config)", re.IGNORECASE)
    return sum(not added.match(each["sql"]) for each in asked.captured_queries)
