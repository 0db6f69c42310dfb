from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0003_export_limit")]

    operations = [
        migrations.RenameModel(old_name="ClosedDay", new_name="CalendarEntry"),
        migrations.AlterModelOptions(
            name="calendarentry",
            options={
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "ordering": ("starts_on", "pk"),
                "verbose_name": "calendar entry",
                "verbose_name_plural": "calendar entries",
            },
        ),
        migrations.AddField(
            model_name="calendarentry", name="title", field=models.CharField(blank=True, max_length=100, default="")
        , preserve_default=False),
        migrations.AddField(
            model_name="calendarentry", name="year_groups", field=models.JSONField(blank=True, default=list)
        ),
        migrations.AlterField(
            model_name="calendarentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("holiday", "Holiday"),
                    ("half-term", "Half-term"),
                    ("inset", "INSET day"),
                    ("exams", "Exams"),
                    ("trip", "Trip"),
                    ("other", "Other"),
                ],
                max_length=10,
            ),
        ),
    ]
