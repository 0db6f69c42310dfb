"""Words that a governor who knows nothing of careers would ask about; a paper explains those that it uses."""

import re
from collections.abc import Iterable
from typing import Any

from dekaan.reports.queries.sections import Section

MEANS = {
    "Compass": "the national self-evaluation against the eight benchmarks, filled in by the school",
    "EHC plan": "an education, health and care plan, for pupils with the greatest needs",
    "SEN support": "help for special educational needs without such a plan",
    "Pupil premium": "pupils for whom the school has extra money, mostly those who had free school meals",
    "Looked after": "in the care of a local authority",
    "key stage": "Years 7 to 9, 10 to 11 and 12 to 13",
    "labour market information": "what jobs there are, what they pay and what they ask for",
    "guidance meeting": "a talk of one pupil with a trained careers adviser",
    "provider encounter": "a meeting with a college or a training provider that offers technical courses or apprenticeships",
    "NEET": "not in education, employment or training",
    "UTC": "a university technical college, for pupils from 14 to 19",
}


def words(said: Any) -> Section | None:
    """The section; None where the paper uses none of the words."""
    text = " ".join(_texts(said))
    used = [
        f"{word[0].upper()}{word[1:]}: {means}." for word, means in MEANS.items() if re.search(_pattern(word), text)
    ]
    return Section("words", "Words used here", [" ".join(used)]) if used else None


def _pattern(word: str) -> str:
    """The word, in either number; in capitals only where it is an abbreviation."""
    return rf"\b{re.escape(word)}s?\b" if word.isupper() else rf"(?i)\b{re.escape(word)}s?\b"


def _texts(said: Any) -> Iterable[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for each in said.values():
            yield from _texts(each)
    elif isinstance(said, list | tuple):
        for each in said:
            yield from _texts(each)
