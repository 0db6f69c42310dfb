"""What the linters cannot see in the code."""

import ast
import re

import pytest

from tests.house.ground import ROOT, area_of, floor_of, place, project_files, python_files, syntax_of

pytestmark = pytest.mark.once

SHORT = 400
# What an area offers to the floors above it.
OFFERED = {"models", "queries", "changes", "personal_data"}
DOORS = {
    "access.data_classes": "what kind of thing a field holds",
    "access.door": "every view stands behind it",
    "access.permissions": "every view names one",
    "access.matrix": "what each role may see of each class",
    "access.footnotes": "what stands below it",
    "access.roles": "visibility is decided by role",
    "access.exporting": "every file of names leaves by it",
    "access.invitations": "the command line makes the code of a first account",
    "access.by_link": "an address that is opened by a link, without signing in, counts wrong keys",
    "access.throttle": "an address that is opened without signing in counts wrong tries",
    "access.tasks": "whoever gives a role sends the invitation in the same transaction",
    "website.tasks": "the morning's round hands the weekly visit to the worker",
    "library.tasks": "and the weekly look at the links",
    "measures.cells": "the names of the breakdowns",
    "demo.build": "the command line builds the demonstration",
    "demo.people": "and prints its people's logins",
}
RAW_SQL = re.compile(
    r"^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|ALTER|CREATE|GRANT|REVOKE|PRAGMA)\s.*\b(FROM|INTO|SET|TABLE|ROLE|ON)\b",
    re.DOTALL,
)
MAY_SPEAK_SQL = {
    "dekaan/measures/run.py": "the one place for raw SQL",
    "dekaan/core/scope.py": "tells PostgreSQL the schools in scope",
    "dekaan/core/many.py": "copies very many rows into a table",
    "dekaan/core/second_wall.py": "row-level security, used by migrations",
    "dekaan/core/database_checks.py": "asks PostgreSQL about roles and walls before anybody is served",
    "dekaan/core/management/commands/grant_web_role.py": "privileges of the web role",
    "dekaan/backups/sqlite.py": "copies the file through SQLite's own interfaces",
    "dekaan/backups/postgres.py": "copies tables out and in, and moves schemas, in PostgreSQL's own words",
    "dekaan/settings.py": "SQLite's pragmas",
}
MAY_EXECUTE = set(MAY_SPEAK_SQL)


def test_an_area_uses_only_what_another_offers():
    intruders = []
    for file in python_files():
        for node in ast.walk(syntax_of(file)):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("dekaan."):
                continue
            area, _, inside = node.module.removeprefix("dekaan.").partition(".")
            if area in {area_of(file), "core"} or not area_of(file) or area not in floor_of():
                continue
            first = inside.split(".")[0] if inside else ""
            names = [first] if first else [alias.name for alias in node.names]
            intruders += [
                f"{place(file, node.lineno)} {area}.{name}"
                for name in names
                if name not in OFFERED and f"{area}.{name}" not in DOORS
            ]
    assert intruders == []


def test_imports_inside_functions_give_their_reason():
    """Allowed for slow or optional libraries, with a comment on the line or just above it."""
    silent = []
    for file in python_files():
        lines = file.read_text(encoding="utf-8").splitlines()
        for function in ast.walk(syntax_of(file)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    around = "".join(lines[max(0, node.lineno - 4) : node.lineno])
                    if "#" not in around:
                        silent.append(place(file, node.lineno))
    assert silent == []


def test_raw_sql_is_written_in_one_place():
    found = []
    for file in python_files():
        if place(file) in MAY_SPEAK_SQL:
            continue
        for node in ast.walk(syntax_of(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and RAW_SQL.match(node.value):
                found.append(place(file, node.lineno))
            if isinstance(node, ast.Attribute) and node.attr in {"raw", "extra", "RawSQL", "execute", "executemany"}:
                owner = node.value
                if node.attr.startswith("execute") and isinstance(owner, ast.Name) and owner.id != "cursor":
                    continue
                if node.attr in {"raw", "extra"} and not (isinstance(owner, ast.Attribute) and owner.attr == "objects"):
                    continue
                found.append(place(file, node.lineno))
    assert found == []


def test_files_are_short():
    long = {
        place(file): count
        for file in project_files()
        if file.suffix in {".py", ".html", ".js", ".scss", ".css", ".typ", ".sh"} or file.name in {"Makefile", "run"}
        if not {"tests", "data", "migrations"} & set(file.relative_to(ROOT).parts)
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > SHORT
    }
    assert long == {}


def test_code_never_names_a_benchmark():
    """Which benchmark is meant is for the data files of `frameworks` to say."""
    number = re.compile(r"GB(14|24)\.\d|gatsby-20\d\d\.\d")
    named = [
        place(file, line)
        for file in python_files()
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if number.search(text)
    ]
    assert named == []


def test_nothing_is_left_unfinished():
    words = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "To be writ" + "ten"]))
    left = [
        place(file, line)
        for file in project_files()
        if file.suffix in {".py", ".html", ".md", ".toml", ".scss", ".js"}
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if words.search(text)
    ]
    assert left == []


def test_no_signals():
    """A lower floor never calls up; see docs/decisions."""
    listening = [
        place(file)
        for file in python_files()
        if re.search(r"django\.(db\.models|core|dispatch)[\w.]*signals|@receiver", file.read_text(encoding="utf-8"))
    ]
    assert listening == []


def test_areas_and_models_say_what_they_are():
    for area in floor_of():
        assert ast.get_docstring(syntax_of(ROOT / "dekaan" / area / "__init__.py")), area


def test_no_rooms_for_odds_and_ends():
    odds = {"utils", "helpers", "common", "misc", "manager", "handler", "base"}
    assert [place(file) for file in python_files() if file.stem in odds] == []
