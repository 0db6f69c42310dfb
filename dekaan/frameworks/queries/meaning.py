"""When an encounter is meaningful: the flags that a criterion asks for, and what becomes of it where they are answered.

A flag is answered yes, no, or not at all, and not at all is unknown, never failed. Both versions of the benchmarks judge
by their own rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from dekaan.frameworks.queries.published import Criterion, bit_of, counted_criteria, criteria, ids_of, read, registry

SHOWN = ".shown"  # what the registry calls the second count of a criterion: by encounters shown to be meaningful


@dataclass(frozen=True)
class Flag:
    """One thing that makes an encounter meaningful, as a question and as what is missing without it."""

    key: str
    number: int
    name: str
    asks: str
    missing: str
    by_school: bool = False  # the school alone can say it, and nobody who came is asked
    of_occasion: bool = False  # whom one occasion was for: no activity or template hands it down

    @property
    def bit(self) -> int:
        """Its place in the masks of answers."""
        return 1 << self.number


@dataclass(frozen=True)
class Answers:
    """What is said of the flags: masks of those answered yes and of those answered no."""

    yes: int = 0
    no: int = 0

    def __post_init__(self) -> None:
        if self.yes & self.no:
            raise ValueError("a flag is answered yes and no")

    def __bool__(self) -> bool:
        return bool(self.yes or self.no)

    def over(self, beneath: "Answers") -> "Answers":
        """These where they say something, else those beneath."""
        return Answers(self.yes | (beneath.yes & ~self.no), self.no | (beneath.no & ~self.yes))

    def of(self, flag: Flag) -> str:
        """ "yes", "no" or ""."""
        return "yes" if self.yes & flag.bit else "no" if self.no & flag.bit else ""


@dataclass(frozen=True)
class Meaning:
    """Whether an encounter is shown to be meaningful for one criterion: what is missing, and what nobody has said."""

    criterion: Criterion
    flags: tuple[Flag, ...]
    missing: tuple[Flag, ...]
    not_said: tuple[Flag, ...]

    @property
    def is_shown(self) -> bool:
        """Whether every flag is answered yes."""
        return not self.missing and not self.not_said

    @property
    def said(self) -> int:
        """How many of the flags are answered yes."""
        return len(self.flags) - len(self.missing) - len(self.not_said)


@cache
def flags() -> dict[str, Flag]:
    """Every flag by key, in the order in which they are asked."""
    return {row["key"]: Flag(**row) for row in read("meaningful.toml")["flag"]}


@cache
def handed_down() -> int:
    """The flags that an activity or a template says for each of its occasions, as a mask."""
    return sum(each.bit for each in flags().values() if not each.of_occasion)


@cache
def _asked_by() -> dict[str, tuple[Flag, ...]]:
    return {
        criterion_id: tuple(flags()[key] for key in rule["flags"])
        for rule in read("meaningful.toml")["rule"]
        for criterion_id in rule["criteria"]
    }


@cache
def _settling() -> dict[str, tuple[str, ...]]:
    """Flags that settle what else is known otherwise: asked, and not needed for being shown."""
    return {
        criterion_id: tuple(rule["settles"])
        for rule in read("meaningful.toml")["rule"]
        if "settles" in rule
        for criterion_id in rule["criteria"]
    }


def flags_of(criterion_ids: Iterable[str]) -> tuple[Flag, ...]:
    """The flags that any of the criteria asks for, or that settle something of it, in order."""
    ids = tuple(criterion_ids)
    asked = {flag.key for criterion_id in ids for flag in _asked_by().get(criterion_id, ())}
    asked |= {key for criterion_id in ids for key in _settling().get(criterion_id, ())}
    return tuple(flag for key, flag in flags().items() if key in asked)


def meanings(mask: int, answers: Answers) -> list[Meaning]:
    """For each criterion of the mask that asks for flags: what is missing and what is not said."""
    found = []
    for criterion_id in ids_of(mask):
        if asked := _asked_by().get(criterion_id):
            missing = tuple(each for each in asked if answers.no & each.bit)
            not_said = tuple(each for each in asked if not (answers.yes | answers.no) & each.bit)
            found.append(Meaning(criteria()[criterion_id], asked, missing, not_said))
    return found


def judged_meaningful(mask: int, answers: Answers) -> int:
    """What an encounter with these answers counts for: without what it fails, and with what it is shown to be."""
    for each in meanings(mask, answers):
        if each.missing:
            mask &= ~bit_of(each.criterion.id)
        elif each.is_shown:
            mask |= _shown_bits().get(bit_of(each.criterion.id), 0)
    return mask


@lru_cache(maxsize=4096)
def not_shown_yet(mask: int) -> int:
    """The second counts that an encounter of this mask leaves unknown: it may be meaningful, and nobody has shown it."""
    return sum(shown for bit, shown in _shown_bits().items() if mask & bit and not mask & shown)


@cache
def _shown_bits() -> dict[int, int]:
    """Criterion's bit → the bit of its second count."""
    return {
        bit_of(criterion_id): bit_of(criterion_id + SHOWN)
        for criterion_id in _asked_by()
        if criterion_id + SHOWN in registry().bits
    }


@cache
def shown_criteria() -> tuple[Criterion, ...]:
    """The second counts as criteria: the same expectation, of encounters that are shown to be meaningful."""
    return tuple(_as_shown(each) for each in counted_criteria() if each.id + SHOWN in registry().bits)


def shown(of: Criterion) -> Criterion | None:
    """The second count of a criterion, or None where none is kept."""
    return next((each for each in shown_criteria() if each.id == of.id + SHOWN), None)


def judged_criteria() -> tuple[Criterion, ...]:
    """Everything that the counting room keeps: the counted criteria and their second counts."""
    return (*counted_criteria(), *shown_criteria())


def _as_shown(of: Criterion) -> Criterion:
    return replace(
        of,
        id=of.id + SHOWN,
        title=f"{of.title}, shown to be meaningful",
        home_sentence="",
        home_sentence_one="",
        expectations=tuple(
            replace(each, tags=tuple(tag + SHOWN for tag in each.tags if tag + SHOWN in registry().bits))
            for each in of.expectations
        ),
    )
