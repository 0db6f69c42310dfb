"""The school's website as it stands."""

from django.urls import path

from dekaan.website import views

urlpatterns = [
    path("", views.website, name="website"),
    path("check/", views.website_check_now, name="website-check-now"),
    path("saved/", views.website_saved, name="website-saved"),
    path("address/", views.website_change, name="website-change"),
    path("checks/<int:website_check_id>/", views.website_check, name="website-check"),
    path("checks/<int:website_check_id>/set-aside/", views.website_set_aside, name="website-set-aside"),
    path("checks/<int:website_check_id>/count-again/", views.website_count_again, name="website-count-again"),
]
