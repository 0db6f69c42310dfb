"""What may be typed about the programme."""

from dekaan.programme.forms.carousels import CarouselDay
from dekaan.programme.forms.dates import CalendarDetails, TermDates
from dekaan.programme.forms.learning import ActivityLearning, ChangedOutcome, OutcomeWords
from dekaan.programme.forms.meaning import A_YEAR, Meaning, MeaningAsked, MeaningSaid
from dekaan.programme.forms.planning import (
    WHEN,
    ActivityDetails,
    CatchUp,
    ChangedSession,
    Ending,
    NewActivity,
    NewSession,
    Unplanned,
)
from dekaan.programme.forms.recording import Doubts, Pasted, Register
from dekaan.programme.forms.rolling import Review
from dekaan.programme.forms.sheets import BriefingWords
from dekaan.programme.forms.templates import TemplateDetails
from dekaan.programme.forms.timetable import PastedTimetable

__all__ = [
    "A_YEAR",
    "WHEN",
    "ActivityDetails",
    "ActivityLearning",
    "BriefingWords",
    "CalendarDetails",
    "CarouselDay",
    "CatchUp",
    "ChangedOutcome",
    "ChangedSession",
    "Doubts",
    "Ending",
    "Meaning",
    "MeaningAsked",
    "MeaningSaid",
    "NewActivity",
    "NewSession",
    "OutcomeWords",
    "Pasted",
    "PastedTimetable",
    "Register",
    "Review",
    "TemplateDetails",
    "TermDates",
    "Unplanned",
]
