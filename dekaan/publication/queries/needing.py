"""The checklist of a page: what the law and the benchmarks ask that it says, and what keeps it from the public."""

from dataclasses import dataclass, replace
from datetime import date

from dekaan.core.academic_year import academic_year_of, months_after, today
from dekaan.frameworks.queries import NOT_BOUND, NOT_FOUND, forces_at
from dekaan.people.queries import year_groups
from dekaan.publication.models import Page
from dekaan.publication.queries.approving import approval_of_words
from dekaan.publication.queries.drafting import Content
from dekaan.publication.sections import public_page
from dekaan.schools.models import School


@dataclass(frozen=True)
class Needed:
    """One entry of the checklist: what the page has to say, with what force, and whether it does."""

    items: tuple[str, ...]
    what: str
    force: str
    is_there: bool
    says: str = ""  # why not, where there is more to say than that it is missing
    keeps_back: bool = True  # whether a page without it is not published, where the law asks for it

    @property
    def is_law(self) -> bool:
        """Whether the law asks for it."""
        return self.force == "law"


def needed(content: Content, page: Page, school: School, *, statement_is_published: bool) -> list[Needed]:
    """The checklist of the page: what the law and the benchmarks ask that it says, and whether it would.

    With the force with which it is asked of this school: what does not bind it is no more than recommended.
    """
    asked = forces_at(today(), school, year_groups(academic_year_of(today())))
    return [
        replace(each, force="recommended") if asked.get(each.items[0]) in {NOT_BOUND, NOT_FOUND} else each
        for each in _needed(content, page, statement_is_published=statement_is_published)
    ]


def _needed(content: Content, page: Page, *, statement_is_published: bool) -> list[Needed]:
    facts, there = content["facts"], {each["key"] for each in content["sections"]}
    found = []
    if page == Page.CAREERS:
        review = date.fromisoformat(facts["next_review_on"]) if facts["next_review_on"] else None
        found = [
            Needed(("W1",), "The Careers Leader’s name", "law", bool(facts["leader_name"])),
            Needed(("W2",), "The Careers Leader’s e-mail address", "law", bool(facts["leader_email"])),
            Needed(("W2",), "The Careers Leader’s telephone number", "law", bool(facts["telephone"])),
            _review(("W6",), "When this information is reviewed next", review),
            Needed(
                ("W7",),
                "The provider access statement",
                "law",
                statement_is_published,
                "" if statement_is_published else "It is not published yet.",
            ),
            Needed(("W3",), f"What each year group does in {content['year']}", "law", bool(content["programme"])),
        ]
    else:
        review = date.fromisoformat(facts["statement_review_on"]) if facts["statement_review_on"] else None
        found = [
            _approval(content),
            _review(("S5",), "When it is reviewed next", review),
            Needed(("S1",), "Whom a provider writes to", "law", bool(facts["leader_name"] and facts["leader_email"])),
        ]
    for each in public_page(page).sections:
        if each.items and (each.usual or each.key in there):
            found.append(Needed(each.items, each.heading, each.force, each.key in there))
    return found


AWAITING = (
    "The governing body has not approved these words. Whoever approves the version here is asked who signed it and when, or "
    "publishes it as awaiting their approval."
)


def _approval(content: Content) -> Needed:
    """The governing body's approval of these very words, which may follow when the public reads them already."""
    found = approval_of_words(content)
    says = "" if found else AWAITING
    return Needed(("S5",), "The governing body’s approval of these words", "law", bool(found), says, keeps_back=False)


REVIEWED_WITHIN = 12  # months: at least yearly (from memory, as guides say it)


def _review(items: tuple[str, ...], what: str, on: date | None) -> Needed:
    if on is None:
        return Needed(items, what, "law", is_there=False)
    if on < today():
        return Needed(items, what, "law", is_there=False, says=f"{on:%-d %B %Y} is past.")
    if on > months_after(today(), REVIEWED_WITHIN):
        return Needed(items, what, "law", is_there=False, says="It is to be reviewed at least once a year.")
    return Needed(items, what, "law", is_there=True)


def lacking(content: Content, page: Page, school: School, *, statement_is_published: bool) -> list[Needed]:
    """What the law asks of the school and the page would not say, so that it is not published."""
    every = needed(content, page, school, statement_is_published=statement_is_published)
    return [each for each in every if each.is_law and each.keeps_back and not each.is_there]
