"""What moved, row by row: how each was and what it became, so that it can be put back where nobody touched it since."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from dekaan.core.rows_again import values_again
from dekaan.people.models import StaffMember
from dekaan.schools.models import SchoolOwned

# Who is on a list or did something, which does not change hands: a field of a colleague that no hand-over moves.
STAYS = {
    "budget.Agreement.adviser": "who comes by the agreement",
    "budget.Agreement.checks_seen_by": "who saw the checks",
    "handover.HandOver.from_staff": "the hand-over itself",
    "handover.HandOver.to_staff": "the hand-over itself",
    "participation.Participation.staff": "who took part",
    "programme.Session.adviser": "who gave guidance, with the qualification on which the meeting rests",
    "people.Group.tutor": "whose tutor group it is, as the school’s own system says",
    "programme.Invitation.staff": "who is invited",
    "schemes.Observation.seen_by": "who saw it",
    "team.Acknowledgement.staff": "who read what the role means",
    "team.DevelopmentNeed.staff": "what a colleague is to learn",
    "team.NetworkJoined.staff": "what a colleague joined",
    "team.Profile.staff": "whose background it is",
    "team.Training.staff": "who learnt",
}
Rows = dict[tuple[str, int], dict[str, Any]]


def fields_that_move() -> dict[type[SchoolOwned], list[str]]:
    """Of each table of a school, the fields that name a colleague who holds it."""
    found: dict[type[SchoolOwned], list[str]] = {}
    for model in apps.get_models():
        if not issubclass(model, SchoolOwned):
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is StaffMember and f"{model._meta.label}.{field.name}" not in STAYS:
                found.setdefault(model, []).append(field.name)
    return found


def rows_of(*people: StaffMember) -> Rows:
    """Every row that names one of them as who holds it, field by field as text; nobody else changes one meanwhile."""
    found: Rows = {}
    for model, names in fields_that_move().items():
        theirs = Q()
        for name in names:
            theirs |= Q(**{f"{name}__in": people})
        for row in model.objects.select_for_update(of=("self",), no_key=True).filter(theirs):
            found[model._meta.label, row.pk] = _as_kept(row)
    return found


def _as_kept(row: models.Model) -> dict[str, Any]:
    """Each field as text, as a backup would have it; None where it has no value."""
    return {
        field.attname: None if field.value_from_object(row) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }


def moves(before: Rows, after: Rows) -> list[dict[str, Any]]:
    """What changed between the two, one entry a row: what it was (None: it was not) and what it became (None: it is gone)."""
    found = []
    for key in sorted(before.keys() | after.keys()):
        was, became = before.get(key), after.get(key)
        if was == became:
            continue
        if was is not None and became is not None:
            names = [name for name in was if was[name] != became[name]]
            was, became = {name: was[name] for name in names}, {name: became[name] for name in names}
        found.append({"row": list(key), "was": was, "became": became})
    return found


def put_back(moved: Iterable[dict[str, Any]]) -> int:
    """Each row is as it was, where it is still as it became. Answers how many were changed since, and stay as they are."""
    left = 0
    # What came into being goes first: it may stand in the place of what is put back.
    for each in sorted(moved, key=lambda move: move["was"] is not None):
        left += not _is_put_back_alone(apps.get_model(each["row"][0]), each["row"][1], each["was"], each["became"])
    return left


def _is_put_back_alone(model: type[SchoolOwned], pk: int, *values: dict[str, Any] | None) -> bool:
    """The same; where something else stands in its place by now, it stays as it is too."""
    try:
        with transaction.atomic():
            return _is_put_back(model, pk, *values)
    except IntegrityError:
        return False


def _is_put_back(model: type[SchoolOwned], pk: int, was: dict[str, Any] | None, became: dict[str, Any] | None) -> bool:
    row = model.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if became is None:
        if row is None:
            model.objects.create(pk=pk, **values_again(model, was or {}))
        return row is None
    if row is None or any(_as_kept(row)[name] != value for name, value in became.items()):
        return False
    if was is None:
        if _is_built_upon(row):
            return False
        row.delete()
    else:
        model.objects.filter(pk=pk).update(**values_again(model, was))
    return True


def _is_built_upon(row: Any) -> bool:
    """Whether another row leads to it by now, which would go with it."""
    ways = [each for each in row._meta.get_fields(include_hidden=True) if each.auto_created and not each.concrete]
    return any(
        each.related_model.objects.filter(**{each.field.name: row}).exists()
        for each in ways
        if hasattr(each.related_model, "objects")
    )
