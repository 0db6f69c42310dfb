"""The careers leader: who is named, with which e-mail address and telephone number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dekaan.website.judging.findings import FAIRLY, PERHAPS, SURE, Finding, State
from dekaan.website.judging.items import items
from dekaan.website.judging.names import NAME, is_only_a_name, name_at_start, names_in, same_person
from dekaan.website.judging.site import Segment, Site, finding_at
from dekaan.website.judging.telephones import Telephone, dialled, telephones_in

_MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HIDDEN_MAIL = re.compile(r"([A-Za-z0-9._%+-]+)\s*[\[({]\s*at\s*[\])}]\s*([A-Za-z0-9-]+(?:\s*(?:\.|[\[({]\s*dot\s*[\])}])\s*[A-Za-z0-9-]+)+)", re.IGNORECASE)  # fmt: skip
# Whose contact is not the careers leader's.
_OTHERS = re.compile(
    r"\b(?:advis[eo]rs?|governors?|head ?teacher|principal|senco|administrator|receptionist|reception|librarian|tutor"
    r"|enterprise (?:coordinator|advisor|adviser)|designated safeguarding lead|attendance|admissions|head of year"
    r"|link governor|business manager|assistant|national careers service|exams officer)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\bcontact\b|\be-?mail\b|\btel(?:ephone)?\b|\bphone\b|\bcall\b", re.IGNORECASE)
# What may stand between the post and the name: "Careers Leader (since 2024) at our school is Mrs …".
_AFTER = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:(?:at|for|of|in|here)\b[^.;:|,]{0,50}?\s)?(?:is|:|–|—|-|,|;|\||=|\()?"
    r"\s*(?:(?:currently|now|our|called|named|is)\s+)*$",
    re.IGNORECASE,
)
# And between the name and the post: "Mrs …, who is our Careers Leader", "Mrs … – Assistant Headteacher and Careers Leader".
_BEFORE = re.compile(
    r"^\s*[,–—|:(-]?\s*(?:(?:who|is|acts|as|has|been|works|also|currently|our|the|a|your|new|dedicated|named|senior|school"
    r"|whole-school|trained|appointed|\w+['’]s)\s+)*(?:\w+ (?:school|academy|college|high)(?:['’]s)?\s+)?$"
    r"|^\s*[,–—|:(-]\s*[^.;,]{2,50}(?:\band\b|&|/)\s*(?:our |the )?$",
    re.IGNORECASE,
)
_PICTURED = re.compile(r"phone|\btel\b|tel[_-]|contact|call", re.IGNORECASE)
_PROMISED = re.compile(r"\b(?:tel(?:ephone)?|phone|call)\b[^.\d]{0,40}$", re.IGNORECASE)
_SHARED = re.compile(r"career|ceiag|futures|nextsteps|employab", re.IGNORECASE)
_GENERAL = re.compile(r"^(?:office|info|admin|enquir\w*|reception|school|contact|mail|head\w*|main)[.@]", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """Somebody who is named as careers leader, where."""

    name: str
    segment: Segment
    index: int  # of the segment among all


def judge_contact(site: Site) -> Iterator[Finding]:
    """The careers leader's name, e-mail address and telephone number."""
    segments = [*site.careers, *site.statement]
    named, spoken_of = _leaders(site, segments)
    leader = _best(named, site.records.leader_name)
    zone = _zone(segments, leader.index) if leader else _zones_of_role(segments, spoken_of)
    yield _name(site, leader, spoken_of)
    yield _email(site, segments, zone)
    yield _telephone(site, segments, zone)


# --- who ---------------------------------------------------------------------------------------------------------------


def _leaders(site: Site, segments: list[Segment]) -> tuple[list[Named], list[int]]:
    """Whoever is named as careers leader, and where one is spoken of; a coordinator only where there is no leader."""
    item = items()["W1"]
    for words in (item.words, item.weaker):
        found, spoken = [], []
        for index, segment in enumerate(segments):
            for match in words.finditer(segment.words):
                spoken.append(index)
                if name := _name_beside(segments, index, match, site.records.leader_name):
                    found.append(Named(name, segment, index))
        if found or spoken:
            return found, spoken
    return [], []


def _best(named: list[Named], ours: str) -> Named | None:
    """The one of our records where the page has it, else the first."""
    return next((each for each in named if ours and same_person(each.name, ours)), named[0] if named else None)


def _name_beside(segments: list[Segment], index: int, role: re.Match[str], ours: str) -> str:
    segment = segments[index]
    if segment.block.cells:
        return _in_row(segment, role, ours)
    before, after = segment.words[: role.start()], segment.words[role.end() :]
    for name in names_in(after, ours)[:1]:
        if _AFTER.match(after[: name.at]) and not _OTHERS.search(after[: name.at]):
            return name.words
    for name in names_in(before, ours)[-1:]:
        if _BEFORE.match(before[name.to :]):
            return name.words
    return _in_neighbours(segments, index, ours) if len(segment.words) <= 80 else ""


def _in_row(segment: Segment, role: re.Match[str], ours: str) -> str:
    """In a table: the name in another cell of the row, or beside the role in its own."""
    cells = segment.block.cells
    own = next((each for each in cells if role.group() in each), "")
    for cell in [*(each for each in cells if each != own), own.replace(role.group(), " ")]:
        if found := names_in(cell, ours):
            return found[0].words
    return ""


def _in_neighbours(segments: list[Segment], index: int, ours: str) -> str:
    """Where the role stands alone on its line: a name above it, as on a card, or below it, as after a label."""
    here = segments[index]
    above = segments[index - 1] if index and segments[index - 1].document is here.document else None
    below = [each for each in segments[index + 1 : index + 3] if each.document is here.document]
    over = above.words.strip() if above and is_only_a_name(above.words, ours) else ""
    under = next((name for each in below[:2] if (name := name_at_start(each.words, ours))), "")
    if over and under:
        if ours and same_person(under, ours) != same_person(over, ours):
            return under if same_person(under, ours) else over
        # On a card the name is the head and the role stands below it.
        return under if here.block.kind == "heading" and above and above.block.kind != "heading" else over
    return over or under


def _name(site: Site, leader: Named | None, spoken_of: list[int]) -> Finding:
    ours = site.records.leader_name
    if leader is None:
        note = "A careers leader is spoken of and nobody is named." if spoken_of else ""
        return finding_at("W1", State.MISSING, note=note)
    if ours and not same_person(leader.name, ours):
        note = f"The page names {leader.name}; our records say {ours}."
        return finding_at("W1", State.DIFFERENT, leader.segment, note=note)
    return finding_at("W1", State.PRESENT, leader.segment, sure=SURE if ours else FAIRLY)


# --- how to reach them -------------------------------------------------------------------------------------------------


def _zone(segments: list[Segment], index: int) -> list[Segment]:
    """The lines that are about the person at that place: theirs, and what follows until somebody else's begin."""
    here = segments[index]
    zone = [here]
    for number in (index - 1, index - 2):
        if number < 0 or segments[number].document is not here.document or _is_somebody_elses(segments[number], here):
            break
        if segments[number].block.kind != "heading" and segments[number].number < here.number - 1:
            break
        zone.insert(0, segments[number])
    level = min((each.block.level for each in zone if each.block.kind == "heading"), default=8)
    for each in segments[index + 1 : index + 9]:
        is_new = each.block.kind == "heading" and each.block.level <= level and not _CONTACT.search(each.words)
        if each.document is not here.document or is_new or _is_somebody_elses(each, here):
            break
        zone.append(each)
    return zone


def _is_somebody_elses(segment: Segment, here: Segment) -> bool:
    if segment.block is here.block and not segment.block.cells:
        return bool(_OTHERS.search(segment.words)) and segment is not here
    if segment.block.cells and here.block.cells:
        return True  # every row of a list of staff is somebody's
    return bool(_OTHERS.search(segment.words)) or bool(is_only_a_name(segment.words) and not is_only_a_name(here.words) and not _follows_label(here))  # fmt: skip


def _follows_label(segment: Segment) -> bool:
    """Whether the line is a label with the name below it, such as “Careers Leader”."""
    return len(segment.words) <= 60 and NAME.search(segment.words) is None


def _zones_of_role(segments: list[Segment], spoken_of: list[int]) -> list[Segment]:
    """Where nobody is named: the lines that follow the role."""
    return [each for index in spoken_of[:3] for each in _zone(segments, index)]


def _mails(segment: Segment) -> Iterator[str]:
    yield from _MAIL.findall(segment.words)
    for who, where in _HIDDEN_MAIL.findall(segment.words):
        yield f"{who}@{re.sub(r'[^A-Za-z0-9.-]+', '.', re.sub(r'(?i)[^A-Za-z0-9-]+dot[^A-Za-z0-9-]+', '.', where))}"
    if segment.words == (segment.block.sentences or [""])[-1] or segment.block.cells:
        yield from (each for each in segment.block.mails if "@" in each)


def _email(site: Site, segments: list[Segment], zone: list[Segment]) -> Finding:
    ours = site.records.leader_email.casefold()
    found = [(mail.strip(".").casefold(), each) for each in segments for mail in dict.fromkeys(_mails(each))]
    close = _close(found, zone, site)
    for mail, segment in close:
        if ours and mail == ours:
            return finding_at("W2-email", State.PRESENT, _showing(segment, mail))
    shared = [(mail, each) for mail, each in found if _SHARED.search(mail.partition("@")[0])]
    general = [(mail, each) for mail, each in close if _GENERAL.match(mail)]
    for mail, segment in [*shared, *general]:
        kind = "an address for careers" if (mail, segment) in shared else "the school's general address"
        note = f"It is {kind}; our records say {ours}." if ours else f"It is {kind}."
        return finding_at("W2-email", State.PRESENT, _showing(segment, mail), sure=FAIRLY, note=note)
    for mail, segment in close:
        if ours:
            note = f"The page gives {mail}; our records say {ours}."
            return finding_at("W2-email", State.DIFFERENT, _showing(segment, mail), note=note)
        return finding_at("W2-email", State.PRESENT, _showing(segment, mail), sure=FAIRLY)
    for mail, segment in found:
        if ours and mail == ours:
            return finding_at("W2-email", State.PRESENT, _showing(segment, mail))
    note = "Other addresses stand on the page; none is given as the careers leader's." if found else ""
    return finding_at("W2-email", State.MISSING, note=note, sure=FAIRLY if found else SURE)


def _close(found: list[tuple[Any, Segment]], zone: list[Segment], site: Site) -> list[tuple[Any, Segment]]:
    """What stands with the careers leader: on the page; only where nothing does there, in the statement."""
    close = [(what, each) for what, each in found if _is_close(each, zone)]
    in_statement = {id(each.block) for each in site.statement}
    return [pair for pair in close if id(pair[1].block) not in in_statement] or close


def _is_close(segment: Segment, zone: list[Segment]) -> bool:
    """Whether it stands with the careers leader, or says itself that it is for careers."""
    return any(each is segment for each in zone) or _is_for_careers(segment) or _in_same_block(segment, zone)


def _showing(segment: Segment, hidden: str) -> Segment:
    """The sentence, with the address or number behind its link where the words do not have it."""
    if hidden.casefold() in segment.words.casefold():
        return segment
    return Segment(f"{segment.words} ({hidden})".strip(), segment.block, segment.document, segment.number)


def _in_same_block(segment: Segment, zone: list[Segment]) -> bool:
    return any(each.block is segment.block for each in zone) and not _OTHERS.search(segment.words)


def _is_for_careers(segment: Segment) -> bool:
    """ "For careers enquiries, call …": a contact for careers that names nobody else."""
    return bool(re.search(r"\bcareers\b", segment.words, re.IGNORECASE) and _CONTACT.search(segment.words)) and not _OTHERS.search(segment.words)  # fmt: skip


def _numbers(segment: Segment) -> Iterator[Telephone]:
    yield from telephones_in(segment.words)
    if segment.words == (segment.block.sentences or [""])[-1] or segment.block.cells:
        yield from (Telephone(digits, each) for each in segment.block.telephones if (digits := dialled(each)))


def _telephone(site: Site, segments: list[Segment], zone: list[Segment]) -> Finding:
    ours = dialled(site.records.leader_telephone)
    found = [(number, each) for each in segments for number in _numbers(each)]
    close = _close(found, zone, site)
    for number, segment in [*close, *(() if close else found)]:
        if ours and number.digits == ours:
            return finding_at("W2-telephone", State.PRESENT, _showing(segment, number.words))
    for number, segment in close:
        if ours:
            note = f"The page gives {number.words}; our records say {site.records.leader_telephone}."
            return finding_at("W2-telephone", State.DIFFERENT, _showing(segment, number.words), note=note)
        return finding_at("W2-telephone", State.PRESENT, _showing(segment, number.words), sure=FAIRLY)
    return _no_telephone(site, found, zone)


def _no_telephone(site: Site, found: list[tuple[Telephone, Segment]], zone: list[Segment]) -> Finding:
    pictured = [each for document in site.read for each in document.pictures if each.in_content]
    if any(_PICTURED.search(f"{each.alt or ''} {each.name}") for each in pictured):
        note = "It may stand in a picture, which nobody can dial or have read aloud. Write it as text."
        return finding_at("W2-telephone", State.UNREAD, note=note, sure=PERHAPS)
    for each in zone:
        if each.block.pictures and _PROMISED.search(each.words):
            note = "The page leads up to a number, and a picture stands in its place. Write it as text."
            return finding_at("W2-telephone", State.UNREAD, each, note=note, sure=FAIRLY)
    if found:
        note = "Other numbers stand on the page; none is given as the careers leader's."
        return finding_at("W2-telephone", State.MISSING, note=note, sure=FAIRLY)
    in_foot = [each for each in site.everything if not each.block.in_content and any(_numbers(each))]
    note = (
        "The only number is the school's, in the head or foot of every page; it is not given as the careers leader's."
    )
    return finding_at("W2-telephone", State.MISSING, note=note if in_foot else "", sure=FAIRLY if in_foot else SURE)
