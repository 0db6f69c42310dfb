"""Rolling forward: last year's programme with a decision for every session, never doubled, undone without a trace."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import mask_of
from dekaan.people.models import Group, StaffMember
from dekaan.people.queries import tutor_groups
from dekaan.programme import changes
from dekaan.programme.changes import Invited, Slot, Station
from dekaan.programme.models import Activity, Invitation, RolledSession, RollForward, Session
from dekaan.programme.queries import propose
from dekaan.schools.models import CalendarEntry
from dekaan.schools.queries import usual_breaks
from tests.programme.test_views import at
from tests.stock import THIS_YEAR, pupil

INTO = THIS_YEAR + 1
MONDAY = usual_breaks(THIS_YEAR)[1][1] + timedelta(days=8)  # the second week of half-term 3: no bank holiday is in it


def put_on(stock, title="Talk", day=MONDAY, activity_type="TALK", led_by=None, **invited):
    activity = Activity.objects.filter(title=title).first() or changes.plan_activity(
        title=title, activity_type=activity_type, by=stock.priya, partner_kind="employer"
    )
    asked = Invited(**invited) if invited else Invited(year_groups=(10,))
    return changes.plan_session(activity, held_on=day, invited=asked, led_by=led_by, by=stock.priya)


def days(into: int = INTO) -> dict[int, date]:
    """Everything that is ticked."""
    return {each.pk: each.day for each in propose(into) if each.is_ticked}


def roll(stock, into: int = INTO):
    return changes.roll_forward(into, days=days(into), by=stock.priya)


def everything() -> list[list[tuple]]:
    """The whole of the rows that a roll forward writes."""
    return [
        list(model.objects.order_by("pk").values_list()) for model in (Activity, Session, Invitation, RolledSession)
    ]


def test_a_session_comes_to_the_same_half_term_week_and_weekday(in_ashdown):
    session = put_on(in_ashdown, day=MONDAY + timedelta(days=1))
    (found,) = propose(INTO)
    assert (found.day.weekday(), found.reasons) == (1, ["Half-term 3, week 2, Tuesday, as before."])
    assert academic_year_of(found.day) == INTO
    roll(in_ashdown)
    new = Session.objects.exclude(pk=session.pk).get()
    assert (new.activity_id, new.held_on) == (session.activity_id, found.day)
    assert [each.year_group for each in new.invitations.all()] == [10]


def test_a_date_that_fell_on_a_weekend_comes_to_a_school_day_and_says_so(in_ashdown):
    """Unless what it is called says that it is meant."""
    put_on(in_ashdown, day=MONDAY + timedelta(days=5))
    put_on(in_ashdown, "Saturday school", day=MONDAY + timedelta(days=5))
    moved, meant = sorted(propose(INTO), key=lambda each: each.source.activity.title, reverse=True)
    assert (moved.day.weekday(), meant.day.weekday()) == (0, 5)
    assert moved.day == meant.day + timedelta(days=2)
    assert moved.reasons == [
        f"Half-term 3, week 2: {meant.day:%-d %B} is a Saturday, no school day, so the nearest free day."
    ]
    assert meant.reasons == ["Half-term 3, week 2, Saturday, as before, as it is called."]


def test_a_day_given_by_hand_that_is_at_a_weekend_is_remarked(in_ashdown):
    session = put_on(in_ashdown)
    (found,) = propose(INTO)
    rolled = changes.roll_forward(INTO, days={session.pk: found.day + timedelta(days=5)}, by=in_ashdown.priya)
    assert rolled.decisions[0]["said"][-2:] == [f"Moved by hand from {found.day:%-d %B}.", "On that day: Saturday."]


def test_a_carousel_is_set_up_again_as_a_whole(in_ashdown, client):
    """Neither its turns go along one by one, nor is the day lost from sight; once it is there it is no more to do."""
    pupil("Ada", tutor_group="10A")
    put_on(in_ashdown)
    said = {"groups": tutor_groups(THIS_YEAR), "by": in_ashdown.priya}
    said |= {"stations": [Station("CV clinic", "Library", activity_type="LMI")], "slots": [Slot(time(9), time(10))]}
    carousel = changes.plan_carousel(title="Futures day", held_on=MONDAY, **said)
    assert [each.source.activity.title for each in propose(INTO)] == ["Talk"]
    client.force_login(in_ashdown.priya)
    page = client.get(at("roll-forward"), {"year": INTO}).content.decode()
    link = f"{at('carousel-new')}?again={carousel.pk}"
    assert link in page
    rolled = roll(in_ashdown)
    assert [each["title"] for each in rolled.decisions if not each["day"]] == ["Futures day"]
    assert link in client.get(at("roll-forward-receipt", rolled.pk)).content.decode()
    changes.plan_carousel(title="Futures day", held_on=MONDAY + timedelta(days=364), **said)
    assert link not in client.get(at("roll-forward"), {"year": INTO}).content.decode()


def test_holidays_inset_days_and_exams_of_its_year_groups_push_it_on(in_ashdown):
    put_on(in_ashdown)
    (wanted,) = [each.day for each in propose(INTO)]
    CalendarEntry.objects.create(starts_on=wanted, ends_on=wanted, kind="inset")
    CalendarEntry.objects.create(
        starts_on=wanted + timedelta(days=1),
        ends_on=wanted + timedelta(days=1),
        kind="exams",
        title="Mocks",
        year_groups=[10],
    )
    CalendarEntry.objects.create(
        starts_on=wanted + timedelta(days=2), ends_on=wanted + timedelta(days=9), kind="exams", year_groups=[11]
    )
    CalendarEntry.objects.create(starts_on=wanted + timedelta(days=2), ends_on=wanted + timedelta(days=2), kind="trip")
    (found,) = propose(INTO)
    assert found.day == wanted + timedelta(days=2)
    assert found.reasons == [
        f"Half-term 3, week 2: {wanted:%-d %B} is INSET day, so the nearest free day.",
        "On that day: Trip.",
    ]


def test_where_the_rest_of_the_half_term_is_taken_it_comes_before(in_ashdown):
    put_on(in_ashdown, day=MONDAY + timedelta(days=2))
    (wanted,) = [each.day for each in propose(INTO)]
    CalendarEntry.objects.create(
        starts_on=wanted, ends_on=wanted + timedelta(days=60), kind="exams", title="Mocks", year_groups=[10]
    )
    assert [each.day for each in propose(INTO)] == [wanted - timedelta(days=1)]


def test_where_no_day_is_free_it_waits_for_one(in_ashdown):
    put_on(in_ashdown)
    CalendarEntry.objects.create(
        starts_on=date(INTO + 1, 1, 1), ends_on=date(INTO + 1, 3, 1), kind="exams", year_groups=[10]
    )
    (found,) = propose(INTO)
    assert (found.day, found.is_ticked, found.waits) == (
        None,
        False,
        "No day of half-term 3 is free for them: give it one.",
    )


def test_leavers_lead_nothing_and_named_pupils_stay_behind(in_ashdown):
    ada = pupil("Ada")
    ivo = StaffMember.objects.create(surname="Marsh", forename="Ivo", ends_on=date(INTO, 9, 1))
    put_on(in_ashdown, led_by=ivo, year_groups=(10,), pupils=(ada,))
    put_on(in_ashdown, "Ada's own", pupils=(ada,))
    first, second = propose(INTO)
    assert first.reasons == [
        "1 pupil invited by name: left out.",
        "Half-term 3, week 2, Monday, as before.",
        "Who led it has left: nobody leads it yet.",
    ]
    assert (first.is_ticked, first.led_by) == (True, None)
    assert (second.is_ticked, second.barred) == (False, "Nobody is left to invite: plan it anew.")
    roll(in_ashdown)
    assert [row.pupil_id for row in Invitation.objects.filter(session__rolled_from__isnull=False)] == [None]


def test_tutor_groups_are_found_again_by_name_and_wait_where_there_are_none_yet(in_ashdown):
    pupil("Ada")
    (group,) = Group.objects.filter(name="10A", academic_year=THIS_YEAR)
    put_on(in_ashdown, groups=(group,))
    (found,) = propose(INTO)
    assert found.barred.startswith("Nobody is left to invite: bring in the groups of ")
    assert roll(in_ashdown).rolled.count() == 0
    new = Group.objects.create(kind="tutor", name="10a", academic_year=INTO, year_group=10)
    (found,) = propose(INTO)
    assert (found.is_ticked, found.groups, found.invited) == (True, [new], "10a")


def test_cancelled_sessions_and_catch_ups_stay_behind(in_ashdown):
    off = put_on(in_ashdown)
    changes.cancel_session(off, because="cancelled by us", by=in_ashdown.priya)
    first = put_on(in_ashdown, "Visit")
    Session.objects.create(activity=first.activity, held_on=MONDAY, catches_up=first)
    assert [each.pk for each in propose(INTO)] == [first.pk]


def test_what_was_tagged_to_repealed_benchmarks_counts_as_its_kind_usually_does_in_a_copy(in_ashdown):
    session = put_on(in_ashdown)
    Activity.objects.update(criteria=mask_of(["GB14.5.1"]))
    (found,) = propose(INTO)
    assert "a copy counts as its kind usually does, towards " in found.reasons[-1]
    roll(in_ashdown)
    new = Session.objects.exclude(pk=session.pk).get().activity
    assert (new.title, new.criteria) == ("Talk", mask_of(["GB24.5.1"]))
    assert Activity.objects.get(pk=session.activity_id).criteria == mask_of(["GB14.5.1"])


def test_what_is_planned_by_hand_already_is_not_ticked(in_ashdown):
    put_on(in_ashdown)
    put_on(in_ashdown, day=MONDAY + timedelta(days=371))
    (found,) = propose(INTO)
    assert (found.is_ticked, found.waits.startswith("You have planned it already, on ")) == (False, True)


def test_doing_it_twice_never_doubles(in_ashdown):
    put_on(in_ashdown)
    put_on(in_ashdown, "Visit")
    again = days()
    assert roll(in_ashdown).rolled.count() == 2
    assert changes.roll_forward(INTO, days=again, by=in_ashdown.priya).rolled.count() == 0
    assert propose(INTO) == []
    assert Session.objects.count() == 4


def year_of_150(stock) -> None:
    pupil("Ada")
    for number in range(150):
        put_on(
            stock,
            f"Activity {number}",
            MONDAY + timedelta(days=number % 5 + 7 * (number % 4)),
            year_groups=(7 + number % 5,),
        )
    Activity.objects.filter(title__endswith="7").update(criteria=mask_of(["GB14.5.1"]))


def test_a_year_of_150_activities_is_one_action_a_list_of_every_decision_and_undo_leaves_no_trace(in_ashdown):
    year_of_150(in_ashdown)
    before = everything()
    chosen = days()
    with CaptureQueriesContext(connection) as asked:
        rolled = changes.roll_forward(INTO, days=chosen, by=in_ashdown.priya)
    assert len(asked) <= 40
    assert (len(rolled.decisions), rolled.rolled.count(), len(rolled.activities)) == (150, 150, 15)
    assert all(each["said"] and each["day"] for each in rolled.decisions)
    assert Session.objects.count() == 300
    undone = changes.undo_roll_forward(rolled, by=in_ashdown.priya)
    assert (undone.sessions, undone.stayed) == (150, ())
    assert everything() == before
    assert days() == chosen


def test_it_asks_as_much_for_three_sessions_as_for_one(in_ashdown):
    asked = []
    for number in (1, 3):
        for each in range(number):
            put_on(in_ashdown, f"Talk {number} {each}")
        with CaptureQueriesContext(connection) as found:
            rolled = roll(in_ashdown)
        with CaptureQueriesContext(connection) as back:
            changes.undo_roll_forward(rolled, by=in_ashdown.priya)
        asked.append((len(found), len(back)))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("built", ["changed", "invited", "cancelled", "caught up", "rolled on"])
def test_undo_leaves_and_names_what_was_built_upon(in_ashdown, built):
    put_on(in_ashdown)
    put_on(in_ashdown, "Visit")
    rolled = roll(in_ashdown)
    (touched,) = [row.session for row in rolled.rolled.all() if row.session.activity.title == "Talk"]
    if built == "changed":
        changes.change_session(touched, place="Hall", by=in_ashdown.priya)
    elif built == "invited":
        changes.change_session(touched, invited=Invited(year_groups=(9,)), by=in_ashdown.priya)
    elif built == "cancelled":
        changes.cancel_session(touched, because="cancelled by us", by=in_ashdown.priya)
    elif built == "caught up":
        Session.objects.create(activity=touched.activity, held_on=touched.held_on, catches_up=touched)
    else:
        changes.roll_forward(INTO + 1, days={touched.pk: date(INTO + 1, 9, 13)}, by=in_ashdown.priya)
    undone = changes.undo_roll_forward(rolled, by=in_ashdown.priya)
    assert (undone.sessions, [each.pk for each in undone.stayed]) == (1, [touched.pk])
    with pytest.raises(changes.NothingToUndo):
        changes.undo_roll_forward(rolled, by=in_ashdown.priya)


def test_where_all_is_built_upon_nothing_is_undone_and_after_thirty_days_neither(in_ashdown):
    put_on(in_ashdown)
    rolled = roll(in_ashdown)
    Session.objects.filter(rolled_from__isnull=False).update(place="Hall")
    with pytest.raises(changes.MoreRecordedSince):
        changes.undo_roll_forward(rolled, by=in_ashdown.priya)
    RollForward.objects.update(at=rolled.at - timedelta(days=31))
    with pytest.raises(changes.TooLateToUndo):
        changes.undo_roll_forward(rolled, by=in_ashdown.priya)


def test_priya_unticks_a_line_moves_another_and_has_it_all_back(in_ashdown, client):
    one, other = put_on(in_ashdown), put_on(in_ashdown, "Visit")
    client.force_login(in_ashdown.priya)
    address = at("roll-forward") + f"?year={INTO}"
    page = client.get(address).content.decode()
    assert "To be planned (2)" in page
    assert "as before." in page
    sent = {"take": [one.pk], f"day-{one.pk}": f"05/05/{INTO + 1}", f"day-{other.pk}": ""}
    page = client.post(address, sent, follow=True).content.decode()
    assert "1 session planned, 1 left out" in " ".join(page.split())
    assert "Moved by hand from " in page
    assert "Unticked by hand." in page
    assert Session.objects.get(rolled_from__source=one).held_on == date(INTO + 1, 5, 5)
    rolled = RollForward.objects.get()
    page = client.post(at("roll-forward-undo", rolled.pk), follow=True).content.decode()
    assert "Undone: 1 session is no longer planned." in page
    assert "It is undone already." in client.post(at("roll-forward-undo", rolled.pk), follow=True).content.decode()
    assert Session.objects.count() == 2


@pytest.mark.parametrize(("typed", "words"), [("soon", "Give the date as day"), ("2001-01-01", "That day is not in ")])
def test_a_day_that_cannot_be_is_said_beside_its_line_and_nothing_is_planned(in_ashdown, client, typed, words):
    session = put_on(in_ashdown)
    client.force_login(in_ashdown.priya)
    sent = {"take": [session.pk], f"day-{session.pk}": typed}
    page = client.post(at("roll-forward") + f"?year={INTO}", sent).content.decode()
    assert words in page
    assert f'value="{typed}"' in page
    assert "Nothing is planned yet: 1 of the days cannot be." in page
    assert Session.objects.count() == 1


def test_a_day_moved_by_hand_into_what_the_calendar_keeps_free_is_told_once_and_may_be_kept(in_ashdown, client):
    session = put_on(in_ashdown)
    first, second = date(INTO + 1, 5, 4), date(INTO + 1, 5, 5)
    for day, years in ((first, []), (second, [10])):
        CalendarEntry.objects.create(starts_on=day, ends_on=day, kind="exams", title="Mocks", year_groups=years)
    client.force_login(in_ashdown.priya)
    name = f"day-{session.pk}"

    def sent(day, **more):
        return client.post(at("roll-forward") + f"?year={INTO}", {"take": [session.pk], name: str(day), **more})

    page = sent(first).content.decode()
    assert "Nothing is planned yet: one of the days is kept free by the calendar." in page
    assert "On that day: Mocks. Press again to keep it, or give another day." in page
    kept = {f"kept-{session.pk}": str(first)}
    assert f'name="kept-{session.pk}" value="{first}"' in page
    assert "On that day: Mocks (Year 10)." in sent(second, **kept).content.decode()
    assert Session.objects.count() == 1
    assert sent(first, **kept).status_code == 302
    assert Session.objects.get(rolled_from__source=session).held_on == first


def test_what_the_calendar_keeps_free_for_others_only_is_no_matter(in_ashdown, client):
    session, day = put_on(in_ashdown), date(INTO + 1, 5, 6)
    CalendarEntry.objects.create(starts_on=day, ends_on=day, kind="exams", title="Mocks", year_groups=[11])
    client.force_login(in_ashdown.priya)
    client.post(at("roll-forward") + f"?year={INTO}", {"take": [session.pk], f"day-{session.pk}": str(day)})
    assert Session.objects.get(rolled_from__source=session).held_on == day


def test_nothing_ticked_plans_nothing_and_rows_that_are_not_proposed_are_passed_over(in_ashdown, client):
    put_on(in_ashdown)
    client.force_login(in_ashdown.priya)
    page = client.post(at("roll-forward") + f"?year={INTO}", {"take": ["999999999999999999999", "x"]}).content.decode()
    assert "Nothing is ticked, so nothing was planned." in page
    assert RollForward.objects.count() == 0
