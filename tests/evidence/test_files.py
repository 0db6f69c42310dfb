"""Files of evidence: what is taken, what is refused and in which words, how one is kept and let go."""

import os
import zipfile
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from dekaan.core.academic_year import today
from dekaan.evidence import changes, files
from dekaan.evidence.files import Checked, NotReadable, NotTaken, checked, read, safe_name
from dekaan.evidence.models import Evidence, EvidenceFile
from tests.evidence.given import CAMERA, PDF, docx, encrypted, jpeg, packed, png

ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})


def in_words(given: str | bytes) -> str:
    """A test is called by words: what is packed holds the time of day, and no two runs would call it alike."""
    return given if isinstance(given, str) else ""


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("Policy.pdf", PDF, "pdf"),
        ("Minutes.DOCX", docx(), "docx"),
        ("Budget.xlsx", packed({"xl/workbook.xml": b"<a/>"}), "xlsx"),
        ("Slides.pptx", packed({"ppt/presentation.xml": b"<a/>"}), "pptx"),
        ("Minutes.odt", ODT, "odt"),
        ("Notes.txt", b"Agreed on Tuesday", "txt"),
        ("List.csv", b"a,b\r\n1,2\r\n", "csv"),
    ],
    ids=in_words,
)
def test_what_offices_make_is_taken_as_it_is(name, content, ending):
    found = checked(name, content)
    assert (found.ending, found.content) == (ending, content)
    assert found.name == name.rpartition(".")[0] + "." + ending


@pytest.mark.parametrize(("name", "content"), [("Board.jpeg", jpeg()), ("Board.png", png())], ids=in_words)
def test_pictures_are_kept_without_what_the_camera_wrote(name, content):
    assert CAMERA in content
    kept = checked(name, content).content
    assert CAMERA not in kept
    assert kept[:4] == content[:4]
    assert len(kept) > len(content) - 200


BOMB = packed({"word/document.xml": bytes(3 * 1024 * 1024)})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("Empty.pdf", b"", "is empty"),
        ("Blank.txt", b" \r\n ", "is empty"),
        ("Run.exe", b"MZ\x90", "ends in .exe"),
        ("Page.html", b"<html>", "ends in .html"),
        ("Parcel.zip", packed({"a.txt": b"a"}), "ends in .zip"),
        ("Policy", PDF, "no ending"),
        ("Policy.pdf", docx(), "called .pdf, but it is not one: it is a docx file"),
        ("Policy.pdf", b"<html>hello</html>", "called .pdf, but it is not one: it is a txt file"),
        ("Minutes.docx", packed({"a.txt": b"a"}), "it is a zip file"),
        ("Minutes.docx", encrypted(docx()), "protected by a password"),
        ("Minutes.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("Minutes.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old kind"),
        ("Minutes.docx", docx(**{"word/vbaProject.bin": b"x"}), "macros"),
        ("Minutes.docx", docx(**{"../../etc/passwd": b"x"}), "unsafe name"),
        ("Minutes.docx", BOMB, "unpacks to far more"),
        ("Minutes.docx", docx()[:60], "damaged"),
        ("Minutes.docx", packed({"word/document.xml": b"a"}, compression=zipfile.ZIP_LZMA), "damaged"),
        ("Board.jpg", jpeg()[:40], "damaged"),
        ("Board.png", png()[:40], "damaged"),
        ("Odd.txt", b"\x00\x01\x02\x03", "called .txt, but it is not one"),
    ],
    ids=in_words,
)
def test_what_is_not_taken_is_refused_in_words(name, content, says):
    with pytest.raises(NotTaken, match=says):
        checked(name, content)


def test_a_file_above_the_houses_limit_is_refused(settings):
    settings.UPLOAD_LIMIT = 2 * 1024 * 1024
    with pytest.raises(NotTaken, match="The file is 3 MB"):
        checked("Policy.pdf", PDF + bytes(3 * 1024 * 1024))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("C:\\Users\\ada\\Policy 2026.pdf", "Policy 2026.pdf"),
        ("../../etc/Policy.pdf", "Policy.pdf"),
        ('a<b>:"|?*c.pdf', "abc.pdf"),
        ("Policy\r\nSet-Cookie: a=b.pdf", "PolicySet-Cookie a=b.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("....pdf", "evidence.pdf"),
        ("Lé'a.pdf", "Lé'a.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_files_name_is_made_safe_and_short(name, safe):
    assert safe_name(name, "pdf") == safe


def piece_with(stock, *contents: bytes, **details) -> Evidence:
    piece = changes.add_evidence(title="Minutes", kind="file", by=stock.priya, **details)
    for content in contents:
        changes.add_version(piece, Checked("Minutes.txt", "txt", content), by=stock.priya)
    return piece


def lying() -> list[str]:
    return sorted(
        path.relative_to(settings.MEDIA_ROOT).as_posix() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()
    )


def test_a_file_lies_sealed_under_no_name_of_its_own(in_ashdown):
    (version,) = piece_with(in_ashdown, b"Ada Lovell was praised").files.all()
    (name,) = lying()
    raw = (settings.MEDIA_ROOT / name).read_bytes()
    assert (version.stored_as, b"Ada" in raw, "Minutes" in name) == (name, False, False)
    assert read(version.stored_as) == b"Ada Lovell was praised"
    assert (settings.MEDIA_ROOT / name).stat().st_mode & 0o777 == 0o600


def test_another_installation_cannot_read_it(in_ashdown, settings):
    (version,) = piece_with(in_ashdown, b"Agreed").files.all()
    settings.SECRET_KEY = "another"
    with pytest.raises(NotReadable):
        read(version.stored_as)
    with pytest.raises(NotReadable):
        read("evidence/1/nothing.sealed")


def test_a_new_version_takes_the_place_of_the_old_one_which_is_kept(in_ashdown):
    piece = piece_with(in_ashdown, b"2025", facts=["published"], dated_on=date(2025, 9, 1), review="checked")
    changes.renew(
        piece, Checked("New.txt", "txt", b"2026"), dated_on=date(2026, 9, 1), valid_until=None, by=in_ashdown.priya
    )
    piece.refresh_from_db()
    assert (piece.dated_on, piece.valid_until, piece.review) == (date(2026, 9, 1), date(2027, 9, 1), "to-check")
    assert [(each.number, read(each.stored_as)) for each in piece.files.all()] == [(2, b"2026"), (1, b"2025")]


def test_what_is_removed_is_gone_from_the_disk_when_that_is_sure(in_ashdown, django_capture_on_commit_callbacks):
    piece = piece_with(in_ashdown, b"one", b"two")
    with django_capture_on_commit_callbacks(execute=True):
        changes.remove_evidence(piece, by=in_ashdown.priya)
        assert len(lying()) == 2
    assert (lying(), EvidenceFile.objects.count(), Evidence.objects.count()) == ([], 0, 0)


def test_what_was_kept_long_enough_goes_with_its_file(in_ashdown, django_capture_on_commit_callbacks):
    day = today() - timedelta(days=400)
    old = piece_with(in_ashdown, b"old", dated_on=day, valid_until=day)
    stays = piece_with(in_ashdown, b"stays", dated_on=day, valid_until=today())
    for_good = piece_with(in_ashdown, b"for good", dated_on=day)
    with django_capture_on_commit_callbacks(execute=True):
        assert changes.let_old_evidence_go(today() - timedelta(days=300)) == 1
    assert set(Evidence.objects.values_list("pk", flat=True)) == {stays.pk, for_good.pk}
    assert len(lying()) == 2
    assert old.pk not in {stays.pk, for_good.pk}


def test_a_version_goes_when_it_has_been_replaced_for_long_enough(in_ashdown, django_capture_on_commit_callbacks):
    piece = piece_with(in_ashdown, b"one", b"two", b"three")
    EvidenceFile.objects.filter(number__lt=3).update(added_at=timezone.now() - timedelta(days=1000))
    with django_capture_on_commit_callbacks(execute=True):
        changes.let_old_evidence_go(today() - timedelta(days=300))
    assert [each.number for each in piece.files.all()] == [3, 2]  # the second was replaced by the third just now
    assert len(lying()) == 2


def test_an_upload_that_was_cut_short_is_swept_away_a_day_later(in_ashdown):
    piece_with(in_ashdown, b"kept")
    stray, _ = files.keep(b"cut short", in_ashdown.ashdown.pk)
    fresh, _ = files.keep(b"under way", in_ashdown.ashdown.pk)
    before = (timezone.now() - timedelta(days=2)).timestamp()
    for name in lying():
        if name != fresh:
            os.utime(settings.MEDIA_ROOT / name, (before, before))
    changes.forget_strays()
    assert (stray in lying(), len(lying())) == (False, 2)
