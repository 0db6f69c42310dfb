"""Addresses of the Compass twin."""

from django.urls import path

from dekaan.compass import views

urlpatterns = [
    path("compass/", views.compass_review, name="compass-review"),
    path("compass/history/", views.compass_history, name="compass-history"),
    path("compass/real/", views.compass_result_new, name="compass-result-new"),
    path("compass/schools/", views.compass_schools, name="compass-schools"),
    path("compass/keep/", views.compass_keep, name="compass-keep"),
    path("compass/kept/<int:self_evaluation_id>/", views.compass_sheet, name="compass-sheet"),
    path("compass/<str:question_set_id>/<str:question_id>/", views.compass_question, name="compass-question"),
    path("compass/<str:question_set_id>/<str:question_id>/answer/", views.compass_answer, name="compass-answer"),
    path(
        "compass/<str:question_set_id>/<str:question_id>/as-recorded/",
        views.compass_as_recorded,
        name="compass-as-recorded",
    ),
    path("compass/<str:question_set_id>/<str:question_id>/pupils/", views.compass_pupils, name="compass-pupils"),
]
