"""After 0004, the first role has no fields of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("handover", "0004_roles_in_one_list")]

    operations = [
        migrations.RemoveField(model_name="handover", name="former_role_id"),
        migrations.RemoveField(model_name="handover", name="former_until"),
    ]
