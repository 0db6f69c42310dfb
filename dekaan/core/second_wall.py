"""Row-level security: PostgreSQL itself hides other schools' rows, whatever the application asks.

`SecondWall("Pupil")` in a migration forces a policy on the model's table; other databases pass by.
`Owner` names how the table knows its school. Listed in docs/care.md.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POLICY = "school_in_scope"
IN_SCOPE = "school_id = ANY (string_to_array(nullif(current_setting('app.school_ids', true), ''), ',')::bigint[])"


class SecondWall(Operation):
    """Turn on and force row-level security for one school-owned table."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing changes for the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        table = self._table(app_label, to_state)
        schema_editor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        schema_editor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        schema_editor.execute(f'CREATE POLICY {POLICY} ON "{table}" USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE})')

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        table = self._table(app_label, from_state)
        schema_editor.execute(f'DROP POLICY {POLICY} ON "{table}"')
        schema_editor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        schema_editor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')

    def describe(self) -> str:
        return f"Hide other schools' rows of {self.model_name} in the database itself"

    def _table(self, app_label: str, state: ProjectState) -> str:
        return state.apps.get_model(app_label, self.model_name)._meta.db_table


def grants(web_role: str, tables: list[str], insert_only: dict[str, list[str]]) -> list[str]:
    """The statements that let the web role work and no more.

    `insert_only` maps a table to the columns that may be updated; its rows may never be deleted.
    """
    statements: list[Any] = [f'GRANT USAGE ON SCHEMA public TO "{web_role}"']
    for table in tables:
        if table in insert_only:
            statements.append(f'REVOKE ALL ON "{table}" FROM "{web_role}"')
            statements.append(f'GRANT SELECT, INSERT ON "{table}" TO "{web_role}"')
            if insert_only[table]:
                columns = ", ".join(f'"{column}"' for column in insert_only[table])
                statements.append(f'GRANT UPDATE ({columns}) ON "{table}" TO "{web_role}"')
        else:
            statements.append(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO "{web_role}"')
    statements.append(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{web_role}"')
    return statements
