"""Careers goes from Priya to Nell: who must agree, what moves and when, who can open what, and the way back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.access.changes import NotTheirsToConfirm, give_role
from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_in, permissions_in
from dekaan.audit.models import Event
from dekaan.cli.morning import go_round
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import responsibilities
from dekaan.handover import changes, queries
from dekaan.handover.areas import AREAS
from dekaan.handover.forms import HandOverSaid
from dekaan.handover.models import HandOver
from dekaan.handover.moving import fields_that_move, rows_of
from dekaan.people.models import StaffMember
from dekaan.plan import changes as plan
from dekaan.plan.models import Task
from dekaan.plan.queries.week import mail_words, week_of, who_has_something
from dekaan.team import changes as team
from dekaan.team.models import Assignment, Post, TermsOfPost
from dekaan.team.queries import staffing
from tests.handover.conftest import DAY, NOW
from tests.handover.given import holds_everything, staffed
from tests.plan.given import colleague

pytestmark = pytest.mark.django_db
HERE = "https://dekaan.example"


def planned(stock, *, starts_on=DAY, by=None, stays=()) -> tuple[HandOver, StaffMember, StaffMember]:
    priya, nell = staffed(stock)
    one = changes.plan_hand_over(
        stock.ashdown, from_=priya, to=nell, starts_on=starts_on, stays=stays, by=by or stock.priya
    )
    return one, priya, nell


def leads(user, school) -> bool:
    return Permission.EXPORT_NAMED in permissions_in(user, school)


def test_every_field_that_names_a_colleague_is_handed_over_or_said_to_stay(in_ashdown):
    """A new field is found on the day it appears: nothing that Priya held is hers once all of it moved."""
    priya, nell = staffed(in_ashdown)
    holds_everything(priya, in_ashdown.priya)
    held = {model for model, _ in rows_of(priya)}
    never = {"plan.Action", "plan.Meeting", "plan.MeetingMember", "team.Assignment", "team.Profile"}
    assert {model._meta.label for model in fields_that_move()} - held - never == set()
    for area in AREAS:
        area.hand_over(priya, nell, None, NOW, ())
    assert [(area.key, area.held(priya, NOW)) for area in AREAS if area.held(priya, NOW)] == []
    assert [area.key for area in AREAS if not area.held(nell, NOW)] == []


def test_what_goes_over_is_shown_before_anything_does(in_ashdown):
    priya, _ = staffed(in_ashdown)
    holds_everything(priya, in_ashdown.priya)
    assert [(each.key, [thing.words for thing in each.things]) for each in queries.what_goes(priya, DAY)] == [
        ("team", ["Careers Leader"]),
        ("plan", ["Ring the college", "Careers policy"]),
        ("programme", ["Millworks"]),
        ("budget", ["Advice"]),
        ("evidence", ["Policy, signed"]),
        ("schemes", ["Year 10 careers"]),
        ("observations", ["New posters"]),
        ("quality", ["Longer visits"]),
        ("library", ["Job profiles"]),
        ("curriculum", ["Physics"]),
        ("trusts", ["Send the plan"]),
    ]


def test_a_second_person_agrees_and_neither_who_planned_nor_who_takes_over(in_ashdown):
    one, _, _ = planned(in_ashdown)
    assert one.waits
    for name in ("priya", "nell", "ellen", "tom"):
        with pytest.raises(NotTheirsToConfirm):
            changes.agree(one, in_ashdown.ashdown, by=getattr(in_ashdown, name), here=HERE)
    assert [each.name for each in queries.who_may_agree(one, in_ashdown.ashdown)] == ["David Ansah", "Olive Tan"]
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    one.refresh_from_db()
    assert (one.agreed_by, one.agreed_on, one.waits) == (in_ashdown.david, NOW, False)
    with pytest.raises(changes.IsOver):
        changes.agree(one, in_ashdown.ashdown, by=in_ashdown.olive, here=HERE)


def test_access_and_duties_go_over_on_the_day_and_not_before(in_ashdown, settings):
    one, priya, nell = planned(in_ashdown)
    plan.give_task(title="Ring the college", due_on=DAY, owner=priya, by=None)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    school = in_ashdown.ashdown
    assert (leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (True, False)
    settings.TODAY = (DAY - timedelta(days=1)).isoformat()
    go_round(DAY - timedelta(days=1))
    assert (leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (True, False)
    assert Task.objects.get().owner == priya
    settings.TODAY = DAY.isoformat()
    go_round(DAY)
    assert (leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (False, True)
    assert Task.objects.get().owner == nell
    assert staffing(DAY).leader.names == ("Nell Hartley",)
    one.refresh_from_db()
    assert (one.done_on, one.said) == (
        DAY,
        [["Post and responsibilities", "Careers Leader"], ["Tasks, actions, meetings and policies", "1 task"]],
    )
    go_round(DAY)  # again, and nothing more happens
    assert Event.objects.filter(action="careers handed over").count() == 1


def test_what_was_done_before_stays_with_who_did_it(in_ashdown, settings):
    one, priya, _ = planned(in_ashdown, starts_on=NOW)
    done = plan.give_task(title="Done long ago", due_on=NOW, owner=priya, by=None)
    plan.end_task(done, ending="done", outcome="", by=None, on=NOW)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    assert Task.objects.get().owner == priya


def test_an_area_that_is_not_ticked_stays(in_ashdown):
    one, priya, nell = planned(in_ashdown, starts_on=NOW, stays=["plan"])
    task = plan.give_task(title="Ring the college", due_on=DAY, owner=priya, by=None)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    task.refresh_from_db()
    assert task.owner == priya
    assert staffing(NOW).leader.names == ("Nell Hartley",)
    assert nell.pk != priya.pk


def test_undone_everything_is_as_it_was_but_for_what_somebody_changed_since(in_ashdown, settings):
    one, priya, nell = planned(in_ashdown, starts_on=NOW)
    holds_everything(priya, in_ashdown.priya)
    plan.give_task(title="Nell's own", due_on=DAY, owner=nell, by=None)
    before = rows_of(priya, nell)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    assert rows_of(priya, nell) != before
    one.refresh_from_db()
    assert changes.undo(one, in_ashdown.ashdown, by=in_ashdown.nell) == 0
    assert rows_of(priya, nell) == before
    school = in_ashdown.ashdown
    assert (leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (True, False)
    with pytest.raises(changes.IsOver):
        changes.undo(one, in_ashdown.ashdown, by=in_ashdown.david)


def test_who_had_the_role_twice_has_it_no_more_and_has_each_again_until_its_own_day_once_undone(in_ashdown):
    """Given once for good, and once more until the summer: one that stayed would keep her in."""
    school, summer = in_ashdown.ashdown, NOW + timedelta(days=200)
    second = give_role(user=in_ashdown.priya, role="careers-leader", school=school, by=None, starts_on=NOW)
    second.ends_on = summer
    second.save()
    one, _, _ = planned(in_ashdown, starts_on=NOW)
    changes.agree(one, school, by=in_ashdown.david, here=HERE)
    assert leads(in_ashdown.priya, school) is False
    held = RoleAssignment.objects.filter(user=in_ashdown.priya, school=school)
    assert {each.ends_on for each in held} == {NOW - timedelta(days=1)}
    one.refresh_from_db()
    changes.undo(one, school, by=in_ashdown.nell)
    assert leads(in_ashdown.priya, school)
    assert [each.ends_on for each in held.order_by("pk")] == [None, summer]


def test_the_role_of_the_whole_trust_stays_and_the_page_says_so(in_ashdown, at_work):
    school = in_ashdown.ashdown
    of_the_trust = give_role(
        user=in_ashdown.priya, role="careers-leader", trust=in_ashdown.weirbrook, by=None, starts_on=NOW
    )
    one, priya, nell = planned(in_ashdown, starts_on=NOW)
    said = {"from_staff": priya.pk, "to_staff": nell.pk, "starts_on": NOW.isoformat()}
    told = "Priya Raman also leads careers for the whole trust, and with it here. That role stays"
    changes.call_off(one, school, by=in_ashdown.priya)
    assert told in at_work("priya").get(reverse("hand-over-new", args=["ashdown"]), said).content.decode()
    one = changes.plan_hand_over(school, from_=priya, to=nell, starts_on=NOW, by=in_ashdown.ellen)
    changes.agree(one, school, by=in_ashdown.david, here=HERE)
    of_the_trust.refresh_from_db()
    assert of_the_trust.ends_on is None
    assert told in at_work("nell").get(reverse("hand-over-detail", args=["ashdown", one.pk])).content.decode()
    of_the_trust.delete()
    assert told not in at_work("nell").get(reverse("hand-over-detail", args=["ashdown", one.pk])).content.decode()


def test_what_was_changed_since_stays_as_it_is_and_is_counted(in_ashdown):
    one, priya, _ = planned(in_ashdown, starts_on=NOW)
    task = plan.give_task(title="Ring the college", due_on=DAY, owner=priya, by=None)
    tom = StaffMember.objects.create(forename="Tom", surname="Okafor")
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    Task.objects.filter(pk=task.pk).update(owner=tom)
    one.refresh_from_db()
    assert changes.undo(one, in_ashdown.ashdown, by=in_ashdown.nell) == 1
    task.refresh_from_db()
    assert task.owner == tom


def test_after_thirty_days_it_stays(in_ashdown, settings):
    one, _, _ = planned(in_ashdown, starts_on=NOW)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    one.refresh_from_db()
    settings.TODAY = (NOW + timedelta(days=31)).isoformat()
    with pytest.raises(changes.TooLate):
        changes.undo(one, in_ashdown.ashdown, by=in_ashdown.nell)


def test_called_off_before_its_day_nothing_moves_and_the_role_stays(in_ashdown, settings):
    one, priya, _ = planned(in_ashdown)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    changes.call_off(one, in_ashdown.ashdown, by=in_ashdown.david)
    settings.TODAY = DAY.isoformat()
    go_round(DAY)
    school = in_ashdown.ashdown
    assert (leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (True, False)
    assert staffing(DAY).leader.names == (str(priya),)
    with pytest.raises(changes.IsOver):
        changes.call_off(one, in_ashdown.ashdown, by=in_ashdown.ellen)


def test_agreed_after_its_day_it_is_done_on_the_day_of_agreeing(in_ashdown, settings):
    one, _, nell = planned(in_ashdown)
    later = DAY + timedelta(days=3)
    settings.TODAY = later.isoformat()
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    one.refresh_from_db()
    assert (one.starts_on, one.done_on) == (later, later)
    assert staffing(later).leader.names == (str(nell),)


def test_two_at_once_are_refused_and_so_is_somebody_without_an_address(in_ashdown):
    one, priya, nell = planned(in_ashdown)
    with pytest.raises(changes.AnotherIsOpen):
        changes.plan_hand_over(in_ashdown.ashdown, from_=priya, to=nell, starts_on=NOW, by=in_ashdown.ellen)
    nobody = StaffMember.objects.create(forename="No", surname="Address")
    with pytest.raises(changes.NoAddress):
        changes.plan_cover(in_ashdown.ashdown, from_=priya, to=nobody, until=DAY, by=in_ashdown.ellen)
    assert list(HandOver.objects.all()) == [one]


def test_a_new_colleague_gets_an_account_and_an_invitation_once_it_is_agreed(in_ashdown):
    priya, _ = staffed(in_ashdown)
    new = StaffMember.objects.create(forename="Una", surname="Storey", email="una@ashdown.example")
    one = changes.plan_hand_over(in_ashdown.ashdown, from_=priya, to=new, starts_on=NOW, by=in_ashdown.ellen)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    new.refresh_from_db()
    assert new.user is not None
    assert leads(new.user, in_ashdown.ashdown)


def test_of_two_who_lead_one_gives_up_her_own_and_cannot_end_the_others(in_ashdown):
    priya, nell = staffed(in_ashdown)
    school = in_ashdown.ashdown
    give_role(user=in_ashdown.nell, role="careers-leader", school=school, by=None, starts_on=NOW)
    one = changes.plan_hand_over(school, from_=priya, to=nell, starts_on=NOW, by=in_ashdown.nell)
    assert one.waits  # Nell may not end Priya's role alone
    assert leads(in_ashdown.priya, school)
    changes.call_off(one, in_ashdown.ashdown, by=in_ashdown.nell)
    one = changes.plan_hand_over(school, from_=priya, to=nell, starts_on=NOW, by=in_ashdown.priya)
    one.refresh_from_db()
    assert (one.done_on, leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (NOW, False, True)


def test_another_school_is_not_touched(in_ashdown, stock):
    """Femi leads Calder and helps at Beckford: what is handed over at Ashdown is Ashdown's."""
    with working_in(stock.beckford):
        theirs = StaffMember.objects.create(forename="Priya", surname="Raman", email="p@beckford.example")
        task = plan.give_task(title="Beckford's", due_on=DAY, owner=theirs, by=None)
    one, _, _ = planned(in_ashdown, starts_on=NOW)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    with working_in(stock.beckford):
        task.refresh_from_db()
        assert task.owner == theirs
        assert list(HandOver.objects.all()) == []


def test_whoever_covers_leads_until_the_last_day_and_nothing_moves(in_ashdown, settings):
    priya, nell = staffed(in_ashdown)
    plan.give_task(title="Ring the college", due_on=NOW + timedelta(days=3), owner=priya, by=None)
    plan.give_task(title="After it", due_on=NOW + timedelta(days=30), owner=priya, by=None)
    until, school = NOW + timedelta(days=14), in_ashdown.ashdown
    one = changes.plan_cover(school, from_=priya, to=nell, until=until, by=in_ashdown.ellen)
    assert not leads(in_ashdown.nell, school)
    changes.agree(one, school, by=in_ashdown.david, here=HERE)
    one.refresh_from_db()
    assert (leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (True, True)
    assert [each.words for each in queries.covered_by(one, NOW)] == ["Ring the college"]
    assert {task.owner for task in Task.objects.all()} == {priya}
    settings.TODAY = (until + timedelta(days=1)).isoformat()
    go_round(until + timedelta(days=1))
    assert not leads(in_ashdown.nell, school)
    one.refresh_from_db()
    assert one.ending == HandOver.Ending.BACK


def test_my_week_has_what_falls_due_of_whom_one_covers_for(in_ashdown, django_assert_num_queries):
    priya, nell = staffed(in_ashdown)
    plan.give_task(title="Ring the college", due_on=NOW + timedelta(days=3), owner=priya, by=None)
    plan.give_task(title="After it", due_on=NOW + timedelta(days=30), owner=priya, by=None)
    plan.give_task(title="Nell's own", due_on=NOW + timedelta(days=30), owner=nell, by=None)
    plan.plan_meeting(kind="group", held_on=NOW + timedelta(days=2), members=[priya, nell], by=None)
    plan.plan_meeting(kind="governor", held_on=NOW + timedelta(days=2), chair=priya, by=None)
    until, school = NOW + timedelta(days=14), in_ashdown.ashdown
    one = changes.plan_cover(school, from_=priya, to=nell, until=until, by=in_ashdown.ellen)
    own = [("Careers group", ""), ("Nell's own", "")]

    def said() -> list[tuple[str, str]]:
        week = week_of(in_ashdown.nell, NOW)
        return [(each.says, each.covers_for) for _, entries in week.parts for each in entries]

    assert said() == own  # nobody has agreed yet
    changes.agree(one, school, by=in_ashdown.david, here=HERE)
    theirs = [("Link governor's visit", "Priya Raman"), ("Ring the college", "Priya Raman")]
    assert sorted(said()) == sorted(own + theirs)
    assert "Ring the college (task, covering for Priya Raman)" in mail_words(week_of(in_ashdown.nell, NOW))
    assert in_ashdown.nell.pk in who_has_something(NOW)
    with django_assert_num_queries(1):
        queries.covering(NOW)
    assert queries.covering(until + timedelta(days=1)) == []
    assert [each.covers for each in (week_of(in_ashdown.priya, NOW), week_of(in_ashdown.hari, NOW))] == [[], []]


def test_back_early_the_cover_ends_at_once(in_ashdown):
    priya, nell = staffed(in_ashdown)
    school = in_ashdown.ashdown
    one = changes.plan_cover(school, from_=priya, to=nell, until=DAY, by=in_ashdown.ellen)
    changes.agree(one, school, by=in_ashdown.david, here=HERE)
    one.refresh_from_db()
    changes.call_off(one, in_ashdown.ashdown, by=in_ashdown.priya)
    assert (leads(in_ashdown.nell, school), leads(in_ashdown.priya, school)) == (False, True)
    one.refresh_from_db()
    assert one.ending == HandOver.Ending.BACK
    changes.plan_cover(school, from_=priya, to=nell, until=DAY, by=in_ashdown.ellen)  # and another may begin


def test_undone_after_priya_left_she_is_not_let_in_again(in_ashdown):
    one, priya, _ = planned(in_ashdown, starts_on=NOW)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    priya.ends_on = NOW
    priya.save()
    one.refresh_from_db()
    changes.undo(one, in_ashdown.ashdown, by=in_ashdown.david)
    school = in_ashdown.ashdown
    assert (leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (False, False)


def test_who_agrees_reads_with_which_address_the_successor_signs_in(in_ashdown):
    """A name on the staff list is typed; whose account it is stands in its address."""
    planned(in_ashdown)
    (news,) = queries.news_of(in_ashdown.david, assignments_in(in_ashdown.david, in_ashdown.ashdown), NOW, changes=True)
    assert news.may_agree
    assert news.words.startswith("Nell Hartley (nell@ashdown.example) is to lead careers in Priya Raman’s place from ")


def test_who_covered_for_somebody_that_no_longer_leads_covers_no_more(in_ashdown):
    one, priya, nell = planned(in_ashdown, starts_on=NOW)
    tom, school = colleague(in_ashdown.tom), in_ashdown.ashdown
    for_priya = changes.plan_cover(school, from_=priya, to=tom, until=DAY, by=in_ashdown.ellen)
    changes.agree(for_priya, school, by=in_ashdown.david, here=HERE)
    changes.agree(one, school, by=in_ashdown.david, here=HERE)
    assert not leads(in_ashdown.tom, school)
    for_nell = changes.plan_cover(school, from_=nell, to=tom, until=DAY, by=in_ashdown.ellen)
    changes.agree(for_nell, school, by=in_ashdown.david, here=HERE)
    assert leads(in_ashdown.tom, school)
    one.refresh_from_db()
    changes.undo(one, in_ashdown.ashdown, by=in_ashdown.david)
    assert not leads(in_ashdown.tom, school)
    assert [each.ending for each in HandOver.objects.filter(kind="cover")] == ["back", "back"]


def test_where_nell_left_before_the_day_it_is_called_off_and_priya_leads_on(in_ashdown, settings):
    one, priya, nell = planned(in_ashdown)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    nell.ends_on = DAY
    nell.save()
    settings.TODAY = DAY.isoformat()
    go_round(DAY)
    one.refresh_from_db()
    assert (one.ending, one.done_on) == (HandOver.Ending.CALLED_OFF, None)
    school = in_ashdown.ashdown
    assert (leads(in_ashdown.priya, school), leads(in_ashdown.nell, school)) == (True, False)
    assert staffing(DAY).leader.names == (str(priya),)


def test_nobody_gets_the_role_back_by_their_own_press_or_a_line_managers(in_ashdown):
    one, _, _ = planned(in_ashdown, starts_on=NOW)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    one.refresh_from_db()
    give_role(user=in_ashdown.priya, role="slt-line-manager", school=in_ashdown.ashdown, by=None)
    for name in ("priya", "ellen"):
        with pytest.raises(NotTheirsToConfirm):
            changes.undo(one, in_ashdown.ashdown, by=getattr(in_ashdown, name))
    assert (leads(in_ashdown.priya, in_ashdown.ashdown), leads(in_ashdown.nell, in_ashdown.ashdown)) == (False, True)


def test_whoever_covers_makes_their_own_cover_no_longer_and_agrees_to_no_hand_over(in_ashdown, settings):
    priya, nell = staffed(in_ashdown)
    school = in_ashdown.ashdown
    cover = changes.plan_cover(school, from_=priya, to=nell, until=NOW + timedelta(days=7), by=in_ashdown.ellen)
    changes.agree(cover, school, by=in_ashdown.david, here=HERE)
    own = changes.plan_hand_over(school, from_=nell, to=priya, starts_on=NOW + timedelta(days=366), by=in_ashdown.nell)
    assert own.waits
    changes.agree(own, school, by=in_ashdown.david, here=HERE)
    later = NOW + timedelta(days=200)
    settings.TODAY = later.isoformat()
    assert not leads(in_ashdown.nell, school)
    settings.TODAY = NOW.isoformat()
    changes.call_off(own, in_ashdown.ashdown, by=in_ashdown.david)
    ellen = colleague(in_ashdown.ellen)
    for_ellen = changes.plan_hand_over(school, from_=priya, to=ellen, starts_on=DAY, by=in_ashdown.ellen)
    with pytest.raises(NotTheirsToConfirm):
        changes.agree(for_ellen, school, by=in_ashdown.nell, here=HERE)


def test_from_somebody_who_does_not_lead_nothing_goes_over(in_ashdown):
    _, nell = staffed(in_ashdown)
    with pytest.raises(changes.DoesNotLead):
        changes.plan_hand_over(
            in_ashdown.ashdown, from_=colleague(in_ashdown.tom), to=nell, starts_on=NOW, by=in_ashdown.priya
        )


def test_a_cover_that_was_not_agreed_to_in_time_opens_nothing(in_ashdown, settings):
    priya, nell = staffed(in_ashdown)
    cover = changes.plan_cover(in_ashdown.ashdown, from_=priya, to=nell, until=NOW, by=in_ashdown.ellen)
    settings.TODAY = (NOW + timedelta(days=3)).isoformat()
    with pytest.raises(changes.IsOver):
        changes.agree(cover, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)


def test_an_address_that_is_another_than_when_it_was_planned_is_refused(in_ashdown):
    """Whoever keeps the staff list cannot send the role to an address of their own."""
    priya, _ = staffed(in_ashdown)
    una = StaffMember.objects.create(forename="Una", surname="Storey", email="una@ashdown.example")
    one = changes.plan_hand_over(in_ashdown.ashdown, from_=priya, to=una, starts_on=DAY, by=in_ashdown.priya)
    una.email = "somebody@elsewhere.example"
    una.save()
    with pytest.raises(changes.AddressChanged):
        changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    assert not User.objects.filter(email="somebody@elsewhere.example").exists()
    una.email = "Una@ashdown.example"
    una.save()
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    assert User.objects.filter(email="una@ashdown.example").exists()


def test_called_off_on_its_day_before_the_morning_the_role_goes_back_by_two_people_too(in_ashdown, settings):
    one, _, _ = planned(in_ashdown)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    settings.TODAY = DAY.isoformat()  # the morning's round has not gone yet
    with pytest.raises(NotTheirsToConfirm):
        changes.call_off(one, in_ashdown.ashdown, by=in_ashdown.ellen)
    assert leads(in_ashdown.nell, in_ashdown.ashdown)
    changes.call_off(one, in_ashdown.ashdown, by=in_ashdown.david)
    assert (leads(in_ashdown.priya, in_ashdown.ashdown), leads(in_ashdown.nell, in_ashdown.ashdown)) == (True, False)


def test_a_cover_to_which_nobody_agreed_in_time_is_called_off_by_the_morning(in_ashdown, settings):
    priya, nell = staffed(in_ashdown)
    cover = changes.plan_cover(in_ashdown.ashdown, from_=priya, to=nell, until=NOW, by=in_ashdown.ellen)
    after = NOW + timedelta(days=1)
    settings.TODAY = after.isoformat()
    go_round(after)
    cover.refresh_from_db()
    assert cover.ending == HandOver.Ending.CALLED_OFF


def test_terms_that_were_written_of_the_new_post_are_not_lost_by_an_undo(in_ashdown):
    one, _, nell = planned(in_ashdown, starts_on=NOW)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    TermsOfPost.objects.create(post=Post.objects.get(staff=nell), grade="Leadership point 8")
    one.refresh_from_db()
    assert changes.undo(one, in_ashdown.ashdown, by=in_ashdown.david) == 1
    assert TermsOfPost.objects.get().post.staff == nell


def test_priya_who_left_yesterday_is_still_one_who_hands_over(in_ashdown):
    priya, nell = staffed(in_ashdown)
    priya.ends_on = NOW - timedelta(days=1)
    priya.save()
    said = {"from_staff": priya.pk, "to_staff": nell.pk, "starts_on": DAY.isoformat()}
    assert HandOverSaid(said).is_valid()
    one = changes.plan_hand_over(in_ashdown.ashdown, from_=priya, to=nell, starts_on=NOW, by=in_ashdown.ellen)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    assert staffing(NOW).leader.names == ("Nell Hartley",)


def test_nobody_who_has_left_by_then_takes_over(in_ashdown):
    one, _, nell = planned(in_ashdown, starts_on=NOW)
    nell.ends_on = NOW
    nell.save()
    with pytest.raises(changes.HasLeft):
        changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    assert (leads(in_ashdown.priya, in_ashdown.ashdown), leads(in_ashdown.nell, in_ashdown.ashdown)) == (True, False)


def test_undo_leaves_alone_what_somebody_has_taken_up_since(in_ashdown):
    """The grid was said anew after the hand-over: what stood before would stand beside it."""
    one, priya, _ = planned(in_ashdown, starts_on=NOW)
    asked = next(iter(responsibilities()))
    before = NOW - timedelta(days=50)
    Assignment.objects.create(responsibility=asked, responsible_staff=priya, starts_on=before)
    changes.agree(one, in_ashdown.ashdown, by=in_ashdown.david, here=HERE)
    one.refresh_from_db()
    team.assign({asked: (f"staff:{colleague(in_ashdown.tom).pk}", "")}, on=NOW, by=None)
    assert changes.undo(one, in_ashdown.ashdown, by=in_ashdown.david) > 0
    assert Assignment.objects.filter(ends_on=None).count() == 1
