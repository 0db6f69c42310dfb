"""What may be typed about destinations: they check, they never save."""

from dekaan.destinations.forms.finding import FindLeavers
from dekaan.destinations.forms.grids import ASKED, CallLine, ChooseGroup, IntentionLine, IntentionsSaid
from dekaan.destinations.forms.saying import StatementDetails, WishDetails

__all__ = [
    "ASKED",
    "CallLine",
    "ChooseGroup",
    "FindLeavers",
    "IntentionLine",
    "IntentionsSaid",
    "StatementDetails",
    "WishDetails",
]
