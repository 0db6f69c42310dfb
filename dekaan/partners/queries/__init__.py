"""Reading the directory: who is in it, what a name may mean, what the registers and the trust offer."""

from dekaan.partners.published import (
    LinkKind,
    lawful_bases,
    link_kinds,
    live_months,
    registers,
    sectors,
    sizes,
    usual_basis,
)
from dekaan.partners.queries.directory import (
    Asked,
    Fact,
    Offer,
    contacts_at,
    conversations_with,
    facts_of,
    last_spoken,
    live_since,
    not_said_of,
    offers_of,
    organisations,
    people,
)
from dekaan.partners.queries.duplicates import Pair, duplicates
from dekaan.partners.queries.names import Near, by_plain_name, in_use, names_on_offer, organisation_named, plain_name
from dekaan.partners.queries.registers import looked_up, registers_loaded
from dekaan.partners.queries.trust import Offered, offered_to, trust_organisations

__all__ = [
    "Asked",
    "Fact",
    "LinkKind",
    "Near",
    "Offer",
    "Offered",
    "Pair",
    "by_plain_name",
    "contacts_at",
    "conversations_with",
    "duplicates",
    "facts_of",
    "in_use",
    "last_spoken",
    "lawful_bases",
    "link_kinds",
    "live_months",
    "live_since",
    "looked_up",
    "names_on_offer",
    "not_said_of",
    "offered_to",
    "offers_of",
    "organisation_named",
    "organisations",
    "people",
    "plain_name",
    "registers",
    "registers_loaded",
    "sectors",
    "sizes",
    "trust_organisations",
    "usual_basis",
]
