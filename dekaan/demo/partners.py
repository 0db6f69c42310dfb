"""A directory as a school has it in November: most names matched, two organisations that are one, some links gone cold."""

import tomllib
from datetime import timedelta
from importlib.resources import files
from random import Random
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.demo.names import BOYS, GIRLS, SURNAMES
from dekaan.partners.changes import (
    add_contact,
    add_organisation,
    change_organisation,
    load_register,
    note_conversation,
    offer_organisation,
    take_up,
)
from dekaan.partners.models import Contact, Conversation, Organisation
from dekaan.partners.queries import trust_organisations
from dekaan.programme.changes import Match, match_names
from dekaan.programme.queries import names_to_match
from dekaan.schools.models import School, Trust

ROLES = ("Early careers manager", "Outreach officer", "Works manager", "Head of apprenticeships", "Schools liaison")
SAID = (
    "Glad to come again; asks for a date six weeks ahead.",
    "Sends two apprentices rather than a manager.",
    "Wants to know how many pupils and which year group.",
    "Needs a projector, and a parking place.",
)
DESCRIBED = ("sector", "size", "town", "ukprn", "urn", "technical", "apprenticeships")


def _said() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files("dekaan.demo").joinpath("data", "partners.toml").read_text(encoding="utf-8"))


def write_register() -> None:
    """The invented register of providers is there to be looked up in."""
    load_register(files("dekaan.demo").joinpath("data", "register.csv").read_bytes(), by=None)


def write_trust_partners(trust: Trust) -> None:
    """The trust offers its organisations."""
    for row in _said()["trust"]:
        offer_organisation(trust=trust, by=None, **row)


def write_partners(rng: Random, school: School, *, by: User) -> None:
    """The invented directory is there for the school in scope, and most of the names that its sessions have are matched."""
    there: dict[str, Organisation] = {}
    for number, row in enumerate(_said()["organisation"]):
        there[row["name"]] = organisation = add_organisation(name=row["name"], kind=row["kind"], by=by, **_details(row))
        domain = "keystone.example" if "Keystone" in row["name"] else f"partner{number}.example"
        contacts = [_contact(rng, organisation, domain, by) for _ in range(2)]
        _talk(rng, organisation, contacts, row["last"], by)
        if row.get("given_up"):
            change_organisation(organisation, by=by, no_longer_used_on=today() - timedelta(days=row["last"] - 10))
    take_up(trust_organisations(school)[0], by=by)
    matched = {row["name"] for row in _said()["organisation"] if row.get("match")}
    waiting = [each.name for each in names_to_match() if each.name in matched]
    match_names({name: Match(there[name]) for name in waiting}, by=by)


def _details(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: row[name] for name in DESCRIBED if name in row}
    for what in ("technical", "apprenticeships"):
        if what in row:
            found |= {f"{what}_on": today() - timedelta(days=row["last"]), f"{what}_source": row["source"]}
    return found


def _contact(rng: Random, organisation: Organisation, domain: str, by: User) -> Contact:
    forename, surname = rng.choice(GIRLS + BOYS), rng.choice(SURNAMES)
    return add_contact(
        organisation,
        name=f"{forename} {surname}",
        role=rng.choice(ROLES),
        email=f"{forename}.{surname}@{domain}".lower().replace(" ", "").replace("’", ""),
        telephone=f"01632 96{rng.randint(0, 9999):04d}",
        basis_on=today() - timedelta(days=rng.randint(30, 700)),
        basis_source=rng.choice(("Their e-mail to the school", "Their website", "Given to the school at the fair")),
        by=by,
    )


def _talk(rng: Random, organisation: Organisation, contacts: list[Contact], last: int, by: User) -> None:
    for number in range(rng.randint(1, 3)):
        note_conversation(
            organisation,
            how=rng.choice(Conversation.How.values),
            held_on=today() - timedelta(days=last + 40 * number),
            contact=rng.choice(contacts),
            said=rng.choice(SAID),
            by=by,
        )
