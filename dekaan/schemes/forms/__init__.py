"""What may be typed of schemes and observations."""

from dekaan.schemes.forms.observing import ChangedObservation, Dropped, NewObservation
from dekaan.schemes.forms.teaching import LessonDetails, LessonPlanned, SchemeDetails

__all__ = ["ChangedObservation", "Dropped", "LessonDetails", "LessonPlanned", "NewObservation", "SchemeDetails"]
