from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute('DROP TABLE IF EXISTS "dekaan_cache"')


class Migration(migrations.Migration):
    """The table of the cache, in which codes that were used are remembered for every web worker."""

    dependencies = [("access", "0003_sign_in")]
    operations = [migrations.RunPython(make, drop)]
