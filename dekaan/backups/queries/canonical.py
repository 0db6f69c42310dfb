"""The meaning of a school as sorted JSON lines, without ids or clock times: equal lines, equal schools.

A row is named by what it says. A pupil is named by numbers and names; other rows by their own fields with every
reference replaced by the name of what it refers to. Superseded rows of the ledger are history, not meaning; what the
counting room keeps, jobs, uploads and the audit are left out. It is the oracle for undo, restore and upgrade.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from dekaan.access.models import Press
from dekaan.budget.models import STANDING, Written
from dekaan.core.scope import working_in
from dekaan.participation.models import Participation
from dekaan.privacy.models import Going
from dekaan.programme.models import Act, Merge, NameMatching, RolledSession, RollForward, Session
from dekaan.publication.models import PublishedVersion
from dekaan.reports.models import FrozenFigure, Report
from dekaan.schools.models import School, SchoolOwned

LEFT_OUT_APPS = {"exchange"}  # how facts came in, not the facts
# What was pressed, kept for undo and so that it is done once; and what the morning works out anew.
# And papers: what was told of facts. To whom they were handed, and what governors said, is a fact of its own.
LEFT_OUT_MODELS = {Act, RollForward, RolledSession, NameMatching, Merge, Press, Going, Report, FrozenFigure}
CLOCK_OR_MACHINE = {
    "batch", "created_at", "recorded_at", "superseded_at", "superseded_by", "recorded_by", "school", "turned_on",
    "round_failed_on", "stored_as", "added_at", "added_by", "acts", "link_hash", "message_id",
    "prepared_at", "decided_at", "taken_down_at", "asked_at", "moved_at", "finished_at", "granted_at",
    "made_at", "noted_at", "digest", "leased_until", "leased_by", "step",
}  # fmt: skip
SAID_BY_STATE = {
    "recorded_at": "has_happened",
    "absences_checked_at": "absences_checked",
    "cancelled_at": "cancelled",
    "frozen_at": "closed",
}


def canonical_lines(school: School) -> Iterator[str]:
    """One line per fact of the school in scope, sorted."""
    names: dict[tuple[str, int], str] = {}
    lines = [_line("school", _plain(school, names))]
    for model in _in_order():
        rows = model.objects.all()  # type: ignore[attr-defined]
        if model is Participation:
            rows = rows.filter(superseded_at__isnull=True)
        elif issubclass(model, Written):
            rows = rows.filter(STANDING)
        for row in rows.order_by("pk").iterator(2000):
            said = _plain(row, names)
            line = _line(model._meta.label_lower, said)
            names[model._meta.label, row.pk] = hashlib.sha256(line.encode()).hexdigest()[:16]
            lines.append(line)
    yield from sorted(lines)


def _in_order() -> list[type[models.Model]]:
    """Every school-owned model, those referred to before those that refer."""
    found: list[type[models.Model]] = []
    waiting = [
        model
        for model in apps.get_models()
        if issubclass(model, SchoolOwned)
        and model._meta.app_label not in LEFT_OUT_APPS
        and model not in LEFT_OUT_MODELS
    ]
    while waiting:
        ready = [model for model in waiting if _refers_to(model).isdisjoint(set(waiting) - {model})]
        found += ready
        waiting = [model for model in waiting if model not in ready]
    return found


def _refers_to(model: type[models.Model]) -> set[type[models.Model]]:
    """What its rows name; the ledger names its occasion without a foreign key."""
    named = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return named | ({Session} if model in {Participation, PublishedVersion} else set())  # type: ignore[return-value]


def _line(kind: str, said: dict[str, Any]) -> str:
    return json.dumps({"is": kind, **said}, ensure_ascii=False, sort_keys=True, default=str)


def _plain(row: models.Model, names: dict[tuple[str, int], str]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in SAID_BY_STATE and not isinstance(row, Participation):
            said[SAID_BY_STATE[field.name]] = value is not None
        elif field.primary_key or field.name in CLOCK_OR_MACHINE:
            continue
        elif field.is_relation:
            said[field.name] = _name_of(field, value, row, names)
        elif field.name == "source_id" and isinstance(row, Participation):
            said["source"] = names.get(("programme.Session", value), f"{row.source_kind}: {row.title}")
        elif field.name == "content" and isinstance(row, PublishedVersion):
            said["content"] = _of_sessions(value, names)
        elif value not in ("", None):
            said[field.name] = value
    return said


def _of_sessions(content: dict[str, Any], names: dict[tuple[str, int], str]) -> dict[str, Any]:
    """What a page says, its dates with the session that each is of as a fact and not as a number."""
    dates = [
        each | {"session": names.get(("programme.Session", each["session"]), "")} if each.get("session") else each
        for each in content.get("calendar", [])
    ]
    return content | {"calendar": dates} if dates else content


def _name_of(field: Any, value: Any, row: models.Model, names: dict[tuple[str, int], str]) -> Any:
    if value is None:
        return None
    label = field.related_model._meta.label
    if (label, value) in names:
        return names[label, value]
    return str(getattr(row, field.name))


def checksum(school: School) -> dict[str, Any]:
    """How many facts the school in scope has, and the SHA-256 of what `dekaan dump --canonical` prints."""
    seen, lines = hashlib.sha256(), 0
    for line in canonical_lines(school):
        seen.update(line.encode() + b"\n")
        lines += 1
    return {"lines": lines, "sha256": seen.hexdigest()}


def checksums() -> dict[str, dict[str, Any]]:
    """The same of every school of the installation, by its slug."""
    found = {}
    for school in School.objects.order_by("slug"):
        with working_in(school):
            found[school.slug] = checksum(school)
    return found
