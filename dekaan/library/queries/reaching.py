"""Who was reached in a year: pupils by the ledger, parents and carers and staff beside them, and presses on links."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from dekaan.core.academic_year import today, year_end, year_start
from dekaan.frameworks.queries import Criterion, benchmarks_in_force, criterion
from dekaan.library.models import Audience, Resource, ResourceUse, Visits
from dekaan.library.published import criteria_of, key_stage_of, key_stages
from dekaan.measures.queries import places_to_hide, reached
from dekaan.participation.queries import live
from dekaan.people.models import CarerOf, YearRecord
from dekaan.programme.models import Session
from dekaan.programme.queries import SOURCE
from dekaan.schools.models import School

HIDDEN = "hidden"


@dataclass(frozen=True)
class KeyStageReach:
    """A key stage in a year: pupils by the benchmark's own count, those who used a resource, and whoever else was reached."""

    name: str
    of: int = 0  # pupils of whom the criterion is asked
    met: int = 0  # have met it in this key stage, so far
    unknown: int = 0
    used: int = 0  # pupils who used a resource of the library this year
    carers: int = 0  # parents and carers of its pupils in sessions with a resource
    presses: dict[str, int] = field(default_factory=dict)  # on public links, by whom they called themselves

    @property
    def pupil_presses(self) -> int:
        """By pupils, as they said."""
        return self.presses.get(Audience.PUPILS, 0)

    @property
    def carer_presses(self) -> int:
        """By parents and carers, as they said."""
        return self.presses.get(Audience.CARERS, 0)

    @property
    def numbers(self) -> tuple[int, ...]:
        """All that is counted of it."""
        missed = self.of - self.met - self.unknown
        return (
            self.of, self.met, missed, self.unknown, self.used, self.carers, self.pupil_presses, self.carer_presses
        )  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """The year, key stage by key stage."""

    criterion: Criterion | None
    key_stages: list[KeyStageReach]
    staff: int
    staff_presses: int

    def shown(self, *, exactly: bool) -> list[tuple[str, tuple[str, ...]]]:
        """Each key stage's numbers: of, met, unknown, used, carers, presses; hidden where a small one follows."""
        hidden = frozenset[int]()
        if not exactly:
            hidden = places_to_hide([each.name for each in self.key_stages], [each.numbers for each in self.key_stages])
        found = []
        for place, each in enumerate(self.key_stages):
            said = (each.of, each.met, each.unknown, each.used, each.carers, each.pupil_presses, each.carer_presses)
            found.append((each.name, tuple(HIDDEN if place in hidden else str(number) for number in said)))
        return found

    def staff_shown(self, *, exactly: bool) -> tuple[str, str]:
        """Staff in sessions, and presses by staff."""
        return tuple(  # type: ignore[return-value]
            HIDDEN if not exactly and places_to_hide(["staff"], [(each,)]) else str(each)
            for each in (self.staff, self.staff_presses)
        )


def asked_criterion(academic_year: int) -> Criterion | None:
    """What the benchmarks in force at the year's end ask of pupils about information."""
    in_force = benchmarks_in_force(year_end(academic_year)).key
    for criterion_id in criteria_of(Audience.PUPILS):
        found = criterion(criterion_id)
        if found and found.framework == in_force:
            return found
    return None


def reach(school: School, academic_year: int, resource: Resource | None = None) -> Reach:
    """Who was reached in the year, by any resource or by this one. Nobody is counted twice in a key stage."""
    asked = asked_criterion(academic_year) if resource is None else None
    states: dict[int, Counter[str]] = defaultdict(Counter)
    if asked is not None:
        for each in reached(school.pk, academic_year, [asked.id]):
            states[key_stage_of(each.year_group) or 0][each.state] += 1
    pupils, carers, staff = _took_part(academic_year, resource)
    year_groups = dict(YearRecord.objects.filter(academic_year=academic_year).values_list("pupil_id", "year_group"))
    used = Counter(key_stage_of(year_groups[each] or 0) for each in pupils if each in year_groups)
    children = CarerOf.objects.filter(carer__in=carers).values_list("carer_id", "pupil_id") if carers else ()
    of_carers = Counter(
        stage
        for _, stage in {
            (carer, key_stage_of(year_groups[pupil] or 0)) for carer, pupil in children if pupil in year_groups
        }
    )
    presses = _presses(academic_year, resource)
    return Reach(
        asked,
        [
            KeyStageReach(
                name=name,
                of=states[stage].total(),
                met=states[stage]["met"] + states[stage]["met-so-far"],
                unknown=states[stage]["unknown"] + states[stage]["unknown-so-far"],
                used=used[stage],
                carers=of_carers[stage],
                presses={audience: presses[audience, stage] for audience in (Audience.PUPILS, Audience.CARERS)},
            )
            for stage, name in key_stages().items()
        ],
        staff=len(staff),
        staff_presses=presses[Audience.STAFF, 0],
    )


def used_in_sessions(academic_year: int, resource: Resource | None = None) -> list[Session]:
    """Sessions of the year, until today, in which a resource was used, newest first."""
    uses = ResourceUse.objects.all() if resource is None else ResourceUse.objects.filter(resource=resource)
    held = {"held_on__gte": year_start(academic_year), "held_on__lte": min(today(), year_end(academic_year))}
    found = Session.objects.filter(**held, cancelled_at=None, activity__in=uses.values("activity"))
    return list(found.select_related("activity").order_by("-held_on", "-pk"))


def _took_part(academic_year: int, resource: Resource | None) -> tuple[set[int], set[int], set[int]]:
    """Ids of the pupils, parents and carers, and staff who took part where a resource was used."""
    uses = ResourceUse.objects.all() if resource is None else ResourceUse.objects.filter(resource=resource)
    sessions = Session.objects.filter(activity__in=uses.order_by().values("activity"))
    rows = live().filter(
        academic_year=academic_year, counts=1, source_kind=SOURCE, source_id__in=sessions.order_by().values("pk")
    )
    pupils, carers, staff = set[int](), set[int](), set[int]()
    for pupil, carer, member in rows.order_by().values_list("pupil_id", "carer_id", "staff_id").distinct():
        if pupil is not None:
            pupils.add(pupil)
        elif carer is not None:
            carers.add(carer)
        elif member is not None:
            staff.add(member)
    return pupils, carers, staff


def _presses(academic_year: int, resource: Resource | None) -> Counter[tuple[str, int]]:
    visits = Visits.objects.filter(month__gte=year_start(academic_year), month__lte=year_end(academic_year))
    if resource is not None:
        visits = visits.filter(resource=resource)
    found = Counter[tuple[str, int]]()
    for audience, stage, presses in visits.order_by().values_list("audience", "key_stage").annotate(all=Sum("presses")):
        found[audience, stage] = presses
    return found
