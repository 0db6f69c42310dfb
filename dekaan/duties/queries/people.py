"""Judges of people: who holds a post, and who gives guidance. Nobody is named."""

from datetime import date

from dekaan.access.permissions import Permission
from dekaan.duties.queries.judging import AT_RISK, BROKEN, MET, SOON, UNKNOWN, Judgement, Link, in_words, judges
from dekaan.duties.queries.records import Held, Records
from dekaan.frameworks.queries import DutyInForce
from dekaan.people.models import StaffMember

ROLES = (Link("People and roles", "role-list", needs=Permission.ROLES_SEE),)
STAFF = (Link("Staff", "staff-list", needs=Permission.STAFF_CHANGE),)


@judges("post")
def post(line: DutyInForce, records: Records) -> Judgement:
    """Whether somebody holds the role on the day; at risk where they go soon and nobody follows."""
    every = records.held(line.duty.evidence.role)
    held = [each for each in every if each.since <= records.on and not _is_over(each, records.on)]
    if not held:
        before = [each.last_on for each in every if each.last_on and each.last_on < records.on]
        if before:
            return Judgement(BROKEN, f"Nobody has held the role since {in_words(max(before))}.", ROLES)
        return Judgement(UNKNOWN, "Nobody has said who it is.", ROLES)
    since = min(each.since for each in held)
    ends = [each.last_on for each in held if each.last_on]
    if len(ends) < len(held):
        return Judgement(MET, f"Somebody has held the role since {in_words(since)}.", ROLES)
    last = max(ends)
    if any(records.on < each.since and (each.since - last).days <= 1 for each in every):
        return Judgement(MET, f"Held until {in_words(last)}, and somebody follows.", ROLES, last)
    if last <= records.on + SOON:
        return Judgement(AT_RISK, f"Whoever holds the role goes on {in_words(last)}, and nobody follows.", ROLES, last)
    return Judgement(MET, f"Held until {in_words(last)}.", ROLES, last)


def _is_over(held: Held, on: date) -> bool:
    return held.last_on is not None and held.last_on < on


@judges("independent-guidance")
def independent_guidance(_line: DutyInForce, records: Records) -> Judgement:
    """Whether somebody gives guidance whom the school does not employ: said, and since a day by then."""
    said = {
        each: each.is_employed_here
        for each in records.advisers
        if each.is_employed_here is not None
        and each.employment_known_from is not None
        and each.employment_known_from <= records.on
    }
    outside = [each for each, is_employed in said.items() if not is_employed]
    if outside:
        return _resting_on(
            [_last_day(each) for each in outside],
            records.on,
            f"{_advisers(len(outside))} not employed at the school give{'s' if len(outside) == 1 else ''} guidance",
        )
    if not records.advisers:
        return _nobody(records)
    if len(said) < len(records.advisers):
        return Judgement(UNKNOWN, "Of whoever gives guidance nobody has said whether the school employs them.", STAFF)
    return Judgement(
        BROKEN, "Everybody who gives guidance is employed at the school, so none of it is independent.", STAFF
    )


@judges("qualified-guidance")
def qualified_guidance(_line: DutyInForce, records: Records) -> Judgement:
    """Whether somebody who is suitably qualified gives guidance, employed here or not."""
    begun = [
        each
        for each in records.advisers
        if each.guidance_qualified_from is not None and each.guidance_qualified_from <= records.on
    ]
    able = [
        each for each in begun if each.guidance_qualified_until is None or each.guidance_qualified_until >= records.on
    ]
    if able:
        lasts = [_earlier(_last_day(each), each.guidance_qualified_until) for each in able]
        said = f"{_advisers(len(able))} suitably qualified give{'s' if len(able) == 1 else ''} guidance"
        return _resting_on(lasts, records.on, said)
    if not records.advisers:
        return _nobody(records)
    if begun:
        ended = max(each.guidance_qualified_until for each in begun if each.guidance_qualified_until)
        return Judgement(BROKEN, f"The last qualification ended on {in_words(ended)}.", STAFF)
    return Judgement(UNKNOWN, "Of whoever gives guidance nobody has said that they are qualified.", STAFF)


def _resting_on(lasts: list[date | None], on: date, said: str) -> Judgement:
    """Met as long as one of them stays; at risk where all of them end within sixty days."""
    ends = [each for each in lasts if each is not None]
    if len(ends) < len(lasts):
        return Judgement(MET, f"{said}.", STAFF)
    last = max(ends)
    if last <= on + SOON:
        return Judgement(AT_RISK, f"{said}, until {in_words(last)}, and nobody follows.", STAFF, last)
    return Judgement(MET, f"{said}, until {in_words(last)}.", STAFF, last)


def _nobody(records: Records) -> Judgement:
    left = [day for each in records.all_advisers if (day := _last_day(each)) and day < records.on]
    if left:
        return Judgement(BROKEN, f"Nobody has given guidance since {in_words(max(left))}.", STAFF)
    return Judgement(UNKNOWN, "Nobody has said who gives guidance.", STAFF)


def _last_day(member: StaffMember) -> date | None:
    return date.fromordinal(member.ends_on.toordinal() - 1) if member.ends_on else None


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def _advisers(number: int) -> str:
    return "One adviser" if number == 1 else f"{number} advisers"
