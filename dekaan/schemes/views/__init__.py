"""Screens of schemes and observations."""

from dekaan.schemes.views.observing import (
    observation_change,
    observation_detail,
    observation_done,
    observation_drop,
    observation_follow,
    observation_list,
    observation_new,
    observation_remove,
)
from dekaan.schemes.views.teaching import (
    scheme_change,
    scheme_detail,
    scheme_lesson_change,
    scheme_lesson_new,
    scheme_lesson_plan,
    scheme_lesson_remove,
    scheme_lesson_up,
    scheme_list,
    scheme_new,
)

__all__ = [
    "observation_change",
    "observation_detail",
    "observation_done",
    "observation_drop",
    "observation_follow",
    "observation_list",
    "observation_new",
    "observation_remove",
    "scheme_change",
    "scheme_detail",
    "scheme_lesson_change",
    "scheme_lesson_new",
    "scheme_lesson_plan",
    "scheme_lesson_remove",
    "scheme_lesson_up",
    "scheme_list",
    "scheme_new",
]
