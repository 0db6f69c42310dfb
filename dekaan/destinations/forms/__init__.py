"""What may be typed about destinations: they check, they never save."""

from dekaan.destinations.forms.finding import FindLeavers
from dekaan.destinations.forms.grids import ASKED, CallLine
from dekaan.destinations.forms.saying import StatementDetails, WishDetails

__all__ = ["ASKED", "CallLine", "FindLeavers", "StatementDetails", "WishDetails"]
