"""Who takes which subject: whole year groups as the school says, and the members of teaching groups of that subject."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from dekaan.core.academic_year import today, year_end
from dekaan.core.scope import schools_in_scope
from dekaan.curriculum.models import Subject
from dekaan.measures.models import PupilYear
from dekaan.people.models import Group, Membership


@dataclass(frozen=True)
class Taker:
    """One pupil who is judged that year, with the subjects (ids) that they take as far as it is known."""

    pupil_id: int
    year_group: int
    sex: str
    subjects: frozenset[int]


@dataclass(frozen=True)
class Taken:
    """Who takes what in a year."""

    takers: list[Taker] = field(default_factory=list)

    def by(self, subject: Subject) -> list[Taker]:
        """Those who take the subject."""
        return [each for each in self.takers if subject.pk in each.subjects]

    def cells(self) -> dict[tuple[int, int], int]:
        """(subject, year group) → how many take it."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        for taker in self.takers:
            for subject in taker.subjects:
                found[subject, taker.year_group] += 1
        return found


def taken(academic_year: int, subjects: Iterable[Subject]) -> Taken:
    """Who takes these subjects that year, as the groups are today or were on the year's last day: two statements."""
    (found,) = taken_by_school(academic_year, subjects).values()
    return found


def taken_by_school(academic_year: int, subjects: Iterable[Subject]) -> dict[int, Taken]:
    """The same of each school in scope, by its own of these subjects, in two statements for all of them."""
    whole: dict[tuple[int, int], set[int]] = defaultdict(set)
    by_name: dict[tuple[int, str], set[int]] = defaultdict(set)
    for subject in subjects:
        for year_group in subject.year_groups:
            whole[subject.school_id, year_group].add(subject.pk)
        for name in subject.names:
            by_name[subject.school_id, name].add(subject.pk)
    in_groups: dict[int, set[int]] = defaultdict(set)
    on = min(today(), year_end(academic_year))
    members = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), group__kind=Group.Kind.TEACHING, group__academic_year=academic_year
    )
    named = members.order_by().values_list("school_id", "pupil_id", "group__subject").distinct()
    for school_id, pupil_id, name in named:
        in_groups[pupil_id] |= by_name.get((school_id, name.strip().casefold()), set())
    found = {school_id: Taken() for school_id in schools_in_scope()}
    rows = PupilYear.objects.filter(academic_year=academic_year, in_cohort=1)
    judged = rows.order_by("year_group", "pupil_id").values_list("school_id", "pupil_id", "year_group", "sex")
    for school_id, pupil_id, year_group, sex in judged:
        subjects_taken = frozenset(in_groups.get(pupil_id, set()) | whole[school_id, year_group])
        found[school_id].takers.append(Taker(pupil_id, year_group, sex, subjects_taken))
    return found
