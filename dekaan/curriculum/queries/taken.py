"""Who takes which subject: whole year groups as the school says, and the members of teaching groups of that subject.

A teaching group of a subject that the map does not have says that its members take something more.
"""

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
    """One pupil who is judged that year, with the subjects (ids) that they take as far as it is known.

    `unlisted` are names by which teaching groups have what they take besides, and no subject of the map does.
    """

    pupil_id: int
    year_group: int
    sex: str
    subjects: frozenset[int]
    unlisted: frozenset[str] = frozenset()


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

    def unlisted(self) -> dict[str, list[int]]:
        """Name of a teaching group's subject that is not on the map → the year groups in which somebody takes it."""
        spelt, found = dict[str, str](), defaultdict[str, set[int]](set)
        for taker in self.takers:
            for name in sorted(taker.unlisted):
                found[spelt.setdefault(name.casefold(), name)].add(taker.year_group)
        return {name: sorted(found[name]) for name in sorted(found, key=str.casefold)}


def taken(academic_year: int, subjects: Iterable[Subject], given_up: Iterable[Subject] = ()) -> Taken:
    """Who takes these subjects that year, as the groups are today or were on the year's last day: two statements.

    What only a subject that is given up is called is no part of what pupils take.
    """
    (found,) = taken_by_school(academic_year, subjects, given_up).values()
    return found


def taken_by_school(
    academic_year: int, subjects: Iterable[Subject], given_up: Iterable[Subject] = ()
) -> dict[int, Taken]:
    """The same of each school in scope, by its own of these subjects, in two statements for all of them."""
    whole: dict[tuple[int, int], set[int]] = defaultdict(set)
    by_name: dict[tuple[int, str], set[int]] = {
        (each.school_id, name): set() for each in given_up for name in each.names
    }
    for subject in subjects:
        for year_group in subject.year_groups:
            whole[subject.school_id, year_group].add(subject.pk)
        for name in subject.names:
            by_name.setdefault((subject.school_id, name), set()).add(subject.pk)
    in_groups: dict[int, set[int]] = defaultdict(set)
    unlisted: dict[int, dict[str, str]] = defaultdict(dict)
    on = min(today(), year_end(academic_year))
    members = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), group__kind=Group.Kind.TEACHING, group__academic_year=academic_year
    )
    named = members.order_by("group__subject", "group__name")
    for school_id, pupil_id, *said in named.values_list("school_id", "pupil_id", "group__subject", "group__name"):
        name = next(each.strip() for each in said if each.strip())  # a group of no subject goes by its own name
        listed = by_name.get((school_id, name.casefold()))
        if listed is None:
            unlisted[pupil_id].setdefault(name.casefold(), name)
        else:
            in_groups[pupil_id] |= listed
    found = {school_id: Taken() for school_id in schools_in_scope()}
    rows = PupilYear.objects.filter(academic_year=academic_year, in_cohort=1)
    judged = rows.order_by("year_group", "pupil_id").values_list("school_id", "pupil_id", "year_group", "sex")
    for school_id, pupil_id, year_group, sex in judged:
        subjects_taken = frozenset(in_groups.get(pupil_id, set()) | whole[school_id, year_group])
        besides = frozenset(unlisted[pupil_id].values()) if pupil_id in unlisted else frozenset()
        found[school_id].takers.append(Taker(pupil_id, year_group, sex, subjects_taken, besides))
    return found
