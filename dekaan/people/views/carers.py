"""The parents and carers of a pupil."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import DataClass
from dekaan.access.door import MARKER_READ, SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.people import changes, forms, queries
from dekaan.people.changes.restricting import SUBJECT
from dekaan.people.models import CarerOf, RestrictedContact
from dekaan.people.views.changing import pupil_or_404


def _link_or_404(request: SchoolRequest, carer_of_id: int) -> CarerOf:
    links = queries.links_shown(request.assignments).select_related("carer", "pupil")
    return get_object_or_404(links.filter(pupil__in=queries.pupils_visible_to(request.assignments)), pk=carer_of_id)


@needs(Permission.PUPILS_CHANGE)
def carer_new(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """A parent or carer of the pupil; whoever may be here already, as another pupil's, is asked about."""
    pupil = pupil_or_404(request, pupil_id)
    # Looked for before the form has checked it, which refuses a null character in words; PostgreSQL cannot be asked for one.
    typed = {
        name: request.POST.get(name, "").replace("\x00", "").strip()
        for name in ("forename", "surname", "email", "telephone")
    }
    form = forms.NewCarer(request.POST or None, alike=queries.carers_like(request.assignments, besides=pupil, **typed))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said.pop("known", None)
        known = form.same()
        if known:
            changes.add_carer_of(known, pupil, relationship=said["relationship"], by=request.user)
        else:
            known = changes.add_carer(pupils=[pupil], by=request.user, **said)
        messages.success(request, f"{known} is a contact of {pupil.name}.")
        return redirect("pupil-record", request.school.slug, pupil.pk)
    return render(request, "people/carer_new.html", {"pupil": pupil, "form": form})


@needs(Permission.PUPILS_CHANGE)
def carer_change(request: SchoolRequest, carer_of_id: int) -> HttpResponse:
    """A parent or carer of a pupil, as they are."""
    link = _link_or_404(request, carer_of_id)
    hold(request, link.carer)
    hold(request, link)
    form = forms.CarerDetails.of(link, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.change_carer(link, by=request.user, **form.cleaned_data)
        messages.success(request, f"{link.carer} is saved.")
        return redirect("pupil-record", request.school.slug, link.pupil_id)
    of_others = queries.links_shown(request.assignments).filter(carer=link.carer).exclude(pk=link.pk)
    others = [each.pupil for each in of_others.select_related("pupil")]
    return render(request, "people/carer_change.html", {"link": link, "form": form, "others": others})


@needs(Permission.PUPILS_CHANGE)
@require_POST
def carer_remove(request: SchoolRequest, carer_of_id: int) -> HttpResponse:
    """No longer a contact of the pupil."""
    link = _link_or_404(request, carer_of_id)
    changes.remove_carer(link, by=request.user)
    messages.success(request, f"{link.carer} is no longer a contact of {link.pupil.name}.")
    return redirect("pupil-record", request.school.slug, link.pupil_id)


@needs(Permission.CONTACTS_RESTRICT)
def contact_restrict(request: SchoolRequest, carer_of_id: int) -> HttpResponse:
    """The safeguarding lead restricts a contact of the pupil."""
    link = _link_or_404(request, carer_of_id)
    if request.method == "POST":
        changes.restrict_contact(link, by=request.user)
        messages.success(request, f"{link.carer} is a restricted contact of {link.pupil.name}.")
        return redirect("pupil-record", request.school.slug, link.pupil_id)
    return render(request, "people/contact_restrict.html", {"link": link})


@needs(Permission.CONTACTS_LIFT)
def contact_lift(request: SchoolRequest, restricted_contact_id: int) -> HttpResponse:
    """The safeguarding lead lifts a restriction, for a reason from the list."""
    found = RestrictedContact.objects.select_related("pupil", "carer")
    row = get_object_or_404(
        found.filter(pupil__in=queries.pupils_opened(DataClass.G, request.assignments)), pk=restricted_contact_id
    )
    form = forms.Lifting(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.lift_restriction(row, because=form.cleaned_data["because"], by=request.user)
        messages.success(request, f"{row.name} is no longer a restricted contact of {row.pupil.name}.")
        return redirect("pupil-record", request.school.slug, row.pupil_id)
    reads(request, MARKER_READ, subject=SUBJECT, subject_id=row.pk, pupil=row.pupil_id)
    return render(request, "people/contact_lift.html", {"row": row, "form": form})
