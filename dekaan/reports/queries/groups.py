"""Who is missing out: groups that are certainly behind, and what cannot be said."""

from dataclasses import dataclass
from typing import Any

from dekaan.frameworks.queries import criterion
from dekaan.measures.queries import Figure
from dekaan.reports.queries.picture import at_least, at_most, in_words
from dekaan.reports.queries.sections import worded

# The groups whose inclusion schools are asked about, in the paper's words. Whoever is not in one is not "missing out".
GROUPS = {
    "pupil-premium": {"yes": "Pupil premium"},
    "sen": {"K": "SEN support", "E": "EHC plan"},
    "sex": {"F": "Female", "M": "Male"},
    "eal": {"yes": "English as an additional language"},
    "looked-after": {"yes": "Looked after"},
}
# Points behind everybody. In a group of forty, five points are two pupils; less is how a week happened to fall.
LEAST_GAP = 5
# Per cent. With a fifth unknown, those known say little of the others: a group could be twenty points better than it
# looks, or worse.
TOO_MANY_UNKNOWN = 20
GAP = "gap"  # what the frozen figures call it
ROWS = 10  # so that the paper keeps to four pages


def of_a_group(figure: Figure) -> bool:
    """Whether the paper speaks of the figure's group."""
    return figure.value in GROUPS.get(figure.breakdown, {})


@dataclass(frozen=True)
class _Gap:
    """A group's share and everybody's, in whole per cent, each rounded so that the gap is never overstated."""

    theirs: int
    everyone: int
    is_certain: bool

    @property
    def points(self) -> int:
        """How far the group is behind."""
        return self.everyone - self.theirs


def behind(everybody: list[Figure], groups: list[Figure]) -> list[dict[str, Any]]:
    """The groups behind everybody, the certain ones first, then the furthest; only where both may be shown.

    A group is certainly behind where it would be even if all its unknown met it. Where few are unknown, those known are
    compared as well, and the row says so.
    """
    whole = {figure.criterion: figure for figure in everybody}
    found = [
        (gap, figure)
        for figure in groups
        if figure.criterion in whole and (gap := _gap(figure, whole[figure.criterion])) and gap.points >= LEAST_GAP
    ]
    rows = [
        {
            "criterion": figure.criterion,
            "breakdown": figure.breakdown,
            "value": figure.value,
            "title": about.title,
            "group": GROUPS[figure.breakdown][figure.value],
            **{name: words for name, words in in_words(figure).items() if name in {"says", "assumed"}},
            "theirs": gap.theirs,
            "everyone": gap.everyone,
            "behind": gap.points,
            "gap": f"{'at least ' if gap.is_certain and figure.unknown else ''}{gap.points} points behind",
            "how": "" if gap.is_certain else "of those known",
        }
        for gap, figure in found
        if (about := criterion(figure.criterion))
    ]
    return sorted(rows, key=lambda row: (row["how"], -row["behind"], row["title"], row["group"]))


def gap_figures(rows: list[dict[str, Any]], school_id: int, year: int) -> list[Figure]:
    """Each gap as a figure, so that it is found again."""
    return [
        worded(
            GAP,
            row["criterion"],
            year,
            f"{row['theirs']} % beside {row['everyone']} %: {row['gap']}",
            school_id=school_id,
            breakdown=row["breakdown"],
            value=row["value"],
        )
        for row in rows
    ]


def _gap(group: Figure, everybody: Figure) -> _Gap | None:
    theirs, everyone = at_most(group), at_least(everybody)
    if theirs is None or everyone is None:
        return None
    certain = _Gap(theirs, everyone, is_certain=True)
    if certain.points >= LEAST_GAP or is_too_unknown(group) or is_too_unknown(everybody):
        return certain
    known = at_most(_known(group)), at_least(_known(everybody))
    return _Gap(known[0], known[1], is_certain=False) if known[0] is not None and known[1] is not None else None


def _known(figure: Figure) -> Figure:
    """The figure of those of whom it is known."""
    return figure._replace(of=(figure.of or 0) - (figure.unknown or 0), unknown=0)


def is_too_unknown(figure: Figure) -> bool:
    """Whether so many are unknown that nothing is said of the others."""
    return (figure.unknown or 0) * 100 >= (figure.of or 0) * TOO_MANY_UNKNOWN


def not_compared(everybody: list[Figure]) -> list[str]:
    """The criteria on which too many pupils are unknown for any group to be called behind."""
    return [
        about.title
        for figure in everybody
        if figure.of and is_too_unknown(figure) and (about := criterion(figure.criterion))
    ]
