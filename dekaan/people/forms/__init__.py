"""What may be typed about people."""

from dekaan.people.forms.pupils import Find
from dekaan.people.forms.staff import FindStaff

__all__ = ["Find", "FindStaff"]
