"""What a file of leavers names that is not known here: providers that are not in the directory, and words and codes.

Each is asked about once for the whole file, with the number of its rows; the answer is kept for the sender.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dekaan.core.academic_year import today
from dekaan.core.folding import folded
from dekaan.exchange.models import Decision
from dekaan.exchange.said_of_leavers import ASKED_WORDS, code_inside, route_of
from dekaan.exchange.staging import Line
from dekaan.frameworks.queries import activity_codes, routes
from dekaan.partners.queries import Near, by_plain_name, in_use, plain_name

ASKED_PROVIDERS = 20


def providers_asked_about(lines: Iterable[Line]) -> list[list[Any]]:
    """Names of providers that no one organisation of the directory has, each with its rows, the most frequent first."""
    rows: Counter[str] = Counter()
    written: dict[str, str] = {}
    for line in lines:
        name = line.values.get("provider_name", "") if line.decision in {Decision.CHANGES, Decision.DOUBTFUL} else ""
        if folded(name):
            rows[plain_name(name)] += 1
            written.setdefault(plain_name(name), name)
    known = by_plain_name() if rows else {}
    one = {key for key in rows if _is_one(written[key], known.get(key, []))}
    return [[written[key], number] for key, number in rows.most_common() if key not in one][:ASKED_PROVIDERS]


def _is_one(name: str, found: list[Any]) -> bool:
    return len(found) == 1 or sum(folded(each.name) == folded(name) for each in found) == 1


def organisations_for(name: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Whom the name may be, with those that are written nearly so first, and everybody else of the directory."""
    every = sorted(in_use(), key=lambda each: (each.name.casefold(), each.pk))
    same, called = plain_name(name), {each.pk: plain_name(each.name) for each in every}
    near = Near(called.values()).to(same)
    likely = [each for each in every if called[each.pk] == same] + [each for each in every if called[each.pk] in near]
    rest = [each for each in every if each not in likely]
    return [_choice(each) for each in likely], [_choice(each) for each in rest]


def _choice(organisation: Any) -> tuple[str, str]:
    return str(organisation.pk), ", ".join(filter(None, (organisation.name, organisation.town)))


def words_asked_about(lines: Iterable[Line], words: dict[str, str]) -> list[list[Any]]:
    """Codes and words of refused rows that nobody knows, or that are used no longer, and what was said of such before."""
    rows: Counter[str] = Counter()
    for line in lines:
        text = _word(line)
        if text and (folded(text) in words or (line.decision == Decision.REFUSED and not line.column)):
            rows[text] += 1
    return [[text, number] for text, number in rows.most_common(ASKED_WORDS)]


def _word(line: Line) -> str:
    """What the row says that means nothing now: a code, or else words."""
    text = str(line.values.get("route", ""))
    if said := str(line.values.get("code", "") or code_inside(text)):
        code = activity_codes().get(said)
        return "" if code and code.is_in_force(today()) else said
    route = routes().get(route_of(text)) if text else None
    return "" if route and route.is_in_force(today()) else text
