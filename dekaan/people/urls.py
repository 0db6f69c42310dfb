"""Pupils and tutor groups."""

from django.urls import path

from dekaan.people import views

urlpatterns = [
    path("pupils/", views.pupil_list, name="pupil-list"),
    path("pupils/tutor-groups/", views.tutor_group_list, name="tutor-group-list"),
    path("pupils/tutor-groups/<int:group_id>/", views.tutor_group, name="tutor-group"),
]
