"""Every address. A school's own addresses begin with its slug."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dekaan.access.urls")),
]
