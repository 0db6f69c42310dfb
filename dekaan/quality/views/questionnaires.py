"""The questionnaires, and what the school makes of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.quality import changes
from dekaan.quality.forms import Reworded
from dekaan.quality.queries import questionnaires, school_wordings, wording


@needs(Permission.REPORTS_SEE)
def questionnaire_list(request: SchoolRequest) -> HttpResponse:
    """What can be asked, question by question."""
    own = school_wordings()
    found = [wording(each, own.get(key)) for key, each in questionnaires().items()]
    return render(request, "quality/questionnaire_list.html", {"wordings": found})


@needs(Permission.PROGRAMME_CHANGE)
def questionnaire_change(request: SchoolRequest, questionnaire_key: str) -> HttpResponse:
    """Switch questions off, and add two of the school's own."""
    questionnaire = questionnaires().get(questionnaire_key)
    if questionnaire is None:
        raise Http404
    own = school_wordings().get(questionnaire_key)
    if own:
        hold(request, own)
    form = Reworded(request.POST if request.method == "POST" else None, questionnaire=questionnaire, own=own)
    if request.method == "POST" and form.is_valid():
        changes.reword(questionnaire, by=request.user, **form.reworded())
        messages.success(request, f"“{questionnaire.title}” is asked so from now on.")
        return redirect("questionnaire-list", request.school.slug)
    context = {"form": form, "questionnaire": questionnaire}
    return render(request, "quality/questionnaire_change.html", context)
