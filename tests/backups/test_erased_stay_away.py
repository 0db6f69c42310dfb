"""Whoever was erased stays away: from the restore of an older backup, from the old list, from an old transfer file.

DEKAAN_ERASED says how many people; `make drill` says a hundred (security paper, D3).
"""

import json
import os

import pytest

from tests.backups.installation import LEADER, Installation
from tests.exchange.lists import HEADINGS, as_csv, pupils

MANY = int(os.environ.get("DEKAAN_ERASED", "5"))
STAY = 3
SETTINGS = {"DJANGO_SETTINGS_MODULE": "dekaan.settings"}
ERASE = """
import django; django.setup()
from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from dekaan.privacy.changes import erase_pupil
from dekaan.schools.models import School
with working_in(School.objects.get()):
    for pupil in Pupil.objects.filter(surname__startswith="Goneaway"):
        erase_pupil(pupil, by=None)
"""


def letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in f"{number:03d}")


def everybody() -> list[dict[str, str]]:
    """Those who will be erased, and some who stay."""
    rows = pupils(MANY + STAY)
    names = ["Goneaway"] * MANY + ["Staysson"] * STAY
    return [row | {"Legal Surname": name + letters(n)} for n, (row, name) in enumerate(zip(rows, names, strict=True))]


def transfer_file(rows: list[dict[str, str]]) -> str:
    """A Common Transfer File about them, as the school they came from would send it again."""
    about = "".join(
        f"<Pupil><UPN>{row['UPN']}</UPN><Surname>{row['Legal Surname']}</Surname><Forename>{row['Legal Forename']}"
        f"</Forename><DOB>{'-'.join(reversed(row['DOB'].split('/')))}</DOB><Sex>{row['Sex']}</Sex><BasicDetails>"
        f"<NCyearActual>{row['Year'].removeprefix('Year ')}</NCyearActual></BasicDetails></Pupil>"
        for row in rows
    )
    head = "<Header><CTFversion>25.0</CTFversion></Header>"
    return f'<?xml version="1.0" encoding="utf-8"?><CTfile>{head}<CTFpupilData>{about}</CTFpupilData></CTfile>'


def there(place: Installation) -> tuple[int, int]:
    """How many of those erased, and of those who stay, the school has; by name or by number."""
    rows = [json.loads(line) for line in place.run("dump", "--canonical", "--school", "ashdown").out.splitlines()]
    found = [row for row in rows if row["is"] == "people.pupil"]
    people = everybody()

    def known(some: list[dict[str, str]]) -> int:
        names, numbers = {row["Legal Surname"] for row in some}, {row["UPN"] for row in some}
        return sum(row["surname"] in names or row.get("upn") in numbers for row in found)

    return known(people[:MANY]), known(people[MANY:])


@pytest.mark.once
def test_nobody_who_was_erased_comes_back_with_a_backup_a_list_or_a_transfer_file(ashdown, elsewhere, tmp_path):
    """By number and birth date, by the name alone, and by what the school before them sends."""
    first = ashdown.run("backup", "-o", tmp_path, "--json").json
    assert elsewhere.run("restore", first["file"], "--key", ashdown.key).code == 0
    people = everybody()
    lists = {
        "roll.csv": as_csv(people),
        "names.csv": as_csv(people, [each for each in HEADINGS if each not in {"Adno", "UPN", "DOB"}]),
        "2014567_CTF_2014568_001.xml": transfer_file(people),
        "respelt.csv": as_csv(
            [row | {"Legal Forename": row["Legal Forename"] + "e"} for row in people],
            [each for each in HEADINGS if each != "UPN"],
        ),
    }
    for name, text in lists.items():
        (tmp_path / name).write_text(text)
    bring = ("import", "pupils", "--school", "ashdown", "--some", "--leader-has-looked", "--json")
    assert elsewhere.run(*bring, tmp_path / "roll.csv").json["counts"] == {"joins": MANY + STAY}
    assert there(elsewhere) == (MANY, STAY)
    assert elsewhere.run("backup", "key").code == 0
    key = (elsewhere.data / "backup-private-key").rename(tmp_path / "key")
    older = elsewhere.run("backup", "-o", tmp_path / "older.dekaan.age", "--json").json
    erased = elsewhere.start("-c", ERASE, **SETTINGS)
    assert (erased.code, there(elsewhere)) == (0, (0, STAY)), erased.err

    assert elsewhere.run("restore", older["file"], "--key", key, "--over", "--agreed-by", LEADER).code == 0
    back = {"older backup": there(elsewhere)}
    for name in lists:
        said = elsewhere.run(*bring, tmp_path / name).json
        assert (said["state"], said["counts"].get("refused")) == ("done", MANY), (name, said)
        back[name] = there(elsewhere)
    assert set(back.values()) == {(0, STAY)}, back
    for words in (("measures", "verify"), ("audit", "verify")):
        assert elsewhere.run(*words).code == 0, words
    print(f"\nerased {MANY}; then {', '.join(back)}: {sum(gone for gone, _ in back.values())} of {MANY} came back")
