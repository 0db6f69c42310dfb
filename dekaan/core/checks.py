"""What production mode refuses to start on: the settings and the files; of the database `database_checks` speaks.

Each is a check of Django's own for deployment, so `python manage.py check --deploy` lists them as well; outside
production mode they are silent. `dekaan.core.production` turns them into a refusal. Listed in docs/care.md.
"""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

KEY_LENGTH = 50  # what Django itself asks of a key
KEY_VARIETY = 16  # different characters; a key drawn by chance has far more
SAMPLES = (
    "insecure",
    "change-me",
    "changeme",
    "change_me",
    "example",
    "sample",
    "replace",
    "your-secret",
    "your_secret",
)
WEB_ROOTS = {"public_html", "htdocs", "wwwroot", "httpdocs"}
UNDER_A_WEB_ROOT = ("/var/www", "/srv/www", "/srv/http", "/usr/share/nginx", "/usr/local/www")
# File systems that other machines write to as well: locks do not reach across them, and SQLite rests on locks.
NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "9p", "davfs", "gfs2", "ocfs2",
    "gpfs", "beegfs", "orangefs", "coda", "vboxsf",
}  # fmt: skip
NETWORK_FUSE = {
    "sshfs",
    "glusterfs",
    "ceph",
    "s3fs",
    "rclone",
    "davfs2",
    "gcsfuse",
    "smbnetfs",
    "gvfsd-fuse",
    "juicefs",
}
MOUNTS = Path("/proc/self/mounts")


def on_sqlite() -> bool:
    """The installation keeps its data in one file."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


@register(Tags.security, deploy=True)
def settings_are_safe(**_: Any) -> list[CheckMessage]:
    """No debugging, a key that nobody can guess, hosts by name, and no mail server's password in the clear."""
    return list(_settings()) if settings.PRODUCTION else []


def _settings() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("Debugging is on, and would show what is in memory.", hint="Unset DEKAAN_DEBUG.", id="dekaan.E001")
    if reason := _weakness(settings.SECRET_KEY):
        hint = "Unset DEKAAN_SECRET_KEY and a good one is made and kept in the data folder, or give one of 64 random letters."
        yield Error(f"The secret key {reason}.", hint=hint, id="dekaan.E002")
    hosts = [host.strip() for host in settings.ALLOWED_HOSTS]
    if not any(hosts) or any("*" in host or host.startswith(".") for host in hosts):
        hint = "Say in DEKAAN_HOSTS by which names the service is reached, with commas: careers.ashdown.example"
        yield Error("The hosts are not named one by one.", hint=hint, id="dekaan.E003")
    if reason := _wrong_with_mail():
        hint = "Set DEKAAN_SMTP_USER and DEKAAN_SMTP_PASSWORD both or neither, and DEKAAN_SMTP_SECURITY to tls or starttls."
        yield Error(f"Mail cannot be sent safely: {reason}.", hint=hint, id="dekaan.E015")


def _wrong_with_mail() -> str:
    if settings.SMTP_SECURITY not in {"tls", "starttls", "none"}:
        return f"DEKAAN_SMTP_SECURITY is {settings.SMTP_SECURITY!r}, which is none of tls, starttls and none"
    if bool(settings.EMAIL_HOST_USER) != bool(settings.EMAIL_HOST_PASSWORD):
        return "of the mail server's user and password only one is given"
    if settings.EMAIL_HOST_PASSWORD and settings.SMTP_SECURITY == "none":
        return "the mail server's password would be sent in the clear"
    return ""


def _weakness(key: str) -> str:
    """Why the key will not do; empty when it will."""
    if any(word in key.lower() for word in SAMPLES):
        return "is a sample"
    if len(key) < KEY_LENGTH:
        return f"is short ({len(key)} characters; at least {KEY_LENGTH})"
    if len(set(key)) < KEY_VARIETY:
        return f"is weak ({len(set(key))} different characters; at least {KEY_VARIETY})"
    return ""


@register(Tags.security, deploy=True)
def files_are_private(**_: Any) -> list[CheckMessage]:
    """The data folder is no part of a web site, and nobody else on the machine can read what is in it."""
    return list(_files()) if settings.PRODUCTION else []


def _files() -> Iterator[CheckMessage]:
    kept = {"data folder": Path(settings.DATA), "uploads": Path(settings.MEDIA_ROOT)}
    if on_sqlite():
        kept["database"] = Path(settings.DATABASES["default"]["NAME"])
    for what, path in kept.items():
        if under := web_root_of(path.resolve(), Path(settings.STATIC_ROOT)):
            hint = "Move it, and say in DEKAAN_DATA where it is: /var/lib/dekaan"
            yield Error(f"The {what} lies under {under}, which is for the web.", hint=hint, id="dekaan.E004")
    private = [*kept.values(), *_files_in(Path(settings.DATA)), *_beside(kept.get("database"))]
    for path in sorted({path for path in private if path.exists() and path.stat().st_mode & stat.S_IRWXO}):
        hint = f"chmod -R o-rwx {path}"
        yield Error(f"Everybody on this machine may open {path.name}.", hint=hint, id="dekaan.E005")
    if on_sqlite() and MOUNTS.exists():
        kind = file_system_of(kept["database"].resolve(), MOUNTS.read_text(encoding="utf-8", errors="replace"))
        if is_network(kind):
            words = f"The SQLite database lies on a network file system ({kind}), whose locks do not hold."
            hint = "Keep it on the machine's own disk, or use PostgreSQL (DEKAAN_DATABASE_URL)."
            yield Error(words, hint=hint, id="dekaan.E006")


def _files_in(folder: Path) -> list[Path]:
    """The files that lie directly in the data folder: keys, the database, the list of erasures."""
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _beside(database: Path | None) -> list[Path]:
    """The database may lie elsewhere, and has its journal beside it."""
    return [] if database is None else [database.with_name(database.name + end) for end in ("-journal", "-wal", "-shm")]


def web_root_of(path: Path, static: Path) -> Path | None:
    """The folder above `path`, or `path` itself, from which a web server usually gives out files."""
    for folder in (path, *path.parents):
        if folder == static.resolve() or folder.name.lower() in WEB_ROOTS or str(folder) in UNDER_A_WEB_ROOT:
            return folder
    return None


def file_system_of(path: Path, mounts: str) -> str:
    """The kind of file system that holds `path`, as the table of mounts says: the deepest mount, the last of several."""
    kind, depth = "", -1
    for line in mounts.splitlines():
        words = line.split()
        if len(words) < 3:
            continue
        at = Path(words[1].replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\"))
        if (path == at or at in path.parents) and len(at.parts) >= depth:
            kind, depth = words[2], len(at.parts)
    return kind


def is_network(kind: str) -> bool:
    """Other machines write to it as well."""
    name = kind.lower()
    return name in NETWORK or (name.startswith("fuse.") and name.removeprefix("fuse.") in NETWORK_FUSE)
