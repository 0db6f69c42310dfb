"""A day on which groups go round: nobody in two places at once, everybody everywhere once, recorded in one press."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.participation.queries import live
from dekaan.people.changes import TooFewToSplit, split_year_group
from dekaan.people.models import Group, StaffMember
from dekaan.people.queries import tutor_groups
from dekaan.programme import changes
from dekaan.programme.changes import Slot, Station
from dekaan.programme.models import Activity, Carousel, Session
from dekaan.programme.queries import grid, planner, rotation, rotation_in_words, sessions, slots_needed
from tests.programme.test_views import at, counter, questions  # noqa: F401 a fixture
from tests.stock import THIS_YEAR, pupil

SLOTS = (Slot(time(9), time(9, 50)), Slot(time(10), time(10, 50)), Slot(time(11, 10), time(12)))
STATIONS = (
    Station("CV clinic", "Library", activity_type="DROPDOWN"),
    Station("Millworks", "Hall", "employer", "DROPDOWN"),
)


@pytest.mark.once
@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 12))
def test_nobody_is_in_two_places_at_once_and_everybody_comes_everywhere_once(groups, stations, slots):
    visits = rotation(groups, stations, slots)
    assert len({(slot, group) for slot, group, _ in visits}) == len(visits)
    assert len({(slot, station) for slot, _, station in visits}) == len(visits)
    assert len({(group, station) for _, group, station in visits}) == len(visits)
    if slots >= slots_needed(groups, stations):
        assert len(visits) == groups * stations


@pytest.mark.once
@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((3, 3, 3), "Every group is everywhere once."),
        (
            (3, 4, 2),
            (
                "There are fewer slots (2) than stations (4), so each group is at 2 of the 4. "
                "4 slots would take every group everywhere."
            ),
        ),
        (
            (4, 3, 3),
            "With 3 slots not every group is everywhere: 4 groups at 3 stations take 4. Groups wait in turn.",
        ),
        (
            (4, 3, 4),
            "Every group is everywhere once. There are more groups than stations, so 1 wait in each slot.",
        ),
        ((2, 2, 4), "Every group is everywhere once. The last 2 of the slots are not needed."),
    ],
)
def test_what_comes_of_the_numbers_is_said(numbers, words):
    assert rotation_in_words(*numbers) == words


def two_groups() -> list[Group]:
    for forename, group in (("Ada", "10A"), ("Ben", "10B"), ("Cal", "10B")):
        pupil(forename, tutor_group=group)
    return tutor_groups(THIS_YEAR)


def day(stock, **otherwise) -> Carousel:
    given_ = {"title": "Futures day", "held_on": today(), "stations": STATIONS}
    given_ |= {"slots": SLOTS[:2], "by": stock.priya} | otherwise
    return changes.plan_carousel(**given_ if "groups" in given_ else given_ | {"groups": two_groups()})


def test_the_planner_counts_a_station_once_however_many_groups_come_to_it(in_ashdown, client):
    """Two groups go round two stations, which is four sessions: Year 10 has two things that day, one with an employer."""
    day(in_ashdown)
    (year_10,) = planner(sessions(), THIS_YEAR).groups
    assert {row.benchmark.number: row.year.words for row in year_10.rows if row.year.count} == {
        "2": "2 to come",
        "5": "1 to come",
    }
    client.force_login(in_ashdown.priya)
    page = client.get(at("planner-cell"), {"year_group": "10", "benchmark": "2"}).content.decode()
    assert "4 sessions, which the planner counts as 2" in page
    listed = page[page.index("which the planner counts as") :]
    assert listed.count("<li>") == 2
    assert [listed.count(f">{group}</a>") for group in ("10A", "10B")] == [2, 2]
    changes.it_happened(Session.objects.order_by("pk").first(), by=in_ashdown.priya)
    (year_10,) = planner(sessions(), THIS_YEAR).groups
    assert next(row.year.words for row in year_10.rows if row.benchmark.number == "2") == "1 held, 1 to come"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(None, ""), (50, "50 minutes"), (110, "110 minutes"), (120, "2 hours"), (1530, "25 hours 30 minutes")],
)
def test_how_long_it_takes_is_said_in_minutes_and_from_two_hours_in_hours(minutes, words):
    assert Session(minutes=minutes).length == words


def test_each_visit_is_a_session_with_its_time_room_and_group(in_ashdown):
    carousel = day(in_ashdown)
    rows = Session.objects.order_by("starts_at", "place").values_list(
        "starts_at", "minutes", "place", "activity__title", "invitations__group__name"
    )
    assert list(rows) == [
        (time(9), 50, "Hall", "Futures day: Millworks", "10B"),
        (time(9), 50, "Library", "CV clinic", "10A"),
        (time(10), 50, "Hall", "Futures day: Millworks", "10A"),
        (time(10), 50, "Library", "CV clinic", "10B"),
    ]
    found = grid(carousel, sessions())
    assert [[each.words["what"] for each in row.visits] for row in found.by_group] == [
        ["CV clinic", "Millworks"],
        ["Millworks", "CV clinic"],
    ]
    assert [[each.words["group"] for each in row.visits] for row in found.by_station] == [
        ["10A", "10B"],
        ["10B", "10A"],
    ]


def test_a_station_that_is_called_as_an_activity_is_that_activity(in_ashdown):
    clinic = changes.plan_activity(title="CV Clinic", activity_type="CVWORK", by=in_ashdown.priya)
    day(in_ashdown)
    assert clinic.sessions.count() == 2
    assert Activity.objects.count() == 2


def test_one_press_records_the_whole_day_and_one_takes_it_back(in_ashdown):
    carousel = day(in_ashdown)
    done = changes.carousel_happened(carousel, by=in_ashdown.priya)
    assert (done.sessions, done.recorded, done.to_catch_up) == (4, 6, 0)
    assert changes.carousel_happened(carousel, by=in_ashdown.priya).sessions == 0
    undone = changes.undo_carousel(carousel, by=in_ashdown.priya)
    assert (undone.sessions, undone.stayed) == (4, ())
    assert not live().exists()
    with pytest.raises(changes.NothingToUndo):
        changes.undo_carousel(carousel, by=in_ashdown.priya)


def test_undo_names_the_sessions_of_which_more_was_recorded_since(in_ashdown):
    carousel = day(in_ashdown)
    changes.carousel_happened(carousel, by=in_ashdown.priya)
    checked = Session.objects.filter(place="Hall").first()
    changes.strike_off(checked, absent=[], by=in_ashdown.priya)
    undone = changes.undo_carousel(carousel, by=in_ashdown.priya)
    assert (undone.sessions, undone.stayed) == (3, (checked,))


def test_where_more_was_recorded_of_all_nothing_is_undone(in_ashdown):
    carousel = day(in_ashdown)
    changes.carousel_happened(carousel, by=in_ashdown.priya)
    for each in Session.objects.all():
        changes.strike_off(each, absent=[], by=in_ashdown.priya)
    with pytest.raises(changes.MoreRecordedSince):
        changes.undo_carousel(carousel, by=in_ashdown.priya)


def test_what_is_off_or_recorded_already_is_left_alone_and_a_day_to_come_is_refused(in_ashdown):
    carousel = day(in_ashdown)
    first, second, *_ = Session.objects.all()
    changes.cancel_session(first, because="cancelled by us", by=in_ashdown.priya)
    changes.it_happened(second, by=in_ashdown.priya)
    assert changes.carousel_happened(carousel, by=in_ashdown.priya).sessions == 2
    assert changes.undo_carousel(carousel, by=in_ashdown.priya).sessions == 2
    later = day(in_ashdown, held_on=today() + timedelta(days=1), groups=tutor_groups(THIS_YEAR))
    with pytest.raises(changes.NotHeldYet):
        changes.carousel_happened(later, by=in_ashdown.priya)


def test_a_year_group_is_split_as_even_as_can_be_and_twice_alike_is_once(in_ashdown):
    for number in range(5):
        pupil(f"P{number}", f"Lovell{number}")
    groups = split_year_group(10, into=2, on=today())
    assert [each.memberships.count() for each in groups] == [2, 3]
    assert split_year_group(10, into=2, on=today()) == groups
    with pytest.raises(TooFewToSplit):
        split_year_group(10, into=6, on=today())


def typed(**otherwise) -> dict:
    sent = {
        "title": "Futures day",
        "held_on": today(),
        "slots": "9:00 to 9:50\n10.00-10.50",
    }
    sent |= {
        "what_1": "CV clinic",
        "place_1": "Library",
        "kind_1": "LMI",
        "what_2": "Millworks",
        "place_2": "Hall",
        "kind_2": "TALK",
        "with_2": "employer",
    }
    return sent | otherwise


def test_priya_plans_a_day_presses_it_happened_and_undoes_it(in_ashdown, client):
    groups = two_groups()
    client.force_login(in_ashdown.priya)
    sent = typed(tutor_groups=[each.pk for each in groups])
    page = client.post(at("carousel-new"), sent, follow=True).content.decode()
    assert "Every group is everywhere once." in page
    carousel = Carousel.objects.get()
    assert "Futures day" in client.get(at("carousel-list")).content.decode()
    assert "09:00–09:50" in client.get(at("carousel-print", carousel.pk)).content.decode()
    page = client.post(at("carousel-happened", carousel.pk), follow=True).content.decode()
    assert "4 sessions recorded: 6 attendances, 0 to catch up." in page
    page = client.post(at("carousel-undo", carousel.pk), follow=True).content.decode()
    assert "Undone: 4 sessions are open again." in page
    assert "It is undone already." in client.post(at("carousel-undo", carousel.pk), follow=True).content.decode()


def test_each_station_is_of_its_own_kind_and_none_is_chosen_before(in_ashdown, client):
    groups = two_groups()
    client.force_login(in_ashdown.priya)
    form = client.get(at("carousel-new")).context["form"]
    assert {form[f"kind_{number}"].value() for number in range(1, 11)} == {None}
    client.post(at("carousel-new"), typed(tutor_groups=[each.pk for each in groups]))
    assert dict(Activity.objects.values_list("title", "activity_type")) == {
        "CV clinic": "LMI",
        "Futures day: Millworks": "TALK",
    }


def test_an_activity_of_the_programme_keeps_its_kind_and_need_not_say_it(in_ashdown, client):
    changes.plan_activity(title="CV clinic", activity_type="GROUPG", by=in_ashdown.priya)
    groups = two_groups()
    client.force_login(in_ashdown.priya)
    client.post(at("carousel-new"), typed(tutor_groups=[each.pk for each in groups], kind_1=""))
    assert Activity.objects.filter(title="CV clinic").values_list("activity_type", flat=True).get() == "GROUPG"


def test_a_day_is_set_up_again_as_it_was_but_for_when_and_who(in_ashdown, client):
    carousel = day(in_ashdown)
    client.force_login(in_ashdown.priya)
    page = client.get(at("carousel-new"), {"again": str(carousel.pk)})
    form = page.context["form"]
    names = ("title", "slots", "what_1", "place_1", "kind_1", "with_1", "what_2", "place_2", "kind_2", "with_2")
    assert [form[name].value() for name in names] == [
        "Futures day", "09:00 to 09:50\n10:00 to 10:50",
        "CV clinic", "Library", "DROPDOWN", "",
        "Millworks", "Hall", "DROPDOWN", "employer",
    ]  # fmt: skip
    assert form["tutor_groups"].value() in (None, [])
    for nonsense in ("x", "0", "9" * 30):
        assert client.get(at("carousel-new"), {"again": nonsense}).status_code == 200


def test_a_split_year_group_goes_round(in_ashdown, client):
    two_groups()
    client.force_login(in_ashdown.priya)
    client.post(at("carousel-new"), typed(split="10", into="2"))
    assert Carousel.objects.get().groups[0].startswith("Year 10, 1 of 2, ")
    page = client.post(at("carousel-new"), typed(split="10", into="9")).content.decode()
    assert "There are not as many pupils on the roll that day." in page


@pytest.mark.parametrize(
    ("otherwise", "words"),
    [
        ({}, "Choose tutor groups, or one year group to split: one of the two."),
        ({"split": "10"}, "Say into how many groups."),
        ({"split": "10", "into": "0"}, "Give a whole number from 1 to 12."),
        ({"split": "10", "into": "2", "slots": "first thing"}, "“first thing” is no slot: write it as 9:00 to 9:50."),
        ({"split": "10", "into": "2", "slots": "9:50 to 9:00"}, "“9:50 to 9:00” is no slot"),
        ({"split": "10", "into": "2", "slots": "25:00 to 26:00"}, "is no slot"),
        ({"split": "10", "into": "2", "slots": "9:00-9:50\n9:30-10:20"}, "begins before the slot above it ends."),
        (
            {"split": "10", "into": "2", "what_1": "", "place_1": "", "what_2": "", "place_2": ""},
            "Give at least one station.",
        ),
        ({"split": "10", "into": "2", "what_1": ""}, "Say what, or who, is in that room."),
        (
            {"split": "10", "into": "2", "kind_1": ""},
            "Choose the kind: it decides what this station counts towards.",
        ),
        ({"split": "10", "into": "2", "place_1": "hall"}, "Two stations are in the same room."),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(in_ashdown, client, otherwise, words):
    two_groups()
    client.force_login(in_ashdown.priya)
    assert words in client.post(at("carousel-new"), typed(**otherwise)).content.decode()
    assert not Carousel.objects.exists()


def test_leo_sees_the_days_of_his_own_sessions_alone_and_records_no_whole_day(in_ashdown, client):
    carousel = day(in_ashdown)
    client.force_login(in_ashdown.leo)
    assert client.get(at("carousel-detail", carousel.pk)).status_code == 404
    leo = StaffMember.objects.create(surname="Marsh", forename="Leo", user=in_ashdown.leo)
    Session.objects.filter(place="Hall").update(led_by=leo)
    page = client.get(at("carousel-detail", carousel.pk)).content.decode()
    assert ("/sessions/" in page, "It happened" in page) == (True, False)
    assert client.post(at("carousel-happened", carousel.pk)).status_code == 403
    assert not live().exists()


def test_the_grid_asks_as_much_of_twelve_visits_as_of_four(in_ashdown, client, counter):  # noqa: F811
    client.force_login(in_ashdown.priya)
    small = day(in_ashdown)
    more = [Station(f"Station {each}", f"Room {each}", activity_type="LMI") for each in range(6)]
    large = day(in_ashdown, stations=more, slots=SLOTS, groups=tutor_groups(THIS_YEAR))
    asked = [questions(client, at("carousel-detail", each.pk), counter) for each in (small, large)]
    assert asked[0] == asked[1]
    assert asked[0] <= 8


def test_another_schools_day_is_not_ours(stock, client):
    with working_in(stock.beckford):
        theirs = Carousel.objects.create(title="Theirs", held_on=today())
    client.force_login(stock.priya)
    assert client.get(at("carousel-detail", theirs.pk)).status_code == 404
