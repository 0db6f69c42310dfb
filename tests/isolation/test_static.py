"""What cannot be seen by asking (I7): ways round the scope and round escaping, outside a short list with reasons."""

import ast

import pytest

from tests.house.ground import place, python_files, syntax_of, templates

pytestmark = pytest.mark.once

_DRAWN = "escapes each piece itself: a heat map or a long list through the template would cost seconds"
MAY: dict[str, dict[str, str]] = {
    "mark_safe": {
        "dekaan/benchmarks/drawing.py": _DRAWN,
        "dekaan/core/form_renderer.py": _DRAWN,
        "dekaan/trusts/drawing.py": _DRAWN,
        "dekaan/publication/linked_data.py": "data for machines, in letters that HTML does not read otherwise",
    },
    "_base_manager": {
        "dekaan/core/editing.py": "the scoped manager of whatever is being edited",
        "dekaan/core/database_checks.py": "asks which tables have the scoped manager",
        "dekaan/people/changes/carers.py": "the scoped manager of whatever points at a carer",
        "dekaan/people/roll.py": "the scoped manager of whatever an undo takes back",
    },
    "format_map": {"dekaan/privacy/queries/trail.py": "the pattern is our own sentence; what is stored only fills it"},
    "RawSQL": {},
}


def calls(file):
    for node in ast.walk(syntax_of(file)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id


def test_nothing_goes_round_the_scope_or_round_escaping():
    found = {
        (place(file), name)
        for file in python_files()
        for _, name in calls(file)
        if name in MAY and place(file) not in MAY[name]
    }
    assert found == set()


def test_nothing_is_fetched_by_a_number_out_of_the_question():
    """`.get(pk=request.GET[…])` would trust what was typed; forms and addresses name rows."""
    found = []
    for file in python_files():
        for node in ast.walk(syntax_of(file)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in {"get", "filter", "in_bulk"}:
                continue
            said = [ast.unparse(each.value) for each in node.keywords if each.arg in {"pk", "id", "pk__in", "id__in"}]
            if any("request.GET" in each or "request.POST" in each for each in said):
                found.append(place(file, node.lineno))
    assert found == []


def test_no_template_switches_escaping_off():
    words = ("|safe", "autoescape off", "safeseq")
    assert [
        place(file) for file in templates() if any(each in file.read_text(encoding="utf-8") for each in words)
    ] == []
