"""What happens to schemes and observations."""

from dekaan.schemes.changes.observing import (
    NoAction,
    change_observation,
    drop_action,
    finish_action,
    let_old_observations_go,
    record_observation,
    remove_observation,
    reopen_action,
)
from dekaan.schemes.changes.owning import hand_over
from dekaan.schemes.changes.teaching import (
    NobodyToTeach,
    add_lesson,
    add_scheme,
    change_lesson,
    change_scheme,
    move_lesson_up,
    plan_lesson,
    remove_lesson,
)

__all__ = [
    "NoAction",
    "NobodyToTeach",
    "add_lesson",
    "add_scheme",
    "change_lesson",
    "change_observation",
    "change_scheme",
    "drop_action",
    "finish_action",
    "hand_over",
    "let_old_observations_go",
    "move_lesson_up",
    "plan_lesson",
    "record_observation",
    "remove_lesson",
    "remove_observation",
    "reopen_action",
]
