"""The directory as its pages show it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from dekaan.core.academic_year import months_after, today
from dekaan.core.folding import folded_words, holds
from dekaan.frameworks.queries import partner_kinds
from dekaan.partners.models import Contact, Conversation, Organisation, OtherName
from dekaan.partners.published import live_months, sectors, sizes


@dataclass(frozen=True)
class Asked:
    """By what the directory is narrowed."""

    words: str = ""
    kind: str = ""
    also_given_up: bool = False


def live_since(on: date | None = None) -> date:
    """The first day on which a link must have been used to be live."""
    return months_after(on or today(), -live_months())


def organisations(asked: Asked) -> list[Organisation]:
    """Those with every word somewhere in their name, another name or town; not those made one with another."""
    rows = Organisation.objects.filter(merged_into=None)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if not asked.also_given_up:
        rows = rows.filter(no_longer_used_on=None)
    wanted = folded_words(asked.words)
    if not wanted:
        return list(rows)
    others: dict[int, list[str]] = {}
    for pk, name in OtherName.objects.values_list("organisation_id", "name"):
        others.setdefault(pk, []).append(name)
    return [each for each in rows if holds(wanted, each.name, each.town, *others.get(each.pk, ()))]


def last_spoken() -> dict[int, date]:
    """For each organisation with which somebody was in contact, the last day."""
    rows = Conversation.objects.order_by().values("organisation_id").annotate(last=Max("held_on"))
    return dict(rows.values_list("organisation_id", "last"))


def contacts_at(organisation: Organisation) -> list[Contact]:
    """The people at it, those who have left it last."""
    return sorted(organisation.contacts.all(), key=lambda each: each.left_on is not None)


def conversations_with(organisation: Organisation) -> list[Conversation]:
    """Every contact with it, newest first."""
    return list(organisation.conversations.select_related("contact", "by"))


def people() -> QuerySet[Contact]:
    """Everybody at any organisation."""
    return Contact.objects.select_related("organisation")


@dataclass(frozen=True)
class Fact:
    """What is said of an organisation, with its label."""

    label: str
    said: str


def not_said_of(organisation: Organisation) -> list[tuple[str, str]]:
    """What is not said of it yet: in words, and the field that says it."""
    fields = (("Sector", "sector"), ("Size", "size"))
    return [(words, name) for words, name in fields if not getattr(organisation, name)]


def facts_of(organisation: Organisation) -> list[Fact]:
    """What it is, as far as it is said."""
    kinds = partner_kinds()
    said = (
        ("Kind", kinds[organisation.kind].name if organisation.kind in kinds else organisation.kind),
        ("Town", " ".join(each for each in (organisation.town, organisation.postcode) if each)),
        ("Sector", sectors().get(organisation.sector, "")),
        ("Size", sizes().get(organisation.size, "")),
        ("UKPRN", organisation.ukprn),
        ("URN", organisation.urn),
        (
            "Also called",
            ", ".join(each.name for each in organisation.other_names.all() if each.name != organisation.name),
        ),
    )
    return [Fact(label, words) for label, words in said if words]


@dataclass(frozen=True)
class Offer:
    """Whether an organisation offers what makes it a provider in law, and who said so when."""

    what: str
    said: str
    is_known: bool
    on: date | None
    source: str
    field: str  # of the organisation, that says it


def offers_of(organisation: Organisation) -> list[Offer]:
    """The two things of which the law speaks."""
    return [
        Offer(
            what,
            getattr(organisation, f"get_{name}_display")(),
            getattr(organisation, name) != "unknown",
            getattr(organisation, f"{name}_on"),
            getattr(organisation, f"{name}_source"),
            name,
        )
        for name, what in (
            ("technical", "Approved technical education qualifications"),
            ("apprenticeships", "Apprenticeships"),
        )
    ]
