"""Cases: requests about one pupil's data."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, open_address, reads
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.privacy import changes
from dekaan.privacy.answer import answer, answer_document
from dekaan.privacy.forms import AskerProof, Closing, ErasedName, Extension, NewCase, Pause, Release
from dekaan.privacy.models import Case, CasePause
from dekaan.privacy.queries.cases import (
    agreements,
    cases,
    may_be_fetched_again,
    may_be_reopened,
    waits_for_safeguarding,
)
from dekaan.privacy.queries.clock import clock_in_words
from dekaan.privacy.queries.holdings import data_protection
from dekaan.privacy.queries.named import Place, places_naming, places_naming_erased
from dekaan.privacy.queries.pack import pack

ERASED = (
    "The record is erased. What is left, if anything, stands below: texts that somebody typed, and backups of before."
)
REFUSALS: dict[type[Exception], str] = {
    changes.AwaitsSafeguarding: "The safeguarding lead looks at this case first, and clears it under Restricted contacts.",
    changes.NothingToClear: "The case does not wait for the safeguarding lead: nothing was changed.",
    changes.AwaitsProof: "Say first how the school knows who asks. Nothing was changed.",
    changes.GoesNowhere: "Say to whom it goes, and how: nothing was released.",
    changes.NotReleased: "It is answered by the answer that goes out, or by the erasure: agree to it with a second person.",
    changes.NoReason: "Say why it is refused or withdrawn: the case was not closed.",
    changes.ChangedSince: "What is held has changed since the answer went out, or it went out more than 30 days ago: open a new case.",
    changes.LeftClosed: "The case stays closed: it was answered or erased, or closed more than 30 days ago. Open a new one.",
    changes.CaseClosed: "The case is closed: nothing was changed.",
    changes.StillNeeded: "The record is held, or another case about the pupil is open: end the hold or answer the case first.",
    changes.SamePerson: "You have agreed already. Somebody else who may open cases must agree too.",
    changes.NobodyThere: "Nothing is held about a pupil in this case any more.",
    changes.NotAgreed: "Two people must agree before it goes out, and to the answer as it is now.",
    changes.AlreadyPaused: "The clock stands still already.",
    changes.NotPaused: "The clock is running.",
}


@needs(Permission.PRIVACY_CASES)
def case_list(request: SchoolRequest) -> HttpResponse:
    """Every case with its clock, open ones first."""
    return render(request, "privacy/case_list.html", {"rows": cases()})


@needs(Permission.PRIVACY_CASES)
def case_new(request: SchoolRequest) -> HttpResponse:
    """Open a case."""
    form = NewCase(request.POST or None, initial={"about": request.GET.get("about", "")[:200]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            case = changes.open_case(
                kind=said["kind"],
                asked_by=said["asked_by"],
                asker=said["asker"],
                proof=said["proof"],
                received_on=said["received_on"],
                note=said["note"],
                pupil=said["pupil"],
                by=request.user,
            )
        except changes.NobodyThere:
            form.add_error("about", "That record has gone just now: nothing is held about the pupil any more.")
        else:
            messages.success(request, f"Opened as {case.reference}.")
            return redirect("case-detail", request.school.slug, case.pk)
    return render(request, "privacy/case_new.html", {"form": form})


@needs(Permission.PRIVACY_CASES)
def case_detail(request: SchoolRequest, case_id: int) -> HttpResponse:
    """One case: its clock, what may be about somebody else, who has agreed, and what is to do."""
    case = _case(case_id)
    pauses, agreed = list(case.pauses.all()), agreements(case)
    held = pack(case.pupil, case) if case.pupil and case.kind == Case.Kind.ACCESS and case.is_open else None
    has_changed = bool(held and agreed and held.digest != case.agreed_to)
    if has_changed:
        agreed = []
    if held and held.to_decide:
        reads(request, "case looked through", subject="pupil", subject_id=case.pupil_id)
    return render(
        request,
        "privacy/case_detail.html",
        {
            "case": case,
            "clock": clock_in_words(case, pauses, today()),
            "pauses": pauses,
            "stands_still": any(pause.ends_on is None for pause in pauses),
            "stands_for_proof": any(
                pause.ends_on is None and pause.reason == CasePause.Reason.IDENTITY for pause in pauses
            ),
            "held": held,
            "awaits_safeguarding": waits_for_safeguarding(case),
            "to_decide": [(value, held.decided.get(value.place)) for value in held.to_decide] if held else [],
            "proof_form": AskerProof(),
            "release_form": Release(),
            "pause_form": Pause(),
            "extension_form": Extension(),
            "closing_form": Closing(case=case),
            "may_be_reopened": may_be_reopened(case, today()),
            "awaits_proof": case.is_open and case.kind != Case.Kind.COMPLAINT and not case.proof,
            "agreed": agreed,
            "has_changed": has_changed,
            "is_agreed": len(agreed) == 2,
            "may_be_fetched": len(agreed) == 2 if case.is_open else may_be_fetched_again(case, today()),
            "has_agreed": any(who.pk == request.user.pk for who, _ in agreed),
        },
    )


@needs(Permission.PRIVACY_CASES)
def case_preview(request: SchoolRequest, case_id: int) -> HttpResponse:
    """The answer as it would go out now, to be read before anybody agrees to it."""
    case = _case(case_id)
    if case.pupil is None or case.kind != Case.Kind.ACCESS or not case.is_open:
        messages.info(request, "There is no answer to read before it goes out: this is how the case stands.")
        return redirect("case-detail", request.school.slug, case_id)
    held = pack(case.pupil, case)
    reads(request, "case looked through", subject="pupil", subject_id=case.pupil_id)
    document = answer_document(request.school, data_protection(request.school), case, held)
    context = {"case": case, "document": document, "undecided": held.undecided}
    return render(request, "privacy/case_preview.html", context)


@needs(Permission.PRIVACY_CASES)
def case_names(request: SchoolRequest, case_id: int) -> HttpResponse:
    """Where texts of the school name whom the case is about; of whoever is erased the name is typed."""
    case = _case(case_id)
    if case.pupil is None and case.kind == Case.Kind.COMPLAINT:
        raise Http404  # it may be about nobody, whose name stands nowhere
    form, places = None, None
    if case.pupil:
        places = places_naming(case.pupil)
    else:
        form = ErasedName(request.POST or None)
        if request.method == "POST" and form.is_valid():
            places = places_naming_erased(**form.cleaned_data)
            if places is None:
                form.add_error(None, "Nobody of that name was erased here. Type the name as it stood on the record.")
    if places is not None:
        reads(request, "texts looked through for a name", subject="case", subject_id=case.pk)
    return render(
        request,
        "privacy/case_names.html",
        {
            "case": case,
            "form": form,
            "found": places and [(place, _way_for(request, place)) for place in places],
            "is_looked_for": places is not None,
            "times": sum(place.times for place in places or ()),
        },
    )


def _way_for(request: SchoolRequest, place: Place) -> str:
    """Where the person may open it; nothing where they may not."""
    if place.way is None:
        return ""
    name, given = place.way
    return open_address(reverse(name, args=[request.school.slug, *given]), request.permissions)


def _case(case_id: int) -> Case:
    return get_object_or_404(
        Case.objects.select_related("pupil", "opened_by", "first_by", "second_by", "closed_by"), pk=case_id
    )


def _done(
    request: SchoolRequest, case_id: int, change: Callable[[Case], Any], words: str | Callable[[Any], str]
) -> HttpResponse:
    """Make one change to the case and say so, or say why not."""
    case = _case(case_id)
    try:
        changed = change(case)
    except tuple(REFUSALS) as refusal:
        messages.error(request, REFUSALS[type(refusal)])
    except changes.NotAllDecided as refusal:
        messages.error(request, f"Still to decide, because it may be about somebody else: {refusal.left}. See below.")
    else:
        messages.success(request, words if isinstance(words, str) else words(changed))
    return redirect("case-detail", request.school.slug, case_id)


def _filled(request: SchoolRequest, case_id: int, form: Form) -> HttpResponse | None:
    """Why the form cannot be taken, as an answer; None where it can."""
    if form.is_valid():
        return None
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    _case(case_id)
    return redirect("case-detail", request.school.slug, case_id)


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_decide(request: SchoolRequest, case_id: int) -> HttpResponse:
    """What may be about somebody else goes out, or is held back."""
    case = _case(case_id)
    offered = {value.place for value in pack(case.pupil, case).to_decide} if case.pupil else set()
    said = {place: request.POST.get(f"place-{place}") for place in offered}
    decisions = {place: answer == "release" for place, answer in said.items() if answer in {"release", "hold"}}
    return _done(
        request, case_id, lambda it: changes.decide_about_others(it, decisions, by=request.user), "Decided, and kept."
    )


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_agree(request: SchoolRequest, case_id: int) -> HttpResponse:
    """One more person agrees; the second agreement to an erasure erases."""
    return _done(
        request,
        case_id,
        lambda it: changes.agree_to_case(it, by=request.user),
        lambda it: ERASED if it.outcome == Case.Outcome.ERASED else "You have agreed.",
    )


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_pause(request: SchoolRequest, case_id: int) -> HttpResponse:
    """The clock stands still."""
    form = Pause(request.POST)
    return _filled(request, case_id, form) or _done(
        request,
        case_id,
        lambda it: changes.pause_clock(it, reason=form.cleaned_data["reason"], by=request.user),
        "The clock stands still from today.",
    )


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_prove(request: SchoolRequest, case_id: int) -> HttpResponse:
    """How the school knows who asks."""
    form = AskerProof(request.POST)
    return _filled(request, case_id, form) or _done(
        request,
        case_id,
        lambda it: changes.prove_asker(it, proof=form.cleaned_data["proof"], by=request.user),
        "Said, and kept in the case.",
    )


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_resume(request: SchoolRequest, case_id: int) -> HttpResponse:
    """The clock runs again."""
    return _done(
        request, case_id, lambda it: changes.start_clock(it, by=request.user), "The clock runs again from today."
    )


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_extend(request: SchoolRequest, case_id: int) -> HttpResponse:
    """Two further months."""
    form = Extension(request.POST)
    return _filled(request, case_id, form) or _done(
        request,
        case_id,
        lambda it: changes.extend_case(it, because=form.cleaned_data["because"], by=request.user),
        "Two further months. Tell whoever asked, within the first month, and why.",
    )


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_acknowledge(request: SchoolRequest, case_id: int) -> HttpResponse:
    """A complaint has been acknowledged."""
    return _done(request, case_id, lambda it: changes.acknowledge_complaint(it, by=request.user), "Acknowledged today.")


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_close(request: SchoolRequest, case_id: int) -> HttpResponse:
    """The case ends without an answer that is released here."""
    form = Closing(request.POST, case=_case(case_id))
    return _filled(request, case_id, form) or _done(
        request,
        case_id,
        lambda it: changes.close_case(
            it, outcome=form.cleaned_data["outcome"], because=form.cleaned_data["because"], by=request.user
        ),
        "Closed. It can be opened again for 30 days.",
    )


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_reopen(request: SchoolRequest, case_id: int) -> HttpResponse:
    """A case that was closed by hand waits for its answer again."""
    return _done(request, case_id, lambda it: changes.reopen_case(it, by=request.user), "Open again.")


@needs(Permission.PRIVACY_CASES)
@require_POST
def case_release(request: SchoolRequest, case_id: int) -> HttpResponse:
    """The answer as one zip; with it the case is closed."""
    case = _case(case_id)
    form = Release(request.POST)
    if case.is_open and (refused := _filled(request, case_id, form)):
        return refused
    try:
        held = changes.release_pack(case, by=request.user, sent_to=form.cleaned_data["sent_to"] if case.is_open else "")
    except tuple(REFUSALS) as refusal:
        messages.error(request, REFUSALS[type(refusal)])
        return redirect("case-detail", request.school.slug, case_id)
    except changes.NotAllDecided as refusal:
        messages.error(request, f"Still to decide, because it may be about somebody else: {refusal.left}. See below.")
        return redirect("case-detail", request.school.slug, case_id)
    zipped = answer(request.school, data_protection(request.school), case, held)
    response = HttpResponse(zipped, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}.zip"'
    return response
