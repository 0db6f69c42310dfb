"""The responsibility grid: of each of the thirty who is responsible and who accountable, gaps, and what rests on one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dekaan.core.academic_year import academic_year_of
from dekaan.curriculum.queries import subjects_of
from dekaan.frameworks.queries import Responsibility, key_roles, responsibilities, responsibility_headings
from dekaan.people.models import Group, StaffMember
from dekaan.team.models import Assignment
from dekaan.team.queries.setting_up import Standing

MUCH = 10  # of the thirty: a third, which nobody else does when that one is away


@dataclass(frozen=True)
class Who:
    """A key role or a colleague, with who that is now; nobody is no key."""

    key: str  # "role:leader", "staff:12" or ""
    label: str
    people: tuple[str, ...]

    @property
    def words(self) -> str:
        """ "Priya Raman (Careers Leader)", "Careers Administrator: nobody", "nobody"."""
        if not self.key:
            return "nobody"
        if self.key.startswith("staff:"):
            return ", ".join(self.people) or f"{self.label}, who has left"
        return f"{', '.join(self.people)} ({self.label})" if self.people else f"{self.label}: nobody"


@dataclass(frozen=True)
class GridLine:
    """One responsibility, and whose it is."""

    responsibility: Responsibility
    responsible: Who
    accountable: Who
    is_said: bool  # else it is only what is usual under the model

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words."""
        said = []
        for part, who in (("responsible", self.responsible), ("accountable", self.accountable)):
            if not who.key:
                said.append(f"Nobody is {part}.")
            elif not who.people:
                said.append(f"Nobody is {part}: {who.words}.")
        return tuple(said)


@dataclass(frozen=True)
class Grid:
    """The thirty on a day."""

    lines: tuple[GridLine, ...]

    @property
    def by_heading(self) -> list[tuple[str, list[GridLine]]]:
        """The lines under the four headings."""
        return [
            (name, [each for each in self.lines if each.responsibility.heading == key])
            for key, name in responsibility_headings().items()
        ]

    @property
    def is_said(self) -> bool:
        """Whether anybody has said whose they are."""
        return any(each.is_said for each in self.lines)

    @property
    def gaps(self) -> list[GridLine]:
        """Those for which somebody is missing."""
        return [each for each in self.lines if each.gaps]

    @property
    def single_points(self) -> list[str]:
        """What rests on one person, in sentences."""
        alone = Counter(each.responsible.people[0] for each in self.lines if len(each.responsible.people) == 1)
        said = [
            f"{name} alone is responsible for {number} of {len(self.lines)}: when {name.split()[0]} is away, nobody does them."
            for name, number in alone.most_common()
            if number >= MUCH
        ]
        same = sum(
            len(each.responsible.people) == 1 and each.responsible.people == each.accountable.people
            for each in self.lines
        )
        if same:
            said.append(
                f"For {same} of {len(self.lines)} one person is both responsible and accountable: nobody looks on."
            )
        return said


def assignments(on: date) -> dict[str, Assignment]:
    """What was said of each responsibility for that day."""
    rows = (
        Assignment.objects.filter(starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        .select_related("responsible_staff", "accountable_staff")
        .order_by("responsibility", "starts_on", "pk")
    )
    return {each.responsibility: each for each in rows}


def grid(now: Standing) -> Grid:
    """The thirty as they stand; where nobody said, what is usual under the model: three statements at most."""
    said = assignments(now.on)
    wide = wide_roles(now.on)
    model = now.led.model if now.led else ""
    lines = []
    for each in responsibilities().values():
        found = said.get(each.id)
        if found:
            responsible = _who(found.responsible_role, found.responsible_staff, now, wide)
            accountable = _who(found.accountable_role, found.accountable_staff, now, wide)
        else:
            responsible, accountable = (_who(role, None, now, wide) for role in each.usual(model))
        lines.append(GridLine(each, responsible, accountable, found is not None))
    return Grid(tuple(lines))


def _who(role: str, staff: StaffMember | None, now: Standing, wide: dict[str, tuple[StaffMember, ...]]) -> Who:
    if staff is not None:
        here = staff.ends_on is None or staff.ends_on > now.on
        return Who(f"staff:{staff.pk}", str(staff), (str(staff),) if here else ())
    if not role:
        return Who("", "", ())
    known = key_roles().get(role)
    people = tuple(each.holder for each in now.holders(role)) or tuple(str(each) for each in wide.get(role, ()))
    return Who(f"role:{role}", known.name if known else role, people)


def wide_roles(on: date) -> dict[str, tuple[StaffMember, ...]]:
    """Tutors and those who speak for subjects, whom nobody names one by one: two statements."""
    year = academic_year_of(on)
    groups = Group.objects.filter(kind=Group.Kind.TUTOR, academic_year=year, tutor__isnull=False)
    tutors = {each.tutor_id: each.tutor for each in groups.select_related("tutor").order_by("name", "pk") if each.tutor}
    leads = {each.representative_id: each.representative for each in subjects_of(year) if each.representative}
    found = {"tutor": tutors.values(), "subject-lead": leads.values()}
    return {
        role: tuple(each for each in people if each and (each.ends_on is None or each.ends_on > on))
        for role, people in found.items()
    }
