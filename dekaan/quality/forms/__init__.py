"""What may be typed about feedback: in asking, answering, typing back, evaluating."""

from dekaan.quality.forms.answering import Answering, SheetRow, sheet_rows
from dekaan.quality.forms.asking import ChangedCollection, OpenFeedback, Reworded
from dekaan.quality.forms.evaluating import ChangedEvaluation, ChangedImprovement, NewEvaluation, NewImprovement

__all__ = [
    "Answering",
    "ChangedCollection",
    "ChangedEvaluation",
    "ChangedImprovement",
    "NewEvaluation",
    "NewImprovement",
    "OpenFeedback",
    "Reworded",
    "SheetRow",
    "sheet_rows",
]
