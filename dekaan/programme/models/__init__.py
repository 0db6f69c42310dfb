"""Rows of the programme, by noun."""

from dekaan.programme.models.briefings import Briefing
from dekaan.programme.models.carousels import Carousel, Visit
from dekaan.programme.models.feeds import CalendarFeed
from dekaan.programme.models.learning import Learning, LearningOutcome
from dekaan.programme.models.meaning import MeaningLink
from dekaan.programme.models.partners import Merge, NameMatching
from dekaan.programme.models.rolling import RolledSession, RollForward
from dekaan.programme.models.sessions import (
    Act,
    Activity,
    Audience,
    DayAbsence,
    DayAttendance,
    Invitation,
    Inviting,
    Mode,
    Session,
)
from dekaan.programme.models.templates import ActivityTemplate
from dekaan.programme.models.timetable import WEEKDAYS, Lesson

__all__ = [
    "WEEKDAYS",
    "Act",
    "Activity",
    "ActivityTemplate",
    "Audience",
    "Briefing",
    "CalendarFeed",
    "Carousel",
    "DayAbsence",
    "DayAttendance",
    "Invitation",
    "Inviting",
    "Learning",
    "LearningOutcome",
    "Lesson",
    "MeaningLink",
    "Merge",
    "Mode",
    "NameMatching",
    "RollForward",
    "RolledSession",
    "Session",
    "Visit",
]
