"""Asking every address, and looking at every byte of the answer."""

import io
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from pypdf import PdfReader

from dekaan.access.data_classes import Access, DataClass
from dekaan.access.matrix import cell, opened_to
from tests.house.test_other_school import OF_A_SCHOOL
from tests.isolation.policy import COUNTED_ON, IN_A_CASE
from tests.isolation.world import LABELS, OUTSIDE, Corner, Word, World

METHODS = ("get", "post")
ALL = frozenset({"", "s", "T"})


@dataclass
class Tally:
    """What was asked and what was found wrong."""

    requests: int = 0
    leaks: list[tuple] = field(default_factory=list)  # a word that should not have been there
    surprises: list[tuple] = field(default_factory=list)  # an answer that should have been another
    opened: set[str] = field(default_factory=set)  # addresses that answered 200 where they should

    def __iadd__(self, other: "Tally") -> Self:
        self.requests += other.requests
        self.leaks += other.leaks
        self.surprises += other.surprises
        self.opened |= other.opened
        return self


def every_byte(answer: HttpResponse) -> str:
    """The answer as text: its headers, its page or file, what a zip or workbook holds, what a PDF says."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = str(answer.headers) + body.decode("utf-8", "replace")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            text += "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if body.startswith(b"%PDF"):
        text += re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))
    return text


@contextmanager
def listened() -> Iterator[list[str]]:
    """What is logged meanwhile."""
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    listener = Listener()
    logging.getLogger().addHandler(listener)
    loggers = [logging.getLogger(name) for name in ("django.request", "django", "dekaan")]
    for each in loggers:
        each.addHandler(listener)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(listener)
        for each in loggers:
            each.removeHandler(listener)


def may_read(role: str, places: Iterable[str], found: Word, name: str) -> bool:
    """Whether the matrix opens the word to the role on that page."""
    if not role or found.school not in places:
        return False
    data_class = DataClass(found.data_class)
    # A report is a count: what it would give away is hidden in it already.
    letters = opened_to(role, data_class, Access.COUNTS if data_class is DataClass.R else Access.READS)
    if not letters and found.text in _LABEL_TEXTS and name in COUNTED_ON:
        return bool(opened_to(role, data_class, Access.COUNTS))
    if name in IN_A_CASE and any(part.does == "case" for part in cell(role, data_class).parts):
        return True
    if found.whose == OUTSIDE:
        return bool(letters & ALL)
    return bool(letters)


_LABEL_TEXTS = {label for _, label in LABELS.values()}


def words_in(text: str, world: World) -> list[Word]:
    found = [each for each in world.words if each.text in text]
    return found + [Word(label, "ours", "S3", whose) for whose, (_, label) in LABELS.items() if label in text]


def ask(
    client: Client, address: str, method: str, *, role: str, places: set[str], world: World, name: str
) -> tuple[int, list[tuple]]:
    """The status, and every word in page, headers, files, mail and log that the role must not see."""
    mail.outbox = []
    with listened() as log:
        answer = getattr(client, method)(address)
        text = every_byte(answer)
    sent = "".join(str(message.message()) for message in mail.outbox)
    leaks = [
        (role, name, method, each.text) for each in words_in(text, world) if not may_read(role, places, each, name)
    ]
    leaks += [(role, name, "mail or log", each.text) for each in words_in(sent + "".join(log), world)]
    return answer.status_code, leaks


def address_of(entry: URLPattern, corner: Corner, of: Corner | None = None) -> str:
    """The address in one school; with the rows `of` another where they are smuggled in."""
    return reverse(entry.name, kwargs={"school_slug": corner.school.slug, **(of or corner).arguments(entry)})


def walk(
    world: World,
    client: Client,
    *,
    role: str,
    places: set[str],
    held: frozenset[Any],
    policy: dict[str, Any],
    corners: Iterable[Corner],
    methods: Iterable[str] = METHODS,
    entries: Iterable[URLPattern] = tuple(OF_A_SCHOOL),
) -> Tally:
    """Ask every address in these schools; undone afterwards, so that the next person finds everything as it was."""
    tally = Tally()
    with transaction.atomic():
        for method in methods:
            for corner in corners:
                is_open = corner.school.slug in places
                for entry in entries:
                    status, leaks = ask(
                        client,
                        address_of(entry, corner),
                        method,
                        role=role,
                        places=places,
                        world=world,
                        name=entry.name,
                    )
                    tally.requests += 1
                    tally.leaks += leaks
                    allowed = policy[entry.name] in held
                    right = (
                        (status == 404)
                        if not is_open
                        else (status == 403)
                        if not allowed
                        else status < 500 and (status != 403 or method == "post")
                    )
                    if not right:
                        tally.surprises.append((role, corner.school.slug, entry.name, method, status))
                    if is_open and allowed and method == "get" and status == 200:
                        tally.opened.add(entry.name)
        transaction.set_rollback(True)
    return tally
