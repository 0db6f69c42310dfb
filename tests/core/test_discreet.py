"""A page that breaks with a pupil's data in its hands: none of it in the log, none in the answer."""

import io
import logging
import subprocess
import sys
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from dekaan.core.discreet import Discreet, _uncaught
from dekaan.core.scope import working_in
from dekaan.people.models import Carer, FormerIdentifier
from tests.stock import pupil

CANARY = "Kanarivogel"


@pytest.fixture
def log():
    """What the service's own handler writes."""
    (handler,) = [each for each in logging.getLogger().handlers if isinstance(each.formatter, Discreet)]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def breaking(execute, sql, params, many, context):
    """The database refuses with the values of a row, and what catches it says them once more."""
    if 'INSERT INTO "people_carer"' not in sql:
        return execute(sql, params, many, context)
    try:
        FormerIdentifier.objects.create(pupil_id=context["connection"].pupil_id, kind="upn", value=CANARY)
    except IntegrityError as problem:
        raise RuntimeError(f"could not save {params}") from problem


@pytest.mark.django_db
def test_a_page_that_breaks_tells_neither_the_log_nor_the_reader_whose_data_it_held(stock, log, caplog):
    with working_in(stock.ashdown):
        ada = pupil("Ada", CANARY)
        FormerIdentifier.objects.create(pupil=ada, kind="upn", value=CANARY)
    client = Client(raise_request_exception=False)
    client.force_login(stock.priya)
    address = reverse("carer-new", args=["ashdown", ada.pk])
    typed = {"surname": CANARY, "forename": "Mary", "relationship": "Mother", "email": "", "telephone": ""}
    connection.pupil_id = ada.pk
    with connection.execute_wrapper(breaking):
        answer = client.post(address, typed)
    assert (answer.status_code, CANARY in answer.text) == (500, False)
    with working_in(stock.ashdown):
        assert not Carer.objects.exists()
    (broken,) = [each for each in caplog.records if each.exc_info]
    assert CANARY in logging.Formatter().format(broken)  # so there was something to tell
    written = log.getvalue()
    assert CANARY not in written
    assert written.startswith(f"Internal Server Error: {address}\n")
    assert "carers.py" in written
    assert written.rstrip().splitlines()[-1] == "RuntimeError"
    code = "23505" if connection.vendor == "postgresql" else "SQLITE_CONSTRAINT_UNIQUE"
    assert "IntegrityError\n" in written
    assert f"[{code}" in written


@pytest.mark.django_db
def test_the_constraint_that_refused_is_named(in_ashdown, log):
    ada = pupil("Ada")
    FormerIdentifier.objects.create(pupil=ada, kind="upn", value=CANARY)
    try:
        with transaction.atomic():
            FormerIdentifier.objects.create(pupil=ada, kind="upn", value=CANARY)
    except IntegrityError as problem:
        logging.getLogger("dekaan").exception("Not saved: %s", problem)  # noqa: TRY401 a line that says it is what is tried
    said = {
        "postgresql": "UniqueViolation [23505 former_identifier_once]",
        "sqlite": "IntegrityError [SQLITE_CONSTRAINT_UNIQUE]",
    }
    assert log.getvalue().splitlines()[0] == "Not saved: IntegrityError"
    assert said[connection.vendor] in log.getvalue()


@pytest.mark.once
def test_what_nobody_caught_is_told_as_discreetly(log):
    def fails() -> None:
        raise KeyError(CANARY)

    def caught(said):
        _uncaught(said.exc_type, said.exc_value, said.exc_traceback)

    before, threading.excepthook = threading.excepthook, caught
    try:
        thread = threading.Thread(target=fails)
        thread.start()
        thread.join()
    finally:
        threading.excepthook = before
    assert log.getvalue().splitlines()[0] == "Not caught"
    assert log.getvalue().splitlines()[-1] == "KeyError"
    assert CANARY not in log.getvalue()


@pytest.mark.once
def test_a_command_that_breaks_names_no_value(tmp_path):
    program = (
        "import sys, click, django\n"
        "from dekaan.cli import main as m\n"
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'dekaan.settings'; django.setup()\n"
        "from dekaan.cli.commands import dekaan\n"
        f"@dekaan.command('breaks')\ndef breaks():\n    raise LookupError('{CANARY}')\n"
        "sys.argv = ['dekaan', 'breaks']\n"
        "m.main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False,
        env={"DEKAAN_DATA": str(tmp_path), "PATH": ""},
    )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[0] == "Not caught"
    assert ended.stderr.splitlines()[-1] == "LookupError"
    assert CANARY not in ended.stderr + ended.stdout
