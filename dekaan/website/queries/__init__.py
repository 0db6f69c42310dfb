"""Reads: what our records say, what was found, how the website stands by it, and what Home tells of it."""

from dekaan.website.judging.findings import State
from dekaan.website.judging.items import FORCES, items
from dekaan.website.queries.checks import (
    STANDSTILL,
    WEEK,
    Checked,
    about_school,
    is_on_registered_host,
    judged,
    our_records,
    read_files,
    shown,
    stands_still,
    website,
    why_unread,
    words_of,
)
from dekaan.website.queries.standing import (
    HomeWord,
    OnWebsite,
    Reading,
    may_count_again,
    on_website,
    reading,
    standing,
    told_of,
    told_on_home,
)
from dekaan.website.visiting import Visited, visit

__all__ = [
    "FORCES",
    "STANDSTILL",
    "WEEK",
    "Checked",
    "HomeWord",
    "OnWebsite",
    "Reading",
    "State",
    "Visited",
    "about_school",
    "is_on_registered_host",
    "items",
    "judged",
    "may_count_again",
    "on_website",
    "our_records",
    "read_files",
    "reading",
    "shown",
    "standing",
    "stands_still",
    "told_of",
    "told_on_home",
    "visit",
    "website",
    "why_unread",
    "words_of",
]
