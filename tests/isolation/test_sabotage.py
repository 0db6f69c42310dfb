"""The test of the tests (I3, I6): a door left open, a scope widened, a filter or a wall gone is noticed, each time.

What is taken away is taken away for one address or one table at a time, and the same search as in every run looks.
"""

import pytest
from django.db import connection, models, transaction
from django.test import Client

from dekaan.access import door
from dekaan.access.changes import give_role
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.scope import InScope, working_in
from dekaan.core.second_wall import POLICY as WALL
from dekaan.handover.queries.fortnight import asked
from tests.databases import ON_POSTGRES, WEB_ROLE, as_owner
from tests.house.test_models import ours as our_models
from tests.house.test_other_school import OF_A_SCHOOL, WITH_A_ROW
from tests.isolation.policy import POLICY
from tests.isolation.said import IS_WHOLE, said
from tests.isolation.walk import address_of, ask, every_byte, walk, words_in
from tests.isolation.world import BACKEND, build, somebody

pytestmark = pytest.mark.django_db
needs_postgresql = pytest.mark.skipif(not ON_POSTGRES, reason="the second wall stands on PostgreSQL only")
SOME = 1 if IS_WHOLE else 6  # in the ordinary run, every sixth address

# One role that must be refused for each permission; home is refused to those who have no screens.
REFUSED = {
    permission: next(key for key, role in reversed(ROLES.items()) if permission not in role.may)
    for permission in Permission
}


@pytest.fixture
def world():
    return build()


@pytest.fixture
def clients(world):
    return {role: somebody(role, world) for role in sorted({*REFUSED.values(), "careers-leader"})}


def findings(world, client, role, places, entry, corner):
    """What the search finds wrong with one address."""
    held = ROLES[role].may if role in ROLES else frozenset()
    tally = walk(
        world, client, role=role, places=places, held=held, policy=POLICY, corners=[corner], methods=["get"],
        entries=[entry],
    )  # fmt: skip
    return tally.leaks + tally.surprises


# Which ask for a role at the trust as well: with the door open they still let nobody in.
OF_THE_TRUST = {
    "trust-organisation-new", "trust-organisation-change", "cluster-list", "cluster-new", "cluster-change",
    "cluster-remove", "trust-vision-change", "trust-objective-new", "trust-objective-change", "trust-item-new",
    "trust-item-change", "support-visit-new", "support-visit-change", "trust-names",
}  # fmt: skip


def test_a_view_without_its_policy_is_noticed(world, clients, monkeypatch):
    monkeypatch.setattr(door, "permissions_of", lambda assignments: frozenset(Permission))
    entries = [entry for entry in OF_A_SCHOOL[::SOME] if entry.name not in OF_THE_TRUST]
    missed = []
    for entry in entries:
        role = REFUSED[POLICY[entry.name]]
        client, places = clients[role]
        if not findings(world, client, role, places, entry, world.ours):
            missed.append(entry.name)
    said(sabotaged=len(entries), noticed=len(entries) - len(missed), requests=len(entries))
    assert missed == []


# What is looked for among the rows of the school's own trust: a door that is open to every school alone opens none of it.
HELD_BY_THE_TRUST = {"trust-objective-take", "trust-item-detail"}
# What asks by itself whether the post is one's own or one leads whoever holds it.
TOLD_TO_WHO_LEADS = {"terms-change"}


def test_a_view_whose_door_opens_to_every_school_is_noticed(world, clients, monkeypatch):
    monkeypatch.setattr(door, "held_at", lambda school, held: list(held))
    entries = OF_A_SCHOOL[::SOME]
    client, places = clients["careers-leader"]
    missed = [
        entry.name for entry in entries if not findings(world, client, "careers-leader", places, entry, world.elsewhere)
    ]
    kept = {entry.name for entry in entries} & (HELD_BY_THE_TRUST | TOLD_TO_WHO_LEADS)
    assert kept <= set(missed)  # a second wall holds there; were it gone, the door alone would be noticed
    missed = [each for each in missed if each not in kept]
    said(sabotaged=len(entries), noticed=len(entries) - len(missed), requests=len(entries))
    assert missed == []


def without_filter(monkeypatch):
    """The scope of the manager is gone: every query sees every school's rows."""
    monkeypatch.setattr(InScope, "as_sql", lambda *_, **__: ("1 = 1", []))


@pytest.mark.skipif(ON_POSTGRES, reason="on PostgreSQL the second wall stands behind it, and the next test asks that")
def test_a_view_whose_filter_is_gone_is_noticed(world, clients, monkeypatch):
    """Another school's row in our address is found: of each address that names one which the filter alone keeps."""
    client, _ = clients["careers-leader"]
    leader = world.ours.at.people["careers-leader"]
    for role in ("dsl", "headteacher"):  # who alone restrict contacts, and approve what is published
        give_role(user=leader, role=role, school=world.ours.school, by=None)
    client.raise_request_exception = False  # a row that the wall of writing stops only at the end was let in too
    told = {
        "trust-organisation-take",
        "trust-item-detail",
        "trust-item-take",
        "trust-objective-take",
        "trust-objective-leave",
    }
    kept_by_more = told | OF_THE_TRUST  # a trust's rows are told by the trust
    entries = [entry for entry in WITH_A_ROW if "assignment_id" not in entry.pattern.converters][::SOME]
    entries = [entry for entry in entries if entry.name not in kept_by_more]
    without_filter(monkeypatch)
    sent = {"state": "attended", "step": next(each.key for each in asked() if not each.read)}
    missed = []
    for entry in entries:
        smuggled = address_of(entry, world.ours, of=world.elsewhere)
        with transaction.atomic():
            # An address that asks for a mark or a step refuses a form without one, whosever row it is.
            statuses = {client.get(smuggled).status_code, client.post(smuggled, sent).status_code}
            transaction.set_rollback(True)
        if statuses <= {403, 404, 405}:
            missed.append(entry.name)
    said(sabotaged=len(entries), noticed=len(entries) - len(missed), requests=2 * len(entries))
    assert missed == []


@needs_postgresql
def test_the_second_wall_alone_shows_no_row_of_another_school(world, monkeypatch):
    """I3: with the manager's filter gone, PostgreSQL itself keeps the other schools' rows back."""
    without_filter(monkeypatch)
    leaks, asked = [], 0
    roles = list(ROLES) if IS_WHOLE else ["careers-leader", "headteacher"]
    for role in roles:
        client, places = somebody(role, world)
        for entry in OF_A_SCHOOL:
            with transaction.atomic():
                _, found = ask(
                    client, address_of(entry, world.ours), "get", role=role, places=places, world=world, name=entry.name
                )
                transaction.set_rollback(True)
            asked += 1
            leaks += [each for each in found if "Sister" in each[-1] or "Elsewhere" in each[-1]]
    with working_in(world.ours.school):
        others = {
            model._meta.label: count
            for model in walled()
            if (count := model.objects.exclude(school_id=world.ours.school.pk).count())
        }
    said(requests=asked, leaks=len(leaks) + len(others))
    assert leaks == []
    assert others == {}


def walled() -> list[type[models.Model]]:
    return [
        model
        for model in our_models()
        if hasattr(model, "objects") and any(each.attname == "school_id" for each in model._meta.concrete_fields)
        and type(model.objects).__name__ == "ScopedManager"
    ]  # fmt: skip


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_each_tables_wall_that_is_taken_down_is_noticed():
    """Without row security others' rows are seen; with it and no policy, one's own are not."""
    world = build()
    ours, noticed, missed = world.ours.school.pk, 0, []
    with as_owner():
        for model in walled():
            table = model._meta.db_table
            for how, is_noticed in (
                (f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY', lambda own, others: others > 0),
                (f'DROP POLICY {WALL} ON "{table}"', lambda own, others: own == 0),
            ):
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f'SELECT count(*), count(*) FILTER (WHERE school_id = {ours}) FROM "{table}"')
                    everything, own_rows = cursor.fetchone()
                    cursor.execute(how)
                    cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
                    cursor.execute("SELECT set_config('app.school_ids', %s, true)", [str(ours)])
                    cursor.execute(f'SELECT count(*), count(*) FILTER (WHERE school_id = {ours}) FROM "{table}"')
                    seen, own = cursor.fetchone()
                    transaction.set_rollback(True)
                if not own_rows or everything == own_rows:
                    continue  # a table that holds nothing here has nothing to show
                if is_noticed(own, seen - own):
                    noticed += 1
                else:
                    missed.append((table, how))
    said(sabotaged=noticed + len(missed), noticed=noticed)
    assert missed == []
    assert noticed >= 30


def test_the_search_notices_a_word_in_a_workbook_a_zip_and_a_header(world):
    """What looks must be able to see: each kind of answer holds a word of its own here."""
    client = Client()
    client.force_login(world.ours.at.people["careers-leader"], backend=BACKEND)
    report = next(entry for entry in OF_A_SCHOOL if entry.name == "report-download")
    paper = every_byte(client.get(address_of(report, world.ours)))
    assert {(each.school, each.data_class) for each in words_in(paper, world)} >= {("ours", "R")}
