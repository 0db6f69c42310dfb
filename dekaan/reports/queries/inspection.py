"""The mock inspection: each question with its live answer from the records, and what is weak in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from dekaan.compass.queries import Estimate, answers, estimates, released_answers, set_in_use
from dekaan.core.academic_year import academic_year_of, year_label, year_start
from dekaan.duties.queries import MET, Line, duty_board
from dekaan.evidence.queries import FactShown, facts_shown
from dekaan.frameworks.queries import ACCESS, Framework, benchmarks_in_force, criterion, framework
from dekaan.library.queries import destinations_of
from dekaan.measures.queries import Figure, coverage, released
from dekaan.programme.models import Session
from dekaan.provider_requests.models import ProviderRequest
from dekaan.quality.queries import feedback_by_group, improvements_of
from dekaan.reports.models import Whom
from dekaan.reports.queries.destinations import NONE, own, own_lines
from dekaan.reports.queries.from_below import plan_on
from dekaan.reports.queries.groups import GROUPS, behind, of_a_group
from dekaan.reports.queries.law import website_says
from dekaan.reports.queries.log import told
from dekaan.reports.queries.picture import in_words
from dekaan.reports.queries.questions import Question, questions
from dekaan.reports.queries.reach import hours_in_workplaces, sizes_of
from dekaan.reports.queries.sections import number
from dekaan.reports.queries.sure import sure
from dekaan.schools.models import School

TERMLY = timedelta(days=120)  # a term with its holiday
YEARLY = timedelta(days=365)


@dataclass
class Answer:
    """What the records say to a question, and what in it is weak."""

    question: Question
    says: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the records say nothing to it."""
        return not self.says


class Records:
    """What the answers read of a school on a day, each asked for once. To be used inside `working_in`."""

    def __init__(self, school: School, on: date) -> None:
        self.school, self.on, self.year = school, on, academic_year_of(on)

    @cached_property
    def board(self) -> dict[str, Line]:
        """Duties that bind the school, or may, by id."""
        return {each.in_force.duty.id: each for each in duty_board(self.school, self.on, exact=False).lines}

    @cached_property
    def in_force(self) -> Framework:
        """The benchmarks of the day."""
        return benchmarks_in_force(self.on)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Released figures of everybody by criterion."""
        of = [each for each in (self.in_force, framework(ACCESS)) if each]
        return {
            figure.criterion: figure for each in of for figure in released(coverage(self.school.pk, self.year, each))
        }

    @cached_property
    def gaps(self) -> list[dict[str, object]]:
        """Groups that are behind everybody, as a paper tells them."""
        groups = [
            figure
            for breakdown in GROUPS
            for figure in released(coverage(self.school.pk, self.year, self.in_force, breakdown=breakdown))
            if of_a_group(figure)
        ]
        return behind([each for each in self.figures.values() if each.framework == self.in_force.key], groups)

    @cached_property
    def estimates(self) -> dict[str, Estimate]:
        """What the self-evaluation's questions come to, by benchmark."""
        of = set_in_use(self.on)
        found = released_answers(answers(self.school, of, self.on), of)
        return {each.section.benchmark: each for each in estimates(found, of)}

    @cached_property
    def facts(self) -> dict[str, FactShown]:
        """Facts about the whole school, shown by evidence or not."""
        return facts_shown(self.on)


Reader = Callable[[Records, Answer], None]
READERS: dict[str, Reader] = {}


def reads_as(key: str) -> Callable[[Reader], Reader]:
    """The function answers what the data file calls by that key."""

    def keep(reader: Reader) -> Reader:
        READERS[key] = reader
        return reader

    return keep


def mock_inspection(school: School, on: date) -> list[Answer]:
    """An answer to each question, from the records of the school in scope; no number of pupils from 1 to 5 is told."""
    records = Records(school, on)
    return [_answer(each, records) for each in questions()]


def _answer(question: Question, records: Records) -> Answer:
    answer = Answer(question)
    _duties(question.duties, records, answer)
    _criteria(question.criteria, records, answer)
    for each in question.benchmarks:
        _benchmark(records.estimates.get(each), answer)
    _facts(question.facts, records, answer)
    for each in question.readers:
        READERS[each](records, answer)
    return answer


def _duties(ids: Iterable[str], records: Records, answer: Answer) -> None:
    for line in (records.board[each] for each in ids if each in records.board):
        words = f"{line.in_force.duty.title}: {line.words.lower()}. {line.judgement.sentence}"
        (answer.says if line.judgement.state == MET else answer.weak).append(words)


def _criteria(ids: Iterable[str], records: Records, answer: Answer) -> None:
    for key in ids:
        about, figure = criterion(key), records.figures.get(key)
        if about is None:
            continue
        if figure is None or figure.of == 0:
            answer.weak.append(f"{about.title}: no pupil is judged on it this year.")
            continue
        said = in_words(figure)
        share = f"{said['share']}, " if said["share"] else ""
        assumed = f" ({said['assumed']})" if said["assumed"] else ""
        answer.says.append(f"{about.title}: {share}{said['says']}{assumed}.")
        if figure.unknown:
            answer.weak.append(f"{about.title}: of {figure.unknown} pupils it is unknown.")
        if figure.missed:
            answer.weak.append(f"{about.title}: {figure.missed} pupils have not had it.")


def _benchmark(found: Estimate | None, answer: Answer) -> None:
    if found is None or not found.of:
        return
    if found.hidden:
        answer.weak.append(f"Benchmark {found.section.benchmark}: numbers hidden.")
        return
    title = f"Benchmark {found.section.benchmark}, {found.section.title.lower()}"
    answer.says.append(f"{title}: our records answer {found.least} out of {found.of} in full.")
    if found.least < found.of:
        open_ = found.of - found.least
        answer.weak.append(f"{title}: {number(open_, 'question')} of the self-evaluation not answered in full.")


def _facts(keys: Iterable[str], records: Records, answer: Answer) -> None:
    for key in keys:
        shown = records.facts[key]
        if shown.is_shown:
            until = f", good until {shown.valid_until:%-d %B %Y}" if shown.valid_until else ""
            answer.says.append(f"{shown.fact.title}: “{shown.title}”{until}.")
            if shown.evidence_id and not shown.is_checked:
                answer.weak.append(f"{shown.fact.title}: nobody has checked the evidence yet.")
        elif shown.state == "expired":
            answer.weak.append(f"{shown.fact.title}: the evidence has run out.")
        else:
            answer.weak.append(f"{shown.fact.title}: nothing in the cabinet shows it.")


@reads_as("sessions")
def _sessions(records: Records, answer: Answer) -> None:
    here = Session.objects.filter(held_on__gte=year_start(records.year))
    held = here.filter(held_on__lte=records.on)
    recorded, to_come = held.filter(recorded_at__isnull=False).count(), here.filter(held_on__gt=records.on).count()
    answer.says.append(f"This year: {number(recorded, 'session')} recorded, {number(to_come, 'session')} to come.")
    if waiting := held.filter(recorded_at=None, cancelled_at=None, held_on__lt=records.on).count():
        answer.weak.append(f"{number(waiting, 'session').capitalize()} whose day is over with nothing recorded.")


@reads_as("website")
def _website(records: Records, answer: Answer) -> None:
    says, is_right = website_says(records.on)
    (answer.says if is_right else answer.weak).append(says)


@reads_as("requests")
def _requests(records: Records, answer: Answer) -> None:
    found = ProviderRequest.objects.filter(received_on__gt=records.on - YEARLY)
    answer.says.append(
        f"{number(found.count(), 'request').capitalize()} of providers in the last year, each in the log."
    )
    if waiting := found.filter(state=ProviderRequest.State.NEW).count():
        answer.weak.append(f"{number(waiting, 'request').capitalize()} waiting for an answer.")


@reads_as("hours")
def _hours(records: Records, answer: Answer) -> None:
    exact = coverage(records.school.pk, records.year, records.in_force, breakdown="year-group")
    told_ = [
        f"Year {each.year_group} {each.hours} hours for {each.pupils} pupils"
        for each in hours_in_workplaces(records.year, records.on, records.in_force, sizes_of(exact))
        if each.pupils
    ]
    if told_:
        answer.says.append(f"Hours in workplaces this year: {'; '.join(told_)}.")
    else:
        answer.weak.append("No hours in workplaces are recorded this year that may be told.")


@reads_as("known")
def _known(records: Records, answer: Answer) -> None:
    (answer.says if (says := sure(records.school, records.year, records.on)).figures else answer.weak).append(
        says.says[0]
    )


@reads_as("gaps")
def _gaps(records: Records, answer: Answer) -> None:
    _tell_gaps(records.gaps, answer)


@reads_as("gaps-send")
def _gaps_send(records: Records, answer: Answer) -> None:
    named = set(GROUPS["sen"].values())
    _tell_gaps([each for each in records.gaps if each["group"] in named], answer)


def _tell_gaps(gaps: list[dict[str, object]], answer: Answer) -> None:
    if not gaps:
        answer.says.append("No group that may be shown is known to be 5 points or more behind everybody.")
    for each in gaps[:4]:
        answer.weak.append(f"{each['group']}, {each['title']}: {each['gap']} ({each['says']}).")
    if len(gaps) > 4:
        answer.weak.append(f"And {number(len(gaps) - 4, 'gap')} more.")


@reads_as("destinations")
def _destinations(records: Records, answer: Answer) -> None:
    ours = own(records.year)
    if not ours:
        answer.weak.append(NONE)
    for drawn in ours:
        told_ = [
            f"{name[0].lower()}{name[1:]} {'hidden' if many is None else many}" for _, name, many in own_lines(drawn)
        ]
        answer.says.append(f"Leavers of {year_label(drawn.left_in)}, {drawn.pupils} in all: {'; '.join(told_)}.")
    for each in destinations_of(records.school):
        told_ = [f"{line.measure.name.lower()} {line.share}" for line, _ in each.lines if line.measure.is_headline]
        answer.says.append(f"Published, {each.name.lower()}, {each.period}: {'; '.join(told_)}.")


@reads_as("feedback")
def _feedback(records: Records, answer: Answer) -> None:
    asked = feedback_by_group(records.in_force.key, records.on)
    if asked is None:
        return
    answer.says.append(
        f"Of {len(asked.groups)} groups whose feedback is asked for, {asked.asked or 'none'} answered in time."
    )
    if missing := [each.name.lower() for each in asked.groups if not each.is_within]:
        answer.weak.append(f"No feedback in time from: {', '.join(missing)}.")


@reads_as("changes")
def _changes(records: Records, answer: Answer) -> None:
    made = [each for year in (records.year, records.year - 1) for each in improvements_of(year) if each.done_on]
    if made:
        answer.says.append(f"Changed because of it: {'; '.join(each.what for each in made[:3])}.")
    else:
        answer.weak.append("No change that was made because of an evaluation is recorded this year or last.")


@reads_as("changes-due")
def _changes_due(records: Records, answer: Answer) -> None:
    due = [each for year in (records.year, records.year - 1) for each in improvements_of(year) if not each.done_on]
    if due:
        said = "; ".join(f"{each.what} by {each.due_on:%-d %B %Y}" for each in due[:4])
        answer.says.append(f"Decided and to come: {said}.")
    if late := [each for each in due if each.due_on < records.on]:
        answer.weak.append(f"{number(len(late), 'change').capitalize()} overdue.")


@reads_as("plan")
def _plan(records: Records, answer: Answer) -> None:
    plan = plan_on(records.school, records.on)
    if plan is None:
        answer.weak.append("No development plan is kept here.")
        return
    answer.says.append(
        f"{plan.title}: {plan.approved or 'not approved yet'}; {number(len(plan.objectives), 'objective')}."
    )
    if late := sum(each.overdue for each in plan.objectives):
        answer.weak.append(f"{number(late, 'action').capitalize()} of the plan overdue.")


@reads_as("reports")
def _reports(records: Records, answer: Answer) -> None:
    since = records.on - YEARLY
    for whom, name, within in (
        ((Whom.GOVERNORS,), "Governors", YEARLY),
        ((Whom.LEADERS,), "Senior leaders", TERMLY),
    ):
        found = told(records.school, whom, since)
        if found:
            answer.says.append(f"{name} were last told on {found[0].on:%-d %B %Y}: {found[0].title}.")
        if not found or found[0].on < records.on - within:
            often = "a year" if within == YEARLY else "a term"
            answer.weak.append(f"No paper is noted as handed to {name.lower()} within {often}.")
