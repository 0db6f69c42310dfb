"""Last year's programme is taken into a year in one press, and taken back in one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.undo import UNDO_FOR
from dekaan.participation.models import Participation
from dekaan.programme.changes.acts import MoreRecordedSince, NothingToUndo, TooLateToUndo
from dekaan.programme.models import Activity, Carousel, Invitation, RolledSession, RollForward, Session
from dekaan.programme.queries import (
    SATURDAY,
    SOURCE,
    Proposal,
    as_kept,
    asked_of,
    carousels_to_set_up,
    goes_along,
    is_as_made,
    pointed_at,
    propose,
)
from dekaan.schools.changes import hold_school
from dekaan.schools.queries import Calendar, calendar

# What a session is made with; anything else that points at one is built upon it.
MADE_WITH = frozenset({"Invitation.session", "RolledSession.session"})


@transaction.atomic
def roll_forward(into_year: int, *, days: Mapping[int, date], by: User | None) -> RollForward:
    """Each session of the year before that `days` names is planned on that day; what was decided of every one is kept.

    Sessions that were taken into the year before, or cannot be, are passed over: doing it twice never doubles. Raises
    nothing for an empty choice: then nothing is planned.
    """
    hold_school()
    proposals = propose(into_year)
    taken = [each for each in proposals if each.pk in days and not each.barred]
    rolled = RollForward.objects.create(academic_year=into_year, by=by)
    copies = _copied(taken)
    pairs = [(each, _session(each, days[each.pk], copies)) for each in taken]
    Session.objects.bulk_create([session for _, session in pairs])
    Invitation.objects.bulk_create([asked for each, session in pairs for asked in _invitations(each, session)])
    RolledSession.objects.bulk_create(
        [
            RolledSession(
                roll_forward=rolled,
                source=each.source,
                session=session,
                academic_year=into_year,
                as_made={"fields": as_kept(session), "invited": _asked(each)},
            )
            for each, session in pairs
        ]
    )
    dates = calendar(into_year)
    along = _along([copy.pk for copy in copies.values()]) if copies else {}
    rolled.activities = {str(copy.pk): as_kept(copy) | {"along": along[copy.pk]} for copy in copies.values()}
    rolled.decisions = [_decision(each, days.get(each.pk) if not each.barred else None, dates) for each in proposals]
    rolled.decisions += [_left_for(each) for each in carousels_to_set_up(into_year)]
    rolled.save(update_fields=["activities", "decisions"])
    record(
        action="programme rolled forward",
        by=by,
        subject="roll forward",
        subject_id=rolled.pk,
        detail={"sessions": len(pairs), "year": into_year},
    )
    return rolled


def _copied(taken: list[Proposal]) -> dict[int, Activity]:
    """A copy of each activity that must be tagged anew: what was recorded of the old one stands as it is."""
    anew = {each.source.activity_id: each for each in taken if each.criteria is not None}
    copies = {}
    for activity_id, each in anew.items():
        fields = {
            field.attname: getattr(each.source.activity, field.attname)
            for field in Activity._meta.concrete_fields
            if not field.primary_key and field.name != "created_at"
        }
        copies[activity_id] = Activity(**fields | {"criteria": each.criteria})
    Activity.objects.bulk_create(copies.values())
    for model, name in goes_along(Activity):
        rows = model.objects.filter(**{f"{name}__in": list(copies)}).order_by("pk")  # type: ignore[attr-defined]
        clones = [model(**_fields_but(each, name), **{name: copies[getattr(each, f"{name}_id")]}) for each in rows]
        model.objects.bulk_create(clones)  # type: ignore[attr-defined]
    return copies


def _fields_but(row: models.Model, name: str) -> dict[str, Any]:
    return {
        each.attname: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if not each.primary_key and each.name != name
    }


def _along(activities: Collection[int]) -> dict[int, list[list[Any]]]:
    """Activity → what goes along with it into a copy, as JSON keeps it."""
    found: dict[int, list[list[Any]]] = {each: [] for each in activities}
    for model, name in goes_along(Activity):
        for row in model.objects.filter(**{f"{name}__in": list(activities)}).order_by():  # type: ignore[attr-defined]
            said = {key: value for key, value in _fields_but(row, name).items() if key != "school_id"}
            found[getattr(row, f"{name}_id")].append([model.__name__, said])
    return {each: sorted(rows, key=repr) for each, rows in found.items()}


def _session(each: Proposal, day: date, copies: dict[int, Activity]) -> Session:
    """The occasion anew: where, how long, with whom; what became of the old one is not its own."""
    source = each.source
    return Session(
        activity=copies.get(source.activity_id, source.activity),
        held_on=day,
        starts_at=source.starts_at,
        minutes=source.minutes,
        place=source.place,
        partner_name=source.partner_name,
        partner_kind=source.partner_kind,
        organisation_id=source.organisation_id,
        led_by=each.led_by,
        adviser=each.adviser,
    )


def _invitations(each: Proposal, session: Session) -> list[Invitation]:
    return [
        *(Invitation(session=session, year_group=year_group) for year_group in each.year_groups),
        *(Invitation(session=session, group=group) for group in each.groups),
        *(Invitation(session=session, staff_id=staff) for staff in each.staff),
    ]


def _asked(each: Proposal) -> list[list[int | None]]:
    asked: list[list[int | None]] = [[year_group, None, None, None, None] for year_group in each.year_groups]
    asked += [[None, group.pk, None, None, None] for group in each.groups]
    asked += [[None, None, None, staff, None] for staff in each.staff]
    return sorted(asked, key=repr)


def _decision(each: Proposal, day: date | None, dates: Calendar) -> dict[str, Any]:
    said = each.reasons
    if day and day != each.day:
        said = [*said, f"Moved by hand from {each.day:%-d %B}." if each.day else "Given a day by hand."]
        if because := dates.keeps_free(day, each.year_groups) or (f"{day:%A}" if day.weekday() >= SATURDAY else ""):
            said.append(f"On that day: {because}.")
    return {
        "title": each.source.activity.title,
        "was": each.source.held_on.isoformat(),
        "day": day.isoformat() if day else "",
        "invited": each.invited,
        "said": said if day or not each.is_ticked else ["Unticked by hand.", *said],
    }


def _left_for(carousel: Carousel) -> dict[str, Any]:
    return {
        "title": carousel.title,
        "was": carousel.held_on.isoformat(),
        "day": "",
        "invited": f"{len(carousel.groups)} groups, {len(carousel.stations)} stations",
        "said": ["A carousel day: set it up again as a whole, with the groups of the new year."],
        "again": carousel.pk,
    }


@dataclass(frozen=True)
class RollUndone:
    """How many sessions are gone again, and those that stay because something was built on them."""

    sessions: int
    stayed: tuple[Session, ...]


@transaction.atomic
def undo_roll_forward(rolled: RollForward, *, by: User | None) -> RollUndone:
    """The sessions that it planned, and nobody has touched since, are gone, and the copies of activities with them.

    What was changed, recorded, cancelled or built upon since stays, and is named. Raises NothingToUndo where it is undone,
    TooLateToUndo after thirty days, and MoreRecordedSince where everything has been built upon.
    """
    hold_school()
    rolled = RollForward.objects.select_for_update(of=("self",), no_key=True).get(pk=rolled.pk)
    if rolled.undone_at is not None:
        raise NothingToUndo
    if timezone.now() - rolled.at > UNDO_FOR:
        raise TooLateToUndo
    rows = list(rolled.rolled.select_related("session__activity").prefetch_related("session__invitations"))
    built_on = _built_upon([row.session for row in rows])
    stayed = [row for row in rows if row.session_id in built_on or not _is_untouched(row)]
    stay = {row.session_id for row in stayed}
    gone = [row.session_id for row in rows if row.session_id not in stay]
    if rows and not gone:
        raise MoreRecordedSince
    Session.objects.filter(pk__in=gone).delete()
    _take_back_copies(rolled)
    rolled.undone_at, rolled.undone_by = timezone.now(), by
    rolled.save(update_fields=["undone_at", "undone_by"])
    record(
        action="roll forward undone",
        by=by,
        subject="roll forward",
        subject_id=rolled.pk,
        detail={"sessions": len(gone), "stayed": len(stay)},
    )
    return RollUndone(len(gone), tuple(row.session for row in stayed))


def _is_untouched(row: RolledSession) -> bool:
    session = row.session
    return is_as_made(session, row.as_made["fields"]) and asked_of(session) == row.as_made["invited"]


def _built_upon(sessions: list[Session]) -> set[int]:
    """Those of the sessions that anything points at, of whatever area, besides what they were made with."""
    ids = [each.pk for each in sessions]
    found = set(Participation.objects.filter(source_kind=SOURCE, source_id__in=ids).values_list("source_id", flat=True))
    return found | pointed_at(Session, ids, but_for=MADE_WITH)


def _take_back_copies(rolled: RollForward) -> None:
    """Copies of activities that nobody changed, and that nothing stands on any more, are gone."""
    made = list(Activity.objects.filter(pk__in=[int(pk) for pk in rolled.activities]))
    along = frozenset(f"{model.__name__}.{name}" for model, name in goes_along(Activity))
    used = pointed_at(Activity, [each.pk for each in made], but_for=along)
    now = _along([each.pk for each in made]) if made else {}
    kept = {each.pk: rolled.activities[str(each.pk)] for each in made}
    idle = [
        each.pk
        for each in made
        if each.pk not in used and now[each.pk] == kept[each.pk].get("along", []) and is_as_made(each, kept[each.pk])
    ]
    Activity.objects.filter(pk__in=idle).delete()
