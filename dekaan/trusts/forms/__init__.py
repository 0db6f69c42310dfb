"""What may be typed of a trust: its clusters, vision, what it offers, visits, and who may read names."""

from dekaan.trusts.forms.granting import NewGrant
from dekaan.trusts.forms.offering import ItemDetails, OwnWords, item_form
from dekaan.trusts.forms.saying import ClusterDetails, HowTaken, ObjectiveDetails, VisionDetails
from dekaan.trusts.forms.visiting import ChangedVisit, NewVisit

__all__ = [
    "ChangedVisit",
    "ClusterDetails",
    "HowTaken",
    "ItemDetails",
    "NewGrant",
    "NewVisit",
    "ObjectiveDetails",
    "OwnWords",
    "VisionDetails",
    "item_form",
]
