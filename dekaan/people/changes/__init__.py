"""What happens to people in school life: pupils, staff, parents and carers."""

from dekaan.people.changes.carers import add_carer
from dekaan.people.changes.pupils import (
    AlreadyOnRoll,
    NotOnRoll,
    begin_academic_year,
    change_pupil,
    change_year_record,
    join_school,
    leave_school,
    place_in_teaching_groups,
    place_in_tutor_group,
    return_to_school,
    take_back_academic_year,
    turn_to_day,
    undo_roll,
    update_roll,
)
from dekaan.people.changes.staff import (
    add_staff_member,
    change_staff_member,
    link_accounts,
    unlink_account,
    update_staff,
)
from dekaan.people.roll import RollEntry, Trace

__all__ = [
    "AlreadyOnRoll",
    "NotOnRoll",
    "RollEntry",
    "Trace",
    "add_carer",
    "add_staff_member",
    "begin_academic_year",
    "change_pupil",
    "change_staff_member",
    "change_year_record",
    "join_school",
    "leave_school",
    "link_accounts",
    "place_in_teaching_groups",
    "place_in_tutor_group",
    "return_to_school",
    "take_back_academic_year",
    "turn_to_day",
    "undo_roll",
    "unlink_account",
    "update_roll",
    "update_staff",
]
