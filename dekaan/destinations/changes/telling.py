"""The counting room is told who considers higher education, which it cannot read by itself."""

from collections.abc import Collection

from django.db import transaction

from dekaan.destinations.queries.considering import considering
from dekaan.measures.changes import tell_considering
from dekaan.measures.models import Considering
from dekaan.people.models import Pupil


@transaction.atomic
def tell(pupil_ids: Collection[int]) -> None:
    """The counting room knows what the ledger says of these pupils, and their figures follow.

    Whoever writes statements calls it in the same transaction, once for all of them: of two who write of one pupil the
    second waits here, and then sees what the first wrote.
    """
    wanted = sorted(set(pupil_ids))
    list(Pupil.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk").values_list("pk"))
    tell_considering(considering(wanted), of=wanted)


@transaction.atomic
def tell_everything() -> None:
    """The counting room knows what the ledger says of every pupil of the schools in scope."""
    said = considering()
    told = Considering.objects.order_by().values_list("pupil_id", flat=True)
    tell_considering(said, of={each.pupil_id for each in said} | set(told))
