"""Judges of what is shown by dated evidence: in the cabinet, on the website, in the provider access policy statement."""

from dataclasses import replace
from datetime import date

from dekaan.access.permissions import Permission
from dekaan.duties.queries.judging import AT_RISK, BROKEN, MET, SOON, UNKNOWN, Judgement, Link, in_words, judges
from dekaan.duties.queries.records import Records
from dekaan.evidence.queries import FactShown
from dekaan.frameworks.queries import DutyInForce
from dekaan.publication.queries import Said
from dekaan.website.queries import OnWebsite, State


@judges("cabinet")
def cabinet(line: DutyInForce, records: Records) -> Judgement:
    """By the evidence cabinet: each fact that the duty names."""
    return _by(line, [records.facts[each] for each in line.duty.evidence.facts], records)


@judges("website")
def website(line: DutyInForce, records: Records) -> Judgement:
    """By the school's own website as it was last read, and by the careers page that was public here, or the cabinet."""
    return _published(line, records)


@judges("statement")
def statement(line: DutyInForce, records: Records) -> Judgement:
    """By the website as it was last read, and by the policy statement that was public here, or the cabinet."""
    return _published(line, records)


def _published(line: DutyInForce, records: Records) -> Judgement:
    """What is wrong where it was read is broken; what could not be read is unknown, and so is nothing that was read long ago.

    Where no check has read anything, what is published here or kept in the cabinet shows it, unless it says what is so no more.
    """
    facts = line.duty.evidence.facts
    shown = [_longer(records.facts[each], records.said.get(each), records) for each in facts]
    judged, read = _by(line, shown, records), records.website.get(line.duty.id)
    public = [_in_force(said) for each in facts if (said := records.said.get(each))]
    judged = replace(
        judged, evidence=tuple(dict.fromkeys([*public, *judged.evidence]))
    )  # what is in force stands first
    if read is not None and read.state.is_alarm:
        return _by_website(BROKEN, read, f"{read.words}.")
    for said in (found for each in facts if (found := records.said.get(each)) and found.no_more):
        if judged.state == BROKEN and not said.is_wrong:
            return judged
        behind = (_in_force(said), _to_do(said))
        return Judgement(BROKEN if said.is_wrong else AT_RISK, said.no_more, behind)
    if read is None or read.on + SOON < records.on:
        return judged
    if read.state == State.UNREAD:
        return _by_website(UNKNOWN, read, f"{read.words}.")
    return judged if judged.state in {MET, AT_RISK} else _by_website(MET, read, "It stands there.")


def _to_do(said: Said) -> Link:
    if said.awaits:
        what = "Record the governing body’s approval"
        return Link(what, "published-version", (said.version.pk,), needs=Permission.PUBLICATION_APPROVE)
    return Link("Publish the next version", "public-pages", needs=Permission.PROGRAMME_SEE)


def _in_force(said: Said) -> Link:
    return Link(str(said.version), "published-version", (said.version.pk,), needs=Permission.PROGRAMME_SEE)


def _by_website(state: str, read: OnWebsite, says: str) -> Judgement:
    behind = (Link("The website", "website"),)
    where = "On a saved page of the website" if read.is_saved else "On the website"
    return Judgement(state, f"{where}, read on {in_words(read.on)}: {says[:1].lower()}{says[1:]}", behind)


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
