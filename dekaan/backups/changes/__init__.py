"""Writes, each a named event: a backup made, tried in a drill, put in place, gone back from, finished where it was cut short."""

from dekaan.backups.changes.drilling import Drilled, drill
from dekaan.backups.changes.making import Made, back_up, tidy
from dekaan.backups.changes.restoring import Restored, finish, forget_kept, go_back, restore
from dekaan.backups.keys import Pair, make_pair
from dekaan.backups.refusals import Refusal

__all__ = [
    "Drilled",
    "Made",
    "Pair",
    "Refusal",
    "Restored",
    "back_up",
    "drill",
    "finish",
    "forget_kept",
    "go_back",
    "make_pair",
    "restore",
    "tidy",
]
