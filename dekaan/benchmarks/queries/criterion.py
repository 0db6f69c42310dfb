"""One criterion: its figure, its figure by group of pupils, and both versions of its words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from dekaan.access.permissions import COUNTED_BY, Permission
from dekaan.benchmarks.queries.shares import BREAKDOWN_NAMES, Share, drawn, fit_to_show, value_name
from dekaan.frameworks.queries import Criterion, Framework, counterpart, frameworks
from dekaan.measures.queries import Figure, every_breakdown
from dekaan.people.queries import tutor_groups


@dataclass(frozen=True)
class GroupLine:
    """A group of pupils, by the value that stands for it, and its figure."""

    breakdown: str
    value: str
    name: str
    share: Share

    @property
    def query(self) -> str:
        """The group as the address of its names says it."""
        return urlencode({"by": self.breakdown, "value": self.value})


@dataclass(frozen=True)
class BreakdownTable:
    """One criterion's figures by one characteristic."""

    key: str
    title: str
    lines: list[GroupLine]


@dataclass(frozen=True)
class CriterionPage:
    """One criterion: its figure, its figure by group, and both versions of its words."""

    criterion: Criterion
    version: Framework
    academic_year: int
    overall: Share | None  # None where the criterion does not rest on what pupils did
    tables: list[BreakdownTable]
    other: Criterion | None
    other_version: Framework | None

    @property
    def drawing(self) -> str:
        """The figure for everybody, as a bar."""
        return drawn(self.overall, self.criterion.title) if self.overall else ""


def framework_of(criterion: Criterion) -> Framework:
    """The framework that the criterion belongs to."""
    return next(each for each in frameworks() if each.key == criterion.framework)


def criterion_page(
    school_id: int, academic_year: int, criterion: Criterion, permissions: frozenset[Permission]
) -> CriterionPage:
    """The criterion's figures for everybody and by those groups that the permissions open, and its words in both versions."""
    version = framework_of(criterion)
    other = counterpart(criterion)
    other_version = framework_of(other) if other else None
    if not criterion.is_counted:
        return CriterionPage(criterion, version, academic_year, None, [], other, other_version)
    exact = Permission.FIGURES_EXACT in permissions
    figures = every_breakdown(school_id, academic_year, version, criterion)
    by_breakdown = {
        key: fit_to_show(
            [each for each in figures if each.breakdown == key],
            exact=exact and (key not in COUNTED_BY or COUNTED_BY[key][1] in permissions),
        )
        for key in ("all", *BREAKDOWN_NAMES)
        if key not in COUNTED_BY or COUNTED_BY[key][0] in permissions
    }
    # A tutor group could be taken from its year group's figure, so outside the careers team only the latter shows.
    shown = {
        key: title for key, title in BREAKDOWN_NAMES.items() if key in by_breakdown and (exact or key != "tutor-group")
    }
    names = {str(group.pk): group.name for group in tutor_groups(academic_year)} if exact else {}
    return CriterionPage(
        criterion,
        version,
        academic_year,
        Share(by_breakdown["all"][0]),
        [
            BreakdownTable(key, title, lines)
            for key, title in shown.items()
            if (lines := _lines(key, by_breakdown[key], names))
        ],
        other,
        other_version,
    )


def _lines(breakdown: str, figures: list[Figure], tutor_group_names: dict[str, str]) -> list[GroupLine]:
    if breakdown == "year-group":
        figures = sorted(figures, key=lambda figure: int(figure.value or 0))
    lines = [
        GroupLine(breakdown, each.value, value_name(breakdown, each.value, tutor_group_names), Share(each))
        for each in figures
    ]
    if breakdown == "tutor-group":
        lines.sort(key=lambda line: line.name)
    return lines
