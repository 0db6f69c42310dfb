"""Rows of a list that are about somebody who was erased: they are known by keyed hashes, and nothing of them is kept."""

from collections.abc import Sequence

from dekaan.exchange.matching import Match
from dekaan.exchange.models import ImportRun
from dekaan.exchange.reading.dates import in_words
from dekaan.exchange.staging import Line
from dekaan.people.queries import Erased

WHO = "somebody who was erased"
COLUMN = "Who it is"  # a refusal that names a column stands when the lines are decided once more


def leave_out_erased(run: ImportRun, lines: Sequence[Line], matches: Sequence[Match], erased: Erased) -> None:
    """A line about nobody whom we know, but about somebody who was erased, is refused and says nothing any more."""
    found = False
    for line, match in zip(lines, matches, strict=True):
        if line.decision or match.pupil or line.choice.isdigit():
            continue
        person = erased.recognised(line.everything, surely=bool(match.candidates))
        if person is None:
            continue
        found = True
        line.values, line.shared, line.warnings, line.who = {}, {}, [], WHO
        line.refuse(
            f"is {WHO} on {in_words(person.erased_on)}, or much like them with nothing to tell them apart, so is not "
            "brought back; a pupil who is here again, or who is another, is added by hand",
            COLUMN,
        )
    if found:
        run.columns = [{**column, "examples": []} for column in run.columns]
