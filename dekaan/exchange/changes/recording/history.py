"""Past participation becomes rows of the ledger, in batches that can be taken up again."""

from datetime import date, time
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of
from dekaan.exchange.models import RECORDED, ImportLine, ImportRun, PastOccasion
from dekaan.exchange.recorded import SOURCE, plain_title
from dekaan.frameworks.queries import (
    ProviderEncounter,
    access_mask,
    activity_types,
    by_law,
    judged_access,
    mask_of,
    usual_criteria,
)
from dekaan.participation.changes import Mark, Occasion, record_participation
from dekaan.participation.models import KnownBy
from dekaan.schools.queries import SchoolDay, calendars

HISTORY_BATCH = 2000
ABOUT = ("activity", "day", "activity_type", "partner_name", "partner_kind")


def record_history(run: ImportRun, by: User | None) -> int:
    """One batch of past participation; answers with the lines still to come. A second start goes on where it stopped."""
    waiting = ImportLine.objects.filter(run=run, decision__in=RECORDED, recorded=False)
    rows = list(waiting.order_by("pk").values_list("pk", "pupil_id", "target_id", "values")[:HISTORY_BATCH])
    past = PastOccasions(run, {date.fromisoformat(values["day"]) for *_, values in rows})
    entries: dict[Any, tuple[Occasion, list[Mark]]] = {}
    for _, pupil_id, occasion_id, said in rows:
        about = tuple(said.get(name, "") for name in ABOUT)
        if (occasion_id, about) not in entries:
            entries[occasion_id, about] = (past.occasion(occasion_id, dict(zip(ABOUT, about, strict=True))), [])
        entries[occasion_id, about][1].append(Mark(pupil_id, said["state"], KnownBy.CHECKED))
    record_participation(entries.values(), by=by, batch=run.batch)
    if rows:  # lines are recorded in the order of their numbers
        waiting.filter(pk__lte=rows[-1][0]).update(recorded=True)
    left = waiting.count()
    total = max(sum(run.counts.get(decision, 0) for decision in RECORDED), 1)
    run.percent_done = max(5, 99 - left * 95 // total)
    return left


class PastOccasions:
    """What happened on those days, by whichever list it is known: one occasion, however often it is listed."""

    def __init__(self, run: ImportRun, days: set[date]) -> None:
        self.run = run
        self.hours = (run.school.day_begins, run.school.day_ends)
        self.dates = calendars({run.school_id}, {academic_year_of(day) for day in days})
        there = list(PastOccasion.objects.filter(happened_on__in=days).order_by("-pk"))
        self.by_id = {each.pk: each for each in there}
        self.by_key = {
            self.key(each.title, each.happened_on, each.activity_type, each.partner_name): each for each in there
        }

    @staticmethod
    def key(title: str, day: date, activity_type: str, partner_name: str) -> tuple[Any, ...]:
        """What makes two lists speak of the same occasion."""
        return (plain_title(title), day, activity_type, plain_title(partner_name))

    def occasion(self, occasion_id: int | None, said: dict[str, Any]) -> Occasion:
        """What the ledger is told: of the occasion of that id, or of one that is said to be the same, or a new one."""
        day = date.fromisoformat(said["day"])
        key = self.key(said["activity"], day, said["activity_type"], said["partner_name"])
        past = self.by_id.get(occasion_id or 0) or self.by_key.get(key)
        if past is None:
            past = self.by_key[key] = PastOccasion.objects.create(
                run=self.run,
                title=said["activity"],
                happened_on=day,
                activity_type=said["activity_type"],
                mode=activity_types()[said["activity_type"]].mode,
                partner_name=said["partner_name"],
                partner_kind=said["partner_kind"],
            )
        school_day = self.dates[self.run.school_id, academic_year_of(day)].school_day(day)
        return _as_occasion(past, said, school_day, self.hours)


def _as_occasion(past: PastOccasion, said: dict[str, Any], school_day: SchoolDay, hours: tuple[time, time]) -> Occasion:
    """A list from before says that a meeting was held, not whether the adviser was qualified: that stays unknown."""
    kind = activity_types()[said["activity_type"]]
    # A list from before that names an employer in a column of employers need not say of what kind.
    partner_kind = said["partner_kind"] or ("employer" if said["partner_name"] else "")
    mask = mask_of(usual_criteria(kind.key, partner_kind))
    # Of provider access it says the day and perhaps the kind of partner; whatever else the law asks is not said.
    encounter = ProviderEncounter(
        past.happened_on,
        hours,
        said["partner_kind"],
        kind.key,
        mode=kind.mode,
        is_school_day=school_day.is_one,
        closed_by=school_day.why,
    )
    criteria, unknown = judged_access(mask, by_law(encounter)) if mask & access_mask() else (mask, 0)
    return Occasion(
        source_kind=SOURCE,
        source_id=past.pk,
        title=past.title,
        happened_on=past.happened_on,
        activity_type=kind.key,
        mode=kind.mode,
        criteria=0 if kind.needs_qualified_adviser else criteria,
        criteria_unknown=mask if kind.needs_qualified_adviser else unknown,
        partner_kind=said["partner_kind"],
        partner_name=said["partner_name"],
    )
