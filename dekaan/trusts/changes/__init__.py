"""What happens between a trust and its schools: said by the trust, taken by a school, looked at on a visit, granted."""

from dekaan.trusts.changes.clusters import change_cluster, make_cluster, remove_cluster
from dekaan.trusts.changes.grants import NobodyOfTheTrust, TooLong, grant_names, take_grant_back
from dekaan.trusts.changes.items import (
    NothingNewer,
    TakenAlready,
    change_item,
    change_taken,
    keep_own,
    offer_item,
    take_item,
    take_newer,
)
from dekaan.trusts.changes.visions import (
    add_objective,
    change_objective,
    leave_objective,
    say_vision,
    take_objective,
)
from dekaan.trusts.changes.visits import change_visit, finish_step, log_visit, reopen_step

__all__ = [
    "NobodyOfTheTrust",
    "NothingNewer",
    "TakenAlready",
    "TooLong",
    "add_objective",
    "change_cluster",
    "change_item",
    "change_objective",
    "change_taken",
    "change_visit",
    "finish_step",
    "grant_names",
    "keep_own",
    "leave_objective",
    "log_visit",
    "make_cluster",
    "offer_item",
    "remove_cluster",
    "reopen_step",
    "say_vision",
    "take_grant_back",
    "take_item",
    "take_newer",
    "take_objective",
]
