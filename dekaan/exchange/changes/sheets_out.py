"""A council's sheet is kept with what stands in its columns, changed, and removed."""

from django.db import IntegrityError, transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.exchange.models import OutgoingSheet

Columns = list[dict[str, str]]


class SheetNamed(Exception):
    """Another sheet has the name."""


@transaction.atomic
def keep_sheet(name: str, columns: Columns, *, by: User) -> OutgoingSheet:
    """The school knows the sheet, with what is guessed of each column. Raises SheetNamed."""
    if OutgoingSheet.objects.filter(name__iexact=name).exists():
        raise SheetNamed
    try:
        with transaction.atomic():
            made = OutgoingSheet.objects.create(name=name, columns=columns, saved_by=by)
    except IntegrityError as refusal:  # somebody else gave that name to one just now
        raise SheetNamed from refusal
    record(action="council's sheet kept", by=by, subject="outgoing sheet", subject_id=made.pk)
    return made


@transaction.atomic
def change_sheet(sheet: OutgoingSheet, *, name: str, keys: list[str], by: User) -> None:
    """From now on these of ours stand in its columns. Raises SheetNamed."""
    if OutgoingSheet.objects.filter(name__iexact=name).exclude(pk=sheet.pk).exists():
        raise SheetNamed
    sheet.name, sheet.saved_by = name, by
    sheet.columns = [
        {"heading": column["heading"], "key": key} for column, key in zip(sheet.columns, keys, strict=True)
    ]
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError as refusal:
        raise SheetNamed from refusal
    record(action="council's sheet changed", by=by, subject="outgoing sheet", subject_id=sheet.pk)


@transaction.atomic
def remove_sheet(sheet: OutgoingSheet, *, by: User) -> None:
    """The sheet is known no longer; what went out in it went out."""
    record(action="council's sheet removed", by=by, subject="outgoing sheet", subject_id=sheet.pk)
    sheet.delete()
