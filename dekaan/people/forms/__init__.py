"""What may be typed about people."""

from dekaan.people.forms.pupils import Find

__all__ = ["Find"]
