"""The screens of the cabinet: adding, the gap that closes, who opens what, and how many questions the page asks."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.evidence import changes
from dekaan.evidence.files import Checked
from dekaan.evidence.models import Evidence
from dekaan.evidence.queries import facts_shown, holds_months, in_place_of
from dekaan.frameworks.queries import criteria, framework
from dekaan.people.models import StaffMember
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.schemes.models import ThemeName
from tests.databases import ON_POSTGRES
from tests.evidence.given import PDF, docx, encrypted
from tests.stock import pupil


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def words(answer) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def given(**otherwise) -> dict:
    return {"title": "Minutes of May", "dated_on": str(today()), "review": "to-check"} | otherwise


def minutes(stock, **details) -> Evidence:
    return changes.add_evidence(**{"title": "Minutes", "kind": "statement", "by": stock.priya} | details)


def with_file(stock, content: bytes = PDF, **details) -> Evidence:
    piece = minutes(stock, kind="file", **details)
    changes.add_version(piece, Checked("Minutes.pdf", "pdf", content), by=stock.priya)
    return piece


def test_priya_sees_the_gap_adds_a_file_for_it_and_sees_it_closed(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    page = client.get(at("evidence-list"))
    assert f"{at('evidence-new')}?fact=governors-approve" in page.content.decode()
    before = page.context["cabinet"].missing
    page = client.get(at("evidence-new"), {"fact": "governors-approve"})
    assert "For: Governors have approved it." in words(page)
    file = SimpleUploadedFile("May.pdf", PDF)
    page = client.post(at("evidence-new"), given(facts=["governors-approve"], file=file), follow=True)
    assert "Added: Minutes of May." in words(page)
    assert facts_shown(today())["governors-approve"].title == "Minutes of May"
    page = client.get(at("evidence-list"))
    assert page.context["cabinet"].missing == before - 1
    assert f"{at('evidence-new')}?fact=governors-approve" not in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Choose a file, give an address, or write a statement."),
        ({"address": "www.school.example/careers", "statement": "So it is"}, "Give one of them"),
        ({"address": "javascript:alert(1)"}, "Give the whole address"),
        ({"address": "ftp://school.example/a"}, "begins with https://"),
        ({"statement": "x" * 4001}, "Say it in 4000 letters or fewer."),
        ({"statement": "So", "title": "x" * 201}, "Say it in 200 letters or fewer."),
        ({"statement": "So", "dated_on": "soon"}, "Give the date as day, month and year"),
        ({"statement": "So", "dated_on": "0001-01-01"}, "Give a year between"),
        ({"statement": "So", "valid_until": "2001-01-01"}, "It cannot end before its date"),
        ({"statement": "So", "facts": ["moon"]}, "Choose among those on the list."),
        ({"statement": "So", "owner": "999999"}, "Choose somebody of the staff on the list."),
        ({"file": ("a.exe", b"MZ")}, "A file that ends in .exe is not taken"),
        ({"file": ("a.pdf", b"")}, "The file is empty."),
        ({"file": ("a.docx", encrypted(docx()))}, "protected by a password"),
        ({"file": ("a.docx", PDF)}, "called .docx, but it is not one: it is a pdf file"),
    ],
)
def test_bad_input_is_answered_in_words_and_nothing_is_lost(in_ashdown, client, typed, says):
    client.force_login(in_ashdown.priya)
    typed = {name: SimpleUploadedFile(*value) if name == "file" else value for name, value in typed.items()}
    answer = client.post(at("evidence-new"), given(shows="What was typed stays", **typed))
    assert (answer.status_code, says in words(answer)) == (400, True)
    assert "What was typed stays" in words(answer)
    assert Evidence.objects.count() == 0


def test_a_session_is_evidence_and_opens_from_there(in_ashdown, client):
    session = plan_session(
        plan_activity(title="Careers fair", activity_type="FAIR", by=in_ashdown.priya),
        held_on=today(),
        invited=Invited(pupils=(pupil("Ada"),)),
        by=in_ashdown.priya,
    )
    client.force_login(in_ashdown.priya)
    address = f"{at('evidence-new')}?session={session.pk}"
    assert "Careers fair" in client.get(address).context["form"].initial["title"]
    client.post(address, given(title="Our fair", criteria=["GB24.5.1"]))
    client.post(address, given(title="Role models at the fair", facts=["role-models"]))
    fair, models = Evidence.objects.order_by("pk")
    assert (fair.kind, fair.session, models.session) == ("record", session, session)
    assert at("session-detail", session.pk) in client.get(at("evidence-detail", fair.pk)).content.decode()
    session.activity.delete()
    assert "is not there any more" in words(client.get(at("evidence-detail", fair.pk)))


@pytest.mark.parametrize("asked", ["session=1", "session=x", "activity=99", "session=" + "9" * 30])
def test_a_record_that_is_not_there_is_not_found(in_ashdown, client, asked):
    client.force_login(in_ashdown.priya)
    assert client.get(f"{at('evidence-new')}?{asked}").status_code == 404


def test_a_file_comes_out_as_a_download_that_no_browser_opens(in_ashdown, client):
    (version,) = with_file(in_ashdown).files.all()
    client.force_login(in_ashdown.priya)
    answer = client.get(at("evidence-file", version.pk))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Minutes.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_governor_opens_what_names_nobody_and_only_the_title_of_the_rest(in_ashdown, client):
    closed = with_file(in_ashdown, title="Pupil voice").files.get()
    opened = with_file(in_ashdown, title="Policy", may_name_pupils=False).files.get()
    said = minutes(in_ashdown, title="What they said", statement="Ada was glad")
    client.force_login(in_ashdown.moira)
    assert client.get(at("evidence-file", opened.pk)).content == PDF
    answer = client.get(at("evidence-file", closed.pk), follow=True)
    assert (answer.redirect_chain[-1][0], "may name pupils" in words(answer)) == (
        at("evidence-detail", closed.evidence_id),
        True,
    )
    page = words(client.get(at("evidence-detail", said.pk)))
    assert ("What they said" in page, "Ada was glad" in page) == (True, False)
    assert "Add evidence" not in words(client.get(at("evidence-list")))
    assert client.post(at("evidence-new"), given(statement="x")).status_code == 403


def test_a_file_that_is_gone_is_said_in_words(in_ashdown, client, settings):
    version = with_file(in_ashdown).files.get()
    (settings.MEDIA_ROOT / version.stored_as).unlink()
    client.force_login(in_ashdown.priya)
    answer = client.get(at("evidence-file", version.pk), follow=True)
    assert "The file is not there any more" in words(answer)


def test_an_expired_piece_says_so_on_home_and_is_renewed_by_a_new_version(in_ashdown, client):
    yesterday = today() - timedelta(days=1)
    piece = with_file(in_ashdown, facts=["published"], dated_on=yesterday, valid_until=yesterday)
    client.force_login(in_ashdown.priya)
    assert "1 piece of evidence has expired." in words(client.get(at("home")))
    page = words(client.get(at("evidence-list")))
    assert "1 piece expired" in page
    assert "It has expired, so it shows nothing any more." in words(client.get(at("evidence-detail", piece.pk)))
    refused = client.post(
        at("evidence-file-new", piece.pk), {"file": SimpleUploadedFile("a.exe", b"MZ"), "dated_on": str(today())}
    )
    assert (refused.status_code, "ends in .exe" in words(refused)) == (400, True)
    client.post(at("evidence-file-new", piece.pk), {"file": SimpleUploadedFile("b.pdf", PDF), "dated_on": str(today())})
    assert facts_shown(today())["published"].is_shown
    assert "expired." not in words(client.get(at("home")))
    assert [each.number for each in piece.files.all()] == [2, 1]


def test_a_piece_of_the_repealed_text_is_kept_and_offers_the_one_in_force(in_ashdown, client):
    piece = minutes(in_ashdown, criteria=["GB14.1.2"])
    client.force_login(in_ashdown.priya)
    assert "is no longer in force, since" in words(client.get(at("evidence-list"), {"framework": "gatsby-2014"}))
    page = client.get(at("evidence-detail", piece.pk))
    assert [(a.id, c.id) for a, _, c in page.context["repealed"]] == [("GB14.1.2", "GB24.1.3")]
    client.post(at("evidence-also", piece.pk), {"criterion": "GB24.1.3"})
    page = client.get(at("evidence-detail", piece.pk))
    assert page.context["repealed"] == []
    assert [each.id for each, _ in page.context["served"]] == ["GB24.1.3", "GB14.1.2"]
    client.post(at("evidence-also", piece.pk), {"criterion": "GB77.1"})
    assert Evidence.objects.get().criteria == ["GB24.1.3", "GB14.1.2"]


@pytest.mark.parametrize(
    ("repealed", "now"),
    [("GB14.1.1", "GB24.1.1"), ("GB14.1.3", "GB24.1.4"), ("GB14.3.4", "GB24.3.5"), ("GB14.6.1", "GB24.6.1")],
)
def test_what_asks_most_nearly_the_same_is_found_by_facts_and_else_by_number(repealed, now):
    found = in_place_of(criteria()[repealed], framework("gatsby-2024"))
    assert found is not None
    assert found.id == now


def test_a_criterion_of_years_that_nobody_is_in_asks_nothing(in_ashdown, client):
    pupil("Ada", year_group=10)
    client.force_login(in_ashdown.priya)
    cabinet = client.get(at("evidence-list")).context["cabinet"]
    rows = {row.criterion.id: row for _, part in cabinet.benchmarks for row in part}
    assert rows["GB24.6.2"].not_asked == "Nobody here is in Year 13, so nothing is asked."
    assert rows["GB24.5.1"].not_asked == "Counted from the pupils' records; evidence may stand beside them."
    assert (rows["GB24.6.2"].is_gap, rows["GB24.1.1"].is_gap) == (False, True)


def test_the_six_themes_are_named_by_the_school_and_then_filled(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    assert "Theme 1, not named yet" in words(client.get(at("evidence-list"), {"by": "theme"}))
    typed = client.get(at("evidence-settings")).context["form"].initial | {"review-1": "Vision"}
    client.post(at("evidence-settings"), typed)
    assert [(each.theme, each.name) for each in ThemeName.objects.all()] == [("review-1", "Vision")]
    minutes(in_ashdown, title="Our vision", themes=["review-1", "quality-training"])
    page = words(client.get(at("evidence-list"), {"by": "theme"}))
    assert ("Our vision" in page, "Theme 1, not named yet" in page) == (True, False)
    wrong = client.post(at("evidence-settings"), typed | {"published": "many"})
    assert "Give months from 0 to 120." in words(wrong)


def test_two_who_say_how_long_evidence_holds_are_told_of_one_another(in_ashdown, client):
    client.force_login(in_ashdown.priya)
    form = client.get(at("evidence-settings")).context["form"]
    typed = form.initial | {"as_read": re.search(r'value="([^"]*)"', form.as_read()).group(1)}
    client.post(at("evidence-settings"), typed | {"published": "6"})
    page = client.post(at("evidence-settings"), typed | {"published": "9"})
    assert page.status_code == 200
    assert "Priya Raman, at" in words(page)
    assert "Saved meanwhile: 6" in words(page)
    assert holds_months()["published"] == 6


def test_a_piece_is_removed_for_good(in_ashdown, client):
    piece = with_file(in_ashdown)
    client.force_login(in_ashdown.priya)
    assert "Removed with its files: Minutes." in words(client.post(at("evidence-remove", piece.pk), follow=True))
    assert Evidence.objects.count() == 0


def test_another_schools_piece_is_not_found(in_ashdown, client):
    with working_in(in_ashdown.beckford):
        theirs = with_file(in_ashdown)
        version = theirs.files.get()
    client.force_login(in_ashdown.priya)
    assert client.get(at("evidence-detail", theirs.pk)).status_code == 404
    assert client.get(at("evidence-file", version.pk)).status_code == 404
    assert client.post(at("evidence-remove", theirs.pk)).status_code == 404


def test_the_cabinet_makes_as_many_questions_of_three_as_of_one(in_ashdown, client):
    grace = StaffMember.objects.create(surname="Bell", forename="Grace")
    client.force_login(in_ashdown.priya)
    counts = []
    for more in (1, 2):
        for number in range(more):
            minutes(in_ashdown, title=f"Minutes {number}", facts=["published"], owner=grace, criteria=["GB14.1.1"])
        client.get(at("evidence-list"))
        with CaptureQueriesContext(connection) as asked:
            client.get(at("evidence-list"))
        counts.append(len(asked))
    assert counts == ([13, 13] if ON_POSTGRES else [11, 11])
