"""Screens of people, by noun."""

from dekaan.people.views.pupils import pupil_list, tutor_group, tutor_group_list

__all__ = ["pupil_list", "tutor_group", "tutor_group_list"]
