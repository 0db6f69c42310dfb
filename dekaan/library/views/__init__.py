"""The screens of the library, by what they are about."""

from dekaan.library.views.occupations import (
    destination_measures,
    look_up_services,
    occupation_detail,
    occupation_list,
    occupation_look_up,
)
from dekaan.library.views.public import resource_go, resource_on
from dekaan.library.views.resources import (
    resource_change,
    resource_detail,
    resource_links_check,
    resource_list,
    resource_new,
    resource_reviewed,
    resource_starters,
)
from dekaan.library.views.using import activity_resources_change, library_reach, resource_use_new

__all__ = [
    "activity_resources_change",
    "destination_measures",
    "library_reach",
    "look_up_services",
    "occupation_detail",
    "occupation_list",
    "occupation_look_up",
    "resource_change",
    "resource_detail",
    "resource_go",
    "resource_links_check",
    "resource_list",
    "resource_new",
    "resource_on",
    "resource_reviewed",
    "resource_starters",
    "resource_use_new",
]
