"""Names of organisations as they are compared, and what a typed name may mean."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable

from dekaan.core.folding import folded
from dekaan.partners.models import Organisation, OtherName

# Words that one writes and another leaves out: they tell no organisation from another.
_LEFT_OUT = {"the", "ltd", "limited", "plc", "llp", "cic", "and"}
_NEAR = 0.82  # of difflib's ratio, above which two names are shown as near
_MOST = 5  # near ones that are shown
_TRIED = 12  # of those that share most letters, how many are compared in earnest


def plain_name(name: str) -> str:
    """ "The Mill Works Ltd." → "millworks"; a name of such words alone stays as it is."""
    words = [folded(word) for word in re.split(r"[\s/,&+]+", name)]
    return "".join(word for word in words if word not in _LEFT_OUT) or folded(name)


def in_use() -> list[Organisation]:
    """Organisations that are offered wherever one is chosen: neither given up nor made one with another."""
    return list(Organisation.objects.filter(no_longer_used_on=None, merged_into=None))


def by_plain_name() -> dict[str, list[Organisation]]:
    """Those in use by every name that they have, as names are compared."""
    found: dict[str, list[Organisation]] = {}
    every = {each.pk: each for each in in_use()}
    for each in every.values():
        found.setdefault(plain_name(each.name), []).append(each)
        if each.town:  # as two of the same name are offered
            found.setdefault(plain_name(f"{each.name}, {each.town}"), []).append(each)
    for other in OtherName.objects.filter(organisation__in=every):
        there = found.setdefault(plain_name(other.name), [])
        if every[other.organisation_id] not in there:
            there.append(every[other.organisation_id])
    return found


def organisation_named(name: str) -> Organisation | None:
    """The one organisation in use that has this name; None where none has, or several have.

    Of several that differ only in words such as Ltd, the one that is written exactly so.
    """
    found = by_plain_name().get(plain_name(name), []) if folded(name) else []
    exactly = [each for each in found if folded(each.name) == folded(name)] if len(found) > 1 else found
    return exactly[0] if len(exactly) == 1 else None


def names_on_offer() -> list[str]:
    """Names to choose from, each once: of two of the same name with their towns."""
    every = in_use()
    often = Counter(plain_name(each.name) for each in every)
    found = [
        f"{each.name}, {each.town}" if each.town and often[plain_name(each.name)] > 1 else each.name for each in every
    ]
    return list(dict.fromkeys(found))


class Near:
    """Finds names near to one among many: those that share most runs of three letters are compared in earnest."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(dict.fromkeys(names))
        self.holding: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            for run in _runs(name):
                self.holding.setdefault(run, []).append(number)

    def to(self, name: str) -> list[str]:
        """Those near to it, nearest first, without itself."""
        shared = Counter(number for run in _runs(name) for number in self.holding.get(run, ()))
        tried = [self.names[number] for number, _ in shared.most_common(_TRIED)]
        rated = [(_likeness(name, each), each) for each in tried if each != name]
        return [each for rate, each in sorted(rated, key=lambda pair: (-pair[0], pair[1])) if rate >= _NEAR][:_MOST]


def _runs(name: str) -> set[str]:
    return {name[start : start + 3] for start in range(max(1, len(name) - 2))}


def _likeness(one: str, other: str) -> float:
    """One that the other begins with is as near as can be: “Millworks” and “Millworks Engineering”."""
    short, long = sorted((one, other), key=len)
    if len(short) > 4 and long.startswith(short):
        return 0.95
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
