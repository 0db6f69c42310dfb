"""From a gap to closing it: what is planned, the fewest sessions that do the rest, and pressing for either."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.access.queries import assignments_of
from dekaan.audit.models import Event
from dekaan.benchmarks.queries.closing import Gap, closing
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import criterion, framework
from dekaan.measures.queries import Part
from dekaan.people.changes import add_staff_member, join_school
from dekaan.programme.changes import Invited, cancel_session, plan_activity, plan_session, requalify_adviser
from dekaan.programme.models import Invitation, Session
from tests.benchmarks.test_views import get, statements, ticked
from tests.factories.schools import person, place, pupils, talk
from tests.stock import pupil

pytestmark = pytest.mark.django_db
EMPLOYER, GUIDANCE, WORKPLACES, PROVIDERS = "GB24.5.1", "GB24.8.1", "GB24.6.1", "GB24.7.1"


@pytest.fixture
def northgate():
    """Ten of Year 10 at an employer's talk, two of them absent; four of Year 11 who met nobody."""
    at = place("northgate")
    made = pupils(at, 10, surname="Okafor")
    pupils(at, 4, surname="Petrov", year_group=11, tutor_group="11A")
    talk(at, absent=made[:2])
    return at


def closed(at, *criteria, part=None, state="", year=None):
    """What would close it, as the Careers Leader sees it."""
    leader = person(at, "careers-leader")
    gap = Gap(
        tuple(criterion(each) for each in criteria) or framework("gatsby-2024").counted,
        academic_year_of(today()) if year is None else year,
        part or Part(),
        state,
    )
    with working_in(at.school):
        return closing(at.school.pk, gap, assignments_of(leader))


def year_group(number):
    return Part("year-group", str(number))


def asked(page):
    """What is suggested, as (kind, year group, times, how many pupils)."""
    return [(each.kinds[0].key, each.year_group, each.times, len(each.pupils)) for each in page.suggested]


def test_who_lacks_an_employer_is_whoever_missed_the_talk_and_whoever_met_nobody(northgate):
    page = closed(northgate, EMPLOYER)
    assert (page.pupils, page.unknown, page.planned, page.left) == (6, 0, [], 6)
    assert asked(page) == [("PROJECT", 10, 1, 2), ("PROJECT", 11, 1, 4)]
    assert page.words == [
        (
            "Two sessions are enough: Employer-set curriculum project (or 9 other kinds) for Year 10 (2 of 6) and "
            "Employer-set curriculum project (or 9 other kinds) for Year 11 (4 of 6)."
        ),
        (
            "Fewer cannot be enough, because no single session counts for two of these: “An employer every year” for "
            "2 pupils of Year 10; “An employer every year” for 4 pupils of Year 11."
        ),
        "Everybody invited needs what it counts for.",
    ]


def test_a_session_that_is_planned_is_taken_off_and_says_who_else_needs_it(northgate):
    """One of the two who were absent is invited to mock interviews; the other is not, and Year 11 is no part of it."""
    absent = [northgate.pupils[name] for name in sorted(northgate.pupils)[:2]]
    mock = talk(northgate, title="Mock interviews", happened=False, invited=absent[:1], days_ago=-7)
    page = closed(northgate, EMPLOYER)
    assert [(each.session, each.invited, each.reaches, each.besides) for each in page.planned] == [
        (mock, "1 pupil", 1, {absent[1].pk})
    ]
    assert page.left == 5
    assert asked(page) == [("PROJECT", 10, 1, 1), ("PROJECT", 11, 1, 4)]


def test_whom_a_later_session_reaches_nobody_is_asked_to_invite_to_an_earlier_one(northgate):
    """One of the two absent is invited next week and the other the week after: nobody else needs either."""
    absent = [northgate.pupils[name] for name in sorted(northgate.pupils)[:2]]
    for weeks, who in ((1, absent[:1]), (2, absent[1:])):
        talk(northgate, title=f"Week {weeks}", happened=False, invited=who, days_ago=-7 * weeks)
    page = closed(northgate, EMPLOYER, part=year_group(10))
    assert [(each.session.activity.title, each.reaches, each.besides) for each in page.planned] == [
        ("Week 1", 1, frozenset()),
        ("Week 2", 1, frozenset()),
    ]
    assert page.left == 0


def test_neither_what_is_off_nor_what_was_yesterday_is_counted_on(northgate):
    """A session of yesterday that nobody recorded may have happened: it is not planned any more."""
    off = talk(northgate, title="Off", happened=False, days_ago=-7)
    talk(northgate, title="Yesterday", happened=False)
    with working_in(northgate.school):
        cancel_session(off, because="ill", by=None)
    assert closed(northgate, EMPLOYER).planned == []


def test_a_visit_that_counts_for_both_beats_a_talk_besides():
    """Each needs an employer this year and two workplaces by 16: two visits do it all, of which one is to an employer."""
    at = place("ashby", years=0)
    pupils(at, 3, year_group=7, tutor_group="7A")
    page = closed(at, EMPLOYER, WORKPLACES)
    assert page.answer.sessions == 2
    assert "WVISIT" in {each.kinds[0].key for each in page.suggested}
    assert (
        page.words[1]
        == "Fewer cannot be enough: 3 pupils of Year 7 need two sessions for “Experiences of workplaces by 16”."
    )


def test_of_whom_the_earlier_years_are_not_known_nothing_is_said(northgate):
    """Year 11 joined in September, and the school's records go back further: they may have been to workplaces."""
    page = closed(northgate, WORKPLACES, part=year_group(11))
    assert (page.pupils, page.unknown) == (0, 4)


def test_each_kind_of_provider_takes_a_session_of_its_own(northgate):
    at = place("ashby", years=0)
    pupils(at, 3, year_group=7, tutor_group="7A")
    page = closed(at, PROVIDERS)
    assert asked(page) == [("FEVISIT", 7, 1, 3), ("SFVISIT", 7, 1, 3), ("ITPTALK", 7, 1, 3), ("HEVISIT", 7, 1, 3)]
    assert page.suggested[0].towards == (
        "“The range of providers by 16” (further education college or university technical college or studio school)",
    )


def test_no_session_for_many_stands_in_for_a_guidance_meeting():
    at = place("ashby", years=0)
    pupils(at, 3, year_group=7, tutor_group="7A")
    page = closed(at, GUIDANCE)
    assert (len(page.meetings), page.left, asked(page), page.words) == (3, 3, [], [])


def test_nobody_is_invited_to_the_guidance_meeting_of_somebody_else(client):
    at = place("ashby", years=0)
    made = pupils(at, 3, year_group=7, tutor_group="7A")
    with working_in(at.school):
        grace = add_staff_member(surname="Bell", forename="Grace", by=None)
        requalify_adviser(grace, qualified_from=today(), qualified_until=None, by=None)
        meeting = plan_activity(title="Guidance", activity_type="PG", by=None)
        day = today() + timedelta(days=7)
        plan_session(meeting, held_on=day, invited=Invited(pupils=(made[0],)), adviser=grace, by=None)
    (planned,) = closed(at, GUIDANCE).planned
    assert (planned.reaches, planned.besides, planned.is_by_meeting) == (1, frozenset(), True)
    client.force_login(person(at, "careers-leader"))
    page = client.get(reverse("gap-detail", args=["ashby"]), {"criterion": GUIDANCE}).content.decode()
    assert "A meeting of one’s own" in page
    assert "Invite 2 more" not in page


def test_where_many_sessions_are_needed_the_table_says_which_and_why_not_fewer_is_folded_away(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    address = reverse("gap-detail", args=["northgate"])
    pupils(northgate, 2, surname="Young", year_group=7, tutor_group="7A")
    page = closed(northgate)
    assert page.is_long, (asked(page), page.answer.is_proven, page.answer.beyond)
    words = client.get(address).content.decode()
    assert f"{page.answer.sessions}</strong> sessions are enough, each in the table." in words
    assert words.index("Why fewer cannot be enough") < words.index("Fewer cannot be enough, because")
    assert "Why fewer cannot be enough" not in client.get(address, {"criterion": EMPLOYER}).content.decode()


def test_of_whom_it_is_not_known_nothing_is_put_on(northgate):
    with working_in(northgate.school):
        join_school(surname="Late", forename="Lou", year_group=10, starts_on=today(), by=None)
    page = closed(northgate, EMPLOYER)
    assert (page.pupils, page.unknown) == (6, 1)


def test_a_year_that_is_over_is_not_closed_any_more(northgate):
    page = closed(northgate, EMPLOYER, year=academic_year_of(today()) - 1)
    assert (page.is_over, page.planned, page.suggested) == (True, [], [])


@pytest.mark.parametrize(("on", "suggested"), [("2027-02-26", [("ITPTALK", 9, 2, 3)]), ("2027-03-01", [])])
def test_after_its_last_day_nothing_counts_towards_the_first_phase(in_ashdown, time_machine, on, suggested):
    """The first phase of provider access ends on 28 February of Year 9."""
    for forename in ("Ada", "Bo", "Cy"):
        pupil(forename, year_group=9, tutor_group="9A")
    time_machine.move_to(on, tick=False)
    gap = Gap((criterion("PA.1"),), 2026)
    page = closing(in_ashdown.ashdown.pk, gap, assignments_of(in_ashdown.priya))
    assert (page.pupils, asked(page)) == (3, suggested)


def test_gap_detail_leads_to_planning_it_and_the_gap_is_smaller(client, northgate):
    page = get(client, northgate, "careers-leader", "gap-detail", f"?criterion={EMPLOYER}").content.decode()
    assert "6 pupils" in page
    query = f"?criterion={EMPLOYER}&kind=TALK&group=11"
    form = get(client, northgate, "careers-leader", "gap-plan", query).context["form"]
    assert form["activity_type"].value() == "TALK"
    told = {"title": "Planners' talk", "activity_type": "TALK", "held_on": str(today() + timedelta(days=7))}
    answer = client.post(reverse("gap-plan", args=["northgate"]) + query, told | ticked(form))
    assert answer.status_code == 302
    with working_in(northgate.school):
        session = Session.objects.get(activity__title="Planners' talk")
        assert (session.activity.partner_kind, Invitation.objects.filter(session=session).count()) == ("employer", 4)
    page = closed(northgate, EMPLOYER)
    assert [(each.session, each.reaches) for each in page.planned] == [(session, 4)]
    assert page.left == 2


def test_gap_plan_goes_back_where_somebody_was_quicker(client, northgate):
    talk(northgate, title="Solicitors", happened=False, days_ago=-7, invited=list(northgate.pupils.values()))
    answer = get(client, northgate, "careers-leader", "gap-plan", f"?criterion={EMPLOYER}&kind=TALK&group=11")
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "That is not among what is suggested any more" in page
    assert "nobody misses it any more" in page


def test_gap_invite_invites_whoever_needs_it_besides_and_nobody_else(client, northgate):
    absent = [northgate.pupils[name] for name in sorted(northgate.pupils)[:2]]
    mock = talk(northgate, title="Mock interviews", happened=False, invited=absent[:1], days_ago=-7)
    client.force_login(person(northgate, "careers-leader"))
    address = reverse("gap-invite", args=["northgate", mock.pk]) + f"?criterion={EMPLOYER}"
    assert "1 pupil invited besides to Mock interviews" in client.post(address, follow=True).content.decode()
    with working_in(northgate.school):
        invited = Invitation.objects.filter(session=mock).order_by("pk").values_list("pupil_id", flat=True)
        assert list(invited) == [each.pk for each in absent]
    again = client.post(address, follow=True).content.decode()
    assert "0 pupils invited besides" in again


def test_gap_invite_to_a_session_that_counts_for_nobody_says_so(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    address = reverse("gap-invite", args=["northgate", northgate.sessions[0].pk]) + f"?criterion={EMPLOYER}"
    assert "would not count for anybody here any more" in client.post(address, follow=True).content.decode()


def test_a_gap_by_a_need_is_of_those_who_may_see_it_and_is_kept_once_named(client, northgate):
    pupils(northgate, 2, surname="Sen", sen="K", year_group=11, tutor_group="11A")
    query = f"?criterion={EMPLOYER}&by=sen&value=K"
    assert get(client, northgate, "careers-administrator", "gap-detail", query).status_code == 403
    assert get(client, northgate, "careers-leader", "gap-detail", query).context["page"].pupils == 2
    named = get(client, northgate, "careers-leader", "gap-plan", query + "&kind=TALK&group=11")
    assert "Sen" in named.content.decode()
    with working_in(northgate.school):
        assert Event.objects.filter(action="list of needs read", subject="gap").count() == 1


def test_a_gap_is_for_those_who_plan(client, northgate):
    for role in ("headteacher", "tutor", "link-governor"):
        scope = {"tutor_groups": ["10A"]} if role == "tutor" else None
        assert get(client, northgate, role, "gap-detail", scope=scope).status_code == 403
    assert get(client, northgate, "careers-leader", "gap-detail", "?criterion=GB24.1.1").status_code == 404
    assert get(client, northgate, "careers-leader", "gap-detail", "?by=shoe-size&value=7").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_gap_detail_makes_as_many_statements_for_three_as_for_one(client, number):
    at = place("northgate")
    pupils(at, number)
    for each in range(number):
        talk(at, title=f"Talk {each}", happened=False, days_ago=-7 - each)
    client.force_login(person(at, "careers-leader"))
    assert statements(client, reverse("gap-detail", args=["northgate"])) == 12
