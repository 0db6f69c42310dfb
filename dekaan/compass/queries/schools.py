"""What is behind a number of an answer, and the estimates of several schools side by side."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from dekaan.compass.queries.answering import Estimate, answered, estimates
from dekaan.compass.queries.records import Gathered, Records
from dekaan.compass.queries.releasing import released_answers
from dekaan.compass.questions import Question, QuestionSet
from dekaan.core.scope import working_in
from dekaan.schools.models import School


def pupils_behind(school: School, of: QuestionSet, question: Question, state: str, on: date) -> list[int]:
    """Ids of the pupils behind one number of an answer: "met", "missed" or "unknown"."""
    return Records(school, Gathered(of, on, in_words=False)).pupils(question, state)


@dataclass(frozen=True)
class SchoolEstimate:
    """What the records of one school come to, with how many questions they leave open."""

    school: School
    estimates: list[Estimate]
    open: int


def side_by_side(
    schools: Iterable[School], of: QuestionSet, on: date, *, exactly_at: Collection[int]
) -> list[SchoolEstimate]:
    """Each school's estimate by the same set, from its own records alone; read together, in as many statements as one.

    Fit to leave the careers team, but of those schools whose exact figures the reader may see.
    """
    found, asked = [], list(schools)
    with working_in(*asked):
        gathered = Gathered(of, on, in_words=False)
        for school in asked:
            said = answered(Records(school, gathered), of.questions)
            said = said if school.pk in exactly_at else released_answers(said, of)
            left = sum(each.is_open for each in said)
            found.append(SchoolEstimate(school, estimates(said, of), left))
    return found
