"""Judges of what is shown by dated evidence: in the cabinet, on the website, in the provider access policy statement."""

from collections.abc import Sequence
from datetime import date

from dekaan.access.permissions import Permission
from dekaan.duties.queries.judging import AT_RISK, BROKEN, MET, SOON, UNKNOWN, Judgement, Link, in_words, judges
from dekaan.duties.queries.records import Records
from dekaan.evidence.queries import FactShown
from dekaan.frameworks.queries import DutyInForce
from dekaan.publication.queries import Said


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
    """What shows each of these facts about the website: the careers page that was public here that day, or the cabinet.

    Whichever holds longer. An area that reads the school's own website answers here too.
    """
    return [_longer(records.facts[each], records.said.get(each), records) for each in facts]


def statement_shows(facts: Sequence[str], records: Records) -> list[FactShown]:
    """What shows each of these facts about the policy statement: the version that was public here that day, or the cabinet."""
    return website_shows(facts, records)


def _longer(kept: FactShown, said: Said | None, records: Records) -> FactShown:
    if said is None:
        return kept
    held = kept.valid_until or date.max if kept.state != "none" else date.min
    until = said.valid_until or date.max
    if held > until:
        return kept
    state = "shown" if until >= records.on else "expired"
    return FactShown(kept.fact, state, title=str(said.version), valid_until=said.valid_until, is_checked=True)


def _by(line: DutyInForce, shown: list[FactShown], records: Records) -> Judgement:
    behind = tuple(dict.fromkeys(_link(each, records) for each in shown))  # one piece may show several
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


def _link(shown: FactShown, records: Records) -> Link:
    if shown.evidence_id is not None:
        return Link(shown.title, "evidence-detail", (shown.evidence_id,))
    if shown.state != "none" and (said := records.said.get(shown.fact.key)):
        return Link(shown.title, "published-version", (said.version.pk,), needs=Permission.PROGRAMME_SEE)
    add = f"Add evidence: {shown.fact.title}"
    return Link(add, "evidence-new", asks=f"fact={shown.fact.key}", needs=Permission.PROGRAMME_CHANGE)
