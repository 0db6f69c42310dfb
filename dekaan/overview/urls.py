"""Home, search, a pupil's record, a colleague, the school's settings."""

from django.urls import path

from dekaan.overview import views

urlpatterns = [
    path("", views.home, name="home"),
    path("exports-seen/", views.exports_seen, name="exports-seen"),
    path("search/", views.search, name="search"),
    path("pupils/<int:pupil_id>/", views.pupil_record, name="pupil-record"),
    path("staff/new/", views.staff_new, name="staff-new"),
    path("staff/<int:staff_member_id>/", views.staff_change, name="staff-change"),
    path("settings/", views.school_settings, name="school-settings"),
    path("settings/roles/", views.role_list, name="role-list"),
    path("settings/roles/new/", views.role_new, name="role-new"),
    path("settings/accounts/new/", views.account_new, name="account-new"),
    path("settings/roles/review/", views.role_review, name="role-review"),
    path("settings/roles/review/done/", views.role_review_done, name="role-review-done"),
    path("settings/roles/meanings/", views.role_meanings, name="role-meanings"),
    path("settings/roles/<int:assignment_id>/end/", views.role_end, name="role-end"),
    path("settings/roles/<int:assignment_id>/confirm/", views.role_confirm, name="role-confirm"),
    path("settings/roles/<int:assignment_id>/decline/", views.role_decline, name="role-decline"),
    path("settings/roles/<int:assignment_id>/factor-reset/", views.factor_reset, name="factor-reset"),
    path("settings/roles/<int:assignment_id>/factor-reset/agree/", views.factor_reset_agree, name="factor-reset-agree"),
    path("settings/roles/<int:assignment_id>/factor-reset/stop/", views.factor_reset_stop, name="factor-reset-stop"),
]
