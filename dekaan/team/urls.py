"""Addresses of the team and of who does what, within a school; each begins with its room's own word."""

from django.urls import path

from dekaan.team import views

urlpatterns = [
    path("team/", views.team_page, name="team-page"),
    path("team/start/", views.team_start, name="team-start"),
    path("team/start/receipt/", views.team_receipt, name="team-receipt"),
    path("team/model/", views.team_model_change, name="team-model-change"),
    path("team/people/", views.team_people_change, name="team-people-change"),
    path("team/needs/", views.team_needs_change, name="team-needs-change"),
    path("team/time/", views.team_time_change, name="team-time-change"),
    path("team/posts/new/", views.post_new, name="post-new"),
    path("team/posts/<int:post_id>/", views.post_change, name="post-change"),
    path("team/posts/<int:post_id>/terms/", views.terms_change, name="terms-change"),
    path("responsibilities/", views.responsibility_list, name="responsibility-list"),
    path("responsibilities/change/", views.responsibilities_change, name="responsibilities-change"),
    path("responsibilities/meaning/", views.meaning_list, name="meaning-list"),
    path("responsibilities/meaning/<slug:meaning_key>/", views.meaning_page, name="meaning-page"),
    path("responsibilities/meaning/<slug:meaning_key>/read/", views.meaning_acknowledge, name="meaning-acknowledge"),
    path("responsibilities/job-description/", views.job_description, name="job-description"),
    path("responsibilities/job-description/agree/", views.job_description_agree, name="job-description-agree"),
    path("responsibilities/job-description/word/", views.job_description_word, name="job-description-word"),
    path("responsibilities/job-description/pdf/", views.job_description_pdf, name="job-description-pdf"),
    path("team/training/", views.training_list, name="training-list"),
    path("team/training/new/", views.training_new, name="training-new"),
    path("team/training/<int:training_id>/", views.training_change, name="training-change"),
    path("team/training/<int:training_id>/remove/", views.training_remove, name="training-remove"),
    path("team/colleagues/<int:staff_member_id>/", views.colleague_development, name="colleague-development"),
    path("team/colleagues/<int:staff_member_id>/background/", views.profile_change, name="profile-change"),
    path("team/colleagues/<int:staff_member_id>/usual/", views.needs_usual_add, name="needs-usual-add"),
    path("team/colleagues/<int:staff_member_id>/learn/", views.need_new, name="need-new"),
    path("team/learn/<int:development_need_id>/", views.need_change, name="need-change"),
    path("team/colleagues/<int:staff_member_id>/network/", views.network_new, name="network-new"),
    path("team/networks/<int:network_joined_id>/", views.network_change, name="network-change"),
]
