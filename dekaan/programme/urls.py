"""Addresses of the programme."""

from django.urls import path

from dekaan.programme import views

urlpatterns = [
    path("", views.programme_calendar, name="programme-calendar"),
    path("sessions/", views.session_list, name="session-list"),
    path("activities/new/", views.activity_new, name="activity-new"),
    path("unplanned/", views.session_unplanned, name="session-unplanned"),
    path("activities/<int:activity_id>/", views.activity_detail, name="activity-detail"),
    path("activities/<int:activity_id>/change/", views.activity_change, name="activity-change"),
    path("activities/<int:activity_id>/session/", views.session_new, name="session-new"),
    path("sessions/<int:session_id>/", views.session_detail, name="session-detail"),
    path("sessions/<int:session_id>/happened/", views.session_happened, name="session-happened"),
    path("sessions/<int:session_id>/undo/", views.session_undo, name="session-undo"),
    path("sessions/<int:session_id>/absences/", views.session_absences, name="session-absences"),
    path("sessions/<int:session_id>/register/", views.session_register, name="session-register"),
    path("sessions/<int:session_id>/register/print/", views.session_register_print, name="session-register-print"),
    path("sessions/<int:session_id>/catch-up/", views.catch_up_new, name="catch-up-new"),
    path("sessions/<int:session_id>/change/", views.session_change, name="session-change"),
    path("sessions/<int:session_id>/put-back/", views.session_put_back, name="session-put-back"),
    path("sessions/<int:session_id>/cancel/", views.session_cancel, name="session-cancel"),
    path("sessions/<int:session_id>/pupils/<int:pupil_id>/", views.session_correct, name="session-correct"),
    path(
        "sessions/<int:session_id>/staff/<int:staff_member_id>/",
        views.session_correct_staff,
        name="session-correct-staff",
    ),
    path("sessions/<int:session_id>/carers/<int:carer_id>/", views.session_correct_carer, name="session-correct-carer"),
]
