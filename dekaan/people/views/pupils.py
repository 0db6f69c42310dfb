"""Lists of pupils and of tutor groups."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today
from dekaan.people import forms, queries
from dekaan.people.models import Group


@needs(Permission.PUPILS_SEE)
def pupil_list(request: SchoolRequest) -> HttpResponse:
    """Finds pupils by any part of a name; fifty a page; whatever does not fit the form is left out of the search."""
    now = today()
    year = academic_year_of(now)
    mine = queries.narrowed_to(request.assignments)  # nobody is offered a group of which they may see no pupil
    form = forms.Find(
        request.GET, year_groups=queries.year_groups(year, mine), tutor_groups=queries.tutor_groups(year, mine)
    )
    form.is_valid()
    asked = form.cleaned_data
    order = asked.get("sort") or "name"
    page = queries.pupil_page(
        queries.pupils_visible_to(request.assignments),
        on=now,
        words=asked.get("q", ""),
        year_group=asked.get("year"),
        tutor_group_id=asked.get("group"),
        leavers=asked.get("leavers", False),
        order=order,
        number=asked.get("page") or 1,
    )
    kept = request.GET.copy()
    kept.pop("page", None)
    by_page = kept.urlencode()
    kept.pop("sort", None)
    return render(
        request,
        "people/pupil_list.html",
        {
            "form": form,
            "page": page,
            "order": order,
            "leavers": asked.get("leavers", False),
            "asked_page": by_page,
            "asked": kept.urlencode(),
        },
    )


@needs(Permission.PUPILS_SEE)
def tutor_group_list(request: SchoolRequest) -> HttpResponse:
    """The tutor groups of this year."""
    groups = queries.tutor_group_rows(queries.pupils_visible_to(request.assignments), today())
    return render(request, "people/tutor_group_list.html", {"groups": groups})


@needs(Permission.PUPILS_SEE)
def tutor_group(request: SchoolRequest, group_id: int) -> HttpResponse:
    """The names of one group, to read or to print: those whom the person may see."""
    group = get_object_or_404(Group.objects.select_related("tutor"), pk=group_id)
    now = today()
    members = queries.pupils_visible_to(request.assignments).filter(queries.in_groups([group.pk], now))
    rows = queries.rows_of(queries.listed(members, academic_year_of(now)))
    return render(request, "people/tutor_group.html", {"group": group, "rows": rows})
