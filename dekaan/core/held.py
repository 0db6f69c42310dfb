"""How an area declares what it holds about people, next to the data: what, why, on what ground, until when.

`dekaan.<area>.personal_data` lists its holdings as `HELD`; the area `privacy` collects them, shows them to a data
protection officer, composes the answer to a subject access request from them, and erases by them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """The lawful ground, for the controller to confirm in the impact assessment (UK GDPR, Articles 6 and 9)."""

    PUBLIC_TASK = (
        "Public task: careers guidance and education (Article 6(1)(e); Education Act 1997, sections 42A to 45B)"
    )
    SPECIAL = (
        "Public task, and for what is sensitive substantial public interest: equality of opportunity and statutory "
        "purposes (Articles 6(1)(e) and 9(2)(g); Data Protection Act 2018, Schedule 1, paragraphs 6 and 8)"
    )
    ACCOUNTABILITY = "Legal obligation: to show that personal data is held rightly (Articles 5(2) and 6(1)(c))"


class Until(StrEnum):
    """When a holding goes, as a data protection officer reads it; `privacy` does it."""

    LEAVING = "leaving"  # the years after leaving that the school has set, three unless it says otherwise
    WITH_CHILD = "with-child"  # a parent or carer, with the last child whom they care for
    WORKING_HERE = "working-here"  # the same years after a colleague has left, then without their name
    ACCOUNT = "account"  # as long as what the account did is kept, since somebody answers for it
    CONTACT = "contact"  # the same years after the last business with them or their organisation
    EVIDENCE = "evidence"  # the same years after a piece of evidence has expired or was set aside
    ANSWERED = "answered"  # whoever asked, a term after the request is over
    SAID = "said"  # the same years after somebody said it without an account, then without the name that they gave
    TAUGHT = "taught"  # the same years after the last pupils of the year in which something was taught have left
    UNDO = "undo"  # when the time for undo has passed
    YEAR = "for-a-year"  # so long that this year's and last year's can be compared
    FOR_GOOD = "for-good"  # totals, and ids that lead to nobody once the person is erased


class Erased(StrEnum):
    """What an erasure does to the rows."""

    DELETED = "deleted"
    SIFTED = "sifted"  # the row is about many: what it says of the one is taken out
    POINTS_NOWHERE = "points nowhere"  # an id without a name stays, and leads to nobody


@dataclass(frozen=True)
class Holding:
    """One kind of row that reaches people of one kind."""

    model: str  # "people.YearRecord"
    about: str  # "pupil", "carer", "staff", "provider" (who asks), "contact" (at an organisation) or "account"
    what: str
    why: str
    ground: Ground
    until: Until
    erased: Erased = Erased.DELETED
    # How a row knows its person: a field of the row, or "" where ids or names stand inside what it holds.
    reached_by: str = ""
    # Fields that say nothing about the person, or are shown elsewhere in the answer to a request.
    not_shown: frozenset[str] = frozenset()
