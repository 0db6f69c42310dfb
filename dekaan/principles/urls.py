"""The six key principles and the milestones."""

from django.urls import path

from dekaan.principles import views

urlpatterns = [
    path("principles/", views.principle_list, name="principle-list"),
    path("milestones/", views.milestone_list, name="milestone-list"),
]
