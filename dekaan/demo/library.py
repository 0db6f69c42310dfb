"""The library as a school has it in November: a dozen resources, some use, a broken link and an overdue review."""

import csv
import io
import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from dekaan.access.models import User
from dekaan.library.changes import add_resource, choose_resources, count_press, load_destinations, load_occupations
from dekaan.library.models import LinkRound, Resource
from dekaan.people.models import StaffMember
from dekaan.programme.models import Activity

LinkState = Resource.LinkState
OCCUPATION_HEADINGS = (
    "SOC 2020 Major Group", "SOC 2020 Sub-Major Group", "SOC 2020 Minor Group", "SOC 2020 Unit Group", "SOC 2020 Group Title",
    "Group Description", "Tasks",
)  # fmt: skip


def _said() -> dict[str, Any]:
    return tomllib.loads(files("dekaan.demo").joinpath("data", "library.toml").read_text(encoding="utf-8"))


def write_library(staff: Sequence[StaffMember], *, by: User, today: date) -> None:
    """The invented library is there for the school in scope, with what it was used in and whoever pressed its links."""
    made: dict[str, Resource] = {}
    for number, row in enumerate(_said()["resource"]):
        made[row["title"]] = add_resource(
            title=row["title"],
            says=row["says"],
            address=row.get("address", ""),
            kept_at=row.get("kept_at", ""),
            kind=row["kind"],
            audiences=row["for"],
            key_stages=row["years"],
            subject=row.get("subject", ""),
            owner=staff[number % 4] if number % 5 != 4 else None,
            review_on=today + timedelta(days=row["review_in"]),
            is_public=row.get("public", False),
            by=by,
        )
    for title, used in _said()["used"].items():
        for activity in Activity.objects.filter(title=title).order_by("pk"):
            choose_resources(activity, [made[each] for each in used], by=by)
    for row in _said()["presses"]:
        for _ in range(row["times"]):
            count_press(made[row["of"]], audience=row["by"], key_stage=row["years"])
    _look_at_links(by, at=datetime.combine(today - timedelta(days=3), time(7), tzinfo=UTC))


def _look_at_links(by: User, *, at: datetime) -> None:
    """The links were looked at then: most open."""
    Resource.objects.exclude(address="").update(link_state=LinkState.FINE, link_checked_at=at)
    for row in _said()["link"]:
        Resource.objects.filter(title=row["of"]).update(link_state=row["state"], link_reason=row["reason"])
    with_links = Resource.objects.exclude(address="")
    LinkRound.objects.create(
        asked_by=by,
        asked_at=at,
        finished_at=at,
        looked_at=with_links.count(),
        broken=with_links.filter(link_state=LinkState.BROKEN).count(),
        unread=with_links.filter(link_state=LinkState.UNREAD).count(),
    )


def write_published() -> None:
    """A few groups of occupations and the destination measures of an invented school are loaded, as from files."""
    rows = [OCCUPATION_HEADINGS]
    for code, title, describes, *tasks in _said()["occupations"]:
        codes = [code if len(code) == digits else "<blank>" for digits in (1, 2, 3, 4)]
        rows.append((*codes, title, describes, "".join(f"~{each}" for each in tasks)))  # type: ignore[arg-type]
    source = "A few groups of SOC 2020 (Office for National Statistics), described in our own words"
    load_occupations(list(enumerate(rows, start=1)), source=source, published_on=None, by=None)
    said, sheet = _said()["destinations"], io.StringIO(newline="")
    table = csv.writer(sheet)
    table.writerow(said["headings"])
    table.writerows(said["rows"])
    load_destinations(
        sheet.getvalue().encode(),
        stage="ks4",
        source="England as published by the Department for Education; the school is invented",
        published_on=None,
        by=None,
    )
