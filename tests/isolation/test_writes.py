"""Sending another school's row (I2): every choice and number of every form is given theirs, and nothing takes it."""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import transaction

from dekaan.backups.queries.canonical import canonical_lines
from dekaan.core.scope import working_in
from dekaan.schools.models import SchoolOwned
from tests.house.test_other_school import OF_A_SCHOOL
from tests.isolation.said import said
from tests.isolation.walk import address_of
from tests.isolation.world import build, somebody

pytestmark = pytest.mark.django_db

NAMED = ("people.Pupil", "people.Group", "people.StaffMember", "people.Carer", "programme.Session")


class Fields(HTMLParser):
    """The fields of a page's forms: names with what they hold, and those that choose a row by its number."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, str] = {}
        self.choosing: set[str] = set()
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and re.fullmatch(r"\d+", value):
            self.choosing.add(self._select)
        if tag in {"input", "textarea"} and name:
            self.held.setdefault(name, value)
            if given.get("type") in {"checkbox", "radio", "hidden"} and re.fullmatch(r"\d+", value):
                self.choosing.add(name)


def crossing() -> list[str]:
    """Rows of one school that point at another's, in any table."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, SchoolOwned):
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.name != "school" and issubclass(field.related_model, SchoolOwned):
                rows = model.objects.exclude(**{f"{field.name}__isnull": True})
                pairs = rows.values_list("school_id", f"{field.name}__school_id")
                found += [f"{model._meta.label}.{field.name}" for own, theirs in pairs if own != theirs]
    return found


@pytest.mark.once
def test_no_form_takes_a_row_of_another_school():
    world = build()
    client, _ = somebody("careers-leader", world)
    ours, theirs = world.ours.school, world.sister.school
    with working_in(theirs):
        numbers = {label: apps.get_model(label).objects.values_list("pk", flat=True).first() for label in NAMED}
        before = list(canonical_lines(theirs))
    asked, chosen = 0, set()
    for entry in OF_A_SCHOOL:
        address = address_of(entry, world.ours)
        page = client.get(address)
        fields = Fields()
        if page.status_code == 200 and "text/html" in page["Content-Type"]:
            fields.feed(page.content.decode())
        chosen |= {(entry.name, name) for name in fields.choosing}
        for number in sorted(set(numbers.values()) - {None}):
            for name in fields.choosing or {""}:
                with transaction.atomic():
                    answer = client.post(address, fields.held | ({name: str(number)} if name else {}))
                    asked += 1
                    assert answer.status_code < 500, (entry.name, name)
                    with working_in(ours, theirs):
                        assert crossing() == [], (entry.name, name)
                    transaction.set_rollback(True)
    with working_in(theirs):
        assert list(canonical_lines(theirs)) == before
    said(requests=asked, leaks=0)
    assert len(chosen) > 5
