"""Recording what was done, in the transaction that did it; and the chain, tied just after its commit."""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from dekaan.audit.heads import NoHead, alone, keep, kept_head, signed
from dekaan.audit.models import Chain, Event
from dekaan.audit.queries import chain_of, of_chain
from dekaan.audit.sealing import link_of, new_seal, same
from dekaan.core.scope import schools_in_scope

AT_ONCE = 500  # lines tied in one transaction


def record(
    *,
    action: str,
    by: Any,
    subject: str = "",
    subject_id: int | None = None,
    detail: dict[str, Any] | None = None,
    school_id: int | None = None,
    at_leisure: bool = False,
) -> None:
    """The audit says that `by` did `action`; the school is the one in scope unless named.

    `at_leisure`: tied with the next line or by the worker, so that a page which is read waits for one write, not two.
    """
    if school_id is None:
        schools = schools_in_scope()
        school_id = next(iter(schools)) if len(schools) == 1 else None
    said: dict[str, Any] = {
        "school_id": school_id,
        "actor_id": getattr(by, "pk", None),
        "at": timezone.now(),
        "action": action,
        "subject": subject,
        "subject_id": subject_id,
        "detail": json.loads(json.dumps(detail or {})),  # as the database will give it back
    }
    Event.objects.create(**said, seal=new_seal(*said.values()))
    if not at_leisure:
        _tie_after_commit(chain_of(school_id))


def _tie_after_commit(chain: int) -> None:
    """Once a transaction and chain, however many lines it writes. Where it fails, the worker ties them later."""
    then = _tying(chain)
    if not any(waiting is then for _, waiting, _ in connection.run_on_commit):
        transaction.on_commit(then, robust=True)


@cache
def _tying(chain: int) -> Callable[[], None]:
    def tie_now() -> None:
        tie(chain)

    return tie_now


def tie(chain: int) -> int:
    """Every committed line of the chain has its place; how many were tied, and its head is kept outside the database.

    Whoever ties waits only for others who tie the same chain, and holds no lock of another kind meanwhile.
    """
    tied = 0
    while True:
        with transaction.atomic():
            end, _ = Chain.objects.select_for_update().get_or_create(school_id=chain)
            before = end.place
            waiting = list(of_chain(chain).filter(place__isnull=True).order_by("id")[:AT_ONCE])
            for event in waiting:
                end.place += 1
                event.place = end.place
                event.link = end.link = link_of(chain, end.place, event.pk, event.seal, end.link)
            if waiting:
                Event.objects.bulk_update(waiting, ["place", "link"])
                end.save(update_fields=["place", "link"])
        tied += len(waiting)
        if len(waiting) < AT_ONCE:
            break
    _keep_head(chain, end, is_new=before == 0)
    return tied


def tie_all() -> None:
    """Every chain is tied to its end: what the worker does again and again."""
    schools = of_chain(None).filter(place__isnull=True).order_by().values_list("school_id", flat=True).distinct()
    for chain in {chain_of(school) for school in schools} | set(Chain.objects.values_list("pk", flat=True)):
        tie(chain)


def _keep_head(chain: int, end: Chain, *, is_new: bool) -> None:
    """The head goes on, where the chain still agrees with the one that is kept."""
    with alone(), suppress(NoHead):  # one that cannot be read is left for `verify` to name
        old = kept_head(chain)
        if old is None and not is_new:
            return  # it was there and is gone, or this machine has never kept one
        if old is not None:
            if old.place >= end.place:
                return
            found = of_chain(chain).filter(place=old.place).values_list("link", flat=True).first()
            if found is None or not same(found, old.link):
                return
        if end.place:
            keep(signed(chain, end.place, end.link))


def accept_heads(*, by: Any, because: str, school_id: int | None = None) -> None:
    """The chains as they stand are the ones to go on from; each says in a line of its own that it was accepted, and why.

    For after a restore, which takes the database back to before the head, and for a machine that begins to keep heads.
    """
    known = set(Chain.objects.values_list("pk", flat=True)) if school_id is None else {school_id}
    for chain in sorted(known):
        try:
            old = kept_head(chain)
            was = old.place if old else None
        except NoHead:
            was = None
        end = Chain.objects.filter(pk=chain).first()
        detail = {"because": because, "head": was, "end": end.place if end else 0}
        record(action="trail accepted as it stands", by=by, subject="trail", detail=detail, school_id=chain)
        tie(chain)
        with alone():
            end = Chain.objects.get(pk=chain)
            keep(signed(chain, end.place, end.link))
