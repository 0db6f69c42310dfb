"""Who does what, as screens and the floors above ask it."""

from dataclasses import dataclass

from dekaan.frameworks.queries import Responsibility, responsibilities, responsibility_headings


@dataclass(frozen=True)
class Heading:
    """One of the four headings with its responsibilities."""

    key: str
    name: str
    lines: tuple[Responsibility, ...]


def headings() -> list[Heading]:
    """The thirty responsibilities under their four headings."""
    return [
        Heading(key, name, tuple(each for each in responsibilities().values() if each.heading == key))
        for key, name in responsibility_headings().items()
    ]
