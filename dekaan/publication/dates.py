"""The dates of a public page as a calendar that anybody can subscribe to: what was approved, and nobody's name."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

LONDON = ZoneInfo("Europe/London")


def calendar_of_dates(content: dict[str, Any], *, address: str, host: str, approved_at: datetime) -> bytes:
    """Each date that parents and carers can come to; times are in UTC, so that no reader has to know where the school is."""
    calendar = Calendar()
    calendar.add("prodid", "-//Dekaan//Public dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Careers at {content['school']['name']}")
    calendar.add("x-published-ttl", "PT12H")
    for each in content.get("calendar", []):
        event = Event()
        event.add("uid", f"date-{each.get('session') or each['on'] + each['what']}@{host}")
        event.add("dtstamp", approved_at.astimezone(UTC))
        event.add("dtstart", _start(each))
        event.add("summary", each["what"])
        event.add("location", ", ".join(part for part in (each["where"], content["school"]["name"]) if part))
        event.add("url", address)
        if each["time"]:
            event.add("description", each["time"])
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _start(entry: dict[str, Any]) -> date | datetime:
    if not entry["at"]:
        return date.fromisoformat(entry["on"])
    return datetime.fromisoformat(f"{entry['on']}T{entry['at']}").replace(tzinfo=LONDON).astimezone(UTC)
