"""A route typed by its first letters, as at a telephone: “college tech”, “app 3”; “n” is asked, and not found."""

from collections.abc import Iterable
from dataclasses import dataclass

from dekaan.core.folding import folded_words
from dekaan.destinations.models import Statement
from dekaan.destinations.queries.ledger import says_nothing
from dekaan.frameworks.queries import Route, routes

SHORT = {"n": "not-found", "r": "refused"}  # one key each, and what it stands for
LEVELS = {str(each) for each in range(1, 9)}


@dataclass(frozen=True)
class RouteTyped:
    """The routes that it may be (one, where it is clear), and the level, where one was typed."""

    may_be: tuple[Route, ...]
    level: int | None = None


def outcome_routes() -> list[Route]:
    """Where somebody can be: every route but plans."""
    return [each for each in routes().values() if not each.is_plan_only]


def plan_routes() -> list[Route]:
    """What somebody can mean to do: every route that anybody plans."""
    return [each for each in routes().values() if not says_nothing(Statement(route=each.key))]


def route_typed(typed: str, among: Iterable[Route]) -> RouteTyped:
    """What the letters stand for among these routes: each word typed begins one of the route's words.

    Of several the one of exactly that name is meant, then the only one that begins so, then one that the others go on from
    or are more exactly.
    """
    every = list(among)
    short = SHORT.get(typed.strip().casefold())
    if found := [each for each in every if each.key == short]:
        return RouteTyped(tuple(found))
    words, level = folded_words(typed), None
    if len(words) > 1 and words[-1] in LEVELS and not _fitting(words, every):
        level = int(words.pop())
    if words and words[-1] == "level" and level:
        words.pop()
    return RouteTyped(tuple(_meant(words, _fitting(words, every))), level)


def _fitting(words: list[str], every: list[Route]) -> list[Route]:
    return [each for each in every if words and all(_begins_one(word, each) for word in words)]


def _begins_one(word: str, route: Route) -> bool:
    return any(each.startswith(word) for each in folded_words(route.name))


def _meant(words: list[str], found: list[Route]) -> list[Route]:
    typed = " ".join(words)
    begin = [each for each in found if " ".join(folded_words(each.name)).startswith(typed)]
    called = {each.key: " ".join(folded_words(each.name)) for each in found}
    for fits in (
        [each for each in found if called[each.key] == typed],
        [each for each in found if called[each.key].startswith(f"{typed} ")],
        [each for each in found if called[each.key].startswith(typed)],
        [each for each in found if all(name.startswith(called[each.key]) for name in called.values())],
        [each for each in begin if all(each.may_be(other.key) for other in begin)],
    ):
        if len(fits) == 1:
            return fits
    return found


def as_typed(route: str, level: int | None) -> str:
    """How a route that is held stands in a line: its name, and the level."""
    found = routes().get(route)
    if found is None:
        return route
    return f"{found.name} {level}" if level else found.name
