"""What would go over, what is planned or lasts, what a new leader does first, and the book of a successor."""

from dekaan.handover.queries.book import book
from dekaan.handover.queries.fortnight import Step, first_fortnight
from dekaan.handover.queries.lines import Book, Chapter, Line
from dekaan.handover.queries.planned import (
    Goes,
    HandOverNews,
    address_of,
    covered_by,
    covering,
    in_sight,
    leaders_who_left,
    leads,
    leads_already,
    leads_in_trust,
    may_undo,
    news_of,
    nobody_follows,
    one_who_goes,
    open_ones,
    past_ones,
    posts_of_leader,
    what_goes,
    who_may_agree,
)

__all__ = [
    "Book",
    "Chapter",
    "Goes",
    "HandOverNews",
    "Line",
    "Step",
    "address_of",
    "book",
    "covered_by",
    "covering",
    "first_fortnight",
    "in_sight",
    "leaders_who_left",
    "leads",
    "leads_already",
    "leads_in_trust",
    "may_undo",
    "news_of",
    "nobody_follows",
    "one_who_goes",
    "open_ones",
    "past_ones",
    "posts_of_leader",
    "what_goes",
    "who_may_agree",
]
