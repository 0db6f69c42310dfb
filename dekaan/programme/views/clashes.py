"""What gets in the way of what in the coming weeks, and the timetable behind it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today
from dekaan.programme import changes
from dekaan.programme.forms import PastedTimetable
from dekaan.programme.queries import clashes_between, has_timetable, timetable_in_words, timetable_pasted

WEEKS = 6
SHOWN = 12  # lines of a preview


@needs(Permission.PROGRAMME_CHANGE)
def clash_list(request: SchoolRequest) -> HttpResponse:
    """Every clash of the coming weeks, in order of day."""
    last = today() + timedelta(weeks=WEEKS)
    context = {"clashes": clashes_between(today(), last), "last": last, "knows_lessons": has_timetable(today())}
    return render(request, "programme/clash_list.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def timetable_load(request: SchoolRequest) -> HttpResponse:
    """Paste the week's lessons, look at what is understood, load it; nothing is kept before that."""
    form, found = PastedTimetable(request.POST or None), None
    wrong_times: list[str] = []
    year = academic_year_of(today())
    if request.method == "POST" and request.POST.get("step") == "end":
        changes.load_timetable([], academic_year=year, by=request.user)
        messages.success(request, "No timetable is loaded any more.")
        return redirect("timetable-load", request.school.slug)
    if request.method == "POST" and form.is_valid():
        found, wrong_times = timetable_pasted(form.cleaned_data["lessons"], form.cleaned_data["times"])
        if request.POST.get("step") == "load" and found.lessons and not wrong_times:
            number = changes.load_timetable(found.lessons, academic_year=year, by=request.user)
            messages.success(request, f"{number} lessons are loaded, in place of those before.")
            return redirect("clash-list", request.school.slug)
    context = {
        "form": form,
        "found": found,
        "wrong_times": wrong_times,
        "understood": [str(each) for each in found.lessons[:SHOWN]] if found else [],
        "refused": found.refused[:SHOWN] if found else [],
        "loaded": timetable_in_words(year),
    }
    return render(request, "programme/timetable_load.html", context)
