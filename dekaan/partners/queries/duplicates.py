"""Organisations that may be one and the same, with why."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from dekaan.core.folding import folded
from dekaan.partners.models import Contact, KeptApart, Organisation
from dekaan.partners.queries.names import in_use, plain_name

# Addresses at these are a person's own, and say nothing of where they work.
_ANYBODYS = {
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.co.uk", "yahoo.com",
    "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "sky.com", "virginmedia.com", "talktalk.net",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two that may be one, the older row first."""

    one: Organisation
    other: Organisation
    because: tuple[str, ...]


def duplicates() -> list[Pair]:
    """Pairs with the same name and town, the same UKPRN or URN, or people with addresses of the same domain.

    Not those of which somebody has said that they are two.
    """
    every = {each.pk: each for each in in_use()}
    domains: dict[int, set[str]] = {}
    addresses = Contact.objects.filter(organisation__in=every).exclude(email="").order_by()
    for pk, email in addresses.values_list("organisation_id", "email"):
        domain = email.rpartition("@")[2].lower()
        if domain not in _ANYBODYS:
            domains.setdefault(pk, set()).add(domain)

    marks: dict[str, Callable[[Organisation], Iterable[Hashable]]] = {
        "the same name and town": lambda each: [(plain_name(each.name), folded(each.town))],
        "the same UKPRN": lambda each: [each.ukprn] if each.ukprn else [],
        "the same URN": lambda each: [each.urn] if each.urn else [],
        "people with e-mail addresses of the same domain": lambda each: domains.get(each.pk, ()),
    }
    found: dict[tuple[int, int], list[str]] = {}
    for why, marks_of in marks.items():
        sharing: dict[Hashable, list[int]] = {}
        for each in every.values():
            for mark in marks_of(each):
                sharing.setdefault(mark, []).append(each.pk)
        for pks in sharing.values():
            first, *others = sorted(pks)
            for pk in others:
                reasons = found.setdefault((first, pk), [])
                if why not in reasons:
                    reasons.append(why)
    apart = set(KeptApart.objects.values_list("one_id", "other_id"))
    return [
        Pair(every[one], every[other], tuple(why))
        for (one, other), why in sorted(found.items())
        if (one, other) not in apart
    ]
