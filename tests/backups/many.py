"""Types many commands one after another in one process, and says what each answered."""

import json
import sys
import traceback


def main() -> None:
    import django

    django.setup()
    from click.testing import CliRunner

    from dekaan.cli.commands import dekaan

    answers = []
    for words in json.loads(sys.stdin.read()):
        result = CliRunner().invoke(dekaan, words, prog_name="dekaan")
        crash = result.exception is not None and not isinstance(result.exception, SystemExit)
        answers.append(
            {
                "code": result.exit_code,
                "out": result.stdout,
                "err": result.stderr,
                "crash": "".join(traceback.format_exception(result.exception)) if crash else "",
            }
        )
    print(json.dumps(answers))


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
    main()
