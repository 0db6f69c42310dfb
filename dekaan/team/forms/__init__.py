"""What may be typed of how careers is led, of who does what, and of what colleagues learn."""

from dekaan.team.forms.holding import PeopleSaid
from dekaan.team.forms.leading import (
    Agreed,
    GridSaid,
    ModelSaid,
    NeedsSaid,
    PostDetails,
    TermsSaid,
    TimeSaid,
)
from dekaan.team.forms.learning import NeedDetails, NetworkDetails, ProfileDetails, TrainingDetails

__all__ = [
    "Agreed",
    "GridSaid",
    "ModelSaid",
    "NeedDetails",
    "NeedsSaid",
    "NetworkDetails",
    "PeopleSaid",
    "PostDetails",
    "ProfileDetails",
    "TermsSaid",
    "TimeSaid",
    "TrainingDetails",
]
