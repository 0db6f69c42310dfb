"""What may be typed about people."""

from dekaan.people.forms.carers import CarerDetails, Lifting, NewCarer
from dekaan.people.forms.changing import Leaving, PupilDetails, Returning
from dekaan.people.forms.pupils import Find
from dekaan.people.forms.staff import FindStaff

__all__ = ["CarerDetails", "Find", "FindStaff", "Leaving", "Lifting", "NewCarer", "PupilDetails", "Returning"]
