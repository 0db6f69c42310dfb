"""What the release is made of, as CycloneDX 1.5: each locked package with its version, hashes and licence.

Read from requirements.txt and from what is installed; no tool and no network. Nothing in it depends on the day or the
machine, so the same lock gives the same bytes.
"""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,]+\])?==(?P<version>\S+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)


def licence_of(name: str) -> str:
    """As the package itself says it; empty where it is not for this machine, or says nothing."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    classified = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")
    ]
    written = str(said.get("License-Expression") or said.get("License") or "").strip().splitlines()
    return (said.get("License-Expression") or ", ".join(classified) or (written[0] if written else "")).strip()


def components(lock: str) -> list[dict[str, object]]:
    """One per locked package, in the order of the lock."""
    found: list[dict[str, object]] = []
    for line in LOCKED.finditer(lock):
        name, version = line["name"], line["version"]
        hashes = sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", line["rest"]))
        entry: dict[str, object] = {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
        }
        if licence := licence_of(name):
            entry["licenses"] = [{"license": {"name": licence}}]
        found.append(entry)
    return found


def bill() -> dict[str, object]:
    """The whole bill of materials."""
    version = re.search(r'__version__ = "(.+)"', (ROOT / "dekaan" / "__init__.py").read_text(encoding="utf-8"))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "dekaan", "version": version[1] if version else ""}},
        "components": components((ROOT / "requirements.txt").read_text(encoding="utf-8")),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(), indent=2, ensure_ascii=False) + "\n")
