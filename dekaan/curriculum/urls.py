"""Addresses of the curriculum map, within a school; and of the door for those without an account."""

from django.urls import path

from dekaan.curriculum import views

urlpatterns = [
    path("", views.curriculum_map, name="curriculum-map"),
    path("subjects/new/", views.subject_new, name="subject-new"),
    path("subjects/<int:subject_id>/", views.subject_detail, name="subject-detail"),
    path("subjects/<int:subject_id>/change/", views.subject_change, name="subject-change"),
    path("links/new/", views.curriculum_link_new, name="curriculum-link-new"),
    path("links/<int:curriculum_link_id>/change/", views.curriculum_link_change, name="curriculum-link-change"),
    path("links/<int:curriculum_link_id>/accept/", views.curriculum_link_accept, name="curriculum-link-accept"),
    path("links/<int:curriculum_link_id>/refuse/", views.curriculum_link_refuse, name="curriculum-link-refuse"),
    path("links/<int:curriculum_link_id>/put-back/", views.curriculum_link_put_back, name="curriculum-link-put-back"),
    path("code/", views.link_door, name="link-door"),
]

# For whoever proposes a link by the code, and has no account: outside any school's own addresses.
without_account = [
    path("sent/", views.link_proposed, name="link-proposed"),
    path("<slug:at_slug>/<slug:link_key>/", views.link_propose, name="link-propose"),
]
