"""Lay the files of a new area and put it on its floor: settings, both import contracts, docs/map.md.

    make new-area NAME=notices FLOOR=people DOES="E-mails and letters out."

FLOOR is the area that the new one stands directly above.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FILES = {
    "__init__.py": '"""{does}"""\n',
    "apps.py": (
        "from django.apps import AppConfig\n\n\n"
        "class {title}Config(AppConfig):\n"
        '    """See the area\'s docstring."""\n\n'
        '    name = "dekaan.{name}"\n'
    ),
    "migrations/__init__.py": "",
    "models.py": '"""Rows: fields, constraints, choices, properties that need no query."""\n',
    "queries.py": '"""Reads, for screens, reports and the floors above."""\n',
    "changes.py": '"""Writes, each a named event in school life."""\n',
}


def insert(file: str, pattern: str, replacement: str) -> None:
    """Change one place in a file, or stop."""
    path = ROOT / file
    text, found = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    if not found:
        sys.exit(f"{file} is not as expected; nothing more was changed.")
    path.write_text(text, encoding="utf-8")


def main(name: str, floor: str, does: str) -> None:
    """Write the area and its place in the house."""
    home = ROOT / "dekaan" / name
    if not re.fullmatch(r"[a-z][a-z_]+", name) or home.exists() or not does:
        sys.exit('NAME is a new noun in small letters, FLOOR the area below it, DOES="one sentence."')
    if not (ROOT / "dekaan" / floor).is_dir():
        sys.exit(f"There is no area {floor!r} to stand on.")
    insert("dekaan/settings.py", rf'^    "dekaan\.{floor}",\n', rf'\g<0>    "dekaan.{name}",\n')
    insert("pyproject.toml", rf'^    "(?:[a-z_]+ \| )*{floor}(?: \| [a-z_]+)*",\n', rf'    "{name}",\n\g<0>')
    insert("pyproject.toml", r'^containers = \[\n(?=    "dekaan\.)', rf'\g<0>    "dekaan.{name}",\n')
    insert("docs/map.md", rf"^\| {floor} \|", rf"| {name} | {does.rstrip('.')} | |\n\g<0>")
    for file, text in FILES.items():
        path = home / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(name=name, title=name.title().replace("_", ""), does=does), encoding="utf-8")
    tests = ROOT / "tests" / name
    tests.mkdir(exist_ok=True)
    (tests / "test_changes.py").write_text(f'"""What can happen in {name}, and what is refused."""\n', encoding="utf-8")
    print(f"dekaan/{name} stands above {floor}. Say more in its docstring, then `make check`.")  # noqa: T201 a command


if __name__ == "__main__":
    main(*sys.argv[1:4])
