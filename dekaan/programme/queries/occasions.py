"""What the ledger is told of a session, and what it counts towards."""

from dataclasses import dataclass

from dekaan.frameworks.queries import (
    Criterion,
    activity_types,
    benchmarks_in_force,
    criterion,
    framework,
    ids_of,
    mask_of,
    partner_kinds,
)
from dekaan.participation.changes import Occasion
from dekaan.people.queries import was_qualified
from dekaan.programme.models import Mode, Session

SOURCE = "session"


def occasion_of(session: Session) -> Occasion:
    """What the ledger copies from a session.

    A guidance meeting counts only where the adviser was suitably qualified that day; otherwise it is unknown.
    A recording never counts where those who meet answer each other.
    """
    activity = session.activity
    kind = activity_types()[activity.activity_type]
    criteria, unknown = activity.criteria, 0
    if kind.needs_qualified_adviser and not was_qualified(session.adviser, session.held_on):
        guidance = activity.criteria & mask_of(kind.criteria)
        criteria, unknown = criteria & ~guidance, guidance
    if activity.mode == Mode.RECORDED:
        criteria &= ~mask_of(each for each in ids_of(criteria) if (known := criterion(each)) and known.is_two_way)
    return Occasion(
        source_kind=SOURCE,
        source_id=session.pk,
        title=activity.title,
        happened_on=session.held_on,
        activity_type=activity.activity_type,
        mode=activity.mode,
        minutes=session.minutes,
        criteria=criteria,
        criteria_unknown=unknown,
        partner_kind=session.partner_kind or activity.partner_kind,
        partner_name=session.partner,
    )


@dataclass(frozen=True)
class Counting:
    """What a session counts towards under what is in force on its day, what it leaves unknown, and who is not named."""

    towards: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]
    not_named: str = ""

    @property
    def words(self) -> str:
        """ "Counts towards: An employer every year · no employer named": never silent."""
        titles = "; ".join(each.title for each in self.towards)
        said = [f"Counts towards: {titles}" if titles else "Counts towards nothing yet"]
        if self.unknown:
            titles = "; ".join(each.title for each in self.unknown)
            said.append(f"not known for {titles}, until the adviser is one who was qualified that day")
        if self.not_named:
            said.append(self.not_named)
        return " · ".join(said)


def counting_of(session: Session) -> Counting:
    """What the session counts towards."""
    occasion, kind = occasion_of(session), activity_types()[session.activity.activity_type]
    benchmarks = benchmarks_in_force(session.held_on)

    def in_force(mask: int) -> tuple[Criterion, ...]:
        found = [each for criterion_id in ids_of(mask) if (each := criterion(criterion_id))]
        return tuple(
            each
            for each in found
            if each.framework == benchmarks.key
            or ((law := framework(each.framework)) and not law.is_benchmarks and law.is_in_force(session.held_on))
        )

    expects = partner_kinds().get(kind.usual_partner or ("employer" if kind.criteria_with_employer else ""))
    not_named = ""
    if expects and not occasion.partner_name:
        not_named = "no employer named" if expects.is_employer else "no provider named"
    return Counting(in_force(occasion.criteria), in_force(occasion.criteria_unknown), not_named)
