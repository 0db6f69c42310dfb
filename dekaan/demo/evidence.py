"""A cabinet as a school has it after two years: most of it good, some expired, some not there."""

import struct
import tomllib
import zlib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.evidence.changes import add_evidence, bring_file, say_what_is_asked
from dekaan.evidence.models import Evidence
from dekaan.people.models import StaffMember
from dekaan.programme.models import Session

Review = Evidence.Review
THEMES = {"review-1": "Vision and leadership", "review-2": "How the team works"}  # as an invented paper might call them


def write_evidence(staff: list[StaffMember], *, slug: str, by: User, today: date) -> None:
    """The invented pieces are in the cabinet of the school in scope, with their files."""
    say_what_is_asked(names=THEMES, months={}, by=by)
    owners = {each.post: each for each in staff}
    said = tomllib.loads(files("dekaan.demo").joinpath("data", "evidence.toml").read_text(encoding="utf-8"))
    for row in said["piece"]:
        row["address"] = row.get("address", "").format(slug=slug)
        _add(row, owners, by=by, today=today)


def _add(row: dict[str, Any], owners: dict[str, StaffMember], *, by: User, today: date) -> None:
    title = row["title"].format(year=year_label(academic_year_of(today)))
    session = None
    if "record" in row:
        held = Session.objects.filter(activity__title=row["record"], held_on__lt=today)
        session = held.order_by("-held_on", "pk").first()
    kind = "file" if "file" in row else "address" if row["address"] else "statement"
    review = Review.SET_ASIDE if row.get("aside") else Review.CHECKED if row.get("checked") else Review.TO_CHECK
    piece = add_evidence(
        title=title,
        kind="record" if session else kind,
        shows=row.get("shows", ""),
        address=row["address"],
        statement=row.get("statement", ""),
        session=session,
        criteria=row.get("criteria", []),
        themes=row.get("themes", []),
        facts=row.get("facts", []),
        owner=owners.get(row.get("owner", "")),
        dated_on=today + timedelta(days=row["dated"]),
        valid_until=today + timedelta(days=row["until"]) if "until" in row else None,
        review=review,
        may_name_pupils=row.get("names", False),
        by=by,
    )
    if "file" in row:
        content = _picture() if row["file"] == "png" else f"{title}\n\n{row.get('shows', '')}\n".encode()
        name = f"{title.replace(':', '').replace('/', '-')}.{row['file']}"
        bring_file(piece, name=name, content=content, by=by)


def _picture() -> bytes:
    """A small plain picture, as if scanned."""

    def chunk(kind: bytes, said: bytes) -> bytes:
        return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))

    rows = b"".join(b"\x00" + b"\xd5\xe4\xe6" * 40 for _ in range(30))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
