"""What leading careers asks: responsibilities, models, key roles, training, principles, milestones. Read once at start."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from dekaan.frameworks.queries.published import read


@dataclass(frozen=True)
class KeyRole:
    """A part that somebody plays in careers; `of_what` asks of what each has it, `only_model` where it is asked at all."""

    key: str
    name: str
    says: str
    sure: str
    older: str = ""
    source: str = ""
    missing: str = ""
    of_what: str = ""
    only_model: str = ""
    needed: bool = False
    one: bool = False
    outside: bool = False
    where_there_is_one: bool = False
    from_groups: bool = False


@dataclass(frozen=True)
class Asked:
    """What a model needs because of its own weakness; answered by yes or no, by a role's holder or by a coming day."""

    key: str
    question: str
    gap: str
    role: str = ""
    meeting: bool = False


@dataclass(frozen=True)
class LeadershipModel:
    """One way of leading careers, with its own weakness."""

    key: str
    name: str
    says: str
    weakness: str
    sure: str
    asks: tuple[Asked, ...] = ()
    no_accountability: bool = False


@dataclass(frozen=True)
class Responsibility:
    """One of the thirty: in our own words, and whose it is by default under each model."""

    id: str
    heading: str
    words: str
    sure: str
    responsible: Mapping[str, str]
    accountable: Mapping[str, str]
    takes_part: Mapping[str, str]

    def usual(self, model: str) -> tuple[str, str]:
        """The key roles that are responsible and accountable by default under the model."""
        return (
            self.responsible.get(model, self.responsible["*"]),
            self.accountable.get(model, self.accountable["*"]),
        )


@dataclass(frozen=True)
class ToDevelop:
    """What somebody of a background typically has to learn, and which responsibilities it serves."""

    words: str
    serves: tuple[str, ...]


@dataclass(frozen=True)
class Background:
    """Where somebody comes from: typical strengths, and areas to develop."""

    key: str
    name: str
    sure: str
    strengths: tuple[str, ...]
    develop: tuple[ToDevelop, ...]


@dataclass(frozen=True)
class Principle:
    """One of the six key principles: what it asks, and what shows it."""

    key: str
    name: str
    asks: str
    sure: str
    shown_by: tuple[str, ...]


@dataclass(frozen=True)
class Milestone:
    """One step of putting careers leadership in place; reconstructed, and labelled so wherever it is shown."""

    number: int
    words: str
    done_when: str
    in_2018: str
    now: str


def _made(kind: Any, row: Mapping[str, Any], **more: Any) -> Any:
    known = {each.name for each in fields(kind)}
    said = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key in known}
    return kind(**said | more)


@cache
def careers_leadership() -> dict[str, Any]:
    """The file as it stands: its source, how sure it is, what is known of training and of time, the milestones' label."""
    return read("careers-leadership.toml")


@cache
def key_roles() -> dict[str, KeyRole]:
    """Every key role by its key, in the file's order."""
    return {row["key"]: _made(KeyRole, row) for row in careers_leadership()["role"]}


@cache
def leadership_models() -> dict[str, LeadershipModel]:
    """Every model by its key."""
    return {
        row["key"]: _made(LeadershipModel, row, asks=tuple(_made(Asked, each) for each in row.get("asks", ())))
        for row in careers_leadership()["model"]
    }


@cache
def responsibility_headings() -> dict[str, str]:
    """The four headings by the letters that their ids begin with."""
    return {row["key"]: row["name"] for row in careers_leadership()["heading"]}


@cache
def responsibilities() -> dict[str, Responsibility]:
    """The thirty by id, in order."""
    return {
        row["id"]: _made(
            Responsibility, row, heading=row["id"].rstrip("0123456789"), takes_part=row.get("takes_part", {})
        )
        for row in careers_leadership()["responsibility"]
    }


@cache
def leader_trainings() -> dict[str, str]:
    """Values of a leader's training, by key."""
    return {row["key"]: row["name"] for row in careers_leadership()["training"]}


@cache
def training_levels() -> dict[str, str]:
    """Levels of a course, by key."""
    return {row["key"]: row["name"] for row in careers_leadership()["level"]}


@cache
def backgrounds() -> dict[str, Background]:
    """Every background by its key."""
    return {
        row["key"]: _made(Background, row, develop=tuple(_made(ToDevelop, each) for each in row["develop"]))
        for row in careers_leadership()["background"]
    }


@cache
def key_principles() -> dict[str, Principle]:
    """The six key principles by key, in order."""
    return {row["key"]: _made(Principle, row) for row in careers_leadership()["principle"]}


@cache
def milestones() -> tuple[Milestone, ...]:
    """The milestones in order; reconstructed."""
    return tuple(_made(Milestone, row) for row in careers_leadership()["milestone"])
