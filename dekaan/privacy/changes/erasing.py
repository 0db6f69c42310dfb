"""A pupil is erased from every floor, and stays so: after the restore of an older backup they are erased again."""

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.scope import working_in
from dekaan.destinations.changes import erase_destinations
from dekaan.evidence.changes import forget_in_evidence
from dekaan.exchange.changes import sift_out
from dekaan.participation.changes import erase_from_ledger
from dekaan.people.changes import delete_pupil, keep_list, note_erased, only_their_carers
from dekaan.people.models import ErasedPupil, Pupil
from dekaan.people.queries import digests_of_pupil, is_same
from dekaan.privacy.models import Case, CaseDecision, Going
from dekaan.privacy.queries.named import naming_of
from dekaan.programme.changes import forget_absent
from dekaan.schools.models import School
from dekaan.website.changes import forget_in_checks


class NobodyThere(Exception):
    """The pupil is not held any more."""


def keep_still(pupil: Pupil) -> None:
    """Until this transaction ends nobody else can erase, hold or ask about the pupil. Raises NobodyThere."""
    if not Pupil.objects.select_for_update(no_key=True).filter(pk=pupil.pk).exists():
        raise NobodyThere


@transaction.atomic
def erase_pupil(pupil: Pupil, *, by: User | None, because: str = ErasedPupil.Because.CASE) -> ErasedPupil:
    """Nothing of the pupil is left but keyed hashes: not in the roll or the ledger, nor in what is kept for undo.

    Lists on their way in that name them and files of lists that are recorded are gone too, and parents and carers who care for nobody else. The audit
    keeps ids that lead to nobody; reports keep totals.
    """
    noted = note_erased(pupil, because=because)
    sift_out(pupil, noted)
    forget_absent(pupil.pk)
    forget_in_evidence(naming_of(pupil))
    forget_in_checks(naming_of(pupil))
    erase_from_ledger(pupil.pk, only_their_carers(pupil))
    erase_destinations(pupil.pk)
    Going.objects.filter(kind=Going.Kind.PUPIL, record_id=pupil.pk).delete()
    CaseDecision.objects.filter(case__pupil=pupil).delete()  # each a hash of what it was about, which can be guessed
    Case.objects.filter(pupil=pupil).update(
        asker="", note="", extended_because="", closed_because="", sent_to="", agreed_to=""
    )
    delete_pupil(pupil, by=by)
    return noted


def reapply_erasures() -> int:
    """Whoever was erased, and is there again after the restore of an older backup, is erased again; answers how many.

    To be called after a restore and before anybody may sign in. Safe to repeat. The backup may have forgotten a hold:
    whoever was about to go because it was kept long enough is named for 30 days anew.
    """
    again = 0
    for school in School.objects.all():
        with transaction.atomic(), working_in(school):
            Going.objects.all().delete()
            again += erase_forgotten()
    return again


@transaction.atomic
def erase_forgotten() -> int:
    """Whoever of the school in scope was erased and the database has forgotten it, is erased again; answers how many.

    Of an erasure that the database knows nobody is left in it but whoever has come back by a person's hand, and stays.
    """
    forgotten = keep_list()
    back = _those_back(forgotten)
    for pupil in back:
        erase_pupil(pupil, by=None, because=ErasedPupil.Because.AGAIN)
    if forgotten:
        record(action="erasures applied again", by=None, subject="school", detail={"pupils": len(back)})
    return len(back)


def _those_back(erased: list[ErasedPupil]) -> list[Pupil]:
    """Pupils who are surely one of those erased, or the very row that was and much like them."""
    if not erased:
        return []
    rows = {each.pupil_id: each for each in erased}
    found = []
    for pupil in Pupil.objects.all():
        said = digests_of_pupil(pupil)
        row = rows.get(pupil.pk)
        is_the_row = row is not None and is_same(row.digests, said, surely=False)
        if is_the_row or any(is_same(each.digests, said, surely=True) for each in erased):
            found.append(pupil)
    return found
