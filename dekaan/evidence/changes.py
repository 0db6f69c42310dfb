"""What happens in the cabinet: evidence is added, changed, renewed, set aside, removed; themes get their names."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import months_after, today
from dekaan.core.scope import schools_in_scope
from dekaan.evidence import files
from dekaan.evidence.asked import facts
from dekaan.evidence.models import Evidence, EvidenceFile, FactTerm
from dekaan.evidence.queries.shown import holds_months
from dekaan.frameworks.queries import criteria, themes
from dekaan.schemes.models import ThemeName

LISTS: dict[str, Callable[[], Mapping[str, Any]]] = {"criteria": criteria, "themes": themes, "facts": facts}


class UnknownKey(Exception):
    """A criterion, theme or fact that no data file has."""


@transaction.atomic
def add_evidence(*, title: str, kind: str, by: User | None, dated_on: date | None = None, **details: Any) -> Evidence:
    """The cabinet has the piece. Without an expiry it is good for as long as its facts usually are; dated today.

    `details` are further fields of Evidence; criteria, themes and facts are given by key. Raises UnknownKey.
    """
    piece = Evidence(title=title, kind=kind, dated_on=dated_on or today())
    _fill(piece, details)
    piece.save()
    record(action="evidence added", by=by, subject="evidence", subject_id=piece.pk)
    return piece


@transaction.atomic
def change_evidence(piece: Evidence, *, by: User | None, **fields: Any) -> None:
    """The piece is as given. Raises UnknownKey."""
    before = {name: getattr(piece, name) for name in fields}
    _fill(piece, fields)
    piece.save()
    changed = [name for name, value in before.items() if getattr(piece, name) != value]
    if changed:
        record(action="evidence changed", by=by, subject="evidence", subject_id=piece.pk, detail={"fields": changed})


def _fill(piece: Evidence, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(piece, name, _in_order(name, value) if name in LISTS else value)
    is_aside = piece.review == Evidence.Review.SET_ASIDE
    piece.set_aside_on = (piece.set_aside_on or today()) if is_aside else None
    if piece.valid_until is None:
        piece.valid_until = usual_expiry(piece.facts, piece.dated_on)


def _in_order(name: str, keys: Iterable[str]) -> list[str]:
    """The keys as a data file has them: no key twice, and none that it has not."""
    known, wanted = list(LISTS[name]()), set(keys)
    if unknown := wanted - set(known):
        raise UnknownKey(*sorted(unknown))
    return [each for each in known if each in wanted]


def usual_expiry(fact_keys: Iterable[str], dated_on: date) -> date | None:
    """The last day on which evidence of that date is good for all its facts; None where nothing says so."""
    terms = holds_months()
    months = [terms[each] for each in fact_keys if terms[each]]
    return months_after(dated_on, min(months)) if months else None


@transaction.atomic
def also_serve(piece: Evidence, criterion_id: str, *, by: User | None) -> None:
    """The piece serves that criterion too, such as the one that took the place of a repealed one. Raises UnknownKey."""
    change_evidence(piece, criteria=[*piece.criteria, criterion_id], by=by)


@transaction.atomic
def add_version(piece: Evidence, file: files.Checked, *, by: User | None) -> EvidenceFile:
    """The file is the piece's newest version; the older ones are kept."""
    last = piece.files.first()
    stored_as, digest = files.keep(file.content, piece.school_id)
    version = EvidenceFile.objects.create(
        evidence=piece,
        number=(last.number if last else 0) + 1,
        file_name=file.name,
        ending=file.ending,
        stored_as=stored_as,
        sha256=digest,
        size=len(file.content),
        added_by=by,
    )
    record(
        action="evidence's file added",
        by=by,
        subject="evidence",
        subject_id=piece.pk,
        detail={"version": version.number},
    )
    return version


def bring_file(piece: Evidence, *, name: str, content: bytes, by: User | None) -> EvidenceFile:
    """The file is looked at, and is then the piece's newest version. Raises `files.NotTaken`, in words."""
    return add_version(piece, files.checked(name, content), by=by)


@transaction.atomic
def renew(
    piece: Evidence, file: files.Checked, *, dated_on: date, valid_until: date | None, by: User | None
) -> EvidenceFile:
    """A new version takes the place of the one before: good from its date, and to be checked."""
    piece = Evidence.objects.select_for_update(of=("self",), no_key=True).get(pk=piece.pk)
    fresh = {"dated_on": dated_on, "valid_until": valid_until, "review": Evidence.Review.TO_CHECK}
    change_evidence(piece, by=by, **fresh)
    return add_version(piece, file, by=by)


@transaction.atomic
def remove_evidence(piece: Evidence, *, by: User | None) -> None:
    """The piece and every version of its file are gone for good."""
    record(action="evidence removed", by=by, subject="evidence", subject_id=piece.pk)
    _delete(piece)


def _delete(piece: Evidence) -> None:
    _forget_once_sure([each.stored_as for each in piece.files.all()])
    piece.delete()


def _forget_once_sure(stored: list[str]) -> None:
    """The files go when the transaction has come to its end: taken back, they are needed."""
    for each in stored:
        transaction.on_commit(lambda name=each: files.forget(name))  # type: ignore[misc]


@transaction.atomic
def let_old_evidence_go(before: date) -> int:
    """What expired or was set aside before that day is gone, and versions replaced before it; answers how many pieces."""
    over = Evidence.objects.filter(Q(valid_until__lt=before) | Q(set_aside_on__lt=before))
    gone = 0
    for piece in over.prefetch_related("files"):
        _delete(piece)
        gone += 1
    newer: EvidenceFile | None = None
    for version in EvidenceFile.objects.order_by("evidence", "-number"):
        replaced = newer is not None and newer.evidence_id == version.evidence_id
        if replaced and newer and timezone.localtime(newer.added_at).date() < before:
            _forget_once_sure([version.stored_as])
            version.delete()
        newer = version
    if gone:
        record(action="old evidence let go", by=None, subject="school", detail={"pieces": gone})
    return gone


@transaction.atomic
def note_archive(*, pieces: int, by: User | None) -> None:
    """It is on record who took an archive in which nothing names a pupil."""
    record(action="evidence archive taken", by=by, subject="evidence archive", detail={"pieces": pieces})


STRAY = timedelta(days=1)


def forget_strays() -> None:
    """Files that lie in the folder of the school in scope and belong to no row are gone: an upload that was cut short."""
    (school_id,) = schools_in_scope()
    known = set(EvidenceFile.objects.values_list("stored_as", flat=True))
    since = (timezone.now() - STRAY).timestamp()
    for path in files.folder_of(school_id).glob("*.sealed"):
        name = path.relative_to(Path(settings.MEDIA_ROOT)).as_posix()
        if name not in known and path.stat().st_mtime < since:
            path.unlink(missing_ok=True)


@transaction.atomic
def say_what_is_asked(*, names: Mapping[str, str], months: Mapping[str, int], by: User | None) -> None:
    """The school's own names of themes, and for how long it takes evidence of each fact to hold, are as given.

    A blank name is none; a term as usual is not kept. Expiries that are written already stay as they are.
    """
    ThemeName.objects.all().delete()
    for key, name in names.items():
        if name:
            ThemeName.objects.create(theme=key, name=name)
    FactTerm.objects.all().delete()
    for key, term in months.items():
        if term != facts()[key].holds_months:
            FactTerm.objects.create(fact=key, months=term)
    record(action="evidence terms changed", by=by, subject="school")


NAMED_SOMEBODY = "Words that named a pupil who was erased"


def forget_in_evidence(names: Callable[[str], bool]) -> None:
    """No words of evidence name the pupil of whom `names` tells; what did is to be checked again. Files are not read."""
    for piece in Evidence.objects.prefetch_related("files"):
        said = [name for name in ("title", "shows", "statement") if names(getattr(piece, name))]
        for name in said:
            setattr(piece, name, NAMED_SOMEBODY)
        files = [each for each in piece.files.all() if names(each.file_name)]
        for each in files:
            each.file_name = f"evidence.{each.ending}"
            each.save(update_fields=["file_name"])
        if said or files:
            piece.review, piece.set_aside_on = Evidence.Review.TO_CHECK, None
            piece.save()
