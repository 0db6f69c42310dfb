"""A public service is asked about an occupation, by the worker; what it answered is kept with its day."""

import html
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.fetching.addresses import NotFetched
from dekaan.core.fetching.asking import Asker
from dekaan.library.models import LookUp, OccupationGroup
from dekaan.library.published import Service, services
from dekaan.library.queries import services_on

SECONDS = 5.0
MOST_BYTES = 512 * 1024
MOST_LINES, LONGEST = 6, 300


class NotSwitchedOn(Exception):
    """The service is not one that a technician has switched on."""


class NoSense(Exception):
    """The service answered, and not what it should."""


@transaction.atomic
def ask_about(group: OccupationGroup, service_key: str, *, by: User | None, then: Callable[[LookUp], Any]) -> LookUp:
    """The worker asks the service about the occupation; what it said before stays until it answers. Raises NotSwitchedOn."""
    if service_key not in {each.key for each in services_on()}:
        raise NotSwitchedOn
    row, _ = LookUp.objects.update_or_create(
        service=service_key, about=group.code, defaults={"asked_at": timezone.now(), "problem": ""}
    )
    record(action="occupation looked up", by=by, subject="occupation", detail={"code": group.code})
    then(row)
    return row


def make_look_up(service_key: str, code: str) -> None:
    """The service is asked, within a few seconds, and the answer kept; where there is none, why."""
    group = OccupationGroup.objects.filter(code=code).first()
    if group is None or service_key not in {each.key for each in services_on()}:
        return
    row = LookUp.objects.filter(service=service_key, about=code)
    try:
        lines = _READERS[service_key](_answer(services()[service_key], group))
    except NotFetched as refusal:
        row.update(problem=refusal.reason)
    except (NoSense, ValueError, KeyError, TypeError, AttributeError):
        row.update(problem="odd-answer")
    else:
        row.update(problem="", answer={"lines": lines}, answered_at=timezone.now())


def _answer(service: Service, group: OccupationGroup) -> Any:
    wire = import_string(settings.WIRE)()
    headers = {"Accept": "application/json"}
    if service.key_header:
        headers |= {service.key_header: settings.JOB_PROFILES_KEY, service.version_header: service.version}
    asker = Asker(
        service.host,
        "Dekaan look-up",
        wire,
        is_let=lambda address: address.scheme == "https",  # a key is shown to nobody on the way
        ends_at=wire.now() + SECONDS,
        headers=headers,
    )
    path = service.path.format(code=group.code, name=quote(group.title, safe=""))
    return json.loads(asker.ask(f"https://{service.host}{path}", most=MOST_BYTES).content)


def _pay(answer: Any) -> list[tuple[str, str]]:
    """Estimated weekly pay of the last years."""
    series = sorted(answer["series"], key=lambda each: int(each["year"]), reverse=True)
    if not series:
        raise NoSense
    return [(f"Estimated pay a week, {int(each['year'])}", f"£{float(each['estpay']):,.0f}") for each in series[:3]]


def _profiles(answer: Any) -> list[tuple[str, str]]:
    """Profiles by their titles, with a sentence each."""
    found = [
        (
            _plain(each.get("ResultItemTitle") or each.get("Title") or ""),
            _plain(each.get("ResultItemOverview") or each.get("Overview") or ""),
        )
        for each in answer["Results"][:MOST_LINES]
    ]
    return [each for each in found if each[0]]


def _plain(text: str) -> str:
    """Words without markup: the services send HTML, and links as [text | address]."""
    text = re.sub(r"\[([^|\]]*)\|[^\]]*\]", r"\1", html.unescape(re.sub(r"<[^>]*>", " ", str(text))))
    return re.sub(r"\s+", " ", text).strip()[:LONGEST]


_READERS: dict[str, Callable[[Any], list[tuple[str, str]]]] = {"lmi-for-all": _pay, "job-profiles": _profiles}
