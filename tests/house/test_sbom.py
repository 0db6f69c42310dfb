"""The bill of materials names every locked package, and none of a licence that would bind whoever runs Dekaan."""

import json
import re
import subprocess
import sys

import pytest

from tests.house.ground import ROOT

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def bill():
    run = [
        subprocess.run([sys.executable, ".ci/sbom.py"], cwd=ROOT, capture_output=True, check=True).stdout for _ in "12"
    ]
    assert run[0] == run[1], "the same lock gives the same bytes"
    return json.loads(run[0])


def test_every_locked_package_is_named_with_its_hashes(bill):
    locked = re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert [(each["name"], each["version"]) for each in bill["components"]] == locked
    assert [each["name"] for each in bill["components"] if not each["hashes"]] == []


def test_no_licence_binds_whoever_runs_it(bill):
    """MIT, BSD, Apache, MPL, PSF and the lesser GPL may all be used by an MIT program; the GPL and AGPL bind it."""
    said = {each["name"]: each["licenses"][0]["license"]["name"] for each in bill["components"] if "licenses" in each}
    assert {name: licence for name, licence in said.items() if re.search(r"(?<!L)A?GPL", licence)} == {}
    # colorama is for Windows alone; pyrage's wheel says nothing, and its source is MIT.
    assert {each["name"] for each in bill["components"]} - set(said) <= {"colorama", "pyrage"}
