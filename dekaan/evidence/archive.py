"""The archive that a reviewer opens without us: one zip with a page that leads to every piece, and nothing else.

What may name pupils stays out unless somebody chose it. Names of files are made of titles and numbers, so that any disk takes
them and none is there twice; the same cabinet on the same day gives the same bytes.
"""

import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files as resources
from io import RawIOBase
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import slugify

from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.evidence import files
from dekaan.evidence.models import Evidence
from dekaan.evidence.queries import Observed, line_of, observed_on, pieces, serves
from dekaan.frameworks.queries import Framework, theme_sets
from dekaan.measures.queries import Figure, coverage_of_criteria, released
from dekaan.schemes.models import Observation
from dekaan.schemes.queries import theme_names
from dekaan.schools.models import School

IN_FORCE = {"in-force", "soon"}
NOT_OPENED = b"This file could not be opened when the archive was made.\n"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of zip files: the bytes must not say when they were made


@dataclass(frozen=True)
class Entry:
    """A piece as the archive tells of it."""

    piece: Evidence | Observed
    number: int
    whose: str
    serves: frozenset[str]
    path: str = ""  # of its file in the archive
    stored_as: str = ""
    words: str = ""  # where there is no file


@dataclass(frozen=True)
class Part:
    """A criterion or a theme, with its pieces and its figure where one is wanted."""

    title: str
    entries: tuple[Entry, ...]
    figure: str = ""


@dataclass(frozen=True)
class Chapter:
    """A framework, an award or a review."""

    title: str
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True)
class Archive:
    """What goes in and what stays out."""

    school: str
    on: date
    mark: str
    chapters: tuple[Chapter, ...]
    entries: tuple[Entry, ...]
    left_out: int  # pieces that may name pupils and were not chosen
    chosen: int  # and those that were


def in_force(on: date) -> list[Evidence | Observed]:
    """What may go into an archive: the pieces that are good on the day, then the observations that are."""
    return [*(each for each in pieces() if line_of(each, on).state in IN_FORCE), *observed_on(on)]


def archive_of(
    school: School,
    *,
    on: date,
    frameworks: Collection[Framework],
    with_owners: bool = False,
    with_figures: bool = True,
    chosen: Collection[int] = (),
) -> Archive:
    """What the archive of the school in scope holds on that day; of pieces that may name pupils only those `chosen`."""
    found = in_force(on)
    going = [each for each in found if not each.may_name_pupils or each.pk in chosen]
    entries = tuple(_entry(each, number, with_owners=with_owners) for number, each in enumerate(going, start=1))
    figures = _figures(school, on, frameworks) if with_figures else {}
    chapters = (*(_by_criterion(each, entries, figures, on) for each in frameworks), *_by_theme(entries))
    placed = {entry.number for chapter in chapters for part in chapter.parts for entry in part.entries}
    loose = tuple(entry for entry in entries if entry.number not in placed)
    return Archive(
        school=school.name,
        on=on,
        mark="",
        chapters=(*chapters, Chapter("Besides", (Part("Under none of these", loose),))) if loose else chapters,
        entries=entries,
        left_out=len(found) - len(going),
        chosen=sum(each.may_name_pupils for each in going),
    )


def _entry(piece: Evidence | Observed, number: int, *, with_owners: bool) -> Entry:
    if isinstance(piece, Observed):
        whose = _looked(piece.observation, with_owners=with_owners)
        return Entry(piece, number, whose, frozenset(serves(piece)), words=_seen(piece.observation))
    entry = Entry(piece, number, _whose(piece, with_owners=with_owners), frozenset(serves(piece)))
    version = next(iter(piece.files.all()), None)
    if version is not None and files.is_there(version.stored_as):
        stem = slugify(piece.title)[:60].strip("-_") or "evidence"
        return replace(entry, path=f"files/{number:03}-{stem}.{version.ending}", stored_as=version.stored_as)
    return replace(entry, words=_words_of(piece))


def _whose(piece: Evidence, *, with_owners: bool) -> str:
    if piece.owner is None:
        return "nobody’s"
    post = piece.owner.post or "a member of staff"
    return f"{piece.owner}, {post}" if with_owners else post


def _looked(observation: Observation, *, with_owners: bool) -> str:
    if with_owners:
        return observation.who or "not said who looked"
    post = (observation.seen_by.post or "a member of staff") if observation.seen_by else ""
    return " and ".join(each for each in (post, "a visitor" if observation.visitor else "") if each) or "not said"


def _seen(observation: Observation) -> str:
    """What was seen, was good and is to work on. What is done about it stays with the school."""
    said = ("Seen", observation.seen), ("Good", observation.good), ("To work on", observation.to_work_on)
    return "\n".join(f"{name}: {text}" for name, text in said if text)


def _words_of(piece: Evidence) -> str:
    if piece.kind == Evidence.Kind.FILE:
        return "The file is not there any more."
    if piece.kind == Evidence.Kind.ADDRESS:
        return f"On the web: {piece.address}"
    if piece.kind == Evidence.Kind.STATEMENT:
        return piece.statement
    if piece.session:
        return f"Recorded in Dekaan: {piece.session.title}, {piece.session.held_on:%-d %B %Y}"
    return f"Recorded in Dekaan: {piece.activity or 'a report'}"


def _figures(school: School, on: date, frameworks: Collection[Framework]) -> dict[str, str]:
    """What may be said outside the careers team of each counted criterion this year."""
    counted = [each for version in frameworks for each in version.counted]
    year = academic_year_of(on)
    found = released(coverage_of_criteria(school.pk, year, counted)) if counted else []
    return {each.criterion: f"{year_label(year)}: {_figure(each)}" for each in found}


def _figure(figure: Figure) -> str:
    if figure.hidden:
        return figure.hidden
    if not figure.of:
        return "nobody is asked about"
    unknown = f", {figure.unknown} unknown" if figure.unknown else ""
    return f"{figure.met} of {figure.of} pupils{unknown}"


def _by_criterion(framework: Framework, entries: tuple[Entry, ...], figures: dict[str, str], on: date) -> Chapter:
    return Chapter(
        framework.title,
        tuple(
            Part(
                f"{each.code} {each.title}",
                tuple(entry for entry in entries if each.id in entry.serves),
                figures.get(each.id, ""),
            )
            for each in framework.criteria
        ),
        "" if framework.is_in_force(on) else "No longer in force.",
    )


def _by_theme(entries: tuple[Entry, ...]) -> Iterator[Chapter]:
    names = theme_names()
    for found in theme_sets():
        parts = tuple(
            Part(names[each.key], tuple(entry for entry in entries if each.key in entry.piece.themes))
            for each in found.themes
            if names[each.key]
        )
        if any(part.entries for part in parts):
            yield Chapter(found.title, parts)


class _Pieces(RawIOBase):
    """What a zip is written to when nobody may go back in it: its bytes are taken away as they come."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        found, self.waiting = b"".join(self.waiting), []
        return found


def pieces_of_zip(archive: Archive) -> Iterator[bytes]:
    """The zip, a file at a time: never more than one of them is in memory. Asks nothing of the database."""
    out = _Pieces()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        _put(into, "index.html", lambda: index_of(archive).encode())
        yield out.taken()
        for entry in archive.entries:
            if entry.path:
                _put(into, entry.path, lambda where=entry.stored_as: _read(where))
                yield out.taken()
    yield out.taken()


def _put(into: zipfile.ZipFile, path: str, content: Callable[[], bytes]) -> None:
    info = zipfile.ZipInfo(path, FIRST_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    into.writestr(info, content())


def _read(stored_as: str) -> bytes:
    try:
        return files.read(stored_as)
    except files.NotReadable:
        return NOT_OPENED


def index_of(archive: Archive) -> str:
    """The page that leads to everything: no script, no address outside, all styles in it."""
    css = resources("dekaan.evidence").joinpath("data", "archive.css").read_text(encoding="utf-8")
    return render_to_string(
        "evidence/archive_index.html", {"archive": archive, "styles": format_html("<style>{}</style>", css)}
    )
