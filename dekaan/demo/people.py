"""The cast: the invented trust, its schools, and one named person per role. Tests and pictures use the same people."""

from dataclasses import dataclass, field
from typing import Any

PASSWORD = "three words at weirbrook"

TRUST = {"name": "Weirbrook Learning Trust", "slug": "weirbrook", "group_uid": "99001"}


@dataclass(frozen=True)
class InventedSchool:
    """A school of the demonstration."""

    slug: str
    name: str
    pupils: int
    year_groups: tuple[int, ...]
    details: dict[str, Any] = field(hash=False)

    @property
    def is_special(self) -> bool:
        """Whether it is the special school."""
        return self.details["phase"] == "not-applicable"


ASHDOWN = InventedSchool(
    "ashdown",
    "Ashdown School",
    1000,
    (7, 8, 9, 10, 11, 12, 13),
    {
        "urn": "999001",
        "laestab": "9994001",
        "establishment_type": "34",
        "phase": "secondary",
        "low_age": 11,
        "high_age": 18,
        "has_sixth_form": True,
    },
)
BECKFORD = InventedSchool(
    "beckford",
    "Beckford Academy",
    800,
    (7, 8, 9, 10, 11),
    {
        "urn": "999002",
        "laestab": "9994002",
        "establishment_type": "28",
        "phase": "secondary",
        "low_age": 11,
        "high_age": 16,
        "has_sixth_form": False,
        "predecessor_urn": "999902",
    },
)
CALDER = InventedSchool(
    "calder",
    "Calder View School",
    120,
    (7, 8, 9, 10, 11, 12, 13),
    {
        "urn": "999003",
        "laestab": "9997003",
        "establishment_type": "44",
        "phase": "not-applicable",
        "low_age": 11,
        "high_age": 19,
        "has_sixth_form": True,
    },
)
SCHOOLS = (ASHDOWN, BECKFORD, CALDER)


@dataclass(frozen=True)
class Person:
    """One of the cast: the roles they hold, each at a school (by slug) or, with "", at the trust."""

    name: str
    email: str
    roles: tuple[tuple[str, str], ...]
    scope: dict[str, Any] = field(default_factory=dict, hash=False)


CAST = (
    Person("Priya Raman", "priya@ashdown.example", (("careers-leader", "ashdown"),)),
    Person("Tom Okafor", "tom@ashdown.example", (("careers-administrator", "ashdown"),)),
    Person("Grace Bell", "grace@ashdown.example", (("careers-adviser", "ashdown"),)),
    Person("Idris Vaughan", "idris@guidance.example", (("commissioned-adviser", "ashdown"),)),
    Person("Nell Hartley", "nell@ashdown.example", (("careers-coordinator", "ashdown"),)),
    Person("Sam Whitlock", "sam@ashdown.example", (("tutor", "ashdown"),), {"tutor_groups": ["10A"]}),
    Person("Ruth Adeyemi", "ruth@ashdown.example", (("subject-lead", "ashdown"),)),
    Person("Leo Marsh", "leo@ashdown.example", (("session-teacher", "ashdown"),)),
    Person("Maeve Doyle", "maeve@ashdown.example", (("senco", "ashdown"),)),
    Person("Hari Singh", "hari@ashdown.example", (("head-of-year", "ashdown"),), {"year_groups": [10]}),
    Person("Joan Petrov", "joan@ashdown.example", (("dsl", "ashdown"),)),
    Person("Ellen Frost", "ellen@ashdown.example", (("slt-line-manager", "ashdown"),)),
    Person("David Ansah", "david@ashdown.example", (("headteacher", "ashdown"),)),
    Person("Moira Lunt", "moira@governors.example", (("link-governor", "ashdown"),)),
    Person("Viktor Hale", "viktor@millworks.example", (("enterprise-adviser", "ashdown"),)),
    Person("Chidi Rowe", "chidi@hub.example", (("enterprise-coordinator", "ashdown"),)),
    Person("Anna Weir", "anna@weirbrook.example", (("trust-careers-adviser", ""),)),
    Person("Kit Barnes", "kit@weirbrook.example", (("technician", "ashdown"),)),
    Person("Olive Tan", "olive@weirbrook.example", (("data-protection-officer", "ashdown"),)),
    Person("Bea Lindqvist", "bea@beckford.example", (("careers-leader", "beckford"),)),
    Person(
        "Femi Carr", "femi@weirbrook.example", (("careers-leader", "calder"), ("careers-administrator", "beckford"))
    ),
)


def named(email: str) -> Person:
    """The person of the cast with that address."""
    return next(person for person in CAST if person.email == email)
