"""Addresses of feedback, within a school."""

from django.urls import path

from dekaan.quality import views

urlpatterns = [
    path("", views.feedback_list, name="feedback-list"),
    path("ask/", views.collection_new, name="collection-new"),
    path("<int:collection_id>/", views.collection_detail, name="collection-detail"),
    path("<int:collection_id>/change/", views.collection_change, name="collection-change"),
    path("<int:collection_id>/new-link/", views.collection_renew, name="collection-renew"),
    path("<int:collection_id>/poster/", views.collection_poster, name="collection-poster"),
    path("<int:collection_id>/paper/", views.collection_paper, name="collection-paper"),
    path("<int:collection_id>/type/", views.collection_type, name="collection-type"),
    path("<int:collection_id>/words/", views.collection_words, name="collection-words"),
    path("words/<int:line_id>/out/", views.line_take_out, name="line-take-out"),
    path("activities/<int:activity_id>/", views.activity_feedback, name="activity-feedback"),
    path("pulse/", views.pulse_list, name="pulse-list"),
    path("questionnaires/", views.questionnaire_list, name="questionnaire-list"),
    path("questionnaires/<slug:questionnaire_key>/change/", views.questionnaire_change, name="questionnaire-change"),
    path("evaluations/", views.evaluation_list, name="evaluation-list"),
    path("evaluations/new/", views.evaluation_new, name="evaluation-new"),
    path("evaluations/<int:evaluation_id>/", views.evaluation_detail, name="evaluation-detail"),
    path("evaluations/<int:evaluation_id>/change/", views.evaluation_change, name="evaluation-change"),
    path("evaluations/<int:evaluation_id>/differently/", views.improvement_new, name="improvement-new"),
    path("differently/<int:improvement_id>/change/", views.improvement_change, name="improvement-change"),
    path("differently/<int:improvement_id>/done/", views.improvement_done, name="improvement-done"),
]

# For those who answer by a link, and have no account: outside any school's own addresses.
without_account = [
    path("given/", views.answer_given, name="answer-given"),
    path("<slug:at_slug>/<slug:answer_key>/", views.answer_new, name="answer-new"),
]
