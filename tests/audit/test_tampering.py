"""Random tamperings with the chain are all found, and the first bad line is named (`make tampering` for a thousand)."""

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from threading import Barrier

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from dekaan.audit.changes import accept_heads, record, tie, tie_all
from dekaan.audit.heads import keep, kept_head
from dekaan.audit.models import Chain, Event
from dekaan.audit.queries import Verdict, as_head, chains, heads, of_chain, verify
from dekaan.audit.sealing import audit_key, new_seal
from tests.audit.tampering import TAMPERINGS, Trail
from tests.databases import ON_POSTGRES, as_owner

HOW_MANY = int(os.environ.get("DEKAAN_TAMPERINGS", "120"))
SCHOOLS = (11, 12, 0)
ACTIONS = ("pupil changed", "register taken", "role given", "names exported")


class Somebody:
    def __init__(self, pk: int) -> None:
        self.pk = pk


def write(chain: int, lines: int, dice: random.Random) -> None:
    for _ in range(lines):
        record(
            action=dice.choice(ACTIONS),
            by=dice.choice([None, Somebody(dice.randint(1, 9))]),
            subject=dice.choice(["pupil", "user", ""]),
            subject_id=dice.choice([None, dice.randint(1, 400)]),
            detail=dice.choice([{}, {"fields": ["sen", "surname"]}, {"counts": {"1": 3}, "share": 0.5}]),
            school_id=chain,
        )


@pytest.fixture
def trails() -> list[Trail]:
    """Two schools and what belongs to none, some dozens of lines each, tied as they were committed."""
    dice, made = random.Random(18), []
    for chain in SCHOOLS:
        with transaction.atomic():
            write(chain, 9, dice)
        older = kept_head(chain)
        for _ in range(4):
            with transaction.atomic():
                write(chain, dice.randint(1, 9), dice)
        made.append(Trail(chain, of_chain(chain).count(), older))
    return made


def whole(trail: Trail) -> Verdict:
    return Verdict(trail.chain, trail.lines, 0, None)


@pytest.mark.django_db(transaction=True)
def test_every_tampering_is_found_and_the_first_bad_line_named(trails, capsys):
    files = {file: file.read_bytes() for file in settings.AUDIT_HEADS.glob("*.json")}
    missed, wrongly_named, done = [], [], dict.fromkeys((each.__name__ for each in TAMPERINGS), 0)
    with as_owner():
        for seed in range(HOW_MANY):
            dice = random.Random(seed)
            tampering, trail = TAMPERINGS[seed % len(TAMPERINGS)], dice.choice(trails)
            with transaction.atomic():
                expected = tampering(trail, dice)
                verdict = verify(trail.chain)
                transaction.set_rollback(True)
            for file, said in files.items():
                file.write_bytes(said)
            done[tampering.__name__] += 1
            if verdict.broken is None:
                missed.append((seed, tampering.__name__))
            elif verdict.broken.place != expected:
                wrongly_named.append((seed, tampering.__name__, expected, verdict.broken))
        assert [verify(trail.chain) for trail in trails] == [whole(trail) for trail in trails]
    with capsys.disabled():
        if "DEKAAN_TAMPERINGS" in os.environ:
            on = "PostgreSQL" if ON_POSTGRES else "SQLite"
            found = HOW_MANY - len(missed)
            print(f"\n{on}: {HOW_MANY} tamperings, {found} found, {found - len(wrongly_named)} first bad lines named")
    assert (missed, wrongly_named) == ([], [])
    assert all(done.values())


@contextmanager
def copies_allowed() -> Iterator[None]:
    """Whoever owns the database can take its rules away."""
    before = Event._meta.constraints
    constraint = next(each for each in before if each.name == "one_event_a_seal")
    with as_owner():
        connection.disable_constraint_checking()
        Event._meta.constraints = [each for each in before if each is not constraint]
        with connection.schema_editor() as editor:
            editor.remove_constraint(Event, constraint)
        try:
            yield
        finally:
            connection.disable_constraint_checking()
            Event._meta.constraints = before
            with connection.schema_editor() as editor:
                editor.add_constraint(Event, constraint)
            connection.enable_constraint_checking()


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_a_true_line_is_found_though_dekaan_itself_tied_it(trails):
    trail = trails[0]
    event = trail.at(5)
    with copies_allowed():
        event.pk, event.place, event.link = None, None, ""
        event.save(force_insert=True)
        waiting = verify(trail.chain)
        tie(trail.chain)
        tied = verify(trail.chain)
        event.delete()
    assert (waiting.broken.place, waiting.broken.event) == (trail.lines + 1, event.id or waiting.broken.event)
    assert (tied.broken.place, tied.broken.event) == (trail.lines + 1, waiting.broken.event)


@pytest.mark.django_db(transaction=True)
def test_a_trail_cut_short_stays_found_when_dekaan_goes_on_writing(trails):
    trail = trails[0]
    left = trail.lines - 4
    with as_owner():
        link = trail.at(left).link
        of_chain(trail.chain).filter(place__gt=left).delete()
        Chain.objects.filter(pk=trail.chain).update(place=left, link=link)
    for more in range(1, 7):
        with transaction.atomic():
            write(trail.chain, 1, random.Random(more))
        expected = left + more + 1 if more < 4 else trail.lines
        assert verify(trail.chain).broken.place == expected, more


@pytest.mark.django_db(transaction=True)
def test_a_trail_taken_back_together_with_its_head_is_found_by_a_head_kept_elsewhere(trails):
    trail = trails[1]
    sent = [as_head(asdict(head)) for head in heads()]
    with as_owner():
        of_chain(trail.chain).filter(place__gt=trail.older.place).delete()
        Chain.objects.filter(pk=trail.chain).update(place=trail.older.place, link=trail.older.link)
    keep(trail.older)
    assert verify(trail.chain).broken is None  # nothing on this machine says otherwise
    assert verify(trail.chain, sent).broken.place == trail.older.place + 1


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_the_trail_is_accepted_and_says_so(trails):
    trail = trails[0]
    with as_owner():
        of_chain(trail.chain).filter(place__gt=trail.older.place).delete()
        Chain.objects.filter(pk=trail.chain).update(place=trail.older.place, link=trail.older.link)
    accept_heads(by=Somebody(5), because="restored from the backup of Tuesday")
    assert [verify(chain).broken for chain in SCHOOLS] == [None, None, None]
    last = of_chain(trail.chain).order_by("place").last()
    assert (last.action, last.actor_id, last.detail) == (
        "trail accepted as it stands",
        5,
        {"because": "restored from the backup of Tuesday", "head": trail.lines, "end": trail.older.place},
    )


@pytest.mark.django_db(transaction=True)
def test_a_school_whose_whole_trail_is_gone_is_still_asked_for(trails):
    trail = trails[1]
    with as_owner():
        of_chain(trail.chain).delete()
        Chain.objects.filter(pk=trail.chain).delete()
    assert chains() == [0, 11, 12]
    assert verify(trail.chain).broken.place == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_not_tied_after_its_commit_is_tied_by_the_worker(trails, monkeypatch):
    trail = trails[0]
    Event.objects.create(school_id=trail.chain, action="role given", at=(now := timezone.now()), seal=new_seal(
        trail.chain, None, now, "role given", "", None, {}))  # fmt: skip
    assert verify(trail.chain) == Verdict(trail.chain, trail.lines, 1, None)
    tie_all()
    assert verify(trail.chain) == Verdict(trail.chain, trail.lines + 1, 0, None)


if ON_POSTGRES:  # SQLite has one writer for everything anyway

    @pytest.mark.django_db(transaction=True)
    def test_many_who_write_at_once_leave_one_whole_chain(trails):
        """Each transaction holds its rows for a while; none waits for another's end to be able to record."""
        at_once = Barrier(4)

        def work(number: int) -> None:
            at_once.wait()
            try:
                for _ in range(8):
                    with transaction.atomic():
                        write(11, 3, random.Random(number))
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(work, number) for number in range(4)]:
                done.result()
        tie_all()
        assert verify(11) == Verdict(11, trails[0].lines + 96, 0, None)

    @pytest.mark.django_db(transaction=True)
    def test_a_long_import_holds_up_nobody_who_records(trails):
        """One transaction has recorded and stays open; another records, commits and is tied meanwhile."""
        with transaction.atomic():
            write(11, 2, random.Random(1))

            def beside() -> Verdict:
                try:
                    with transaction.atomic():
                        write(11, 1, random.Random(2))
                    return verify(11)
                finally:
                    connections.close_all()

            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(beside).result(10) == Verdict(11, trails[0].lines + 1, 0, None)
        assert verify(11) == Verdict(11, trails[0].lines + 3, 0, None)


@pytest.mark.django_db(transaction=True)
def test_lines_of_before_there_were_seals_are_sealed_and_tied_as_they_stand():
    migration = import_module("dekaan.audit.migrations.0002_chain")
    with as_owner():
        for number in range(3):
            Event.objects.create(school_id=11, action="pupil changed", subject_id=number, seal=f"none {number}")
        migration.seal_what_stands(apps, None)
    tie_all()
    assert verify(11) == Verdict(11, 3, 0, None)


@pytest.mark.once
def test_the_key_is_made_once_for_its_owner_alone_and_the_environment_may_give_it(settings, tmp_path):
    settings.AUDIT_KEY_FILE = tmp_path / "audit-key"
    made = audit_key()
    assert (audit_key(), settings.AUDIT_KEY_FILE.stat().st_mode & 0o777) == (made, 0o600)
    assert len(made) == 64
    assert [file.name for file in tmp_path.iterdir()] == ["audit-key"]
    settings.AUDIT_KEY = "given from outside, long enough"
    assert audit_key() == b"given from outside, long enough"
