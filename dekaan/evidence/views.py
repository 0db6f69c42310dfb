"""The cabinet, a piece of evidence, and its files."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, stay_in
from dekaan.access.exporting import NOBODY_TO_TELL, NobodyToTell, TooMany, let_out, told_of_exports
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.editing import hold
from dekaan.core.numbers import row_number
from dekaan.evidence import changes, files, forms, queries
from dekaan.evidence.archive import Archive, archive_of, in_force, pieces_of_zip
from dekaan.evidence.asked import facts
from dekaan.evidence.models import Evidence, EvidenceFile
from dekaan.frameworks.queries import benchmarks_in_force, criteria, criterion, framework, frameworks, themes
from dekaan.people.models import StaffMember
from dekaan.programme.models import Activity, Session
from dekaan.programme.queries import activities_visible_to, sessions_visible_to
from dekaan.schemes.queries import theme_names

GONE = "The file is not there any more, or was sealed by another installation. Add it again as a new version."
CLOSED = "This piece may name pupils, so only those who see names and participation of the whole school open it."


@needs(Permission.BENCHMARKS_SEE)
def evidence_list(request: SchoolRequest) -> HttpResponse:
    """The cabinet by criterion of one framework, or by theme."""
    now = today()
    of = framework(request.GET.get("framework", "")) or benchmarks_in_force(now)
    return render(
        request,
        "evidence/evidence_list.html",
        {
            "cabinet": queries.cabinet(of, now),
            "framework": of,
            "is_in_force": of.is_in_force(now),
            "frameworks": sorted(frameworks(), key=lambda each: not each.is_in_force(now)),
            "by_theme": request.GET.get("by") == "theme",
            "by_duty": request.GET.get("by") == "duty",
        },
    )


@needs(Permission.PROGRAMME_CHANGE, reads_files=True)
def evidence_new(request: SchoolRequest) -> HttpResponse:
    """Adds a piece; the address may say for which fact, criterion or theme, or of which session or activity."""
    record = _record_asked(request)
    own = StaffMember.objects.filter(user=request.user).first()
    begins = {
        "dated_on": today(),
        "owner": own,
        "may_name_pupils": True,
        "facts": [each for each in request.GET.getlist("fact") if each in facts()],
        "criteria": [each for each in request.GET.getlist("criterion") if each in criteria()],
        "themes": [each for each in request.GET.getlist("theme") if each in themes()],
        "title": str(record) if record else "",
    }
    if isinstance(record, Session):
        begins |= {"title": f"{record.title}, {record.held_on:%-d %B %Y}", "dated_on": record.held_on}
    form = forms.NewEvidence(
        request.POST or None, request.FILES or None, initial=begins, owner=own, points_to_record=record is not None
    )
    if request.method == "POST" and form.is_valid():
        piece = _added(request, form, record)
        messages.success(request, f"Added: {piece.title}.")
        return redirect("evidence-detail", request.school.slug, piece.pk)
    asked = [facts()[key].title for key in begins["facts"]] + [criteria()[key].title for key in begins["criteria"]]
    hint = facts()[begins["facts"][0]].hint if begins["facts"] else ""
    return render(
        request,
        "evidence/evidence_new.html",
        {"form": form, "record": record, "asked": asked, "hint": hint},
        status=400 if form.is_bound else 200,
    )


def _added(request: SchoolRequest, form: forms.NewEvidence, record: Session | Activity | None) -> Evidence:
    details: dict[str, Any] = form.details()
    if record is not None:
        details["session" if isinstance(record, Session) else "activity"] = record
    with transaction.atomic():
        stay_in(request)
        piece = changes.add_evidence(kind=form.kind(), by=request.user, **details)
        if form.checked:
            changes.add_version(piece, form.checked, by=request.user)
    return piece


def _record_asked(request: SchoolRequest) -> Session | Activity | None:
    """The session or activity that the address names, among those that the person may see."""
    for name, visible in (("session", sessions_visible_to), ("activity", activities_visible_to)):
        if name in request.GET:
            number = row_number(request.GET[name])
            found = visible(request.user, request.assignments).filter(pk=number).first() if number else None
            if found is None:
                raise Http404
            return found
    return None


@needs(Permission.BENCHMARKS_SEE)
def evidence_detail(request: SchoolRequest, evidence_id: int) -> HttpResponse:
    """One piece: what it shows, what it serves, its versions, and what can be done with it."""
    return _detail(request, evidence_id)


def _detail(request: SchoolRequest, evidence_id: int, form: forms.NewVersion | None = None) -> HttpResponse:
    piece = get_object_or_404(queries.pieces(), pk=evidence_id)
    now = today()
    names = theme_names()
    served = [criteria()[each] for each in criteria() if each in queries.serves(piece)]
    versions = {each.key: each for each in frameworks()}
    return render(
        request,
        "evidence/evidence_detail.html",
        {
            "piece": piece,
            "line": queries.line_of(piece, now),
            "may_open": queries.may_open(piece, request.permissions, request.assignments),
            "facts": [facts()[each] for each in piece.facts if each in facts()],
            "themes": [names[each] for each in piece.themes if names.get(each)],
            "served": [(each, versions[each.framework]) for each in served],
            "repealed": [
                (each, versions[each.framework], other)
                for each in served
                if not versions[each.framework].is_in_force(now)
                and (other := queries.in_place_of(each, benchmarks_in_force(now)))
                and other not in served
            ],
            "form": form or forms.NewVersion(initial={"dated_on": now}),
        },
        status=400 if form else 200,
    )


@needs(Permission.PROGRAMME_CHANGE)
def evidence_change(request: SchoolRequest, evidence_id: int) -> HttpResponse:
    """Changes what is said of a piece."""
    piece = get_object_or_404(Evidence, pk=evidence_id)
    hold(request, piece)
    form = forms.ChangedEvidence.of(piece, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changes.change_evidence(piece, by=request.user, **form.details())
        messages.success(request, f"{piece.title} is changed.")
        return redirect("evidence-detail", request.school.slug, piece.pk)
    return render(request, "evidence/evidence_change.html", {"form": form, "piece": piece})


@needs(Permission.PROGRAMME_CHANGE, reads_files=True)
@require_POST
def evidence_file_new(request: SchoolRequest, evidence_id: int) -> HttpResponse:
    """A new version of a piece's file; the old one is kept."""
    piece = get_object_or_404(Evidence, pk=evidence_id, kind=Evidence.Kind.FILE)
    form = forms.NewVersion(request.POST, request.FILES)
    if not form.is_valid() or form.checked is None:
        return _detail(request, evidence_id, form)
    with transaction.atomic():
        stay_in(request)
        changes.renew(
            piece,
            form.checked,
            dated_on=form.cleaned_data["dated_on"],
            valid_until=form.cleaned_data["valid_until"],
            by=request.user,
        )
    messages.success(request, "The new version is in its place; the one before is kept.")
    return redirect("evidence-detail", request.school.slug, piece.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def evidence_also(request: SchoolRequest, evidence_id: int) -> HttpResponse:
    """The piece serves another criterion too."""
    piece = get_object_or_404(Evidence, pk=evidence_id)
    also = criterion(request.POST.get("criterion", ""))
    if also is None:
        messages.error(request, "Choose a criterion of the list.")
    else:
        hold(request, piece)
        changes.also_serve(piece, also.id, by=request.user)
        messages.success(request, f"It serves {also.code} {also.title} too.")
    return redirect("evidence-detail", request.school.slug, piece.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def evidence_remove(request: SchoolRequest, evidence_id: int) -> HttpResponse:
    """The piece and its files are gone for good."""
    piece = get_object_or_404(Evidence, pk=evidence_id)
    title = piece.title
    changes.remove_evidence(piece, by=request.user)
    messages.success(request, f"Removed with its files: {title}.")
    return redirect("evidence-list", request.school.slug)


@needs(Permission.REPORTS_SEE)
def evidence_file(request: SchoolRequest, evidence_file_id: int) -> HttpResponse:
    """One version of a file, as a download and never as a page."""
    version = get_object_or_404(EvidenceFile.objects.select_related("evidence"), pk=evidence_file_id)
    piece = version.evidence
    if not queries.may_open(piece, request.permissions, request.assignments):
        messages.error(request, CLOSED)
        return redirect("evidence-detail", request.school.slug, piece.pk)
    try:
        content = files.read(version.stored_as)
    except files.NotReadable:
        messages.error(request, GONE)
        return redirect("evidence-detail", request.school.slug, piece.pk)
    answer = HttpResponse(content, content_type=files.TYPES.get(version.ending, "application/octet-stream"))
    answer.headers["Content-Disposition"] = files.as_download(version.file_name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@needs(Permission.PROGRAMME_CHANGE)
def evidence_settings(request: SchoolRequest) -> HttpResponse:
    """Themes that only the school knows, and for how long evidence holds."""
    hold(request, request.school)
    form = forms.Terms(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changes.say_what_is_asked(names=form.names(), months=form.months(), by=request.user)
        messages.success(request, "Saved. Expiries that are written already stay as they are.")
        return redirect("evidence-list", request.school.slug)
    return render(request, "evidence/evidence_settings.html", {"form": form})


@needs(Permission.PROGRAMME_CHANGE)
def evidence_archive(request: SchoolRequest) -> HttpResponse:
    """What an archive holds, and the archive: of pieces that name no pupil."""
    usual = [each.key for each in frameworks() if each.is_in_force(today()) and each.is_benchmarks]
    form = forms.ArchiveChoice(request.POST or None, initial={"frameworks": usual, "figures": True})
    if request.method == "POST" and request.POST.getlist("pieces"):
        form.add_error(None, "Ticked pieces go into the archive by the button below them, which asks what it is for.")
    if request.method == "POST" and form.is_valid():
        made = archive_of(request.school, on=today(), **form.chosen())
        changes.note_archive(pieces=len(made.entries), by=request.user)
        return _sent(request, made)
    return _archive_page(request, form, forms.NamedPieces(_named(), initial={"purpose": "review"}))


@needs(Permission.EXPORT_NAMED)
@require_POST
def evidence_archive_export(request: SchoolRequest) -> HttpResponse:
    """The archive with chosen pieces that may name pupils; who took it and what for is kept, and a second person told."""
    form, named = forms.ArchiveChoice(request.POST), forms.NamedPieces(_named(), request.POST)
    if not form.is_valid() or not named.is_valid():
        return _archive_page(request, form, named)
    made = archive_of(
        request.school, on=today(), chosen={int(each) for each in named.cleaned_data["pieces"]}, **form.chosen()
    )
    try:
        mark = let_out(
            request.school,
            by=request.user,
            evidence=True,
            names=made.chosen,
            purpose=named.cleaned_data["purpose"],
            detail={"pieces": len(made.entries)},
        )
    except NobodyToTell:
        named.add_error(None, NOBODY_TO_TELL)
        return _archive_page(request, form, named)
    except TooMany:
        named.add_error("pieces", f"At most {request.school.export_limit} pieces that may name pupils go in at once.")
        return _archive_page(request, form, named)
    return _sent(request, replace(made, mark=mark))


def _named() -> list[Evidence]:
    return [each for each in in_force(today()) if isinstance(each, Evidence) and each.may_name_pupils]


def _archive_page(request: SchoolRequest, form: forms.ArchiveChoice, named: forms.NamedPieces) -> HttpResponse:
    found = in_force(today())
    return render(
        request,
        "evidence/evidence_archive.html",
        {
            "form": form,
            "named_form": named,
            "going": sum(not each.may_name_pupils for each in found),
            "named": [each for each in found if each.may_name_pupils],
            "told": told_of_exports(request.school, request.user),
        },
        status=400 if form.is_bound else 200,
    )


def _sent(request: SchoolRequest, made: Archive) -> HttpResponse:
    answer: Any = StreamingHttpResponse(pieces_of_zip(made), content_type="application/zip")
    answer.headers["Content-Disposition"] = files.as_download(f"evidence-{request.school.slug}-{made.on}.zip")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
