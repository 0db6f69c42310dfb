"""Whatever reaches a person is declared beside it: what, why, on what ground, until when."""

import pytest
from django.db import models

from dekaan.partners.models import Contact
from dekaan.people.models import Carer, Pupil, StaffMember
from dekaan.privacy.queries.holdings import HELD, model_of
from tests.house.ground import PACKAGE
from tests.house.test_models import ours

pytestmark = pytest.mark.once

PERSONS = {Pupil: "pupil", Carer: "carer", StaffMember: "staff", Contact: "contact"}
# Plain ids of people, where a key may not point up.
PLAIN = {"pupil_id": "pupil", "actor_id": "account", "subject_id": "pupil"}
# Names that somebody typed of themselves, without an account.
GIVEN = {"said_by": "staff"}
# A second way to the same person, from a row that is declared by the first.
ALSO = {"programme.Session.adviser": "led_by says what a session holds of staff"}
# What may hold anything may hold a person.
WITHOUT_PEOPLE: dict[str, str] = {
    "programme.ActivityTemplate": "numbers of year groups",
    "team.Leadership": "keys of what a model needs",
    "team.GuidedStart": "keys of steps",
    "schemes.Scheme": "numbers of year groups",
    "trusts.TrustItem": "what a trust writes for all its schools; no school's people are known where it is written",
    "schemes.SchemeLesson": "keys of learning areas",
    "programme.RolledSession": "numbers of rows, and when and where a session is",
    "provider_requests.FreeTime": "numbers of year groups",
    "schools.CalendarEntry": "numbers of year groups",
    "plan.Objective": "ids of criteria",
    **dict.fromkeys(
        ("library.OccupationGroup", "library.DestinationRow", "library.LookUp"),
        "what others publish about occupations and schools",
    ),
}


def test_every_way_to_a_person_is_declared():
    declared = {(each.model, each.about, each.reached_by) for each in HELD}
    undeclared = []
    for model in ours():
        label = model._meta.label
        ways = [("pk", PERSONS[model])] if model in PERSONS else []
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in PERSONS:
                ways.append((field.name, PERSONS[field.related_model]))
            elif not field.is_relation and field.name in PLAIN:
                ways.append((field.name, PLAIN[field.name]))
            elif field.name in GIVEN and not field.is_relation:
                ways.append(("", GIVEN[field.name]))
        undeclared += [
            f"{label}.{way} → {about}"
            for way, about in ways
            if (label, about, way) not in declared and f"{label}.{way}" not in ALSO
        ]
    assert undeclared == []


def test_whatever_names_an_account_or_holds_anything_is_declared():
    declared = {each.model for each in HELD}
    undeclared = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.concrete_fields
        if isinstance(field, models.JSONField)
        or (field.is_relation and field.related_model._meta.label == "access.User")
        if model._meta.label not in declared | set(WITHOUT_PEOPLE)
    ]
    assert undeclared == []


def test_declarations_name_what_is_there():
    for each in HELD:
        model = model_of(each)
        names = {field.name for field in model._meta.concrete_fields}
        assert each.not_shown <= names, each.model
        assert each.reached_by in names | {"", "pk"}, each.model


def test_every_declaration_is_collected():
    areas = {path.parent.name for path in PACKAGE.glob("*/personal_data.py")}
    assert areas == {each.model.split(".")[0] for each in HELD}
