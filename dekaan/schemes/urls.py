"""Addresses of schemes of work and of observations, within a school; each begins with its room's own word."""

from django.urls import path

from dekaan.schemes import views

urlpatterns = [
    path("schemes/", views.scheme_list, name="scheme-list"),
    path("schemes/new/", views.scheme_new, name="scheme-new"),
    path("schemes/<int:scheme_id>/", views.scheme_detail, name="scheme-detail"),
    path("schemes/<int:scheme_id>/change/", views.scheme_change, name="scheme-change"),
    path("schemes/<int:scheme_id>/lesson/", views.scheme_lesson_new, name="scheme-lesson-new"),
    path("schemes/lessons/<int:scheme_lesson_id>/change/", views.scheme_lesson_change, name="scheme-lesson-change"),
    path("schemes/lessons/<int:scheme_lesson_id>/up/", views.scheme_lesson_up, name="scheme-lesson-up"),
    path("schemes/lessons/<int:scheme_lesson_id>/remove/", views.scheme_lesson_remove, name="scheme-lesson-remove"),
    path("schemes/lessons/<int:scheme_lesson_id>/plan/", views.scheme_lesson_plan, name="scheme-lesson-plan"),
    path("observations/", views.observation_list, name="observation-list"),
    path("observations/new/", views.observation_new, name="observation-new"),
    path("observations/<int:observation_id>/", views.observation_detail, name="observation-detail"),
    path("observations/<int:observation_id>/change/", views.observation_change, name="observation-change"),
    path("observations/<int:observation_id>/done/", views.observation_done, name="observation-done"),
    path("observations/<int:observation_id>/drop/", views.observation_drop, name="observation-drop"),
    path("observations/<int:observation_id>/follow/", views.observation_follow, name="observation-follow"),
    path("observations/<int:observation_id>/remove/", views.observation_remove, name="observation-remove"),
]
