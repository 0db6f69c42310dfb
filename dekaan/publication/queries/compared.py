"""What a version says otherwise than the one that was public before it, word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from dekaan.publication.models import Page, PublishedVersion
from dekaan.publication.queries.drafting import FACTS_IN_WORDS, RESOURCES_FOR, Content

State = PublishedVersion.State
SAME, REMOVED, ADDED = "same", "removed", "added"


@dataclass(frozen=True)
class Part:
    """Words in a row that stand in both versions, in the one before only, or in this one only."""

    words: str
    mark: str


@dataclass(frozen=True)
class Difference:
    """One place of the page with its words before and now; either may be empty."""

    place: str
    before: list[Part]
    now: list[Part]


def version_before(version: PublishedVersion) -> PublishedVersion | None:
    """The version that the public read last before this one."""
    shown = PublishedVersion.objects.filter(page=version.page, state__in=[State.PUBLISHED, State.TAKEN_DOWN])
    return shown.filter(number__lt=version.number).order_by("-number").first()


def differences(before: Content, now: Content, page: str) -> list[Difference]:
    """Every place that says something else, in the order of the page."""
    then, since = _told(before, page), _told(now, page)
    places = dict.fromkeys([*since, *then])
    return [
        Difference(place, *_marked(then.get(place, ""), since.get(place, "")))
        for place in places
        if then.get(place, "") != since.get(place, "")
    ]


def _marked(before: str, now: str) -> tuple[list[Part], list[Part]]:
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", now)
    was, is_ = list[Part](), list[Part]()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i2 > i1:
            was.append(Part("".join(old[i1:i2]), SAME if tag == "equal" else REMOVED))
        if j2 > j1:
            is_.append(Part("".join(new[j1:j2]), SAME if tag == "equal" else ADDED))
    return was, is_


def _told(content: Content, page: str) -> dict[str, str]:
    """Place → all that is said there, as plain text with a line each."""
    left_out = {"next_review_on", "own_page"} if page == Page.STATEMENT else {"statement_review_on", "own_page"}
    facts = content["facts"]
    found = {words: _plain(facts.get(name)) for name, words in FACTS_IN_WORDS.items() if name not in left_out}
    found |= {each["heading"]: _lines(_section(each)) for each in content["sections"]}
    for group in content.get("programme", []):
        found[f"Year {group['year_group']}"] = _lines(f"{each['what']} ({each['when']})" for each in group["lines"])
    found["Dates for parents and carers"] = _lines(
        f"{_plain(each['on'])} {each['time']} {each['what']} {each['where']}" for each in content.get("calendar", [])
    )
    for audience, listed in content.get("resources", {}).items():
        place = RESOURCES_FOR[audience]
        found[place[:1].upper() + place[1:]] = _lines(f"{each['title']} {each['says']}" for each in listed)
    return found


def _section(section: Content) -> Iterable[str]:
    yield from section["paragraphs"]
    if section.get("leads"):
        yield section["leads"]
    for each in section.get("lists", []):
        yield from (each["lead"], *each["points"])
    yield from _rows(section.get("table", {"rows": []}))
    if figures := section.get("figures"):
        yield figures["says"]
        yield from _rows(figures["table"])
        yield from figures["notes"]
    if beside := section.get("beside"):
        yield beside["says"]
        for table in beside["tables"]:
            yield table["caption"]
            yield from _rows(table)


def _rows(table: Content) -> Iterable[str]:
    for row in table["rows"]:
        yield f"{row['of']}: " + "; ".join(f"{each['head']}: {each['words'] or '–'}" for each in row["cells"])


def _lines(said: Iterable[str]) -> str:
    return "\n".join(" ".join(each.split()) for each in said)


def _plain(said: object) -> str:
    """A day as a person says it."""
    words = str(said or "")
    return f"{date.fromisoformat(words):%-d %B %Y}" if re.fullmatch(r"\d{4}-\d\d-\d\d", words) else words
