"""What the programme means for each: a page for every subject and role, made of the grid, and who has read it."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.curriculum.models import Subject
from dekaan.curriculum.queries import accepted, subjects_of
from dekaan.frameworks.queries import key_roles
from dekaan.people.models import StaffMember
from dekaan.team.models import Acknowledgement
from dekaan.team.queries.grid import Grid, grid, wide_roles
from dekaan.team.queries.setting_up import Standing, standing


@dataclass(frozen=True)
class Reader:
    """A colleague whom a page is for, and whether they have read it as it stands now."""

    staff: StaffMember
    given_on: date | None  # of this version
    earlier_on: date | None  # of one before

    @property
    def words(self) -> str:
        """Whether they have read it, in words."""
        if self.given_on:
            return f"read on {self.given_on:%-d %B %Y}"
        return f"read an earlier version on {self.earlier_on:%-d %B %Y}" if self.earlier_on else "not yet"


@dataclass(frozen=True)
class Said:
    """One line of a page: what is asked, and who leads on it."""

    words: str
    who: str = ""


@dataclass(frozen=True)
class Page:
    """What the programme means for one role or subject."""

    key: str
    title: str
    says: str
    own: tuple[Said, ...]  # what the role itself is responsible for
    answers: tuple[Said, ...]  # and accountable
    takes_part: tuple[Said, ...]
    turn_to: str
    readers: tuple[Reader, ...] = field(compare=False, default=())

    @property
    def digest(self) -> str:
        """Which version of the words it is."""
        lines = [f"{each.words}\x1e{each.who}" for part in (self.own, self.answers, self.takes_part) for each in part]
        return hashlib.sha256("\x1f".join((self.title, self.says, self.turn_to, *lines)).encode()).hexdigest()

    @property
    def not_yet(self) -> list[Reader]:
        """Those who have not read it as it stands now."""
        return [each for each in self.readers if not each.given_on]

    @property
    def read(self) -> int:
        """How many have read it as it stands now."""
        return len(self.readers) - len(self.not_yet)

    @property
    def is_empty(self) -> bool:
        """Whether it asks nothing of anybody."""
        return not (self.own or self.answers or self.takes_part)


def pages(on: date, *, also_of_nobody: bool = False) -> list[Page]:
    """Every page that asks something of somebody who is named, with its readers: ten statements."""
    now = standing(on)
    found, wide = grid(now), wide_roles(on)
    year = academic_year_of(on)
    made: list[tuple[Page, list[StaffMember]]] = []
    for role in key_roles().values():
        if role.key in {"leader", "subject-lead"}:
            continue  # the leader has the job description; whoever speaks for a subject has the subject's page
        people = list(wide["tutor"]) if role.key == "tutor" else [e.staff for e in now.holders(role.key) if e.staff]
        if people or now.holders(role.key) or also_of_nobody:
            made.append((_page(role.key, role.name, role.says, role.key, found, now), people))
    linked: dict[int, set[int]] = {}
    for link in accepted(year):
        linked.setdefault(link.subject_id or 0, set()).add(link.year_group)
    for subject in subjects_of(year):
        lead = subject.representative
        here = [lead] if lead and (lead.ends_on is None or lead.ends_on > on) else []
        made.append((_subject_page(subject, linked.get(subject.pk, set()), found, now), here))
    for staff in _named_themselves(found):
        made.append((_page(f"staff-{staff}", "", "", f"staff:{staff}", found, now), _colleague(staff)))
    return [each for each in _with_readers(made) if not each.is_empty]


def page_for(key: str, on: date) -> Page | None:
    """One page by its key, or None."""
    return next((each for each in pages(on, also_of_nobody=True) if each.key == key), None)


def _page(key: str, title: str, says: str, role: str, found: Grid, now: Standing) -> Page:
    who = role if role.startswith("staff:") else f"role:{role}"
    label = (
        title
        or next((e.responsible.label for e in found.lines if e.responsible.key == who), "")
        or next((e.accountable.label for e in found.lines if e.accountable.key == who), key)
    )
    return Page(
        key=key,
        title=label,
        says=says,
        own=tuple(
            Said(each.responsibility.words, f"accountable: {each.accountable.words}")
            for each in found.lines
            if each.responsible.key == who
        ),
        answers=tuple(
            Said(each.responsibility.words, f"done by: {each.responsible.words}")
            for each in found.lines
            if each.accountable.key == who and each.responsible.key != who
        ),
        takes_part=_parts(role, found),
        turn_to=_turn_to(now),
    )


def _parts(role: str, found: Grid) -> tuple[Said, ...]:
    return tuple(
        Said(each.responsibility.takes_part[role], f"led by: {each.responsible.words}")
        for each in found.lines
        if role in each.responsibility.takes_part and each.responsible.key != f"role:{role}"
    )


def _subject_page(subject: Subject, years: set[int], found: Grid, now: Standing) -> Page:
    label = year_label(academic_year_of(now.on))
    listed = ", ".join(str(each) for each in sorted(years))
    says = f"In {label} the curriculum map has links to careers in {subject.name} for " + (
        f"Year {listed}." if len(years) == 1 else f"Years {listed}." if years else "no year group yet."
    )
    return Page(f"subject-{subject.pk}", subject.name, says, (), (), _parts("subject-lead", found), _turn_to(now))


def _turn_to(now: Standing) -> str:
    leaders = ", ".join(each.holder for each in now.holders("leader"))
    managers = ", ".join(each.holder for each in now.holders("line-manager"))
    said = f"With a question, turn to {leaders}, Careers Leader." if leaders else "Nobody is the Careers Leader now."
    return f"{said} In the senior team {managers} answers for careers." if managers else said


def _named_themselves(found: Grid) -> list[int]:
    keys = {key for each in found.lines for key in (each.responsible.key, each.accountable.key)}
    return sorted(int(key.removeprefix("staff:")) for key in keys if key.startswith("staff:"))


def _colleague(staff: int) -> list[StaffMember]:
    return list(StaffMember.objects.filter(pk=staff))


def _with_readers(made: list[tuple[Page, list[StaffMember]]]) -> list[Page]:
    given: dict[tuple[str, int], list[Acknowledgement]] = {}
    for each in Acknowledgement.objects.order_by("given_on", "pk"):
        given.setdefault((each.page, each.staff_id), []).append(each)
    found = []
    for page, people in made:
        readers = []
        for staff in {each.pk: each for each in people}.values():
            rows = given.get((page.key, staff.pk), [])
            same = [each.given_on for each in rows if each.digest == page.digest]
            readers.append(Reader(staff, same[-1] if same else None, rows[-1].given_on if rows else None))
        found.append(
            Page(page.key, page.title, page.says, page.own, page.answers, page.takes_part, page.turn_to, tuple(readers))
        )
    return found
