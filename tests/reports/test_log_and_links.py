"""What was handed to whom, and governors who read one paper by a link and say what they think of it."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.reports.changes import (
    AlreadyWithdrawn,
    IssuedItYourself,
    SaidAlready,
    end_link,
    forget_governors,
    hand_over,
    issue_report,
    make_link,
    record_approval,
    say_by_link,
    take_handing_back,
    withdraw_report,
)
from dekaan.reports.models import ApprovalLink, Handed, Report, ReportApproval, Whom
from dekaan.reports.queries.log import told
from tests.factories.schools import person, place, pupils, talk
from tests.isolation.world import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashdown(settings):
    settings.TODAY = "2026-11-24"
    at = place("ashdown")
    pupils(at, 12)
    talk(at, partner_name="Millworks", partner_kind="employer")
    with working_in(at.school):
        at.report = issue_report(at.school, on=today(), by=person(at, "careers-leader"), summary="Read this first.")
    return at


@pytest.fixture
def leader(ashdown):
    client = Client()
    client.force_login(person(ashdown, "careers-leader"), backend=BACKEND)
    return client


@pytest.fixture
def anybody():
    return Client()


def at_ashdown(name, *arguments):
    return reverse(name, args=["ashdown", *arguments])


def link_for(at, name="Moira Bell", **more) -> ApprovalLink:
    given = {"capacity": "Chair of governors", "open_until": today() + timedelta(days=28), "by": None}
    with working_in(at.school):
        return make_link(at.report, name=name, **given | more)


def opens(link, name="paper-open") -> str:
    return reverse(name, args=["ashdown", link.made_key])


# --- the log -----------------------------------------------------------------------------------------------------


def test_a_paper_is_noted_as_handed_to_governors_and_stands_in_the_log(ashdown, leader):
    where = at_ashdown("report-handed-new", ashdown.report.pk)
    assert "Handed over" in leader.get(where).content.decode()
    sent = {"whom": "governors", "named": "Clerk to governors", "form": "pdf", "handed_on": "2026-11-24"}
    page = leader.post(where, sent, follow=True).content.decode()
    assert "Noted: handed to governors on 24 November 2026." in page
    for address in (at_ashdown("report-detail", ashdown.report.pk), at_ashdown("report-log")):
        assert "Governors: Clerk to governors" in leader.get(address).content.decode()
    with working_in(ashdown.school):
        event = Event.objects.get(action="report handed over")
        assert (event.subject_id, event.detail) == (ashdown.report.pk, {"whom": "governors"})


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-23", "It was issued on 24 November 2026: it cannot have been handed over before."),
        ("2026-11-25", "That day is to come. Note it once it has been handed over."),
        ("soon", "Give the date as day, month and year, such as 24/11/2026."),
        ("", "Give the day on which it was handed over."),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(ashdown, leader, day, why):
    sent = {"whom": "governors", "form": "pdf", "handed_on": day}
    page = leader.post(at_ashdown("report-handed-new", ashdown.report.pk), sent)
    assert (page.status_code, why in page.content.decode()) == (200, True)
    with working_in(ashdown.school):
        assert not Handed.objects.exists()


def test_a_line_that_was_wrong_is_taken_back_and_stays(ashdown, leader):
    with working_in(ashdown.school):
        line = hand_over(ashdown.report, whom=Whom.STAFF, form=Handed.Form.PAPER, on=today(), by=None)
    page = leader.post(at_ashdown("report-handed-back", line.pk), follow=True).content.decode()
    assert "Taken back. The line stays, and says so." in page
    assert "taken back on" in leader.get(at_ashdown("report-log")).content.decode()
    with working_in(ashdown.school):
        take_handing_back(line, by=None)  # again: nothing happens
        assert Event.objects.filter(action="report's handing over taken back").count() == 1


def test_told_says_who_was_told_since_a_day(ashdown):
    """What the principle of authority asks: neither lines taken back nor withdrawn papers count."""
    leader = person(ashdown, "careers-leader")
    with working_in(ashdown.school):
        summary = issue_report(ashdown.school, on=today(), by=leader, kind=Report.Kind.LEADERS)
        hand_over(ashdown.report, whom=Whom.GOVERNORS, form="pdf", on=date(2026, 11, 20), by=leader, named="Clerk")
        hand_over(summary, whom=Whom.LEADERS, form="paper", on=today(), by=leader)
        take_handing_back(hand_over(summary, whom=Whom.GOVERNORS, form="paper", on=today(), by=leader), by=leader)
        governors = told(ashdown.school, (Whom.GOVERNORS,), date(2026, 9, 1))
        assert [(each.on, each.named, each.form, each.title) for each in governors] == [
            (date(2026, 11, 20), "Clerk", "PDF", "Careers: report to governors, Autumn term 2026")
        ]
        assert told(ashdown.school, (Whom.GOVERNORS,), date(2026, 11, 21)) == []
        assert len(told(ashdown.school, (Whom.GOVERNORS, Whom.LEADERS), date(2026, 9, 1))) == 2
        withdraw_report(ashdown.report, because="Wrong", by=leader)
        assert told(ashdown.school, (Whom.GOVERNORS,), date(2026, 9, 1)) == []


def test_word_and_slides_are_taken_out_and_a_summary_has_neither(ashdown, leader):
    with working_in(ashdown.school):
        summary = issue_report(ashdown.school, on=today(), by=None, kind=Report.Kind.LEADERS)
    for name, form, ends in (("report-word", "word", ".docx"), ("report-slides", "slides", ".pptx")):
        answer = leader.get(at_ashdown(name, ashdown.report.pk))
        assert answer.content == bytes(getattr(ashdown.report, form))
        assert answer["Content-Disposition"] == f'attachment; filename="ashdown-governors-2026-11-24{ends}"'
        assert leader.get(at_ashdown(name, summary.pk)).status_code == 404
        assert at_ashdown(name, summary.pk) not in leader.get(at_ashdown("report-detail", summary.pk)).content.decode()


# --- the link ----------------------------------------------------------------------------------------------------


def test_a_governor_without_an_account_reads_the_paper_and_approves_it(ashdown, leader, anybody):
    where = at_ashdown("report-link-new", ashdown.report.pk)
    sent = {"name": "Moira Bell", "capacity": "Chair of governors", "open_until": "2026-12-22"}
    page = leader.post(where, sent, follow=True).content.decode()
    (address,) = re.findall(r'<p class="key">http://testserver(/paper/ashdown/[\w-]+/)</p>', page)
    assert "Moira Bell, Chair of governors, has not answered yet." in page
    read = anybody.get(address).content.decode()
    assert "For Moira Bell, Chair of governors." in read
    assert "Read this first." in read
    pdf = anybody.get(f"{address}pdf/")
    assert (pdf["Content-Type"], pdf.content) == ("application/pdf", bytes(ashdown.report.pdf))
    assert anybody.post(address, {"said": "received", "comment": ""}).headers["Location"] == reverse("paper-said")
    assert "You said on 24 November 2026: received." in anybody.get(address).content.decode()
    anybody.post(address, {"said": "approved", "comment": "A clear paper."})
    again = anybody.get(address).content.decode()
    assert "approved" in again
    assert "Your answer" not in again
    shown = leader.get(at_ashdown("report-detail", ashdown.report.pk)).content.decode()
    assert "<strong>Approved</strong> on 24 November 2026 by Moira Bell, Chair of governors. “A clear paper.”" in shown
    with working_in(ashdown.school):
        link = ApprovalLink.objects.get()
        assert link.digest == ashdown.report.digest
        assert Event.objects.filter(action="report answered by link").count() == 2


def test_an_approval_stands(ashdown, anybody):
    link = link_for(ashdown)
    with working_in(ashdown.school):
        say_by_link(link, said="approved", comment="", on=today())
        with pytest.raises(SaidAlready):
            say_by_link(link, said="not", comment="Changed my mind", on=today())
    assert anybody.post(opens(link), {"said": "not"}).status_code == 302
    with working_in(ashdown.school):
        assert ApprovalLink.objects.get().said == "approved"


def test_an_answer_says_something(ashdown, anybody):
    link = link_for(ashdown)
    page = anybody.post(opens(link), {"comment": "Hm"})
    assert (page.status_code, "Say whether it arrived" in page.content.decode()) == (200, True)
    assert anybody.post(opens(link), {"said": "perhaps"}).status_code == 200
    assert anybody.post(opens(link), {"said": "approved", "comment": "x" * 501}).status_code == 200
    with working_in(ashdown.school):
        assert ApprovalLink.objects.get().said == ""


def test_the_link_opens_nothing_else(ashdown, anybody):
    link = link_for(ashdown)
    with working_in(ashdown.school):
        other = issue_report(ashdown.school, on=today(), by=None, summary="Another paper, for others.")
    read = anybody.get(opens(link)).content.decode()
    assert "Another paper" not in read
    inside = {each for each in re.findall(r'href="(/[^"]*)"', read) if not each.startswith(("/static", "/paper/"))}
    for address in {*inside, at_ashdown("report-detail", ashdown.report.pk), at_ashdown("report-download", other.pk)}:
        assert anybody.get(address).status_code != 200 or "Sign in" in anybody.get(address).content.decode()
    assert "/ashdown/" not in read.replace("/paper/ashdown/", "")


@pytest.mark.parametrize("end", ["over", "ended", "another school", "a wrong letter"])
def test_a_link_that_is_over_or_ended_or_wrong_opens_nothing(ashdown, anybody, settings, end):
    link = link_for(ashdown)
    address = opens(link)
    if end == "over":
        settings.TODAY = "2026-12-23"
    elif end == "ended":
        with working_in(ashdown.school):
            end_link(link, by=None)
    elif end == "another school":
        place("beckford")
        address = reverse("paper-open", args=["beckford", link.made_key])
    else:
        address = reverse(
            "paper-open", args=["ashdown", link.made_key[:-1] + ("A" if link.made_key[-1] != "A" else "B")]
        )
    for asked in (address, f"{address}pdf/"):
        answer = anybody.get(asked)
        assert (answer.status_code, "This link opens nothing" in answer.content.decode()) == (404, True)
    assert anybody.post(address, {"said": "approved"}).status_code == 404
    with working_in(ashdown.school):
        assert ApprovalLink.objects.get().said == ""


def test_whoever_sends_wrong_keys_waits(ashdown, anybody):
    link = link_for(ashdown)
    for number in range(60):
        anybody.post(reverse("paper-open", args=["ashdown", f"wrong-{number}"]), {"said": "approved"})
    assert anybody.get(opens(link)).status_code == 404
    assert Client(REMOTE_ADDR="192.0.2.7").get(opens(link)).status_code == 200


def test_a_link_is_not_governors_told_until_one_of_them_answers(ashdown, anybody):
    """That it was made does not say that anybody sent it; a second answer is not a second handing over."""
    link = link_for(ashdown)
    with working_in(ashdown.school):
        assert not Handed.objects.exists()
    for said in ("received", "approved"):
        anybody.post(opens(link), {"said": said})
        with working_in(ashdown.school):
            (line,) = Handed.objects.all()
            told = (line.whom, line.form, line.named, line.handed_on)
            assert told == ("governors", "link", "Moira Bell, Chair of governors", today())


def test_a_withdrawn_paper_is_neither_shown_nor_approved_by_its_link(ashdown, anybody):
    link = link_for(ashdown)
    with working_in(ashdown.school):
        withdraw_report(ashdown.report, because="The fair was counted twice.", by=None)
        with pytest.raises(AlreadyWithdrawn):
            say_by_link(link, said="approved", comment="", on=today())
        with pytest.raises(AlreadyWithdrawn):
            make_link(ashdown.report, name="A", capacity="B", open_until=today(), by=None)
    read = anybody.get(opens(link)).content.decode()
    assert "The fair was counted twice. Ask for the right one." in read
    assert "Read this first." not in read
    assert anybody.get(opens(link, "paper-open-pdf")).status_code == 404
    anybody.post(opens(link), {"said": "approved"})
    with working_in(ashdown.school):
        assert ApprovalLink.objects.get().said == ""


@pytest.mark.parametrize(
    ("day", "why"), [("2026-11-23", "within a year"), ("2028-01-01", "within a year"), ("x", "Give the date")]
)
def test_a_link_is_open_for_a_year_at_most(ashdown, leader, day, why):
    sent = {"name": "Moira Bell", "capacity": "Chair", "open_until": day}
    page = leader.post(at_ashdown("report-link-new", ashdown.report.pk), sent).content.decode()
    assert why in page
    with working_in(ashdown.school):
        assert not ApprovalLink.objects.exists()


def test_whoever_reads_reports_sees_the_answer_and_never_the_address(ashdown):
    link = link_for(ashdown)
    governor = Client()
    governor.force_login(person(ashdown, "link-governor"), backend=BACKEND)
    page = governor.get(at_ashdown("report-detail", ashdown.report.pk)).content.decode()
    assert "Moira Bell, Chair of governors, has not answered yet." in page
    assert link.made_key not in page
    assert governor.post(at_ashdown("report-link-end", link.pk)).status_code == 403


def test_names_of_governors_go_after_the_years_that_the_school_has_set(ashdown):
    link = link_for(ashdown)
    with working_in(ashdown.school):
        say_by_link(link, said="approved", comment="A clear paper.", on=today())
        assert forget_governors(today()) == 0
        assert forget_governors(today() + timedelta(days=60)) == 2
        kept = ApprovalLink.objects.get()
        assert (kept.said_by, kept.comment, kept.said, kept.capacity) == ("", "", "approved", "Chair of governors")
        assert [each.named for each in Handed.objects.all()] == [""]


# --- approved at a meeting ---------------------------------------------------------------------------------------

MINUTED = {
    "capacity": "governors",
    "signed_by": "Ann Teasdale",
    "signed_on": "2026-11-24",
    "minute": "Full governing body, item 7",
}


def head_at(at) -> Client:
    client = Client()
    client.force_login(person(at, "headteacher"), backend=BACKEND)
    return client


def test_the_head_records_from_the_minutes_that_governors_approved_the_very_paper(ashdown, leader):
    where = at_ashdown("report-approval-new", ashdown.report.pk)
    page = head_at(ashdown).post(where, MINUTED, follow=True).content.decode()
    assert "Recorded: approved by Ann Teasdale on 24 November 2026." in page
    shown = leader.get(at_ashdown("report-detail", ashdown.report.pk)).content.decode()
    assert "the governing body, signed by Ann Teasdale (Full governing body, item 7)" in shown
    with working_in(ashdown.school):
        approval = ReportApproval.objects.get()
        assert (approval.digest, approval.report_id) == (ashdown.report.digest, ashdown.report.pk)
        assert Event.objects.get(action="report's approval recorded").detail == {"by": "governors"}
        assert forget_governors(date(2027, 1, 1)) == 1
        assert ReportApproval.objects.get().signed_by == ""
    assert "signed by a governor" in leader.get(at_ashdown("report-detail", ashdown.report.pk)).content.decode()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"signed_on": "2026-11-23"}, "The paper was issued on 24 November 2026: nobody approved it before."),
        ({"signed_on": "2026-11-25"}, "That day has not come yet. Record the approval once it is given."),
        ({"signed_on": "soon"}, "Give the date as day, month and year"),
        ({"signed_by": ""}, "Give the name of whoever chaired the meeting."),
        ({"capacity": ""}, "Choose who approved it."),
    ],
)
def test_an_approval_that_cannot_be_is_refused_in_words(ashdown, said, why):
    page = head_at(ashdown).post(at_ashdown("report-approval-new", ashdown.report.pk), MINUTED | said)
    assert (page.status_code, why in page.content.decode()) == (200, True)
    with working_in(ashdown.school):
        assert not ReportApproval.objects.exists()


def test_an_approval_is_recorded_once_never_by_whoever_issued_the_paper_and_never_of_a_withdrawn_one(ashdown, leader):
    where, head = at_ashdown("report-approval-new", ashdown.report.pk), head_at(ashdown)
    assert leader.post(where, MINUTED).status_code == 403
    head.post(where, MINUTED)
    assert "That approval is recorded already." in head.post(where, MINUTED).content.decode()
    issuer = person(ashdown, "headteacher")
    with working_in(ashdown.school):
        own = issue_report(ashdown.school, on=today(), by=issuer)
        with pytest.raises(IssuedItYourself):
            record_approval(own, capacity="governors", signed_by="A", signed_on=today(), by=issuer)
        withdraw_report(ashdown.report, because="Wrong", by=None)
        with pytest.raises(AlreadyWithdrawn):
            record_approval(ashdown.report, capacity="trust", signed_by="A", signed_on=today(), by=issuer)
        assert ReportApproval.objects.count() == 1
    assert head.get(where).status_code == 404
