"""Pupils, tutor groups and staff."""

from django.urls import path

from dekaan.people import views

urlpatterns = [
    path("pupils/", views.pupil_list, name="pupil-list"),
    path("pupils/tutor-groups/", views.tutor_group_list, name="tutor-group-list"),
    path("pupils/tutor-groups/<int:group_id>/", views.tutor_group, name="tutor-group"),
    path("staff/", views.staff_list, name="staff-list"),
    path("staff/<int:staff_member_id>/account/", views.staff_link, name="staff-link"),
    path("staff/<int:staff_member_id>/account/undo/", views.staff_unlink, name="staff-unlink"),
]
