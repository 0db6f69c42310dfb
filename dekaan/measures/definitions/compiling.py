"""Compiling the definitions, once, to each dialect's SQL.

Run at release (`python -m dekaan.measures.definitions.compiling`); the text is kept in `sql/` and reviewed, so a change
of Ibis or sqlglot shows as a difference.
"""

import re
from pathlib import Path
from typing import Any

import ibis

from dekaan.measures.definitions import counting

DIALECTS = {"sqlite": "sqlite", "postgres": "postgres", "duckdb": "duckdb", "spark": "pyspark"}
# Those that Ibis lets OR the masks of a group in one step; the others have it written out, a bit at a time.
ORS = {"postgres", "duckdb"}
FOLDER = Path(__file__).resolve().parent.parent / "sql"
EXPRESSIONS = {"pupil_years": counting.pupil_years, "status": counting.status}
SCOPES = ("pupils", "schools", "all")


def compiled(name: str, scope: str, dialect: str) -> str:
    """One expression as SQL of that dialect, its stand-ins turned into named parameters: :pupils, :from_year, :today."""
    text = str(ibis.to_sql(EXPRESSIONS[name](scope, ors=dialect in ORS), dialect=DIALECTS[dialect], pretty=True))
    text = re.sub(rf"= {counting.PUPILS}\b", "IN :pupils", text)
    text = re.sub(rf"= {counting.SCHOOLS}\b", "IN :schools", text)
    text = re.sub(rf"\b{counting.FROM_YEAR}\b", ":from_year", text)
    return _with_today(text) + "\n"


def _with_today(text: str) -> str:
    """Every dialect writes the stand-in day in its own way."""
    return re.sub(
        r"(DATE\s+'1900-01-02'|DATE\('1900-01-02'\)|CAST\('1900-01-02' AS DATE\)|MAKE_DATE\(1900, 1, 2\)"
        r"|DATE_FROM_PARTS\(1900, 1, 2\)|'1900-01-02')",
        ":today",
        text,
    )


def write(folder: Path = FOLDER) -> list[Path]:
    """Every file of `sql/` is as the definitions say; returns them."""
    written: list[Path] = []
    for dialect in DIALECTS:
        for name in EXPRESSIONS:
            for scope in SCOPES:
                file = folder / dialect / f"{name}_{scope}.sql"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(compiled(name, scope, dialect), encoding="utf-8")
                written.append(file)
    return written


def _main(*_: Any) -> None:
    write()


if __name__ == "__main__":
    _main()
