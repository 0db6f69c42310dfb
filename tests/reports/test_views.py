"""The screens of the reports: who may do what, which term, and a paper that is taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.reports.changes import issue_report, withdraw_report
from dekaan.reports.models import Report
from tests.factories.schools import person, place, pupils, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashdown(settings):
    settings.TODAY = "2026-11-24"
    at = place("ashdown")
    pupils(at, 12)
    talk(at, partner_name="Millworks", partner_kind="employer")
    return at


def issued(at, **more):
    with working_in(at.school):
        return issue_report(at.school, on=today(), by=person(at, "careers-leader"), **more)


def as_a(client, at, role):
    client.force_login(person(at, role))
    return client


def address(name, *arguments):
    return reverse(name, args=["ashdown", *arguments])


def statements(client, where):
    with CaptureQueriesContext(connection) as made:
        assert client.get(where).status_code == 200
    plumbing = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    return len([each for each in made if not each["sql"].startswith(plumbing)])


def test_report_list_without_a_paper_has_one_button_to_begin(client, ashdown):
    page = as_a(client, ashdown, "careers-leader").get(address("report-list")).content.decode()
    assert page.count(address("report-governors")) == 1
    governors = as_a(client, ashdown, "link-governor").get(address("report-list")).content.decode()
    assert address("report-governors") not in governors


def test_report_list_asks_no_more_for_three_papers_than_for_one(client, ashdown):
    as_a(client, ashdown, "careers-leader")
    issued(ashdown)
    one = statements(client, address("report-list"))
    issued(ashdown)
    issued(ashdown)
    assert statements(client, address("report-list")) == one <= 5


def test_report_governors_asks_a_bounded_number_of_statements(client, ashdown):
    as_a(client, ashdown, "careers-leader")
    few = statements(client, address("report-governors"))
    for number in range(3):
        talk(ashdown, title=f"Talk {number}")
    assert statements(client, address("report-governors")) == few <= 50  # it reads every area, three times a year


def test_report_governors_freezes_the_term_that_was_chosen(client, settings):
    settings.TODAY = "2026-06-20"
    ashdown = place("ashdown")
    pupils(ashdown, 12)
    settings.TODAY = "2026-11-24"
    as_a(client, ashdown, "careers-leader")
    page = client.get(address("report-governors") + "?term=2025-summer").content.decode()
    assert "Governors' report, Summer term 2026" in page
    answer = client.post(address("report-governors") + "?term=2025-summer", {"summary": "Read this."}, follow=True)
    with working_in(ashdown.school):
        report = Report.objects.get()
    assert (report.title, report.summary) == ("Careers: report to governors, Summer term 2026", "Read this.")
    assert answer.redirect_chain == [(address("report-detail", report.pk), 302)]
    assert f'href="{address("report-download", report.pk)}">Open the PDF to print</a>' in answer.content.decode()


@pytest.mark.parametrize(
    ("term", "why"),
    [
        (
            "2025-summer",
            "Nothing is recorded for Summer term 2026: no pupil is counted in 2025/26, and nothing was held from 13",
        ),
        ("2026-spring", "so there is nothing to report of it yet."),
        (
            "2019-spring",
            "Records begin here on 1 September 2022, when Spring term 2020 was over: nothing is known of it.",
        ),
        (
            "2024-autumn",
            "Autumn term 2024 was over too long ago: a paper&#x27;s figures are those of the day on which it is written.",
        ),
    ],
)
def test_a_term_without_anything_to_report_is_answered_in_a_sentence_and_freezes_nothing(client, ashdown, term, why):
    as_a(client, ashdown, "careers-leader")
    where = f"{address('report-governors')}?term={term}"
    for page in (client.get(where), client.post(where, {"summary": "Read this."})):
        said = page.content.decode()
        assert page.status_code == 200
        assert why in said
        assert "Freeze" not in said
        assert f'href="{address("report-governors")}?term=2026-autumn">Autumn term 2026</a>' in said
        assert "?term=2025-summer" not in said
    with working_in(ashdown.school):
        assert not Report.objects.exists()


def test_a_term_that_nobody_could_mean_is_the_one_that_runs(client, ashdown):
    as_a(client, ashdown, "careers-leader")
    for term in ("", "x", "2026", "2026-winter", "99999-autumn", "0001-autumn", "２０２６-autumn"):
        page = client.get(address("report-governors"), {"term": term}).content.decode()
        assert "Governors' report, Autumn term 2026" in page


def test_report_governors_says_what_is_too_long(client, ashdown):
    answer = as_a(client, ashdown, "careers-leader").post(address("report-governors"), {"summary": "x" * 1501})
    assert answer.status_code == 200
    with working_in(ashdown.school):
        assert not Report.objects.exists()


def test_report_download_is_opened_in_the_browser_and_the_same_for_a_governor(client, ashdown):
    report = issued(ashdown)
    answer = as_a(client, ashdown, "link-governor").get(address("report-download", report.pk))
    assert answer.content == bytes(report.pdf)
    assert answer.headers["Content-Disposition"] == 'inline; filename="ashdown-governors-2026-11-24.pdf"'


def test_report_withdraw_marks_the_paper_wherever_it_stands(client, ashdown):
    report = issued(ashdown)
    as_a(client, ashdown, "careers-leader")
    answer = client.post(address("report-withdraw", report.pk), {"because": "The fair was counted twice"}, follow=True)
    assert "Withdrawn. It stays in the list, and says so." in answer.content.decode()
    as_a(client, ashdown, "link-governor")
    for where in (address("report-list"), address("report-detail", report.pk)):
        page = client.get(where).content.decode()
        assert f"<s>{report.title}</s>" in page
        for words in ("Careers-Leader", "24 November 2026", "The fair was counted twice"):
            assert words in page
        assert address("report-withdraw", report.pk) not in page
    answer = client.get(address("report-download", report.pk))
    assert answer.content == bytes(report.pdf)
    assert answer.headers["Content-Disposition"] == 'inline; filename="ashdown-governors-2026-11-24-withdrawn.pdf"'


def test_report_withdraw_wants_a_reason_and_happens_once(client, ashdown):
    report = issued(ashdown)
    leader = person(ashdown, "careers-leader")
    as_a(client, ashdown, "careers-leader")
    assert (
        "Say what was wrong with it."
        in client.post(address("report-withdraw", report.pk), {"because": ""}).content.decode()
    )
    with working_in(ashdown.school):
        withdraw_report(report, because="Wrong", by=leader)
    answer = client.post(address("report-withdraw", report.pk), {"because": "Again"}, follow=True)
    assert "It had been withdrawn already." in answer.content.decode()
    with working_in(ashdown.school):
        assert Report.objects.get().withdrawn_because == "Wrong"


def test_governors_can_neither_issue_nor_withdraw(client, ashdown):
    report = issued(ashdown)
    as_a(client, ashdown, "link-governor")
    assert client.get(address("report-governors")).status_code == 403
    assert client.post(address("report-withdraw", report.pk), {"because": "No"}).status_code == 403
    page = client.get(address("report-detail", report.pk)).content.decode()
    assert address("report-withdraw", report.pk) not in page


def test_a_paper_of_before_there_were_sections_and_three_forms_still_opens_and_leads_to_what_it_has(client, ashdown):
    """As the first version kept it: no sections, no notes, no words, and a picture without a link to its criterion."""
    report = issued(ashdown)
    later = {"sections", "notes", "since"}
    with working_in(ashdown.school):
        kept = {name: said for name, said in report.content.items() if name not in later}
        kept["picture"] = [
            {name: said for name, said in row.items() if name not in {"criterion", "then"}} for row in kept["picture"]
        ]
        assert kept["picture"]
        Report.objects.filter(pk=report.pk).update(content=kept, word=b"", slides=b"")
        report.figures.all().delete()
    browser = as_a(client, ashdown, "careers-leader")
    page = browser.get(address("report-detail", report.pk))
    assert page.status_code == 200
    led = [address(f"report-{each}", report.pk) for each in ("download", "word", "slides")]
    assert [each in page.content.decode() for each in led] == [True, False, False]
    assert browser.get(led[0]).status_code == 200
    assert issued(ashdown).content["sections"]  # and the next paper is written after it
