"""Nothing is done in silence, and whatever is recorded can be read as a sentence."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from dekaan.access import door
from dekaan.access.adapter import CHANGES_OF_FACTORS
from dekaan.privacy.queries.trail_words import WORDS
from dekaan.programme.models import Act
from tests.house.ground import PACKAGE, place, python_files, syntax_of

pytestmark = pytest.mark.once

# Public changes that take `by` and record nothing, each with its reason.
SILENT = {
    "record_participation": "the ledger keeps who recorded each row itself, and whoever calls it records the act",
    "restate": "the same",
    "withdraw": "the same",
    "keep_act": "an act is kept by the change that it is part of, which records",
    "take_back": "the same",
    "withdrawal_of": "it makes the row and writes nothing; whoever writes it records",
}


def changes() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Every function of every module of changes."""
    for file in python_files():
        inside = file.relative_to(PACKAGE).parts
        if len(inside) > 1 and (inside[1] == "changes" or inside[1] == "changes.py"):
            for node in syntax_of(file).body:
                if isinstance(node, ast.FunctionDef):
                    yield file, node


def called_by(function: ast.FunctionDef) -> set[str]:
    """The names of what it calls, or hands on to be called."""
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)
    }


def takes_by(function: ast.FunctionDef) -> bool:
    return "by" in {each.arg for each in [*function.args.args, *function.args.kwonlyargs]}


def recording(functions: list[tuple[Path, ast.FunctionDef]]) -> set[str]:
    """Those that record, themselves or through one they call."""
    calls = defaultdict(set)
    for _, function in functions:
        calls[function.name] |= called_by(function)
    found = {"record"}
    while more := {name for name, called in calls.items() if name not in found and called & found}:
        found |= more
    return found


def test_every_change_that_somebody_makes_is_recorded():
    functions = list(changes())
    records = recording(functions)
    public = [(file, each) for file, each in functions if takes_by(each) and not each.name.startswith("_")]
    assert len(public) > 40
    silent = [
        f"{place(file)} {each.name}"
        for file, each in public
        if each.name not in records and each.name not in SILENT and each.name != "record"
    ]
    assert silent == []


def test_a_change_that_records_nothing_would_be_found():
    quiet = ast.parse("def move(pupil, *, by):\n    pupil.save()\n\ndef told(pupil, *, by):\n    also(by)\n")
    also = ast.parse("def also(by):\n    record(action='moved', by=by)\n")
    functions = [(PACKAGE, each) for tree in (quiet, also) for each in tree.body]
    assert recording(functions) == {"record", "told", "also"}


def actions() -> Iterator[tuple[str, str]]:
    """Where what is recorded, as far as it is written there."""
    for file in python_files():
        for node in ast.walk(syntax_of(file)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            given = [word.value for word in node.keywords if word.arg == "action"] if node.func.id == "record" else []
            given += node.args[1:2] if node.func.id == "reads" else []
            for value in given:
                if isinstance(value, ast.Constant):
                    yield place(file, node.lineno), value.value
                elif isinstance(value, ast.Name) and value.id == "action":
                    for each in CHANGES_OF_FACTORS.values():
                        yield place(file, node.lineno), each
                elif isinstance(value, ast.Name):
                    yield place(file, node.lineno), getattr(door, value.id, value.id)
                elif isinstance(value, ast.IfExp):
                    for each in (value.body, value.orelse):
                        yield place(file, node.lineno), ast.literal_eval(each)
                elif isinstance(value, ast.BinOp) and isinstance(value.left, ast.Constant):
                    for kind in Act.Kind:
                        yield place(file, node.lineno), value.left.value + kind


def test_every_action_has_its_sentence():
    found = list(actions())
    assert len(found) > 50
    assert [(where, action) for where, action in found if action not in WORDS] == []
    assert set(WORDS) - {action for _, action in found} == set()
