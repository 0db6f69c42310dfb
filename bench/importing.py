"""P9: a long history staged and compared, against nothing but writing the same rows into the same table."""

import csv
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from dekaan.core.scope import working_in
from dekaan.exchange.changes import Upload, choose_columns, import_file, start_import
from dekaan.exchange.changes.staging import prepare, read_table, stage
from dekaan.exchange.models import ImportLine, ImportRun
from dekaan.schools.changes import add_school
from dekaan.schools.models import School
from tests import databases

PUPILS, ACTIVITIES = 1250, 80
TIMES = 4  # the first warms up


def past_lines() -> dict[str, Any]:
    """100,000 lines of past participation: 1,250 pupils and 80 activities, from rows of a sheet to a preview."""
    school = add_school(name="Staging", slug="staging")
    with working_in(school):
        _bring_in_pupils()
    pairs = [_once(school) for _ in range(TIMES)][1:]
    ours, least = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    return {"ms": round(ours), "floor_ms": round(least), "ratio": round(ours / least, 2), "must": 2}


def _bring_in_pupils() -> None:
    file = settings.DATA / "bench-staging.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["Adno", "Surname", "Forename", "Year", "Reg Group"])
        writer.writerows([1000 + n, f"Surname{n}", "Ann", 7 + n % 5, f"{7 + n % 5}A"] for n in range(PUPILS))
    report = import_file(file, kind="pupils", by=None, leader_has_looked=True)
    assert report.state == "done", report


def _once(school: School) -> tuple[float, float]:
    """Seconds to stage a new run of these lines, and to write its rows once more and nothing else."""
    heading = ["Adno", "Name", *(f"Talk {n} {1 + n % 28:02d}/{1 + n % 6:02d}/2026" for n in range(ACTIVITIES))]
    rows = [
        [str(1000 + n), f'"Surname{n}, Ann"', *("YN"[(n + place) % 3 == 0] for place in range(ACTIVITIES))]
        for n in range(PUPILS)
    ]
    content = "\n".join(",".join(row) for row in [heading, *rows]).encode()
    upload = Upload("history.csv", len(content), [content])
    with working_in(school):
        run = start_import(upload, kind="participation", by=None)
        sheet, table = read_table(run)
        prepare(run, sheet, table)
        meanings = {int(place): key for place, key in run.meanings.items()}
        choose_columns(run, meanings=meanings, switched_on=[], day_first=True, by=None)
        took = _seconds(lambda: stage(run, sheet, table))
        assert run.counts == {"changes": PUPILS * ACTIVITIES}, run.counts
        written = _rows(run)
    if databases.ON_POSTGRES:
        databases.connect_as(databases.OWNER)
    with transaction.atomic():
        least = _seconds(lambda: _write(written))
        transaction.set_rollback(True)
    if databases.ON_POSTGRES:
        databases.connect_as(databases.WEB_ROLE)
    return took, least


COLUMNS = [field.column for field in ImportLine._meta.concrete_fields if field.column != "id"]


def _rows(run: ImportRun) -> list[tuple[Any, ...]]:
    cast = "::text" if databases.ON_POSTGRES else ""
    columns = ", ".join(f'"{name}"{cast}' for name in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM exchange_importline WHERE run_id = %s ORDER BY id", [run.pk])
        return cursor.fetchall()


def _write(rows: list[tuple[Any, ...]]) -> None:
    """By the quickest way that the database has."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    with connection.cursor() as cursor:
        if databases.ON_POSTGRES:
            with cursor.copy(f"COPY exchange_importline ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(COLUMNS))
            cursor.executemany(f"INSERT INTO exchange_importline ({columns}) VALUES ({marks})", rows)


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
