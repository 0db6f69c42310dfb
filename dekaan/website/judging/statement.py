"""The provider access policy statement: whether it is there, is the school's own, and says what it must."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from dekaan.website.judging.findings import FAIRLY, SURE, Finding, State
from dekaan.website.judging.items import items
from dekaan.website.judging.programme import next_review
from dekaan.website.judging.site import Segment, Site, called, finding_at, finding_of, is_about_access, listed, why
from dekaan.website.reading.document import Document, Link, shortened

_ALL_ACADEMIES = re.compile(
    r"\b(?:all|each of|across) (?:of )?(?:the |our |its )?(?:academies|schools)\b|\b(?:academies|schools) (?:in|within|across|of) the trust\b"
    r"|\btrust[- ]wide\b",
    re.IGNORECASE,
)
_SCHOOLS = re.compile(r"\b[A-Z][\w'.]*(?:\s+[A-Z][\w'.]*)*?\s+(?:School|Academy|College|High|Primary)\b")
_PROMISES = re.compile(r"\b(?:will|may|can|shall|should|must|provid\w*|offer\w*|arrang\w*|available|welcome|please|ask|contact)\b", re.IGNORECASE)  # fmt: skip
_ENOUGH = 120  # letters: less is a heading and a link


def judge_statement(site: Site) -> Iterator[Finding]:
    """W7 and its parts, S1 to S5. Parts of a statement that is not there are not asked for one by one."""
    words = " ".join(each.words for each in site.statement)
    if len(words) < _ENOUGH:
        yield _without_a_statement(site)
        return
    first = next(each for each in site.statement if each.words)
    if site.about.is_academy and _is_only_the_trusts(site, words):
        note = "It is the trust's and does not name the school: each academy needs a statement of its own."
        yield finding_at("W7", State.MISSING, first, sure=FAIRLY, note=note)
    else:
        yield finding_at("W7", State.PRESENT, first)
    yield _part(site, "S1")
    yield _grounds(site)
    for key in ("S3", "S4"):
        yield _part(site, key)
    yield _approval(site)


def _part(site: Site, key: str) -> Finding:
    words = items()[key].words
    found = [each for each in site.statement if words.search(each.words.replace("’", "'"))]
    best = next((each for each in found if each.block.kind != "heading"), None)
    best = best or next((each for each in found if _says_something(site, each)), None)
    if best:
        return finding_at(key, State.PRESENT, best, sure=SURE if best.block.kind != "heading" else FAIRLY)
    return finding_at(key, State.MISSING, sure=FAIRLY)


def _grounds(site: Site) -> Finding:
    """When access is granted and when it is refused: a sentence of one is none of the other, nor a heading of both."""
    parts = items()["S2"].parts
    met: dict[str, Segment] = {}
    for part in parts:
        others = [each for each in parts if each is not part]
        found = [each for each in site.statement if part.words.search(each.words.replace("’", "'"))]
        said = next((each for each in found if each.block.kind != "heading"), None) or next(
            (
                each
                for each in found
                if _says_something(site, each) and not any(other.words.search(each.words) for other in others)
            ),
            None,
        )
        if said:
            met[part.name] = said
    lacking = [each.name for each in parts if each.name not in met]
    if lacking:
        note = f"Nothing was found about {listed(lacking)}."
        return finding_of("S2", State.MISSING, met.values(), sure=FAIRLY, note=note)
    return finding_of("S2", State.PRESENT, met.values())


def _says_something(site: Site, heading: Segment) -> bool:
    """Whether anything below the heading says what the school does or providers may: a heading alone promises it."""
    below = [each for each in site.statement if heading.words in each.block.path and each.document is heading.document]
    return any(_PROMISES.search(each.words) for each in below)


def _approval(site: Site) -> Finding:
    """Approved by governors, and reviewed by a date that is still to come."""
    (part,) = items()["S5"].parts
    approved = next((each for each in site.statement if part.words.search(each.words)), None)
    review = next_review(site.statement, site, "S5")
    if review.state != State.PRESENT:
        return review
    if approved is None:
        note = "It says when it is reviewed, and not that the governing board has approved it."
        return Finding("S5", State.MISSING, review.sentence, review.page, review.page_called, FAIRLY, note)
    if shortened(approved.words) == review.sentence:
        return review
    return replace(review, sentence=f"{shortened(approved.words)} … {review.sentence}")


def _is_only_the_trusts(site: Site, words: str) -> bool:
    """Whether it speaks of the trust or all its academies, and names this one never or only in a list of them."""
    own, plain = _distinct(site.about.name), _folded(words)
    names_trust = bool(site.about.trust) and _folded(site.about.trust).casefold() in plain.casefold()
    if not (names_trust or _ALL_ACADEMIES.search(plain)):
        return False
    ours = re.compile(rf"(?<!\w){re.escape(_folded(own)).replace(chr(39), '.?')}(?!\w)", re.IGNORECASE) if own else None
    naming = [each for each in site.statement if ours and ours.search(_folded(each.words))]
    return all(_is_one_of_several(each) for each in naming)


def _is_one_of_several(segment: Segment) -> bool:
    """Whether the sentence only lists schools: several by name, or an entry that is the name and nothing else."""
    words = _folded(segment.words)
    if len(_SCHOOLS.findall(words)) >= 3:
        return True
    return segment.block.kind in {"item", "row"} and len(words.split()) <= 6 and not words.endswith(".")


def _folded(words: str) -> str:
    """Without addresses, which hold the school's name by themselves, and with plain apostrophes."""
    return re.sub(r"\S+@\S+|https?:\S+", " ", words.replace("’", "'").replace("\u2018", "'"))


def _distinct(name: str) -> str:
    """The word of a school's name by which it is told from others: "Ashdown" of Ashdown School."""
    kinds = {"the", "school", "academy", "college", "high", "st", "saint", "community", "of", "and", "special", "sixth", "form"}  # fmt: skip
    return next((each for each in name.replace(".", "").split() if each.casefold() not in kinds), name)


def _without_a_statement(site: Site) -> Finding:
    for document in site.unread:
        if is_about_access(called(document.address, document.said)):
            if document.unread == "elsewhere" and site.about.is_academy and _is_the_trusts(document.address, site):
                return _on_the_trusts_site(document.said or document.address)
            return Finding("W7", State.UNREAD, document.said, document.address, document.named, SURE, why(document))
    for document, link in site.links():
        if is_about_access(called(link.address, link.words)):
            return _from_link(site, document, link)
    heading = next((each for each in site.statement if each.words), None)
    note = "There is a heading and nothing that says it." if heading else ""
    return finding_at("W7", State.MISSING, heading, note=note)


def _from_link(site: Site, document: Document, link: Link) -> Finding:
    """A link to it that was not followed to its words."""
    led_to = next((each for each in site.documents if _same_place(each.address, link.address)), None)
    if led_to is not None and led_to.unread in {"not-found", "empty"}:
        note = f"The link to it, “{link.words}”, leads nowhere."
        return Finding("W7", State.MISSING, link.words, document.address, document.named, SURE, note)
    is_ours = _host(link.address) == _host(document.address)
    if not is_ours and site.about.is_academy and _is_the_trusts(link.address, site):
        return _on_the_trusts_site(link.words)
    if led_to is not None and not led_to.unread:
        note = f"The page that “{link.words}” leads to holds no statement."
        return Finding("W7", State.MISSING, link.words, document.address, document.named, FAIRLY, note)
    place = "on the school's website and was not visited" if is_ours else "on another website, which is not visited"
    return Finding("W7", State.UNREAD, link.words, document.address, document.named, SURE, f"It lies {place}.")


def _on_the_trusts_site(words: str) -> Finding:
    note = "Only the trust's statement is led to: each academy needs one of its own, on its own website."
    return Finding("W7", State.MISSING, words, sure=FAIRLY, note=note)


def _is_the_trusts(address: str, site: Site) -> bool:
    host = _host(address)
    names = [each.casefold() for each in site.about.trust.split() if len(each) > 4 and each.casefold() not in {"trust", "learning", "academy", "academies", "education", "schools", "multi-academy"}]  # fmt: skip
    return bool(re.search(r"trust|\bmat\b", host)) or any(each in host for each in names)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _same_place(one: str, other: str) -> bool:
    return one.partition("#")[0].rstrip("/") == other.partition("#")[0].rstrip("/")
