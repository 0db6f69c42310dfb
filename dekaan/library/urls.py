"""Addresses of the information library, within a school; and of the public links."""

from django.urls import path

from dekaan.library import views

urlpatterns = [
    path("", views.resource_list, name="resource-list"),
    path("new/", views.resource_new, name="resource-new"),
    path("starters/", views.resource_starters, name="resource-starters"),
    path("links-check/", views.resource_links_check, name="resource-links-check"),
    path("use/", views.resource_use_new, name="resource-use-new"),
    path("reach/", views.library_reach, name="library-reach"),
    path("occupations/", views.occupation_list, name="occupation-list"),
    path("occupations/<int:occupation_key>/", views.occupation_detail, name="occupation-detail"),
    path("occupations/<int:occupation_key>/look-up/", views.occupation_look_up, name="occupation-look-up"),
    path("services/", views.look_up_services, name="look-up-services"),
    path("destinations/", views.destination_measures, name="destination-measures"),
    path("activities/<int:activity_id>/", views.activity_resources_change, name="activity-resources-change"),
    path("<int:resource_id>/", views.resource_detail, name="resource-detail"),
    path("<int:resource_id>/change/", views.resource_change, name="resource-change"),
    path("<int:resource_id>/reviewed/", views.resource_reviewed, name="resource-reviewed"),
]

# For whoever opens a resource by its public link, and has no account: outside any school's own addresses.
without_account = [
    path("<slug:at_slug>/<int:resource_key>/", views.resource_go, name="resource-go"),
    path("<slug:at_slug>/<int:resource_key>/on/", views.resource_on, name="resource-on"),
]
