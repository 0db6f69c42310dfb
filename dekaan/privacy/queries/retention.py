"""Who is kept longer than the school keeps records: what goes today, what is held, what goes soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from dekaan.people.models import Carer, CarerOf, Enrolment, Pupil, StaffMember
from dekaan.people.queries import FORMER_CARER, FORMER_COLLEAGUE, not_ended
from dekaan.privacy.models import Case, DataProtection, Hold
from dekaan.privacy.queries.clock import months_after

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Leaver:
    """A pupil who has left, and the day on which the record has been kept long enough."""

    pupil: Pupil
    left_on: date
    goes_on: date
    stays: bool = False  # held, or a case is open


@dataclass(frozen=True)
class Plan:
    """What a run of retention does on a day. `is_on` is False until the school has said how long it keeps records."""

    is_on: bool
    years: int
    go: list[Leaver]
    held: list[Leaver]
    soon: list[Leaver]
    carers: list[Carer]
    staff: list[StaffMember]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each go."""
        return {"pupils": len(self.go), "parents and carers": len(self.carers), "staff": len(self.staff)}


def retention_plan(on: date) -> Plan:
    """What goes on that day in the school in scope, by the years after leaving that it has said.

    Whoever a case is open about stays as if held: what was asked for is not destroyed before the answer.
    """
    said = DataProtection.objects.first()
    years = said.keep_years if said else DataProtection().keep_years
    here = Enrolment.objects.filter(not_ended(on)).values("pupil_id")
    left = dict(
        Enrolment.objects.exclude(pupil_id__in=here)
        .order_by()
        .values("pupil_id")
        .annotate(left_on=Max("ends_on"))
        .values_list("pupil_id", "left_on")
    )
    due = {pk: day for pk, day in left.items() if months_after(day, 12 * years) <= on + SOON}
    holds = set(Hold.objects.filter(ended_on=None).values_list("pupil_id", flat=True))
    asked_about = set(Case.objects.filter(closed_on=None, pupil_id__in=list(due)).values_list("pupil_id", flat=True))
    leavers = [
        Leaver(
            pupil,
            due[pupil.pk],
            months_after(due[pupil.pk], 12 * years),
            stays=pupil.pk in holds or pupil.pk in asked_about,
        )
        for pupil in Pupil.objects.filter(pk__in=list(due))
    ]
    gone_before = months_after(on, -12 * years)
    return Plan(
        is_on=said is not None,
        years=years,
        go=[each for each in leavers if each.goes_on <= on and not each.stays],
        held=[each for each in leavers if each.stays],
        soon=[each for each in leavers if each.goes_on > on and not each.stays],
        carers=list(Carer.objects.exclude(pk__in=CarerOf.objects.values("carer_id")).exclude(surname=FORMER_CARER)),
        staff=list(StaffMember.objects.filter(ends_on__lte=gone_before).exclude(surname=FORMER_COLLEAGUE)),
    )


def holds() -> list[Hold]:
    """Every hold that stands."""
    return list(Hold.objects.filter(ended_on=None).select_related("pupil", "set_by"))
