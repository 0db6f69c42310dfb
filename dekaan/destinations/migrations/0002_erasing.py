"""The web role may not delete statements, rulings or wishes; of a pupil who is noted as erased, this function does.

It runs as the owner, in the schools told to the transaction, and by itself looks whether the erasure was noted first.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from dekaan.core.second_wall import IN_SCOPE

FUNCTION = f"""
CREATE FUNCTION erase_destinations(erased bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_erasedpupil WHERE pupil_id = erased AND {IN_SCOPE}) THEN
        RAISE EXCEPTION 'pupil % is not noted as erased', erased;
    END IF;
    DELETE FROM destinations_ruling WHERE {IN_SCOPE} AND pupil_id = erased;
    DELETE FROM destinations_wish WHERE {IN_SCOPE} AND pupil_id = erased;
    DELETE FROM destinations_statement WHERE {IN_SCOPE} AND pupil_id = erased;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$
"""  # noqa: S608 our own words


def make(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION erase_destinations(bigint)")


class Migration(migrations.Migration):
    dependencies = [("destinations", "0001_the_ledger_of_destinations"), ("people", "0002_erased_pupils")]

    operations = [migrations.RunPython(make, drop)]
