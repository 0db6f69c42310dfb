from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    """See the area's docstring."""

    name = "dekaan.benchmarks"
