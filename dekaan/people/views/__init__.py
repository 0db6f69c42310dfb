"""Screens of people, by noun."""

from dekaan.people.views.pupils import pupil_list, tutor_group, tutor_group_list
from dekaan.people.views.staff import staff_link, staff_list, staff_unlink

__all__ = ["pupil_list", "staff_link", "staff_list", "staff_unlink", "tutor_group", "tutor_group_list"]
