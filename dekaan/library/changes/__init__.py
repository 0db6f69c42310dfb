"""What happens in the library, by what it is done to."""

from dekaan.library.changes.links import RoundUnderWay, ask_for_look, ask_weekly_look, forget_old_rounds, look_at_links
from dekaan.library.changes.loading import NotPublished, load_destinations, load_occupations
from dekaan.library.changes.looking_up import NotSwitchedOn, ask_about, make_look_up
from dekaan.library.changes.resources import (
    NotAnAddress,
    add_resource,
    add_starters,
    change_resource,
    review_resource,
)
from dekaan.library.changes.using import choose_resources, record_use
from dekaan.library.changes.visits import count_press, forget_old_presses

__all__ = [
    "NotAnAddress",
    "NotPublished",
    "NotSwitchedOn",
    "RoundUnderWay",
    "add_resource",
    "add_starters",
    "ask_about",
    "ask_for_look",
    "ask_weekly_look",
    "change_resource",
    "choose_resources",
    "count_press",
    "forget_old_presses",
    "forget_old_rounds",
    "load_destinations",
    "load_occupations",
    "look_at_links",
    "make_look_up",
    "record_use",
    "review_resource",
]
