"""Where a figure was counted, and the figures of a paper found again in the records of another day."""

from dataclasses import dataclass
from datetime import date

from dekaan.compass.queries import question_set
from dekaan.measures.queries import Figure
from dekaan.reports.models import FrozenFigure, Report
from dekaan.reports.queries.destinations import OWN, PUBLISHED
from dekaan.reports.queries.from_below import MEANS, PLAN
from dekaan.reports.queries.groups import GAP
from dekaan.reports.queries.law import DUTIES
from dekaan.reports.queries.paper import gather
from dekaan.reports.queries.programme import PROGRAMME
from dekaan.reports.queries.reach import HOURS
from dekaan.reports.queries.sections import LONGEST
from dekaan.reports.queries.short import SHORT
from dekaan.reports.queries.sure import LEDGER
from dekaan.reports.queries.terms import terms_of
from dekaan.reports.queries.voices import FEEDBACK
from dekaan.schools.models import School

SOURCES = {
    DUTIES: "The duty board",
    HOURS: "The ledger of who took part, lengths",
    LEDGER: "The ledger of who took part, how it is known",
    FEEDBACK: "Questionnaires",
    GAP: "The ledger of who took part, by group",
    PROGRAMME: "Sessions and their registers",
    PLAN: "The development plan",
    MEANS: "Team and budget",
    SHORT: "Counted from this paper",
    OWN: "The ledger of destinations",
    PUBLISHED: "The Department for Education",
    f"{PUBLISHED}, England": "The Department for Education",
}


def source_of(figure: Figure) -> str:
    """Where it was counted, in a few words."""
    if figure.framework in SOURCES:
        return SOURCES[figure.framework]
    return "The twin of Compass" if question_set(figure.framework) else "The ledger of who took part"


@dataclass(frozen=True)
class FoundAgain:
    """A figure as a paper froze it, and the same figure now; None where it is counted no more."""

    frozen: FrozenFigure
    now: Figure | None

    @property
    def then(self) -> Figure:
        """The figure that was frozen, to be worded as any other is."""
        each = self.frozen
        return Figure(
            school_id=each.school_id,
            academic_year=each.academic_year,
            framework=each.framework,
            criterion=each.criterion,
            breakdown=each.breakdown,
            value=each.value,
            met=each.met,
            of=each.of,
            unknown=each.unknown,
            assumed=each.assumed,
            band=each.says,
        )

    @property
    def is_the_same(self) -> bool:
        """Whether nothing of it has changed."""
        then, now = self.frozen, self.now
        if now is None or (then.met, then.of, then.unknown, then.assumed) != (
            now.met,
            now.of,
            now.unknown,
            now.assumed,
        ):
            return False
        return not then.says or then.says == now.band[:LONGEST]  # an old paper kept no words


def found_again(school: School, report: Report, on: date) -> list[FoundAgain]:
    """Every figure of the paper in its order, and what the records say of it on that day."""
    term = next(each for each in terms_of(report.academic_year) if each.term == report.term)
    now = {_key(each): each for each in gather(school, term, on=on, boxes={}, kind=Report.Kind(report.kind)).figures}
    return [FoundAgain(each, now.get(_key(each))) for each in report.figures.all()]


def is_of_before(found: list[FoundAgain]) -> bool:
    """Whether a paper with these figures is of before all that it prints was frozen; every later one counts itself, in short."""
    return not any(each.frozen.framework == SHORT for each in found)


def _key(figure: Figure | FrozenFigure) -> tuple[str, str, int, str, str]:
    return figure.framework, figure.criterion, figure.academic_year, figure.breakdown, figure.value
