"""Whoever is erased is gone everywhere, and does not come back from a backup or a list."""

import json
from datetime import date
from unittest.mock import ANY

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.cli.morning import go_round
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.changes import Upload, import_at_once, start_import, undo
from dekaan.exchange.models import ImportLine, ImportRun, UndoPage
from dekaan.measures.changes import verify
from dekaan.participation.changes import erase_from_ledger
from dekaan.participation.models import Participation
from dekaan.people.changes import add_carer, add_carer_of, change_pupil, join_school, keep_list
from dekaan.people.models import Carer, ErasedPupil, Pupil
from dekaan.privacy.changes import erase_pupil, reapply_erasures
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session, record_day_absences, strike_off
from dekaan.programme.models import Act
from tests.stock import pupil

MANY = 100
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEADINGS = {
    "upn": "UPN",
    "admission_number": "Admission No",
    "surname": "Surname",
    "forename": "Forename",
    "birth_date": "Date of birth",
    "year_group": "Year",
    "tutor_group": "Reg group",
}


def a_list(people, *columns):
    """A CSV with those columns, as an information system writes it."""
    rows = [",".join(HEADINGS[each] for each in columns)]
    rows += [",".join(str(person[each]) for each in columns) for person in people]
    text = "\n".join(rows).encode()
    return Upload("roll.csv", len(text), [text])


def somebody(number, surname="Canaryson"):
    return {
        "upn": f"A81540012{number:04d}",
        "admission_number": f"CANADM{number:03d}",
        "surname": f"{surname}{_letters(number)}",
        "forename": f"Pupil{_letters(number)}",
        "birth_date": "14/03/2012",
        "year_group": 10,
        "tutor_group": "10A",
    }


def _letters(number):
    return "".join(chr(97 + int(digit)) for digit in f"{number:03d}")


HER = somebody(1) | {"surname": "Canaryword", "forename": "Adacanary"}


def bring_in(upload, by, kind="pupils", **how):
    return import_at_once(upload, kind=kind, by=by, whole_roll=False, leader_has_looked=True, **how)


def everything_kept():
    """Every value of every table, and every file of the data folder, as one text."""
    values = []
    for model in apps.get_models():
        fields = [field.attname for field in model._meta.concrete_fields]
        values += [json.dumps(row, default=str) for row in model._base_manager.values_list(*fields)]
    return "\n".join(values)


def everything_on_disk(folder):
    return b"\n".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def ada(in_ashdown):
    """Ada Canaryword, about whom everything is held that can be; the lists are in, her mother is known."""
    priya = in_ashdown.priya
    row = HER
    bring_in(a_list([row, somebody(2, "Keeper")], *HEADINGS), priya)
    bring_in(a_list([row | {"tutor_group": "10B"}], "upn", "surname", "forename", "tutor_group"), priya)
    ada = Pupil.objects.get(surname="Canaryword")
    add_carer(surname="Canarymother", forename="Iris", pupils=[ada], relationship="Mother", by=priya)
    for happened in (True, False):
        activity = plan_activity(title="Engineers", activity_type="ASSEM", partner_kind="employer", by=priya)
        session = plan_session(activity, held_on=today(), invited=Invited(pupils=(ada,)), by=priya)
        if happened:
            it_happened(session, by=priya)
            strike_off(session, absent=[ada.pk], by=priya)
    record_day_absences(today(), {ada.pk: "am"}, by=priya)
    bring_in(a_list([row | {"surname": "Canaryword", "upn": "", "admission_number": ""}], "surname", "forename"), priya)
    return ada


def test_there_is_much_to_erase(ada):
    """Or the tests below could not fail."""
    kept = everything_kept()
    assert kept.count("Canaryword") > 4
    assert "Canarymother" in kept
    assert Participation.objects.filter(pupil=ada, superseded_at__isnull=False).exists()
    assert any(ada.pk in act.absent for act in Act.objects.all())
    assert UndoPage.objects.exists()


def test_nothing_of_her_is_left_anywhere(ada, in_ashdown, data_folder):
    start_import(
        a_list([somebody(1) | {"surname": "Canaryword"}], "upn", "surname", "forename"), kind="pupils", by=None
    )
    assert b"Canaryword" in everything_on_disk(data_folder)
    erase_pupil(ada, by=in_ashdown.priya)
    kept = everything_kept() + everything_on_disk(data_folder).decode()
    for word in ("Canaryword", "Adacanary", "Canarymother", "A815400120001", "CANADM001"):
        assert word.casefold() not in kept.casefold(), word
    assert not any(ada.pk in act.absent for act in Act.objects.all())
    assert not Participation.objects.filter(pupil_id=ada.pk).exists()
    assert verify() == []
    assert Pupil.objects.filter(surname__startswith="Keeper").count() == 1


def test_the_audit_keeps_an_id_and_no_name(ada, in_ashdown):
    pk = ada.pk
    erase_pupil(ada, by=in_ashdown.priya)
    event = Event.objects.filter(action="pupil erased").get()
    assert (event.subject_id, event.actor_id) == (pk, in_ashdown.priya.pk)


def test_a_carer_of_a_brother_stays(ada, in_ashdown):
    brother = pupil("Ben", "Keeperson")
    mother = Carer.objects.get()
    add_carer_of(mother, brother, relationship="Mother", by=None)
    erase_pupil(ada, by=None)
    assert Carer.objects.get() == mother


def test_a_list_that_waits_is_refused_in_words_and_others_can_still_be_undone(ada, in_ashdown):
    waiting = start_import(a_list([somebody(9), HER], "upn", "surname", "forename"), kind="pupils", by=None)
    first = ImportRun.objects.filter(state="done").earliest("pk")
    erase_pupil(ada, by=None)
    waiting.refresh_from_db()
    assert waiting.state == ImportRun.State.REFUSED
    assert "Bring the list in again" in waiting.problem
    undo(first, by=None)
    assert not Pupil.objects.filter(surname__startswith="Keeper").exists()


@pytest.mark.parametrize(
    "columns",
    [("upn",), ("surname", "forename"), ("admission_number", "surname"), ("surname", "birth_date")],
)
def test_a_list_that_waits_and_names_her_in_any_way_is_refused(ada, in_ashdown, data_folder, columns):
    row = HER | {"year_group": 10}
    waiting = start_import(a_list([somebody(9), row], *columns, "year_group"), kind="pupils", by=None)
    erase_pupil(ada, by=None)
    waiting.refresh_from_db()
    assert (waiting.state, "names them" in waiting.problem) == (ImportRun.State.REFUSED, True)
    assert not list(data_folder.glob("uploads/imports/*/*"))


def test_a_list_that_waits_and_does_not_name_her_waits_on(ada, in_ashdown, data_folder):
    """The same surname, birthday or number alone is not hers."""
    namesake = somebody(10) | {"surname": HER["surname"], "birth_date": "01/02/2012"}
    others = [namesake, somebody(11) | {"birth_date": HER["birth_date"]}]
    waiting = start_import(a_list(others, "upn", "surname", "forename", "birth_date"), kind="pupils", by=None)
    before = ImportRun.objects.filter(pk=waiting.pk).values().get()
    file = data_folder / "uploads" / waiting.stored_as
    content = file.read_bytes()
    erase_pupil(ada, by=None)
    assert ImportRun.objects.filter(pk=waiting.pk).values().get() == before | {"moved_at": ANY}
    assert file.read_bytes() == content


def test_a_preview_loses_her_line_says_so_and_is_recorded(ada, in_ashdown):
    """A whole roll without her had said that she leaves."""
    keepers = [somebody(number, "Keeper") for number in range(20, 24)]
    bring_in(a_list(keepers, *HEADINGS), in_ashdown.priya)
    import_at_once(a_list([*keepers, somebody(30, "New")], *HEADINGS), kind="pupils", by=None, preview_only=True)
    run = ImportRun.objects.latest("pk")
    assert run.lines.filter(pupil=ada).exists()
    before = run.counts
    erase_pupil(ada, by=None)
    run.refresh_from_db()
    assert (run.state, run.lines.filter(who__contains="Canaryword").exists()) == (ImportRun.State.PREVIEW, False)
    assert run.counts == before | {"leaves": before["leaves"] - 1}
    assert run.notes[-1] == "Somebody who was erased meanwhile is left out."


def test_the_ledger_lets_nobody_go_who_is_not_noted_as_erased(ada):
    if connection.vendor != "postgresql":
        return
    with pytest.raises(DatabaseError, match="not noted as erased"), transaction.atomic():
        erase_from_ledger(ada.pk, [])
    with pytest.raises(DatabaseError), transaction.atomic():
        Participation.objects.filter(pupil=ada)._raw_delete("default")


OLD_LISTS = (
    tuple(HEADINGS),
    ("surname", "forename", "birth_date", "year_group", "tutor_group"),
    ("surname", "forename", "year_group", "tutor_group"),
    ("admission_number", "surname", "forename", "year_group", "tutor_group"),
)


def test_erased_then_an_older_backup_then_an_old_list_and_none_of_a_hundred_come_back(
    in_ashdown, django_capture_on_commit_callbacks
):
    people = [somebody(number) for number in range(MANY)]
    keepers = [somebody(number, "Keeper") for number in range(500, 503)]
    bring_in(a_list([*people, *keepers], *HEADINGS), in_ashdown.priya)
    assert Pupil.objects.count() == MANY + 3
    older = transaction.savepoint()  # what an older backup holds: everybody, and no erasure
    with django_capture_on_commit_callbacks(execute=True):
        for person in Pupil.objects.filter(surname__startswith="Canaryson"):
            erase_pupil(person, by=in_ashdown.priya)
    assert Pupil.objects.count() == 3
    transaction.savepoint_rollback(older)
    assert (Pupil.objects.count(), ErasedPupil.objects.count()) == (MANY + 3, 0)
    assert reapply_erasures() == MANY
    assert reapply_erasures() == 0
    for columns in OLD_LISTS:
        report = bring_in(a_list([*people, *keepers], *columns), in_ashdown.priya)
        assert report.counts.get("refused") == MANY, columns
        assert Pupil.objects.count() == 3, columns
    assert not ImportLine.objects.filter(who__contains="Canaryson").exists()
    assert "canaryson" not in everything_kept().casefold()
    assert verify() == []


WITHOUT_UPN = tuple(each for each in HEADINGS if each != "upn")
JON = somebody(1) | {"surname": "Oneill", "forename": "Jon", "admission_number": "4711"}


@pytest.mark.parametrize(
    "respelt",
    [
        {"forename": "John"},
        {"surname": "O'Neil"},
        {"surname": "Smith"},
        {"forename": "Jonathan"},
        {"surname": "Jon", "forename": "Oneill"},
        {"forename": "Jon Paul", "admission_number": ""},
        {"surname": "O'Neil", "admission_number": ""},
        {"surname": "Jon", "forename": "Oneill", "admission_number": ""},
    ],
)
def test_whoever_was_erased_does_not_come_back_by_another_spelling(in_ashdown, respelt):
    bring_in(a_list([JON], *WITHOUT_UPN), in_ashdown.priya)
    erase_pupil(Pupil.objects.get(), by=None)
    report = bring_in(a_list([JON | respelt], *WITHOUT_UPN), in_ashdown.priya)
    assert (report.counts, Pupil.objects.count()) == ({"refused": 1}, 0)
    assert "is added by hand" in report.lines[0]["reason"]


@pytest.mark.parametrize(
    "another",
    [
        {"forename": "Ben", "admission_number": "4712"},  # a twin, by the number
        {"surname": "Khan", "admission_number": ""} | {"forename": "Ali"},  # of the same birthday
        {"birth_date": "15/03/2012", "admission_number": "4712"},  # a namesake
        {"forename": "Ben", "upn": "A815400129999", "admission_number": "4712"},
    ],
)
def test_whoever_is_another_joins_though_much_is_the_same(in_ashdown, another):
    bring_in(a_list([JON], *HEADINGS), in_ashdown.priya)
    erase_pupil(Pupil.objects.get(), by=None)
    columns = HEADINGS if "upn" in another else WITHOUT_UPN
    assert bring_in(a_list([JON | another], *columns), in_ashdown.priya).counts == {"joins": 1}


def test_an_old_list_does_not_bring_back_whoever_was_erased_under_a_corrected_name(in_ashdown):
    bring_in(a_list([JON], *WITHOUT_UPN), in_ashdown.priya)
    change_pupil(Pupil.objects.get(), surname="Smith", by=in_ashdown.priya)
    erase_pupil(Pupil.objects.get(), by=None)
    assert bring_in(a_list([JON], *WITHOUT_UPN), in_ashdown.priya).counts == {"refused": 1}


def test_a_namesake_with_another_birth_date_is_somebody_else(in_ashdown):
    row = somebody(1)
    bring_in(a_list([row], *HEADINGS), None)
    erase_pupil(Pupil.objects.get(), by=None)
    other = row | {"upn": "A815400129999", "admission_number": "8888", "birth_date": "01/01/2013"}
    bring_in(a_list([other], *HEADINGS), None)
    assert [each.birth_date for each in Pupil.objects.all()] == [date(2013, 1, 1)]


def test_whoever_comes_back_by_a_persons_hand_is_not_erased_again(in_ashdown, monkeypatch):
    ada = pupil("Ada", "Lovell", upn="A815400120001")
    erase_pupil(ada, by=None)
    back = join_school(
        surname="Lovell",
        forename="Ada",
        year_group=10,
        starts_on=date.fromordinal(today().toordinal() + 1),
        details={"upn": "A815400120001"},
        by=None,
    )
    assert reapply_erasures() == 0
    assert Pupil.objects.get() == back


def test_whoever_came_back_and_is_here_since_long_ago_stays_after_a_restore_too(in_ashdown):
    """Erased by mistake and added again with the true date of admission, which is before the erasure."""
    erase_pupil(pupil("Ada", "Lovell", upn="A815400120001"), by=None)
    pupil("Ada", "Lovell", upn="A815400120001")
    assert reapply_erasures() == 0
    assert Pupil.objects.count() == 1


def test_whoever_was_erased_before_their_first_day_does_not_come_back_with_an_older_backup(
    in_ashdown, django_capture_on_commit_callbacks
):
    join_school(
        surname="Lovell",
        forename="Ada",
        year_group=7,
        starts_on=date.fromordinal(today().toordinal() + 200),
        details={"upn": "A815400120001"},
        by=None,
    )
    older = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        erase_pupil(Pupil.objects.get(), by=None)
    transaction.savepoint_rollback(older)
    assert Pupil.objects.exists()
    assert reapply_erasures() == 1
    assert not Pupil.objects.exists()


def test_a_database_that_was_put_back_by_other_means_forgets_nobody_beyond_the_next_morning(
    in_ashdown, django_capture_on_commit_callbacks
):
    pupil("Ada", "Lovell", upn="A815400120001")
    older = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        erase_pupil(Pupil.objects.get(), by=None)
    transaction.savepoint_rollback(older)
    assert go_round(today()) == []
    assert not Pupil.objects.exists()


def test_the_list_beside_the_database_has_hashes_and_no_name(
    in_ashdown, data_folder, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        erase_pupil(pupil("Ada", "Lovell", upn="A815400120001"), by=None)
    listed = (data_folder / "erasures.jsonl").read_text()
    (line,) = listed.splitlines()
    assert set(json.loads(line)["digests"]) == {"upn", "name", "part_of_name"}
    assert "lovell" not in listed.casefold()
    assert "A815400120001" not in listed
    assert oct((data_folder / "erasures.jsonl").stat().st_mode)[-3:] == "600"
    assert oct((data_folder / "erasure-key").stat().st_mode)[-3:] == "600"
    (data_folder / "erasures.jsonl").unlink()
    assert keep_list() == []
    assert json.loads((data_folder / "erasures.jsonl").read_text()) == json.loads(line)


def test_another_schools_erasure_says_nothing_here(stock):
    row = somebody(1)
    with working_in(stock.beckford):
        bring_in(a_list([row], *HEADINGS), None)
        erase_pupil(Pupil.objects.get(), by=None)
    with working_in(stock.ashdown):
        bring_in(a_list([row], *HEADINGS), None)
        assert Pupil.objects.count() == 1


def test_the_search_does_not_find_her(ada, in_ashdown, client):
    client.force_login(in_ashdown.priya, backend=BACKEND)
    address = reverse("search", args=["ashdown"]) + "?q=Adacanary"
    assert b"Canaryword" in client.get(address).content
    erase_pupil(ada, by=None)
    assert b"Canaryword" not in client.get(address).content


def test_a_full_disk_does_not_break_an_erasure_and_the_next_morning_writes_the_list(
    in_ashdown, data_folder, django_capture_on_commit_callbacks, caplog
):
    listed = data_folder / "erasures.jsonl"
    listed.symlink_to("/dev/full")
    with django_capture_on_commit_callbacks(execute=True):
        erase_pupil(pupil("Ada", "Lovell"), by=None)
    assert not Pupil.objects.exists()
    assert "The list of erasures was not written" in caplog.text
    listed.unlink()
    go_round(today())
    assert json.loads(listed.read_text())["uid"] == str(ErasedPupil.objects.get().uid)


def test_a_line_that_was_cut_short_does_not_swallow_the_next(
    in_ashdown, data_folder, django_capture_on_commit_callbacks
):
    listed = data_folder / "erasures.jsonl"
    listed.write_text('{"uid": "cut sh')
    with django_capture_on_commit_callbacks(execute=True):
        erase_pupil(pupil("Ada", "Lovell"), by=None)
    assert json.loads(listed.read_text().splitlines()[1])["uid"] == str(ErasedPupil.objects.get().uid)
    before = listed.read_text()
    assert (keep_list(), listed.read_text()) == ([], before)
