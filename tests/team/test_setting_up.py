"""How careers is led: who holds each role, what is not in order said in sentences, and what is delivered in person."""

from datetime import timedelta
from decimal import Decimal

import pytest

from dekaan.audit.models import Event
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from dekaan.team import changes, queries
from dekaan.team.models import Assignment, GuidedStart, Leadership, Post, TermsOfPost
from tests.stock import pupil
from tests.team.given import LONG_AGO, at_work, colleague, held, led

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


def line(role: str):
    return next(each for each in queries.standing(today()).roles if each.role.key == role)


def test_where_all_is_said_nothing_is_out_of_order(in_ashdown):
    at_work()
    now = queries.standing(today())
    assert now.warnings == []
    assert (now.model.key, [each.is_there for each in now.checks]) == ("middle", [True, True, True])
    assert {each.role.key: each.names for each in now.roles if each.holders} == {
        "leader": "Priya Raman",
        "line-manager": "Ellen Frost",
        "link-governor": "Moira Lunt",
        "adviser": "Grace Bell",
        "administrator": "Tom Okafor",
    }


def test_a_role_with_nobody_in_it_is_said_with_what_follows(in_ashdown):
    at_work()
    Post.objects.filter(role="leader").delete()
    assert line("leader").warnings == (
        (
            "Nobody is the Careers Leader. Statutory guidance asks every school to name one and to publish the name; until "
            "then nobody answers for the programme."
        ),
    )
    assert line("leader").is_gap
    assert line("leader").warnings[0] in queries.standing(today()).warnings


def test_a_role_that_not_every_school_has_is_no_gap(in_ashdown):
    at_work()
    assert (line("mentor").warnings, line("mentor").is_gap) == ((), False)
    assert not [each for each in queries.standing(today()).warnings if "Enterprise" in each]


def test_two_leaders_are_both_named_and_one_is_asked_for(in_ashdown):
    at_work()
    held("leader", colleague("Bea", "Lindqvist"), since=today())
    (said,) = line("leader").warnings
    assert said == (
        "Two people are Careers Leader: Priya Raman and Bea Lindqvist. Say which of them answers for it, and end the post "
        "of the other or give them another role."
    )
    assert queries.staffing(today()).leader.names == ("Priya Raman", "Bea Lindqvist")


def test_of_many_colleagues_those_who_have_a_role_in_careers_stand_first(in_ashdown, django_assert_num_queries):
    priya, nell = colleague(user=in_ashdown.priya), colleague("Nell", "Hartley")
    assert queries.by_role([priya, nell], today()) == [
        ("Who has a role in careers", [priya]),
        ("Everybody else", [nell]),
    ]
    ada, bea = colleague("Ada", "Wren"), colleague("Bea", "Lindqvist")
    held("senco", ada)
    held("pshe-lead", bea, until=today())  # no longer from today
    with django_assert_num_queries(2):
        found = queries.by_role([ada, bea, nell, priya], today())
    assert found == [("Who has a role in careers", [ada, priya]), ("Everybody else", [bea, nell])]
    assert queries.by_role([bea, nell], today()) == [("", [bea, nell])]


def test_two_heads_of_year_are_in_order(in_ashdown):
    held("head-of-year", colleague("Hari", "Singh"), of_what="Year 10")
    held("head-of-year", colleague("Ada", "Wren"), of_what="Year 11")
    assert line("head-of-year").warnings == ()
    assert [each.role_name for each in line("head-of-year").holders] == [
        "Head of year, Year 10",
        "Head of year, Year 11",
    ]


def test_a_leader_who_left_yesterday_leads_no_more_though_nobody_ended_the_post(in_ashdown):
    people = at_work()
    people["priya"].ends_on = today() - YESTERDAY + timedelta(days=1)  # the first day on which she is no longer here
    people["priya"].save()
    found = line("leader")
    assert (found.holders, [each.holder for each in found.stale]) == ((), ["Priya Raman"])
    assert found.warnings[0] == (
        f"Priya Raman left the school on {today():%-d %B %Y} and still stands as Careers Leader. End the post, and say "
        "who takes over."
    )
    assert found.warnings[1].startswith("Nobody is the Careers Leader.")
    assert queries.staffing(today()).leader == queries.Held((), None)
    gaps = {each.responsibility.id for each in queries.grid(queries.standing(today())).gaps}
    assert {"LEAD1", "MAN1", "NET7"} <= gaps


def test_a_leader_whose_post_ended_yesterday_is_named_and_who_comes_too(in_ashdown):
    at_work()
    post = Post.objects.get(role="leader")
    changes.change_post(post, ends_on=today(), by=in_ashdown.ellen)
    until = today() - YESTERDAY
    assert line("leader").warnings[0] == (
        f"Priya Raman was Careers Leader until {until:%-d %B %Y}, and nobody has taken over."
    )
    starts = today() + timedelta(days=3)
    held("leader", colleague("Bea", "Lindqvist"), since=starts)
    assert line("leader").warnings[1] == (
        f"Bea Lindqvist takes it up on {starts:%-d %B %Y}; until then nobody holds it."
    )


def test_on_the_last_day_of_a_post_it_is_still_held(in_ashdown):
    priya = colleague()
    held("leader", priya, until=today() + timedelta(days=1))
    assert line("leader").names == "Priya Raman"
    assert queries.standing(today() + timedelta(days=1)).holders("leader") == ()


def test_a_post_cannot_end_before_it_begins(in_ashdown):
    with pytest.raises(changes.EndsBeforeItBegins):
        held("leader", colleague(), since=today(), until=today() - YESTERDAY)
    post = held("leader", colleague(), since=today())
    with pytest.raises(changes.EndsBeforeItBegins):
        changes.change_post(post, ends_on=today() - YESTERDAY, by=None)


@pytest.mark.parametrize("model", ["spread", "outsourced"])
def test_a_model_without_a_leader_is_warned_that_nobody_answers(in_ashdown, model):
    at_work()
    changes.lead_by(starts_on=today(), model=model, by=None)
    assert queries.standing(today()).warnings[0].startswith("There is no single point of accountability")


def test_a_middle_leader_without_a_seat_is_told_so(in_ashdown):
    at_work()
    led("middle", checks={"backing": "yes", "seat-departments": "no"})
    now = queries.standing(today())
    assert [each.is_there for each in now.checks] == [True, False, None]
    assert now.warnings == ["The Careers Leader has no seat at heads of department meetings."]


def test_a_leader_of_several_schools_needs_somebody_on_site_and_a_meeting_to_come(in_ashdown):
    at_work()
    changes.lead_by(starts_on=today(), model="several", by=None)
    said = queries.standing(today()).warnings
    on_site = "Nobody on site is named to keep careers going when the Careers Leader is at another school."
    assert said == [on_site, "No meeting with a senior leader of this school is in the diary."]
    held("operational-lead", colleague("Nell", "Hartley"))
    changes.lead_by(starts_on=today(), next_meeting_on=today() - YESTERDAY, by=None)
    day = today() - YESTERDAY
    assert queries.standing(today()).warnings == [
        f"The last meeting in the diary was on {day:%-d %B %Y}. Give the day of the next."
    ]
    changes.lead_by(starts_on=today(), next_meeting_on=today(), meets="Ellen Frost, every half-term", by=None)
    now = queries.standing(today())
    assert (now.warnings, [each.words for each in now.checks]) == (
        [],
        ["Nell Hartley", f"{today():%-d %B %Y}, Ellen Frost, every half-term"],
    )


def test_what_was_so_before_stays_when_careers_is_led_otherwise(in_ashdown):
    led("middle", days_a_week=Decimal("1.5"), reporting_line="Deputy Head")
    changes.lead_by(starts_on=today(), model="senior", by=in_ashdown.priya)
    before, now = Leadership.objects.all()
    assert (before.model, now.model) == ("middle", "senior")
    assert (now.days_a_week, now.reporting_line) == (Decimal("1.5"), "Deputy Head")
    assert queries.leadership(today() - YESTERDAY) == before
    assert Event.objects.filter(action="leadership changed", actor_id=in_ashdown.priya.pk).count() == 1


def test_staffing_says_each_with_its_day(in_ashdown):
    people = at_work()
    led("middle", days_a_week=Decimal("1.5"), admin_hours=Decimal(6))
    changes.say_profile(people["priya"], training="level-6-credits", trained_on=today(), by=None)
    since = today() - LONG_AGO
    assert queries.staffing(today()) == queries.Staffing(
        leader=queries.Held(("Priya Raman",), since),
        line_manager=queries.Held(("Ellen Frost",), since),
        link_governor=queries.Held(("Moira Lunt",), since),
        model="A middle leader, under a senior leader",
        training="Credits at Level 6",
        trained_on=today(),
        days_a_week=Decimal("1.5"),
        hours_a_week=None,
        admin_hours=Decimal(6),
        since=since,
    )


def test_staffing_of_a_school_that_has_said_nothing_is_nothing(in_ashdown):
    nobody = queries.Held((), None)
    assert queries.staffing(today()) == queries.Staffing(nobody, nobody, nobody, "", "", None, None, None, None, None)


def _session(leader=None):
    activity = plan_activity(title="Talk", activity_type="TALK", by=None)
    day = max(today() - timedelta(days=2), year_start(academic_year_of(today())))
    session = plan_session(activity, held_on=day, invited=Invited(year_groups=(10,)), led_by=leader, by=None)
    it_happened(session, by=None)
    return session


def test_what_the_leader_delivers_in_person_is_a_share_of_what_is_known(in_ashdown):
    pupil("Ada", year_group=10)
    priya, ivo = colleague(), colleague("Ivo", "Marsh")
    mine = _session(priya)
    for leader in (ivo, ivo, None):
        _session(leader)
    found = queries.delivered([priya], today())
    assert (found.led, found.held, found.unnamed, found.share, found.lately) == (1, 4, 1, "33 %", (mine,))
    assert queries.delivered([], today()).share == "0 %"


def test_where_no_session_says_who_led_it_there_is_no_share(in_ashdown):
    assert queries.delivered([colleague()], today()).share == ""


def test_filling_a_role_ends_whose_it_was_and_leaves_who_stays(in_ashdown):
    priya, bea = colleague(), colleague("Bea", "Lindqvist")
    old = held("leader", priya)
    ellen = held("line-manager", "Ellen Frost")
    changes.fill_roles({"leader": (bea, ""), "line-manager": (None, "Ellen Frost")}, on=today(), by=None)
    old.refresh_from_db()
    assert (old.ends_on, line("leader").names, list(line("line-manager").holders)) == (
        today(),
        "Bea Lindqvist",
        [ellen],
    )
    changes.fill_roles({"leader": (None, "")}, on=today(), by=None)
    assert line("leader").holders == ()
    assert Post.objects.filter(role="leader").count() == 1  # what began and ended on one day never was


def test_setting_up_is_finished_once_every_question_is_answered(in_ashdown):
    for step in queries.STEPS:
        assert queries.next_step(queries.guided_start()) == step
        changes.step_done(step, by=in_ashdown.priya)
    start = GuidedStart.objects.get()
    assert (start.finished_on, queries.next_step(start)) == (today(), "")


def test_filling_a_role_says_nothing_of_whoever_holds_it_later(in_ashdown):
    priya, bea = colleague(), colleague("Bea", "Lindqvist")
    held("leader", priya)
    to_come = Post.objects.create(role="leader", staff=bea, starts_on=today() + timedelta(days=30))
    changes.fill_roles({"leader": (priya, "")}, on=today(), by=None)
    assert Post.objects.filter(pk=to_come.pk, ends_on=None).exists()


def test_the_terms_of_a_post_go_to_nobody_else_with_it(in_ashdown):
    post = held("leader", colleague())
    changes.say_terms(post, grade="Leadership point 8", by=None)
    with pytest.raises(changes.HasTerms):
        changes.change_post(post, staff=colleague("Bea", "Lindqvist"), by=None)
    post.refresh_from_db()
    changes.change_post(post, ends_on=today(), by=None)
    assert TermsOfPost.objects.get().post == post


def test_a_question_that_was_gone_through_without_a_word_stays_open(in_ashdown):
    changes.lead_by(model="middle", starts_on=today(), by=None)
    for step in queries.STEPS:
        start = changes.step_done(step, by=in_ashdown.priya)
    assert queries.left_open(queries.standing(today()), start) == ["people", "needs", "time"]
    held("line-manager", "Ellen Frost")
    changes.lead_by(starts_on=today(), admin_hours=0, meets="Ellen Frost, every half-term", by=None)
    assert queries.left_open(queries.standing(today()), start) == []


# --- the grid ---------------------------------------------------------------------------------


def test_the_grid_is_filled_in_with_what_is_usual_until_somebody_says(in_ashdown):
    at_work()
    found = queries.grid(queries.standing(today()))
    assert (len(found.lines), found.is_said, found.gaps) == (30, False, [])
    by_id = {each.responsibility.id: each for each in found.lines}
    assert by_id["COO2"].responsible.words == "Tom Okafor (Careers Administrator)"
    assert by_id["LEAD3"].accountable.words == "Ellen Frost (Senior leader who line-manages careers)"


def test_whoever_takes_over_a_post_takes_over_what_goes_with_it(in_ashdown):
    people = at_work()
    changes.assign({"COO2": ("role:administrator", "role:leader")}, on=today(), by=None)
    changes.fill_roles({"administrator": (people["grace"], "")}, on=today(), by=None)
    by_id = {each.responsibility.id: each for each in queries.grid(queries.standing(today())).lines}
    assert by_id["COO2"].responsible.people == ("Grace Bell",)


def test_gaps_say_who_is_missing(in_ashdown):
    people = at_work()
    changes.assign(
        {
            "LEAD1": ("", "role:line-manager"),
            "MAN1": ("role:coordinator", "role:leader"),
            "MAN2": (f"staff:{people['tom'].pk}", ""),
        },
        on=today(),
        by=None,
    )
    people["tom"].ends_on = today()
    people["tom"].save()
    found = {each.responsibility.id: each.gaps for each in queries.grid(queries.standing(today())).gaps}
    assert found["LEAD1"] == ("Nobody is responsible.",)
    assert found["MAN1"] == ("Nobody is responsible: Careers Coordinator: nobody.",)
    assert found["MAN2"] == ("Nobody is responsible: Tom Okafor, who has left.", "Nobody is accountable.")


def test_what_rests_on_one_person_is_said(in_ashdown):
    at_work()
    found = queries.grid(queries.standing(today()))
    assert found.single_points == [
        "Priya Raman alone is responsible for 29 of 30: when Priya is away, nobody does them.",
        "For 16 of 30 one person is both responsible and accountable: nobody looks on.",
    ]
    held("leader", colleague("Bea", "Lindqvist"))
    assert queries.grid(queries.standing(today())).single_points == []


def test_assigning_again_keeps_what_was_so_before(in_ashdown):
    priya, tom = colleague(), colleague("Tom", "Okafor")
    changes.assign({"COO2": (f"staff:{priya.pk}", "role:leader")}, on=today() - YESTERDAY, by=None)
    assert changes.assign({"COO2": (f"staff:{tom.pk}", "role:leader")}, on=today(), by=None) == 1
    assert changes.assign({"COO2": (f"staff:{tom.pk}", "role:leader")}, on=today(), by=None) == 0
    before, now = Assignment.objects.all()
    assert (before.responsible_staff, before.ends_on, now.responsible_staff, now.ends_on) == (priya, today(), tom, None)
    assert queries.assignments(today() - YESTERDAY)["COO2"] == before


def test_assigning_today_leaves_a_hand_over_that_is_planned(in_ashdown):
    priya, bea, tom = colleague(), colleague("Bea", "Lindqvist"), colleague("Tom", "Okafor")
    soon = today() + timedelta(days=10)
    changes.assign({"COO2": (f"staff:{priya.pk}", "role:leader")}, on=today() - YESTERDAY, by=None)
    changes.hand_over(priya, bea, on=soon, by=None)
    changes.assign({"COO2": (f"staff:{tom.pk}", "role:leader")}, on=today(), by=None)
    whose = [queries.assignments(day)["COO2"].responsible_staff for day in (today() - YESTERDAY, today(), soon)]
    assert whose == [priya, tom, bea]


def test_handing_over_moves_what_is_held_from_its_day_and_says_what(in_ashdown):
    people = at_work()
    priya, bea = people["priya"], colleague("Bea", "Lindqvist")
    changes.assign({"COO2": (f"staff:{priya.pk}", f"staff:{priya.pk}")}, on=today(), by=None)
    changes.say_profile(people["tom"], mentor=priya, by=None)
    held("leader", priya, since=today() - timedelta(days=900), until=today() - timedelta(days=800))  # long over
    on = today() + timedelta(days=7)
    assert [each.words for each in queries.held_by(priya, today())] == [
        "Careers Leader",
        "Keep the careers section of the website right",
        "Keep the careers section of the website right",
        "Mentor of Tom Okafor",
    ]
    moved = changes.hand_over(priya, bea, on=on, by=in_ashdown.ellen)
    assert moved == ["Careers Leader", "Keep the careers section of the website right", "Mentor of Tom Okafor"]
    assert queries.staffing(today()).leader.names == ("Priya Raman",)
    assert queries.staffing(on).leader.names == ("Bea Lindqvist",)
    row = queries.assignments(on)["COO2"]
    assert (row.responsible_staff, row.accountable_staff) == (bea, bea)
    assert queries.assignments(today())["COO2"].responsible_staff == priya
    assert queries.held_by(priya, on) == []
    event = Event.objects.get(action="roles in careers handed over")
    assert (event.subject_id, event.actor_id, event.detail) == (
        priya.pk,
        in_ashdown.ellen.pk,
        {"to": bea.pk, "things": 3},
    )
