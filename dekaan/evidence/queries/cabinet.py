"""The cabinet as a page shows it: by criterion and by theme, with what is missing, what expires and what has expired."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of
from dekaan.evidence.asked import facts
from dekaan.evidence.models import Evidence
from dekaan.evidence.queries.observed import Observed, observed_on
from dekaan.evidence.queries.shown import FactShown, serves, shown_by
from dekaan.frameworks.queries import Benchmark, Criterion, Framework, Theme, ThemeSet, theme_sets
from dekaan.people.queries import opened_of_all, year_groups
from dekaan.quality.queries import FeedbackGroup, feedback_by_group
from dekaan.schemes.queries import theme_names

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Line:
    """A piece in a list, or an observation that is one by itself, with what became of it by the day."""

    piece: Evidence | Observed
    state: str  # "in-force", "soon", "expired", "to-come" or "set-aside"

    @property
    def observation_id(self) -> int | None:
        """The number of the observation that it is; None for a piece that was added."""
        return self.piece.pk if isinstance(self.piece, Observed) else None

    @property
    def until(self) -> str:
        """Until when it is good, in words."""
        day = self.piece.valid_until
        if self.state == "set-aside":
            return "set aside"
        if self.state == "to-come":
            return f"from {self.piece.dated_on:%-d %B %Y}"
        if day is None:
            return "no expiry"
        return f"expired {day:%-d %B %Y}" if self.state == "expired" else f"until {day:%-d %B %Y}"

    @property
    def mark(self) -> str:
        """The tag's class."""
        return {"in-force": "met", "soon": "open", "expired": "broken"}.get(self.state, "")


@dataclass(frozen=True)
class FactRow:
    """A fact with the piece that shows it, or showed it; and whose feedback was asked here with its questionnaires."""

    shown: FactShown
    line: Line | None
    asked: FeedbackGroup | None = None  # where they were asked and answered, within the years that are asked for

    @property
    def is_shown(self) -> bool:
        """Whether a piece in force shows it, or what was asked here."""
        return self.shown.is_shown or self.asked is not None


@dataclass(frozen=True)
class CriterionRow:
    """A criterion with its facts, the other pieces that serve it, and why nothing is missing where nothing is asked."""

    criterion: Criterion
    facts: tuple[FactRow, ...]
    others: tuple[Line, ...]
    not_asked: str

    @property
    def is_gap(self) -> bool:
        """Whether something of it is not shown."""
        if self.not_asked:
            return False
        if self.facts:
            return any(not each.is_shown for each in self.facts)
        return not any(each.state in {"in-force", "soon"} for each in self.others)


@dataclass(frozen=True)
class ThemeRow:
    """A theme as the school calls it, with its pieces."""

    theme: Theme
    name: str  # "" while nobody has said it
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Cabinet:
    """All of it, on a day."""

    total: int
    benchmarks: tuple[tuple[Benchmark, tuple[CriterionRow, ...]], ...]
    themes: tuple[tuple[ThemeSet, tuple[ThemeRow, ...]], ...]
    duties: tuple[FactRow, ...]  # facts that a duty asks for, and no criterion
    expired: tuple[Line, ...]
    soon: tuple[Line, ...]
    loose: tuple[Line, ...]  # pieces that serve nothing
    aside: tuple[Line, ...]
    missing: int  # facts that neither evidence in force shows nor feedback that was asked here, of the framework's own


def line_of(piece: Evidence | Observed, on: date) -> Line:
    """The piece and what became of it by the day."""
    if piece.set_aside_on:
        return Line(piece, "set-aside")
    if piece.dated_on > on:
        return Line(piece, "to-come")
    if piece.valid_until is None or piece.valid_until > on + SOON:
        return Line(piece, "in-force")
    return Line(piece, "soon" if piece.valid_until >= on else "expired")


def cabinet(framework: Framework, on: date) -> Cabinet:
    """The cabinet by that framework's criteria and by themes. As many statements however full it is.

    An observation stands in it while it is good, and is not among what expires: nobody renews one, somebody looks again.
    """
    lines = [line_of(piece, on) for piece in Evidence.objects.select_related("owner")]
    added = [each for each in lines if each.state != "set-aside"]
    shown = shown_by((each.piece for each in added if each.state != "to-come" and isinstance(each.piece, Evidence)), on)
    seen = [line_of(each, on) for each in observed_on(on)]
    used = added + seen
    rows = _criterion_rows(framework, used, shown, on)
    names = theme_names()
    by_pk = {each.piece.pk: each for each in lines}
    facts_of_framework = {each.shown.fact.key: each.is_shown for row in rows.values() for each in row.facts}
    return Cabinet(
        total=len(lines) + len(seen),
        benchmarks=tuple(
            (benchmark, tuple(rows[each.id] for each in benchmark.criteria)) for benchmark in framework.benchmarks
        ),
        themes=tuple(
            (
                each,
                tuple(
                    ThemeRow(theme, names[theme.key], tuple(line for line in used if theme.key in line.piece.themes))
                    for theme in each.themes
                ),
            )
            for each in theme_sets()
        ),
        duties=tuple(
            FactRow(shown[fact.key], by_pk.get(shown[fact.key].evidence_id or 0))
            for fact in facts().values()
            if not fact.criteria
        ),
        expired=_by_day(each for each in added if each.state == "expired"),
        soon=_by_day(each for each in added if each.state == "soon"),
        loose=tuple(each for each in used if not serves(each.piece) and not each.piece.facts and not each.piece.themes),
        aside=tuple(each for each in lines if each.state == "set-aside"),
        missing=list(facts_of_framework.values()).count(False),
    )


def _by_day(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda each: (each.piece.valid_until or date.max, each.piece.pk)))


def _criterion_rows(
    framework: Framework, lines: list[Line], shown: dict[str, FactShown], on: date
) -> dict[str, CriterionRow]:
    here, asked = set(year_groups(academic_year_of(on))), _asked(framework, on)
    by_pk = {each.piece.pk: each for each in lines if isinstance(each.piece, Evidence)}
    found = {}
    for criterion in framework.criteria:
        of_it = [
            FactRow(shown[fact.key], by_pk.get(shown[fact.key].evidence_id or 0), asked.get(fact.key))
            for fact in facts().values()
            if criterion.id in fact.criteria
        ]
        standing = [row.line for row in of_it if row.line]
        others = [each for each in lines if criterion.id in serves(each.piece) and each not in standing]
        found[criterion.id] = CriterionRow(criterion, tuple(of_it), tuple(others), _not_asked(criterion, here))
    return found


def _asked(framework: Framework, on: date) -> dict[str, FeedbackGroup]:
    """Fact → the group of it that was asked here, and answered, within the years that the framework says."""
    found = feedback_by_group(framework.key, on)
    groups = {each.key: each for each in found.groups if each.is_within} if found else {}
    return {fact.key: groups[key] for fact in facts().values() for key in fact.feedback_of if key in groups}


def _not_asked(criterion: Criterion, here: set[int]) -> str:
    """Why no evidence need be shown: nobody is asked about, or the pupils' records answer it."""
    judged = {year for each in criterion.expectations for year in each.judged}
    if not judged:
        return ""
    if here and not judged & here:
        years = " and ".join(f"Year {each}" for each in sorted(judged))
        return f"Nobody here is in {years}, so nothing is asked."
    return "Counted from the pupils' records; evidence may stand beside them."


def pieces() -> QuerySet[Evidence]:
    """Every piece with what its page shows."""
    return Evidence.objects.select_related("owner", "session__activity", "activity").prefetch_related("files")


def may_open(piece: Evidence, permissions: frozenset[Permission], assignments: Iterable[RoleAssignment]) -> bool:
    """Whether a person may read what is in the piece: its file or statement, not only its title.

    Whoever reads reports; and where it may name pupils, only those who see names and participation of the whole school.
    """
    if Permission.REPORTS_SEE not in permissions:
        return False
    held = list(assignments)
    return not piece.may_name_pupils or all(opened_of_all(each, held) for each in (DataClass.D, DataClass.E))


def in_place_of(repealed: Criterion, version: Framework) -> Criterion | None:
    """The criterion of another version that asks most nearly the same: by the facts that serve both, else by number."""
    shared = Counter(
        each.id
        for fact in facts().values()
        if repealed.id in fact.criteria
        for each in version.criteria
        if each.id in fact.criteria
    )
    if shared:
        best = shared.most_common(1)[0][0]
        return next(each for each in version.criteria if each.id == best)
    return next((each for each in version.criteria if each.code == repealed.code), None)
