"""Nothing that leaves as a table is run by a spreadsheet: each lead character in every text of every export."""

import csv
import io

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from dekaan.budget.models import Budget, BudgetLine, Spend
from dekaan.core.cells import safe_cell
from dekaan.core.scope import working_in
from dekaan.destinations.changes import record_statement
from dekaan.destinations.models import Statement
from dekaan.exchange.changes import keep_sheet
from dekaan.exchange.queries import export_school
from dekaan.exchange.raw_export import FILES
from dekaan.exchange.reading.cleaning import cleaned
from dekaan.exchange.sheets_out import guessed_columns
from dekaan.frameworks.queries import counted_criteria
from dekaan.people.models import Group, Pupil, YearRecord
from dekaan.programme.models import Activity, Session
from dekaan.provider_requests.models import ProviderRequest
from tests.budget.given import budget, line, spend
from tests.destinations.given import LEFT_IN, leaver
from tests.factories.provider_requests import asked
from tests.factories.schools import person, place, pupils, talk
from tests.hostile.asking import BACKEND
from tests.house.test_views import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LEADS = (
    "=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "  +", "\u00a0-", "\u3000@", "\u200b=", "\ufeff=", "'=", "''+", "' -", "＝", "＋", "－", "＠",
)  # fmt: skip
TYPED = "cmd|'/c calc'!A0"


def would_run(cell: str) -> bool:
    """A rule of its own, so that the one in the code is judged by another."""
    bare = cell.strip(" \t\r\n\u00a0\u3000\u200b\ufeff")
    return bare[:1] in tuple("=+-@＝＋－＠") and bool(bare)


def spoil(lead: str) -> int:
    """Every free text of what is exported begins with the lead; how many columns that are."""
    spoilt = 0
    for model in (Pupil, Group, YearRecord, Activity, Session, ProviderRequest, BudgetLine, Spend, Statement):
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and not isinstance(field, models.EmailField)
            and (field.max_length or 99) >= 20
            and field.name not in {"once", "same_as"}
        ]
        assert texts or model is YearRecord
        for row in model.objects.all():
            for name in texts:
                setattr(row, name, f"{lead}{TYPED}"[: model._meta.get_field(name).max_length])
            if texts:
                model.objects.bulk_update([row], texts)
        spoilt += len(texts)
    return spoilt


def cells_of(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")) for cell in row]


@pytest.fixture
def ours():
    at = place("ours")
    pupils(at, 2, surname="Quill")
    (eleven,) = pupils(at, 1, year_group=11, tutor_group="", surname="Rook")
    talk(at, partner_name="Millworks", partner_kind="employer")
    with working_in(at.school):
        asked(at.school)
        record_statement(eleven, by=None, kind="intention", source="pupil", words="Mereside")
        spend(line(budget()), supplier="Harte")
    return at


def test_no_cell_of_any_export_is_a_formula(ours, tmp_path):
    client = Client()
    person(ours, "headteacher")
    client.force_login(person(ours, "careers-leader"), backend=BACKEND)
    criterion = counted_criteria()[0].id
    download = reverse("criterion-missing-export", args=[ours.slug, criterion])
    found_by = reverse("sentence-export", args=[ours.slug]) + "?who_0=year-group:10"
    with working_in(ours.school):
        budget_rows = reverse("budget-export", args=[ours.slug, Budget.objects.get().pk])
        sheet_id = keep_sheet(
            "Council", guessed_columns(["Name", "Establishment", "Course", "=1+1"]), by=person(ours, "careers-leader")
        ).pk
        record_statement(
            leaver(), by=None, kind="position", source="council", code="230", provider_name="M", course="C"
        )
    found, guarded = [], 0
    for number, lead in enumerate(LEADS):
        with working_in(ours.school):
            assert spoil(lead) > 12
            export_school(ours.school.pk, tmp_path / str(number), with_closed=True)
        texts = {name: (tmp_path / str(number) / name).read_text(encoding="utf-8-sig") for name in FILES}
        texts["names of a list"] = client.post(found_by, {"purpose": "follow-up"}).content.decode("utf-8-sig")
        texts["names of a criterion"] = client.post(download, {"purpose": "follow-up"}).content.decode("utf-8-sig")
        guarantee = reverse("september-guarantee-export", args=[ours.slug])
        texts["september guarantee"] = client.post(guarantee, {"purpose": "law"}).content.decode("utf-8-sig")
        sheet = reverse("outgoing-sheet-export", args=[ours.slug, sheet_id])
        taken = client.post(f"{sheet}?year={LEFT_IN}&moment=position&rows=one", {"purpose": "law", "written_as": "csv"})
        texts["council's sheet"] = taken.content.decode("utf-8-sig")
        texts["rows of a budget"] = client.get(budget_rows).content.decode("utf-8-sig")
        log = reverse("provider-request-export", args=[ours.slug])
        texts["log of providers"] = client.get(log).content.decode("utf-8-sig")
        for name, text in texts.items():
            cells = cells_of(text)
            found += [(lead, name, cell) for cell in cells if would_run(cell)]
            guarded += sum(cell.startswith("'") and "cmd" in cell for cell in cells)
    assert (found, guarded > len(LEADS) * 10) == ([], True)


def test_every_address_that_gives_out_a_table_is_tried_above():
    """A new export is added to the test above, or this fails."""
    names = {entry.name for _, entry in addresses() if "export" in entry.name}
    assert names - {"exports-seen"} == {
        "budget-export",
        "criterion-missing-export",
        "outgoing-sheet-export",
        "evidence-archive-export",
        "provider-request-export",
        "sentence-export",
        "september-guarantee-export",
    }  # the first is a button on the home page; the archive is pages and files, no table


@pytest.mark.parametrize("lead", LEADS)
def test_what_was_guarded_comes_in_as_it_was(lead):
    """As the import doctor keeps it, that is: without blanks before it."""
    value = cleaned(f"{lead}{TYPED}")
    assert cleaned(safe_cell(value)) == value
    assert not would_run(safe_cell(f"{lead}{TYPED}"))


def test_the_rule_of_the_test_would_find_one():
    assert [would_run(cell) for cell in ("=1", " +1", "'=1", "Ann", "", "-")] == [True, True, False, False, False, True]
