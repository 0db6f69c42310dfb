"""Our answer to each question, with its numbers, how sure it is, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dekaan.access.exporting import LAW, PURPOSES
from dekaan.compass.models import Override
from dekaan.compass.queries.records import Gathered, Records, Share
from dekaan.compass.questions import Question, QuestionSet, Section
from dekaan.destinations.queries import WELL_KEPT, HowKept
from dekaan.evidence.queries import FactShown
from dekaan.frameworks.queries import band, criterion, scale
from dekaan.programme.models import Session
from dekaan.quality.queries import FeedbackGroup
from dekaan.schools.models import School

YES, NO, NOT_ASKED = "Yes", "No", "Not asked"
ANSWERED, UNKNOWN, NOT_APPLICABLE, BY_HAND = "answered", "unknown", "not-applicable", "by-hand"
# How sure an answer is, from the surest down, with the words that stand beside it.
CONFIDENCE = {
    "own": "your own answer",
    "firm": "firm",
    "assumed": "rests on attendance that nobody checked",
    "not-shown": "took part; not all shown to be meaningful",
    "open": "could be higher: some are unknown",
    "unchecked": "rests on evidence that nobody has checked yet",
    "ledger": "worked out from the ledger of destinations",
    "left": "by the record of what left with names; that it arrived nobody says",
    "lapsed": "the evidence has expired",
    "nothing": "nothing shows it yet",
    "none": "cannot be worked out from the records",
}
# How strongly one agrees is never worked out from records: evidence shows that it is so, and a person says how much.
AGREEMENT = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
MUCH = 4  # one in so many assumed is said
OF_NOBODY = {
    "share": "Of no pupil is it known: the records do not reach back far enough.",
    "curriculum": "Of no pupil is it known which subjects they take: the curriculum map says how that becomes known.",
    "subject": "Of no pupil is it known: the curriculum map does not reach back far enough.",
}


@dataclass(frozen=True)
class Answer:
    """What the records answer to one question; `said` is a band, "Yes", or "" where they say nothing.

    `at_most` is the band if everybody unknown met it. An override stands in front of all of it.
    """

    question: Question
    state: str
    said: str
    at_most: str
    confidence: str
    why: str
    share: Share | None = None
    fact: FactShown | None = None
    feedback: FeedbackGroup | None = None
    encounters: tuple[tuple[Session, str], ...] = ()  # with "yes", "no" or "", those of which nobody said it first
    override: Override | None = None
    hidden: str = ""  # why neither numbers nor what follows from them is told
    is_sure_hidden: bool = False

    @property
    def final(self) -> str:
        """The answer to transcribe: one's own, or what the records say."""
        return self.override.answer if self.override else self.said

    @property
    def sure(self) -> str:
        """How sure it is, in words; empty where that would give a small number away."""
        if self.hidden or self.is_sure_hidden:
            return ""
        return CONFIDENCE["own" if self.override else self.confidence]

    @property
    def is_asked(self) -> bool:
        """Whether the question is put to this school at all."""
        return self.state != NOT_APPLICABLE and self.final != NOT_ASKED

    @property
    def is_of_anybody(self) -> bool:
        """Whether there are pupils behind it."""
        return bool(self.hidden or (self.share and self.share.of))

    @property
    def is_open(self) -> bool:
        """Whether it is asked here and nothing answers it yet."""
        return self.is_asked and not self.final and not self.hidden

    @property
    def numbers(self) -> str:
        """ "98 of 182, 12 unknown"; empty where there are none."""
        if self.share is None or not self.share.of:
            return ""
        unknown = f", {self.share.unknown} unknown" if self.share.unknown else ""
        return f"{self.share.met} of {self.share.of}{unknown}"


@dataclass(frozen=True)
class Estimate:
    """What the records would support of one benchmark, `least` to `most` of `of`.

    In points where the weights are known, and in questions answered in full where they are not.
    """

    section: Section
    least: int
    most: int
    of: int
    in_points: bool
    hidden: str = ""  # why it is not told

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, cut off as the evaluation cut it off; None where weights are not known."""
        return self.least * 100 // self.of if self.in_points and self.of else None

    @property
    def percent_at_most(self) -> int | None:
        """The same if everything unknown were met."""
        return self.most * 100 // self.of if self.in_points and self.of else None


def choices_for(question: Question, of: QuestionSet) -> tuple[str, ...]:
    """What somebody may answer in place of the records."""
    if question.is_about_pupils or question.kind in {"flag", "typed"}:
        return (*(each.name for each in scale(of.scale)), NOT_ASKED)
    return (*(AGREEMENT if question.kind == "agreement" else (YES, NO)), NOT_ASKED)


def answers(school: School, of: QuestionSet, on: date, *, only: Question | None = None) -> list[Answer]:
    """An answer to every question (or to one) in the set's order, from the records of the school in scope on the day."""
    return answered(Records(school, Gathered(of, on)), of.questions if only is None else (only,))


def answered(records: Records, asked: Iterable[Question]) -> list[Answer]:
    """The answer to each of them."""
    return [replace(_answer(each, records), override=records.own_answers.get(each.id)) for each in asked]


def _answer(question: Question, records: Records) -> Answer:
    if question.needs_sixth_form and not records.school.has_sixth_form:
        return Answer(question, NOT_APPLICABLE, "", "", "none", "The school has no sixth form.")
    asked = records.feedback.get(question.audience)
    if asked is not None and asked.is_within:
        why = f"Asked here on {asked.asked_on:%-d %B %Y}, and answered."
        return Answer(question, ANSWERED, YES, YES, "firm", why, fact=records.facts[question.fact], feedback=asked)
    if question.kind in {"fact", "agreement"}:
        by_evidence = _by_evidence(question, records.facts[question.fact])
        return by_evidence if by_evidence.said else _by_what_is_kept(by_evidence, records)
    if question.kind == "subject" and not records.has_subject(question):
        return Answer(question, UNKNOWN, "", "", "nothing", f"{question.subject} is not on the curriculum map.")
    if question.is_about_pupils:
        return _by_pupils(question, records.share(question), records.of)
    if question.kind == "flag":
        return _by_encounters(question, records)
    return Answer(question, BY_HAND, "", "", "none", "Nothing that is recorded answers it: type your own answer.")


def _by_evidence(question: Question, fact: FactShown) -> Answer:
    if fact.is_shown:
        until = f", good until {fact.valid_until:%-d %B %Y}" if fact.valid_until else ""
        why = f"“{fact.title}” of {fact.dated_on:%-d %B %Y}{until}."
        sure = "firm" if fact.is_checked or not fact.evidence_id else "unchecked"
        return Answer(question, ANSWERED, YES, YES, sure, why, fact=fact)
    if fact.state == "expired":
        why = f"“{fact.title}” was good until {fact.valid_until:%-d %B %Y}."
        return Answer(question, UNKNOWN, "", YES, "lapsed", why, fact=fact)
    return Answer(question, UNKNOWN, "", YES, "nothing", "Nothing in the cabinet shows it.", fact=fact)


def _by_what_is_kept(otherwise: Answer, records: Records) -> Answer:
    """What no evidence shows the record of what left the school may, and the ledger of destinations."""
    left_on = records.left_on(otherwise.question)
    if left_on is None:
        return _by_the_ledger(otherwise, records.how_kept(otherwise.question))
    why = f"The {otherwise.question.left} left here on {left_on:%-d %B %Y}, {PURPOSES[LAW]}."
    return replace(otherwise, state=ANSWERED, said=YES, at_most=YES, confidence="left", why=why)


def _by_the_ledger(otherwise: Answer, found: list[HowKept]) -> Answer:
    """What no evidence shows the ledger of destinations may; of how strongly one agrees it only says what is recorded."""
    recorded = " ".join(each.says for each in found if each.says)
    if not recorded:
        return otherwise
    if otherwise.question.kind == "fact" and all(each.state == WELL_KEPT for each in found):
        return replace(otherwise, state=ANSWERED, said=YES, at_most=YES, confidence="ledger", why=recorded)
    return replace(otherwise, why=f"{otherwise.why} {recorded}")


def _by_pupils(question: Question, share: Share, of: QuestionSet) -> Answer:
    if not share.of:
        return Answer(question, NOT_APPLICABLE, "", "", "none", "No pupil is judged on it this year.", share)
    at_most = band(share.met + share.unknown, share.of, of.scale)
    if share.unknown == share.of:
        asked = criterion(question.criterion)
        why = (asked.cohort_note if asked else "") or OF_NOBODY[question.kind]
        return Answer(question, UNKNOWN, "", at_most, "none", why, share)
    said = band(share.met, share.of, of.scale)
    return Answer(
        question, ANSWERED, said, at_most, _how_sure(share, said, at_most), why_of(share, said, at_most), share
    )


def _how_sure(share: Share, said: str, at_most: str) -> str:
    if said != at_most:
        return "open"
    if share.assumed * MUCH > share.met:
        return "assumed"
    return "not-shown" if share.shown is not None and share.shown < share.met else "firm"


def why_of(share: Share, said: str, at_most: str) -> str:
    """The numbers of an answer in sentences."""
    sentences = [f"{share.met} of {share.of} by what is recorded."]
    if share.unknown:
        would = f"; if all of them met it, the answer would be “{at_most}”" if said != at_most else ""
        sentences.append(f"Of {share.unknown} it is unknown{would}.")
    if share.planned:
        sentences.append(f"For {share.planned} what is lacking is planned.")
    if share.assumed:
        sentences.append(f"{share.assumed} rest on attendance that nobody checked.")
    if share.shown is not None and share.shown < share.met:
        sentences.append(f"{share.shown} by encounters that are shown to be meaningful.")
    return " ".join(sentences)


def _by_encounters(question: Question, records: Records) -> Answer:
    """Evidence says it of all of them at once; else each encounter says it of itself."""
    fact = records.facts[question.fact]
    if fact.is_shown:
        (*_, top) = scale(records.of.scale)
        return replace(_by_evidence(question, fact), said=top.name, at_most=top.name)
    behind = sorted(records.encounters(question), key=lambda each: ("", "no", "yes").index(each[1]))
    words = [each for _, each in behind]
    share = Share(words.count("yes"), len(words), words.count(""))
    state, said, at_most, confidence = UNKNOWN, "", "", "nothing"
    if not share.of:
        why = "No encounter is recorded yet this year."
    elif share.unknown == share.of:
        why = f"Nobody has said it of any of {share.of} encounters."
    else:
        said = band(share.met, share.of, records.of.scale)
        at_most = band(share.met + share.unknown, share.of, records.of.scale)
        state, confidence = ANSWERED, "firm" if said == at_most else "open"
        why = f"Said of {share.met} of {share.of} encounters this year"
        why += f", of {share.unknown} nobody has said." if share.unknown else "."
    return Answer(question, state, said, at_most, confidence, why, share, fact, encounters=tuple(behind))


def estimates(found: Iterable[Answer], of: QuestionSet) -> list[Estimate]:
    """What the answers come to, benchmark by benchmark; a question that is not put to the school is left out."""
    by_id = {each.question.id: each for each in found}
    return [_estimate(section, [by_id[each.id] for each in section.questions], of) for section in of.sections]


def _estimate(section: Section, found: list[Answer], of: QuestionSet) -> Estimate:
    asked = [each for each in found if each.is_asked and each.question.is_scored]
    if hidden := next(
        (each.hidden for each in asked if each.hidden), ""
    ):  # what is told of the others would tell of it
        return Estimate(section, 0, 0, len(asked), of.are_weights_known, hidden)
    if of.are_weights_known:
        least = sum(_points(each, each.final, of) for each in asked)
        most = sum(_points(each, each.override.answer if each.override else each.at_most, of) for each in asked)
        return Estimate(section, least, most, sum(each.question.points or 0 for each in asked), in_points=True)
    top = scale(of.scale)[-1].name
    full = {YES, top, AGREEMENT[0]}
    least = sum(each.final in full for each in asked)
    most = sum((each.override.answer if each.override else each.at_most) in full for each in asked)
    return Estimate(section, least, most, len(asked), in_points=False)


def _points(answer: Answer, said: str, of: QuestionSet) -> int:
    most = answer.question.points or 0
    if said == YES:
        return most
    return min(of.points_of.get(said, 0), most)
