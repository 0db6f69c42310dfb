"""Whom a backup is encrypted to, and who can open it.

The public half stays beside the database, so that the nightly backup needs no secret. The private half belongs off the
machine: whoever steals the machine or a backup must not find it there, and without it no backup can be opened.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

from dekaan.backups.refusals import Damaged, NothingThere, Refusal, WrongKey

PUBLIC = "backup-recipient"
PRIVATE = "backup-private-key"


class KeyExists(Refusal):
    """Backups have a key already; another would leave the older ones to the older key."""


@dataclass(frozen=True)
class Pair:
    """The two halves, and the file in which the private one waits to be moved away."""

    public: str
    private_file: Path


def make_pair(data: Path, *, again: bool = False) -> Pair:
    """The data folder holds a new pair of keys; an older private key still opens the older backups.

    Raises KeyExists unless `again`, and where a private key still waits to be moved off the machine.
    """
    file = data / PRIVATE
    if file.exists():
        raise KeyExists(f"The private key is still in {file}. Move it off this machine first.")
    if (data / PUBLIC).exists() and not again:
        raise KeyExists(
            "Backups have a key already. For a new one say --again, and keep the old private key for the old backups."
        )
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    write_private(file, f"# Opens the backups of Dekaan. public key: {public}\n{identity}\n".encode())
    write_private(data / PUBLIC, f"{public}\n".encode())
    return Pair(public, file)


def recipient(data: Path) -> x25519.Recipient:
    """To whom this installation's backups are encrypted; raises NothingThere."""
    try:
        return x25519.Recipient.from_str((data / PUBLIC).read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise NothingThere("Backups have no key yet. Make one first: dekaan backup key") from None
    except (RecipientError, UnicodeDecodeError):
        raise NothingThere(
            f"{data / PUBLIC} holds no age public key. Put the right one there, or make another: dekaan backup key --again"
        ) from None


def identity_in(file: Path) -> x25519.Identity:
    """The private key in the file, as age-keygen and `dekaan backup key` write them; raises NothingThere."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise NothingThere(f"There is no key file {file}.") from None
    except UnicodeDecodeError:
        lines = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            try:
                return x25519.Identity.from_str(line.strip())
            except IdentityError:
                break
    raise NothingThere(f"{file} holds no private key (a line that begins AGE-SECRET-KEY-1).")


def passing_identity() -> x25519.Identity:
    """A key for one backup, held in memory until it is verified, and then forgotten."""
    return x25519.Identity.generate()


def encrypt(plain: Path, out: Path, to: list[x25519.Recipient]) -> None:
    """`out` holds what is in `plain`, for these and nobody else to open, and is on the disk."""
    with plain.open("rb") as source, os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as to_:
        encrypt_io(source, to_, to)
        to_.flush()
        os.fsync(to_.fileno())


def decrypt(file: Path, out: Path, key: x25519.Identity) -> None:
    """`out` holds what was encrypted; raises WrongKey or Damaged."""
    try:
        with file.open("rb") as source:
            begins = source.read(22)
            source.seek(0)
            if not begins.startswith(b"age-encryption.org/v1\n"):
                raise Damaged(f"{file.name} is no backup of Dekaan, or its beginning is damaged. Use another backup.")
            with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as to:
                decrypt_io(source, to, [key])
    except FileNotFoundError:
        raise NothingThere(f"There is no backup {file}.") from None
    except DecryptError as problem:
        if "No matching keys" in str(problem):
            raise WrongKey(
                f"This key does not open {file.name}, or its beginning is damaged. Use the private key of that time."
            ) from None
        raise Damaged(f"{file.name} is damaged: it cannot be decrypted to the end. Use another backup.") from None
    except OSError as problem:
        if problem.errno is None:  # the library tells a file that ends too early as an error without a number
            raise Damaged(f"{file.name} is damaged: it cannot be decrypted to the end. Use another backup.") from None
        raise


def write_private(file: Path, content: bytes) -> None:
    """The file holds this, is nobody else's to read, and is whole or as before."""
    beside = file.with_name(f".{file.name}.partial")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as to:
        to.write(content)
        to.flush()
        os.fsync(to.fileno())
    beside.replace(file)
