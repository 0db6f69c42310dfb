"""The matrix as a page reads it, and what somebody of a role would see of an invented pupil."""

from dataclasses import dataclass

from django.apps import apps

from dekaan.access.data_classes import CLASS_NAMES, SCOPES, Access, Cell, DataClass
from dekaan.access.footnotes import FOOTNOTES, WITHOUT_ACCOUNT
from dekaan.access.matrix import MATRIX, WHO_MAY, cell, opened_to
from dekaan.access.permissions import IN_WORDS, Permission
from dekaan.access.roles import ROLES, SEES_IN_WORDS

# What holds for every role, whatever its line says.
RULES = (
    "Nobody reads guidance notes, flags, markers or whereabouts across schools, and no list of named pupils spans two.",
    "Two roles of one person open no more of a pupil than each of them does.",
    "A role that ends opens nothing from the next press on, in pages that stand open too.",
    "Totals for governors, partners and the trust hide numbers under 6, and whatever would give one away.",
    "There are no accounts that come with the program; a role is given by somebody else, never by oneself.",
    "What somebody would see is shown with invented pupils only.",
)

# What the table promises and the program does not do yet, said where it is read.
NOT_YET = (
    "Breaking the glass: nothing that it would open (guidance notes) is kept yet.",
    "Caseloads: until there are any, advisers see neither needs nor flags of anybody.",
)

# Somebody who does not exist: what each class could hold, to show who would see it.
INVENTED_NAME = "Robin Example"
INVENTED: dict[DataClass, tuple[tuple[str, str], ...]] = {
    DataClass.P: (("Activity", "Assembly with the Example Bridge Company, 14 October"), ("Led by", "A. N. Example")),
    DataClass.D: (("Name", INVENTED_NAME), ("Year and tutor group", "Year 10, 10X")),
    DataClass.E: (("Took part in", "Assembly with the Example Bridge Company"), ("Attendance", "93.5 %")),
    DataClass.A: (("Agreed", "Robin will ask the college about its evening in May"),),
    DataClass.N: (("Note", "An adviser's words that nobody but the adviser would read"),),
    DataClass.I: (("Means to", "start an apprenticeship in carpentry"),),
    DataClass.S1: (("What helps", "Instructions one at a time, and in writing"),),
    DataClass.S2: (("Special educational needs", "SEN support"),),
    DataClass.S3: (("Looked after", "Yes"), ("Pupil premium", "Yes")),
    DataClass.G: (("Speak to the safeguarding lead first", "Yes"),),
    DataClass.W: (("On placement", "Example Joinery, 3 Sample Street, from 6 to 10 July"),),
    DataClass.X: (("Contact", "Mo Sample, Example Bridge Company, insured until 2027"),),
    DataClass.R: (("Met two or more employers", "142 of 170"),),
    DataClass.U: (("Account", "a.example@school.example, tutor of 10X"),),
    DataClass.L: (("On record", "A. N. Example changed Robin's tutor group, 3 November, 10:12"),),
    DataClass.T: (("Grade", "Leadership scale, point 8"), ("Teaching", "12 hours a week")),
}


@dataclass(frozen=True)
class ClassHeading:
    """One class of data: its letter, its name, what it holds, and whether anything of it is kept yet."""

    key: DataClass
    name: str
    holds: str
    is_kept: bool


@dataclass(frozen=True)
class RoleCells:
    """One line of the matrix: a role and its cell in every class."""

    key: str
    name: str
    purpose: str
    has_account: bool
    cells: list[tuple[ClassHeading, Cell]]


@dataclass(frozen=True)
class ActionLine:
    """Who may do one thing, and what is asked besides."""

    action: str
    roles: str
    besides: str


@dataclass(frozen=True)
class MatrixPage:
    """All of it."""

    classes: list[ClassHeading]
    roles: list[RoleCells]
    scopes: list[tuple[str, str]]
    notes: list[tuple[int, str]]
    actions: list[ActionLine]
    rules: tuple[str, ...]
    not_yet: tuple[str, ...]


def matrix_page() -> MatrixPage:
    """The whole matrix, out of the code that the roles are held to."""
    classes = _classes()
    return MatrixPage(
        classes,
        [_line(role, classes) for role in MATRIX],
        list(SCOPES.items()),
        list(FOOTNOTES.items()),
        [
            ActionLine(action, ", ".join(each.name for key, each in ROLES.items() if key in roles), besides)
            for action, _, roles, besides in WHO_MAY
        ],
        RULES,
        NOT_YET,
    )


@dataclass(frozen=True)
class SeenClass:
    """One class as somebody of a role would meet it: the invented values where they are opened, and why or why not."""

    heading: ClassHeading
    state: str  # "shown", "changed", "counted", "conditional" or "closed"
    words: str
    values: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class RoleSeen:
    """What somebody of the role would see of an invented pupil, and what they may do."""

    role: RoleCells
    sees: str
    may: list[str]
    classes: list[SeenClass]


def role_seen(role: str) -> RoleSeen | None:
    """The role's line, class by class, with somebody who does not exist; None where there is no such role."""
    if role not in MATRIX:
        return None
    line = _line(role, _classes())
    held = ROLES[role].may if role in ROLES else frozenset[Permission]()
    return RoleSeen(
        line,
        SEES_IN_WORDS[ROLES[role].sees] if role in ROLES else "",
        [IN_WORDS[each] for each in Permission if each in held],
        [_seen(role, heading, found) for heading, found in line.cells],
    )


def _classes() -> list[ClassHeading]:
    kept = {each for model in apps.get_models() for each in getattr(model, "data_classes", {}).values()} | {
        DataClass.U,
        DataClass.L,
    }  # accounts and the trail are no school's own tables, and say no class
    return [ClassHeading(each, name, holds, each in kept) for each, (name, holds) in CLASS_NAMES.items()]


def _line(role: str, classes: list[ClassHeading]) -> RoleCells:
    known = ROLES.get(role)
    return RoleCells(
        role,
        known.name if known else WITHOUT_ACCOUNT[role],
        known.purpose if known else "There is no way in for them yet.",
        known is not None,
        [(heading, cell(role, heading.key)) for heading in classes],
    )


def _seen(role: str, heading: ClassHeading, found: Cell) -> SeenClass:
    if opened_to(role, heading.key, Access.WRITES):
        state = "changed"
    elif opened_to(role, heading.key, Access.READS):
        state = "shown"
    elif opened_to(role, heading.key, Access.COUNTS):
        state = "counted"
    else:
        state = "closed" if found.in_words == "nothing" else "conditional"
    values = INVENTED[heading.key] if state in {"changed", "shown"} else ()
    limits = [part.only for part in found.parts]
    if values and all(limits):  # the whole of it would be more than the role sees
        values = (("In part", ", ".join(limits)),)
    return SeenClass(heading, state, found.in_words, values, tuple(FOOTNOTES[each] for each in found.notes))
