"""The policy's facts, the log for an inspector, and how long names are held."""

import csv
import html
import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.cli.morning import go_round
from dekaan.core.academic_year import academic_year_of, months_after, today
from dekaan.core.scope import working_in
from dekaan.privacy.queries.holdings import everything_held
from dekaan.privacy.queries.named import places_naming
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.provider_requests import changes, policy, queries
from dekaan.provider_requests.models import AccessGround, FormRefusals, FreeTime, ProviderReply, ProviderRequest
from tests.factories.provider_requests import ASKS, GROUNDS, asked, write_policy
from tests.stock import pupil

pytestmark = pytest.mark.django_db
SAID = {
    "contact_name": "Priya Raman",
    "contact_email": "careers@ashdown.example",
    "contact_telephone": "01632 960 123",
    "weeks_notice": "4",
    "decision_days": "5",
    "offers": ["assembly"],
    "premises": "The hall",
    "granting": "In the school day",
    "refusing": "One\nTwo",
    "is_open": "on",
}


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def words(answer) -> str:
    return html.unescape(answer.content.decode())


def test_the_data_file_has_the_four_contents_and_grounds_that_fit():
    usual = policy.usual()
    assert list(usual.contents) == ["offer", "careers", "learning", "questions"]
    assert (usual.weeks_notice, usual.decision_days) == (6, 10)
    assert all(len(each) <= 300 for each in (*usual.granting, *usual.refusing))


def test_before_anybody_has_said_anything_the_usual_wording_is_filled_in(in_ashdown, client):
    client.force_login(in_ashdown.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = words(client.get(at("access-rules-change")))
    for ground in policy.usual().refusing:
        assert ground in page
    assert 'value="6"' in page
    assert AccessGround.objects.count() == 0


def test_priya_says_the_policy_and_the_form_opens(in_ashdown, client):
    client.force_login(in_ashdown.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/provider-access/ashdown/").status_code == 404
    assert "Saved." in words(client.post(at("access-rules-change"), SAID, follow=True))
    rules = queries.access_rules()
    assert (rules.weeks_notice, rules.decision_days, rules.offers, rules.is_open) == (4, 5, ["assembly"], True)
    assert [each.words for each in queries.grounds("refuse")] == ["One", "Two"]
    assert client.get("/provider-access/ashdown/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("contact_telephone", "", "Give the number that providers can ring."),
        ("contact_telephone", "in the office", "Give the telephone number in figures"),
        ("weeks_notice", "-1", "Give a whole number from 0 to 26."),
        ("decision_days", "soon", "Give a whole number from 1 to 60."),
        ("refusing", " \n ", "Give at least one ground: nothing can be refused without one."),
        ("refusing", "\n".join(f"Ground {n}" for n in range(13)), "Give 12 grounds or fewer."),
        ("granting", "x" * 301, "Say line 1 in 300 letters or fewer."),
    ],
)
def test_what_is_said_wrongly_of_the_policy_is_refused_in_words(priya, field, value, says):
    before = queries.access_rules().contact_name, list(queries.grounds("refuse"))
    answer = priya.post(at("access-rules-change"), {**SAID, field: value})
    assert answer.status_code == 200
    assert says in words(answer)
    assert (queries.access_rules().contact_name, list(queries.grounds("refuse"))) == before


def test_of_the_policys_page_one_part_stands_open_and_what_is_to_be_put_right(priya):
    def opened(page: str) -> list[str]:
        return re.findall(r'<details class="names" open>\s*<summary>([^<]*)', page)

    page = words(priya.get(at("access-rules-change")))
    assert opened(page) == ["Whom they write to"]
    wrong = words(priya.post(at("access-rules-change"), SAID | {"refusing": ""}))
    assert opened(wrong) == ["Whom they write to", "Grounds on which you agree and refuse"]


def test_grounds_keep_their_rows_where_their_words_stay_and_stand_in_the_order_given(with_policy):
    first, second = queries.grounds("refuse")
    write_policy()
    assert queries.grounds("refuse") == [first, second]
    changes.say_rules(granting=[], refusing=[GROUNDS[1], "New", GROUNDS[1], GROUNDS[0]], by=None)
    assert [each.pk for each in queries.grounds("refuse") if each.words in GROUNDS] == [second.pk, first.pk]
    assert [each.words for each in queries.grounds("refuse")] == [GROUNDS[1], "New", GROUNDS[0]]
    assert queries.grounds("grant") == []


def test_a_time_is_added_changed_and_removed(priya, with_policy):
    pupil("Ada", year_group=9, tutor_group="9A")
    typed = {
        "weekday": "4",
        "starts_at": "13:40",
        "minutes": "50",
        "name": "Period 5",
        "place": "",
        "year_groups": ["9"],
    }
    assert "Saved: Thursday 13:40 to 14:30, Period 5." in words(priya.post(at("free-time-new"), typed, follow=True))
    made = FreeTime.objects.get(name="Period 5")
    assert made.years == "Year 9"
    priya.post(at("free-time-change", made.pk), {**typed, "minutes": "40"})
    made.refresh_from_db()
    assert made.minutes == 40
    assert "Choose at least one year group." in words(priya.post(at("free-time-new"), {**typed, "year_groups": []}))
    assert "Give the time as hours and minutes" in words(
        priya.post(at("free-time-new"), {**typed, "starts_at": "noon"})
    )
    priya.post(at("free-time-remove", made.pk))
    assert FreeTime.objects.count() == 1


def declined(stock, **fields) -> ProviderRequest:
    request, rules = asked(stock.ashdown, **fields), queries.access_rules()
    ground = queries.grounds("refuse")[0]
    letter = queries.letters.decline(request, rules, stock.ashdown, ground=ground)
    changes.send_reply(request, letter, replies_seen=1, by=stock.priya)
    request.refresh_from_db()
    return request


def test_the_log_says_of_every_request_what_was_decided_on_which_ground_and_how_soon(priya, with_policy):
    declined(with_policy)
    late = asked(with_policy.ashdown, organisation="Harbour")
    ProviderRequest.objects.filter(pk=late.pk).update(due_on=today() - timedelta(days=3))
    changes.note_refusal(FormRefusals.Why.TRAP)
    changes.note_refusal(FormRefusals.Why.TRAP)
    found = queries.log(academic_year_of(today()))
    assert (len(found.requests), found.late, found.refused) == (2, 1, 2)
    page = words(priya.get(at("provider-request-log")))
    for said in ("North Tees College", "Refused", GROUNDS[0], "Waits for an answer", "late"):
        assert said in page
    for name in (ASKS["contact_name"], ASKS["contact_email"], ASKS["what"]):
        assert name not in page


def test_the_log_is_taken_out_as_a_table_without_names_and_that_is_on_record(priya, with_policy):
    request = declined(with_policy)
    text = priya.get(at("provider-request-export")).content.decode("utf-8-sig")
    head, row = list(csv.reader(io.StringIO(text)))
    assert dict(zip(head, row, strict=True)) == {
        "reference": request.reference,
        "received": str(today()),
        "organisation": "North Tees College",
        "which they are": "We offer technical qualifications, perhaps apprenticeships too",
        "year groups": "Years 9 and 10",
        "due": str(request.due_on),
        "state": "Refused",
        "decided": str(today()),
        "working days taken": "0",
        "answered late": "no",
        "ground": GROUNDS[0],
        "session on": "",
    }
    assert Event.objects.filter(action="log of providers exported").count() == 1


def age(request, months: int) -> None:
    day = months_after(today(), -months) - timedelta(days=1)
    ProviderRequest.objects.filter(pk=request.pk).update(received_on=day, decided_on=day)


def held(request) -> tuple:
    request.refresh_from_db()
    reply = request.replies.last()
    return request.contact_name, request.contact_email, request.what, reply.body, reply.sent_to


def test_a_term_after_it_is_over_names_and_words_go_by_themselves_and_the_line_stays(with_policy):
    old, young, open_ = declined(with_policy), declined(with_policy, what="Another"), asked(with_policy.ashdown)
    age(old, 4)
    age(young, 3)
    go_round(today())
    assert held(old) == ("", "", "", "", "")
    assert held(young)[:2] == held(open_)[:2] == (ASKS["contact_name"], ASKS["contact_email"])
    old.refresh_from_db()
    assert (old.organisation, old.state, old.ground_words, old.forgotten_on) == (
        "North Tees College", "refused", GROUNDS[0], today(),
    )  # fmt: skip
    assert len(queries.log(academic_year_of(old.received_on)).requests) >= 1


def test_whoever_comes_later_in_the_year_is_kept_until_after_the_visit(with_policy):
    request = declined(with_policy)
    age(request, 6)
    talk = plan_activity(title="Talk", activity_type="ITPTALK", by=None)
    session = plan_session(talk, held_on=today(), invited=Invited(year_groups=(9,)), by=None)
    ProviderRequest.objects.filter(pk=request.pk).update(session=session)
    assert changes.forget_old_contacts(today()) == 0
    assert changes.forget_old_contacts(months_after(today(), 4)) == 1


def test_after_a_year_nobody_is_held_whatever_became_of_it(with_policy):
    request = asked(with_policy.ashdown)
    ProviderRequest.objects.update(received_on=months_after(today(), -12))
    assert changes.forget_old_contacts(today()) == 1
    request.refresh_from_db()
    assert (request.contact_email, request.waits) == ("", False)
    assert queries.providers_waiting() == []


def test_at_their_own_wish_it_is_erased_at_once_and_nothing_more_can_be_sent(priya, with_policy):
    request = asked(with_policy.ashdown)
    assert "Names, addresses and letters are taken out." in words(
        priya.post(at("provider-request-forget", request.pk), follow=True)
    )
    assert held(request) == ("", "", "", "", "")
    mail.outbox.clear()
    typed = {"kind": "ask", "own_words": "When?", "replies_seen": "1"}
    answer = priya.post(at("provider-request-reply", request.pk), typed, follow=True)
    assert "Whom to write to is not held any more." in words(answer)
    assert mail.outbox == []
    again = priya.post(
        at("provider-reply-again", request.replies.first().pk), {"to": "jo@northtees.example"}, follow=True
    )
    assert "is not held any more" in words(again)


def test_what_is_held_about_providers_is_declared_with_its_time():
    (request, letters) = everything_held(3)["Providers who ask to meet pupils"]
    assert "e-mail address" in request.what
    assert "four months after the request is over" in request.until
    assert "letters" in letters.what


def test_a_pupil_whom_a_provider_names_is_found_by_an_erasure(with_policy):
    ada = pupil("Ada", "Lovell")
    request = asked(with_policy.ashdown, what="Ada Lovell asked us to come")
    found = [(each.called, each.way) for each in places_naming(ada)]
    assert found == [("What a provider asked for", ("provider-request-detail", (request.pk,)))]


def test_replies_of_another_school_are_not_sent_again_from_here(priya, with_policy):
    with working_in(with_policy.beckford):
        write_policy()
        asked(with_policy.beckford)
        theirs = ProviderReply.objects.get()
    mail.outbox.clear()
    assert priya.post(at("provider-reply-again", theirs.pk), {"to": "a@b.example"}).status_code == 404
    assert mail.outbox == []


def test_a_pupil_is_not_named_to_outsiders_by_the_policy_and_a_namesake_only_by_a_tick(in_ashdown, client):
    client.force_login(in_ashdown.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    pupil("Ada", "Lovell")
    assert 'type="checkbox" name="is_no_pupil"' not in words(client.get(at("access-rules-change")))
    for said in (
        {"contact_name": "Ada B. Lovell"},
        {"premises": "The hall; ask Ada Lovell"},
        {"granting": "Ada Lovell says so"},
    ):
        page = words(client.post(at("access-rules-change"), SAID | said))
        assert "Ada Lovell is the name of a pupil, who may not be named to outsiders." in page
        assert 'type="checkbox" name="is_no_pupil"' in page
    assert queries.access_rules().pk is None
    namesake = SAID | {"contact_name": "Ada Lovell", "is_no_pupil": "on"}
    assert "Saved." in words(client.post(at("access-rules-change"), namesake, follow=True))
    assert queries.access_rules().contact_name == "Ada Lovell"
    assert Event.objects.get(action="access rules changed").detail == {"names no pupil": True}
