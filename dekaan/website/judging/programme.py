"""The programme and what is said around it: the year that it is of, its audiences, its impact, its next review, and more."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.website.judging.dates import When, academic_years_in, dates_in
from dekaan.website.judging.findings import FAIRLY, PERHAPS, SURE, Finding, State
from dekaan.website.judging.items import Item, Part, items
from dekaan.website.judging.site import Segment, Site, called, finding_at, finding_of, listed

_STAGE = re.compile(r"\b(?:years? ?(\d{1,2})|key stage (\d)|ks ?(\d)|sixth form)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|previously|date) (?:reviewed|updated|review)\b|\b(?:reviewed|updated|approved|published) (?:on|in)?\b", re.IGNORECASE)  # fmt: skip
_SOME = 8  # words below a heading: fewer say nothing
_FOR = re.compile(r"^(?:information |advice |guidance |support )?(?:for )?(?:our )?", re.IGNORECASE)


# What else a school reviews, measures or tells people of; a sentence about it is not about careers unless it says so.
_OTHER_POLICY = re.compile(
    r"\b(?:safeguarding|child protection|attendance|behaviour|uniform|admissions?|send?|special educational needs|inclusion"
    r"|anti-?bullying|complaints?|privacy|data protection|exclusions?|suspensions?|charging|equality|health and safety|on-?line safety"
    r"|e-?safety|accessibility|homework|marking|feedback|assessment|examinations?|exams?|rshe?|relationships|pupil premium|prevent"
    r"|medical|first aid|mobile phones?|remote learning|whistleblowing|lettings)\b(?: (?:\w+|&)){0,3}? (?:policy|policies|plan|strategy"
    r"|statement|procedures?|notice|report)\b",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:attendance|absence|gcses?|a[ -]levels?|grades?|attainment|progress 8|results|behaviour|pupil premium|literacy|numeracy"
    r"|reading|homework|catch-?up|tutoring|safeguarding|bullying|uniform|sports?|send)\b",
    re.IGNORECASE,
)
_OF_CAREERS = re.compile(
    r"\bcareers?\b|\bceiag\b|\bcaieg\b|\bprogramme\b|employab|next steps|destinations?|encounters?|gatsby|compass\b"
    r"|apprenticeships?|work experience|this (?:page|information|website|statement|policy)|information on this|provider",
    re.IGNORECASE,
)
# Words that tell of information by themselves, and those that may tell of anything.
_OF_INFORMATION = re.compile(
    r"information|find out|details|enquir|resources|more about|speak to|get in touch", re.IGNORECASE
)


def _is_of_something_else(segment: Segment, other: re.Pattern[str]) -> bool:
    """Whether the sentence, or the heading right above it, is about something else, and neither about careers."""
    above = segment.block.path[-1] if len(segment.block.path) > 1 else ""
    if _OF_CAREERS.search(segment.words):
        return False
    return bool(other.search(segment.words) or (other.search(above) and not _OF_CAREERS.search(above)))


def judge_programme(site: Site) -> Iterator[Finding]:
    """W3 to W6 and W8 to W12, in that order."""
    summary = _summary(site)
    audiences = _audiences(site)
    yield summary
    yield audiences
    yield _said_somewhere(site, "W5")
    yield next_review(site.careers, site, "W6")
    yield _said_somewhere(site, "W8")
    yield _for_all(summary, audiences)
    yield _in_parts(site, "W10")
    yield _destinations(site)
    yield _accessibility(site)


def _summary(site: Site) -> Finding:
    """A heading of the programme with words below it, or what is done in several year groups."""
    item = items()["W3"]
    cues = [each for each in site.careers if item.words.search(each.words)]
    dated = _year_of_programme(site, item, cues)
    if dated:
        return dated
    for cue in cues:
        if cue.block.kind == "heading" and len(_below(site, cue).split()) >= 15:
            return finding_at("W3", State.PRESENT, cue)
    staged = [each for each in site.careers if _STAGE.search(each.words)]
    stages = {found.group().casefold() for each in staged for found in _STAGE.finditer(each.words)}
    if cues and len(stages) >= 2:
        return finding_at("W3", State.PRESENT, cues[0], sure=FAIRLY)
    whole = next((each for each in cues if each.document.kind == "pdf" and _names_it(item, each.document.title, each.document.said, each.document.address)), None)  # fmt: skip
    if whole or len(cues) >= 3:
        return finding_at("W3", State.PRESENT, whole or cues[0], sure=FAIRLY)
    if cues and len(cues[0].words.split()) >= 12 and cues[0].block.kind != "heading":
        note = "The programme is spoken of; whether that is a summary of it is yours to say."
        return finding_at("W3", State.PRESENT, cues[0], sure=PERHAPS, note=note)
    note = "The programme is named, and nothing is said of it." if cues else ""
    return finding_at("W3", State.MISSING, cues[0] if cues else None, sure=FAIRLY if cues else SURE, note=note)


def _names_it(item: Item, *words: str) -> bool:
    return bool(item.words.search(called(words[-1], " ".join(words[:-1]))))


def _below(site: Site, heading: Segment) -> str:
    """The words under a heading, until one of its own level."""
    said = []
    for each in site.careers:
        if each.document is heading.document and each.number > heading.number:
            if each.block.kind == "heading" and each.block.level <= heading.block.level:
                break
            said.append(each.words)
    return " ".join(said)


def _year_of_programme(site: Site, item: Item, cues: list[Segment]) -> Finding | None:
    """Out of date where every year that is written on the programme is over."""
    this_year = academic_year_of(site.on)
    named = [(year, each) for each in cues for year in academic_years_in(each.words)]
    named += [
        (year, Segment(document.named, document.blocks[0], document, 0))
        for document in site.read
        if document.blocks and _names_it(item, document.title, document.said, document.address)
        for year in academic_years_in(called(document.address, f"{document.title} {document.said}"))
    ]
    if not named or max(year for year, _ in named) >= this_year:
        return None
    year, segment = max(named, key=lambda each: each[0])
    return finding_at("W3", State.PAST, segment, note=f"It is of {year_label(year)}; this year is {year_label(this_year)}.")  # fmt: skip


def _audiences(site: Site) -> Finding:
    """All four named where information is spoken of, or each under a heading of its own."""
    item = items()["W4"]
    met: dict[str, Segment] = {}
    for part in item.parts:
        telling = [
            each
            for each in site.careers
            if part.words.search(each.words) and (_is_headed(each, part) or _tells(each, item))
        ]
        if telling:
            met[part.name] = max(telling, key=lambda each: _counts(each, item))
    lacking = [part.name for part in item.parts if part.name not in met]
    if not lacking:
        best = max(met.values(), key=lambda each: _counts(each, item))
        return finding_at("W4", State.PRESENT, best, sure=SURE if _counts(best, item) == 4 else FAIRLY)
    shown = max(met.values(), key=lambda each: _counts(each, item)) if met else None
    note = f"Nothing tells {listed(lacking)} how to get information about the programme." if met else ""
    return finding_at("W4", State.MISSING, shown, sure=FAIRLY, note=note)


def _tells(segment: Segment, item: Item) -> bool:
    """Whether it speaks of information; of help or a welcome only where that is about careers, or below who it is for."""
    if not item.words.search(segment.words) or _is_of_something_else(segment, _OTHER_SUBJECT):
        return False
    if _OF_INFORMATION.search(segment.words) or _OF_CAREERS.search(segment.words):
        return True
    above = segment.block.path[-1] if len(segment.block.path) > 1 else ""
    return bool(_OF_CAREERS.search(above)) or any(part.words.search(above) for part in item.parts)


def _is_headed(segment: Segment, part: Part) -> bool:
    """ "Employers", "Information for parents and carers"."""
    return segment.block.kind == "heading" and bool(part.words.match(_FOR.sub("", segment.words)))


def _counts(segment: Segment, item: Item) -> int:
    return sum(bool(part.words.search(segment.words)) for part in item.parts)


def _said_somewhere(site: Site, key: str, besides: Callable[[str], Any] = lambda _: None) -> Finding:
    """A sentence says it; a heading alone is less sure."""
    item = items()[key]
    found = [
        each
        for each in site.careers
        if item.words.search(each.words.replace("’", "'"))
        and not besides(each.words)
        and not (key == "W5" and _is_of_something_else(each, _OTHER_SUBJECT))
    ]
    sentence = next((each for each in found if each.block.kind != "heading"), None)
    if sentence:
        return finding_at(key, State.PRESENT, sentence)
    if found:
        return finding_at(key, State.PRESENT, found[0], sure=FAIRLY)
    return finding_at(key, State.MISSING)


def _in_parts(site: Site, key: str) -> Finding:
    """Every part of it is said somewhere."""
    met = {part.name: found for part in items()[key].parts if (found := _saying(site, part))}
    lacking = [part.name for part in items()[key].parts if part.name not in met]
    if not lacking:
        return finding_of(key, State.PRESENT, met.values(), sure=FAIRLY)
    return finding_of(key, State.MISSING, met.values(), sure=FAIRLY, note=f"Nothing was found about {listed(lacking)}.")


def _saying(site: Site, part: Part) -> Segment | None:
    """The sentence that says that part, else a heading with something below it."""
    found = [
        each
        for each in site.careers
        if part.words.search(each.words) and not _is_of_something_else(each, _OTHER_SUBJECT)
    ]
    sentence = next((each for each in found if each.block.kind != "heading"), None)
    return sentence or next((each for each in found if len(_below(site, each).split()) >= _SOME), None)


def _for_all(summary: Finding, audiences: Finding) -> Finding:
    """As far as it follows from the summary and its audiences: whether anybody understands it is for a person to say."""
    if summary.state != State.MISSING and audiences.state == State.PRESENT:
        return Finding("W9", State.PRESENT, audiences.sentence, audiences.page, audiences.page_called, PERHAPS)
    lacks = "the summary" if summary.state == State.MISSING else "an audience"
    return Finding("W9", State.MISSING, sure=PERHAPS, note=f"It cannot be so while {lacks} is missing.")


def _destinations(site: Site) -> Finding:
    item, measured = items()["W11"], items()["W5"].words
    found = _said_somewhere(site, "W11", besides=measured.search)  # "we measure it by destinations" tells none
    if found.state == State.MISSING:
        for document, link in site.links():
            if item.words.search(called(link.address, link.words)):
                return Finding("W11", State.PRESENT, link.words, document.address, document.named, FAIRLY)
        if not site.about.has_year_11:
            return Finding("W11", State.PRESENT, note="Nobody here leaves from Year 11, so nothing is asked.")
    return found


def _accessibility(site: Site) -> Finding:
    item = items()["W12"]
    for document, link in site.links():
        if item.words.search(called(link.address, link.words)):
            return Finding("W12", State.PRESENT, link.words or link.address, document.address, document.named)
    for each in site.everything:
        if item.words.search(each.words):
            return finding_at("W12", State.PRESENT, each, sure=FAIRLY)
    return finding_at("W12", State.MISSING)


# --- the next review ---------------------------------------------------------------------------------------------------


def next_review(segments: list[Segment], site: Site, key: str) -> Finding:
    """The date of the next review that these words give: still to come, passed, different from ours, or not given."""
    item = items()["W6"]
    found: list[tuple[When, Segment]] = []
    spoken: list[Segment] = []
    for number, each in enumerate(segments):
        if _is_of_something_else(each, _OTHER_POLICY):
            continue
        for cue in item.words.finditer(each.words):
            if _LAST.search(each.words[max(0, cue.start() - 6) : cue.end()]) and "next" not in cue.group().casefold() and "will" not in cue.group().casefold():  # fmt: skip
                continue
            spoken.append(each)
            if dated := _date_after(segments, number, cue):
                found.append(dated)
    to_come = [each for each in found if not each[0].has_passed(site.on)]
    if to_come:
        return _still_to_come(to_come, site, key)
    if found:
        when, segment = max(found, key=lambda each: each[0].ends_on)
        return finding_at(key, State.PAST, segment, note=f"{when.words} has passed.")
    yearly = next((each for each in segments if "review" in each.words.casefold() and item.yearly.search(each.words)), None)  # fmt: skip
    if yearly:
        note = "It says how often, and not when next."
        return finding_at(key, State.MISSING, yearly, sure=FAIRLY, note=note)
    return finding_at(key, State.MISSING, spoken[0] if spoken else None, note="A review is spoken of and no date given." if spoken else "")  # fmt: skip


def _date_after(segments: list[Segment], number: int, cue: re.Match[str]) -> tuple[When, Segment] | None:
    """The date that follows the words in their line, else before them, else in the line below a label."""
    here = segments[number]
    after = [each for each in dates_in(here.words) if each.at >= cue.end()]
    if after:
        return after[0], here
    before = [each for each in dates_in(here.words) if each.at < cue.start()]
    if before and not _LAST.search(here.words[: before[-1].at]):
        return before[-1], here
    below = segments[number + 1] if number + 1 < len(segments) else None
    if below is None or below.document is not here.document or len(here.words) > 80:
        return None
    first = next(iter(dates_in(below.words)), None)
    if first is None or first.at > 15:
        return None
    return first, Segment(f"{here.words.rstrip(': ')}: {below.words}", below.block, below.document, below.number)


def _still_to_come(to_come: list[tuple[When, Segment]], site: Site, key: str) -> Finding:
    when, segment = min(to_come, key=lambda each: each[0].ends_on)
    ours = site.records.next_review if key == "W6" else None
    if ours and not any(each.holds(ours) for each, _ in to_come):
        note = f"The page says {when.words}; our records say {ours:%-d %B %Y}."
        return finding_at(key, State.DIFFERENT, segment, note=note)
    return finding_at(key, State.PRESENT, segment)
