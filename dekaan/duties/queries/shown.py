"""Judges of what is shown by dated evidence: in the cabinet, on the website, in the provider access policy statement."""

from collections.abc import Sequence

from dekaan.access.permissions import Permission
from dekaan.duties.queries.judging import AT_RISK, BROKEN, MET, SOON, UNKNOWN, Judgement, Link, in_words, judges
from dekaan.duties.queries.records import Records
from dekaan.evidence.queries import FactShown
from dekaan.frameworks.queries import DutyInForce


@judges("cabinet")
def cabinet(line: DutyInForce, records: Records) -> Judgement:
    """By the evidence cabinet: each fact that the duty names."""
    return _by(line, [records.facts[each] for each in line.duty.evidence.facts], records)


@judges("website")
def website(line: DutyInForce, records: Records) -> Judgement:
    """By what is known of the website that day."""
    return _by(line, website_shows(line.duty.evidence.facts, records), records)


@judges("statement")
def statement(line: DutyInForce, records: Records) -> Judgement:
    """By what is known of the provider access policy statement that day."""
    return _by(line, statement_shows(line.duty.evidence.facts, records), records)


def website_shows(facts: Sequence[str], records: Records) -> list[FactShown]:
    """What shows each of these facts about the website: somebody has looked, and says so in the cabinet.

    An area that reads the website itself answers here, and the cabinet where it says nothing.
    """
    return [records.facts[each] for each in facts]


def statement_shows(facts: Sequence[str], records: Records) -> list[FactShown]:
    """What shows each of these facts about the policy statement: somebody has looked, and says so in the cabinet.

    An area that keeps the statement itself answers here, and the cabinet where it says nothing.
    """
    return [records.facts[each] for each in facts]


def _by(line: DutyInForce, shown: list[FactShown], records: Records) -> Judgement:
    behind = tuple(dict.fromkeys(_link(each) for each in shown))  # one piece may show several
    ended = [each.valid_until for each in shown if each.state == "expired" and each.valid_until]
    missing = [each for each in shown if each.state == "none"]
    if ended and line.duty.evidence.lapses:
        return Judgement(BROKEN, f"What showed it ran out on {in_words(max(ended))}.", behind)
    if ended or missing:
        return Judgement(UNKNOWN, _not_said(shown, missing), behind)
    ends = [each.valid_until for each in shown if each.valid_until]
    first = min(ends, default=None)
    if first is None:
        return Judgement(MET, "Shown by evidence that does not run out.", behind)
    if first <= records.on + SOON:
        return Judgement(AT_RISK, f"What shows it runs out on {in_words(first)}.", behind, first)
    return Judgement(MET, f"Shown until {in_words(first)}.", behind, first)


def _not_said(shown: list[FactShown], missing: list[FactShown]) -> str:
    """What nobody has said, and what nobody has said since a day."""
    if len(shown) == 1:
        (only,) = shown
        return (
            "Nobody has said."
            if missing or not only.valid_until
            else (f"Shown until {in_words(only.valid_until)}; nobody has said since.")
        )
    open_ = [each.fact.title for each in shown if not each.is_shown]
    return f"Nobody has said, or not lately: {'; '.join(open_)}."


def _link(shown: FactShown) -> Link:
    if shown.evidence_id is not None:
        return Link(shown.title, "evidence-detail", (shown.evidence_id,))
    add = f"Add evidence: {shown.fact.title}"
    return Link(add, "evidence-new", asks=f"fact={shown.fact.key}", needs=Permission.PROGRAMME_CHANGE)
