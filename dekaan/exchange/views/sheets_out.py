"""Destinations go out in a council's own columns: its sheet once, then a file in two presses."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.exporting import NOBODY_TO_TELL, NobodyToTell, TooMany, let_out, told_of_exports
from dekaan.access.permissions import Permission
from dekaan.core.cells import table_file, workbook_file
from dekaan.core.editing import hold
from dekaan.destinations.queries import years_left
from dekaan.exchange import changes, forms
from dekaan.exchange.models import OutgoingSheet
from dekaan.exchange.sheets_out import OURS, cells_of, out_of, sexes_of

NAMED = "Another sheet has this name. Give it another, or change that one."


@needs(Permission.EXPORT_NAMED, reads_files=True)
def outgoing_sheet_list(request: SchoolRequest) -> HttpResponse:
    """The councils' sheets that are known, and the form for another."""
    form = forms.NewSheet(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = changes.keep_sheet(form.cleaned_data["name"], form.columns, by=request.user)
        except changes.SheetNamed:
            form.add_error("name", NAMED)
        else:
            return redirect("outgoing-sheet-change", request.school.slug, sheet.pk)
    context = {"form": form, "sheets": OutgoingSheet.objects.order_by("name", "pk")}
    return render(request, "exchange/outgoing_sheet_list.html", context, status=400 if form.errors else 200)


@needs(Permission.EXPORT_NAMED)
def outgoing_sheet_change(request: SchoolRequest, outgoing_sheet_id: int) -> HttpResponse:
    """Which of ours stands in each of its columns."""
    sheet = get_object_or_404(OutgoingSheet, pk=outgoing_sheet_id)
    hold(request, sheet)
    form = forms.SheetColumns(request.POST or None, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        try:
            changes.change_sheet(sheet, name=form.cleaned_data["name"], keys=form.keys(), by=request.user)
        except changes.SheetNamed:
            form.add_error("name", NAMED)
        else:
            messages.success(request, f"Saved: {sheet.name}.")
            return redirect("outgoing-sheet-detail", request.school.slug, sheet.pk)
    return render(request, "exchange/outgoing_sheet_change.html", {"form": form, "sheet": sheet})


@needs(Permission.EXPORT_NAMED)
def outgoing_sheet_detail(request: SchoolRequest, outgoing_sheet_id: int) -> HttpResponse:
    """What stands in the sheet, and the press that lets a file out."""
    sheet = get_object_or_404(OutgoingSheet, pk=outgoing_sheet_id)
    years = years_left()
    asked = forms.SheetAsked(request.GET or None, years=years)
    out = None
    if asked.is_bound and asked.is_valid():
        out = out_of(request.assignments, asked.left_in, asked.moment_asked, every=asked.every)
    context = {
        "sheet": sheet,
        "columns": [(column["heading"], OURS.get(column["key"], "")) for column in sheet.columns],
        "asked": asked,
        "out": out,
        "take": forms.SheetTaken(initial={"purpose": "law"}) if out else None,
        "told": told_of_exports(request.school, request.user),
    }
    return render(request, "exchange/outgoing_sheet_detail.html", context)


@needs(Permission.EXPORT_NAMED)
@require_POST
def outgoing_sheet_export(request: SchoolRequest, outgoing_sheet_id: int) -> HttpResponse:
    """The file, without whoever objects; who took it and what for is kept, and a second person is told."""
    sheet = get_object_or_404(OutgoingSheet, pk=outgoing_sheet_id)
    asked, form = forms.SheetAsked(request.GET, years=years_left()), forms.SheetTaken(request.POST)
    why = "Choose the year and the moment first."
    if asked.is_valid():
        why = "Choose what the file is for, then press Export."
    if asked.is_valid() and form.is_valid():
        out = out_of(request.assignments, asked.left_in, asked.moment_asked, every=asked.every)
        detail = {"list": "council's sheet", "sheet": sheet.pk, "year": asked.left_in}
        try:
            mark = let_out(
                request.school, by=request.user, names=out.names, purpose=form.cleaned_data["purpose"], detail=detail
            )
        except NobodyToTell:
            why = NOBODY_TO_TELL
        except TooMany:
            why = f"At most {request.school.export_limit} names leave in one file, and this has {out.names}."
        else:
            rows = [[mark], [column["heading"] for column in sheet.columns]]
            sexes = sexes_of(leaver.pupil.pk for leaver, _ in out.rows)
            rows += [cells_of(request.school, sheet.columns, leaver, said, sexes) for leaver, said in out.rows]
            as_file = workbook_file if form.cleaned_data["written_as"] == "xlsx" else table_file
            return as_file(f"destinations-{asked.left_in}", rows)
    messages.error(request, why)
    back = redirect("outgoing-sheet-detail", request.school.slug, sheet.pk)
    back["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
    return back


@needs(Permission.EXPORT_NAMED)
@require_POST
def outgoing_sheet_remove(request: SchoolRequest, outgoing_sheet_id: int) -> HttpResponse:
    """The sheet is known no longer."""
    sheet = get_object_or_404(OutgoingSheet, pk=outgoing_sheet_id)
    changes.remove_sheet(sheet, by=request.user)
    messages.success(request, f"Removed: {sheet.name}. Bring in the council’s empty sheet to have it again.")
    return redirect("outgoing-sheet-list", request.school.slug)
