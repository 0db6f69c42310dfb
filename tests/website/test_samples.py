"""Every seeded fault is found, and nothing else is alarmed, on pages in the ways in which real school websites are built."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from dekaan.website.judging.findings import AboutSchool, OurRecords, State
from dekaan.website.judging.judge import judge
from dekaan.website.judging.site import Site
from dekaan.website.reading.child import read_content
from tests.website.samples import writer

pytestmark = pytest.mark.once

PAGE = "https://www.ashdown.example/careers/"
RECORDS = OurRecords(
    leader_name=writer.LEADER,
    leader_email=writer.EMAIL,
    leader_telephone=writer.TELEPHONE,
    next_review=writer.REVIEW,
    page=PAGE,
)
ABOUT = AboutSchool("Ashdown School", "Weirbrook Learning Trust", is_academy=True)


def read(path: Path, ours: str = "") -> Site:
    """The sample as a visit would read it; `ours` is what our records say otherwise."""
    records = RECORDS
    if ours == "no telephone":
        records = replace(RECORDS, leader_telephone="")
    elif ours:
        records = replace(RECORDS, leader_name=ours)
    documents = [read_content(path.read_bytes(), address=PAGE)]
    if path.with_suffix(".pdf").exists():
        policy = read_content(path.with_suffix(".pdf").read_bytes(), address=f"{PAGE}policy.pdf")
        documents.append(policy.led_to_by("Provider access policy statement (PDF)"))
    return Site(documents, writer.ON, ABOUT, records)


def rows() -> list[dict[str, str]]:
    with (writer.HERE / "faults.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["page"])
def test_the_seeded_fault_is_found_and_nothing_else(row):
    found = judge(read(writer.HERE / row["page"], row["our records"]))
    alarmed = {each.key: str(each.state) for each in found if each.state != State.PRESENT}
    expected = (
        dict(each.rsplit(" ", 1) for each in row["must find"].split("; ")) if row["must find"] != "nothing" else {}
    )
    assert alarmed == expected, [(each.key, each.state, each.sentence, each.note) for each in found if each.key in {*alarmed, *expected}]  # fmt: skip
    assert all(each.sentence or each.state != State.PRESENT for each in found)
    assert all(each.paste for each in found)


def test_there_are_at_least_sixty_and_every_fault_is_seeded():
    assert len(ROWS) >= 60
    assert len({row["style"] for row in ROWS}) == 10
    seeded = {row["fault"] for row in ROWS}
    assert {each.key for each in (*writer.FAULTS, *writer.RIGHT, *writer.SOUNDS, *writer.IN_PART)} <= seeded


def test_the_samples_are_as_their_writer_writes_them():
    written = writer.samples()
    assert (writer.HERE / "faults.csv").read_text(encoding="utf-8") == writer.table(written)
    assert {each.name for each in written if (writer.HERE / f"{each.name}.html").read_text(encoding="utf-8") != each.page} == set()  # fmt: skip
    assert {each.name for each in written if each.policy} == {
        path.relative_to(writer.HERE).with_suffix("").as_posix() for path in writer.HERE.glob("*/*.pdf")
    }
