"""Before and after: the same questions asked twice of the same people, or about an activity. Totals, never pupils."""

from collections import defaultdict
from dataclasses import dataclass

from dekaan.quality.models import Collection
from dekaan.quality.queries.figures import QuestionFigure, Tally, collection_lines, collections, question_figures
from dekaan.quality.queries.questionnaires import SCALE, every_version
from dekaan.quality.queries.year import pulses


@dataclass(frozen=True)
class Change:
    """One question before and after; the difference in points of a hundred, None where either is hidden or missing."""

    text: str
    before: QuestionFigure
    after: QuestionFigure

    @property
    def difference(self) -> int | None:
        """After less before."""
        if self.before.share is None or self.after.share is None:
            return None
        return self.after.share - self.before.share

    @property
    def is_few(self) -> bool:
        """Whether either side has too few answers to say anything."""
        return self.before.is_few or self.after.is_few


@dataclass(frozen=True)
class Pair:
    """Two collections on the same questions, the second after the first."""

    title: str
    before: Collection
    after: Collection
    before_tally: Tally
    after_tally: Tally
    changes: tuple[Change, ...]

    @property
    def is_few(self) -> bool:
        """Whether either side has too few answers to say anything."""
        return self.before_tally.is_few or self.after_tally.is_few


def pulse_lines(academic_year: int, *, exactly: bool) -> list:
    """The year's pulses as lines of a list."""
    return collection_lines(
        collections().filter(academic_year=academic_year, questionnaire__in=pulses()), exactly=exactly
    )


def pairs(academic_year: int, *, exactly: bool) -> list[Pair]:
    """Each *after* of the year with the last *before* on the same questions and of the same people.

    A year group is followed as it goes up: Year 9 of one year and Year 10 of the next are the same people.
    """
    found = list(collections().exclude(moment="").filter(academic_year__lte=academic_year))
    befores: dict[tuple, list[Collection]] = defaultdict(list)
    for each in found:
        if each.moment == Collection.Moment.BEFORE:
            befores[_alike(each)].append(each)
    told = {line.collection.pk: line.tally for line in collection_lines(found, exactly=exactly)}
    made = []
    for after in found:
        if after.moment != Collection.Moment.AFTER or after.academic_year != academic_year:
            continue
        earlier = [each for each in befores[_alike(after)] if (each.opened_on, each.pk) < (after.opened_on, after.pk)]
        if earlier:
            before = max(earlier, key=lambda each: (each.opened_on, each.pk))
            made.append(_pair(before, after, told, exactly=exactly))
    return made


def _alike(collection: Collection) -> tuple:
    """What two collections share whose difference means something: the questions, and who was asked.

    Everybody of one year is not everybody of the next; a year group is known by the year in which it would have begun.
    """
    year, year_group = collection.academic_year, collection.year_group
    asked = ("everybody", year) if year_group is None else ("from", year - year_group)
    return collection.questionnaire, collection.version, collection.activity_id, *asked


def _pair(before: Collection, after: Collection, told: dict[int, Tally], *, exactly: bool) -> Pair:
    first, second = (
        {each.question.key: each for each in question_figures(one, exactly=exactly) if each.question.kind == SCALE}
        for one in (before, after)
    )
    changes = tuple(
        Change(first[key].question.text, first[key], second[key])
        for key in first
        if key in second and first[key].question.text == second[key].question.text
    )
    title = every_version()[after.questionnaire, after.version].title
    return Pair(title, before, after, told[before.pk], told[after.pk], changes)
