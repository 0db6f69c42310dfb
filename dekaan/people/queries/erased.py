"""Recognising whoever was erased, without keeping who they were.

The key lies outside the database, so that the hashes in it say nothing by themselves.
"""

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from dekaan.core.folding import folded
from dekaan.core.scope import schools_in_scope
from dekaan.people.models import ErasedPupil, Pupil

# Numbers that are one person's for ever, and numbers that a school may give again.
OWN_NUMBERS = ("upn", "uln")
SCHOOL_NUMBERS = ("admission_number", "mis_id", "email")
NAMES = ("surname", "forename", "preferred_surname", "preferred_forename")
# What stands for the name of somebody who is kept without one.
FORMER_CARER, FORMER_COLLEAGUE = "Former contact", "Former colleague"
BORN, NAMED, NAMED_AND_BORN, PART = "birth_date", "name", "name_and_birth_date", "part_of_name"


def erasure_key() -> bytes:
    """The key of the hashes: from the environment, else made once and kept in the data folder."""
    if key := os.environ.get("DEKAAN_ERASURE_KEY"):
        return key.encode()
    file = Path(settings.DATA) / "erasure-key"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text(encoding="utf-8").strip().encode()


def digests_of(values: dict[str, Any], *, former_upns: Iterable[str] = ()) -> dict[str, list[str]]:
    """For each kind of number that the values have, its keyed hashes in the school in scope."""
    (school,) = schools_in_scope()
    key = erasure_key()

    def digest(kind: str, text: str) -> str:
        return hmac.new(key, f"{school}|{kind}|{text}".encode(), hashlib.sha256).hexdigest()

    said: dict[str, set[str]] = {}
    for kind in (*OWN_NUMBERS, *SCHOOL_NUMBERS):
        if text := _plain(kind, values.get(kind)):
            said.setdefault(kind, set()).add(digest(kind, text))
    for upn in (*former_upns, values.get("former_upn")):
        if upn:
            said.setdefault("upn", set()).add(digest("upn", _plain("upn", upn)))
    whole = [values.get(each) or "" for each in NAMES]
    # Each name and each word of it, whichever column it stands in.
    if parts := {folded(each) for name in whole for each in (name, *name.split())} - {""}:
        said[PART] = {digest(PART, each) for each in parts}
    born = str(values.get("birth_date") or "")
    if born:
        said[BORN] = {digest(BORN, born)}
    for surname in {folded(values.get("surname") or ""), folded(values.get("preferred_surname") or "")} - {""}:
        for forename in {folded(values.get("forename") or ""), folded(values.get("preferred_forename") or "")} - {""}:
            said.setdefault(NAMED, set()).add(digest(NAMED, f"{surname}|{forename}"))
            if born:
                said.setdefault(NAMED_AND_BORN, set()).add(digest(NAMED_AND_BORN, f"{surname}|{forename}|{born}"))
    return {kind: sorted(found) for kind, found in said.items()}


def _plain(kind: str, value: Any) -> str:
    """As lists write it, with or without the zeros that spreadsheets drop."""
    text = "".join(str(value or "").split()).casefold()
    return text.lstrip("0") if kind in {"admission_number", "mis_id"} else text


def values_of(pupil: Pupil) -> dict[str, Any]:
    """What recognising needs of a pupil."""
    return {name: getattr(pupil, name) for name in (*NAMES, BORN, *OWN_NUMBERS, *SCHOOL_NUMBERS)}


def digests_of_pupil(pupil: Pupil) -> dict[str, list[str]]:
    """The keyed hashes of a pupil, former pupil numbers too."""
    former = pupil.former_identifiers.filter(kind="upn").values_list("value", flat=True)
    return digests_of(values_of(pupil), former_upns=former)


@dataclass(frozen=True)
class Erased:
    """Everybody of the school in scope who was erased."""

    people: tuple[ErasedPupil, ...]

    def recognised(self, values: dict[str, Any], *, surely: bool = False) -> ErasedPupil | None:
        """Whom of them a row of a list is about, or None.

        Unless `surely`, a row that has nothing but the name is taken to be about the one of that name, and one that has
        the birth date about the one whose name is spelt a little otherwise: rather one question than a child brought back.
        """
        if not self.people:
            return None
        said = digests_of(values)
        return next((each for each in self.people if is_same(each.digests, said, surely=surely)), None)

    def are_named(self, text: str) -> bool:
        """Whether the text holds two parts of the name of one of them: a first and a last name, in whatever order."""
        if not self.people:
            return False
        said = {*digests_of({"surname": re.sub(r"[^\w’'-]+", " ", text)}).get(PART, ())}
        return any(len(said.intersection(each.digests.get(PART, ()))) > 1 for each in self.people)


def is_same(theirs: dict[str, list[str]], said: dict[str, list[str]], *, surely: bool) -> bool:
    """Whether the hashes are one person's: a number or the name in common, and nothing that says otherwise.

    Surely is by a number that is one person's for ever, by name and birth date, or by a school's number and the name.
    Otherwise a school's number and the birth date are enough, whatever the name has become meanwhile, and so are the birth
    date and one part of the name, in either column, where no school's number says otherwise.
    """

    def shared(kind: str) -> bool:
        return bool({*theirs.get(kind, ())} & {*said.get(kind, ())})

    def differs(kind: str) -> bool:
        return bool(theirs.get(kind) and said.get(kind) and not shared(kind))

    if any(shared(kind) for kind in OWN_NUMBERS):
        return True
    if shared(NAMED_AND_BORN):
        return not differs("uln") and not differs("admission_number")  # twins may share a name and a birthday
    if differs(BORN) or any(differs(kind) for kind in OWN_NUMBERS):
        return False
    if any(shared(kind) for kind in SCHOOL_NUMBERS):
        return shared(NAMED) if surely else shared(BORN) or not differs(NAMED)
    if not surely and shared(BORN) and shared(PART):
        return not any(differs(kind) for kind in ("admission_number", "mis_id"))
    return not surely and shared(NAMED) and not any(differs(kind) for kind in ("admission_number", "mis_id"))


def erased_pupils() -> Erased:
    """Everybody of the school in scope who was erased, for recognising."""
    return Erased(tuple(ErasedPupil.objects.all()))
