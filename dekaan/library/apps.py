"""The area as Django knows it."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The information library."""

    name = "dekaan.library"
