"""The trust's screens, each seen from one school of it."""

from dekaan.trusts.views.clusters import cluster_change, cluster_list, cluster_new, cluster_remove
from dekaan.trusts.views.comparing import trust_compass, trust_in_place, trust_page
from dekaan.trusts.views.granting import names_grant_end, names_grant_list, names_grant_new, trust_names
from dekaan.trusts.views.offering import (
    taken_item_change,
    taken_item_keep,
    taken_item_newer,
    trust_item_change,
    trust_item_detail,
    trust_item_list,
    trust_item_new,
    trust_item_take,
)
from dekaan.trusts.views.vision import (
    trust_objective_change,
    trust_objective_leave,
    trust_objective_new,
    trust_objective_take,
    trust_vision,
    trust_vision_change,
)
from dekaan.trusts.views.visiting import (
    support_visit_change,
    support_visit_list,
    support_visit_new,
    visit_step_done,
    visit_step_open,
)

__all__ = [
    "cluster_change",
    "cluster_list",
    "cluster_new",
    "cluster_remove",
    "names_grant_end",
    "names_grant_list",
    "names_grant_new",
    "support_visit_change",
    "support_visit_list",
    "support_visit_new",
    "taken_item_change",
    "taken_item_keep",
    "taken_item_newer",
    "trust_compass",
    "trust_in_place",
    "trust_item_change",
    "trust_item_detail",
    "trust_item_list",
    "trust_item_new",
    "trust_item_take",
    "trust_names",
    "trust_objective_change",
    "trust_objective_leave",
    "trust_objective_new",
    "trust_objective_take",
    "trust_page",
    "trust_vision",
    "trust_vision_change",
    "visit_step_done",
    "visit_step_open",
]
