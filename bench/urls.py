"""Dekaan's own addresses and the floors beside them."""

from django.urls import include, path

from bench import floor

urlpatterns = [
    path("floor/row/", floor.one_row),
    path("<slug:school_slug>/floor/rows/<int:how_many>/", floor.rows),
    path("<slug:school_slug>/floor/anti-join/", floor.anti_join),
    path("<slug:school_slug>/floor/insert/<int:how_many>/", floor.bare_insert),
    path("", include("dekaan.urls")),
]
