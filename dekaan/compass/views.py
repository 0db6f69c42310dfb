"""The review, one question with all that is behind it, the sheet to transcribe, and what was kept."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import DataClass
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.access.queries import permissions_by_school
from dekaan.compass import changes
from dekaan.compass.forms import OwnAnswer, RealPercentages
from dekaan.compass.models import SelfEvaluation
from dekaan.compass.queries import (
    Answer,
    answers,
    estimates,
    evaluations,
    pupils_behind,
    real_results,
    released_answers,
    released_kept,
    side_by_side,
    since_last,
    yearly_averages,
)
from dekaan.compass.questions import Question, QuestionSet, question_set, question_sets, set_in_use, shares_achieved
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.core.editing import hold
from dekaan.people.models import Pupil
from dekaan.people.queries import listed, narrowed_to, rows_of

PUPIL_STATES = {"missed": "miss it", "unknown": "unknown", "met": "meet it"}


def _set_asked(request: SchoolRequest) -> QuestionSet:
    """The set that the address asks for, else the one in use."""
    return question_set(request.GET.get("set", "")) or set_in_use(today())


def _question(question_set_id: str, question_id: str) -> tuple[QuestionSet, Question]:
    of = question_set(question_set_id)
    question = of.question(question_id) if of else None
    if of is None or question is None:
        raise Http404
    return of, question


def _sees_exactly(request: SchoolRequest) -> bool:
    return Permission.FIGURES_EXACT in request.permissions


def _answers(request: SchoolRequest, of: QuestionSet) -> list[Answer]:
    """Every answer, as far as this person may see it."""
    found = answers(request.school, of, today())
    return found if _sees_exactly(request) else released_answers(found, of)


def _answer_to(request: SchoolRequest, of: QuestionSet, question: Question) -> Answer:
    """One answer. What may be told of it rests on the others."""
    if not _sees_exactly(request):
        return next(each for each in _answers(request, of) if each.question == question)
    (found,) = answers(request.school, of, today(), only=question)
    return found


@needs(Permission.BENCHMARKS_SEE)
def compass_review(request: SchoolRequest) -> HttpResponse:
    """Every answer worked out, benchmark by benchmark, with what differs from last time."""
    of = _set_asked(request)
    found = _answers(request, of)
    by_section = {
        benchmark: list(each) for benchmark, each in groupby(found, key=lambda answer: answer.question.benchmark)
    }
    real = next(iter(real_results(of)), None)
    context = {
        "of": of,
        "sets": question_sets(),
        "sections": [
            (each, by_section[each.section.benchmark], real.percentages.get(each.section.benchmark) if real else None)
            for each in estimates(found, of)
        ],
        "real": real,
        "to_look_at": sum(each.is_open for each in found),
        "difference": since_last(found, of, exactly=_sees_exactly(request)),
        "exact": _sees_exactly(request),
    }
    return render(request, "compass/compass_review.html", context)


@needs(Permission.BENCHMARKS_SEE)
def compass_question(request: SchoolRequest, question_set_id: str, question_id: str) -> HttpResponse:
    """One question: our answer, its numbers, what is behind it, and an answer of one's own in its place."""
    of, question = _question(question_set_id, question_id)
    return _question_page(request, of, question, OwnAnswer(question=question, of=of))


def _question_page(request: SchoolRequest, of: QuestionSet, question: Question, form: OwnAnswer) -> HttpResponse:
    order = [each.id for each in of.questions]
    place = order.index(question.id)
    context = {
        "of": of,
        "question": question,
        "answer": _answer_to(request, of, question),
        "form": form,
        "before": order[place - 1] if place else "",
        "next": order[place + 1] if place + 1 < len(order) else "",
        "states": PUPIL_STATES.items(),
    }
    return render(request, "compass/compass_question.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def compass_answer(request: SchoolRequest, question_set_id: str, question_id: str) -> HttpResponse:
    """Answer a question otherwise than the records do, with a reason."""
    of, question = _question(question_set_id, question_id)
    form = OwnAnswer(request.POST, question=question, of=of)
    if not form.is_valid():
        return _question_page(request, of, question, form)
    hold(request, request.school)  # two answers at once: the second takes the place of the first
    records_say = _answer_to(request, of, question)
    changes.answer_otherwise(
        question,
        of,
        answer=form.cleaned_data["answer"],
        reason=form.cleaned_data["reason"],
        instead_of=records_say.said or "unknown",
        by=request.user,
    )
    messages.success(request, f"Question {question.id} is answered “{form.cleaned_data['answer']}”.")
    return redirect("compass-question", request.school.slug, of.key, question.id)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def compass_as_recorded(request: SchoolRequest, question_set_id: str, question_id: str) -> HttpResponse:
    """Let the records answer the question again."""
    of, question = _question(question_set_id, question_id)
    if changes.answer_as_recorded(question, of, by=request.user):
        messages.success(request, f"Question {question.id} is answered by the records again.")
    return redirect("compass-question", request.school.slug, of.key, question.id)


@needs(Permission.NAMES_SEE)
def compass_pupils(request: SchoolRequest, question_set_id: str, question_id: str) -> HttpResponse:
    """The pupils behind one number of an answer, as far as this person may see them."""
    of, question = _question(question_set_id, question_id)
    state = request.GET.get("state", "missed")
    if not question.is_about_pupils or state not in PUPIL_STATES:
        raise Http404
    narrowed = narrowed_to(request.assignments, DataClass.E)
    ids = pupils_behind(request.school, of, question, state, today())
    seen = (Pupil.objects.all() if narrowed is None else narrowed).filter(pk__in=ids)
    rows = rows_of(listed(seen, academic_year_of(today())))
    context = {
        "of": of,
        "question": question,
        "state": state,
        "words": PUPIL_STATES[state],
        "states": PUPIL_STATES.items(),
        "groups": [(name, list(each)) for name, each in groupby(rows, key=lambda row: row.tutor_group)],
        "total": len(rows),
        "is_narrowed": narrowed is not None,
    }
    return render(request, "compass/compass_pupils.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def compass_keep(request: SchoolRequest) -> HttpResponse:
    """Keep the answers as they stand and lead to the sheet to transcribe."""
    of = question_set(request.POST.get("set", "")) or set_in_use(today())
    kept = changes.keep_evaluation(of, answers(request.school, of, today()), on=today(), by=request.user)
    return redirect("compass-sheet", request.school.slug, kept.pk)


@needs(Permission.BENCHMARKS_SEE)
def compass_sheet(request: SchoolRequest, self_evaluation_id: int) -> HttpResponse:
    """What was kept, in the evaluation's own order, to be typed in and signed off."""
    kept = get_object_or_404(SelfEvaluation.objects.select_related("by"), pk=self_evaluation_id)
    of = question_set(kept.question_set)
    if of is None:
        raise Http404
    rows = kept.answers if _sees_exactly(request) else released_kept(kept.answers, of)
    said = {each["question"]: each for each in rows}
    context = {
        "kept": kept,
        "of": of,
        "sections": [
            (section, [(each, said[each.id]) for each in section.questions if each.id in said])
            for section in of.sections
        ],
    }
    return render(request, "compass/compass_sheet.html", context)


@needs(Permission.BENCHMARKS_SEE)
def compass_history(request: SchoolRequest) -> HttpResponse:
    """What was kept and what the real one said, with national figures."""
    of = _set_asked(request)
    return _history_page(request, of, RealPercentages(of=of))


def _history_page(request: SchoolRequest, of: QuestionSet, form: RealPercentages) -> HttpResponse:
    context = {
        "of": of,
        "sets": question_sets(),
        "form": form,
        "kept": evaluations(of),
        "real": [
            (each, [each.percentages.get(section.benchmark) for section in of.sections]) for each in real_results(of)
        ],
        "averages": [(year_label(each.year), each) for each in yearly_averages(of)],
        "shares": [
            (year_label(each.year), each, [each.achieved[section.benchmark] for section in of.sections])
            for each in shares_achieved()
            if each.set == of.key
        ],
    }
    return render(request, "compass/compass_history.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def compass_result_new(request: SchoolRequest) -> HttpResponse:
    """Type in the percentages of the real evaluation, with its day."""
    of = question_set(request.POST.get("set", "")) or set_in_use(today())
    form = RealPercentages(request.POST, of=of, kept={each.completed_on for each in real_results(of)})
    if not form.is_valid():
        return _history_page(request, of, form)
    changes.type_real_result(
        of, completed_on=form.cleaned_data["completed_on"], percentages=form.percentages(), by=request.user
    )
    messages.success(request, "The percentages are kept with their date.")
    return redirect(f"{reverse('compass-history', args=[request.school.slug])}?set={of.key}")


@needs(Permission.BENCHMARKS_SEE)
def compass_schools(request: SchoolRequest) -> HttpResponse:
    """The estimates of every school at which this person may see the benchmarks, side by side."""
    of = _set_asked(request)
    mine = [each for each in permissions_by_school(request.user) if Permission.BENCHMARKS_SEE in each[1]]
    exactly_at = {school.pk for school, may in mine if Permission.FIGURES_EXACT in may}
    schools = side_by_side([school for school, _ in mine], of, today(), exactly_at=exactly_at)
    context = {"of": of, "sets": question_sets(), "schools": schools}
    return render(request, "compass/compass_schools.html", context)
