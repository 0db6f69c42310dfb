"""Pupils, tutor groups, parents and carers, staff."""

from django.urls import path

from dekaan.people import views

urlpatterns = [
    path("pupils/", views.pupil_list, name="pupil-list"),
    path("pupils/tutor-groups/", views.tutor_group_list, name="tutor-group-list"),
    path("pupils/tutor-groups/<int:group_id>/", views.tutor_group, name="tutor-group"),
    path("pupils/cohort/", views.cohort_list, name="cohort-list"),
    path("pupils/<int:pupil_id>/change/", views.pupil_change, name="pupil-change"),
    path("pupils/<int:pupil_id>/leave/", views.pupil_leave, name="pupil-leave"),
    path("pupils/<int:pupil_id>/stay/", views.pupil_stay, name="pupil-stay"),
    path("pupils/<int:pupil_id>/return/", views.pupil_return, name="pupil-return"),
    path("pupils/<int:pupil_id>/carers/new/", views.carer_new, name="carer-new"),
    path("pupils/carers/<int:carer_of_id>/", views.carer_change, name="carer-change"),
    path("pupils/carers/<int:carer_of_id>/remove/", views.carer_remove, name="carer-remove"),
    path("pupils/carers/<int:carer_of_id>/restrict/", views.contact_restrict, name="contact-restrict"),
    path("pupils/restricted-contacts/<int:restricted_contact_id>/lift/", views.contact_lift, name="contact-lift"),
    path("staff/", views.staff_list, name="staff-list"),
    path("staff/<int:staff_member_id>/account/", views.staff_link, name="staff-link"),
    path("staff/<int:staff_member_id>/account/undo/", views.staff_unlink, name="staff-unlink"),
]
