"""The grid for telephone calls: who is on it, routes by their first letters, many lines at once, and nothing typed is lost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.destinations.changes import say_which_holds, say_wish
from dekaan.destinations.models import Statement
from dekaan.destinations.queries import in_force, outcome_routes, plan_routes, route_typed
from dekaan.partners.changes import add_organisation
from dekaan.people.changes import add_carer, restrict_contact
from dekaan.people.models import CarerOf, Pupil
from tests.destinations.given import LEFT_IN, day, leaver
from tests.destinations.test_views import at, browser, names, say, words

pytestmark = pytest.mark.django_db


def grid(moment="position", year=LEFT_IN) -> str:
    return f"{at('destination-call-grid')}?year={year}&moment={moment}"


def line(person, route="", provider_name="", source="pupil") -> dict:
    typed = {"route": route, "provider_name": provider_name, "source": source}
    return {f"{person.pk}-{name}": value for name, value in typed.items()}


def recorded() -> list[tuple]:
    said = Statement.objects.order_by("pk")
    return [(each.pupil.forename, each.kind, each.route, each.provider_name, each.level, each.source) for each in said]


@pytest.mark.parametrize(
    ("typed", "key", "level"),
    [
        ("college tech", "college-technical", None),
        ("College: technical course", "college-technical", None),
        ("app", "apprenticeship", None),
        ("app 3", "apprenticeship", 3),
        ("app level 3", "apprenticeship", 3),
        ("college", "college", None),
        ("coll", "college", None),
        ("college level 2", "college-level-2", None),
        ("sixth form coll", "sixth-form-college", None),
        ("job with", "job-with-training", None),
        ("job without", "job-without-training", None),
        ("t level", "t-level", None),
        ("university", "university", None),
        ("n", "not-found", None),
        ("R", "refused", None),
        ("neither of these", "", None),
        ("", "", None),
        ("???", "", None),
    ],
)
def test_a_route_is_known_by_its_first_letters(typed, key, level):
    found = route_typed(typed, outcome_routes())
    assert ([each.key for each in found.may_be], found.level) == ([key] if key else [], level)


def test_letters_that_begin_several_routes_say_which():
    first = [each.name for each in route_typed("coll a", outcome_routes()).may_be]
    assert first == ["College: A levels or other academic course", "Foundation year at a university or college of art"]
    assert [each.key for each in route_typed("job w", outcome_routes()).may_be] == [
        "job-with-training",
        "job-without-training",
    ]
    assert [each.key for each in route_typed("undec", outcome_routes()).may_be] == []
    assert [each.key for each in route_typed("undec", plan_routes()).may_be] == ["undecided"]


def test_one_press_records_every_line_that_is_filled_in(left):
    carys = leaver("Carys", "Abbot")
    add_organisation(name="Mereside College", kind="fe-college", by=None)
    typed = (
        line(left.ada, "college tech", "Mereside College")
        | line(left.ben, "app 3", "Rowan Motors", "parent")
        | line(carys)
    )
    page = browser(left.priya).post(grid(), typed, follow=True)
    assert recorded() == [
        ("Ada", "position", "college-technical", "Mereside College", None, "pupil"),
        ("Ben", "position", "apprenticeship", "Rowan Motors", 3, "parent"),
    ]
    assert "2 recorded." in words(page)
    assert "Ben Okoro : Apprenticeship, Rowan Motors, Level 3 (not in the directory of partners" in words(page)
    assert "1 to call; 2 known already." in words(page)
    assert [each.split("<br>")[0] for each in lines_of(page)] == ["Carys Abbot"]


def lines_of(page) -> list[str]:
    return [each.split("\n")[0].split("Year")[0] for each in names(page)]


def test_a_line_that_cannot_be_recorded_keeps_what_was_typed_and_the_others_are_recorded(left):
    typed = line(left.ada, "coll a", "Mereside College") | line(left.ben, "looking")
    page = browser(left.priya).post(grid(), typed)
    assert page.status_code == 200
    assert [each[0] for each in recorded()] == ["Ben"]
    told = words(page)
    assert "1 line could not be recorded" in told
    assert "Ada Lovell: “coll a” may be " in told
    assert "Type more letters." in told
    assert 'value="coll a"' in page.content.decode()
    assert 'value="Mereside College"' in page.content.decode()
    again = browser(left.priya).post(grid(), line(left.ada, "xyz"))
    assert "“xyz” begins no route of the list." in words(again)
    assert "It does not say where they are." in words(browser(left.priya).post(grid(), line(left.ada, "", "Mereside")))
    assert "“Traineeship” ended on 31 July 2023." in words(browser(left.priya).post(grid(), line(left.ada, "trainee")))


def test_whoever_did_not_take_up_a_place_is_called_first(left):
    say(left.ben, "enrolment", route="did-not-start", provider_name="Mereside College", source="provider")
    for moment in ("position", "enrolment"):
        page = browser(left.priya).get(grid(moment=moment))
        assert lines_of(page) == ["Ben Okoro", "Ada Lovell"]
        assert "Did not take up a place, Mereside College" in words(page)


def test_asked_and_not_found_is_one_key_and_is_called_again_last(left):
    page = browser(left.priya).post(grid(), line(left.ada, "n"), follow=True)
    assert recorded()[0][2] == "not-found"
    assert lines_of(page) == ["Ben Okoro", "Ada Lovell"]
    assert "not found" in words(page).split("Ada Lovell Year 11")[1].split("Where")[0]
    # Who does not want to say is not called of that moment again.
    page = browser(left.priya).post(grid(), line(left.ada, "r"), follow=True)
    assert lines_of(page) == ["Ben Okoro"]
    assert "1 left out: asked, and would not say" in words(page)


def test_who_has_left_a_place_since_is_called_first(left):
    say(left.ben, "enrolment", ends_on=day(10, 14))
    page = browser(left.priya).get(grid())
    assert [each.split("<br>")[0] for each in lines_of(page)] == ["Ben Okoro", "Ada Lovell"]
    assert f"Enrolled in September: College: technical course, until {day(10, 14):%-d %B %Y}" in words(page)


def test_who_does_not_want_to_be_contacted_is_not_on_it_nor_whose_permission_has_ended(left):
    carys = leaver("Carys", "Abbot")
    say_wish(left.ada, about="in-touch", allows=False, who="pupil", by=None)
    say_wish(left.ben, about="in-touch", allows=True, who="pupil", said_on=day(9, 2), until=day(6, 30), by=None)
    say_wish(carys, about="in-touch", allows=True, who="pupil", reached_at="07700 900123", by=None)
    page = browser(left.priya).get(grid())
    assert lines_of(page) == ["Carys Abbot"]
    told = words(page)
    assert "07700 900123" in told
    assert "1 left out: no wish to be contacted; 1 left out: permission has ended." in told


def test_whoever_a_colleague_found_meanwhile_is_recorded_all_the_same(left):
    say(left.ada, source="council", route="looking")
    page = browser(left.priya).post(grid(), line(left.ada, "college tech"), follow=True)
    assert len(recorded()) == 2
    assert "Sources disagree" in words(browser(left.priya).get(at("destination-detail", left.ada.pk)))
    # And a line with a fault in it is shown again, though nobody is to be called.
    page = browser(left.priya).post(grid(), line(left.ada, "coll a"))
    assert lines_of(page) == ["Ben Okoro", "Ada Lovell"]


def test_parents_are_reached_but_not_restricted_contacts(left):
    for name, number, who in (("May", "01632 960111", "Mother"), ("Guy", "01632 960222", "Father")):
        add_carer(surname="Lovell", forename=name, telephone=number, pupils=[left.ada], relationship=who, by=None)
    page = browser(left.priya).get(grid())
    assert "01632 960111 (mother) 01632 960222 (father)" in words(page)
    assert 'href="tel:01632960111"' in page.content.decode()
    restrict_contact(CarerOf.objects.get(carer__forename="Guy"), by=None)
    told = words(browser(left.priya).get(grid()))
    assert ("01632 960111" in told, "01632 960222" in told) == (True, False)


def begins(page):
    """The boxes in which the page begins, by the person whose line it is."""
    boxes = re.findall(r"<input[^>]*>", page.content.decode())
    found = [re.search(r'id="route-(\d+)"', each) for each in boxes if " autofocus" in each]
    return [int(each.group(1)) for each in found if each]


def test_the_page_begins_in_the_first_box_and_after_a_mistake_in_the_line_that_is_wrong(left):
    assert begins(browser(left.priya).get(grid())) == [left.ada.pk]
    assert begins(browser(left.priya).post(grid(), line(left.ben, "xyz"))) == [left.ben.pk]


def test_forty_are_called_at_a_time_and_everybody_where_somebody_wants_to_see_them(left):
    for number in range(43):
        leaver("Zoe", f"Young{number:02d}")
    page = browser(left.priya).get(grid())
    assert len(lines_of(page)) == 40
    assert "45 to call; 0 known already. The first 40 are below" in words(page)
    every = browser(left.priya).get(f"{grid()}&all=yes")
    assert len(lines_of(every)) == 45
    # Whoever is recorded makes room, and a line beyond the forty that is wrong is shown all the same.
    assert len(lines_of(browser(left.priya).post(grid(), line(left.ada, "college tech"), follow=True))) == 40
    last = Pupil.objects.get(surname="Young42")
    assert last.name in lines_of(browser(left.priya).post(grid(), line(last, "xyz")))


def test_a_year_that_is_too_early_to_ask_says_so_and_an_odd_moment_is_the_latest(left):
    assert "At the end of March" in words(browser(left.priya).get(grid("six-months")))
    assert browser(left.priya).get(grid("nonsense", "abc")).status_code == 200


def test_it_asks_no_more_of_the_database_for_thirty_leavers_than_for_two(left):
    priya = browser(left.priya)
    priya.get(grid())
    with CaptureQueriesContext(connection) as few:
        priya.get(grid())
    for number in range(28):
        leaver("Zoe", f"Young{number}")
    with CaptureQueriesContext(connection) as many:
        priya.get(grid())
    assert len(many) == len(few) <= 20


def test_a_press_of_the_grid_is_taken_back_in_one_step(left):
    priya = browser(left.priya)
    page = priya.post(grid(), line(left.ada, "college tech") | line(left.ben, "n"), follow=True)
    assert "2 recorded." in words(page)
    batch = Statement.objects.latest("pk").batch
    back = {"batch": batch, "year": LEFT_IN, "moment": "position"}
    page = priya.post(at("destination-call-undo"), back, follow=True)
    assert "Undone: 2 taken back." in words(page)
    assert lines_of(page) == ["Ada Lovell", "Ben Okoro"]
    page = priya.post(at("destination-call-undo"), back | {"batch": "nobody's", "year": "x"}, follow=True)
    assert "There is nothing to undo" in words(page)


def test_what_a_person_said_holds_since_stays_when_its_press_is_taken_back_and_alone_leaves_nothing_to_undo(left):
    priya = browser(left.priya)
    priya.post(grid(), line(left.ada, "college tech") | line(left.ben, "n"))
    said = Statement.objects.get(pupil=left.ada)
    say(left.ada, "position", source="council", code="619", route="looking")
    say_which_holds(said, because="The college rang", by=left.priya)
    back = {"batch": said.batch, "year": LEFT_IN, "moment": "position"}
    page = priya.post(at("destination-call-undo"), back, follow=True)
    assert "Undone: 1 taken back." in words(page)
    assert "What was corrected, checked, said to hold or taken back since stays: Ada Lovell." in words(page)
    assert said in in_force(Statement.objects.all())
    assert "There is nothing to undo" in words(priya.post(at("destination-call-undo"), back, follow=True))
