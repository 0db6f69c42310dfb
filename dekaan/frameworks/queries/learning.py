"""Learning areas: what careers education is meant to teach, of the framework in force and of the one before it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from dekaan.frameworks.queries.published import read


@dataclass(frozen=True)
class LearningArea:
    """One area of one framework; `becomes` are keys of the present areas that are nearest to a repealed one."""

    key: str
    title: str
    framework: str
    place: int
    says: str = ""
    becomes: tuple[str, ...] = ()
    in_force_from: date = date.min
    in_force_until: date = date.max

    def is_in_force(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.in_force_from <= on <= self.in_force_until

    @property
    def nearest(self) -> tuple["LearningArea", ...]:
        """The present areas that are nearest to a repealed one."""
        return tuple(learning_areas()[key] for key in self.becomes)


@cache
def learning_areas() -> dict[str, LearningArea]:
    """Every area by key, those of the framework in force first."""
    found = [
        LearningArea(
            key=area["key"],
            title=area["title"],
            framework=framework["title"],
            place=place,
            says=area.get("says", ""),
            becomes=tuple(area.get("becomes", ())),
            in_force_from=framework.get("in_force_from", date.min),
            in_force_until=framework.get("in_force_until", date.max),
        )
        for framework in read("learning-areas.toml")["framework"]
        for place, area in enumerate(framework["area"])
    ]
    return {area.key: area for area in found}


def learning_area(key: str) -> LearningArea | None:
    """The area of that key, present or repealed, or None."""
    return learning_areas().get(key)


def present_learning_areas(on: date) -> list[LearningArea]:
    """The areas in force on that day, in the framework's order."""
    return [area for area in learning_areas().values() if area.is_in_force(on)]
