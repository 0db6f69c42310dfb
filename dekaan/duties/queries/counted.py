"""Judges of what pupils did: provider encounters with their last days, placements, and weeks' worth of work experience."""

from datetime import date

from dekaan.access.permissions import Permission
from dekaan.duties.queries.judging import AT_RISK, BROKEN, MET, UNKNOWN, Judgement, Link, in_words, judges
from dekaan.duties.queries.records import Count, Records
from dekaan.frameworks.queries import Criterion, DutyInForce, criterion


@judges("encounters")
def encounters(line: DutyInForce, records: Records) -> Judgement:
    """Whether everybody who is judged this year has had the encounters: at risk while it can be met, broken after.

    Where everybody has had them and it is not shown that they were all that the law asks, it is at risk.
    Where the duty is to offer them, it is judged by what was offered. Of a past day only that everybody came shows it.
    """
    asked = criterion(line.duty.evidence.criterion)
    if asked is None:
        raise KeyError(line.duty.evidence.criterion)
    (rule,) = asked.expectations
    behind = (Link("The figures", "criterion-detail", (asked.id,)),)
    if records.school.records_begin and not records.are_kept:
        return Judgement(UNKNOWN, f"Records begin on {in_words(records.school.records_begin)}.", behind)
    offers = records.offers(asked) if line.duty.evidence.is_offer else None
    found, group = offers or records.count(asked), f"Year {rule.to_year}"
    last = rule.last_day(records.year)
    next_on = last if records.on <= last else rule.last_day(records.year + 1)
    if not found.of:
        last_here = max(records.here, default=rule.to_year)
        if rule.from_year <= last_here < rule.to_year:
            return _left_inside(asked, last_here, records, behind)
        return Judgement(UNKNOWN, f"Nobody of {group} is on record.", behind, next_on)
    did = "been offered" if offers else "had"
    said = _said(found, group, f"{did} at least {rule.at_least}", exact=records.exact)
    if found.met == found.of:
        lacks = "" if offers else _not_shown(found, records.shown(asked), exact=records.exact)
        return Judgement(AT_RISK if lacks else MET, f"{said}{lacks}", behind, next_on)
    if line.duty.evidence.is_offer and not offers:
        return Judgement(
            UNKNOWN, f"{said} The duty is to offer them; what was offered is told of today.", behind, next_on
        )
    if not found.short:
        return Judgement(UNKNOWN, said, behind, next_on)
    if records.on <= last:
        return Judgement(AT_RISK, f"{said} It can be met until {in_words(last)}.", behind, next_on)
    return Judgement(BROKEN, f"{said} The last day was {in_words(last)}.", behind, next_on)


def _left_inside(asked: Criterion, last_here: int, records: Records, behind: tuple[Link, ...]) -> Judgement:
    """Where pupils leave inside the phase it ends at another school: what they had goes with them, and all had is met."""
    (rule,) = asked.expectations
    group, leave_on = f"Year {last_here}", date(records.year + 1, 8, 31)
    why = f"Pupils leave after {group}, inside the phase, which ends at their next school."
    found = records.had_so_far(asked, last_here)
    if found is None or not found.of:
        return Judgement(UNKNOWN, why, behind, leave_on)
    said = f"{_said(found, group, f'had at least {rule.at_least}', exact=records.exact)} {why}"
    if found.met == found.of:
        return Judgement(MET, said, behind, leave_on)
    return Judgement(UNKNOWN, f"{said} What is short is not judged here.", behind, leave_on)


def _said(found: Count, group: str, what: str, *, exact: bool) -> str:
    """In numbers where they may be told, else in words: from one day to the next a number would give a pupil away."""
    if not exact:
        if found.met == found.of:
            return f"Everybody of {group} has {what}."
        if found.short:
            return f"Not everybody of {group} has {what}."
        return f"Of some of {group} it is not known whether they have {what}."
    unknown = f"; of {found.unknown} it is not known" if found.unknown else ""
    return f"{found.met} of {found.of} of {group} have {what}{unknown}."


def _not_shown(found: Count, shown: int, *, exact: bool) -> str:
    """What counts though nobody said all that the law asks of it (decision 0041); nothing where all of it is shown."""
    if shown >= found.of:
        return ""
    many = f"of {shown} of {found.of}" if exact else "not of all"
    return f" Counted, not shown: {many} it is said that they were all that the law asks."


@judges("placements")
def placements(line: DutyInForce, records: Records) -> Judgement:
    """Whether a younger pupil has a placement on record in the year up to the day; before records nothing is known."""
    lowest = line.version.lowest_year
    behind = (Link("Sessions", "session-list", needs=Permission.PROGRAMME_SEE),)
    if not records.are_kept:
        return Judgement(UNKNOWN, "Records had not begun.", behind)
    if not (found := records.placements_below(lowest, line.duty.evidence.activity_types)):
        return Judgement(MET, f"In the year before, no placement is on record for a pupil below Year {lowest}.", behind)
    many = f"{found} pupil{'s' if found > 1 else ''}" if records.exact else "Some pupils"
    return Judgement(BROKEN, f"{many} below Year {lowest} had a placement in the year before.", behind)


@judges("work-experience")
def work_experience(line: DutyInForce, _records: Records) -> Judgement:
    """Never broken: a pupil who is short of it is a gap against guidance, and how much each has had is not added up."""
    behind = (Link("Who has been to a workplace", "criterion-detail", (line.duty.evidence.criterion,)),)
    if line.version.force == "policy_announced":
        return Judgement(UNKNOWN, "It is announced, and nothing of it can be met or missed yet.", behind)
    return Judgement(
        UNKNOWN, "How many weeks' worth each pupil has had is not added up here. It is no breach of law.", behind
    )
