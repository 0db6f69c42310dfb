"""What points at a row, of whatever area: nothing is undone or taken away that something above was built upon."""

from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel


def pointed_at(model: type[models.Model], ids: list[int], *, but_for: frozenset[str] = frozenset()) -> set[int]:
    """Those of the rows at which anything points, without what `but_for` names as “Invitation.session”."""
    found: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            not isinstance(relation, ForeignObjectRel)
            or f"{relation.related_model.__name__}.{relation.field.name}" in but_for
        ):
            continue
        rows = relation.related_model.objects.filter(**{f"{relation.field.name}__in": ids}).order_by()  # type: ignore[attr-defined]
        found |= set(rows.values_list(relation.field.attname, flat=True))
    return found


def goes_along(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Of the models that point at it, with the field, those whose rows a copy has too: they say so (`goes_with_a_copy`)."""
    return [
        (relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and getattr(relation.related_model, "goes_with_a_copy", False)
    ]
