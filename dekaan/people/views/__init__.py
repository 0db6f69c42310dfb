"""Screens of people, by noun."""

from dekaan.people.views.carers import carer_change, carer_new, carer_remove, contact_lift, contact_restrict
from dekaan.people.views.changing import cohort_list, pupil_change, pupil_leave, pupil_return, pupil_stay
from dekaan.people.views.pupils import pupil_list, tutor_group, tutor_group_list
from dekaan.people.views.staff import staff_link, staff_list, staff_unlink

__all__ = [
    "carer_change",
    "carer_new",
    "carer_remove",
    "cohort_list",
    "contact_lift",
    "contact_restrict",
    "pupil_change",
    "pupil_leave",
    "pupil_list",
    "pupil_return",
    "pupil_stay",
    "staff_link",
    "staff_list",
    "staff_unlink",
    "tutor_group",
    "tutor_group_list",
]
