"""Evidence: a gap is seen, closed with a file, and the archive is taken and opened where there is no network."""

import zipfile

import pytest

from dekaan.core.scope import working_in
from dekaan.evidence.changes import add_evidence, add_version
from dekaan.evidence.files import Checked
from tests.evidence.given import png
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CANARY = "Zephyrine"


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_gap_is_closed_with_a_file_in_four_clicks_and_the_archive_opens_without_us(visit, tmp_path, chromium, width):
    stock = make_stock()
    with working_in(stock.ashdown):
        voice = add_evidence(title=f"{CANARY} speaks", kind="file", by=stock.priya)
        add_version(voice, Checked("voice.txt", "txt", f"{CANARY} was glad".encode()), by=stock.priya)
        board = add_evidence(title="Board", kind="file", may_name_pupils=False, by=stock.priya)
        add_version(board, Checked("board.png", "png", png()), by=stock.priya)
    minutes = tmp_path / "Minutes.txt"
    minutes.write_text("Approved by all.", encoding="utf-8")

    person = visit(stock.priya, width=width)
    person.open("/ashdown/")
    person.press("Benchmarks")
    person.press("Evidence", role="link")
    missing = int(person.words.split(" facts not shown")[0].split()[-1])
    person.press("Add evidence: Governors have approved it", role="link")
    person.type("What is it?", "Minutes of May")
    person.page.get_by_label("A file", exact=True).set_input_files(minutes)
    person.page.get_by_label("It may name a pupil").uncheck()
    person.press("Add it")
    assert "Added: Minutes of May." in person.words
    assert person.clicks == 4
    assert person.violations() == []
    person.open("/ashdown/evidence/")
    assert f"{missing - 1} facts not shown" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()

    person.press("Archive for a reviewer")
    assert person.violations() == []
    with person.page.expect_download() as taken:
        person.page.get_by_role("button", name="Download the archive").click()
    zipped = tmp_path / "archive.zip"
    taken.value.save_as(zipped)
    assert person.failures == []
    opens_without_us(chromium, zipped, tmp_path / "unpacked")


def opens_without_us(chromium, zipped, folder) -> None:
    """Unpacked, with the network off: every link of the page opens, and no byte says the pupil's word."""
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(folder)
    assert CANARY.encode() not in zipped.read_bytes()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert not any(CANARY.encode() in path.read_bytes() or CANARY.lower() in path.name for path in files)
    context = chromium.new_context(offline=True)
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    index = (folder / "index.html").as_uri()
    page.goto(index)
    assert "Careers evidence of Ashdown School" in page.inner_text("h1")
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).borderTopWidth") == "3px"
    links = sorted({each.get_attribute("href") for each in page.locator("a[href^=files]").all()})
    assert [each.rpartition("-")[2] for each in links] == ["board.png", "may.txt"]
    for link in links:
        page.goto(index)
        page.locator(f'a[href="{link}"]').first.click()
        page.wait_for_url(f"**/{link}")
    assert "Approved by all." in page.inner_text("body")
    assert [each for each in asked if not each.startswith("file:")] == []
    assert said == []
    context.close()
