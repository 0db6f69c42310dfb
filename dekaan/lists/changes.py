"""What happens to lists: kept, shared, removed and put back, and what is planned for whom they find."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.lists.models import SavedList, SharedWith
from dekaan.lists.queries import Sentence
from dekaan.people.models import Pupil
from dekaan.programme.changes import keep_planned_for, plan_for_pupils
from dekaan.programme.models import Session


@transaction.atomic
def keep_list(*, name: str, sentence: Sentence, shared_with: str = SharedWith.NOBODY, by: User) -> SavedList:
    """The sentence is kept under the name; one's own of that name says this one from now on."""
    saved = SavedList.objects.filter(owner=by, name__iexact=name, removed_at__isnull=True).first()
    saved = saved or SavedList(owner=by)
    saved.name, saved.sentence, saved.shared_with = name, sentence.data, shared_with
    saved.save()
    record(action="list kept", by=by, subject="list", subject_id=saved.pk, detail={"shared": shared_with or "no"})
    return saved


@transaction.atomic
def share_list(saved: SavedList, *, shared_with: str, by: User) -> None:
    """The list is open to those and nobody else besides its owner."""
    saved.shared_with = shared_with
    saved.save(update_fields=["shared_with"])
    record(action="list shared", by=by, subject="list", subject_id=saved.pk, detail={"shared": shared_with or "no"})


@transaction.atomic
def mend_list(saved: SavedList, *, sentence: Sentence, by: User) -> None:
    """The list goes on without the phrases by which nobody can be found any more."""
    saved.sentence = sentence.data
    saved.save(update_fields=["sentence"])
    record(action="list changed", by=by, subject="list", subject_id=saved.pk)


@transaction.atomic
def remove_list(saved: SavedList, *, by: User) -> None:
    """The list is gone from everybody's page; it can be put back for 30 days."""
    saved.removed_at, saved.removed_by = timezone.now(), by
    saved.save(update_fields=["removed_at", "removed_by"])
    record(action="list removed", by=by, subject="list", subject_id=saved.pk)


@transaction.atomic
def put_list_back(saved: SavedList, *, by: User) -> None:
    """The list is there again, as it was."""
    saved.removed_at = saved.removed_by = None
    saved.save(update_fields=["removed_at", "removed_by"])
    record(action="list put back", by=by, subject="list", subject_id=saved.pk)


@transaction.atomic
def plan_for_found(*, pupils: Sequence[Pupil], by: User, **planned: Any) -> Session:
    """These pupils are invited to a new activity, as `plan_for_pupils` plans it; it can be undone."""
    session = plan_for_pupils(pupils=pupils, by=by, **planned)
    keep_planned_for(session, by=by)
    return session
