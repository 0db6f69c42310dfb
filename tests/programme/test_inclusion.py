"""Who is missing from the trip, before the list is confirmed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.models import YearRecord
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Session
from dekaan.programme.queries import inclusion_of
from tests.factories.schools import person, place, pupils, talk

pytestmark = pytest.mark.django_db
LEADER = ROLES["careers-leader"].may


@pytest.fixture
def northgate():
    """Year 10: twelve disadvantaged of whom ten were at a talk, and eight others who have had nothing."""
    at = place("northgate")
    made = pupils(at, 12, surname="Okafor", pupil_premium=True, sen="K", sex="F")
    pupils(at, 8, surname="Petrov", tutor_group="10B", pupil_premium=False, sen="N", sex="M")
    talk(at, invited=made[:10])
    return at


def trip(at, **invited) -> Session:
    leader = person(at, "careers-leader")
    with working_in(at.school):
        activity = changes.plan_activity(title="Factory trip", activity_type="WVISIT", by=leader)
        day = today() + timedelta(days=3)
        return changes.plan_session(activity, held_on=day, invited=Invited(**invited), by=leader)


def some(at, surname: str, number: int):
    return tuple(each for each in at.pupils.values() if each.surname == surname)[:number]


def told(at, session, permissions=LEADER):
    with working_in(at.school):
        return inclusion_of(session, permissions)


def lines(included) -> dict[str, tuple[str, str, str]]:
    return {each.name: (each.invited.says, each.others.says, each.everybody.says) for each in included.lines}


def test_a_trip_for_six_is_set_against_the_year_group(northgate):
    included = told(northgate, trip(northgate, pupils=some(northgate, "Okafor", 6)))
    assert lines(included) == {
        "Disadvantaged": ("6 of 6 (100 %)", "6 of 14 (43 %)", "12 of 20 (60 %)"),
        "Special educational needs": ("6 of 6 (100 %)", "6 of 14 (43 %)", "12 of 20 (60 %)"),
        "Female": ("6 of 6 (100 %)", "6 of 14 (43 %)", "12 of 20 (60 %)"),
        "Male": ("0 of 6 (0 %)", "8 of 14 (57 %)", "8 of 20 (40 %)"),
        "Attendance under 90 % this year": (
            "all 6 not known",
            "all 14 not known",
            "all 20 not known",
        ),
        "No counted encounter yet this year": ("0 of 6 (0 %)", "10 of 14 (71 %)", "10 of 20 (50 %)"),
    }
    assert [(row.name, row.had) for row in included.missing] == [
        ("Okafor, Ok011", 0),
        ("Okafor, Ok012", 0),
        *((f"Petrov, Pe{number:03d}", 0) for number in range(13, 21)),
        ("Okafor, Ok007", 1),
        ("Okafor, Ok008", 1),
    ]
    assert [each.says for each in included.averages] == ["1.0", "0.2", "0.5"]


def test_whoever_has_had_least_is_named_also_where_everybody_has_had_something(northgate):
    """All have had one talk, six of them two: the six are about to go on a trip, and the others have had least."""
    everybody = tuple(northgate.pupils.values())
    talk(northgate, title="A talk for all", invited=everybody)
    six = some(northgate, "Okafor", 6)
    included = told(northgate, trip(northgate, pupils=six))
    assert [(row.name, row.had) for row in included.missing][:3] == [
        ("Okafor, Ok011", 1),
        ("Okafor, Ok012", 1),
        ("Petrov, Pe013", 1),
    ]
    assert [each.says for each in included.averages] == ["2.0", "1.2", "1.5"]
    assert included.more_without == 0


def test_averages_of_few_are_hidden_on_both_sides_from_whoever_does_not_see_small_numbers(northgate):
    """Sixteen of twenty are invited: what the other four had would follow from the average of all."""
    session = trip(northgate, pupils=(*some(northgate, "Okafor", 8), *some(northgate, "Petrov", 8)))
    governor = told(northgate, session, ROLES["link-governor"].may)
    assert [each.says for each in governor.averages] == ["hidden", "hidden", "0.5"]
    assert governor.is_some_hidden


def test_a_guidance_meeting_of_one_or_two_is_compared_with_nobody(northgate):
    """With five there is nothing to compare, and nobody of the year group is said to be missing; with six there is."""
    compared = [told(northgate, trip(northgate, pupils=some(northgate, "Okafor", few))) for few in (1, 2, 5)]
    assert compared == [None, None, None]
    assert told(northgate, trip(northgate, pupils=some(northgate, "Okafor", 6))) is not None


def test_of_a_whole_year_group_it_is_said_that_everybody_is_invited(northgate):
    included = told(northgate, trip(northgate, year_groups=(10,)))
    assert (included.is_everybody, included.words, included.lines) == (True, "Year 10", ())


def test_whoever_does_not_count_needs_or_flags_is_told_neither(northgate):
    session = trip(northgate, pupils=some(northgate, "Okafor", 6))
    told_admin = lines(told(northgate, session, ROLES["careers-administrator"].may))
    assert {"Disadvantaged", "Special educational needs"} & told_admin.keys() == set()
    assert told_admin["Female"] == ("6 of 6 (100 %)", "6 of 14 (43 %)", "12 of 20 (60 %)")


def test_small_numbers_are_hidden_on_both_sides_from_whoever_does_not_see_them(northgate):
    """Two of eight disadvantaged are invited: neither they nor the other six may be told, beside a total of twelve."""
    session = trip(northgate, pupils=(*some(northgate, "Okafor", 2), *some(northgate, "Petrov", 6)))
    governor = lines(told(northgate, session, ROLES["link-governor"].may))
    assert governor["Disadvantaged"] == ("hidden", "hidden", "12 of 20 (60 %)")
    assert told(northgate, session, ROLES["link-governor"].may).is_some_hidden
    assert lines(told(northgate, session))["Disadvantaged"] == ("2 of 8 (25 %)", "10 of 12 (83 %)", "12 of 20 (60 %)")


def test_a_coordinator_who_may_only_count_flags_is_not_told_small_numbers_of_them(northgate):
    session = trip(northgate, pupils=(*some(northgate, "Okafor", 2), *some(northgate, "Petrov", 6)))
    coordinator = lines(told(northgate, session, ROLES["careers-coordinator"].may))
    assert coordinator["Disadvantaged"][:2] == ("hidden", "hidden")
    assert coordinator["Special educational needs"][0] == "2 of 8 (25 %)"


def test_nothing_is_said_of_a_session_that_is_recorded_or_off(northgate):
    session = trip(northgate, pupils=some(northgate, "Okafor", 6))
    with working_in(northgate.school):
        changes.cancel_session(session, because="postponed", by=None)
        session = Session.objects.get(pk=session.pk)
    assert told(northgate, session) is None
    with working_in(northgate.school):
        recorded = Session.objects.filter(recorded_at__isnull=False).get()
    assert told(northgate, recorded) is None


def test_pupils_without_a_year_group_this_year_break_nothing(northgate):
    six = some(northgate, "Okafor", 6)
    with working_in(northgate.school):
        YearRecord.objects.filter(pupil__in=six).delete()
    included = told(northgate, trip(northgate, pupils=six))
    assert (included.year_groups, included.missing) == ((), ())


def test_whoever_is_missing_is_added_with_one_press(client, northgate):
    session = trip(northgate, pupils=some(northgate, "Okafor", 6))
    client.force_login(person(northgate, "careers-leader"))
    address = reverse("session-detail", args=[northgate.slug, session.pk])
    page = client.get(address)
    assert "Who is missing?" in page.content.decode()
    first = page.context["inclusion"].missing[0]
    press = reverse("session-invite", args=[northgate.slug, session.pk, first.pk])
    page = client.post(press, follow=True)
    assert "Invited: Ok011 Okafor." in page.content.decode()
    assert [row.name for row in page.context["inclusion"].missing][:1] == ["Okafor, Ok012"]
    assert len(page.context["invited"]) == 7
    with working_in(northgate.school):
        changes.cancel_session(Session.objects.get(pk=session.pk), because="postponed", by=None)
    assert "Put it back on first" in client.post(press, follow=True).content.decode()


def test_a_tutor_sees_no_shares_of_the_year_group(client, northgate):
    session = trip(northgate, pupils=some(northgate, "Okafor", 6))
    client.force_login(person(northgate, "tutor", {"tutor_groups": ["10A"]}))
    page = client.get(reverse("session-detail", args=[northgate.slug, session.pk]))
    assert page.context["inclusion"] is None


def test_names_of_who_is_missing_are_for_those_who_see_names(client, northgate):
    session = trip(northgate, pupils=some(northgate, "Okafor", 6))
    client.force_login(person(northgate, "link-governor"))
    page = client.get(reverse("session-detail", args=[northgate.slug, session.pk])).content.decode()
    assert "Petrov" not in page
    assert "Who is missing?" in page
    assert Permission.NAMES_SEE not in ROLES["link-governor"].may


def test_a_form_that_plans_says_who_would_be_missing_before_it_is_sent(client, northgate):
    """The tutor group 10A has twelve of the twenty: the eight of 10B would be missing, and nothing is planned yet."""
    session = trip(northgate, pupils=some(northgate, "Okafor", 6))
    client.force_login(person(northgate, "careers-leader"))
    with working_in(northgate.school):
        group = str(YearRecord.objects.filter(tutor_group__name="10A").first().tutor_group_id)
    for name, args in (("activity-new", []), ("session-new", [session.activity_id]), ("session-change", [session.pk])):
        address = reverse(name, args=[northgate.slug, *args])
        assert "See who would be missing" in client.get(address).content.decode()
        page = client.post(address, {"tutor_groups": [group], "look": "1"})
        assert lines(page.context["inclusion"])["Female"] == ("12 of 12 (100 %)", "0 of 8 (0 %)", "12 of 20 (60 %)")
        assert [each.name[:6] for each in page.context["inclusion"].missing] == ["Petrov"] * 8
        assert page.context["form"].errors == {}
        page = client.post(address, {"year_groups": ["10"], "look": "1"})
        assert "Everybody in Year 10 is on the list." in page.content.decode()
        assert "year_groups" in client.post(address, {"look": "1"}).context["form"].errors
    with working_in(northgate.school):
        assert Session.objects.count() == 2
