"""Answering: the card, the letters, the clock, the grounds, and what becomes of a mail that does not arrive."""

import html
import re
from datetime import date, time, timedelta
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.jobs.models import Mail
from dekaan.participation.models import State
from dekaan.partners.changes import add_organisation
from dekaan.people.models import Pupil
from dekaan.programme.changes import (
    Invited,
    cancel_session,
    correct_mark,
    it_happened,
    plan_activity,
    plan_session,
)
from dekaan.programme.models import Session
from dekaan.provider_access.queries import phase_pages, year_of_access
from dekaan.provider_requests import changes, forms, queries
from dekaan.provider_requests.models import AccessGround, ProviderReply, ProviderRequest
from dekaan.schools.changes import set_term_dates
from dekaan.schools.models import CalendarEntry
from dekaan.schools.queries import next_school_day, usual_breaks
from tests.factories.provider_requests import ASKS, GROUNDS, asked, free_time, write_policy
from tests.isolation.world import BACKEND
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def words(answer) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def in_november(settings) -> None:
    settings.TODAY = f"{THIS_YEAR}-11-24"


@pytest.fixture
def request_(with_policy) -> ProviderRequest:
    pupil("Ada", year_group=10)
    pupil("Ben", year_group=9, tutor_group="9A")
    made = asked(with_policy.ashdown)
    mail.outbox.clear()
    return made


def press(client: Client, request_, kind: str, **typed):
    """The preview of a reply."""
    seen = request_.replies.count()
    return client.post(at("provider-request-reply", request_.pk), {"kind": kind, "replies_seen": seen, **typed})


def carried(preview) -> dict:
    found: dict = {}
    form = preview.content.decode().split("provider-request-reply")[-1]
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(html.unescape(value))
    return found


def send(client: Client, request_, kind: str, **typed):
    """Looked at, and sent."""
    preview = press(client, request_, kind, **typed)
    assert preview.status_code == 200
    assert "This is what goes out" in words(preview)
    answer = client.post(at("provider-request-reply", request_.pk), carried(preview), follow=True)
    request_.refresh_from_db()
    return answer


def first_slot(request_):
    return queries.free_for(request_, queries.access_rules()).slots[0]


def test_nothing_is_sent_and_nothing_changes_until_the_letter_was_seen(priya, request_):
    preview = press(priya, request_, "offer", slots=[first_slot(request_).key])
    request_.refresh_from_db()
    assert (request_.state, mail.outbox, request_.replies.count()) == ("new", [], 1)
    assert "jo@northtees.example" in words(preview)


def test_what_was_seen_is_what_goes(priya, request_):
    preview = press(
        priya, request_, "offer", slots=[first_slot(request_).key], own_words="Bring a model <house> & tools"
    )
    priya.post(at("provider-request-reply", request_.pk), carried(preview))
    (sent,) = mail.outbox
    letter = re.search(r'id="letter">(.*?)</div>', preview.content.decode(), re.DOTALL).group(1)
    assert html.unescape(letter.replace("<br>", "\n")).split() == sent.body.split()
    assert "Bring a model <house> & tools" in sent.body
    assert (sent.to, sent.reply_to) == (["jo@northtees.example"], ["careers@ashdown.example"])


def test_an_offer_names_the_dates_and_the_request_stands_as_offered(priya, request_):
    slot = first_slot(request_)
    page = words(send(priya, request_, "offer", slots=[slot.key]))
    assert "The offer is on its way." in page
    assert (request_.state, request_.decided_on, request_.days_taken) == ("offered", today(), 0)
    (sent,) = mail.outbox
    assert slot.words in sent.body
    assert "What we can provide: The main hall with projector" in sent.body
    assert "PA-" in sent.subject
    reply = request_.replies.get(kind="offer")
    assert ([queries.Slot.from_kept(each) for each in reply.dates], reply.sent_by.name) == ([slot], "Priya Raman")


def test_a_refusal_needs_a_ground_of_the_policy_and_says_it_in_its_words(priya, request_):
    page = words(press(priya, request_, "decline", own_words="We do not like it"))
    assert "Choose the ground: nothing is refused without one of the policy’s." in page
    assert "We do not like it" in page
    grant = AccessGround.objects.get(kind="grant")
    for made_up in (grant.pk, 99999, "clash"):
        assert "Choose the ground" in words(press(priya, request_, "decline", ground=made_up))
    ground = AccessGround.objects.get(words=GROUNDS[1])
    send(priya, request_, "decline", ground=ground.pk)
    assert (request_.state, request_.ground_words) == ("refused", GROUNDS[1])
    (sent,) = mail.outbox
    assert f"“{GROUNDS[1]}”" in sent.body
    assert "keeps a log of every request" in sent.body
    assert ProviderReply.objects.get(kind="decline").ground == ground


def test_a_ground_that_is_reworded_leaves_old_refusals_as_they_were(priya, request_):
    send(priya, request_, "decline", ground=AccessGround.objects.get(words=GROUNDS[1]).pk)
    changes.say_rules(granting=[], refusing=[GROUNDS[0], "Every room is in use at that time."], by=None)
    assert [each.words for each in queries.grounds("refuse")] == [GROUNDS[0], "Every room is in use at that time."]
    old = AccessGround.objects.get(words=GROUNDS[1])
    assert (old.until, ProviderReply.objects.get(kind="decline").ground.words) == (today(), GROUNDS[1])
    request_.refresh_from_db()
    assert request_.ground_words == GROUNDS[1]


def test_a_letter_that_reads_otherwise_meanwhile_is_shown_again_and_not_sent(priya, request_):
    preview = press(priya, request_, "offer", slots=[first_slot(request_).key])
    write_policy(contact_telephone="01632 960 456")
    answer = priya.post(at("provider-request-reply", request_.pk), carried(preview))
    assert "It reads otherwise than when you looked" in words(answer)
    assert mail.outbox == []
    priya.post(at("provider-request-reply", request_.pk), carried(answer))
    assert "01632 960 456" in mail.outbox[0].body


def test_of_two_who_answer_the_second_is_told_and_sends_nothing(priya, request_, with_policy):
    tom = Client()
    tom.force_login(with_policy.tom, backend=BACKEND)
    preview = press(priya, request_, "ask", own_words="How many learners come?")
    send(tom, request_, "decline", ground=AccessGround.objects.get(words=GROUNDS[0]).pk)
    answer = priya.post(at("provider-request-reply", request_.pk), carried(preview), follow=True)
    assert "Somebody else has answered meanwhile. Nothing was sent" in words(answer)
    request_.refresh_from_db()
    assert (request_.state, len(mail.outbox)) == ("refused", 1)


def test_a_question_leaves_the_clock_running(priya, request_):
    page = words(send(priya, request_, "ask", own_words="How many learners come?"))
    assert (request_.state, request_.decided_on, request_.waits) == ("asked", None, True)
    assert "Asked something" in page
    assert "How many learners come?" in mail.outbox[0].body
    assert "Say what you need to know." in words(press(priya, request_, "ask"))


def test_whoever_the_law_does_not_mean_is_answered_kindly_and_stays_in_the_log(priya, request_):
    send(priya, request_, "other")
    assert (request_.state, request_.days_taken) == ("other-kind", 0)
    assert "We are glad of others who want to meet our pupils too." in mail.outbox[0].body
    assert "Not of the kind that the law means" in words(priya.get(at("provider-request-log")))


def test_an_agreed_date_is_a_session_in_one_press(priya, request_):
    slot = first_slot(request_)
    send(priya, request_, "offer", slots=[slot.key])
    typed = {
        "slot": slot.key,
        "title": "North Tees in assembly",
        "activity_type": "ITPTALK",
        "partner_kind": "fe-college",
        "whose": "none",
    }
    preview = press(priya, request_, "agree", **typed)
    assert "North Tees in assembly” is planned for" in words(preview)
    assert Session.objects.count() == 0
    page = words(send(priya, request_, "agree", **typed))
    assert "The agreement is on its way, and the session is planned." in page
    session = Session.objects.select_related("activity").get()
    assert (session.held_on, session.starts_at, session.minutes, session.place) == (slot.day, time(9), 40, "Main hall")
    assert sorted(each.year_group for each in session.invitations.all()) == [9, 10]
    kept = session.activity
    assert (kept.title, kept.partner_name, kept.partner_kind) == (typed["title"], "North Tees College", "fe-college")
    assert (request_.state, request_.session) == ("agreed", session)
    assert slot.words in mail.outbox[-1].body


def test_only_a_time_that_was_offered_can_be_agreed_on(priya, request_):
    slot = first_slot(request_)
    typed = {"slot": slot.key, "title": "x", "activity_type": "ITPTALK", "partner_kind": "fe-college"}
    assert "This is what goes out" not in words(press(priya, request_, "agree", **typed))
    assert (Session.objects.count(), mail.outbox) == (0, [])


def offered(priya, request_, slot=None):
    """What was typed to agree on the first time, which was offered."""
    slot = slot or first_slot(request_)
    send(priya, request_, "offer", slots=[slot.key])
    return {
        "slot": slot.key,
        "title": "A talk",
        "activity_type": "ITPTALK",
        "partner_kind": "fe-college",
        "whose": "none",
    }


def test_two_who_were_offered_the_same_time_do_not_both_get_it_unless_a_person_says_so(priya, request_, with_policy):
    other = asked(with_policy.ashdown, organisation="Weirside Training")
    slot = first_slot(request_)
    typed, theirs = offered(priya, request_, slot), offered(priya, other, slot)
    stale = press(priya, other, "agree", **theirs)
    send(priya, request_, "agree", **typed)
    page = words(press(priya, other, "agree", **theirs))
    assert f"It is taken on {slot.day:%-d %B %Y} by A talk. Choose another time; or tick below if both can be." in page
    assert 'type="checkbox" name="anyway"' in page
    answer = priya.post(at("provider-request-reply", other.pk), carried(stale), follow=True)
    assert "It is taken on" in words(answer)
    assert Session.objects.count() == 1
    knowing = theirs | {"although": "A talk", "anyway": "on"}
    assert "It is at the same time as A talk." in words(press(priya, other, "agree", **knowing))
    assert "the session is planned" in words(send(priya, other, "agree", **knowing))
    assert Session.objects.count() == 2


def test_a_request_is_agreed_on_once_until_its_session_is_called_off(priya, request_):
    typed = offered(priya, request_)
    stale = press(priya, request_, "agree", **typed)
    send(priya, request_, "agree", **typed)
    assert "Look at the agreement" not in words(priya.get(at("provider-request-detail", request_.pk)))
    again = priya.post(at("provider-request-reply", request_.pk), carried(stale), follow=True)
    assert "A session was planned for it already." in words(again)
    assert Session.objects.count() == 1
    cancel_session(Session.objects.get(), because="Ill", by=None)
    assert "the session is planned" in words(send(priya, request_, "agree", **typed))
    assert Session.objects.count() == 2


def test_a_time_that_has_been_is_not_agreed_on(priya, request_):
    typed = offered(priya, request_)
    reply = request_.replies.get(kind="offer")
    reply.dates[0]["day"] = f"{today() - timedelta(days=30)}"
    reply.save()
    typed["slot"] = queries.slots_offered(request_)[0].key
    assert "That time is not to come any more." in words(press(priya, request_, "agree", **typed))
    assert Session.objects.count() == 0


@pytest.mark.parametrize("keeps", [True, False])
def test_on_refusal_after_agreement_the_session_may_be_called_off_in_the_same_press(priya, request_, keeps):
    send(priya, request_, "agree", **offered(priya, request_))
    ground = AccessGround.objects.filter(kind="refuse").first()
    assert "Call off the session that was planned for it" in words(
        priya.get(at("provider-request-detail", request_.pk))
    )
    send(priya, request_, "decline", ground=str(ground.pk), **({} if keeps else {"call_off": "on"}))
    assert (Session.objects.get().cancelled_at is None) == keeps
    page = words(priya.get(at("provider-request-detail", request_.pk)))
    assert ("still stands in the programme" in page) == keeps
    assert ("was called off." in page) != keeps


def test_on_withdrawal_after_agreement_too(priya, request_):
    send(priya, request_, "agree", **offered(priya, request_))
    page = words(priya.post(at("provider-request-withdraw", request_.pk), {"call_off": "yes"}, follow=True))
    assert "The session that was planned for it is called off." in page
    assert Session.objects.get().cancelled_because == "The provider has withdrawn"


def test_another_day_by_hand_says_what_is_in_its_way(priya, request_, with_policy):
    day = first_slot(request_).day + timedelta(days=1)
    plan(with_policy, on=day, years=(9,))
    typed = {"other_day": f"{day:%d/%m/%Y}", "other_time": "09:00"}
    assert "by Engineers in assembly. Choose another time" in words(press(priya, request_, "offer", **typed))
    knowing = typed | {"although": "Engineers in assembly", "anyway": "on"}
    assert "The offer is on its way." in words(send(priya, request_, "offer", **knowing))


@pytest.fixture
def college(with_policy):
    return add_organisation(name="North Tees College", kind="fe-college", by=None)


def test_a_stranger_who_types_a_name_is_matched_to_nobody_until_a_person_says_so(priya, with_policy, college):
    pupil("Ada", year_group=10)
    request_ = asked(with_policy.ashdown, organisation="north tees COLLEGE")
    typed = offered(priya, request_)
    page = words(priya.get(at("provider-request-detail", request_.pk)))
    assert f'value="{college.pk}"' in page
    del typed["whose"]
    assert "Choose who it is in the directory" in words(press(priya, request_, "agree", **typed))
    preview = words(press(priya, request_, "agree", **typed, whose="none"))
    assert "with “north tees COLLEGE” as they call themselves, and nobody of the directory" in preview
    send(priya, request_, "agree", **typed, whose="none")
    assert Session.objects.select_related("activity").get().activity.organisation is None
    assert (request_.matched_to, college.conversations.count()) == (None, 0)


@pytest.mark.parametrize("chosen", ["proposed", "another"])
def test_whom_a_person_chooses_has_the_request_and_its_replies_in_its_history(priya, with_policy, college, chosen):
    pupil("Ada", year_group=10)
    name = "North Tees College" if chosen == "proposed" else "NTC"
    request_ = asked(with_policy.ashdown, organisation=name)
    typed = offered(priya, request_) | {"whose": str(college.pk)}
    if chosen == "another":
        typed |= {"whose": "another"}
        assert "Choose which one." in words(press(priya, request_, "agree", **typed))
        typed |= {"another": str(college.pk)}
    assert "with North Tees College of the directory" in words(press(priya, request_, "agree", **typed))
    send(priya, request_, "agree", **typed)
    session = Session.objects.select_related("activity").get()
    assert (session.activity.organisation, request_.matched_to) == (college, college)
    assert [each.said for each in college.conversations.order_by("pk")] == [
        f"Asked to meet Years 9 and 10 ({request_.reference})",
        f"Offered dates ({request_.reference})",
        f"Agreed on a date ({request_.reference})",
    ]
    assert "In the directory:" in words(priya.get(at("provider-request-detail", request_.pk)))


def test_a_time_that_is_taken_meanwhile_is_not_offered(priya, request_, with_policy):
    slot = first_slot(request_)
    preview = press(priya, request_, "offer", slots=[slot.key])
    plan(with_policy, on=slot.day, years=(9,))
    answer = priya.post(at("provider-request-reply", request_.pk), carried(preview))
    assert "A time that you chose is taken by now. Choose again." in words(answer)
    assert mail.outbox == []


def plan(stock, *, on: date, years=(10,), starts_at=time(9, 15), place="", minutes=30):
    talk = plan_activity(title="Engineers in assembly", activity_type="ASSEM", by=None)
    return plan_session(
        talk, held_on=on, starts_at=starts_at, minutes=minutes, place=place, invited=Invited(year_groups=years), by=None
    )


def tuesday(after: date) -> date:
    return after + timedelta(days=(1 - after.weekday()) % 7)


@pytest.fixture
def term(with_policy, monkeypatch):
    """A term without a holiday: only what a test enters stands on the calendar."""
    entered = []
    for year in (academic_year_of(today()), academic_year_of(today()) + 1):
        entered.append(CalendarEntry(starts_on=date(year, 9, 1), ends_on=date(year, 9, 1), kind="half-term"))
    CalendarEntry.objects.bulk_create(entered)
    return with_policy


def slots(request_, since: date):
    return queries.free_slots(request_.year_groups, queries.free_times(), since=since, working=queries.WorkingDays())


def test_free_is_what_is_usually_free_less_sessions_inset_exams_and_holidays(term):
    request_ = asked(term.ashdown, year_groups=[9, 10])
    first = tuesday(date(academic_year_of(today()) + 1, 1, 8))
    plan(term, on=first)
    plan(term, on=first + WEEK, years=(11,), place="main HALL")
    plan(term, on=first + 2 * WEEK, years=(11,), place="Gym")  # neither for them nor there
    plan(term, on=first + 3 * WEEK, starts_at=time(11))  # later in the day
    plan(term, on=first + 4 * WEEK, starts_at=None)  # nobody knows when
    for number, kind in ((5, "inset"), (6, "exams")):
        day = first + number * WEEK
        years = [9] if kind == "exams" else []
        CalendarEntry.objects.create(starts_on=day, ends_on=day, kind=kind, title=kind, year_groups=years)
    found = slots(request_, first)
    assert [each.day for each in found.slots] == [first + 2 * WEEK, first + 3 * WEEK, first + 7 * WEEK]
    assert [(each.day, each.by) for each in found.taken] == [
        (first, "Engineers in assembly"),
        (first + WEEK, "Engineers in assembly, in main HALL"),
        (first + 4 * WEEK, "Engineers in assembly"),
        (first + 5 * WEEK, "inset"),
        (first + 6 * WEEK, "exams (Year 9)"),
    ]


def test_a_time_is_offered_to_those_of_the_year_groups_whom_it_is_free_for(term):
    free_time(weekday=3, name="Tutor time", year_groups=[10, 11], place="")
    request_ = asked(term.ashdown, year_groups=[11, 12])
    found = slots(request_, date(academic_year_of(today()) + 1, 1, 8))
    assert {(each.name, each.year_groups) for each in found.slots} == {("Tutor time", (11,))}


def test_nothing_is_offered_before_the_notice_that_the_policy_asks_for(request_):
    free = queries.free_for(request_, queries.access_rules())
    assert free.since == request_.received_on + 6 * WEEK
    assert all(each.day >= free.since for each in free.slots)


def test_another_day_is_offered_with_its_time_and_never_one_without_school(priya, request_):
    saturday = tuesday(today() + 8 * WEEK) + timedelta(days=4)
    for typed, says in (
        ({"other_day": "2031-13-45", "other_time": "09:00"}, "Give the date as day, month and year"),
        ({"other_day": str(today()), "other_time": "09:00"}, "Choose a day to come."),
        ({"other_day": str(saturday), "other_time": "09:00"}, "School is not in for them that day"),
        ({"other_day": str(today() + WEEK)}, "Give the time at which they could come that day."),
        ({"other_time": "09:00"}, "Give the day for that time."),
        ({}, "Choose at least one time to offer."),
    ):
        assert says in words(press(priya, request_, "offer", **typed))


def test_by_working_days_without_weekends_and_holidays(term):
    year = academic_year_of(today())
    monday = tuesday(date(year, 11, 1)) + timedelta(days=6)
    CalendarEntry.objects.create(
        starts_on=monday + WEEK, ends_on=monday + WEEK + timedelta(days=4), kind="holiday", title=""
    )
    CalendarEntry.objects.create(starts_on=monday, ends_on=monday, kind="inset")
    working = queries.WorkingDays()
    assert working.after(monday, 4) == monday + timedelta(days=4)
    assert working.after(monday, 5) == monday + 2 * WEEK, "past the weekend, the holiday and its weekend"
    assert working.between(monday, monday + 2 * WEEK) == 5
    assert working.between(monday, monday) == 0


@pytest.mark.parametrize(
    ("away", "says"),
    [(0, "due today"), (1, "due tomorrow"), (2, "due Wednesday"), (8, "due 9 March"), (-1, "overdue by 1 working day"),
     (-5, "overdue by 3 working days")],
)  # fmt: skip
def test_the_clock_says_it_in_words(term, away, says):
    now = date(2027, 3, 1)  # a Monday
    assert queries.due_in_words(now + timedelta(days=away), now, queries.WorkingDays()) == says


def test_the_card_says_how_many_still_lack_an_encounter_by_year_group(priya, request_):
    page = words(priya.get(at("provider-request-detail", request_.pk)))
    for year in (9, 10):
        assert re.search(rf"Year {year} <strong[^>]*>asked for</strong></th><td>\d of \d", page)
    assert "What pupils still lack" in page
    gaps = queries.phase_gaps(request_.school, [9], exactly=False)
    assert [each.short.short for each in gaps] == [None, None], "a number under six leaves the careers team nowhere"


def test_of_years_12_and_13_the_card_and_the_letter_count_what_was_offered_as_the_duty_does(
    in_november, priya, with_policy
):
    for number in range(7):
        pupil(f"Ada{number}", year_group=12, tutor_group="12A")
    set_term_dates(THIS_YEAR, breaks=usual_breaks(THIS_YEAR), by=None)
    for title in ("College talk", "Builders"):
        session = held_for_year_12(title, with_policy.priya)
        for each in Pupil.objects.all():
            correct_mark(session, pupil=each, state=State.OPTED_OUT, by=with_policy.priya)
    (gap,) = queries.phase_gaps(with_policy.ashdown, [12], exactly=True)
    assert (gap.short.year_group, gap.short.short, gap.short.pupils) == (12, 0, 7), "all were offered two, and declined"
    (line,) = phase_pages(with_policy.ashdown, year_of_access(with_policy.ashdown, THIS_YEAR), exactly=True)[2].lines
    assert (line.short, line.had["none"]) == (0, 7)
    request_ = asked(with_policy.ashdown, year_groups=[12])
    assert "0 of 7 by what was offered" in words(priya.get(at("provider-request-detail", request_.pk)))
    day = next_school_day(today() + 8 * WEEK)
    send(priya, request_, "offer", other_day=str(day), other_time="10:00")
    assert "still lack an encounter" not in mail.outbox[-1].body


def test_a_pupil_whom_a_reply_would_name_is_told_of_before_it_is_sent(priya, request_):
    pupil("Ada", "Lovell")
    page = words(press(priya, request_, "ask", own_words="Ada Lovell would like to come too. May she?"))
    assert "Ada Lovell is the name of a pupil, who may not be named to outsiders." in page
    assert mail.outbox == []
    assert "is the name of a pupil" not in words(press(priya, request_, "ask", own_words="How many of you come?"))


def test_a_pupil_whom_a_provider_names_is_told_of_on_the_card_and_never_by_the_public_form(priya, with_policy):
    pupil("Ada", "Lovell")
    pupil("Ben", year_group=9, tutor_group="9A")
    request_ = asked(with_policy.ashdown, what="Ada Lovell asked us to come")
    says = "Their words hold the name of a pupil: Ada Lovell."
    assert says in words(priya.get(at("provider-request-detail", request_.pk)))
    request_.what = "A talk"
    request_.save(update_fields=["what"])
    assert "the name of a pupil" not in words(priya.get(at("provider-request-detail", request_.pk)))


OPEN = re.compile(r'<details class="names" open>\s*<summary>([^<]*)')


def test_one_way_to_answer_stands_open_the_next_thing_to_do(priya, request_):
    def opened():
        return OPEN.findall(words(priya.get(at("provider-request-detail", request_.pk))))

    assert opened() == ["Offer dates"]
    assert OPEN.findall(words(press(priya, request_, "decline"))) == ["Decline, on a ground of the policy"], "tried"
    slot = first_slot(request_)
    send(priya, request_, "offer", slots=[slot.key])
    assert opened() == ["They take one of the times"]
    send(priya, request_, "decline", ground=AccessGround.objects.get(words=GROUNDS[1]).pk)
    assert opened() == []


def test_withdrawn_by_them_is_an_ending_of_its_own_and_taken_back(priya, request_):
    send(priya, request_, "ask", own_words="When?")
    priya.post(at("provider-request-withdraw", request_.pk))
    request_.refresh_from_db()
    assert (request_.state, request_.waits) == ("withdrawn", False)
    priya.post(at("provider-request-put-back", request_.pk))
    request_.refresh_from_db()
    assert request_.state == "asked"


def test_home_says_who_waits_and_until_when(priya, request_):
    page = words(priya.get("/ashdown/"))
    assert re.search(r"<span class=\"figure\">1</span> provider waits for an answer, due ", page)
    assert "North Tees College" in page
    send(priya, request_, "ask", own_words="When?")
    assert "provider waits" not in words(priya.get("/ashdown/")), "it waits for them"
    ProviderRequest.objects.update(due_on=today() - timedelta(days=7))
    page = words(priya.get("/ashdown/"))
    assert "overdue since" in page


@pytest.fixture
def through_the_outbox(settings):
    settings.EMAIL_BACKEND = "dekaan.jobs.outbox.Outbox"


def test_a_mail_that_comes_back_comes_to_a_person_who_sends_it_again(through_the_outbox, priya, request_):
    send(priya, request_, "ask", own_words="When?")
    reply = request_.replies.get(kind="ask")
    assert Mail.objects.filter(message_id=reply.message_id, to="jo@northtees.example").count() == 1
    assert "did not arrive" not in words(priya.get(at("provider-request-detail", request_.pk)))
    Mail.objects.filter(message_id=reply.message_id).update(state=Mail.State.UNSENDABLE, why="refused 550")
    assert "a mail to them came back" in words(priya.get("/ashdown/"))
    card = words(priya.get(at("provider-request-detail", request_.pk)))
    assert "It did not arrive. Their mail server refused the address or the mail for good." in card
    assert "01632 960 111" in card
    again = at("provider-reply-again", reply.pk)
    assert "Give an e-mail address" in words(priya.post(again, {"to": "jo"}, follow=True))
    assert "It is on its way again" in words(priya.post(again, {"to": "jo.abara@northtees.example"}, follow=True))
    reply.refresh_from_db()
    new = Mail.objects.get(message_id=reply.message_id)
    assert (new.to, new.state, request_.replies.count()) == ("jo.abara@northtees.example", "waiting", 2)
    assert b"When?" in new.words
    assert "came back" not in words(priya.get("/ashdown/"))
    request_.refresh_from_db()
    assert request_.contact_email == "jo.abara@northtees.example"


def test_a_mail_that_came_back_is_left_once_they_know_by_telephone(through_the_outbox, priya, request_):
    send(priya, request_, "ask", own_words="When?")
    Mail.objects.update(state=Mail.State.GIVEN_UP)
    for reply in request_.replies.all():
        assert "came back" in words(priya.get("/ashdown/"))
        priya.post(at("provider-reply-leave", reply.pk))
    assert "came back" not in words(priya.get("/ashdown/"))


def test_without_a_policy_the_first_thing_is_to_say_whom_they_write_to(priya, request_):
    queries.access_rules().delete()
    assert "Nobody has said yet whom providers write to." in words(
        priya.get(at("provider-request-detail", request_.pk))
    )
    answer = press(priya, request_, "ask", own_words="When?")
    assert (answer.status_code, answer.url) == (302, at("access-rules-change"))
    assert mail.outbox == []


def test_what_is_told_to_the_trail_names_no_person(priya, request_):
    send(priya, request_, "ask", own_words="When?")
    (event,) = Event.objects.filter(action="provider request answered")
    assert (event.subject_id, event.detail) == (request_.pk, {"kind": "ask"})


@pytest.mark.parametrize("who", ["sam", "moira", "grace", "maeve", "leo", "ruth", "joan"])
def test_whoever_the_matrix_does_not_open_contacts_to_sees_the_request_without_them(request_, with_policy, who):
    client = Client()
    client.force_login(getattr(with_policy, who), backend=BACKEND)
    page = words(client.get(at("provider-request-detail", request_.pk)))
    seen = [name in page for name in ("North Tees College", "Jo Abara", "jo@northtees.example", "Twenty minutes")]
    opens = who == "grace"  # the adviser reads employers and providers
    assert seen == [True, opens, opens, opens]
    assert "Look at the offer" not in page


def test_ellen_reads_the_contacts_and_answers_nothing(request_, with_policy):
    client = Client()
    client.force_login(with_policy.ellen, backend=BACKEND)
    assert "Jo Abara" in words(client.get(at("provider-request-detail", request_.pk)))
    assert press(client, request_, "ask", own_words="When?").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_few_statements_however_many_requests_there_are(priya, request_, with_policy, number):
    for each in range(number - 1):
        asked(with_policy.ashdown, what=f"Another {each}")
    for address in (
        at("provider-request-list"),
        at("provider-request-log"),
        at("provider-request-detail", request_.pk),
    ):
        priya.get(address)
        with CaptureQueriesContext(connection) as made:
            priya.get(address)
        asks = [
            each for each in made.captured_queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set"))
        ]
        assert len(asks) <= 20, (address, len(asks))


def test_another_schools_request_is_not_there(priya, with_policy):
    with working_in(with_policy.beckford):
        write_policy()
        theirs = asked(with_policy.beckford)
    assert priya.get(at("provider-request-detail", theirs.pk)).status_code == 404
    assert ASKS["organisation"] not in words(priya.get(at("provider-request-list")))


def test_the_offer_says_which_year_groups_still_lack_an_encounter_and_no_number(
    in_november, settings, priya, with_policy
):
    for number in range(7):
        pupil(f"Ada{number}", year_group=10)
    pupil("Ben", year_group=8, tutor_group="8A")  # one alone: no number is told of them, and who may help is
    pupil("Cai", year_group=13, tutor_group="13A")
    request_ = asked(with_policy.ashdown, year_groups=[8, 10])
    send(priya, request_, "offer", slots=[first_slot(request_).key])
    body = mail.outbox[-1].body
    helps = (
        "You would help most with these, where pupils still lack an encounter that the law asks for:\n"
        f"- Year 8, by 28 February {THIS_YEAR + 2}\n- Year 10, by 28 February {THIS_YEAR + 2}\n"
    )
    also = (
        "Others of our pupils lack one as well, if you can come for them too:\n"
        f"- Year 13, to whom it is to be offered, by 28 February {THIS_YEAR + 1}\n"
    )
    assert helps in body
    assert also in body
    settings.TODAY = f"{THIS_YEAR + 1}-03-10"
    send(priya, request_, "offer", slots=[first_slot(request_).key])
    assert helps in mail.outbox[-1].body
    assert "Year 13, to whom" not in mail.outbox[-1].body, "nobody is sent for after the phase has ended"


def test_what_is_offered_stands_soonest_first_and_says_for_whom_it_is_too_late(term):
    request_ = asked(term.ashdown, year_groups=[9, 10])
    february = tuesday(date(THIS_YEAR + 1, 2, 20))
    slots_ = slots(request_, february).slots
    form = forms.Offering(asked=request_, slots=slots_)
    late = [words_ for _, words_ in form.fields["slots"].choices if "(too late to count for Year 9)" in words_]
    assert len(late) == sum(each.day > date(THIS_YEAR + 1, 2, 28) for each in slots_) > 0
    assert all(each.day <= date(THIS_YEAR + 1, 2, 28) for each in slots_ if each.key in form.initial["slots"])
    free_time(weekday=5, name="Period 1", year_groups=[10])
    last = slots(request_, february).slots[-1]
    by_hand = february + timedelta(days=2)
    typed = QueryDict(urlencode({"slots": last.key, "other_day": str(by_hand), "other_time": "10:00"}))
    form = forms.Offering(typed, asked=request_, slots=[last])
    assert form.is_valid(), form.errors
    assert [each.day for each in form.letter(queries.access_rules(), term.ashdown).slots] == [by_hand, last.day]


def test_where_term_dates_are_not_entered_the_offer_says_what_its_dates_rest_on(priya, request_):
    page = words(priya.get(at("provider-request-detail", request_.pk)))
    assert "The term dates are not entered, so holidays are taken as they usually are" in page
    for year in (THIS_YEAR, THIS_YEAR + 1):
        set_term_dates(year, breaks=usual_breaks(year), by=None)
    assert "The term dates are not entered" not in words(priya.get(at("provider-request-detail", request_.pk)))


def held_for_year_12(title, by):
    """A provider's session for Year 12 that was held."""
    activity = plan_activity(
        title=title, activity_type="PROVTALK", criteria=("PA.1", "PA.2", "PA.3"), partner_kind="fe-college", by=by
    )
    held_on = next_school_day(today() - timedelta(days=20))
    session = plan_session(
        activity, held_on=held_on, starts_at=time(10), minutes=60, invited=Invited(year_groups=(12,)), by=by
    )
    it_happened(session, by=by)
    return session
