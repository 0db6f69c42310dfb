"""What the book of a successor is made of: chapters of sections of lines, and how a line says a day."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from dekaan.access.permissions import Permission


@dataclass(frozen=True)
class Line:
    """One line of the book: what it is about, what is to be known, and the address where it lives."""

    about: str
    says: str
    to: str = ""
    arg: int | None = None


@dataclass(frozen=True)
class Section:
    """Lines under a heading; `empty` says what would fill it."""

    heading: str
    lines: list[Line]
    empty: str
    asks: Permission | None = None  # which a reader must have besides (the matrix)


@dataclass(frozen=True)
class Chapter:
    """One chapter, read on a day."""

    slug: str
    title: str
    says: str
    sections: list[Section]


@dataclass(frozen=True)
class Book:
    """The whole book of a school as of a day."""

    school: str
    on: date
    chapters: list[Chapter]

    def as_paper(self) -> dict[str, Any]:
        """As data for setting: addresses are left out, since paper opens nothing."""
        return {
            "school": self.school,
            "title": "The successor’s book",
            "as_of": f"As the records stood on {day_said(self.on)}",
            "chapters": [asdict(each) for each in self.chapters],
        }


def day_said(day: date | None) -> str:
    """ "3 November 2026"; nothing where there is no day."""
    return f"{day:%-d %B %Y}" if day else ""


def until_said(day: date | None, who: str, on: date) -> str:
    """Whose it is, by which day, and whether that is over."""
    late = ", overdue" if day and day < on else ""
    return joined(who, f"by {day_said(day)}{late}" if day else "")


def joined(*parts: str) -> str:
    """Those of the parts that say something, with commas between."""
    return ", ".join(each for each in parts if each)
