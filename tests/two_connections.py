"""Two people press in one moment, on PostgreSQL: each has a connection of its own, and nothing depends on luck."""

import threading
import time
from collections.abc import Callable

from django.db import connection, connections, transaction

from dekaan.core.scope import working_in
from dekaan.schools.models import School

LONG = 20  # seconds within which anything here has happened


def meanwhile(school: School, first: Callable, second: Callable, *, before: str) -> None:
    """`first` stops before its first statement with those words, and goes on once `second` is done or waits for it.

    What either raises is raised here.
    """
    is_there, is_done, raised = threading.Event(), threading.Event(), []

    def stops(execute, sql, params, many, context):
        if before in sql and not is_there.is_set():
            is_there.set()
            _until(lambda: is_done.is_set() or _somebody_waits())
        return execute(sql, params, many, context)

    def run(does, *, is_first):
        try:
            if is_first:
                with connection.execute_wrapper(stops):
                    _in_one(school, does)
            else:
                assert is_there.wait(LONG), f"nobody was about to do: {before}"
                _in_one(school, does)
        except Exception as error:  # noqa: BLE001 told in the thread that waits for both
            raised.append(error)
        finally:
            if not is_first:
                is_done.set()
            connections.close_all()

    both = [threading.Thread(target=run, args=(each,), kwargs={"is_first": each is first}) for each in (first, second)]
    for each in both:
        each.start()
    for each in both:
        each.join(LONG)
    for error in raised:
        raise error


def _in_one(school: School, does: Callable) -> None:
    with transaction.atomic(), working_in(school):
        does()


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
        return cursor.fetchone() is not None
