"""Destinations go out in a council's own columns, without whoever objects, and come in again as they went."""

import csv
import io
import random
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.destinations.changes import record_statement, say_wish, withdraw_statement
from dekaan.destinations.models import Kind, Source, Statement, Wish
from dekaan.destinations.queries import code_of, in_force, outcome_routes
from dekaan.exchange.changes.sheets_out import SheetNamed, change_sheet, keep_sheet
from dekaan.exchange.models import OutgoingSheet
from dekaan.exchange.sheets_out import OURS, guessed_columns
from dekaan.frameworks.queries import activity_codes
from dekaan.people.models import YearRecord
from tests.destinations.conftest import left  # noqa: F401 Ada and Ben, who left two summers ago
from tests.destinations.given import LEFT_IN, LEFT_ON, day, leaver
from tests.exchange.test_destinations import ADA_BORN, bring, priya, reasons, uploads  # noqa: F401

THEIRS = ["Establishment", "ULN", "Surname", "Forename", "DOB", "Current activity code", "Our ref", "Status date"]
BACK = ("surname", "forename", "birth_date", "code", "route", "provider_name", "course", "level", "starts_on", "ends_on",
        "sector", "occupation", "words", "moment", "as_of", "said_by", "said_on")  # fmt: skip


@pytest.fixture
def at_ashdown(priya) -> Client:  # noqa: F811
    client = Client()
    client.force_login(priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def sheet(priya) -> OutgoingSheet:  # noqa: F811
    return keep_sheet("Shropshire", guessed_columns(THEIRS), by=priya)


def taken(client, sheet_, *, moment="position", rows="one", purpose="law", written_as="csv"):
    address = reverse("outgoing-sheet-export", args=["ashdown", sheet_.pk])
    said = {"purpose": purpose, "written_as": written_as}
    return client.post(f"{address}?year={LEFT_IN}&moment={moment}&rows={rows}", said)


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def said_of(pupil, **says):
    record_statement(pupil, by=None, **({"kind": Kind.POSITION, "source": Source.COUNCIL, "code": "230"} | says))


def test_their_empty_sheet_is_given_once_and_its_columns_are_kept_in_their_order(left, at_ashdown):  # noqa: F811
    book = openpyxl.Workbook()
    book.active.append(["Shropshire: activity return"])
    book.active.append(THEIRS)
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("empty.xlsx", out.getvalue())
    answer = at_ashdown.post(reverse("outgoing-sheet-list", args=["ashdown"]), {"name": "Shropshire", "file": file})
    kept = OutgoingSheet.objects.get()
    assert answer["Location"].endswith(f"/{kept.pk}/change/")
    keys = ["provider_name", "uln", "surname", "forename", "birth_date", "code", "", "as_of"]
    assert kept.columns == [{"heading": each, "key": key} for each, key in zip(THEIRS, keys, strict=True)]
    page = at_ashdown.get(answer["Location"])
    said = {field.html_name: field.initial for field in page.context["form"]} | {"column_6": "admission_number"}
    assert at_ashdown.post(answer["Location"], said).status_code == 302
    kept.refresh_from_db()
    assert kept.columns[6] == {"heading": "Our ref", "key": "admission_number"}


def test_a_sheet_without_columns_or_of_a_name_that_is_taken_is_refused_in_words(left, sheet, at_ashdown):  # noqa: F811
    address = reverse("outgoing-sheet-list", args=["ashdown"])
    empty = at_ashdown.post(address, {"name": "Telford", "headings": " \n"})
    assert (empty.status_code, "give the names of its columns" in empty.text) == (400, True)
    twice = at_ashdown.post(address, {"name": "shropshire", "headings": "UPN\tCode"})
    assert "Another sheet has this name." in twice.text
    broken = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 nonsense")
    assert at_ashdown.post(address, {"name": "Telford", "file": broken}).status_code == 400


@pytest.mark.parametrize("words", ["INSERT", "UPDATE"])
def test_a_name_that_somebody_gives_to_another_in_the_same_moment_is_refused_in_words(left, at_ashdown, words):  # noqa: F811
    theirs = keep_sheet("Powys", guessed_columns(THEIRS), by=left.priya) if words == "UPDATE" else None
    given = []

    def gives_it_first(execute, sql, params, many, context):
        if sql.startswith(words) and "exchange_outgoingsheet" in sql and not given:
            given.append(sql)
            OutgoingSheet.objects.create(name="Telford", columns=[])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(gives_it_first):
        if theirs:
            with pytest.raises(SheetNamed):
                change_sheet(theirs, name="Telford", keys=[""] * len(THEIRS), by=left.priya)
        else:
            address = reverse("outgoing-sheet-list", args=["ashdown"])
            page = at_ashdown.post(address, {"name": "Telford", "headings": "UPN\tCode"})
            assert (page.status_code, "Another sheet has this name." in page.text) == (400, True)
    assert given


def test_a_file_comes_out_in_their_columns_marked_told_and_kept_in_the_trail(left, sheet, at_ashdown):  # noqa: F811
    said_of(left.ada, provider_name="Millbrook")
    answer = taken(at_ashdown, sheet)
    mark, head, *rows = rows_of(answer)
    assert (len(mark), mark[0].startswith("Exported from Dekaan by Priya Raman"), head) == (1, True, THEIRS)
    born, on = f"{ADA_BORN:%d/%m/%Y}", f"{day(11, 1):%d/%m/%Y}"
    assert rows == [["Millbrook", "", "Lovell", "Ada", born, "230", "", on]]
    (event,) = Event.objects.filter(action="names exported")
    assert (event.detail["names"], event.detail["purpose"]) == (1, "law")
    page = at_ashdown.get(
        f"{reverse('outgoing-sheet-detail', args=['ashdown', sheet.pk])}?year={LEFT_IN}&moment=position&rows=one"
    )
    assert "Of 1 nothing is said of this moment." in page.text


def test_sex_what_they_meant_and_the_guarantee_stand_beside_where_they_are(left, priya, at_ashdown):  # noqa: F811
    before = day(5, 2, years_on=-1)
    YearRecord.objects.filter(pupil=left.ada).update(sex="F")
    says = {"by": None, "source": Source.PUPIL, "said_on": before, "provider_name": "Millbrook", "course": "Art"}
    record_statement(left.ada, kind=Kind.INTENTION, route="t-level", **says)
    record_statement(left.ada, kind=Kind.OFFER, route="t-level", offer_state="conditional", **says)
    said_of(left.ada)
    said_of(left.ben)
    headings = [
        "Forename",
        "Gender",
        "Intended destination",
        "Intended provider",
        "Intended course",
        "September Guarantee",
    ]
    theirs = keep_sheet("Shropshire", guessed_columns(headings), by=priya)
    assert rows_of(taken(at_ashdown, theirs))[2:] == [
        ["Ada", "Female", "T Level", "Millbrook", "Art", "yes"],
        ["Ben", "", "", "", "", "no"],
    ]


def test_who_changed_their_mind_is_in_no_dispute_and_the_last_plan_goes_out(left, priya, at_ashdown):  # noqa: F811
    theirs = keep_sheet("Shropshire", guessed_columns(["Forename", "Current activity code", "Provider"]), by=priya)
    plan = {"by": None, "source": Source.PUPIL, "kind": Kind.INTENTION}
    for pupil in (left.ada, left.ben):
        record_statement(pupil, route="college-technical", said_on=day(10, 1, years_on=-1), **plan)
    record_statement(left.ada, route="apprenticeship", said_on=day(5, 2, years_on=-1), **plan)
    record_statement(left.ben, route="university", is_backup=True, said_on=day(5, 2, years_on=-1), **plan)
    assert rows_of(taken(at_ashdown, theirs, moment="intention"))[2:] == [["Ada", "310", ""], ["Ben", "230", ""]]
    offered = {"by": None, "source": Source.PUPIL, "kind": Kind.OFFER, "route": "t-level"}
    for place, state, month in (("Millbrook", "applied", 2), ("Millbrook", "accepted", 5), ("Mereside", "declined", 3)):
        said_on = day(month, 2, years_on=-1)
        record_statement(left.ada, provider_name=place, offer_state=state, said_on=said_on, **offered)
    assert sorted(rows_of(taken(at_ashdown, theirs, moment="offer"))[2:]) == [
        ["Ada", "230", "Mereside"], ["Ada", "230", "Millbrook"],
    ]  # fmt: skip
    for month, route in ((12, "college-technical"), (2, "looking")):
        record_statement(left.ada, by=None, source=Source.PUPIL, kind=Kind.CHANGE, route=route, said_on=day(month, 2))
    assert rows_of(taken(at_ashdown, theirs, moment="change"))[2:] == [["Ada", "619", ""]]


def test_who_is_in_the_file_and_who_is_not_is_told_by_name_and_the_purpose_is_the_councils(left, sheet, at_ashdown):  # noqa: F811
    cy, di = leaver("Cy", "Young"), leaver("Di", "Moss")
    for each in (left.ada, cy, di):
        said_of(each)
    said_of(di, source=Source.PUPIL, code="", route="job-without-training")
    say_wish(cy, about=Wish.About.SHARING, allows=False, who=Wish.SaidBy.PUPIL, by=None)
    address = reverse("outgoing-sheet-detail", args=["ashdown", sheet.pk])
    page = at_ashdown.get(f"{address}?year={LEFT_IN}&moment=position&rows=one")
    assert page.context["out"].lists == [
        ("In the file", ["Lovell, Ada"]),
        ("Left out, since they object", ["Young, Cy"]),
        ("Left out, since sources disagree", ["Moss, Di"]),
        ("Nothing is said of this moment", ["Okoro, Ben"]),
    ]
    assert "<li>Young, Cy</li>" in page.text
    assert '<option value="law" selected>' in page.text


def test_without_a_purpose_nothing_leaves_and_the_page_says_why(left, sheet, at_ashdown):  # noqa: F811
    said_of(left.ada)
    answer = taken(at_ashdown, sheet, purpose="")
    assert (answer.status_code, Event.objects.filter(action="names exported").exists()) == (302, False)
    assert "Choose what the file is for, then press Export." in at_ashdown.get(answer["Location"]).text


def test_of_a_hundred_who_object_none_leaves(left, sheet, at_ashdown):  # noqa: F811
    for number in range(100):
        objects = leaver("Nemo", f"Objects{number}")
        said_of(objects, provider_name="Millbrook")
        who = Wish.SaidBy.PARENT if number % 2 else Wish.SaidBy.PUPIL
        say_wish(objects, about=Wish.About.SHARING, allows=False, who=who, by=None)
    said_of(left.ada)
    for rows in ("one", "every"):
        text = taken(at_ashdown, sheet, rows=rows).content.decode()
        assert ("Objects" in text, "Lovell" in text) == (False, True)
    page = at_ashdown.get(
        f"{reverse('outgoing-sheet-detail', args=['ashdown', sheet.pk])}?year={LEFT_IN}&moment=position&rows=one"
    )
    assert "100 object to being told of to others" in page.text


def test_whom_sources_disagree_on_waits_for_a_person(left, sheet, at_ashdown):  # noqa: F811
    said_of(left.ada)
    said_of(left.ada, source=Source.PUPIL, code="", route="job-without-training")
    assert len(rows_of(taken(at_ashdown, sheet))) == 2
    assert len(rows_of(taken(at_ashdown, sheet, rows="every"))) == 4


def drawn(seed: int) -> list[dict]:
    """What somebody may say of somebody, at random: every field now blank, now not."""
    dice, found = random.Random(seed), []
    codes = [each for each in activity_codes().values() if each.is_in_force(LEFT_ON)]
    routes_ = [each for each in outcome_routes() if each.is_in_force(LEFT_ON)]
    words = ["", "=SUM(A1)", "café – ½", "O’Neill, Sons & Co", "'quoted'", 'a"b', "007"]
    for number in range(40):
        kind = dice.choice([Kind.ENROLMENT, Kind.POSITION, Kind.SIX_MONTHS])
        at = {Kind.ENROLMENT: day(9, 20), Kind.POSITION: day(11, 1), Kind.SIX_MONTHS: day(3, 31)}[kind]
        since = dice.choice([None, day(9, 3)])
        how = dice.choice(["code", "route", "both"])
        found.append(
            {
                "person": number % 20, "kind": kind, "as_of": at, "said_on": at + timedelta(days=dice.randrange(20)),
                "source": dice.choice(list(Source)), "code": dice.choice(codes).code if how != "route" else "",
                "route": dice.choice(routes_).key if how != "code" else "", "provider_name": dice.choice(words),
                "course": dice.choice(words), "level": dice.choice([None, 0, 3, 8]), "starts_on": since,
                "ends_on": dice.choice([None, at]), "sector": dice.choice(words), "occupation": dice.choice(words),
                "words": dice.choice(words),
            }
        )  # fmt: skip
    return found


def told(people) -> list[str]:
    """All that stands, without which file said it; the code of a route, whether it was written or not."""
    names = ("pupil_id", "kind", "as_of", "said_on", "source", *BACK[4:13])
    return sorted(
        str(((code := code_of(each)) and code.code, *(getattr(each, name) for name in names)))
        for each in in_force(Statement.objects.filter(pupil__in=people))
    )


@pytest.mark.parametrize(("seed", "written_as"), [(1, "csv"), (2, "xlsx"), (3, "csv"), (4, "xlsx")])
def test_what_went_out_comes_in_again_and_changes_nothing_and_nothing_is_lost_on_the_way(
    left,  # noqa: F811
    priya,  # noqa: F811
    at_ashdown,
    seed,
    written_as,
):
    people = [
        leaver(f"Name{chr(97 + n)}", f"Draw{chr(97 + n)}", birth_date=ADA_BORN + timedelta(days=n)) for n in range(20)
    ]
    for each in drawn(seed):
        record_statement(people[each.pop("person")], by=None, **each)
    before = told(people)
    every = keep_sheet("Everything", [{"heading": OURS[key], "key": key} for key in BACK], by=priya)
    kinds = [Kind.ENROLMENT, Kind.POSITION, Kind.SIX_MONTHS]
    files = {kind: taken(at_ashdown, every, moment=kind, rows="every", written_as=written_as).content for kind in kinds}
    choose = dict(enumerate(BACK))
    name = f"ours.{written_as}"
    for kind in kinds:
        again = bring(files[kind], priya, name=name, choose=choose, record=False)
        assert [x for x in reasons(again) if x not in ("is recorded already", "stands above the headings")] == []
        assert (set(again.counts) <= {"unchanged", "set-aside"}, reasons(again)[-1:]) == (True, ["is recorded already"])
    # And into a ledger that has none of it: what stands there then is what stood before.
    for statement in in_force(Statement.objects.filter(pupil__in=people)):
        withdraw_statement(statement, by=priya)
    assert told(people) == []
    for kind in kinds:
        bring(files[kind], priya, name=name, choose=choose)
    assert told(people) == before
