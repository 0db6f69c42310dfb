"""Imports."""

from django.urls import path

from dekaan.exchange import views

urlpatterns = [
    path("imports/", views.import_list, name="import-list"),
    path("imports/absences/", views.absences_upload, name="absences-upload"),
    path("imports/upload/", views.import_upload, name="import-upload"),
    path("imports/new-year/", views.import_new_year, name="import-new-year"),
    path("sheets-out/", views.outgoing_sheet_list, name="outgoing-sheet-list"),
    path("sheets-out/<int:outgoing_sheet_id>/", views.outgoing_sheet_detail, name="outgoing-sheet-detail"),
    path("sheets-out/<int:outgoing_sheet_id>/change/", views.outgoing_sheet_change, name="outgoing-sheet-change"),
    path("sheets-out/<int:outgoing_sheet_id>/export/", views.outgoing_sheet_export, name="outgoing-sheet-export"),
    path("sheets-out/<int:outgoing_sheet_id>/remove/", views.outgoing_sheet_remove, name="outgoing-sheet-remove"),
    path("imports/<int:import_id>/", views.import_progress, name="import-progress"),
    path("imports/<int:import_id>/columns/", views.import_columns, name="import-columns"),
    path("imports/<int:import_id>/preview/", views.import_preview, name="import-preview"),
    path("imports/<int:import_id>/again/", views.import_again, name="import-again"),
    path("imports/<int:import_id>/taken-as/", views.import_taken_as, name="import-taken-as"),
    path("imports/<int:import_id>/confirm/", views.import_confirm, name="import-confirm"),
    path("imports/<int:import_id>/receipt/", views.import_receipt, name="import-receipt"),
    path("imports/<int:import_id>/undo/", views.import_undo, name="import-undo"),
    path("imports/<int:import_id>/abandon/", views.import_abandon, name="import-abandon"),
]
