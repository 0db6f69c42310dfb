"""A policy on provider access, and five requests: one new, one overdue, one offered dates, one refused, one of another kind."""

import tomllib
from datetime import date, time, timedelta
from importlib.resources import files
from typing import Any

from dekaan.access.models import User
from dekaan.core.link_keys import page_sent
from dekaan.people.models import YearRecord
from dekaan.provider_requests.changes import add_free_time, say_rules
from dekaan.provider_requests.models import AccessGround, AccessRules, ProviderReply, ProviderRequest
from dekaan.provider_requests.queries import Letter, WorkingDays, free_for, grounds, letters, public_contact, usual
from dekaan.schools.models import School

REFUSED_FOR = 1  # the place, among the usual grounds, of examinations


def _contact(school: School, leader: User) -> dict[str, Any]:
    """Nobody else than the public pages name; a school that has none of these says it here."""
    if public_contact().telephone:
        return {}
    return {
        "contact_name": leader.name,
        "contact_email": f"careers@{school.slug}.example",
        "contact_telephone": "01632 960 123",
    }


def write_providers(school: School, *, leader: User, academic_year: int, today: date, with_requests: bool) -> None:
    """The policy is said, and where asked for there are requests in every state that is worth a look."""
    said = tomllib.loads(files("dekaan.demo").joinpath("data", "providers.toml").read_text(encoding="utf-8"))
    here = set(YearRecord.objects.filter(academic_year=academic_year).values_list("year_group", flat=True).distinct())
    rules = say_rules(
        **_contact(school, leader),
        offers=list(usual().offers),
        premises="The main hall with projector and microphone, a room for quiet talks, parking by the gym",
        is_open=True,
        granting=usual().granting,
        refusing=usual().refusing,
        by=leader,
    )
    for row in said["time"]:
        if years := [each for each in row["years"] if each in here]:
            times = {"starts_at": time.fromisoformat(row["starts_at"]), "year_groups": years}
            add_free_time(by=leader, **{name: row[name] for name in ("weekday", "minutes", "name", "place")}, **times)
    if with_requests:
        for row in said["request"]:
            _ask(row, rules, school, leader, today)


def _ask(row: dict[str, Any], rules: AccessRules, school: School, leader: User, today: date) -> None:
    """One request as it stands; its letters were sent on invented days, so no mail goes out."""
    working, received_on = WorkingDays(), today - timedelta(days=row["days_ago"])
    taken = row.get("days_taken")
    request = ProviderRequest.objects.create(
        reference=f"PA-{row['organisation'][:2].upper()}{row['organisation'].split()[1][:3].upper()}",
        received_on=received_on,
        due_on=working.after(received_on, rules.decision_days),
        organisation=row["organisation"],
        organisation_kind=row["kind"],
        contact_name=row["name"],
        contact_email=row["email"],
        contact_telephone=row["telephone"],
        year_groups=row["years"],
        formats=row["formats"],
        what=row["what"],
        when_said=row["when"],
        staff_number=row["staff"],
        needs=row["needs"],
        contents=row["contents"],
        state=row["state"],
        decided_on=working.after(received_on, taken) if taken else None,
        days_taken=taken,
        ground_words=grounds(AccessGround.Kind.REFUSE)[REFUSED_FOR].words if row["state"] == "refused" else "",
        once=page_sent(row["organisation"]),
    )
    _sent(request, letters.receipt(request, rules, school), received_on, None)
    if request.decided_on:
        _sent(request, _answer(request, rules, school), request.decided_on, leader)


def _answer(request: ProviderRequest, rules: AccessRules, school: School) -> Letter:
    state = request.state
    if state == ProviderRequest.State.OFFERED:
        return letters.offer(request, rules, school, slots=free_for(request, rules).slots[:3])
    if state == ProviderRequest.State.REFUSED:
        ground = grounds(AccessGround.Kind.REFUSE)[REFUSED_FOR]
        return letters.decline(request, rules, school, ground=ground)
    return letters.other_kind(request, rules, school)


def _sent(request: ProviderRequest, letter: Letter, on: date, by: User | None) -> None:
    ProviderReply.objects.create(
        request=request,
        kind=letter.kind,
        sent_on=on,
        sent_by=by,
        sent_to=letter.to,
        subject=letter.subject,
        body=letter.body,
        dates=[each.as_kept() for each in letter.slots],
        ground=letter.ground,
    )
