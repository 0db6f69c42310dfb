"""The web role may not delete from the ledger; of a pupil who is noted as erased, this function does.

It runs as the owner, in the schools told to the transaction, and by itself looks whether the erasure was noted first.
Carers' rows go with the last pupil for whom they care.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from dekaan.core.second_wall import IN_SCOPE

FUNCTION = f"""
CREATE FUNCTION erase_from_ledger(erased bigint, carers bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_erasedpupil WHERE pupil_id = erased AND {IN_SCOPE}) THEN
        RAISE EXCEPTION 'pupil % is not noted as erased', erased;
    END IF;
    DELETE FROM participation_participation WHERE {IN_SCOPE} AND (
        pupil_id = erased
        OR carer_id = ANY (carers)
        AND EXISTS (SELECT 1 FROM people_carerof c WHERE c.carer_id = participation_participation.carer_id
                    AND c.pupil_id = erased)
        AND NOT EXISTS (SELECT 1 FROM people_carerof c WHERE c.carer_id = participation_participation.carer_id
                        AND c.pupil_id <> erased)
    );
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$
"""  # noqa: S608 our own words


def make(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION erase_from_ledger(bigint, bigint[])")


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_initial"), ("people", "0002_erased_pupils")]

    operations = [migrations.RunPython(make, drop)]
