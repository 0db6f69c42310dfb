"""Production mode refuses to start on each thing of the list; every check is made wrong once here."""

import os
import secrets
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.checks import CheckMessage
from django.db import connection, transaction

from dekaan.core import checks, database_checks
from dekaan.demo.checks import no_default_accounts
from dekaan.schools.changes import add_school
from dekaan.schools.checks import sqlite_holds_one_school
from tests.databases import ON_POSTGRES, as_owner

DEFAULT = ["default"]


def said(found: list[CheckMessage]) -> list[tuple[str, str]]:
    """Which checks spoke, and the first words of each."""
    assert all(each.hint for each in found), "each says what to do"
    return [(each.id, each.msg) for each in found]


@pytest.fixture
def earnest(settings, tmp_path, monkeypatch):
    """An installation in production mode with nothing wrong with it."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    for name in ("dekaan.sqlite3", "secret-key"):
        (data / name).touch(mode=0o600)
    (data / "uploads").mkdir(mode=0o700)
    settings.PRODUCTION, settings.DEBUG = True, False
    settings.SECRET_KEY = secrets.token_urlsafe(64)
    settings.ALLOWED_HOSTS = ["careers.ashdown.example"]
    settings.DATA, settings.MEDIA_ROOT, settings.STATIC_ROOT = data, data / "uploads", data / "static"
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "dekaan.sqlite3")}
    monkeypatch.setattr(django_settings, "DATABASES", {"default": file})  # looked at, never connected to
    return settings


def test_nothing_is_wrong_with_a_good_installation(earnest):
    assert checks.settings_are_safe() + checks.files_are_private() == []


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("DEBUG", True, ("dekaan.E001", "Debugging is on, and would show what is in memory.")),
        ("SECRET_KEY", "k7Qz" * 5, ("dekaan.E002", "The secret key is short (20 characters; at least 50).")),
        ("SECRET_KEY", "abcd" * 20, ("dekaan.E002", "The secret key is weak (4 different characters; at least 16).")),
        ("SECRET_KEY", "django-insecure-" + "x7Qz9" * 12, ("dekaan.E002", "The secret key is a sample.")),
        ("SECRET_KEY", "CHANGE-ME-" + "abcdefghijklmnopqrstuvwxyz" * 3, ("dekaan.E002", "The secret key is a sample.")),
        ("ALLOWED_HOSTS", ["*"], ("dekaan.E003", "The hosts are not named one by one.")),
        (
            "ALLOWED_HOSTS",
            ["ashdown.example", "*.ashdown.example"],
            ("dekaan.E003", "The hosts are not named one by one."),
        ),
        ("ALLOWED_HOSTS", [".ashdown.example"], ("dekaan.E003", "The hosts are not named one by one.")),
        ("ALLOWED_HOSTS", [""], ("dekaan.E003", "The hosts are not named one by one.")),
        (
            "SMTP_SECURITY",
            "ssl",
            (
                "dekaan.E015",
                "Mail cannot be sent safely: DEKAAN_SMTP_SECURITY is 'ssl', which is none of tls, starttls and none.",
            ),
        ),
        (
            "EMAIL_HOST_USER",
            "careers",
            (
                "dekaan.E015",
                "Mail cannot be sent safely: of the mail server's user and password only one is given.",
            ),
        ),
    ],
)
def test_a_setting_that_is_unsafe_is_named(earnest, setting, value, expected):
    setattr(earnest, setting, value)
    assert said(checks.settings_are_safe()) == [expected]
    earnest.PRODUCTION = False
    assert checks.settings_are_safe() == []


def test_the_mail_servers_password_goes_through_a_closed_door_only(earnest):
    earnest.EMAIL_HOST_USER, earnest.EMAIL_HOST_PASSWORD = "careers", "three words"
    for security, expected in (("tls", []), ("starttls", []), ("none", ["dekaan.E015"])):
        earnest.SMTP_SECURITY = security
        assert [each.id for each in checks.settings_are_safe()] == expected


def test_a_data_folder_under_a_web_root_is_named(earnest, tmp_path):
    for folder in (tmp_path / "public_html" / "data", earnest.DATA / "static" / "data"):
        folder.mkdir(parents=True, mode=0o700)
        earnest.DATA = earnest.MEDIA_ROOT = folder
        under = folder.parent
        assert said(checks.files_are_private()) == [
            ("dekaan.E004", f"The data folder lies under {under}, which is for the web."),
            ("dekaan.E004", f"The uploads lies under {under}, which is for the web."),
        ]
    static = Path("/srv/dekaan/static")
    assert checks.web_root_of(Path("/var/www/html/dekaan/data"), static) == Path("/var/www")
    assert checks.web_root_of(Path("/var/lib/dekaan"), static) is None
    assert checks.web_root_of(static / "data", static) == static


def test_what_others_on_the_machine_may_open_is_named(earnest):
    """The folder, the database, the key and the uploads; for the group nothing is said."""
    for path in (earnest.DATA, earnest.DATA / "dekaan.sqlite3", earnest.DATA / "secret-key", earnest.DATA / "uploads"):
        before = path.stat().st_mode
        for extra in (0o004, 0o002, 0o001):
            path.chmod(before | extra)
            assert said(checks.files_are_private()) == [
                ("dekaan.E005", f"Everybody on this machine may open {path.name}.")
            ]
        path.chmod(before | 0o040)
        assert checks.files_are_private() == []
        path.chmod(before)


def test_a_database_elsewhere_is_looked_at_with_its_journal(earnest, tmp_path):
    earnest.DATABASES["default"]["NAME"] = str(tmp_path / "elsewhere.sqlite3")
    (tmp_path / "elsewhere.sqlite3").touch(mode=0o600)
    (tmp_path / "elsewhere.sqlite3-journal").touch(mode=0o600)
    assert checks.files_are_private() == []
    (tmp_path / "elsewhere.sqlite3-journal").chmod(0o644)
    assert said(checks.files_are_private()) == [
        ("dekaan.E005", "Everybody on this machine may open elsewhere.sqlite3-journal.")
    ]


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/homes /srv/homes nfs4 rw 0 0
//server/office /mnt/the\\040office cifs rw 0 0
/dev/sdb1 /srv/homes/local ext4 rw 0 0
me@server: /mnt/far fuse.sshfs rw 0 0
/dev/fuse /mnt/disk fuse.ntfs-3g rw 0 0
tmpfs /mnt/far/near tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/var/lib/dekaan/dekaan.sqlite3", "ext4", False),
        ("/srv/homes/priya/dekaan.sqlite3", "nfs4", True),
        ("/srv/homestead/dekaan.sqlite3", "ext4", False),
        ("/srv/homes/local/dekaan.sqlite3", "ext4", False),
        ("/mnt/the office/dekaan.sqlite3", "cifs", True),
        ("/mnt/far/dekaan.sqlite3", "fuse.sshfs", True),
        ("/mnt/far/near/dekaan.sqlite3", "tmpfs", False),
        ("/mnt/disk/dekaan.sqlite3", "fuse.ntfs-3g", False),
    ],
)
def test_the_file_system_is_read_from_the_table_of_mounts(path, kind, network):
    assert checks.file_system_of(Path(path), MOUNTS) == kind
    assert checks.is_network(kind) == network


def test_sqlite_on_a_network_file_system_is_named(earnest, tmp_path, monkeypatch):
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {earnest.DATA} nfs4 rw 0 0\n")
    monkeypatch.setattr(checks, "MOUNTS", table)
    assert said(checks.files_are_private()) == [
        ("dekaan.E006", "The SQLite database lies on a network file system (nfs4), whose locks do not hold.")
    ]
    earnest.DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
    assert checks.files_are_private() == []


# --- the database ----------------------------------------------------------------------------


@pytest.fixture
def in_production(settings):
    """Production mode on the database of the tests."""
    settings.PRODUCTION = True
    return settings


@pytest.mark.django_db
def test_nothing_is_wrong_with_the_database_of_the_tests(in_production):
    assert database_checks.database_is_safe(databases=DEFAULT) == []
    assert database_checks.school_owned_tables() > {"people_pupil", "participation_participation", "measures_coverage"}


@pytest.mark.django_db
def test_a_database_of_another_version_is_named(in_production):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0999_later', '2030-01-01')"
        )
        assert said(database_checks.database_is_safe(databases=DEFAULT)) == [
            ("dekaan.E011", "The database is newer than this Dekaan, which does not know: people 0999_later.")
        ]
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people' AND name = '0999_later'")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reports'")
        assert said(database_checks.database_is_safe(databases=DEFAULT)) == [
            ("dekaan.E010", "The database is older than this Dekaan.")
        ]
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_accounts_of_the_demonstration_are_named(in_production, stock):
    assert [each.id for each in no_default_accounts(databases=DEFAULT)] == ["dekaan.E014"]
    in_production.PRODUCTION = False
    assert no_default_accounts(databases=DEFAULT) == []


@pytest.mark.django_db
def test_the_accounts_of_a_real_school_are_not(in_production):
    assert no_default_accounts(databases=DEFAULT) == []


@pytest.mark.django_db
def test_a_second_school_is_for_postgresql(in_production):
    add_school(name="Ours", slug="ours")
    assert sqlite_holds_one_school(databases=DEFAULT) == []
    add_school(name="Theirs", slug="theirs")
    words = "SQLite holds one school, and here are 2: it has no second wall between them."
    assert said(sqlite_holds_one_school(databases=DEFAULT)) == ([] if ON_POSTGRES else [("dekaan.E013", words)])


def test_postgresql_on_another_machine_is_spoken_to_in_secret(in_production):
    given = connection.copy()
    for host, sslmode, wrong in (
        ("", None, False),
        ("/run/postgresql", None, False),
        ("127.0.0.1", None, False),
        ("db.trust.example", None, True),
        ("db.trust.example", "prefer", True),
        ("db.trust.example", "require", False),
        ("db.trust.example", "verify-full", False),
    ):
        given.settings_dict["HOST"], given.settings_dict["OPTIONS"] = host, {"sslmode": sslmode} if sslmode else {}
        assert [each.id for each in database_checks._connection(given)] == ["dekaan.E012"] * wrong, (host, sslmode)


if ON_POSTGRES:

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("made", "words"),
        [
            ("CREATE ROLE clerk SUPERUSER", "is a superuser"),
            ("CREATE ROLE clerk BYPASSRLS", "may bypass row security"),
            ("CREATE ROLE clerk; ALTER TABLE people_pupil OWNER TO clerk", "owns the tables"),
            (
                "CREATE ROLE keeper; ALTER TABLE people_pupil OWNER TO keeper; CREATE ROLE clerk IN ROLE keeper",
                "owns the tables",
            ),
            ("CREATE ROLE clerk", ""),
        ],
    )
    def test_a_role_that_may_pass_the_wall_is_named(in_production, made, words):
        with as_owner(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(made)
            cursor.execute("GRANT pg_read_all_data TO clerk")
            cursor.execute("SET LOCAL ROLE clerk")
            found = database_checks.database_is_safe(databases=DEFAULT)
            transaction.set_rollback(True)
        assert said(found) == ([("dekaan.E008", f"The database role that serves {words}.")] if words else [])

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        "statement",
        [
            "ALTER TABLE people_pupil NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE people_pupil DISABLE ROW LEVEL SECURITY",
            "DROP POLICY school_in_scope ON people_pupil",
            "CREATE POLICY all_may ON people_pupil USING (true)",
        ],
    )
    def test_a_table_without_its_wall_is_named(in_production, statement):
        with as_owner(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            found = [each for each in database_checks.database_is_safe(databases=DEFAULT) if each.id != "dekaan.E008"]
            transaction.set_rollback(True)
        assert said(found) == [
            ("dekaan.E009", "Row security is not enabled and forced, by our one policy, on: people_pupil.")
        ]

else:

    @pytest.mark.django_db
    def test_a_write_ahead_log_of_an_unsafe_sqlite_is_named(in_production, tmp_path):
        other = connection.copy()
        other.settings_dict["NAME"], other.settings_dict["OPTIONS"] = str(tmp_path / "x.sqlite3"), {}
        in_production.WAL_IS_SAFE = False
        try:
            assert list(database_checks._journal(other)) == []
            with other.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=WAL")
            (found,) = database_checks._journal(other)
            assert (found.id, "may corrupt" in found.msg) == ("dekaan.E007", True)
            in_production.WAL_IS_SAFE = True
            assert list(database_checks._journal(other)) == []
        finally:
            other.close()


def test_outside_production_nothing_is_said_of_the_database():
    assert database_checks.database_is_safe(databases=DEFAULT) == []
    assert os.environ.get("DEKAAN_MODE", "demonstration") == "demonstration"
