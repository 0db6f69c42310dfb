"""A file's way in, screen by screen: upload, columns, preview, receipt."""

from contextlib import suppress
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import DataClass
from dekaan.access.door import LIST_OF_NEEDS_READ, SchoolRequest, needs, reads, stay_in
from dekaan.access.permissions import Permission
from dekaan.core.numbers import row_number
from dekaan.destinations.queries import Standing, followed, how_many, leavers_opened
from dekaan.exchange import changes, forms, queries, tasks
from dekaan.exchange.models import ImportRun
from dekaan.people.queries import opens_needs_and_flags

PAGE = 25
PATIENCE = 10  # seconds within which a worker takes up what waits
State = ImportRun.State
# Which screen a run is on.
SCREENS = {
    State.COLUMNS: "import-columns",
    State.PREVIEW: "import-preview",
    State.DONE: "import-receipt",
    State.UNDONE: "import-receipt",
    State.REFUSED: "import-receipt",
}


@needs(Permission.IMPORT_MAKE)
def import_list(request: SchoolRequest) -> HttpResponse:
    """Every file that came in, and the form for the next."""
    page = Paginator(queries.runs(), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "exchange/import_list.html",
        {
            "page": page,
            "form": forms.Upload(),
            "undoable": {run.pk for run in page if queries.can_undo(run)},
            "is_leader": Permission.IMPORT_CONFIRM_LEAVERS in request.permissions,
        },
    )


@needs(Permission.IMPORT_MAKE, reads_files=True)
def import_upload(request: SchoolRequest) -> HttpResponse:
    """A file is handed over; the worker reads it."""
    form = forms.Upload(request.POST or None, request.FILES or None, lists=request.GET.get("kind", ""))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        run = changes.start_import(
            changes.Upload(file.name, file.size, file.chunks()),
            kind=form.cleaned_data["kind"],
            coverage=form.cleaned_data.get("coverage", ""),
            by=request.user,
            then=partial(_enqueued, request),
        )
        return _to(request, "import-progress", run)
    return render(request, "exchange/import_upload.html", {"form": form}, status=400 if form.is_bound else 200)


@needs(Permission.IMPORT_MAKE, reads_files=True)
@require_POST
def absences_upload(request: SchoolRequest) -> HttpResponse:
    """The day's attendance export, handed over at a session: recorded at once where nothing in it is in doubt."""
    form = forms.Absences(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Choose the day's attendance export first.", "open")
        where = row_number(request.POST.get("session", ""))
        if where is not None:
            return redirect("session-detail", request.school.slug, where)
        return redirect("import-list", request.school.slug)
    file = form.cleaned_data["file"]
    report = changes.import_at_once(
        changes.Upload(file.name, file.size, file.chunks()),
        kind="absences",
        by=request.user,
        only_if_clean=True,
        day=queries.day_of_session(form.cleaned_data["session"]),
        still=partial(stay_in, request),
    )
    if report.is_refused:
        messages.error(request, report.problem, "open")
    elif report.state != State.DONE:
        messages.info(request, "Some rows need you to look before anything is recorded.")
        return redirect("import-progress", request.school.slug, report.run_id)
    else:
        said = [f"Absences of the day recorded: {report.counts.get('changes', 0)} rows.", *report.notes]
        messages.success(request, " ".join(said))
    where = form.cleaned_data["session"]
    return (
        redirect("session-detail", request.school.slug, where)
        if where
        else redirect("import-list", request.school.slug)
    )


@needs(Permission.IMPORT_MAKE)
def import_progress(request: SchoolRequest, import_id: int) -> HttpResponse:
    """How far a run is; the page looks again by itself, and the work goes on with the laptop closed."""
    run = _run(import_id)
    if screen := SCREENS.get(run.state):  # type: ignore[call-overload]
        return _to(request, screen, run)
    stands_still = queries.stands_still(run)
    waited = (timezone.now() - run.moved_at).total_seconds()
    waits_for_worker = run.leased_until is None and waited >= PATIENCE
    answer = render(
        request,
        "exchange/import_progress.html",
        {"run": run, "stands_still": stands_still, "waits_for_worker": waits_for_worker},
    )
    answer["Refresh"] = "30" if stands_still else "5" if waits_for_worker else "1"
    return answer


@needs(Permission.IMPORT_MAKE)
@require_POST
def import_again(request: SchoolRequest, import_id: int) -> HttpResponse:
    """A run that stands still goes on where it was left."""
    run = _run(import_id)
    with suppress(changes.StillMoving):
        tasks.enqueue_step(request.school.pk, changes.try_again(run, by=request.user))
    return _to(request, "import-progress", run)


@needs(Permission.IMPORT_MAKE)
def import_columns(request: SchoolRequest, import_id: int) -> HttpResponse:
    """What each column means, with examples; sensitive ones are off until they are switched on."""
    run = _run(import_id)
    if run.state not in {State.COLUMNS, State.PREVIEW} or run.kind == "rollover":
        return _to(request, "import-progress", run)
    form = forms.Columns(run, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.choose_columns(
            run,
            meanings=form.meanings(),
            switched_on=form.switched_on(),
            day_first=form.day_comes_first(),
            occasions=form.occasions() if run.kind in {"participation", "destinations"} else None,
            by=request.user,
        )
        tasks.compare_import.enqueue(request.school.pk, run.pk)
        return _to(request, "import-progress", run)
    return render(request, "exchange/import_columns.html", {"run": run, "form": form})


@needs(Permission.IMPORT_MAKE)
def import_preview(request: SchoolRequest, import_id: int) -> HttpResponse:
    """What every row will become. Doubtful ones are settled here."""
    run = _run(import_id)
    if run.state != State.PREVIEW:
        return _to(request, "import-progress", run)
    tables = _tables(request, run)
    columns = queries.columns_read(run)
    says_meanings = request.method == "POST" and "meanings" in request.POST
    means = forms.Meanings(run, request.POST if says_meanings else None)
    if says_meanings and means.is_valid():
        changes.say_what_is_meant(run, *means.said(), by=request.user)
        return _to(request, "import-preview", run)
    form = forms.Doubts(tables, None if says_meanings else request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.settle_doubts(run, form.choices(), by=request.user)
        return _to(request, "import-preview", run)
    return render(
        request,
        "exchange/import_preview.html",
        {
            "run": run,
            "tables": tables,
            "form": form,
            "means": means,
            "will_change": queries.will_change(run),
            "columns": columns,
            "has_sensitive": any(column.stays_out for column in columns),
            "is_leader": Permission.IMPORT_CONFIRM_LEAVERS in request.permissions,
            "may_confirm": _may_act(request, run),
        },
    )


@needs(Permission.IMPORT_MAKE)
@require_POST
def import_taken_as(request: SchoolRequest, import_id: int) -> HttpResponse:
    """The file lists the whole roll after all, or only some pupils."""
    run = _run(import_id)
    if run.state == State.PREVIEW and run.kind == "pupils":
        changes.take_as(run, "all" if request.POST.get("coverage") == "all" else "some", by=request.user)
    return _to(request, "import-progress", run)


@needs(Permission.IMPORT_MAKE)
@require_POST
def import_confirm(request: SchoolRequest, import_id: int) -> HttpResponse:
    """The preview is wanted; the worker records it."""
    run = _run(import_id)
    _new_year_is_the_leaders(request, run)
    is_leader = Permission.IMPORT_CONFIRM_LEAVERS in request.permissions
    try:
        changes.confirm(run, by=request.user, leader_has_looked=is_leader and request.POST.get("looked") == "on")
    except changes.NeedsCareersLeader:
        messages.error(request, "Nothing was recorded. This list needs a Careers Leader who says that it is right.")
        return _to(request, "import-preview", run)
    except (changes.AlreadyRecorded, changes.NotReady):
        return _to(request, "import-progress", run)
    tasks.record_import.enqueue(request.school.pk, run.pk, request.user.pk)
    return _to(request, "import-progress", run)


@needs(Permission.IMPORT_MAKE)
def import_receipt(request: SchoolRequest, import_id: int) -> HttpResponse:
    """What the run did, line by line, and Undo; or why the file was refused."""
    run = _run(import_id)
    if run.state not in {State.DONE, State.UNDONE, State.REFUSED}:
        return _to(request, "import-progress", run)
    return render(
        request,
        "exchange/import_receipt.html",
        {
            "run": run,
            "tables": _tables(request, run),
            "can_undo": queries.can_undo(run) and _may_act(request, run),
            "will_change": queries.will_change(run),
            "taken_back": queries.will_change(run) - len(run.kept_in_undo),
            "standing": _standing(request, run),
        },
    )


@needs(Permission.IMPORT_MAKE)
@require_POST
def import_undo(request: SchoolRequest, import_id: int) -> HttpResponse:
    """Everything is as it was before the run, and whoever was kept is named."""
    run = _run(import_id)
    _new_year_is_the_leaders(request, run)
    try:
        changes.undo(run, by=request.user)
    except changes.NothingToUndo:
        messages.error(request, "There is nothing to undo: the list was not recorded, or is undone already.")
    except changes.EverythingBuiltUpon as refusal:
        who = "; ".join(refusal.words[:5]) + ("; and others" if len(refusal.words) > 5 else "")
        messages.error(request, f"Nothing was undone: {who}. Undo what came later first.", "open")
    except changes.MarksSince:
        messages.error(
            request, "Something has been recorded in the new year, so it can no longer be undone in one step."
        )
    except changes.TooLateToUndo:
        messages.error(request, "More than thirty days have passed, so the list can no longer be undone.")
    return _to(request, "import-receipt", run)


@needs(Permission.IMPORT_MAKE)
@require_POST
def import_abandon(request: SchoolRequest, import_id: int) -> HttpResponse:
    """The run is discarded before anything was recorded."""
    run = _run(import_id)
    _new_year_is_the_leaders(request, run)
    if run.state in {State.COLUMNS, State.PREVIEW, State.REFUSED}:
        changes.abandon(run, by=request.user)
        messages.success(request, "Discarded. Nothing has changed.")
    return redirect(reverse("import-list", args=[request.school.slug]))


@needs(Permission.IMPORT_CONFIRM_LEAVERS)
@require_POST
def import_new_year(request: SchoolRequest) -> HttpResponse:
    """A dry run of the new academic year, to look at and confirm."""
    try:
        run = changes.plan_rollover(by=request.user)
    except changes.TooEarly:
        messages.error(
            request, "This year's pupils are in their year groups. The next year can be planned from June on."
        )
        return redirect(reverse("import-list", args=[request.school.slug]))
    return _to(request, "import-preview", run)


def _run(import_id: int) -> ImportRun:
    run = queries.run_by_id(import_id)
    if run is None:
        raise Http404
    return run


def _standing(request: SchoolRequest, run: ImportRun) -> tuple[int, list[tuple[str, str, int]]] | None:
    """Of a file of leavers: their year, and how many of that year are to be found out, or told of in two ways."""
    left_in = queries.year_of_leavers(run) if run.kind == "destinations" and run.state == State.DONE else None
    if left_in is None or not {Permission.DESTINATIONS_SEE, Permission.DESTINATIONS_COUNT} <= {*request.permissions}:
        return None
    found = how_many(followed(left_in, leavers_opened(request.assignments, left_in)))
    told = [(each.value, str(each.label), number) for each, number in found if number and each != Standing.KNOWN]
    return left_in, told


def _may_act(request: SchoolRequest, run: ImportRun) -> bool:
    """The new academic year is the Careers Leader's, whoever else brings in files."""
    return run.kind != "rollover" or Permission.IMPORT_CONFIRM_LEAVERS in request.permissions


def _new_year_is_the_leaders(request: SchoolRequest, run: ImportRun) -> None:
    if not _may_act(request, run):
        raise PermissionDenied


def _enqueued(request: SchoolRequest, run: ImportRun) -> None:
    stay_in(request)
    tasks.enqueue_step(request.school.pk, run)


def _to(request: SchoolRequest, screen: str, run: ImportRun) -> HttpResponse:
    return redirect(reverse(screen, args=[request.school.slug, run.pk]))


def _tables(request: SchoolRequest, run: ImportRun) -> list[queries.DecisionTable]:
    """What becomes of each row; where needs and flags may stand in it, that they were read is kept."""
    sees_all = opens_needs_and_flags(request.assignments)
    if sees_all:
        reads(request, LIST_OF_NEEDS_READ, subject="import", subject_id=run.pk, classes=[DataClass.S2, DataClass.S3])
    return queries.tables(run, may_see_sensitive=sees_all)
