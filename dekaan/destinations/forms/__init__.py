"""What may be typed about destinations: they check, they never save."""

from dekaan.destinations.forms.asking import AskingDetails, LeaverAnswers, PlanAnswers
from dekaan.destinations.forms.finding import FindLeavers
from dekaan.destinations.forms.grids import ASKED, CallLine, ChooseGroup, IntentionLine, IntentionsSaid
from dekaan.destinations.forms.paper import SURE, CannotBeRead, SheetTyped, TypedLine, read_lines, split_lines
from dekaan.destinations.forms.saying import StatementDetails, WishDetails

__all__ = [
    "ASKED",
    "SURE",
    "AskingDetails",
    "CallLine",
    "CannotBeRead",
    "ChooseGroup",
    "FindLeavers",
    "IntentionLine",
    "IntentionsSaid",
    "LeaverAnswers",
    "PlanAnswers",
    "SheetTyped",
    "StatementDetails",
    "TypedLine",
    "WishDetails",
    "read_lines",
    "split_lines",
]
