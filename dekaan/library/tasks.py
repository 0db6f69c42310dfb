"""What the worker does for the library: looks at its links, and asks services."""

from django_tasks import task

from dekaan.library import changes


@task()
def look_at_links(school_id: int, round_id: int) -> None:
    """Look at every link of the school's library."""
    changes.look_at_links(school_id, round_id)


@task()
def look_up_occupation(school_id: int, service_key: str, code: str) -> None:  # noqa: ARG001 whose job it is
    """Ask a public service about an occupation."""
    changes.make_look_up(service_key, code)
