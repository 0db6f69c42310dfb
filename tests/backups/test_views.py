"""The page about backups, and the banner of the home page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dekaan.backups.models import BackupRun
from dekaan.backups.queries import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings):
    """A school's own data: here something could be lost."""
    settings.PRODUCTION = True


def ran(kind: str, *, days_ago: float, is_good: bool = True, problem: str = "") -> None:
    BackupRun.objects.create(
        kind=kind,
        ended_at=timezone.now() - timedelta(days=days_ago),
        is_good=is_good,
        problem=problem,
        file_name="dekaan-20261124T023000Z.dekaan.age",
        size=1234567,
        seconds=4,
    )


def page(client, stock, who: str, name: str = "home") -> str:
    client.force_login(getattr(stock, who), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(reverse(name, args=["ashdown"]))
    assert answer.status_code == 200, who
    return answer.content.decode()


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([], "No backup has been made."),
        ([("backup", 3, True), ("drill", 1, True)], "The last good backup was made on"),
        ([("backup", 1, True), ("backup", 0.1, False), ("drill", 1, True)], "The last backup failed."),
        ([("backup", 1, True)], "No backup has been tried by restoring it."),
        ([("backup", 1, True), ("drill", 41, True)], "No backup has been tried by restoring it since"),
        ([("backup", 1, True), ("drill", 2, True), ("drill", 1, False)], "The last backup that was tried does not"),
        ([("backup", 3, False), ("backup", 1, True), ("drill", 39, True)], None),
    ],
)
def test_home_says_to_leader_and_technician_what_is_wrong_with_backups(client, stock, production, runs, words):
    for kind, days_ago, is_good in runs:
        ran(kind, days_ago=days_ago, is_good=is_good)
    address = reverse("backup-list", args=["ashdown"])
    for who in ("priya", "kit"):
        said = page(client, stock, who)
        if words is None:
            assert address not in said.partition("<main")[2]
        else:
            assert words in said
            assert f'href="{address}">What to do' in said


def test_home_says_nothing_of_backups_to_anybody_else(client, stock, production):
    for who in ("sam", "nell", "ellen", "olive"):
        assert "backup" not in page(client, stock, who).lower().partition("<main")[2], who


def test_the_demonstration_has_nothing_to_lose(client, stock):
    assert "No backup" not in page(client, stock, "priya")


def test_the_limits_are_the_technicians_to_set(stock, settings):
    ran("backup", days_ago=3)
    ran("drill", days_ago=50)
    assert (standing().backup.is_old, standing().drill.is_old) == (True, True)
    settings.BACKUP_LIMIT, settings.DRILL_LIMIT = timedelta(days=7), timedelta(days=90)
    assert standing().is_well


def test_backup_list_says_what_went_wrong_in_the_words_that_were_said(client, stock):
    ran("backup", days_ago=1)
    ran("backup", days_ago=0.1, is_good=False, problem="There is no folder /mnt/backups. Mount what it stands for.")
    said = page(client, stock, "kit", "backup-list")
    assert "The newest backup failed." in said
    assert "There is no folder /mnt/backups." in said
    assert "1.2\xa0MB" in said


def test_backup_list_is_for_leader_and_technician(client, stock):
    for who, status in (("priya", 200), ("kit", 200), ("sam", 403), ("david", 403), ("bea", 404)):
        client.force_login(getattr(stock, who), backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(reverse("backup-list", args=["ashdown"])).status_code == status, who


@pytest.mark.parametrize("number", [1, 3])
def test_backup_list_makes_as_many_queries_however_long_it_is(client, stock, number):
    page(client, stock, "kit", "backup-list")
    for _ in range(number):
        ran("backup", days_ago=1)
    with CaptureQueriesContext(connection) as made:
        client.get(reverse("backup-list", args=["ashdown"]))
    asked = [each["sql"] for each in made if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))]
    assert len(asked) == 6
