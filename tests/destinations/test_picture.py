"""Where they went: from what they meant to what became of it, by group, and what of it may be told to whom."""

import html
import re

import pytest

from dekaan.access.permissions import Permission
from dekaan.destinations.changes import record_statement
from dekaan.destinations.queries import as_plain, picture
from dekaan.destinations.queries.secrets import Telling
from dekaan.participation.changes import Mark, Occasion, record_participation
from dekaan.partners.changes import add_organisation
from dekaan.people.models import Pupil, YearRecord
from tests.destinations.given import LEFT_IN, day, leaver
from tests.destinations.test_views import at, browser, names, words

pytestmark = pytest.mark.django_db
COUNTS = frozenset({Permission.DESTINATIONS_COUNT, Permission.FLAGS_COUNT, Permission.SEN_COUNT})
EVERYBODY = COUNTS | {Permission.DESTINATIONS_SEE, Permission.FLAGS_SEE, Permission.SEN_SEE}


def say(person, kind="position", route="college-technical", source="pupil", **says):
    return record_statement(person, by=None, kind=kind, source=source, route=route, **says).statement


def stays(person, route="college-technical", **says):
    say(person, "position", route, starts_on=day(9, 4), **says)
    say(person, "six-months", route, **says)


def drawn(permissions=None):
    return picture(LEFT_IN, Pupil.objects.all(), permissions)


def flows(of) -> list[tuple]:
    return [(each.meant_name, each.became_name, each.pupils) for each in of.flows]


def test_each_leaver_stands_once_from_what_they_meant_to_where_they_went(left):
    stays(left.ada)
    say(left.ada, "intention", "sixth-form-college", said_on=day(5, 2, years_on=-1))
    carys, dev = leaver("Carys", "Abbot"), leaver("Dev", "Bell")
    say(carys, "intention", "undecided", said_on=day(5, 2, years_on=-1))
    say(carys, "enrolment", "apprenticeship", level=3)
    say(dev, "intention", "apprenticeship", level=2, said_on=day(5, 2, years_on=-1))
    say(dev, "position", "looking")
    say(dev, "position", "apprenticeship", source="provider", level=2)
    found = drawn()
    assert flows(found) == [
        ("No intention recorded", "Not known", 1),
        ("Undecided", "Apprenticeship", 1),
        ("Sixth form college", "Further education", 1),
        ("Apprenticeship", "Sources disagree", 1),
    ]
    assert (found.pupils, found.not_known, found.disagree) == (4, 1, 1)
    assert found.council.numbers == (1, 0, 0, 3)
    assert found.measure.numbers == (1, 0, 0, 3)
    assert [(each.name, each.pupils, each.council.sustained) for each in found.routes] == [
        ("Not known", 1, 0),
        ("Sources disagree", 1, 0),
        ("College: technical course", 1, 1),
        ("Apprenticeship", 1, 0),
    ]
    assert dict(found.changed) == {
        "kept": 0, "backup": 0, "elsewhere": 0, "same-kind": 0, "otherwise": 1, "undecided": 1, "no-intention": 0, "disagree": 1, "not-known": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("meant", "backup", "went", "became"),
    [
        ({"route": "t-level", "provider_name": "Mereside College"}, None, {"route": "t-level", "provider_name": "Mereside College"}, "kept"),
        ({"route": "t-level", "provider_name": "Mereside College"}, None, {"route": "t-level", "provider_name": "Alder"}, "elsewhere"),
        ({"route": "t-level", "provider_name": "Mereside College"}, None, {"route": "t-level", "provider_name": "Mereside Coll"}, "same-kind"),
        ({"route": "t-level"}, {"route": "apprenticeship", "level": 2}, {"route": "apprenticeship", "level": 2}, "backup"),
        ({"route": "t-level"}, None, {"route": "looking"}, "otherwise"),
        ({"route": "undecided"}, None, {"route": "looking"}, "undecided"),
        (None, None, {"route": "looking"}, "no-intention"),
        ({"route": "t-level"}, None, {"route": "not-found"}, "not-known"),
    ],
)  # fmt: skip
def test_what_became_of_what_ada_meant(left, meant, backup, went, became):
    before = day(5, 2, years_on=-1)
    for name in ("Mereside College", "Alder"):
        add_organisation(name=name, kind="fe-college", by=None)
    if meant:
        say(left.ada, "intention", said_on=before, **meant)
    if backup:
        say(left.ada, "intention", said_on=before, is_backup=True, **backup)
    say(left.ada, "position", **went)
    told = dict(picture(LEFT_IN, Pupil.objects.filter(pk=left.ada.pk)).changed)
    assert [key for key, number in told.items() if number] == [became]


def test_where_they_went_is_1_november_where_anybody_knows_else_september(left):
    say(left.ada, "enrolment", "t-level")
    say(left.ada, "position", "not-found")
    say(left.ben, "enrolment", "t-level")
    say(left.ben, "position", "looking")
    assert flows(drawn()) == [
        ("No intention recorded", "Further education", 1),
        ("No intention recorded", "Neither learning nor work", 1),
    ]


def test_a_place_that_was_left_before_1_november_does_not_stand_in_for_it(left):
    carys, dev, eve = leaver("Carys", "Abbot"), leaver("Dev", "Bell"), leaver("Eve", "Crane")
    gone = {"as_of": day(10, 14), "ends_on": day(10, 14)}
    say(left.ada, "enrolment", "t-level", ends_on=day(10, 14))
    say(left.ben, "enrolment", "t-level")
    say(left.ben, "change", "t-level", **gone)
    say(carys, "enrolment", "t-level", ends_on=day(10, 14))
    say(carys, "change", "looking", as_of=day(10, 20))
    say(dev, "enrolment", "t-level", ends_on=day(10, 14))
    say(dev, "six-months", "apprenticeship")
    say(eve, "enrolment", "t-level", ends_on=day(12, 14))
    found = drawn()
    assert flows(found) == [
        ("No intention recorded", "Not known", 2),
        ("No intention recorded", "Further education", 1),
        ("No intention recorded", "Apprenticeship", 1),
        ("No intention recorded", "Neither learning nor work", 1),
    ]
    assert found.not_known == 2


def test_a_gap_year_with_a_place_held_stands_under_its_own_name(left):
    say(left.ada, "intention", "gap-with-place", said_on=day(5, 2, years_on=-1))
    say(left.ada, "position", "", source="council", code="260")
    say(left.ben, "position", "looking")
    found = drawn()
    assert flows(found) == [
        ("No intention recorded", "Neither learning nor work", 1),
        ("Gap year with a place held", "Gap year with a place held", 1),
    ]
    assert dict(found.changed)["kept"] == 1


def test_the_same_by_what_they_were_in_their_last_year(left):
    carys = leaver("Carys", "Abbot", pupil_premium=True, sen="K", sex="F", ethnicity="WBRI", looked_after=True)
    stays(carys)
    tables = {
        table.key: [(each.name, each.pupils, each.council.sustained) for each in table.lines]
        for table in drawn().tables
    }
    assert list(tables) == ["pupil-premium", "sen", "sex", "ethnicity", "looked-after"]
    assert ("Yes", 1, 1) in tables["pupil-premium"]
    assert ("Yes", 1, 1) in tables["looked-after"]
    assert ("SEN support", 1, 1) in tables["sen"]
    assert ("Female", 1, 1) in tables["sex"]
    assert ("White British", 1, 1) in tables["ethnicity"]


def many(number: int, route: str = "t-level", meant: str = "t-level", **details) -> None:
    for one in range(number):
        each = leaver(f"{route} {meant} {one}", "Many", **details)
        say(each, "intention", meant, said_on=day(5, 2, years_on=-1))
        if route:
            stays(each, route)


def test_whoever_only_counts_sees_true_totals_and_no_number_under_six(left):
    many(9, pupil_premium=False)
    many(8, "looking", pupil_premium=True)
    many(4, "looking", "apprenticeship", pupil_premium=True)
    many(7, "apprenticeship", "apprenticeship", pupil_premium=False)
    exact, told = drawn(EVERYBODY), drawn(COUNTS)
    assert ("No intention recorded", "Not known", 2) in flows(exact)
    # Two not known and four who look for work are one number of six; what stays is whole.
    assert flows(told) == [
        ("Further education", "Further education", 9),
        ("Further education", "Neither learning nor work", 8),
        ("Apprenticeship", "Apprenticeship", 7),
        ("Streams of fewer than six, together", "Streams of fewer than six, together", 6),
    ]
    # Of 12 who look for work 8 are drawn: the whole would tell the other 4.
    assert dict(told.went)["neither"] is None
    assert dict(told.meant)["further-education"] == dict(exact.meant)["further-education"] == 17
    assert told.not_known is None
    assert told.routes == ()
    assert None in told.council.numbers
    numbers = _every_number(as_plain(told) | {"encounters": [], "left_in": 0})
    assert numbers
    assert not [each for each in numbers if 0 < each < 6]
    assert not told.ways


def test_a_total_beside_a_name_is_all_of_them_and_not_what_is_drawn(left):
    many(31)
    for meant in ("apprenticeship", "looking", "job-with-training", "undecided"):
        many(4, "t-level", meant)
    for number in range(7):
        leaver(f"Nobody {number}", "Knows")
    told = drawn(COUNTS)
    assert flows(told) == [
        ("No intention recorded", "Not known", 9),
        ("Further education", "Further education", 31),
        ("Streams of fewer than six, together", "Streams of fewer than six, together", 16),
    ]
    assert (dict(told.went)["further-education"], told.not_known) == (47, 9)
    assert told.streams
    page = page_of(left.stock.moira).content.decode()
    assert "Further education 47</text>" in page
    assert "Not known 9</text>" in page


def test_nothing_is_drawn_where_most_would_be_hidden(left):
    for meant in ("apprenticeship", "looking", "job-with-training", "undecided", "university"):
        many(4, "t-level", meant)
    many(6)
    told = drawn(COUNTS)
    assert told.streams == ()
    page = page_of(left.stock.moira)
    assert "Most of it would be hidden, so it is not drawn." in words(page)
    assert '<svg class="flow"' not in page.content.decode()


def test_what_would_follow_from_several_numbers_together_is_not_told_either():
    """Of 20 in four parts: the first two come to 10, the last two and the first to 14; so the last two would be told."""
    telling = Telling([4, 6, 5, 5])
    telling.keep({0})
    assert telling.tell({0, 1, 2, 3})
    assert telling.tell({0, 1})
    assert not telling.tell({0, 2, 3})
    assert telling.tell({2, 3})  # follows already
    assert not telling.tell({0})
    assert not telling.tell({1})


def test_a_number_is_hidden_by_itself_and_small_groups_are_told_as_one(left):
    YearRecord.objects.filter(pupil__in=[left.ada, left.ben]).update(sen="N")
    many(12, sen="N")
    many(10, "", "university", sen="N")
    many(9, sen="K")
    many(2, "looking", sen="E")
    told = {table.key: table for table in drawn(COUNTS).tables}
    assert [(each.name, each.pupils, each.not_known, each.council.sustained) for each in told["sen"].lines] == [
        ("No special educational need", 24, 12, None),
        ("SEN support or Education, health and care plan", 11, 0, None),  # 9 of 11: 2 would follow
    ]
    assert [(each.name, each.pupils) for each in told["looked-after"].lines] == [("Not known", 35)]


def test_what_is_hidden_of_all_does_not_follow_from_the_groups(left):
    for sex in ("F", "M"):
        many(7, sex=sex)
        many(8, "looking", sex=sex)
        many(8, "", sex=sex)
    many(3, "abroad", sex="F")
    told = drawn(COUNTS)
    assert (told.council.not_captured, told.council.sustained) == (None, None)
    assert {each.council.sustained for table in told.tables for each in table.lines} == {None}
    assert drawn(EVERYBODY).council.sustained == 14


def _every_number(plain) -> list[int]:
    if isinstance(plain, dict):
        return [number for each in plain.values() for number in _every_number(each)]
    if isinstance(plain, list):
        return [number for each in plain for number in _every_number(each)]
    return [plain] if isinstance(plain, int) else []


def test_of_five_leavers_somebody_who_only_counts_sees_nothing_at_all(left):
    many(3)
    told = drawn(COUNTS)
    assert not _every_number(as_plain(told) | {"left_in": None})
    assert (told.flows, told.tables, told.encounters) == ((), (), ())


def test_tables_by_what_somebody_is_need_what_counting_those_needs(left):
    assert [
        each.key for each in drawn(frozenset({Permission.DESTINATIONS_SEE, Permission.DESTINATIONS_COUNT})).tables
    ] == ["sex"]


def test_beside_it_stand_the_encounters_they_had_on_average(left):
    carys = leaver("Carys", "Abbot")
    stays(left.ada)
    for number, there in enumerate(((left.ada, carys), (left.ada, left.ben), (left.ada,))):
        talk = Occasion("history", number, happened_on=day(3, 4, years_on=-1), activity_type="TALK", title="Talk")
        record_participation([(talk, [Mark(each.pk, "attended") for each in there])], by=None)
    found = drawn()
    assert found.is_few
    assert [(each.name, each.each) for each in found.encounters] == [("Employer or employee talk", (30, None, 10, 17))]


def test_a_picture_takes_seven_questions_however_many(left, django_assert_num_queries):
    with django_assert_num_queries(7):
        drawn()
    many(5)
    with django_assert_num_queries(7):
        drawn()


def page_of(user, **asked):
    return browser(user).get(at("destination-picture"), {"year": LEFT_IN} | asked)


def test_the_page_tells_unknowns_first_and_draws_what_its_table_says(left):
    many(6)
    page = page_of(left.priya)
    told = words(page)
    assert "2 of 8 not known on 1 November, nor in September or on another day instead" in told
    assert "No intention recorded Not known 2" in told
    assert "Further education Further education 6" in told
    drawing = re.search(r'<svg class="flow".*?</svg>', page.content.decode(), re.DOTALL).group()
    assert html.unescape(re.search(r"<desc.*?>(.*?)</desc>", drawing).group(1)) == (
        "No intention recorded to Not known: 2; Further education to Further education: 6. "
        "The same stands in the table after it."
    )
    assert drawing.count("<path") == 2
    assert drawing.count("stroke-dasharray") == 1
    # What nobody knows covers nothing of what is known.
    assert [('fill="none"' in each, "dasharray" in each) for each in re.findall("<path.*?>", drawing)] == [
        (True, True),
        (False, False),
    ]


def test_each_number_opens_the_list_of_just_those_leavers(left):
    many(2)
    many(3, "looking", "apprenticeship", sen="K")
    priya = browser(left.priya)
    page = page_of(left.priya).content.decode()
    links = re.findall(r'<a class="govuk-link" href="([^"]*leavers/\?[^"]*)">(\d+)</a>', page)
    assert len(links) > 20
    for address, number in links:
        assert len(names(priya.get(html.unescape(address)))) == int(number), address
    told = words(priya.get(at("leaver-list"), {"year": LEFT_IN, "meant": "apprenticeship", "group": "sen:K"}))
    assert "Only these: meant: Apprenticeship; special educational needs: sen support. Show all of them" in told
    assert "3 leavers of 7." in told
    assert "Only these" not in words(priya.get(at("leaver-list"), {"year": LEFT_IN, "meant": "circus", "group": "x:y"}))


def test_year_groups_are_told_apart_to_whoever_may_see_names(left):
    many(3, year_group=13)
    page = page_of(left.priya, year_group="13")
    told = words(page)
    assert "from Year 13 went" in told
    assert "0 of 3 not known" in told
    (address,) = set(re.findall(r'href="([^"]*changed=kept)"', page.content.decode()))
    assert len(names(browser(left.priya).get(html.unescape(address)))) == 3
    many(6)
    assert "from Year" not in words(page_of(left.stock.moira, year_group="13"))
    assert not _every_number(as_plain(picture(LEFT_IN, Pupil.objects.all(), COUNTS, 13)) | {"left_in": None})


def test_a_governor_sees_totals_without_small_numbers_and_a_tutor_their_own(left):
    many(9)
    many(7, "looking", "university")
    governor = words(page_of(left.stock.moira))
    assert "Further education Further education 9" in governor
    assert "hidden" in governor
    assert "Lovell" not in governor
    assert "Who they are" not in governor
    assert "/leavers/?year" not in page_of(left.stock.moira).content.decode()
    assert "No leavers of" in words(page_of(left.stock.sam))


def test_whoever_has_no_part_in_it_is_refused(left):
    assert page_of(left.stock.kit).status_code == 403


def test_the_page_asks_no_more_than_twenty_questions(left, django_assert_max_num_queries):
    many(3)
    client = browser(left.priya)
    with django_assert_max_num_queries(20):
        client.get(at("destination-picture"), {"year": LEFT_IN})
