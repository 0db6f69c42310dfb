"""Every row knows its school, and no table points up."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from dekaan.access.data_classes import DataClass
from dekaan.core.scope import ScopedManager
from dekaan.schools.models import SchoolOwned
from tests.house.ground import floor_of

# Tables that no school owns, each with its reason.
SHARED = {
    "schools.Trust": "it stands above its schools",
    "schools.School": "it is the school",
    "access.User": "one person may work at several schools",
    "access.RoleAssignment": "it decides who may enter a school, so it is read before any scope exists",
    "access.Device": "a person's browser, whichever school they act in",
    "access.Attempts": "counts wrong tries before anybody is signed in",
    "access.FactorReset": "is about an account, which may hold roles at several schools",
    "access.Invitation": "opens an account, before anybody is signed in",
    "programme.CalendarFeed": "is found by its token, before any scope exists; holds no more than whose it is",
    "plan.WeeklyMail": "is about an account, which may hold roles at several schools",
    "audit.Event": "plain ids, so that nothing blocks an erasure; some events belong to no school",
    "audit.Chain": "where a school's lines end, and nothing of what they say",
    "partners.TrustOrganisation": "is offered to every school of its trust, and names no person",
    "partners.RegisterEntry": "rows of a public register, looked up by every school of the installation",
    **dict.fromkeys(
        ("trusts.Cluster", "trusts.ClusterPlace", "trusts.TrustVision", "trusts.TrustObjective", "trusts.TrustItem"),
        "is the trust's, read by every school of it, and names no person",
    ),
    **dict.fromkeys(
        ("library.Loaded", "library.OccupationGroup", "library.DestinationRow", "library.LookUp"),
        "what others publish, for every school of the installation, and about no person",
    ),
    "jobs.Worker": "a process of the installation, and about no person",
    "jobs.Mail": "is to an account, and one is sent before anybody is signed in",
    "backups.BackupRun": "a backup is of the whole installation, and about no person",
    "measures.PupilYear": "kept by raw SQL, read only through the scope of measures.queries; the second wall stands",
    **dict.fromkeys(("measures.Coverage", "measures.Considering"), "the same"),
    "measures.Counting": "one number per count, about no pupil",
}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("dekaan.")]


@pytest.mark.once
def test_every_model_is_school_owned_or_says_why_not():
    unowned = {model._meta.label for model in ours() if not issubclass(model, SchoolOwned)}
    assert unowned - set(SHARED) == set()


@pytest.mark.once
def test_foreign_keys_point_down():
    """import-linter cannot see a foreign key that is named by a string."""
    floor = floor_of()
    up = []
    for model in ours():
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here == there or there not in floor:
                continue
            if floor[there] >= floor[here]:
                up.append(f"{model._meta.label}.{field.name} → {there}")
    assert up == []


@pytest.mark.once
def test_no_way_down_from_a_shared_table():
    """Joining down from School to pupils' names would skip the manager that adds the scope."""
    ways = [
        f"{field.related_model._meta.label}.{field.get_accessor_name()} → {model._meta.label}"
        for shared in apps.get_models()
        if not issubclass(shared, SchoolOwned)
        for field in shared._meta.related_objects
        if issubclass(model := field.related_model, SchoolOwned) and not field.is_hidden()
    ]
    assert ways == []


@pytest.mark.once
def test_school_owned_models_keep_the_scoped_manager():
    for model in ours():
        if issubclass(model, SchoolOwned):
            assert isinstance(model._meta.base_manager, ScopedManager), model._meta.label
            assert all(isinstance(manager, ScopedManager) for manager in model._meta.managers), model


@pytest.mark.once
def test_no_plain_many_to_many():
    """An ordinary many-to-many table carries no school and no dates."""
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    assert plain == []


def test_postgresql_hides_other_schools_rows(db):
    if connection.vendor != "postgresql":
        assert settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)
    expected = {model._meta.db_table for model in ours() if issubclass(model, SchoolOwned)}
    expected |= {
        model._meta.db_table
        for model in ours()
        if model._meta.label in {"measures.PupilYear", "measures.Coverage", "measures.Considering"}
    }
    assert expected
    assert expected - walled == set()


@pytest.mark.once
def test_every_field_of_a_schools_tables_belongs_to_a_class_of_data():
    """Whose row it is and its own number are in every table; everything else says what kind of thing it is."""
    kept = {"measures.PupilYear", "measures.Coverage", "measures.Considering"}
    odd, walked = {}, 0
    for model in ours():
        if not issubclass(model, SchoolOwned) and model._meta.label not in kept:
            continue
        names = {field.name for field in model._meta.concrete_fields} - {"id", "school"}
        said = getattr(model, "data_classes", {})
        walked += len(names)
        if names != set(said) or not set(said.values()) <= {str(each) for each in DataClass}:
            odd[model._meta.label] = sorted(names ^ set(said))
    assert walked
    assert odd == {}
