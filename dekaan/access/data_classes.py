"""The classes of data, and how much of one may be opened to somebody (security paper, section 3)."""

import re
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class DataClass(StrEnum):
    """What kind of thing a field holds; every field of a school's tables belongs to one."""

    P = "P"
    D = "D"
    E = "E"
    A = "A"
    N = "N"
    I = "I"  # noqa: E741 the matrix calls it so
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    G = "G"
    W = "W"
    X = "X"
    R = "R"
    U = "U"
    L = "L"
    T = "T"


CLASS_NAMES: dict[DataClass, tuple[str, str]] = {
    DataClass.P: ("Programme", "activities, sessions, who leads them, benchmarks, policy statements"),
    DataClass.D: (
        "Directory",
        "pupils' names, numbers, year, tutor group; their parents and carers; the lists they came in",
    ),
    DataClass.E: ("Participation", "what pupils took part in, and attendance"),
    DataClass.A: ("Action plan", "advice given and actions agreed, shared with the pupil"),
    DataClass.N: ("Guidance notes", "an adviser's professional notes"),
    DataClass.I: ("Intentions", "what pupils mean to do after school, and what became of them"),
    DataClass.S1: ("Support summary", "what helps, in plain words, written with or by the pupil"),
    DataClass.S2: ("Special educational needs", "SEN status, education, health and care plan"),
    DataClass.S3: ("Other flags", "looked after, pupil premium, ethnicity, young carer, first language and the like"),
    DataClass.G: ("Marker", "“speak to the safeguarding lead first”: yes or no, no content"),
    DataClass.W: ("Whereabouts", "where a pupil is on placement, emergency contact, health note for it"),
    DataClass.X: ("Employers and providers", "contacts, insurance, checks"),
    DataClass.R: ("Totals", "figures about many pupils, small numbers hidden"),
    DataClass.U: ("Accounts", "accounts, roles, settings"),
    DataClass.L: ("Audit", "who did what, when"),
    DataClass.T: ("Terms of a post", "grade, teaching hours, other posts, secondment of who leads careers"),
}

# No role reads these across schools, and every reading of them is on record.
CLOSED = frozenset({DataClass.N, DataClass.S3, DataClass.G, DataClass.W})

SCOPES: dict[str, str] = {
    "s": "of the whole school",
    "y": "of one year group",
    "t": "of one tutor group",
    "g": "of own sessions and teaching groups",
    "c": "of pupils booked with or referred to them",
    "n": "of pupils on the register of special educational needs",
    "own": "of their own making",
    "m": "of themselves, or of their own child",
    "k": "of the one event or placement of the link",
    "T": "of every school of the trust",
}


class Access(IntEnum):
    """How much is opened; each opens what stands before it too."""

    NOTHING = 0
    COUNTS = 1
    READS = 2
    WRITES = 3


# How each part of a cell begins. What is released, a case and breaking the glass open nothing to a role as such.
_MEANS: dict[str, tuple[Access, ...]] = {
    "-": (),
    "#": (Access.COUNTS,),
    "r": (Access.READS,),
    "w": (Access.WRITES,),
    "rw": (Access.READS, Access.WRITES),
    "rel": (),
    "bg": (),
    "case": (),
}
_WORDS = {
    "#": "counts only, under 6 hidden",
    "r": "sees",
    "w": "changes",
    "rw": "sees and changes",
    "rel": "sees only what is released for the purpose",
    "bg": "breaks the glass: a reason, told at once, for 30 minutes",
    "case": "in a case only",
}
_PART = re.compile(
    r"(?P<does>-|#|rw|rel|r|w|bg|case)(?: (?P<scope>s|y|t|g|c|n|own|m|k|T))?(?: \((?P<only>[^)]+)\))?(?: \[(?P<notes>[\d ]+)\])?"
)


@dataclass(frozen=True)
class Part:
    """One part of a cell: what may be done, of whom, and with which limit."""

    does: str
    scope: str
    only: str

    @property
    def in_words(self) -> str:
        """ "sees, of one tutor group (dates)"; empty for nothing."""
        if self.does == "-":
            return ""
        of = f" {SCOPES[self.scope]}" if self.scope else ""
        return f"{_WORDS[self.does]}{of}" + (f" ({self.only})" if self.only else "")


@dataclass(frozen=True)
class Cell:
    """What one role may do with one class of data, as the matrix writes it: `r s, w own [4]`."""

    written: str
    parts: tuple[Part, ...] = field(compare=False)
    notes: tuple[int, ...] = field(compare=False)

    @classmethod
    def read(cls, written: str) -> "Cell":
        """The cell, out of its notation. Raises ValueError for a cell that is not written in it."""
        found = [_PART.fullmatch(part.strip()) for part in written.split(", ")]
        if not all(found):
            raise ValueError(written)
        parts = [each.groupdict(default="") for each in found if each]
        notes = tuple(int(each) for part in parts for each in part["notes"].split())
        return cls(written, tuple(Part(part["does"], part["scope"], part["only"]) for part in parts), notes)

    def scopes(self, access: Access) -> frozenset[str]:
        """Of whom at least so much is opened, as letters; "" where the class has no pupils to tell apart."""
        return frozenset(part.scope for part in self.parts if any(each >= access for each in _MEANS[part.does]))

    def opens(self, access: Access) -> bool:
        """Whether at least so much is opened of anybody."""
        return bool(self.scopes(access))

    @property
    def marks(self) -> str:
        """What stands in the table: the notation without its notes."""
        return re.sub(r" \[[\d ]+\]", "", self.written).replace("-", "–")

    @property
    def in_words(self) -> str:
        """The cell as a sentence's end: "sees of the whole school; changes of their own making"; "nothing"."""
        return "; ".join(part.in_words for part in self.parts if part.in_words) or "nothing"
