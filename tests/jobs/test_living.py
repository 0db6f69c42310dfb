"""Who is alive: a worker that is busy is not dead, one that was killed is, and what it had in hand is done once."""

import threading

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dekaan.core.scope import working_in
from dekaan.exchange import tasks
from dekaan.exchange.changes import Upload, start_import, take_up
from dekaan.exchange.models import ImportRun
from dekaan.jobs.changes import (
    TRIES,
    Doer,
    Watch,
    beat,
    begin_work,
    end_work,
    forget_done_jobs,
    free_jobs,
    keep_beating,
    try_failed_again,
)
from dekaan.jobs.models import Worker
from tests.exchange.lists import as_csv, pupils

pytestmark = pytest.mark.django_db


class Clock:
    """Shows what it is set to."""

    def __init__(self):
        self.shows = 1000.0

    def __call__(self):
        return self.shows


@pytest.fixture
def run(stock):
    """A list of Ashdown's that waits to be read."""
    content = as_csv(pupils(3)).encode()
    with working_in(stock.ashdown):
        return start_import(Upload("pupils.csv", len(content), [content]), kind="pupils", by=stock.priya)


def in_the_hand_of(worker, run, tries=1):
    """The job that reads the list, as a worker has taken it."""
    tasks.read_import.enqueue(run.school_id, run.pk)
    job = DBTaskResult.objects.get()
    job.worker_ids = ["somebody of before"] * (tries - 1)
    job.claim(worker.name)
    return job


def do_everything(worker):
    """What a worker does until nothing is left to do."""
    doer = Doer(worker)
    while job := DBTaskResult.objects.ready().first():
        job.claim(worker.name)
        doer.run_task(job)


def state_of(run):
    with working_in(run.school_id):
        return ImportRun.objects.get().state


def test_a_worker_that_says_nothing_for_a_lease_is_silent(db):
    quiet, busy, clock = begin_work(), begin_work(), Clock()
    watch = Watch(60, clock)
    for second in range(0, 60, 10):
        clock.shows = 1000 + second
        beat(busy)
        assert watch.silent() == set()
    clock.shows = 1060
    assert watch.silent() == {quiet.pk}


def test_nobody_is_silent_because_the_database_was_away(db):
    begin_work()
    clock = Clock()
    watch = Watch(60, clock)
    watch.silent()
    clock.shows += 300  # nobody could ask, and nobody could say
    assert watch.silent() == set()
    for _ in range(5):
        clock.shows += 10
        assert watch.silent() == set()


def test_a_worker_taken_for_dead_is_told(db):
    worker = begin_work()
    assert beat(worker)
    end_work(worker.pk)
    assert not beat(worker)


@pytest.mark.django_db(transaction=True)
def test_the_heart_beats_while_a_job_takes_long():
    worker, stop = begin_work(), threading.Event()
    Worker.objects.update(seen_at=timezone.now() - timezone.timedelta(hours=1))
    heart = threading.Thread(target=keep_beating, args=[worker, 0.3, stop])
    heart.start()
    seen = set()
    until = timezone.now() + timezone.timedelta(seconds=20)
    while len(seen) < 4 and timezone.now() < until:  # this thread is busy, as with a long job
        seen.add(Worker.objects.get().seen_at)
    stop.set()
    heart.join()
    assert len(seen) == 4
    assert Worker.objects.get().ended_at is None


def test_what_a_dead_worker_had_in_hand_is_taken_again_and_done_once(stock, run):
    dead = begin_work()
    job = in_the_hand_of(dead, run)
    assert free_jobs() == 0, "it lives"
    end_work(dead.pk)
    do_everything(begin_work())
    job.refresh_from_db()
    assert (job.status, len(job.worker_ids)) == (TaskResultStatus.SUCCESSFUL, 2)
    assert state_of(run) == "columns"


@pytest.mark.parametrize("statement", [1, 2])
def test_a_worker_that_begins_while_the_dead_are_looked_for_keeps_what_it_takes(stock, run, statement):
    dead = begin_work()
    job = in_the_hand_of(dead, run)
    Worker.objects.update(ended_at=timezone.now())
    seen = []

    def then_another_takes_it(execute, *asked):
        answer = execute(*asked)
        seen.append(asked)
        if len(seen) == statement:
            job.status, job.started_at = TaskResultStatus.READY, None
            job.claim(begin_work().name)
        return answer

    with connection.execute_wrapper(then_another_takes_it):
        assert free_jobs() == 0
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == (TaskResultStatus.RUNNING, [dead.name, Worker.objects.first().name])


def test_the_job_goes_on_at_once_with_a_list_that_it_had_begun(stock, run):
    dead = begin_work()
    job = in_the_hand_of(dead, run)
    with working_in(stock.ashdown):
        take_up(run.pk, "waiting")
        ImportRun.objects.update(leased_by=str(job.pk))
    end_work(dead.pk)
    do_everything(begin_work())
    assert state_of(run) == "columns"


def test_another_job_leaves_it_alone(stock, run):
    with working_in(stock.ashdown):
        take_up(run.pk, "waiting")
        ImportRun.objects.update(leased_by="another job")
    tasks.read_import.enqueue(run.school_id, run.pk)
    do_everything(begin_work())
    assert state_of(run) == "waiting"


def test_a_list_whose_columns_were_settled_when_the_worker_was_killed_is_compared(stock, run):
    tasks.read_import.func(run.school_id, run.pk)
    dead = begin_work()
    job = in_the_hand_of(dead, run)
    with working_in(stock.ashdown):
        ImportRun.objects.update(state="staging", leased_by=str(job.pk))
    end_work(dead.pk)
    do_everything(begin_work())
    assert state_of(run) == "preview"


def test_a_job_that_kills_every_worker_ends_with_a_failure(stock, run):
    last = begin_work()
    job = in_the_hand_of(last, run, tries=TRIES)
    end_work(last.pk)
    job.refresh_from_db()
    assert (job.status, job.exception_class_path.split(".")[-1]) == ("FAILED", "WorkerEnded")
    do_everything(begin_work())
    assert state_of(run) == "waiting"


def test_of_a_failure_the_kind_and_the_place_are_kept_and_no_name(stock, run, monkeypatch):
    """A job's complaint may quote a pupil's row, and the table of jobs is in every backup."""

    def complains(school_id, run):
        surname = "Okafor"
        try:
            raise KeyError(surname)
        except KeyError as problem:
            raise ValueError(f"Key (surname)=({surname}) already exists") from problem

    monkeypatch.setattr(tasks, "_read", complains)
    tasks.read_import.enqueue(run.school_id, run.pk)
    worker = begin_work()
    do_everything(worker)
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path) == ("FAILED", "builtins.ValueError")
    said = job.traceback.splitlines()
    assert [said[1], said[-1]] == ["KeyError", "ValueError"]
    assert said[-2].endswith(", in complains"), "the place is still told"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {DBTaskResult._meta.db_table}")
        assert "Okafor" not in str(cursor.fetchall())


def test_a_job_that_fails_is_tried_again_later_each_time_and_then_no_more(stock, run, time_machine):
    time_machine.move_to("2026-06-15T09:00:00+00:00", tick=False)
    tasks.read_import.enqueue(run.school_id, "no number")
    worker, tried, waited = begin_work(), 0, []
    for _ in range(TRIES + 2):
        do_everything(worker)
        job = DBTaskResult.objects.get()
        assert job.status == "FAILED"
        tried = len(job.worker_ids)
        if not try_failed_again():
            break
        do_everything(worker)
        assert len(DBTaskResult.objects.get().worker_ids) == tried, "not before its time"
        due = DBTaskResult.objects.get().run_after
        waited.append((due - timezone.now()).total_seconds())
        time_machine.move_to(due)
    assert (tried, waited) == (TRIES, [10, 60, 300, 1800])


def test_what_was_done_a_month_ago_is_forgotten(stock, run, time_machine):
    time_machine.move_to("2026-06-15T09:00:00+00:00", tick=False)
    tasks.read_import.enqueue(run.school_id, run.pk)
    worker = begin_work()
    do_everything(worker)
    end_work(worker.pk)
    living = begin_work()
    time_machine.move_to("2026-07-14T09:00:00+00:00")
    forget_done_jobs()
    assert (DBTaskResult.objects.count(), Worker.objects.count()) == (1, 2)
    time_machine.move_to("2026-07-16T09:00:00+00:00")
    forget_done_jobs()
    assert (DBTaskResult.objects.count(), list(Worker.objects.all())) == (0, [living])
