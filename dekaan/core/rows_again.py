"""Values of a row that were kept (as JSON, or as text) and are to be values of that row again."""

from typing import Any

from django.db import models


def value_again(model: type[models.Model], name: str, kept: Any) -> Any:
    """The value as the model holds it: of a key, that of the row to which it leads; nothing stays nothing."""
    column: Any = next(each for each in model._meta.concrete_fields if each.attname == name)
    plain = column.target_field if column.remote_field else column
    return None if kept is None else plain.to_python(kept)


def values_again(model: type[models.Model], kept: dict[str, Any]) -> dict[str, Any]:
    """Each of them so."""
    return {name: value_again(model, name, each) for name, each in kept.items()}
