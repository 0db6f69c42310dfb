"""A pupil is erased: the record is gone, and keyed hashes are kept by which they are not brought back.

The list of hashes is kept twice, in the database and in the data folder beside it, so that the restore of an older
backup does not forget whom it must erase again.
"""

import json
import logging
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.scope import schools_in_scope
from dekaan.measures.changes import recount
from dekaan.people.models import Carer, CarerOf, ErasedPupil, Pupil, StaffMember
from dekaan.people.queries.erased import FORMER_CARER, FORMER_COLLEAGUE, digests_of_pupil

LIST = "erasures.jsonl"
log = logging.getLogger(__name__)


@transaction.atomic
def note_erased(pupil: Pupil, *, because: str) -> ErasedPupil:
    """The pupil's keyed hashes are kept, in the database and, once this is committed, in the data folder."""
    noted = ErasedPupil.objects.create(
        pupil_id=pupil.pk, digests=digests_of_pupil(pupil), erased_on=today(), because=because
    )
    transaction.on_commit(lambda: _write_or_log(noted), robust=True)
    return noted


def only_their_carers(pupil: Pupil) -> list[int]:
    """The parents and carers (ids) who care for no other pupil."""
    theirs = CarerOf.objects.filter(pupil=pupil).values("carer_id")
    others = CarerOf.objects.exclude(pupil=pupil).values("carer_id")
    return list(Carer.objects.filter(pk__in=theirs).exclude(pk__in=others).values_list("pk", flat=True))


@transaction.atomic
def delete_pupil(pupil: Pupil, *, by: User | None) -> None:
    """Nothing of the pupil stands in the roll or the kept tables, nor of carers who care for nobody else.

    Whatever floors above hold must be gone before.
    """
    pk = pupil.pk
    Carer.objects.filter(pk__in=only_their_carers(pupil)).delete()
    pupil.delete()
    record(action="pupil erased", by=by, subject="pupil", subject_id=pk)
    recount([pk], (0,))


@transaction.atomic
def forget_carer(carer: Carer, *, by: User | None) -> None:
    """The parent or carer has no name and no address any more; that somebody took part in something stays."""
    carer.surname, carer.forename, carer.email, carer.telephone = FORMER_CARER, "", "", ""
    carer.save(update_fields=["surname", "forename", "email", "telephone"])
    record(action="parent or carer forgotten", by=by, subject="carer", subject_id=carer.pk)


@transaction.atomic
def forget_staff_member(member: StaffMember, *, by: User | None) -> None:
    """The colleague has no name and no address any more; what they led, and as what they gave guidance, stays."""
    member.surname, member.forename, member.email, member.post, member.mis_id = FORMER_COLLEAGUE, "", "", "", ""
    member.employment_source, member.user = "", None  # a paper's name may be theirs
    member.save(update_fields=["surname", "forename", "email", "post", "mis_id", "employment_source", "user"])
    record(action="staff member forgotten", by=by, subject="staff", subject_id=member.pk)


def _path() -> Path:
    return Path(settings.DATA) / LIST


def _write_or_log(noted: ErasedPupil) -> None:
    """The erasure is done and stays so; where the disk does not take the list, the morning's `keep_list` writes it."""
    try:
        _write([noted])
    except OSError:
        log.exception("The list of erasures was not written to the data folder; the morning's round tries again")


def _write(noted: list[ErasedPupil]) -> None:
    if not noted:
        return
    cut_short = _is_cut_short()
    with os.fdopen(os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as out:
        if cut_short:  # what a full disk left of a line must not swallow the next
            out.write("\n")
        for each in noted:
            said = {
                "uid": str(each.uid),
                "school": each.school_id,
                "pupil": each.pupil_id,
                "digests": each.digests,
                "erased_on": str(each.erased_on),
            }
            out.write(json.dumps(said, sort_keys=True) + "\n")
        out.flush()
        os.fsync(out.fileno())


def _is_cut_short() -> bool:
    if not _path().exists() or not _path().stat().st_size:
        return False
    with _path().open("rb") as there:
        there.seek(-1, os.SEEK_END)
        return there.read() != b"\n"


def _read() -> Iterator[dict[str, Any]]:
    """What the list in the data folder says; a line that was cut short says nothing."""
    if not _path().exists():
        return
    for line in _path().read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def keep_list() -> list[ErasedPupil]:
    """The list in the database and the one in the data folder say the same of the school in scope.

    Answers with those whom the database had forgotten: it is an older state, and they may be in it.
    """
    (school_id,) = schools_in_scope()
    known = {str(each.uid): each for each in ErasedPupil.objects.all()}
    listed = {said["uid"]: said for said in _read() if said.get("school") == school_id}
    forgotten = [
        ErasedPupil(
            uid=said["uid"],
            pupil_id=said["pupil"],
            digests=said["digests"],
            erased_on=date.fromisoformat(said["erased_on"]),
            because=ErasedPupil.Because.AGAIN,
        )
        for uid, said in listed.items()
        if uid not in known
    ]
    ErasedPupil.objects.bulk_create(forgotten)
    _write([each for uid, each in known.items() if uid not in listed])
    return forgotten
