"""Every role that ended with a hand-over stands in one list; the first of them had two fields of its own."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from dekaan.core.scope import working_in


def _of_each_school(apps: Any) -> Any:
    """The hand-overs, school by school: the second wall hides them from whoever names none."""
    for pk in apps.get_model("schools", "School").objects.order_by("pk").values_list("pk", flat=True):
        with working_in(pk):
            yield from list(apps.get_model("handover", "HandOver").objects.filter(school_id=pk))


def together(apps: Any, _: BaseDatabaseSchemaEditor) -> None:
    """The first goes before the others."""
    for one in _of_each_school(apps):
        if one.former_role_id:
            until = one.former_until.isoformat() if one.former_until else None
            one.roles_ended = [[one.former_role_id, until], *one.roles_ended]
            one.save(update_fields=["roles_ended"])


def apart(apps: Any, _: BaseDatabaseSchemaEditor) -> None:
    """The first has its own fields again."""
    for one in _of_each_school(apps):
        if one.roles_ended:
            (one.former_role_id, one.former_until), *one.roles_ended = one.roles_ended
            one.save(update_fields=["former_role_id", "former_until", "roles_ended"])


class Migration(migrations.Migration):
    dependencies = [("handover", "0003_each_role_that_ended"), ("schools", "0001_initial")]

    operations = [
        migrations.RenameField(model_name="handover", old_name="other_roles", new_name="roles_ended"),
        migrations.RunPython(together, apart),
    ]
