"""Addresses of lists. A sentence stands in the address, whom it finds never does."""

from django.urls import path

from dekaan.lists import views

urlpatterns = [
    path("", views.sentence_list, name="sentence-list"),
    path("found/", views.sentence_found, name="sentence-found"),
    path("found/export/", views.sentence_export, name="sentence-export"),
    path("found/plan/", views.sentence_plan, name="sentence-plan"),
    path("found/keep/", views.saved_list_keep, name="saved-list-keep"),
    path("<int:saved_list_id>/", views.saved_list_detail, name="saved-list-detail"),
    path("<int:saved_list_id>/share/", views.saved_list_share, name="saved-list-share"),
    path("<int:saved_list_id>/mend/", views.saved_list_mend, name="saved-list-mend"),
    path("<int:saved_list_id>/remove/", views.saved_list_remove, name="saved-list-remove"),
    path("<int:saved_list_id>/put-back/", views.saved_list_put_back, name="saved-list-put-back"),
]
