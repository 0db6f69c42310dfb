"""Who is kept longer than the school keeps records: what goes today, what goes soon, what is held."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery

from dekaan.core.academic_year import months_after, today
from dekaan.destinations.queries import followed_after
from dekaan.people.models import Carer, CarerOf, Enrolment, ErasedPupil, Pupil, StaffMember
from dekaan.people.queries import FORMER_CARER, FORMER_COLLEAGUE, not_ended
from dekaan.privacy.models import Case, DataProtection, Going, Hold

NAMED_FOR = timedelta(days=30)  # how long a record has been named as one that goes, before it does
Kind = Going.Kind


@dataclass(frozen=True)
class Leaver:
    """Somebody whose record has been kept long enough, or soon will be, and the day on which it goes."""

    kind: str
    person: Pupil | Carer | StaffMember
    left_on: date | None  # a parent or carer leaves nothing: they care for nobody any more
    goes_on: date
    stays: bool = False  # held, or a case is open
    goes: bool = False  # on the day that is asked about: named long enough, nothing keeps it, and records go

    @property
    def key(self) -> tuple[str, int]:
        """How `Going` knows it."""
        return self.kind, self.person.pk


@dataclass(frozen=True)
class Plan:
    """What a run of retention does on a day. Nothing goes while it is off."""

    since: date | None
    years: int
    on: date
    leavers: list[Leaver]

    @property
    def is_on(self) -> bool:
        """Whether somebody has said that records go by themselves."""
        return self.since is not None

    @property
    def go(self) -> list[Leaver]:
        """Whoever goes on the day."""
        return [each for each in self.leavers if each.goes]

    @property
    def soon(self) -> list[Leaver]:
        """Whoever goes in the 30 days after it, or would if records began to go."""
        return [each for each in self.leavers if not each.goes and not each.stays]

    @property
    def held(self) -> list[Leaver]:
        """Whoever would, but is held or asked about."""
        return [each for each in self.leavers if each.stays]

    @property
    def to_go(self) -> list[Leaver]:
        """Whoever goes on the day and in the 30 days after it, first come first."""
        return sorted((each for each in self.leavers if not each.stays), key=lambda each: each.goes_on)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each go on the day."""
        return _counts(self.go)

    @property
    def counts_to_go(self) -> dict[str, int]:
        """How many of each go on the day and in the 30 days after it."""
        return _counts(self.to_go)

    @property
    def mark(self) -> str:
        """Tells whether it is still the plan that somebody saw."""
        said = [self.years, *sorted(each.key for each in self.to_go)]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _counts(leavers: Iterable[Leaver]) -> dict[str, int]:
    kinds = [each.kind for each in leavers]
    return {kind.label: kinds.count(kind) for kind in Kind}


def retention_plan(on: date, *, only: tuple[str, int] | None = None) -> Plan:
    """What goes on that day in the school in scope, by the years after leaving that it has said; of one, where `only`.

    Of whoever is followed after leaving, no sooner than they have been asked after and had time to answer. Whoever a case is open about stays as if held: what was asked for is not destroyed before the answer. Nobody goes
    who was not named for 30 days without a break, by `Going`.
    """
    said = DataProtection.objects.first()
    years = (said or DataProtection()).keep_years
    is_on = said is not None and said.erases_since is not None
    going = Going.objects.filter(kind=only[0], record_id=only[1]) if only else Going.objects.all()
    named = {(each.kind, each.record_id): each for each in going}

    def kept_until(left_on: date, followed: date | None = None) -> date:
        kept = months_after(left_on, 12 * years)
        return max(kept, followed) if followed else kept

    def leaver(kind: str, person: Pupil | Carer | StaffMember, left_on: date | None, kept: date) -> Leaver:
        row = named.get((kind, person.pk))
        since = row.named_on if row and row.left_on == left_on else None
        goes_on = max(kept, (since or on) + NAMED_FOR)
        stays = kind == Kind.PUPIL and person.pk in held
        goes = is_on and since is not None and goes_on <= on and not stays
        return Leaver(kind, person, left_on, goes_on, stays=stays, goes=goes)

    left_before = months_after(on + NAMED_FOR, -12 * years)
    left = {pk: day for pk, day in _left(on, only).items() if day <= left_before}
    followed = followed_after(left, years)
    kept = {pk: kept_until(day, followed.get(pk)) for pk, day in left.items()}
    pupils = Pupil.objects.filter(pk__in=[pk for pk, day in kept.items() if day <= on + NAMED_FOR])
    held = set(Hold.objects.filter(ended_on=None, pupil__in=pupils).values_list("pupil_id", flat=True))
    held |= set(Case.objects.filter(closed_on=None, pupil__in=pupils).values_list("pupil_id", flat=True))
    nobodys = Carer.objects.exclude(pk__in=CarerOf.objects.values("carer_id")).exclude(surname=FORMER_CARER)
    former = StaffMember.objects.filter(ends_on__lte=left_before).exclude(surname=FORMER_COLLEAGUE)
    return Plan(
        since=said.erases_since if said else None,
        years=years,
        on=on,
        leavers=[
            *(leaver(Kind.PUPIL, each, left[each.pk], kept[each.pk]) for each in pupils),
            *(leaver(Kind.CARER, each, None, on) for each in _among(nobodys, Kind.CARER, only)),
            *(
                leaver(Kind.STAFF, each, each.ends_on, kept_until(each.ends_on))
                for each in _among(former, Kind.STAFF, only)
            ),
        ],
    )


def _among(people: QuerySet, kind: str, only: tuple[str, int] | None) -> QuerySet:
    if only is None:
        return people
    return people.filter(pk=only[1]) if only[0] == kind else people.none()


def _left(on: date, only: tuple[str, int] | None) -> dict[int, date]:
    """For each pupil whose last stay has ended, the day."""
    stays = (
        Enrolment.objects.all()
        if only is None
        else Enrolment.objects.filter(pupil__in=_among(Pupil.objects.all(), Kind.PUPIL, only))
    )
    here = stays.filter(not_ended(on)).values("pupil_id")
    found = stays.exclude(pupil_id__in=here).order_by().values("pupil_id").annotate(left_on=Max("ends_on"))
    return dict(found.values_list("pupil_id", "left_on"))


@dataclass(frozen=True)
class RetentionNews:
    """What whoever may be told sees without being asked: numbers of pupils, never names."""

    soon: int  # in the next 30 days
    first_on: date | None
    went: int  # this morning

    @property
    def in_words(self) -> str:
        """ "2 pupils’ records went this morning, kept long enough. 1 pupil’s record goes by itself in the next 30 days …"."""
        said = []
        if self.went:
            whose = "pupil’s record" if self.went == 1 else "pupils’ records"
            said.append(f"{self.went} {whose} went this morning, kept long enough.")
        if self.soon and self.first_on:
            goes = "pupil’s record goes by itself" if self.soon == 1 else "pupils’ records go by themselves"
            first = "on" if self.soon == 1 else "the first on"
            said.append(
                f"{self.soon} {goes} in the next 30 days, {first} {self.first_on:%-d %B}. A hold keeps a record."
            )
        return " ".join(said)


def told_of_retention() -> RetentionNews | None:
    """What goes soon and what went this morning, in one statement; None where there is nothing to tell."""

    def one(rows: QuerySet, figure: Count | Min) -> Subquery:
        school = rows.filter(school_id=OuterRef("school_id")).order_by().values("school_id")
        return Subquery(school.annotate(figure=figure).values("figure"))

    going = Going.objects.filter(kind=Kind.PUPIL)
    gone = ErasedPupil.objects.filter(because=ErasedPupil.Because.RETENTION, erased_on=today())
    said = (
        DataProtection.objects.filter(erases_since__isnull=False)
        .annotate(soon=one(going, Count("pk")), first_on=one(going, Min("goes_on")), went=one(gone, Count("pk")))
        .values("soon", "first_on", "went")
        .first()
    )
    if said is None or not (said["soon"] or said["went"]):
        return None
    return RetentionNews(said["soon"] or 0, said["first_on"], said["went"] or 0)


def holds() -> list[Hold]:
    """Every hold that stands."""
    return list(Hold.objects.filter(ended_on=None).select_related("pupil", "set_by"))
