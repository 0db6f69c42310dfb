"""Reading lists: what can be said, whom a sentence finds, and which sentences are kept."""

from dekaan.lists.queries.finding import Finding, finding
from dekaan.lists.queries.offered import Offered, in_words, mismatch, names_that_are_past, offered_to, problems_of
from dekaan.lists.queries.saved import KeptLine, list_or_none, lists_visible_to, may_change, my_lists, who_sees
from dekaan.lists.queries.sentences import MOST_HAD, MOST_WHO, VERBS, WINDOWS, Had, Sentence, sentence_of

__all__ = [
    "MOST_HAD",
    "MOST_WHO",
    "VERBS",
    "WINDOWS",
    "Finding",
    "Had",
    "KeptLine",
    "Offered",
    "Sentence",
    "finding",
    "in_words",
    "list_or_none",
    "lists_visible_to",
    "may_change",
    "mismatch",
    "my_lists",
    "names_that_are_past",
    "offered_to",
    "problems_of",
    "sentence_of",
    "who_sees",
]
