"""A damaged backup is refused in words before live data is touched; and without the key a backup says nothing.

`make drill` tries every damage; otherwise it is every fourth.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
from io import BytesIO

import pytest
from pyrage import decrypt, x25519

from tests.backups.damage import damaged
from tests.backups.installation import LEADER, Installation
from tests.backups.test_there_and_back import TIMES
from tests.house.ground import ROOT

SENTENCES = re.compile(r"^[A-Za-z“/].+\.( [A-Z].+\.)*$")


@pytest.fixture(scope="module")
def backup(ashdown, tmp_path_factory):
    """A good one, with a pupil called Canarybird in it."""
    add = (
        "import django; django.setup();"
        "from dekaan.core.scope import working_in; from dekaan.schools.models import School;"
        "from dekaan.people.models import Pupil\n"
        "with working_in(School.objects.get()):\n"
        "    Pupil.objects.filter(pk=Pupil.objects.order_by('pk').first().pk).update(surname='Canarybird')"
    )
    assert ashdown.start("-c", add, DJANGO_SETTINGS_MODULE="dekaan.settings").code == 0
    folder = tmp_path_factory.mktemp("backups")
    return folder / ashdown.run("backup", "-o", folder, "--json").json["file"]


def key_of(installation: Installation) -> x25519.Identity:
    return x25519.Identity.from_str(installation.key.read_text().splitlines()[-1])


def everything(installation: Installation) -> dict[str, str]:
    """Every file of the data folder, byte for byte, and the meaning of the school."""
    files = {
        str(file.relative_to(installation.data)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(installation.data.rglob("*"))
        if file.is_file()
    }
    return files | {"meaning": installation.meaning()}


def typed(installation: Installation, commands: list[list[str]]) -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.backups.many"],
        input=json.dumps(commands),
        cwd=ROOT,
        env=installation.environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.once
def test_a_hundred_damaged_backups_are_refused_before_anything_is_touched(ashdown, backup, tmp_path):
    ways = list(damaged(backup, key_of(ashdown), tmp_path))
    assert len(ways) >= 100
    ways = ways[:: 1 if TIMES > 1 else 4]
    before = everything(ashdown)
    agreed = ["--key", str(ashdown.key), "--over", "--agreed-by", LEADER]
    answers = typed(ashdown, [["restore", str(file), *agreed] for _, file in ways])
    told = list(zip([name for name, _ in ways], answers, strict=True))
    assert [(name, said["crash"]) for name, said in told if said["crash"]] == []
    assert [(name, said) for name, said in told if (said["code"], said["out"]) != (1, "")] == []
    assert [(name, said["err"]) for name, said in told if "Canary" in said["err"] or "COPY" in said["err"]] == []
    assert [(name, said["err"]) for name, said in told if not SENTENCES.match(said["err"].strip())] == []
    assert everything(ashdown) == before
    print(*sorted({re.sub(r"damaged-\d+", "damaged-N", said["err"].strip()) for _, said in told}), sep="\n")
    print(f"\n{len(ways)} damaged backups: {len(told)} refused in words, live data as before")
    # Every one was refused for its damage: the good one, said the same way, is taken.
    assert typed(ashdown, [["restore", str(backup), *agreed]])[0]["code"] == 0
    assert typed(ashdown, [["restore", "--forget"]])[0]["code"] == 0


def test_without_the_key_a_backup_says_nothing(ashdown, backup):
    whole = backup.read_bytes()
    with tarfile.open(fileobj=BytesIO(decrypt(whole, [key_of(ashdown)]))) as tar:
        inside = {entry.name: tar.extractfile(entry).read() for entry in tar.getmembers()}
    secret = (ashdown.data / "secret-key").read_bytes().strip()
    for word in (b"Canarybird", b"ashdown", b"manifest.json", secret):
        assert any(word in content or word in name.encode() for name, content in inside.items()), word
        assert word not in whole
    assert whole.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert (backup.stat().st_mode & 0o077) == 0


def test_nothing_readable_is_left_beside_the_data(ashdown, backup):
    left = [file.name for file in ashdown.data.rglob("*") if file.name.startswith(".backup-scratch")]
    assert left == []
    assert "AGE-SECRET-KEY" not in (ashdown.data / "backup-recipient").read_text()
