"""What a picture of leavers is made of. A number of None is hidden."""

from dataclasses import dataclass, field

from dekaan.frameworks.queries import buckets
from dekaan.people.models import Ethnicity, SenProvision, Sex

NO_INTENTION, UNDECIDED, IN_WORDS = "no-intention", "undecided", "in-words"
NOT_KNOWN, DISAGREE = "not-known", "disagree"
OTHER = "other"  # streams of fewer than six, told as one number
GAP, GAP_CODE = "gap-with-place", "260"  # neither learning nor work to the measure, and education to the council
NAMES = {
    NO_INTENTION: "No intention recorded",
    UNDECIDED: "Undecided",
    IN_WORDS: "Said in other words",
    NOT_KNOWN: "Not known",
    DISAGREE: "Sources disagree",
    OTHER: "Streams of fewer than six, together",
    "apprenticeship": "Apprenticeship",
    GAP: "Gap year with a place held",
    "neither": "Neither learning nor work",
    "not-captured": "Abroad, or educated at home",
}
FEW = 30  # of fewer leavers an average says little, and the page says so

KEPT, BACKUP, ELSEWHERE, OTHERWISE = "kept", "backup", "elsewhere", "otherwise"
SAME_KIND = "same-kind"
CHANGED = {
    KEPT: "Did as planned",
    BACKUP: "Went to their backup",
    ELSEWHERE: "The same kind of place, elsewhere",
    SAME_KIND: "The same kind of place; whether the same one is not known",
    OTHERWISE: "Did something else",
    UNDECIDED: "Were undecided, and are known",
    NO_INTENTION: "Are known, and no intention was recorded",
    DISAGREE: "Sources disagree",
    NOT_KNOWN: "Nobody knows",
}
LEARNING, NEITHER = "learning-or-work", "neither"
BECAME = {LEARNING: "In learning or work", NEITHER: "Otherwise, or sources disagree", NOT_KNOWN: "Not known"}

YES_NO = {"yes": "Yes", "no": "No"}
GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "pupil-premium": ("Pupil premium", YES_NO),
    "sen": ("Special educational needs", {str(key): str(name) for key, name in SenProvision.choices}),
    "sex": ("Sex", {str(key): str(name) for key, name in Sex.choices}),
    "ethnicity": ("Ethnicity", {str(key): str(name) for key, name in Ethnicity.choices}),
    "looked-after": ("Looked after", YES_NO),
}


@dataclass(frozen=True)
class Judged:
    """How many come to what, by one mapping; in the order of `Outcome`."""

    sustained: int | None = 0
    not_sustained: int | None = 0
    not_captured: int | None = 0
    unknown: int | None = 0

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The four, in order."""
        return (self.sustained, self.not_sustained, self.not_captured, self.unknown)


HIDDEN_JUDGED = Judged(None, None, None, None)


@dataclass(frozen=True)
class Flow:
    """How many meant to go to one kind of place and went to another."""

    meant: str
    became: str
    pupils: int | None

    @property
    def meant_name(self) -> str:
        """What they meant, as it is said."""
        return place_name(self.meant)

    @property
    def became_name(self) -> str:
        """What became of it, as it is said."""
        return place_name(self.became)


@dataclass(frozen=True)
class Way:
    """How many meant the same, went to the same kind of place and come to the same, in every respect that is drawn."""

    meant: str
    became: str
    changed: str
    standing: str
    left_at_16: bool  # from Year 11, and not later
    pupils: int


Told = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Line:
    """Leavers who have something in common: a route that they took, or a characteristic."""

    key: str
    name: str
    pupils: int | None
    not_known: int | None  # of whom nobody knows where they went
    council: Judged
    measure: Judged

    @property
    def is_hidden(self) -> bool:
        """Whether a number under six would show."""
        return self.pupils is None


@dataclass(frozen=True)
class Table:
    """The same by one characteristic."""

    key: str
    title: str
    lines: tuple[Line, ...]
    is_released: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it is told."""
        return all(each.is_hidden for each in self.lines)


@dataclass(frozen=True)
class Encounters:
    """One kind of activity: how many times a leaver took part in it on average, by what became of them, in tenths."""

    name: str
    each: tuple[int | None, ...]  # in the order of BECAME, then of all


@dataclass(frozen=True)
class Picture:
    """Where the leavers of a year went."""

    left_in: int
    pupils: int | None
    not_known: int | None
    disagree: int | None
    council: Judged = field(default_factory=Judged)
    measure: Judged = field(default_factory=Judged)
    changed: tuple[tuple[str, int | None], ...] = ()  # of CHANGED
    flows: tuple[Flow, ...] = ()
    meant: Told = ()  # what they meant, each once
    went: Told = ()  # where they went, each once
    routes: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    became: tuple[tuple[str, int | None], ...] = ()  # of BECAME
    encounters: tuple[Encounters, ...] = ()
    ways: tuple[Way, ...] = ()  # the finest there is; never told
    year_groups: tuple[int, ...] = ()  # from which they left, where each may be told apart
    year_group: int | None = None  # the one that is told of; none is all of them
    is_released: bool = False

    @property
    def streams(self) -> tuple[Flow, ...]:
        """What is to be drawn: every stream that is told; nothing where most of them are hidden."""
        told = tuple(each for each in self.flows if each.became != OTHER)
        return told if sum(each.pupils or 0 for each in told) * 2 > (self.pupils or 0) else ()

    @property
    def is_few(self) -> bool:
        """Whether an average says little."""
        return any(number is None or number < FEW for _, number in self.became)


def place_name(key: str) -> str:
    """What a kind of place is called."""
    return NAMES.get(key) or buckets()[key].name
