"""Work out the locks: what runs Dekaan, what tests it, what compiles the look where a machine has no Node.

A lock names packages and hashes and nothing else: no host, no folder.
"""

import subprocess
import sys

LOCKS = {
    "requirements.txt": [],
    "requirements-test.txt": ["--extra", "test"],
    "requirements-look.txt": ["--group", "look"],
}


def main() -> None:
    """Write every lock; keep pinned versions where they still fit (--upgrade takes the newest)."""
    for lock, extra in LOCKS.items():
        source = extra if "--group" in extra else ["pyproject.toml", *extra]
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", *source, "--output-file", lock, "--quiet"),
            *("--universal", "--generate-hashes", "--python-version", "3.11", "--allow-unsafe"),
            *("--no-annotate", "--no-header"),
            *sys.argv[1:],
        ]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
