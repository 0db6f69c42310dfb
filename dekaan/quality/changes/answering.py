"""Answering: by the link, or on paper that is typed back. Nothing says who; nobody changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.link_keys import page_sent
from dekaan.quality.models import Answer, Collection, Line, Mark

MOST = 3000  # answers to a collection of which nobody knows how many were asked


class CollectionOver(Exception):
    """The day until when it was asked is over."""


class TooManyAnswers(Exception):
    """More answers than people came, so that somebody sends many."""


class SheetsTypedBefore(Exception):
    """Some of the numbered sheets are typed back already."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(*numbers)
        self.numbers = sorted(numbers)


@dataclass(frozen=True)
class Given:
    """What one person answered: steps and choices by the key of the question, and lines of their own words."""

    marks: Mapping[str, int]
    lines: Mapping[str, str] = field(default_factory=dict)
    year_group: int | None = None
    group: str = ""
    sheet: int | None = None


def most_answers(collection: Collection) -> int:
    """How many answers may come by the link: twice as many as were asked, since some press again, and some to spare."""
    return 2 * collection.invited + 20 if collection.invited is not None else MOST


@transaction.atomic
def answer(collection: Collection, given: Given, *, page: str) -> bool:
    """The answer is kept, once for each page that it is sent from; False where it was kept before.

    Raises CollectionOver and TooManyAnswers.
    """
    once = page_sent(page)
    if Answer.objects.filter(collection=collection, once=once).exists():
        return False
    if not collection.is_open:
        raise CollectionOver
    if collection.answers.filter(came_by=Answer.CameBy.LINK).count() >= most_answers(collection):
        raise TooManyAnswers
    row, is_first = Answer.objects.get_or_create(
        collection=collection,
        once=once,
        defaults={
            "came_by": Answer.CameBy.LINK,
            "given_on": today(),
            "year_group": given.year_group,
            "group": given.group,
        },
    )
    if is_first:
        _keep([(row, given)])
    return is_first


@transaction.atomic
def type_back(collection: Collection, sheets: Sequence[Given], *, by: User | None) -> int:
    """The numbered sheets are answers like any other; returns how many. Raises SheetsTypedBefore.

    Paper comes in late, so that it may be typed back after the collection's day; it counts for that day.
    """
    numbers = [each.sheet for each in sheets]
    before = Answer.objects.filter(collection=collection, sheet__in=numbers).values_list("sheet", flat=True)
    if taken := [number for number in before if number is not None]:
        raise SheetsTypedBefore(taken)
    rows = Answer.objects.bulk_create(
        Answer(
            collection=collection,
            came_by=Answer.CameBy.PAPER,
            sheet=each.sheet,
            year_group=each.year_group,
            group=each.group,
            given_on=min(today(), collection.closes_on),
        )
        for each in sheets
    )
    _keep(list(zip(rows, sheets, strict=True)))
    record(
        action="paper answers typed back",
        by=by,
        subject="collection",
        subject_id=collection.pk,
        detail={"sheets": len(rows)},
    )
    return len(rows)


def _keep(answers: Sequence[tuple[Answer, Given]]) -> None:
    Mark.objects.bulk_create(
        Mark(answer=row, question=key, value=value) for row, given in answers for key, value in given.marks.items()
    )
    Line.objects.bulk_create(
        Line(collection_id=row.collection_id, answer=row, question=key, words=words)
        for row, given in answers
        for key, words in given.lines.items()
        if words
    )
