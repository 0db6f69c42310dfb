"""Intentions on paper: a tutor group's sheet to print, and typed back by number."""

from urllib.parse import urlencode
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from dekaan.access.data_classes import Access
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today
from dekaan.destinations import changes, forms, queries
from dekaan.destinations.paper import sheet_pdf
from dekaan.people.models import Pupil
from dekaan.people.queries import in_groups, tutor_groups

NO_SUCH_SHEET = (
    "No list of this group had that number. Look at the number and the group again; where pupils were renamed or the routes "
    "have changed since it was printed, type these answers on the grid instead."
)


@needs(Permission.DESTINATIONS_CHANGE)
def intention_sheet(request: SchoolRequest) -> HttpResponse:
    """The sheet of a tutor group, to print."""
    mine, choose = _groups(request)
    group = choose.chosen()
    if group is None:
        return render(request, "destinations/intention_type.html", {"group": None})
    theirs = set(mine.filter(in_groups([group.pk], today())).order_by().values_list("pk", flat=True))
    paper = sheet_pdf(queries.sheet_of(group), request.school.name, theirs)
    name = f"intentions-{slugify(group.name)}-{today()}.pdf"
    return HttpResponse(paper, "application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@needs(Permission.DESTINATIONS_CHANGE)
def intention_type(request: SchoolRequest) -> HttpResponse:
    """A sheet typed back by number; the lines that cannot be recorded stay, each with what is wrong."""
    mine, choose = _groups(request)
    group = choose.chosen()
    form = forms.SheetTyped(request.POST or None)
    batch, problems = request.GET.get("done", ""), []
    if request.method == "POST" and group and form.is_valid():
        batch = uuid4().hex
        sheet = queries.sheet_numbered(group, form.cleaned_data["number"])
        if sheet is None:
            form.add_error("number", NO_SUCH_SHEET)
        else:
            theirs = mine.filter(pk__in=[each.pk for each in sheet.pupils])
            problems = _record(request, form, sheet, queries.intents(list(theirs)), batch)
            if not problems:
                where = reverse("intention-type", args=[request.school.slug])
                return redirect(f"{where}?{urlencode({'group': group.pk, 'done': batch})}")
            left = request.POST.copy()
            left["lines"] = "\n".join(text for text, _ in problems)
            form = forms.SheetTyped(left)
    context = {
        "group": group,
        "choose": forms.ChooseGroup({"group": group.pk} if group else None, groups=choose.groups),
        "form": form,
        "problems": problems,
        "done": queries.pressed(batch, mine, request.user),
        "kept": {"group": group.pk if group else "", "back": "intention-type"},
        "routes": queries.sheet_of(group).numbered_routes if group else [],
        "sure": list(enumerate((each.label for each in forms.SURE), start=1)),
    }
    return render(request, "destinations/intention_type.html", context)


def _groups(request: SchoolRequest) -> tuple[QuerySet[Pupil], forms.ChooseGroup]:
    """The pupils whose intentions the person records, and their tutor groups to choose from."""
    mine = queries.on_roll_opened(request.assignments, Access.WRITES)
    return mine, forms.ChooseGroup(request.GET, groups=tutor_groups(academic_year_of(today()), mine))


def _record(
    request: SchoolRequest, form: forms.SheetTyped, sheet: queries.Sheet, theirs: list[queries.Intent], batch: str
) -> list[tuple[str, str]]:
    """Record the lines, each by itself, and those that only say the same all at once; the others with what is wrong."""
    stands = {each.pupil: each for each in theirs}
    told = {name: form.cleaned_data[name] for name in ("source", "said_on")} | {"by": request.user, "batch": batch}
    problems: dict[str, str] = {}
    again: dict[int, str] = {}
    read, faulty = forms.read_lines(form.cleaned_data["lines"], sheet, stands)
    for line in read:
        intent = stands[line.pupil]
        if line.route is None and intent.intention is None:
            problems[line.text] = (
                f"Nothing is recorded of {line.pupil.name} that could be the same. Give the number of a route."
            )
        elif line.only_says_again:
            again[line.pupil.pk] = line.text
        else:
            try:
                with transaction.atomic():
                    changes.record_line(line.pupil, **told, **line.said(intent))
            except changes.Refused as refused:
                problems[line.text] = f"{line.pupil.name}: {refused}"
    same = [each.intention for each in theirs if each.intention and each.pupil.pk in again]
    names = {each.pupil.pk: each.pupil.name for each in theirs}
    if same:
        for pk, refused in changes.say_still_the_same(same, **told).items():
            problems[again[pk]] = f"{names[pk]}: {refused}"
    wrong = faulty | problems
    return [(text, wrong[text]) for text in forms.split_lines(form.cleaned_data["lines"]) if text in wrong]
