"""Job 9 on the demonstration school: 130 of last summer's leavers by two faulty files, the rest by telephone, counted.

A press acts or navigates; a field is something chosen or typed; a pair is a row of which a person says who it is.
"""

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest

from dekaan.core.scope import working_in
from dekaan.demo.build import SEED
from dekaan.demo.destinations import write_destinations
from dekaan.demo.people import ASHDOWN
from dekaan.demo.roll import invent_pupils, save_pupils
from dekaan.destinations.changes import say_wish
from dekaan.destinations.models import Kind, Statement
from dekaan.destinations.queries import call_list, in_force, leavers
from dekaan.people.models import Pupil, StaffMember
from dekaan.schools.models import School
from tests.journeys.visit import WIDE, Visit
from tests.stock import Stock, make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LEFT_IN, LEAVERS, OF_PUPILS = 2025, 160, 930  # the demonstration school, of a size at which so many left last summer
SECONDS_A_PRESS, SECONDS_A_FIELD, SECONDS_A_PAIR = 15, 15, 30  # what a practised user takes, looked at generously
MINUTES, KEYS_A_CALL = 30, 5
COUNCIL, COLLEGE = "Shropshire Council", "Weir Valley College"
OWN_WORDS = {"16-19 study programme FT": "College: technical course", "Sixth form A-level prog": "College: A levels"}


@dataclass
class Counted:
    """A person at the browser, and what they had to do."""

    person: Visit
    fields: int = 0
    pairs: int = 0
    keys: list[int] = field(default_factory=list)

    def fill(self, label: str, text: str) -> None:
        self.person.page.get_by_label(label, exact=True).first.fill(text)
        self.fields += 1

    def choose(self, label: str, begins: str) -> None:
        """Choose from the list of that name, unless the right one is chosen already."""
        box = self.person.page.get_by_label(label, exact=True).first
        options = box.locator("option").all_inner_texts()
        wanted = next(each for each in options if each.startswith(begins))
        if box.evaluate("(e) => e.selectedOptions[0].innerText.trim()") != wanted.strip():
            box.select_option(label=wanted)
            self.fields += 1

    @property
    def minutes(self) -> float:
        """What it takes of a person's time."""
        pressed = self.person.clicks * SECONDS_A_PRESS
        return (pressed + self.fields * SECONDS_A_FIELD + self.pairs * SECONDS_A_PAIR) / 60


@dataclass
class Files:
    """The council's and the college's file, and who of a row in doubt it is."""

    council: Path
    college: Path
    who: dict[str, Pupil]
    refused: dict[str, str]
    objects: Pupil


@pytest.fixture
def stock(settings, tmp_path) -> Stock:
    """The cast, with the demonstration school's pupils of three years and all that it knows of leavers; nothing else of it."""
    settings.TODAY = "2026-11-24"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.MEDIA_ROOT = tmp_path / "uploads"
    stock, rng = make_stock(), Random(f"{SEED}-ashdown")
    with working_in(stock.ashdown):
        tutor = StaffMember.objects.create(
            surname="Bell", forename="Ann", email="a@ashdown.example", starts_on="2024-09-01"
        )
        invented = invent_pupils(rng, replace(ASHDOWN, pupils=OF_PUPILS), LEFT_IN + 1, LEFT_IN - 1)
        save_pupils(rng, invented, [tutor], LEFT_IN + 1)
        ledger = Random(f"{SEED}-ashdown-destinations")
        write_destinations(ledger, by=stock.priya, today=date(2026, 11, 24))
    return stock


def born(pupil: Pupil) -> str:
    return f"{pupil.birth_date:%d/%m/%Y}"


def written(folder: Path) -> Files:
    """What a council and a college send of these leavers: 75 rows of the one and 57 of the other that are right, and faults."""
    found = [each.pupil for each in leavers(LEFT_IN, Pupil.objects.all())]
    alike: dict[tuple[str, str], list[Pupil]] = {}
    for each in found:
        alike.setdefault((each.surname, each.forename), []).append(each)
    twins = next(pair for pair in alike.values() if len(pair) > 1)  # two of one name
    plain = [each for each in found if len(alike[each.surname, each.forename]) == 1]
    back = Pupil.objects.exclude(pk__in=[each.pk for each in found]).filter(year_records__academic_year=LEFT_IN + 1)
    back = back.filter(year_records__year_group=12).order_by("pk").first()
    say_wish(plain[0], about="sharing", allows=False, who="pupil", by=None)
    codes = ("230", "310", "320", "220", "619", "230.0", "'330")
    rows = [
        [each.surname.upper(), each.forename, born(each), codes[place % len(codes)], "Weir Valley Coll", "01/11/2026"]
        for place, each in enumerate(plain[:71])
    ]
    bride, wrong_day, last_code, no_code, before = plain[71:76]
    rows += [
        ["Harcourt-Lane", bride.forename, born(bride), "230", COLLEGE, ""],  # her surname has changed
        [wrong_day.surname, wrong_day.forename, f"{wrong_day.birth_date.replace(day=wrong_day.birth_date.day % 28 + 1):%d/%m/%Y}", "310", "", ""],
        [twins[0].surname, twins[0].forename, "", "230", COLLEGE, ""],  # two are alike, and the council does not say which
        [last_code.surname, last_code.forename, born(last_code), "450", "", ""],
        [no_code.surname, no_code.forename, born(no_code), "510", "", ""],
        [before.surname, before.forename, born(before), "230", COLLEGE, "01/11/2025"],
        [back.surname, back.forename, born(back), "619", "", ""],  # who is on the roll again
        ["Nobody", "Atall", "01/02/2010", "810", "", ""],
    ]  # fmt: skip
    council = folder / "CCIS extract.csv"
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerows([["Activity survey 2026: OFFICIAL SENSITIVE"], [], ["Surname", "Forename", "DOB", "Activity Code", "Establishment", "Status date"]])  # fmt: skip
    for place, row in enumerate(rows):
        writer.writerows([row, []] if place % 25 == 24 else [row])
    writer.writerow([f"Total: {len(rows)}"])
    council.write_text(lines.getvalue(), encoding="utf-8-sig")

    words = [*OWN_WORDS, "T Level", "Apprenticeship"]
    there = plain[76:131]
    learner = [
        [each.surname, each.forename, each.birth_date, words[place % 4], f"{'Animal care' if place % 2 else 'Joinery'}", f"L{place % 3 + 1}"]
        for place, each in enumerate(there)
    ]  # fmt: skip
    nick = plain[132]
    learner += [
        [nick.surname, nick.forename[:3], nick.birth_date, "T Level", "Digital", "L3"],  # a name that is cut off
        [
            plain[5].surname,
            plain[5].forename,
            born(plain[5]),
            "Apprenticeship",
            "",
            "L2",
        ],  # of whom the council says other
        learner[3],  # twice
        ["Visitor", "From Elsewhere", date(2010, 4, 4), words[0], "Joinery", "L1"],
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Weir Valley College: your leavers on roll at 1 November 2026"], [], ["Last name", "First name", "Date of birth", "Programme type", "Course title", "Level"]):  # fmt: skip
        sheet.append(row)
    for place, row in enumerate(learner):
        sheet.append(row)
        if place == 30:
            sheet.append([])
    college = folder / "WVC leavers.xlsx"
    book.save(college)
    who = {bride.forename: bride, wrong_day.surname: wrong_day, twins[0].surname: twins[0], nick.surname: nick}
    refused = {
        last_code.surname: "Code 450 (Traineeship) was in force until 31 July 2023. Use 430",
        no_code.surname: "“510” is no activity code of the lists that are known here",
        before.surname: "1 November 2025 is before they left",
        back.surname: "They are on the roll of this school, so they have gone nowhere yet.",
        "Nobody": "is nobody whom we know",
    }
    return Files(council, college, who, refused, plain[0])


def bring(at: Counted, file: Path, sender: str, words: dict[str, str]) -> None:
    """From the file to what every row will become: what a person does with one file."""
    person = at.person
    person.choose_file("The file", file)
    person.press("Upload")
    assert "/columns/" in person.page.url, person.words
    at.choose("Which moment does the file speak of?", "On 1 November")
    at.choose("Whose word is it?", "The council" if sender == COUNCIL else "The provider")
    at.fill("Who sent it?", sender)
    for said, means in words.items():
        at.choose(f"What does “{said}” mean?", means)
    person.press("See what will change")
    assert "/preview/" in person.page.url, person.words


def settle(at: Counted, who: dict[str, Pupil]) -> None:
    """Say of each row in doubt who it is; a row of nobody whom we know is left out."""
    page = at.person.page
    for group in page.get_by_role("group").filter(has=page.get_by_role("radio")).all():
        legend = group.locator("legend").inner_text()
        mine = next((each for name, each in who.items() if name in legend), None)
        wanted = f"born {mine.birth_date.day} {mine.birth_date:%B %Y}" if mine else "Leave the row out"
        names = group.get_by_role("radio")
        labels = [each.evaluate("(e) => e.labels[0].innerText") for each in names.all()]
        place = next(at for at, label in enumerate(labels) if wanted in label and (not mine or mine.forename in label))
        names.nth(place).check()
        at.pairs += 1
    if at.pairs:
        at.person.press("Settle these")


def test_last_summers_leavers_by_two_files_and_the_rest_by_telephone(visit, stock, tmp_path):
    with working_in(stock.ashdown):
        assert len(leavers(LEFT_IN, Pupil.objects.all())) == LEAVERS
        files = written(tmp_path)
    at = Counted(visit(stock.priya, width=WIDE))
    person = at.person
    person.page.set_default_timeout(60_000)  # a file is recorded while the page waits: there is no worker beside
    person.open("/ashdown/")
    for name in ("Pupils", "Leavers", "Bring in a council’s or college’s file"):
        person.press(name, role="link")
    bring(at, files.council, COUNCIL, {})
    for name, why in files.refused.items():
        assert why in person.words, name
    settle(at, files.who)
    assert person.violations() == []
    person.press("Confirm")
    assert "Recorded on" in person.words
    person.press("Bring in another file of leavers")
    bring(at, files.college, COLLEGE, OWN_WORDS)
    assert "both are kept, and a person says which holds" in person.words
    settle(at, files.who)
    person.press("Confirm")
    assert "Recorded on" in person.words
    with working_in(stock.ashdown):
        ours = [each.pupil.pk for each in leavers(LEFT_IN, Pupil.objects.all())]
        said = in_force(Statement.objects.filter(kind=Kind.POSITION, pupil_id__in=ours))
        known = {each.pupil_id for each in said}
    counted = f"{len(known)} by {person.clicks} presses, {at.fields} fields, {at.pairs} pairs: {at.minutes:.1f} minutes"
    print(counted)
    assert len(known) == 130, counted
    assert files.objects.pk in known, "an objection is to what leaves, not to what comes in"
    assert at.minutes <= MINUTES, counted
    assert (person.clicks, at.fields, at.pairs) == (12, 4, 4), counted
    telephone_the_rest(at, stock.ashdown, known)


def telephone_the_rest(at: Counted, school: School, known: set[int]) -> None:
    """By keyboard alone, a call after the other, until nobody is left to call."""
    person, keys = at.person, at.person.page.keyboard
    with working_in(school):
        everybody = {each.pupil.pk for each in leavers(LEFT_IN, Pupil.objects.all())}
        rest = call_list(LEFT_IN, Kind.POSITION, Pupil.objects.all())
    assert rest.known == len(known)
    assert len(rest.calls) + sum(number for _, number in rest.not_called) == len(everybody - known)
    person.press("See who is still to be found out")
    person.press("Ring those not found yet")
    said = (
        ("app 3", "Rowan Motors", ""),
        ("sixth form c", "", "A"),
        ("looking", "", ""),
        ("job with", "Sundial Hotels", "A"),
    )
    for place in range(len(rest.calls)):
        route, where, source = said[place % len(said)]
        pressed = 0
        keys.type(route)
        if where or source:
            keys.press("Tab")
            keys.type(where)
            pressed += 1
        if source:
            keys.press("Tab")
            keys.type(source)
            keys.press("Shift+Tab")
            pressed += 2
        person.key("Enter")
        at.keys.append(pressed + 1)
        assert "1 recorded." in person.words
    assert "Nobody is left to call" in person.words
    keys_counted = (
        f"{len(at.keys)} calls, {min(at.keys)} to {max(at.keys)} keys each beyond typing, {sum(at.keys)} in all"
    )
    print(keys_counted)
    assert max(at.keys) <= KEYS_A_CALL, keys_counted
    assert person.failures == []
