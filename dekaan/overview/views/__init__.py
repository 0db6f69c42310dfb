"""Screens of what reads every floor, by noun."""

from dekaan.overview.views.home import exports_seen, home, pupil_record, search
from dekaan.overview.views.roles import (
    account_new,
    factor_reset,
    factor_reset_agree,
    factor_reset_stop,
    role_confirm,
    role_decline,
    role_end,
    role_list,
    role_meanings,
    role_new,
    role_review,
    role_review_done,
)
from dekaan.overview.views.settings import school_settings
from dekaan.overview.views.staff import staff_change, staff_new

__all__ = [
    "account_new",
    "exports_seen",
    "factor_reset",
    "factor_reset_agree",
    "factor_reset_stop",
    "home",
    "pupil_record",
    "role_confirm",
    "role_decline",
    "role_end",
    "role_list",
    "role_meanings",
    "role_new",
    "role_review",
    "role_review_done",
    "school_settings",
    "search",
    "staff_change",
    "staff_new",
]
