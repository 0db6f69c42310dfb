"""Adds pupil after pupil to Ashdown School, and a byte to a file for each that is saved."""

import sys
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from django.db import transaction

    from dekaan.core.academic_year import today, year_start
    from dekaan.core.scope import working_in
    from dekaan.people.changes import join_school, place_in_tutor_group
    from dekaan.schools.models import School

    school = School.objects.get(slug="ashdown")
    starts = year_start(today().year if today().month >= 9 else today().year - 1)
    said = Path(sys.argv[1])
    number = said.stat().st_size if said.exists() else 0
    with said.open("ab", buffering=0) as out:
        while True:
            with transaction.atomic(), working_in(school):
                pupil = join_school(
                    surname="Writer", forename=str(number), year_group=9, starts_on=starts, by=None, details={}
                )
                place_in_tutor_group(pupil, "9A", on=starts, by=None)
            out.write(b".")
            number += 1


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
    main()
