"""Names are matched to the directory in one press, and two organisations become one; each is taken back in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.undo import UNDO_FOR
from dekaan.partners.changes import add_organisation, call_also, change_organisation
from dekaan.partners.models import DESCRIBED, Contact, Conversation, Organisation, OtherName, Said
from dekaan.programme.changes.acts import NothingToUndo, TooLateToUndo
from dekaan.programme.changes.judging import judge_access_again
from dekaan.programme.models import Activity, Merge, NameMatching, Session
from dekaan.programme.queries import names_to_match, rows_named

# Whatever points at an organisation, by the word that `Merge.moved` keeps it under.
POINTING: dict[str, type[models.Model]] = {
    "contacts": Contact,
    "conversations": Conversation,
    "other_names": OtherName,
    "activities": Activity,
    "sessions": Session,
}
IN_WORDS = {
    "contacts": "contact",
    "conversations": "contact noted",
    "other_names": "other name",
    "activities": "activity",
    "sessions": "session",
}
# Filled in from the one that goes where the kept one says nothing; what it offers goes with its day and source.
FILLED = ("size", "sector", "website", "town", "postcode", "ukprn", "urn", "notes")
OFFERS = ("technical", "apprenticeships")


class MergedSince(Exception):
    """One of the two has been made one with another since: that is taken back first."""


class SameOrganisation(Exception):
    """An organisation is one with itself already."""


@dataclass(frozen=True)
class Match:
    """Whose a name is: an organisation's of the directory, or a new one's of that kind."""

    organisation: Organisation | None
    new_kind: str = ""


@transaction.atomic
def match_names(matches: Mapping[str, Match], *, by: User | None) -> NameMatching:
    """Every activity, session and past occasion with one of the names is the organisation's; the texts stay as they are.

    Names that wait for nobody any more are passed over, so that doing it twice never doubles.
    """
    waiting = {each.name: each for each in names_to_match()}
    kept = NameMatching.objects.create(by=by)
    made: dict[str, Organisation] = {}
    for name, match in matches.items():
        if name not in waiting:
            continue
        organisation = match.organisation or made.get(name)
        is_new = organisation is None
        if organisation is None:
            organisation = made[name] = add_organisation(name=name, kind=match.new_kind, by=by)
        activities, sessions = rows_named([name])
        line: dict[str, Any] = {
            "name": name,
            "organisation": organisation.pk,
            "made": _described(organisation) if is_new else None,
            "activities": list(activities.values_list("pk", flat=True)),
            "sessions": list(sessions.values_list("pk", flat=True)),
            "past": waiting[name].past,
            "other_name": None,
        }
        activities.update(organisation=organisation)
        sessions.update(organisation=organisation)
        if (waiting[name].past or name != organisation.name) and not OtherName.objects.filter(name=name).exists():
            line["other_name"] = call_also(organisation, name).pk
        kept.lines.append(line)
    kept.save(update_fields=["lines"])
    judge_access_again()
    record(
        action="partner names matched",
        by=by,
        subject="names matched",
        subject_id=kept.pk,
        detail={"names": len(kept.lines)},
    )
    return kept


def _described(organisation: Organisation) -> dict[str, Any]:
    """How a new organisation reads, so that it can be seen whether anybody has written in it since."""
    return {name: str(getattr(organisation, name) or "") for name in (*DESCRIBED, "notes", "no_longer_used_on")}


@transaction.atomic
def unmatch_names(matching: NameMatching, *, by: User | None) -> NameMatching:
    """The names are nobody's again, and organisations that it made and nobody has used since are gone.

    A name that was given to another organisation since, and an organisation in which anything was entered since, stays
    and is named in `stayed`. Raises NothingToUndo, and TooLateToUndo after thirty days.
    """
    kept = _to_undo(NameMatching, matching.pk)
    stayed: list[str] = []
    undone = 0
    for line in kept.lines:
        organisation = Organisation.objects.filter(pk=line["organisation"]).first()
        if organisation is None:
            continue
        if organisation.merged_into_id is not None:
            stayed.append(f"“{line['name']}”: {organisation.name} was made one with another organisation since")
            continue
        moved_on = _moved_on(line)
        if moved_on:
            stayed.append(f"“{line['name']}”: {moved_on} of its rows were given to another organisation since")
        Activity.objects.filter(pk__in=line["activities"], organisation=organisation).update(organisation=None)
        Session.objects.filter(pk__in=line["sessions"], organisation=organisation).update(organisation=None)
        OtherName.objects.filter(pk=line["other_name"], organisation=organisation).delete()
        undone += 1
        if line["made"] is not None:
            stayed += _take_back(organisation, line["made"])
    kept.stayed, kept.undone_at, kept.undone_by = stayed, timezone.now(), by
    kept.save(update_fields=["stayed", "undone_at", "undone_by"])
    judge_access_again()
    detail = {"undone": undone, "stayed": len(stayed)}
    record(action="partner names unmatched", by=by, subject="names matched", subject_id=kept.pk, detail=detail)
    return kept


def _moved_on(line: dict[str, Any]) -> int:
    """How many rows that the press gave to the organisation are another's by now."""
    return sum(
        model.objects.filter(pk__in=line[what])
        .exclude(organisation=None)
        .exclude(organisation=line["organisation"])
        .count()
        for what, model in (("activities", Activity), ("sessions", Session))
    )


def _take_back(organisation: Organisation, as_made: dict[str, Any]) -> list[str]:
    """The organisation that the press made is gone, where nobody has written in it or used it since; else why it stays."""
    used = [what for what, model in POINTING.items() if model.objects.filter(organisation=organisation).exists()]  # type: ignore[attr-defined]
    if Merge.objects.filter(models.Q(kept=organisation) | models.Q(gone=organisation)).exists():
        used.append("merges")
    if used or _described(organisation) != as_made:
        why = "it was used since" if used else "somebody changed it since"
        return [f"{organisation.name} stays in the directory: {why}"]
    organisation.delete()
    return []


def _to_undo(model: Any, pk: int) -> Any:
    """The row of the press, nobody else undoing it meanwhile."""
    kept = model.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if kept.undone_at is not None:
        raise NothingToUndo
    if timezone.now() - kept.at > UNDO_FOR:
        raise TooLateToUndo
    return kept


@transaction.atomic
def merge_organisations(kept: Organisation, gone: Organisation, *, by: User | None) -> Merge:
    """The two are one: contacts, history, names, activities and sessions of the second are the first's.

    What the first did not say is filled in from the second. Raises SameOrganisation, and MergedSince where one of them
    is one with another already.
    """
    if kept.pk == gone.pk:
        raise SameOrganisation
    pks = sorted([kept.pk, gone.pk])
    held = {each.pk: each for each in Organisation.objects.select_for_update(no_key=True).filter(pk__in=pks)}
    kept, gone = held[kept.pk], held[gone.pk]
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise MergedSince
    before = {what: _ids(model, kept) for what, model in POINTING.items()}
    moved = {what: _ids(model, gone) for what, model in POINTING.items()}
    for model in POINTING.values():
        model.objects.filter(organisation=gone).update(organisation=kept)  # type: ignore[attr-defined]
    filled = _filled(kept, gone)
    if filled:
        change_organisation(kept, by=by, **filled)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    called = None
    if gone.name != kept.name and not OtherName.objects.filter(name=gone.name).exists():
        called = call_also(kept, gone.name).pk
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        by=by,
        moved=moved
        | {"before": before, "called": called, "filled": {name: str(value) for name, value in filled.items()}},
    )
    judge_access_again()
    record(action="organisations merged", by=by, subject="organisation", subject_id=kept.pk)
    return merge


def _ids(model: Any, organisation: Organisation) -> list[int]:
    return list(model.objects.filter(organisation=organisation).order_by("pk").values_list("pk", flat=True))


def _filled(kept: Organisation, gone: Organisation) -> dict[str, Any]:
    found = {name: getattr(gone, name) for name in FILLED if getattr(gone, name) and not getattr(kept, name)}
    for what in OFFERS:
        if getattr(kept, what) == Said.UNKNOWN != getattr(gone, what):
            found |= {name: getattr(gone, name) for name in (what, f"{what}_on", f"{what}_source")}
    return found


@transaction.atomic
def part_organisations(merge: Merge, *, by: User | None) -> Merge:
    """The two are two again: whatever moved and is still the kept one's moves back, and what was filled in is empty.

    What was added to the kept one since stays with it, and what of it has gone to others since stays there; both are
    named in `stayed`. What was noted since with a contact that moves back goes with the contact. Raises NothingToUndo,
    TooLateToUndo, and MergedSince where one of the two is part of a later merge that stands: nothing is done then.
    """
    merge = _to_undo(Merge, merge.pk)
    kept, gone = merge.kept, merge.gone
    later = Merge.objects.filter(undone_at=None, pk__gt=merge.pk)
    if later.filter(models.Q(kept__in=[kept, gone]) | models.Q(gone__in=[kept, gone])).exists():
        raise MergedSince
    stayed: list[str] = []
    OtherName.objects.filter(pk=merge.moved.get("called"), organisation=kept).delete()
    with_them = Conversation.objects.filter(organisation=kept, contact__in=merge.moved.get("contacts", []))
    follow = set(with_them.values_list("pk", flat=True))
    for what, model in POINTING.items():
        own, back = set(merge.moved.get("before", {}).get(what, [])), set(merge.moved.get(what, []))
        there = set(_ids(model, kept))
        go = (back & there) | (follow if what == "conversations" else set())
        model.objects.filter(pk__in=go).update(organisation=gone)  # type: ignore[attr-defined]
        added = there - own - go
        if added:
            stayed.append(f"{so_many(len(added), what)} added since: with {kept.name}")
        elsewhere = model.objects.filter(pk__in=back - there).exclude(organisation=gone).count()  # type: ignore[attr-defined]
        if elsewhere:
            stayed.append(f"{so_many(elsewhere, what)} given to another organisation since: left there")
    stayed += _emptied(kept, merge.moved.get("filled", {}), by=by)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    merge.stayed, merge.undone_at, merge.undone_by = stayed, timezone.now(), by
    merge.save(update_fields=["stayed", "undone_at", "undone_by"])
    judge_access_again()
    record(action="organisations parted", by=by, subject="organisation", subject_id=kept.pk)
    return merge


def so_many(number: int, what: str) -> str:
    """ "2 contacts", "1 activity"."""
    one = IN_WORDS[what]
    many = f"{one[:-1]}ies" if one.endswith("y") else "contacts noted" if one == "contact noted" else f"{one}s"
    return f"{number} {one if number == 1 else many}"


def _emptied(kept: Organisation, filled: dict[str, str], *, by: User | None) -> list[str]:
    """What the merge filled in is empty again, unless somebody has written something else there since."""
    changed = {name for name, value in filled.items() if str(getattr(kept, name)) != value}
    for what in OFFERS:  # said, day and source go together or stay together
        group = {what, f"{what}_on", f"{what}_source"}
        if group & changed:
            changed |= group & set(filled)
    empty: dict[str, Any] = {name: "" for name in filled if name not in changed}
    for what in OFFERS:
        if what in empty:
            empty |= {what: Said.UNKNOWN, f"{what}_on": None, f"{what}_source": ""}
    if empty:
        change_organisation(kept, by=by, **empty)
    if not changed:
        return []
    words = ", ".join(sorted(str(Organisation._meta.get_field(name).verbose_name) for name in changed))  # type: ignore[union-attr]
    return [f"What was changed in {kept.name} since: {words}"]
