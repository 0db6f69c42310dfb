"""What the worker does for the website: visits it, as asked for or as each week."""

from django_tasks import task

from dekaan.website import changes


@task()
def visit_website(school_id: int, check_id: int) -> None:
    """Visit the school's website for that check, and keep what was found."""
    changes.make_check(school_id, check_id)
