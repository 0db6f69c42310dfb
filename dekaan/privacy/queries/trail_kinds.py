"""The kinds of line of the audit trail, and the names of columns in them."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of line, by which roles may read them and by which they are looked for."""

    CAREERS = "careers"
    READING = "reading"
    EXPORT = "export"
    CLOSED = "closed"
    SECURITY = "security"

    @property
    def words(self) -> str:
        """As a person would say it."""
        return KINDS_IN_WORDS[self]


KINDS_IN_WORDS = {
    Kind.CAREERS: "Careers work",
    Kind.READING: "Needs and flags read",
    Kind.EXPORT: "Exports and lists of names",
    Kind.CLOSED: "Closed data",
    Kind.SECURITY: "Accounts, roles and the service",
}

# What the school says of a column, where its name does not say it.
FIELDS = {
    "ukprn": "UKPRN",
    "urn": "URN",
    "sen": "special educational needs",
    "eal": "English as an additional language",
    "upn": "UPN",
    "uln": "ULN",
}
