import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from dekaan.audit.sealing import new_seal


def seal_what_stands(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lines of before are sealed as they stand; they are tied with the first line that follows, or by the worker."""
    events = apps.get_model("audit", "Event").objects
    batch = []
    for event in events.order_by("id").iterator(2000):
        event.seal = new_seal(
            event.school_id, event.actor_id, event.at, event.action, event.subject, event.subject_id, event.detail
        )
        batch.append(event)
        if len(batch) == 500:
            events.bulk_update(batch, ["seal"])
            batch = []
    events.bulk_update(batch, ["seal"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("school_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("place", models.BigIntegerField(default=0)),
                ("link", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="event", name="link", field=models.CharField(blank=True, editable=False, max_length=64)
        ),
        migrations.AddField(
            model_name="event", name="place", field=models.BigIntegerField(editable=False, null=True)
        ),
        migrations.AddField(
            model_name="event",
            name="seal",
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(seal_what_stands, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="event",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("place__isnull", True)), fields=["school_id"], name="audit_waiting_for_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("school_id", "place"), name="one_event_a_place"),
        ),
        migrations.AddConstraint(
            model_name="event", constraint=models.UniqueConstraint(fields=("seal",), name="one_event_a_seal")
        ),
    ]
