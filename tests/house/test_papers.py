"""The papers say what the code does."""

import re

import pytest
from django.conf import settings

from tests.house.ground import ROOT, floors, place, project_files, settings_of_tools

pytestmark = pytest.mark.once


def test_map_settings_and_contract_agree():
    in_settings = [area.removeprefix("dekaan.") for area in settings.AREAS]
    in_contract = [area for line in floors() for area in line]
    assert in_settings == in_contract
    rows = re.findall(r"^\| ([a-z_ |\\]+?) \|", (ROOT / "docs" / "map.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [row.strip() for row in reversed(rows) if row.strip() not in {"area", "file"}] == in_contract


def test_every_folder_of_the_package_is_an_area():
    folders = {file.relative_to(ROOT).parts[1] for file in project_files() if file.match("dekaan/*/__init__.py")}
    assert folders == {area for line in floors() for area in line}


def test_every_area_keeps_the_order_inside():
    contract = settings_of_tools()["tool"]["importlinter"]["contracts"][1]
    areas = {area for line in floors() for area in line} - {"core"}
    assert {container.removeprefix("dekaan.") for container in contract["containers"]} == areas


def test_the_import_contracts_have_no_exceptions():
    assert not any(
        "ignore_imports" in contract for contract in settings_of_tools()["tool"]["importlinter"]["contracts"]
    )


def test_no_file_names_a_registry():
    """A lock names packages and hashes; where they come from is each machine's own business."""
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry" + ".npmjs", "npmjs" + ".com", "yarnpkg" + ".com"]
    options = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", '"resol' + 'ved"', "/sim" + "ple/"]
    named = [
        f"{place(file)} {word}"
        for file in project_files()
        if file.suffix not in {".png", ".jpg", ".woff2", ".xlsx", ".xls", ".ods", ".pdf", ".zip", ".ico"}
        for text in [file.read_text(encoding="utf-8", errors="replace")]
        for word in [*hosts, *options]
        if word in text
    ]
    assert named == []


def test_no_file_names_a_machines_folder():
    machine = re.compile("/(" + "|".join(["wo" + "rk", "ro" + "ot", "home/[a-z]+"]) + ")/")
    named = [
        place(file, line)
        for file in project_files()
        if file.suffix in {".py", ".md", ".toml", ".html", ".sh", ".json", ".txt", ""}
        for line, text in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if machine.search(text)
    ]
    assert named == []


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    inside = False
    silent = []
    for line in lines:
        if re.match(r"(dependencies|test) = \[", line):
            inside = True
        elif line == "]":
            inside = False
        elif inside and "#" not in line:
            silent.append(line.strip())
    assert silent == []


def test_every_command_of_the_makefile_is_explained():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = set(re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.*## .+$", text, re.MULTILINE))
    assert declared == explained
