"""The school's own facts."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.overview import changes, forms
from dekaan.schools.queries import academic_years


@needs(Permission.SETTINGS_CHANGE)
def school_settings(request: SchoolRequest) -> HttpResponse:
    """The facts of the school, on which figures rest."""
    hold(request, request.school)
    form = forms.SchoolFacts(request.POST or None, instance=copy(request.school))
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        changes.change_school_facts(request.school, by=request.user, **facts)
        messages.success(request, "Saved. Every figure follows.")
        return redirect("school-settings", school_slug=request.school.slug)
    return render(
        request,
        "overview/school_settings.html",
        {"form": form, "years": academic_years()},
    )
