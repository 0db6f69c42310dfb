"""Addresses of the trust, as it is seen from one of its schools."""

from django.urls import path

from dekaan.trusts import views

urlpatterns = [
    path("", views.trust_page, name="trust-page"),
    path("in-place/", views.trust_in_place, name="trust-in-place"),
    path("compass/", views.trust_compass, name="trust-compass"),
    path("clusters/", views.cluster_list, name="cluster-list"),
    path("clusters/new/", views.cluster_new, name="cluster-new"),
    path("clusters/<int:cluster_id>/change/", views.cluster_change, name="cluster-change"),
    path("clusters/<int:cluster_id>/remove/", views.cluster_remove, name="cluster-remove"),
    path("vision/", views.trust_vision, name="trust-vision"),
    path("vision/change/", views.trust_vision_change, name="trust-vision-change"),
    path("objectives/new/", views.trust_objective_new, name="trust-objective-new"),
    path("objectives/<int:trust_objective_id>/change/", views.trust_objective_change, name="trust-objective-change"),
    path("objectives/<int:trust_objective_id>/take/", views.trust_objective_take, name="trust-objective-take"),
    path("objectives/<int:trust_objective_id>/leave/", views.trust_objective_leave, name="trust-objective-leave"),
    path("offered/", views.trust_item_list, name="trust-item-list"),
    path("offered/new/", views.trust_item_new, name="trust-item-new"),
    path("offered/<int:trust_item_id>/", views.trust_item_detail, name="trust-item-detail"),
    path("offered/<int:trust_item_id>/change/", views.trust_item_change, name="trust-item-change"),
    path("offered/<int:trust_item_id>/take/", views.trust_item_take, name="trust-item-take"),
    path("taken/<int:taken_item_id>/change/", views.taken_item_change, name="taken-item-change"),
    path("taken/<int:taken_item_id>/newer/", views.taken_item_newer, name="taken-item-newer"),
    path("taken/<int:taken_item_id>/keep/", views.taken_item_keep, name="taken-item-keep"),
    path("visits/", views.support_visit_list, name="support-visit-list"),
    path("visits/new/", views.support_visit_new, name="support-visit-new"),
    path("visits/<int:support_visit_id>/change/", views.support_visit_change, name="support-visit-change"),
    path("visits/steps/<int:visit_step_id>/done/", views.visit_step_done, name="visit-step-done"),
    path("visits/steps/<int:visit_step_id>/open/", views.visit_step_open, name="visit-step-open"),
    path("names/", views.names_grant_list, name="names-grant-list"),
    path("names/new/", views.names_grant_new, name="names-grant-new"),
    path("names/<int:names_grant_id>/end/", views.names_grant_end, name="names-grant-end"),
    path("names/of/<str:criterion_id>/", views.trust_names, name="trust-names"),
]
