"""Addresses of leavers and of one person's destinations, within a school."""

from django.urls import path

from dekaan.destinations import views

OF_A_PERSON = "pupils/<int:pupil_id>/destinations/"
OF_A_STATEMENT = "pupils/destinations/<int:statement_id>/"

urlpatterns = [
    path("intentions/", views.intention_grid, name="intention-grid"),
    path("intentions/sheet/", views.intention_sheet, name="intention-sheet"),
    path("intentions/type-back/", views.intention_type, name="intention-type"),
    path("intentions/undo/", views.intention_undo, name="intention-undo"),
    path("intentions/september-guarantee/", views.september_guarantee, name="september-guarantee"),
    path("intentions/september-guarantee/export/", views.september_guarantee_export, name="september-guarantee-export"),
    path("where-they-went/", views.destination_picture, name="destination-picture"),
    path("leavers/", views.leaver_list, name="leaver-list"),
    path("leavers/calls/", views.destination_call_grid, name="destination-call-grid"),
    path("leavers/calls/undo/", views.destination_call_undo, name="destination-call-undo"),
    path("leavers/ask/", views.asking_new, name="asking-new"),
    path("leavers/asked/<int:asking_id>/", views.asking_detail, name="asking-detail"),
    path("leavers/asked/<int:asking_id>/take-back/", views.asking_undo, name="asking-undo"),
    path("leavers/asked/<int:asking_id>/stop/", views.asking_stop, name="asking-stop"),
    path(OF_A_PERSON, views.destination_detail, name="destination-detail"),
    path(f"{OF_A_PERSON}new/", views.statement_new, name="statement-new"),
    path(f"{OF_A_PERSON}wish/", views.wish_new, name="wish-new"),
    path(f"{OF_A_STATEMENT}correct/", views.statement_correct, name="statement-correct"),
    path(f"{OF_A_STATEMENT}checked/", views.statement_verify, name="statement-verify"),
    path(f"{OF_A_STATEMENT}holds/", views.statement_hold, name="statement-hold"),
    path(f"{OF_A_STATEMENT}take-back/", views.statement_withdraw, name="statement-withdraw"),
]

# For whoever was asked by a letter, and has no account.
without_account = [
    path("thank-you/", views.asked_thanks, name="asked-thanks"),
    path("<slug:at_slug>/<slug:asked_key>/", views.asked_answer, name="asked-answer"),
]
