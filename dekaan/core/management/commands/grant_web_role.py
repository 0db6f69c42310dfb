"""Let the web role of PostgreSQL work and no more; run by the owner after every migration."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from dekaan.core.second_wall import grants


class Command(BaseCommand):
    """Grant what the web role needs; tables that are insert-only stay so by privilege."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """The web role may read and write rows; on PostgreSQL only, and safe to repeat."""
        if connection.vendor != "postgresql":
            return
        insert_only = {
            model._meta.db_table: model.may_update for model in apps.get_models() if hasattr(model, "may_update")
        }
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.WEB_ROLE])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE ROLE "{settings.WEB_ROLE}" NOLOGIN')
            for statement in grants(
                settings.WEB_ROLE,
                connection.introspection.table_names(cursor),
                insert_only,
            ):
                cursor.execute(statement)
            # A rebuild counts beside what is kept; where a server grants this to everybody anyway, nothing changes.
            database = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f'GRANT TEMPORARY ON DATABASE {database} TO "{settings.WEB_ROLE}"')
