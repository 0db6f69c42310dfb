"""Addresses of the programme."""

from django.urls import path

from dekaan.programme import views

urlpatterns = [
    path("", views.programme_calendar, name="programme-calendar"),
    path("planner/", views.programme_planner, name="programme-planner"),
    path("planner/cell/", views.planner_cell, name="planner-cell"),
    path("calendar/", views.school_calendar, name="school-calendar"),
    path("calendar/new/", views.calendar_entry_new, name="calendar-entry-new"),
    path("calendar/<int:academic_year>/term-dates/", views.term_dates_change, name="term-dates-change"),
    path("calendar/entries/<int:calendar_entry_id>/", views.calendar_entry_change, name="calendar-entry-change"),
    path("calendar/entries/<int:calendar_entry_id>/remove/", views.calendar_entry_remove, name="calendar-entry-remove"),
    path("templates/", views.template_list, name="template-list"),
    path("templates/starting/<slug:starter_key>/", views.starter_plan, name="starter-plan"),
    path("templates/<int:activity_template_id>/", views.template_plan, name="template-plan"),
    path("templates/<int:activity_template_id>/change/", views.template_change, name="template-change"),
    path("templates/<int:activity_template_id>/remove/", views.template_remove, name="template-remove"),
    path("activities/<int:activity_id>/keep/", views.template_keep, name="template-keep"),
    path("carousels/", views.carousel_list, name="carousel-list"),
    path("carousels/new/", views.carousel_new, name="carousel-new"),
    path("carousels/<int:carousel_id>/", views.carousel_detail, name="carousel-detail"),
    path("carousels/<int:carousel_id>/print/", views.carousel_print, name="carousel-print"),
    path("carousels/<int:carousel_id>/happened/", views.carousel_happened, name="carousel-happened"),
    path("carousels/<int:carousel_id>/undo/", views.carousel_undo, name="carousel-undo"),
    path("roll-forward/", views.roll_forward, name="roll-forward"),
    path("roll-forward/<int:roll_forward_id>/", views.roll_forward_receipt, name="roll-forward-receipt"),
    path("roll-forward/<int:roll_forward_id>/undo/", views.roll_forward_undo, name="roll-forward-undo"),
    path("your-calendar/", views.own_calendar, name="own-calendar"),
    path("your-calendar/new/", views.own_calendar_renew, name="own-calendar-renew"),
    path("your-calendar/end/", views.own_calendar_end, name="own-calendar-end"),
    path("print/", views.programme_print, name="programme-print"),
    path("visitors/", views.visitor_sheet, name="visitor-sheet"),
    path("sessions/", views.session_list, name="session-list"),
    path("activities/new/", views.activity_new, name="activity-new"),
    path("unplanned/", views.session_unplanned, name="session-unplanned"),
    path("activities/<int:activity_id>/", views.activity_detail, name="activity-detail"),
    path("activities/<int:activity_id>/change/", views.activity_change, name="activity-change"),
    path("activities/<int:activity_id>/briefing/", views.briefing_change, name="briefing-change"),
    path("activities/<int:activity_id>/meaning/", views.activity_meaning, name="activity-meaning"),
    path("activities/<int:activity_id>/session/", views.session_new, name="session-new"),
    path("sessions/<int:session_id>/", views.session_detail, name="session-detail"),
    path("sessions/<int:session_id>/happened/", views.session_happened, name="session-happened"),
    path("sessions/<int:session_id>/undo/", views.session_undo, name="session-undo"),
    path("sessions/<int:session_id>/absences/", views.session_absences, name="session-absences"),
    path("sessions/<int:session_id>/register/", views.session_register, name="session-register"),
    path("sessions/<int:session_id>/register/print/", views.session_register_print, name="session-register-print"),
    path("sessions/<int:session_id>/briefing/", views.session_briefing, name="session-briefing"),
    path("sessions/<int:session_id>/catch-up/", views.catch_up_new, name="catch-up-new"),
    path("sessions/<int:session_id>/change/", views.session_change, name="session-change"),
    path("sessions/<int:session_id>/meaning/", views.session_meaning, name="session-meaning"),
    path("sessions/<int:session_id>/meaning/ask/", views.session_meaning_ask, name="session-meaning-ask"),
    path("sessions/<int:session_id>/put-back/", views.session_put_back, name="session-put-back"),
    path("sessions/<int:session_id>/cancel/", views.session_cancel, name="session-cancel"),
    path("sessions/<int:session_id>/pupils/<int:pupil_id>/invite/", views.session_invite, name="session-invite"),
    path("sessions/<int:session_id>/pupils/<int:pupil_id>/", views.session_correct, name="session-correct"),
    path(
        "sessions/<int:session_id>/staff/<int:staff_member_id>/",
        views.session_correct_staff,
        name="session-correct-staff",
    ),
    path("sessions/<int:session_id>/carers/<int:carer_id>/", views.session_correct_carer, name="session-correct-carer"),
]

# Of the further rooms of the programme: each begins with the room's own word.
rooms = [
    path("clashes/", views.clash_list, name="clash-list"),
    path("clashes/timetable/", views.timetable_load, name="timetable-load"),
    path("learning/", views.learning_coverage, name="learning-coverage"),
    path("learning/outcomes/", views.outcome_list, name="outcome-list"),
    path("learning/outcomes/<int:learning_outcome_id>/", views.outcome_change, name="outcome-change"),
    path("learning/outcomes/<int:learning_outcome_id>/retire/", views.outcome_retire, name="outcome-retire"),
    path("learning/outcomes/<int:learning_outcome_id>/back/", views.outcome_bring_back, name="outcome-bring-back"),
    path("learning/activities/<int:activity_id>/", views.activity_learning_change, name="activity-learning-change"),
]
# Outside any school, without signing in: a calendar, and whoever was at a session and says whether it was meaningful.
outside = [
    path("calendar/<slug:feed_key>.ics", views.calendar_feed, name="calendar-feed"),
    path("was-it-meaningful/said/", views.meaning_said, name="meaning-said"),
    path("was-it-meaningful/<slug:at_slug>/<slug:meaning_key>/", views.meaning_say, name="meaning-say"),
]
