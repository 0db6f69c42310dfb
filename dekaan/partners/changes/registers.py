"""A file of a public register is taken whole or not at all."""

import csv
import io
import re
from dataclasses import dataclass

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.folding import folded
from dekaan.core.identifiers import normal_number, ukprn_problem, urn_problem
from dekaan.partners.models import RegisterEntry
from dekaan.partners.published import Register, kind_of_type, registers

MOST_BYTES = 120 * 1024 * 1024  # the whole register of schools, with all its columns, has some 60 MB
MOST_ROWS = 200_000
_CLOSED = {"2", "closed"}
_CHILDRENS_CENTRE = re.compile(r"\d{5}")  # stands in the register of schools, with a digit less


class NotARegister(Exception):
    """The file is none of the registers, or something in it cannot be; says what, where, and what to do."""


@dataclass(frozen=True)
class Loaded:
    """Which register was loaded, how many entries it has, and how many were left out: closed schools and children's centres."""

    register: str
    entries: int
    left_out: int


@transaction.atomic
def load_register(content: bytes, *, by: User | None) -> Loaded:
    """The register is as the file has it, for every school of the installation. Raises NotARegister, and changes nothing."""
    rows = csv.reader(io.StringIO(_text(content), newline=""))
    try:
        head = [cell.strip() for cell in next(rows, [])]
        register, places = _which(head)
        entries, left_out = _entries(rows, register, places)
    except csv.Error as problem:
        raise NotARegister(f"Line {rows.line_num} cannot be read as CSV. Save the file as CSV again.") from problem
    if not entries:
        raise NotARegister("The file has headings and no row that could be looked up. Nothing was loaded.")
    RegisterEntry.objects.filter(register=register.key).delete()
    RegisterEntry.objects.bulk_create(entries.values(), batch_size=1000)
    detail = {"register": register.key, "entries": len(entries)}
    record(action="register loaded", by=by, subject="register", detail=detail, school_id=0)
    return Loaded(register.name, len(entries), left_out)


def _text(content: bytes) -> str:
    """The registers are published in cp1252, and come in UTF-8 from whoever saved them again."""
    if len(content) > MOST_BYTES:
        raise NotARegister("The file is larger than a register is. Nothing was loaded.")
    if b"\x00" in content:
        raise NotARegister("This is no CSV file. Download the register as CSV, or save the workbook as CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _which(head: list[str]) -> tuple[Register, dict[str, int]]:
    """The register whose number and name the headings have, and where its columns stand."""
    for register in registers().values():
        places = {
            what: head.index(found)
            for what, names in register.columns.items()
            if (found := next((name for name in names if name in head), None)) is not None
        }
        if {"number", "name"} <= set(places):
            return register, places
    wanted = " or ".join(
        f"{each.columns['number'][0]} with {each.columns['name'][0]} ({each.name})" for each in registers().values()
    )
    raise NotARegister(f"The first line has none of the headings that tell a register: {wanted}. Nothing was loaded.")


def _entries(rows: object, register: Register, places: dict[str, int]) -> tuple[dict[str, RegisterEntry], int]:
    found: dict[str, RegisterEntry] = {}
    left_out = 0
    problem_of = urn_problem if register.number == "urn" else ukprn_problem
    for cells in rows:  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        line = rows.line_num  # type: ignore[attr-defined]
        said = {what: cells[at].strip() if at < len(cells) else "" for what, at in places.items()}
        number, name = normal_number(said["number"]), said["name"]
        if register.number == "urn" and _CHILDRENS_CENTRE.fullmatch(number):
            left_out += 1
            continue
        if problem := problem_of(number):
            raise NotARegister(f"Line {line}: {problem}. Nothing was loaded.")
        if not name:
            raise NotARegister(f"Line {line}: {number} has no name. Nothing was loaded.")
        if said.get("status", "").lower() in _CLOSED:
            left_out += 1
            continue
        if number in found:
            raise NotARegister(f"Line {line}: {number} stands in the file twice. Nothing was loaded.")
        if len(found) >= MOST_ROWS:
            raise NotARegister(f"The file has more than {MOST_ROWS} rows, which no register has. Nothing was loaded.")
        found[number] = _entry(register, number, said)
    return found, left_out


def _entry(register: Register, number: str, said: dict[str, str]) -> RegisterEntry:
    ukprn = number if register.number == "ukprn" else normal_number(said.get("ukprn", ""))
    return RegisterEntry(
        register=register.key,
        number=number,
        name=said["name"][:200],
        plain=folded(said["name"])[:200],
        town=said.get("town", "")[:80],
        postcode=said.get("postcode", "")[:10].upper(),
        website=said.get("website", "")[:200],
        ukprn="" if ukprn_problem(ukprn) else ukprn,
        kind=kind_of_type().get(said.get("type", "").lstrip("0"), ""),
        loaded_on=today(),
    )
