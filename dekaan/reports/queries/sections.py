"""A section of a paper as plain values, the same for PDF, page, Word and slides."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dekaan.measures.queries import Figure

LONGEST = 60  # letters of a figure in words


@dataclass(frozen=True)
class Table:
    """A table of texts. `widths` are shares of the width, 0 where a column is as wide as its words."""

    caption: str
    head: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    more: int = 0

    def cut_to(self, most: int) -> "Table":
        """The first rows; it says how many more there are."""
        return Table(self.caption, self.head, self.widths, self.rows[:most], self.more + len(self.rows[most:]))


@dataclass(frozen=True)
class Section:
    """One section: sentences, tables, and the note that says where its figures come from."""

    key: str
    title: str
    says: Sequence[str] = ()
    tables: Sequence[Table] = ()
    note: str = ""
    figures: Sequence[Figure] = ()


def plain(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """The sections as a paper keeps them, without their figures, which are kept as rows."""
    return [_as_kept({name: said for name, said in asdict(each).items() if name != "figures"}) for each in sections]


def _as_kept(value: Any) -> Any:
    """As it comes back from the database: lists and no tuples."""
    if isinstance(value, dict):
        return {name: _as_kept(each) for name, each in value.items()}
    return [_as_kept(each) for each in value] if isinstance(value, list | tuple) else value


def counted(
    framework: str,
    criterion: str,
    academic_year: int,
    *,
    met: int | None,
    of: int | None,
    unknown: int | None = 0,
    school_id: int,
    breakdown: str = "all",
    value: str = "",
    assumed: int | None = 0,
    says: str = "",
) -> Figure:
    """A figure that no benchmark asks for, so that it is frozen, and found again, as those are."""
    return Figure(
        school_id=school_id,
        academic_year=academic_year,
        framework=framework,
        criterion=criterion,
        breakdown=breakdown,
        value=value,
        met=met,
        of=of,
        unknown=unknown,
        assumed=assumed,
        band=says,
    )


def worded(framework: str, criterion: str, academic_year: int, says: str, **where: Any) -> Figure:
    """A figure that is no count of anything, as the paper words it."""
    return counted(framework, criterion, academic_year, met=None, of=None, unknown=None, says=says[:LONGEST], **where)


def number(how_many: int, one: str, more: str = "") -> str:
    """ "one duty", "12 duties", "no duty"."""
    if how_many == 0:
        return f"no {one}"
    return f"one {one}" if how_many == 1 else f"{how_many} {more or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
