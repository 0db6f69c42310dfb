"""What was answered, as figures. The one exit for their small numbers: `released_tallies` and `released_questions`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from dekaan.measures.queries import is_small, places_to_hide
from dekaan.quality.models import Answer, Collection, Line, Mark
from dekaan.quality.queries.questionnaires import CHOICE, LINE, OWN, SCALE, Question, every_version, scale, wording_of

FEW = 10  # fewer answers than this say nothing that can be relied on


@dataclass(frozen=True)
class Tally:
    """Answers of one group of people: how many, and of the steps that they gave how many were positive.

    Hidden numbers are None; `invited` is None too where nobody knows how many were asked.
    """

    name: str
    answers: int | None
    positive: int | None
    steps: int | None
    invited: int | None = None
    is_hidden: bool = False

    @property
    def share(self) -> int | None:
        """Positive steps in a hundred, rounded; None where hidden, or where no step was asked for."""
        if not self.steps or self.positive is None:
            return None
        return round(100 * self.positive / self.steps)

    @property
    def is_few(self) -> bool:
        """Whether there are too few answers to say anything."""
        return self.answers is not None and 0 < self.answers < FEW

    @property
    def response(self) -> int | None:
        """Answers in a hundred of those asked; None where either is not known."""
        return round(100 * self.answers / self.invited) if self.answers is not None and self.invited else None


NOBODY = Tally("", 0, 0, 0)  # has answered yet


@dataclass(frozen=True)
class QuestionFigure:
    """What was answered to one question: people by step or choice. `counts` is empty where hidden."""

    question: Question
    answers: int | None
    positive: int | None
    counts: tuple[tuple[str, int | None], ...]
    is_hidden: bool = False

    @property
    def share(self) -> int | None:
        """Positive answers in a hundred."""
        return round(100 * self.positive / self.answers) if self.answers and self.positive is not None else None

    @property
    def is_few(self) -> bool:
        """Whether there are too few answers to say anything."""
        return self.answers is not None and 0 < self.answers < FEW


@dataclass(frozen=True)
class CollectionLine:
    """A collection as a line of a list."""

    collection: Collection
    title: str
    tally: Tally


def tallies(collections: Iterable[Collection], by: str = "collection_id") -> dict[Any, Tally]:
    """Answers and steps of those collections, by a field of the answer (or of its collection), in two statements."""
    ids = [each.pk for each in collections]
    answers = Answer.objects.filter(collection__in=ids).order_by()
    people = dict(answers.values_list(by).annotate(number=Count("pk")))
    marks = _steps(Mark.objects.filter(answer__collection__in=ids), every_scale_question(collections))
    of = f"answer__{by}"
    steps = {
        row[of]: (row["positive"], row["steps"])
        for row in marks.order_by()
        .values(of)
        .annotate(steps=Count("pk"), positive=Count("pk", filter=Q(value__gte=scale().positive_from)))
    }
    return {key: Tally(str(key), number, *steps.get(key, (0, 0))) for key, number in people.items()}


def _steps(marks: QuerySet[Mark], asked: Mapping[str, set[str]]) -> QuerySet[Mark]:
    """The marks that are steps on the scale, not choices."""
    which = Q(question__in=OWN)
    for questionnaire, keys in asked.items():
        which |= Q(answer__collection__questionnaire=questionnaire, question__in=keys)
    return marks.filter(which)


def every_scale_question(collections: Iterable[Collection]) -> dict[str, set[str]]:
    """The keys of the questions that ask for a step, by questionnaire."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in collections:
        version = every_version()[each.questionnaire, each.version]
        found[each.questionnaire] |= {question.key for question in version.questions if question.kind == SCALE}
    return found


def collections() -> QuerySet[Collection]:
    """Collections with what a list says of them."""
    return Collection.objects.select_related("activity", "session__activity")


def collection_lines(found: Iterable[Collection], *, exactly: bool) -> list[CollectionLine]:
    """The collections as lines; what is hidden of one does not follow from the others of its audience and year."""
    found = list(found)
    counted = tallies(found)
    told = {each.pk: replace(counted.get(each.pk, NOBODY), name=str(each.pk), invited=each.invited) for each in found}
    alike: dict[tuple[str, int], list[int]] = defaultdict(list)
    for each in found:
        alike[each.audience, each.academic_year].append(each.pk)
    for pks in () if exactly else alike.values():
        told |= {int(each.name): each for each in released_tallies([told[pk] for pk in pks])}
    return [
        CollectionLine(each, every_version()[each.questionnaire, each.version].title, told[each.pk]) for each in found
    ]


def released_tallies(groups: Sequence[Tally]) -> list[Tally]:
    """The same figures fit to leave the careers team. Give it all groups of a breakdown at once."""
    some = [each for each in groups if each.answers]
    numbers = [(each.answers or 0, each.positive or 0, (each.steps or 0) - (each.positive or 0)) for each in some]
    places = places_to_hide([each.name for each in some], numbers)
    hidden = {some[place].name for place in places}
    return [_released(each, is_hidden=each.name in hidden) for each in groups]


def _released(tally: Tally, *, is_hidden: bool) -> Tally:
    if is_hidden:
        return replace(tally, answers=None, positive=None, steps=None, is_hidden=True)
    silent = (tally.invited or 0) - (tally.answers or 0)
    return replace(tally, invited=None) if is_small(silent) else tally


def tally_of(collection: Collection, *, exactly: bool) -> Tally:
    """One collection's figures, as its line in the year's list has them."""
    alike = [collection]
    if not exactly:
        alike = list(collections().filter(audience=collection.audience, academic_year=collection.academic_year))
    return next(each.tally for each in collection_lines(alike, exactly=exactly) if each.collection.pk == collection.pk)


def question_figures(collection: Collection, *, exactly: bool) -> list[QuestionFigure]:
    """Question by question, in the order in which they were asked; lines of one's own words are counted only."""
    given: dict[str, Counter[int]] = defaultdict(Counter)
    rows = Mark.objects.filter(answer__collection=collection).order_by()
    for question, value, number in rows.values_list("question", "value").annotate(number=Count("pk")):
        given[question][value] = number
    figures = [
        _figure(each, given[each.key]) for each in wording_of(collection).questions if each.kind in {SCALE, CHOICE}
    ]
    return figures if exactly else released_questions(figures)


def _figure(question: Question, given: Counter[int]) -> QuestionFigure:
    answers = sum(given.values())
    positive = sum(number for value, number in given.items() if value >= scale().positive_from)
    counts = tuple((words, given[value]) for value, words in question.numbered)
    return QuestionFigure(question, answers, positive if question.kind == SCALE else None, counts)


def released_questions(figures: Sequence[QuestionFigure]) -> list[QuestionFigure]:
    """The same figures fit to leave the careers team: of a step only whether it is positive, of choices the large ones."""
    steps = [each for each in figures if each.question.kind == SCALE and each.answers]
    numbers = [(each.answers or 0, each.positive or 0, (each.answers or 0) - (each.positive or 0)) for each in steps]
    places = places_to_hide([each.question.key for each in steps], numbers)
    hidden = {steps[place].question.key for place in places}
    return [
        _released_choice(each)
        if each.question.kind == CHOICE
        else replace(each, answers=None, positive=None, counts=(), is_hidden=True)
        if each.question.key in hidden
        else replace(each, counts=())
        for each in figures
    ]


def _released_choice(figure: QuestionFigure) -> QuestionFigure:
    if is_small(figure.answers or 0):
        return replace(figure, answers=None, counts=(), is_hidden=True)
    chosen = [(words, number) for words, number in figure.counts if number]
    places = places_to_hide([words for words, _ in chosen], [(number or 0,) for _, number in chosen])
    hidden = {chosen[place][0] for place in places}
    counts = tuple((words, None if words in hidden else number) for words, number in figure.counts)
    return replace(figure, counts=counts)


def lines_of(collection: Collection) -> list[tuple[str, list[Line]]]:
    """What was written, by question, in no order that says who came first; for the careers team alone."""
    texts = {each.key: each.text for each in wording_of(collection).questions if each.kind == LINE}
    found: dict[str, list[Line]] = {key: [] for key in texts}
    for line in Line.objects.filter(collection=collection).order_by("words", "pk"):
        found.setdefault(line.question, []).append(line)
    return [(texts.get(key, key), written) for key, written in found.items()]
