"""Who stands behind a number of the picture, for whoever may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dekaan.access.permissions import COUNTED_BY, Permission
from dekaan.destinations.queries.cohorts import Leaver
from dekaan.destinations.queries.judging import Outcome
from dekaan.destinations.queries.picture import counted_as, groups_of
from dekaan.destinations.queries.shapes import CHANGED, GROUPS, NAMES, place_name
from dekaan.frameworks.queries import activity_codes, buckets, routes

PLACES = {*NAMES, *buckets()}
ASKS = ("meant", "went", "changed", "route", "council", "measure", "group")


@dataclass(frozen=True)
class Behind:
    """Which number was opened: `asked` as the address has it, in words, and the pupils."""

    asked: dict[str, str]
    words: tuple[str, ...]
    pupil_ids: frozenset[int]


def behind(
    left_in: int, found: Sequence[Leaver], asked: Mapping[str, str], permissions: Iterable[Permission]
) -> Behind | None:
    """Those of these leavers who are counted in what is asked for; nothing where nothing that is known is asked for.

    By what somebody was it is answered to whoever may see that of a person.
    """
    said = {key: asked[key] for key in ASKS if asked.get(key)}
    words = {key: told for key, value in said.items() if (told := _in_words(key, value, frozenset(permissions)))}
    if not words:
        return None
    wanted = {key: said[key] for key in words}
    group, _, value = wanted.get("group", "").partition(":")
    there = groups_of(left_in, found) if group else {}
    ids = set()
    for each in found:
        counted = counted_as(each)
        if all(counted[key] == value for key, value in wanted.items() if key != "group") and (
            not group or there[each.pupil.pk][group] == value
        ):
            ids.add(each.pupil.pk)
    return Behind(wanted, tuple(words.values()), frozenset(ids))


def _in_words(key: str, value: str, may: frozenset[Permission]) -> str:
    """ "meant: University"; empty where there is no such thing, or it is not theirs to see."""
    if key in {"meant", "went"}:
        return f"{key}: {place_name(value)}" if value in PLACES else ""
    if key == "changed":
        said = CHANGED.get(value, "")
        return said[:1].lower() + said[1:]
    if key == "route":
        named = {each.key: each.name for each in routes().values()} | {
            each.code: each.name for each in activity_codes().values()
        }
        return f"route: {named.get(value) or NAMES.get(value)}" if value in named or value in NAMES else ""
    if key == "group":
        group, _, what = value.partition(":")
        sees = COUNTED_BY.get(group, (Permission.DESTINATIONS_COUNT, Permission.DESTINATIONS_SEE))[1]
        if group not in GROUPS or sees not in may:
            return ""
        title, names = GROUPS[group]
        return f"{title.lower()}: {names.get(what, 'not known').lower()}"
    named = {each.value: each.label for each in Outcome}
    mapping = "as the council counts" if key == "council" else "as the published measure would"
    return f"{named[value].lower()} {mapping}" if value in named else ""
