"""The question sets, as files: what each question asks, how our records answer it, and what an answer gives."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

# What a question may say besides what every question does, by its kind: what it must, and what it may. A question has
# exactly one of these shapes, since they answer in ways that exclude each other.
COMMON = {"id", "asks", "kind", "points", "needs_sixth_form", "is_scored", "confidence"}
SHAPES: tuple[tuple[str, set[str], set[str]], ...] = (
    ("fact", {"fact"}, {"audience"}),
    ("fact", {"fact", "kept"}, set()),  # by the ledger of destinations, where no evidence shows it
    ("fact", {"fact", "left"}, set()),  # by the record of what left with names, where no evidence shows it
    ("agreement", {"fact"}, {"audience"}),
    ("agreement", {"fact", "kept"}, set()),
    ("share", {"criterion"}, {"year_groups"}),  # as the counting room judges it
    ("share", {"criterion", "so_far"}, {"year_groups"}),  # those who are on the way to it too
    ("share", {"criterion", "offered"}, set()),  # by what was offered of a phase of provider access
    ("share", {"tags", "judged", "from_year"}, {"partner_kinds"}),  # by the ledger itself, in a window
    ("curriculum", {"criterion", "year_groups"}, set()),
    ("subject", {"subject", "judged", "from_year"}, set()),
    ("flag", {"flag", "criterion", "fact"}, set()),
    ("typed", set(), set()),
)
LISTS = ("year_groups", "tags", "judged", "partner_kinds", "kept")
SETS = ("questions-2025.toml", "questions-2018.toml")  # the newest first


@dataclass(frozen=True)
class Question:
    """One question, in our words.

    `kind` says what answers it: "fact" and "agreement" (dated evidence), "share" (of pupils), "curriculum" (of pupils,
    by every subject that they take), "subject" (by links of that one), "flag" (of encounters), "typed" (nothing that is
    recorded). `points` is the most that it gives, None where that is not published. `audience` is a group whose
    feedback, asked for here and answered, shows the fact too. `kept` are shares of the ledger of destinations (by key)
    that speak of the fact; `left` is a list that shows it by having left the school for a body that the law names.
    """

    id: str
    asks: str
    kind: str
    benchmark: str
    points: int | None = None
    fact: str = ""
    audience: str = ""
    kept: tuple[str, ...] = ()
    left: str = ""
    subject: str = ""
    flag: str = ""
    criterion: str = ""
    year_groups: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    judged: tuple[int, ...] = ()
    from_year: int = 0
    partner_kinds: tuple[str, ...] = ()
    offered: bool = False
    so_far: bool = False
    needs_sixth_form: bool = False
    is_scored: bool = True
    confidence: str = ""

    @property
    def is_of_curriculum(self) -> bool:
        """Whether the curriculum map answers it."""
        return self.kind in {"curriculum", "subject"}

    @property
    def is_about_pupils(self) -> bool:
        """Whether its answer is a share of pupils."""
        return self.kind == "share" or self.is_of_curriculum


@dataclass(frozen=True)
class Section:
    """The questions of one benchmark, and how sure it is that they are these."""

    benchmark: str
    title: str
    confidence: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class QuestionSet:
    """One set of questions and the years in which it was in use; never joined to another."""

    key: str
    title: str
    short: str
    framework: str
    in_use_from: date
    in_use_until: date | None
    scale: str
    source: str
    confidence: str
    are_weights_known: bool
    points_of: dict[str, int]
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order of the evaluation."""
        return tuple(each for section in self.sections for each in section.questions)

    def question(self, question_id: str) -> Question | None:
        """The question of that number, or None."""
        return next((each for each in self.questions if each.id == question_id), None)


@dataclass(frozen=True)
class Average:
    """How many benchmarks schools and colleges met in full on average, in the year that begins in `year`."""

    year: int
    value: float
    of: str
    set: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Shares:
    """The share of schools and colleges that met each benchmark in full, in per cent."""

    year: int
    set: str
    achieved: dict[str, float]
    source: str
    confidence: str


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dekaan.compass").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def question_sets() -> tuple[QuestionSet, ...]:
    """Every set, the newest first."""
    return tuple(_set(_read(name)) for name in SETS)


def _set(data: dict[str, Any]) -> QuestionSet:
    return QuestionSet(
        **{
            name: data[name]
            for name in ("key", "title", "short", "framework", "in_use_from", "scale", "source", "confidence")
        },
        in_use_until=data.get("in_use_until"),
        are_weights_known=data["are_weights_known"],
        points_of=data.get("points_of", {}),
        sections=tuple(
            Section(
                each["benchmark"],
                each["title"],
                each["confidence"],
                tuple(question_of(row, each["benchmark"]) for row in each["question"]),
            )
            for each in data["section"]
        ),
    )


class NoOneShape(Exception):
    """A question of a data file says too little to be answered, or two things that exclude each other."""


def question_of(row: dict[str, Any], benchmark: str) -> Question:
    """The question, as the files write it. Raises NoOneShape."""
    said = set(row) - COMMON
    if not any(row["kind"] == kind and needs <= said <= needs | may for kind, needs, may in SHAPES):
        raise NoOneShape(f"Question {row['id']} of kind “{row['kind']}” says {', '.join(sorted(said)) or 'nothing'}.")
    lists = {name: tuple(row[name]) for name in LISTS if name in row}
    return Question(**{**row, **lists}, benchmark=benchmark)


def question_set(key: str) -> QuestionSet | None:
    """The set of that key, or None."""
    return next((each for each in question_sets() if each.key == key), None)


def set_in_use(on: date) -> QuestionSet:
    """The set in use that day; between two of them the one to come."""
    return next((each for each in question_sets() if each.in_use_from <= on), question_sets()[-1])


@cache
def averages() -> tuple[Average, ...]:
    """National averages by year, each with its source."""
    return tuple(Average(**row) for row in _read("national-averages.toml")["average"])


@cache
def shares_achieved() -> tuple[Shares, ...]:
    """National shares by benchmark, for the years that were found."""
    return tuple(Shares(**row) for row in _read("national-averages.toml")["shares"])
