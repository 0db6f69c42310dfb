"""Where things are: the floors as the import contract gives them, and the project's files."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dekaan"


@cache
def settings_of_tools() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def floors() -> list[list[str]]:
    """Bottom to top, as the first import contract says."""
    contract = settings_of_tools()["tool"]["importlinter"]["contracts"][0]
    return [[area.strip() for area in line.split("|")] for line in reversed(contract["layers"])]


@cache
def floor_of() -> dict[str, int]:
    return {area: number for number, line in enumerate(floors()) for area in line}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(sorted(file for name in listed.stdout.splitlines() if (file := ROOT / name).is_file()))


@cache
def python_files() -> tuple[Path, ...]:
    """Our own Python, without migrations."""
    return tuple(
        file
        for file in project_files()
        if file.suffix == ".py" and PACKAGE in file.parents and "migrations" not in file.parts
    )


@cache
def templates() -> tuple[Path, ...]:
    return tuple(file for file in project_files() if file.suffix == ".html" and PACKAGE in file.parents)


@cache
def syntax_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def area_of(file: Path) -> str:
    """The area a file belongs to; settings and urls belong to none."""
    inside = file.relative_to(PACKAGE).parts
    return inside[0] if len(inside) > 1 else ""


def place(file: Path, line: int = 0) -> str:
    """How a finding is named."""
    return f"{file.relative_to(ROOT)}:{line}" if line else str(file.relative_to(ROOT))
