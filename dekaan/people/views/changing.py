"""Correcting a pupil by hand, leaving and coming back, and the benchmark cohort."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import DataClass
from dekaan.access.door import LIST_OF_NEEDS_READ, NEEDS_READ, SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.editing import hold
from dekaan.people import changes, forms, queries
from dekaan.people.models import Pupil


def pupil_or_404(request: SchoolRequest, pupil_id: int) -> Pupil:
    """The pupil, if this person may see them."""
    return get_object_or_404(queries.pupils_visible_to(request.assignments), pk=pupil_id)


def _record(request: SchoolRequest, pupil: Pupil) -> HttpResponse:
    return redirect("pupil-record", request.school.slug, pupil.pk)


@needs(Permission.PUPILS_CHANGE)
def pupil_change(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """What a school may need to correct by hand; odd numbers are said, not refused."""
    pupil, now = pupil_or_404(request, pupil_id), today()
    hold(request, pupil)
    group = queries.tutor_group_of(pupil, now)
    names_cohort = queries.is_opened(DataClass.S2, pupil, request.assignments)
    form = forms.PupilDetails(
        request.POST or None,
        pupil=pupil,
        this_year={
            "year_group": queries.year_group_of(pupil, academic_year_of(now)),
            "tutor_group": group.name if group else "",
        },
        groups=queries.tutor_groups(academic_year_of(now)),
        names_cohort=names_cohort,
    )
    if request.method == "POST" and form.is_valid():
        changes.correct_pupil(pupil, by=request.user, **form.cleaned_data)
        odd = queries.odd_numbers(pupil)
        messages.success(request, " ".join([f"{pupil.name} is saved.", *odd]), "open" if odd else "")
        return _record(request, pupil)
    if names_cohort:
        reads(request, NEEDS_READ, subject="pupil", subject_id=pupil.pk, classes=[DataClass.S2])
    context = {"pupil": pupil, "form": form, "odd": queries.odd_numbers(pupil), "last_stay": queries.last_stay(pupil)}
    return render(request, "people/pupil_change.html", context)


@needs(Permission.PUPILS_CHANGE)
def pupil_leave(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """The pupil leaves on a day, past or to come."""
    pupil = pupil_or_404(request, pupil_id)
    form = forms.Leaving(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        try:
            changes.leave_school(pupil, on=on, by=request.user)
        except changes.LeftBeforeJoining:
            form.add_error("on", "The pupil joined after that day")
        except changes.NotOnRoll:
            form.add_error("on", "The pupil is not on the roll that day")
        else:
            messages.success(request, f"{pupil.name} is off the roll from {on:%-d %B %Y}.")
            return _record(request, pupil)
    return render(request, "people/pupil_leave.html", {"pupil": pupil, "form": form})


@needs(Permission.PUPILS_CHANGE)
@require_POST
def pupil_stay(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """The pupil did not leave after all."""
    pupil = pupil_or_404(request, pupil_id)
    try:
        changes.take_back_leaving(pupil, by=request.user)
    except changes.HasNotLeft:
        messages.info(request, f"{pupil.name} had no day of leaving.")
    else:
        messages.success(request, f"{pupil.name} is on the roll, as if the day of leaving had not been said.")
    return _record(request, pupil)


@needs(Permission.PUPILS_CHANGE)
def pupil_return(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """A pupil who left is here again."""
    pupil, year = pupil_or_404(request, pupil_id), academic_year_of(today())
    said = {"starts_on": today(), "year_group": queries.year_group_of(pupil, year)}
    form = forms.Returning(request.POST or None, groups=queries.tutor_groups(year), initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            changes.return_to_school(pupil, by=request.user, **form.cleaned_data)
        except changes.AlreadyOnRoll:
            form.add_error("starts_on", "The pupil is on the roll that day already")
        else:
            messages.success(request, f"{pupil.name} is on the roll from {form.cleaned_data['starts_on']:%-d %B %Y}.")
            return _record(request, pupil)
    return render(request, "people/pupil_return.html", {"pupil": pupil, "form": form})


@needs(Permission.PUPILS_CHANGE)
def cohort_list(request: SchoolRequest) -> HttpResponse:
    """The pupils whom the benchmarks do not fit, whose turn it is to be looked at again first."""
    rows = queries.outside_cohort(queries.pupils_visible_to(request.assignments), today())
    shows_reasons = queries.opened_of_all(DataClass.S2, request.assignments)
    if shows_reasons:
        reads(request, LIST_OF_NEEDS_READ, subject="cohort", classes=[DataClass.S2])
    context = {
        "rows": rows,
        "due": sum(row.is_due for row in rows),
        "shows_reasons": shows_reasons,
    }
    return render(request, "people/cohort_list.html", context)
