"""Reading people, always limited to those whom the person asking may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FilteredRelation,
    Max,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from dekaan.access.data_classes import Access, DataClass
from dekaan.access.matrix import opened_to
from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.folding import folded, folded_words, holds
from dekaan.core.identifiers import uln_problem, upn_problem
from dekaan.people.models import (
    Enrolment,
    Group,
    Membership,
    Pupil,
    YearRecord,
)

NAMES = ("surname", "forename", "preferred_surname", "preferred_forename")


def not_ended(on: date) -> Q:
    """A stay, membership or post that has not ended by that day, as a condition; one that ends later has not."""
    return Q(ends_on__isnull=True) | Q(ends_on__gt=on)


def on_roll(on: date) -> Q:
    """Pupils with an enrolment on that day, as a condition on Pupil."""
    return Q(pk__in=Enrolment.objects.filter(not_ended(on), starts_on__lte=on).values("pupil_id"))


def pupils_visible_to(assignments: Iterable[RoleAssignment], on: date | None = None) -> QuerySet[Pupil]:
    """The pupils, past ones too, whom the roles let a person find by name; the only way screens list or fetch pupils."""
    return pupils_opened(DataClass.D, assignments, on)


def pupils_opened(
    data_class: DataClass,
    assignments: Iterable[RoleAssignment],
    on: date | None = None,
    access: Access = Access.READS,
) -> QuerySet[Pupil]:
    """Those of whom a person may see (or change) what belongs to the class: of each role as far as the matrix says.

    The one place where classes narrower than the directory (participation, needs, flags) are asked for, on a page, in a
    list, in a file or on the command line: two roles held together open no more than each of them does.
    """
    return _within(((each, letter) for each in assignments for letter in opened_to(each.role, data_class, access)), on)


def classes_opened(
    among: Iterable[DataClass], pupil: Pupil, assignments: Iterable[RoleAssignment]
) -> frozenset[DataClass]:
    """Those of the classes of data that a person may see of this pupil."""
    held = list(assignments)
    return frozenset(each for each in among if is_opened(each, pupil, held))


def is_opened(data_class: DataClass, pupil: Pupil, assignments: Iterable[RoleAssignment]) -> bool:
    """Whether a person may see what belongs to the class of this pupil."""
    held = list(assignments)
    letters = {letter for one in held for letter in opened_to(one.role, data_class)}
    if _SEES_ALL in letters:
        return True
    return bool(letters & _RESOLVED) and pupils_opened(data_class, held).filter(pk=pupil.pk).exists()


def opened_of_all(data_class: DataClass, assignments: Iterable[RoleAssignment]) -> bool:
    """Whether a person may see what belongs to the class of everybody at the school: a file or list is of anybody."""
    return any(_SEES_ALL in opened_to(each.role, data_class) for each in assignments)


def opens_needs_and_flags(assignments: Iterable[RoleAssignment]) -> bool:
    """Whether a person may see special educational needs and every flag of everybody at the school."""
    held = list(assignments)
    return all(opened_of_all(each, held) for each in (DataClass.S2, DataClass.S3))


_SEES_ALL = "s"
_RESOLVED = {"y", "t", "n"}


def _within(reaches: Iterable[tuple[RoleAssignment, str]], on: date | None) -> QuerySet[Pupil]:
    """Those whom letters of the matrix reach; one that is resolved elsewhere (own sessions, caseload) reaches nobody."""
    seen, found = Q(pk__in=[]), list(reaches)
    if any(letter == _SEES_ALL for _, letter in found):
        return Pupil.objects.all()
    records = YearRecord.objects.filter(academic_year=academic_year_of(on or today()))
    for assignment, letter in found:
        if letter == "y":
            seen |= Q(pk__in=records.filter(year_group__in=assignment.scope.get("year_groups", [])).values("pupil_id"))
        elif letter == "t":
            names = assignment.scope.get("tutor_groups", [])
            seen |= Q(pk__in=records.filter(tutor_group__name__in=names).values("pupil_id"))
        elif letter == "n":
            seen |= Q(pk__in=records.filter(sen__in=["K", "E"]).values("pupil_id"))
    return Pupil.objects.filter(seen)


def narrowed_to(assignments: Iterable[RoleAssignment], *tells: DataClass) -> QuerySet[Pupil] | None:
    """Those whom a person may see by name and with what the list tells of each; None, which leaves nobody out, is all.

    A list of names behind a figure tells of each what they took part in (E), and by some groups of needs or flags too.
    """
    held = list(assignments)
    narrower = [each for each in (DataClass.D, *tells) if not opened_of_all(each, held)]
    if not narrower:
        return None
    return reduce(and_, (pupils_opened(each, held) for each in narrower))


def with_year(pupils: QuerySet[Pupil], academic_year: int) -> QuerySet[Pupil]:
    """The same pupils with `this_year`, a list of their one record of that year, ready to read."""
    records = YearRecord.objects.filter(academic_year=academic_year).select_related("tutor_group")
    return pupils.prefetch_related(Prefetch("year_records", queryset=records, to_attr="this_year"))


def found_by_name(pupils: QuerySet[Pupil], words: str) -> list[int]:
    """Ids of those any part of whose names (or whose admission number) holds every word, in the order given.

    Read and compared here, since no database of ours folds accents and apostrophes as people type them.
    """
    wanted = folded_words(words)
    if not wanted:
        return []
    rows = pupils.values_list("pk", "admission_number", *NAMES)
    return [pk for pk, number, *names in rows if holds([word for word in wanted if word != folded(number)], *names)]


def tutor_groups(academic_year: int, of: QuerySet[Pupil] | None = None) -> list[Group]:
    """The year's tutor groups by year group and name: all, or those that hold any of these pupils."""
    groups = Group.objects.filter(kind=Group.Kind.TUTOR, academic_year=academic_year)
    if of is not None:
        groups = groups.filter(pk__in=_records(academic_year, of).values("tutor_group_id"))
    return list(groups.order_by("year_group", "name"))


def tutor_group_of(pupil: Pupil, on: date) -> Group | None:
    """The tutor group that the pupil is in on that day."""
    return Group.objects.filter(
        kind=Group.Kind.TUTOR,
        academic_year=academic_year_of(on),
        pk__in=Membership.objects.filter(not_ended(on), pupil=pupil, starts_on__lte=on).values("group_id"),
    ).first()


def year_group_of(pupil: Pupil, academic_year: int) -> int | None:
    """The pupil's year group in that year, where they are in it."""
    found = YearRecord.objects.filter(pupil=pupil, academic_year=academic_year)
    return found.values_list("year_group", flat=True).first()


def last_stay(pupil: Pupil) -> Enrolment | None:
    """The pupil's latest stay on the roll."""
    return Enrolment.objects.filter(pupil=pupil).order_by("-starts_on").first()


def year_groups(academic_year: int, of: QuerySet[Pupil] | None = None) -> list[int]:
    """The year groups that have pupils that year: all, or those of these pupils."""
    return list(_records(academic_year, of).order_by("year_group").values_list("year_group", flat=True).distinct())


def _records(academic_year: int, of: QuerySet[Pupil] | None) -> QuerySet[YearRecord]:
    records = YearRecord.objects.filter(academic_year=academic_year)
    return records if of is None else records.filter(pupil__in=of.order_by())


def in_groups(group_ids: Iterable[int], on: date) -> Q:
    """Pupils who were in any of the groups on that day and on the roll, as a condition on Pupil."""
    members = Membership.objects.filter(not_ended(on), group_id__in=list(group_ids), starts_on__lte=on)
    return on_roll(on) & Q(pk__in=members.values("pupil_id"))


def in_year_groups(year_groups: Iterable[int], on: date) -> Q:
    """Pupils of the year groups on that day and on the roll, as a condition on Pupil."""
    records = YearRecord.objects.filter(academic_year=academic_year_of(on), year_group__in=list(year_groups))
    return on_roll(on) & Q(pk__in=records.values("pupil_id"))


@dataclass(frozen=True)
class PupilRow:
    """One line of a list of pupils."""

    pk: int
    name: str
    year_group: int | None
    tutor_group: str
    left_on: date | None

    @property
    def year(self) -> str:
        """ "Year 10", or a dash."""
        return "–" if self.year_group is None else f"Year {self.year_group}"


@dataclass(frozen=True)
class PupilPage:
    """One page of a list of pupils, and what it can be narrowed to."""

    rows: list[PupilRow]
    total: int
    number: int
    pages: int


@dataclass(frozen=True)
class TutorGroupRow:
    """A tutor group and how many pupils it has."""

    pk: int
    name: str
    year_group: int | None
    tutor: str
    pupils: int


PAGE = 50
ROW_FIELDS = ("pk", "shown_surname", "shown_forename", "year_group", "tutor_group")
ORDERS = {
    "name": ("shown_surname", "shown_forename", "pk"),
    "year": ("year_group", "tutor_group", "shown_surname", "shown_forename", "pk"),
    "tutor-group": ("tutor_group", "shown_surname", "shown_forename", "pk"),
}


def listed(pupils: QuerySet[Pupil], academic_year: int) -> QuerySet[Pupil]:
    """The same pupils with what a list shows: the names they use, their year group and tutor group that year."""
    return pupils.annotate(
        record=FilteredRelation("year_records", condition=Q(year_records__academic_year=academic_year)),
        year_group=F("record__year_group"),
        tutor_group=F("record__tutor_group__name"),
        shown_surname=Coalesce(NullIf("preferred_surname", Value("")), "surname"),
        shown_forename=Coalesce(NullIf("preferred_forename", Value("")), "forename"),
    )


def pupil_page(
    pupils: QuerySet[Pupil],
    *,
    on: date,
    words: str = "",
    year_group: int | None = None,
    tutor_group_id: int | None = None,
    leavers: bool = False,
    order: str = "name",
    number: int = 1,
) -> PupilPage:
    """Those on the roll that day (or those who have left) who fit, fifty at a time."""
    found = pupils.exclude(on_roll(on)) if leavers else pupils.filter(on_roll(on))
    if year_group is not None or tutor_group_id is not None:
        in_year = YearRecord.objects.filter(academic_year=academic_year_of(on))
        if year_group is not None:
            in_year = in_year.filter(year_group=year_group)
        if tutor_group_id is not None:
            in_year = in_year.filter(tutor_group_id=tutor_group_id)
        found = found.filter(pk__in=in_year.values("pupil_id"))
    if words:  # the names are read anyway, so they are counted here
        chosen = found_by_name(found, words)
        found, total = Pupil.objects.filter(pk__in=chosen), len(chosen)
    else:
        total = found.count()  # before the joins that only the lines need
    found = listed(found, academic_year_of(on))
    if leavers:
        found = found.annotate(left_on=Max("enrolments__ends_on"))
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    rows = found.order_by(*ORDERS[order]).values(*ROW_FIELDS, *(["left_on"] if leavers else []))
    return PupilPage([row_of(row) for row in rows[(number - 1) * PAGE : number * PAGE]], total, number, pages)


def row_of(row: dict[str, Any]) -> PupilRow:
    """A line, from a row of ROW_FIELDS."""
    return PupilRow(
        row["pk"],
        f"{row['shown_surname']}, {row['shown_forename']}",
        row["year_group"],
        row["tutor_group"] or "",
        row.get("left_on"),
    )


def rows_of(pupils_listed: QuerySet[Pupil]) -> list[PupilRow]:
    """All pupils of a `listed` query as lines, by year group, tutor group and name."""
    return [row_of(row) for row in pupils_listed.order_by(*ORDERS["year"]).values(*ROW_FIELDS)]


def found_rows(pupils: QuerySet[Pupil], words: str, *, on: date, most: int) -> list[PupilRow]:
    """At most so many pupils found by name: those on the roll first, then those who left, with the day they did."""
    ranked = _leavers_last(pupils, on).order_by("has_left", "surname", "forename", "pk")
    found = Pupil.objects.filter(pk__in=found_by_name(ranked, words)[:most])
    rows = _leavers_last(listed(found, academic_year_of(on)), on).annotate(left_on=Max("enrolments__ends_on"))
    return [
        row_of(row if row["has_left"] else row | {"left_on": None})
        for row in rows.order_by("has_left", *ORDERS["name"]).values(*ROW_FIELDS, "left_on", "has_left")
    ]


def _leavers_last(pupils: QuerySet[Pupil], on: date) -> QuerySet[Pupil]:
    return pupils.annotate(has_left=Case(When(on_roll(on), then=False), default=True, output_field=BooleanField()))


def tutor_group_rows(pupils: QuerySet[Pupil], on: date) -> list[TutorGroupRow]:
    """The year's tutor groups that hold any of these pupils, with how many are on the roll that day."""
    held = (
        YearRecord.objects.filter(
            academic_year=academic_year_of(on),
            tutor_group__isnull=False,
            pupil__in=pupils.filter(on_roll(on)).order_by(),
        )
        .order_by("tutor_group__year_group", "tutor_group__name")
        .values(
            "tutor_group_id",
            "tutor_group__name",
            "tutor_group__year_group",
            "tutor_group__tutor__forename",
            "tutor_group__tutor__surname",
        )
        .annotate(number=Count("pk"))
    )
    return [
        TutorGroupRow(
            row["tutor_group_id"],
            row["tutor_group__name"],
            row["tutor_group__year_group"],
            " ".join(filter(None, [row["tutor_group__tutor__forename"], row["tutor_group__tutor__surname"]])),
            row["number"],
        )
        for row in held
    ]


@dataclass(frozen=True)
class Stay:
    """One stay on the roll, in words."""

    starts_on: date
    ends_on: date | None
    status: str


def pupil_with_stays(pupils: QuerySet[Pupil], pupil_id: int) -> tuple[Pupil | None, list[Stay]]:
    """The pupil, if among these, and their stays on the roll, first to last, in one statement."""
    rows: list[Any] = list(
        pupils.filter(pk=pupil_id)
        .annotate(
            stays_from=F("enrolments__starts_on"),
            stays_until=F("enrolments__ends_on"),
            stays_as=F("enrolments__status"),
        )
        .order_by("stays_from")
    )
    words = dict(Enrolment.Status.choices)
    stays = [Stay(row.stays_from, row.stays_until, words[row.stays_as]) for row in rows if row.stays_from]
    return (rows[0] if rows else None), stays


def odd_numbers(pupil: Pupil) -> list[str]:
    """What is odd about the pupil's UPN and ULN, a sentence each; nothing of it keeps a pupil out."""
    said = [
        problem for problem in (pupil.upn and upn_problem(pupil.upn), pupil.uln and uln_problem(pupil.uln)) if problem
    ]
    for name, value in (("UPN", pupil.upn), ("ULN", pupil.uln)):
        if value and Pupil.objects.filter(**{name.lower(): value}).exclude(pk=pupil.pk).exists():
            said.append(f"another pupil here has the {name} {value} too")
    return [f"{each[0].upper()}{each[1:]}." for each in said]
