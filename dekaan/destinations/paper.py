"""The sheet of a tutor group as PDF."""

from collections.abc import Collection
from importlib.resources import files

from dekaan.core.academic_year import today
from dekaan.core.typeset import typeset
from dekaan.destinations.models import Confidence
from dekaan.destinations.queries import Sheet


def sheet_pdf(sheet: Sheet, school: str, among: Collection[int]) -> bytes:
    """The sheet as PDF bytes: a line for each of the group who are `among` those pupils, under the number of their line.

    It lies about in a classroom, so that it says nothing of what anybody meant before.
    """
    content = {
        "title": f"What do you mean to do next? {sheet.group.name}",
        "school": school,
        "number": str(sheet.number),
        "printed": f"{today():%-d %B %Y}",
        "routes": [[str(number), route.name] for number, route in sheet.numbered_routes],
        "sure": [[str(number), label] for number, label in enumerate(Confidence.labels, start=1)],
        "lines": [
            [str(number), f"{pupil.surname}, {pupil.forename}"] for number, pupil in sheet.lines if pupil.pk in among
        ],
    }
    return typeset(files("dekaan.destinations").joinpath("typst", "sheet.typ").read_bytes(), content)
