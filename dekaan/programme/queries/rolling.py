"""What taking last year's programme into a year would do: a decision about every session, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from dekaan.core.academic_year import today, year_end, year_label, year_start
from dekaan.frameworks.queries import (
    Framework,
    benchmarks_in_force,
    criterion,
    framework,
    ids_of,
    mask_of,
    usual_criteria,
)
from dekaan.people.models import Group, StaffMember
from dekaan.people.queries import may_lead, year_groups
from dekaan.programme.models import Activity, Audience, Carousel, Invitation, RolledSession, RollForward, Session
from dekaan.programme.queries.calling import year_groups_called
from dekaan.programme.queries.planner import SATURDAY, first_day, half_term_of, last_day
from dekaan.schools.queries import Calendar, HalfTerm, calendar


@dataclass
class Proposal:
    """One session of last year: the day in the new year, whom it would invite, and every decision in words."""

    source: Session
    day: date | None = None
    year_groups: list[int] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    staff: list[int] = field(default_factory=list)
    led_by: StaffMember | None = None
    adviser: StaffMember | None = None
    criteria: int | None = None  # where the activity must be tagged anew
    said: list[str] = field(default_factory=list)
    called: set[int] = field(default_factory=set)  # the year groups of whoever is invited
    waits: str = ""  # why it is not ticked by itself
    barred: str = ""  # why it cannot be taken at all

    @property
    def pk(self) -> int:
        """The session's own number."""
        return self.source.pk

    @property
    def is_ticked(self) -> bool:
        """Whether it goes along unless somebody unticks it."""
        return not self.waits and not self.barred and self.day is not None

    @property
    def invited(self) -> str:
        """ "Year 10, 8B", or everybody."""
        words = [f"Year {each}" for each in self.year_groups] + [each.name for each in self.groups]
        words += [f"{len(self.staff)} colleagues"] if self.staff else []
        return ", ".join(words) or self.source.activity.get_audience_display()

    @property
    def reasons(self) -> list[str]:
        """Everything that was decided, in words."""
        return [*(each for each in (self.barred, self.waits) if each), *self.said]


@dataclass
class _Year:
    """What the decisions rest on, read once."""

    start_year: int
    old: Calendar
    new: Calendar
    old_half_terms: list[HalfTerm]
    new_half_terms: list[HalfTerm]
    framework: Framework
    known_years: set[int]
    groups: dict[tuple[str, str], Group]
    planned: dict[tuple[Any, ...], date]
    leaders: set[int]

    @property
    def label(self) -> str:
        return year_label(self.start_year)


def rolls_forward(into_year: int) -> list[RollForward]:
    """The times that a programme was taken into that year, the latest first."""
    return list(RollForward.objects.filter(academic_year=into_year).select_related("by", "undone_by"))


def copies_of(activity_ids: Iterable[int]) -> dict[int, set[int]]:
    """For each of those activities its own number, and those of the copies that rolling forward made of it. One statement."""
    rolled = RolledSession.objects.filter(source__isnull=False).exclude(session__activity=F("source__activity"))
    copied = defaultdict(set)
    for source, copy in rolled.order_by().values_list("source__activity", "session__activity").distinct():
        copied[source].add(copy)
    found = {}
    for each in activity_ids:
        reached, fresh = {each}, {each}
        while fresh := set().union(*(copied[one] for one in fresh)) - reached:
            reached |= fresh
        found[each] = reached
    return found


def propose(into_year: int) -> list[Proposal]:
    """A proposal for every session of the year before that is not taken into this one yet, in order of date.

    Cancelled sessions and catch-ups stay behind, and so do the turns of a carousel, which is set up again as a whole
    (`carousels_to_set_up`); a fixed number of statements, however many sessions there are.
    """
    done = RolledSession.objects.filter(academic_year=into_year, source__isnull=False)
    sources = list(_of_year(into_year - 1).filter(visit__isnull=True).exclude(pk__in=done.values("source_id")))
    year = _year(into_year)
    called = year_groups_called(sources, into_year - 1)
    return [_proposal(each, called[each.pk], year) for each in sources]


def carousels_to_set_up(into_year: int) -> list[Carousel]:
    """The days of the year before on which groups went round, of which none of that name is in this year yet.

    They come again as a carousel: with this year's groups, who may be more or fewer than there were stations for.
    """
    titles = Carousel.objects.filter(_within(into_year)).order_by().values("title")
    return list(Carousel.objects.filter(_within(into_year - 1)).exclude(title__in=titles).order_by("held_on", "pk"))


def _within(academic_year: int) -> Q:
    return Q(held_on__gte=year_start(academic_year), held_on__lte=year_end(academic_year))


def _of_year(academic_year: int) -> Any:
    within = Session.objects.filter(_within(academic_year), cancelled_at__isnull=True, catches_up__isnull=True)
    return within.select_related("activity", "led_by", "adviser").prefetch_related(
        "invitations__group", "invitations__staff"
    )


def _year(into_year: int) -> _Year:
    old, new = calendar(into_year - 1), calendar(into_year)
    half_terms = new.half_terms(into_year)
    by_hand = _of_year(into_year).filter(rolled_from__isnull=True)
    return _Year(
        into_year,
        old,
        new,
        old.half_terms(into_year - 1),
        half_terms,
        benchmarks_in_force(year_start(into_year)),
        set(year_groups(into_year)),
        {(each.kind, each.name.casefold()): each for each in Group.objects.filter(academic_year=into_year)},
        {_sort_of(each, half_terms): each.held_on for each in by_hand},
        set(may_lead().values_list("pk", flat=True)),
    )


def _sort_of(session: Session, half_terms: list[HalfTerm]) -> tuple[Any, ...]:
    """What makes two sessions of one activity the same in two years: the half-term, and whom they invite by group."""
    half_term = half_term_of(session.held_on, half_terms)
    invitations = session.invitations.all()
    return (
        session.activity_id,
        half_term.number if half_term else None,
        frozenset(each.year_group for each in invitations if each.year_group is not None),
        frozenset(each.group.name.casefold() for each in invitations if each.group),
    )


def _proposal(source: Session, called: set[int], year: _Year) -> Proposal:
    found = Proposal(source, called=called)
    _invite(found, year)
    _date(found, called, year)
    _staff(found, year)
    _tag(found, year)
    already = year.planned.get(_sort_of(source, year.old_half_terms))
    if already and not found.barred:
        found.waits = f"You have planned it already, on {already:%-d %B %Y}."
    elif found.day and found.day < today() and not found.barred:
        found.waits = "That day has passed. Tick it with another day, or if it happened then."
    return found


def _invite(found: Proposal, year: _Year) -> None:
    """Year groups stay, groups are found again by name, and whoever was named stays behind."""
    invitations: list[Invitation] = list(found.source.invitations.all())
    wanted = [each.year_group for each in invitations if each.year_group is not None]
    found.year_groups = [each for each in wanted if not year.known_years or each in year.known_years]
    found.said += [f"There is no Year {each} in {year.label}." for each in wanted if each not in found.year_groups]
    for old in (each.group for each in invitations if each.group):
        new = year.groups.get((old.kind, old.name.casefold()))
        if new is None:
            found.said.append(f"There is no {old.name} in {year.label} yet: left out.")
            continue
        found.groups.append(new)
        if old.year_group is not None and new.year_group != old.year_group:
            found.said.append(f"{new.name} is Year {new.year_group} now.")
    for name, word in (("pupil_id", "pupil"), ("carer_id", "parent or carer")):
        if number := sum(1 for each in invitations if getattr(each, name)):
            plural = {"pupil": "pupils", "parent or carer": "parents and carers"}[word]
            found.said.append(f"{number} {word if number == 1 else plural} invited by name: left out.")
    is_anybody = found.year_groups or found.groups or (found.source.activity.audience == Audience.STAFF)
    if invitations and not is_anybody:
        found.barred = "Nobody is left to invite: plan it anew."
        if any(each.group_id for each in invitations):
            found.barred = f"Nobody is left to invite: bring in the groups of {year.label} first, then do this again."


def _date(found: Proposal, called: set[int], year: _Year) -> None:
    """The same half-term, week and weekday; the next free day in that half-term, or the one before."""
    held_on = found.source.held_on
    old = half_term_of(held_on, year.old_half_terms)
    if old is None or not year.new_half_terms:
        found.waits = "It lies outside the half-terms: give it a day."
        return
    place = min(year.old_half_terms.index(old), len(year.new_half_terms) - 1)
    new = year.new_half_terms[place]
    week = (_monday(held_on) - _monday(first_day(old))).days // 7
    last_week = (_monday(last_day(new)) - _monday(first_day(new))).days // 7
    wanted = _monday(first_day(new)) + timedelta(days=7 * min(week, last_week) + held_on.weekday())
    meant = _is_meant(found.source)
    found.day = next(
        (
            day
            for day in _days_from(wanted, new)
            if (day.weekday() < SATURDAY or (meant and day.weekday() == held_on.weekday()))
            and not year.new.keeps_free(day, called)
        ),
        None,
    )
    where = f"Half-term {new.number}, week {min(week, last_week) + 1}"
    if found.day == wanted:
        by_intent = ", as it is called" if wanted.weekday() >= SATURDAY else ""
        found.said.append(f"{where}, {wanted:%A}, as before{by_intent}.")
    elif found.day is None:
        found.waits = f"No day of half-term {new.number} is free for them: give it one."
    else:
        because = year.new.keeps_free(wanted, called) or "no day of that half-term"
        if wanted.weekday() >= SATURDAY and not meant:
            because = f"a {wanted:%A}, no school day"
        found.said.append(f"{where}: {wanted:%-d %B} is {because}, so the nearest free day.")
    for entry in year.new.on(found.day, called) if found.day else ():
        found.said.append(f"On that day: {entry.words}.")


def _is_meant(source: Session) -> bool:
    """Whether it was at a weekend by intention: what it is called says so. Else a date was taken that fell on one."""
    if source.held_on.weekday() < SATURDAY:
        return False
    said = source.activity.title.casefold()
    return any(word in said for word in (f"{source.held_on:%A}".casefold(), "weekend"))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days_from(wanted: date, half_term: HalfTerm) -> Iterator[date]:
    """That day and those after it in the half-term, then those before it, backwards."""
    day = max(wanted, half_term.starts_on)
    while day < half_term.ends_on:
        yield day
        day += timedelta(days=1)
    day = min(wanted, half_term.ends_on) - timedelta(days=1)
    while day >= half_term.starts_on:
        yield day
        day -= timedelta(days=1)


def _staff(found: Proposal, year: _Year) -> None:
    """Whoever leads, advises or is asked comes along, unless they will have left or may not lead."""
    on, source = found.day or today(), found.source
    found.led_by = _leads(source.led_by, on, year)
    found.adviser = _leads(source.adviser, on, year)
    if source.led_by and not found.led_by:
        left = _stays(source.led_by, on) is None
        found.said.append(f"Who led it {'has left' if left else 'sees no names, so cannot lead'}: nobody leads it yet.")
    if source.adviser and not found.adviser:
        left = _stays(source.adviser, on) is None
        found.said.append(f"Its adviser {'has left' if left else 'sees no names'}: choose one.")
    asked = [each.staff for each in source.invitations.all() if each.staff]
    found.staff = [each.pk for each in asked if _stays(each, on)]
    if asked and not found.staff:
        found.barred = "Whoever was invited has left: plan it anew."
    elif len(found.staff) < len(asked):
        found.said.append(f"{len(asked) - len(found.staff)} of those invited have left.")


def _stays(person: StaffMember | None, on: date) -> StaffMember | None:
    return person if person and (person.ends_on is None or person.ends_on > on) else None


def _leads(person: StaffMember | None, on: date, year: _Year) -> StaffMember | None:
    stays = _stays(person, on)
    return stays if stays and stays.pk in year.leaders else None


def _tag(found: Proposal, year: _Year) -> None:
    """An activity whose tags are of repealed benchmarks alone counts as its kind usually does under those in force."""
    found.criteria = tagged_anew(found.source.activity, year.framework, year_start(year.start_year))
    if found.criteria is not None:
        titles = [each.title for one in ids_of(found.criteria) if (each := criterion(one))]
        found.said.append(
            "It was tagged to benchmarks that are no longer in force: a copy counts as its kind usually does, towards "
            + ("; ".join(titles) or f"nothing in the {year.framework.title}")
            + "."
        )


def tagged_anew(what: Any, in_force: Framework, on: date) -> int | None:
    """What an activity (or template) counts towards under what is in force; None where its tags are of that already.

    Duties in law that are in force stay.
    """
    tags = [each for one in ids_of(what.criteria) if (each := criterion(one))]
    versions = {each.framework for each in tags if (of := framework(each.framework)) and of.is_benchmarks}
    if not versions or in_force.key in versions:
        return None
    law = [
        each.id for each in tags if (of := framework(each.framework)) and not of.is_benchmarks and of.is_in_force(on)
    ]
    usual = usual_criteria(what.activity_type, what.partner_kind)
    return mask_of([*law, *(one for one in usual if (each := criterion(one)) and each.framework == in_force.key)])


def as_kept(row: Session | Activity) -> dict[str, Any]:
    """The row's fields as JSON keeps them, so that it can be compared later with how it was made.

    Without the organisation: that a name was matched since is said of the name, and changes nothing of the row.
    """
    found: dict[str, Any] = {}
    for each in row._meta.concrete_fields:
        if each.name not in {"id", "created_at", "organisation"}:
            value = getattr(row, each.attname)
            found[each.attname] = value if isinstance(value, int | list | dict | None) else str(value)
    return found


def is_as_made(row: Session | Activity, as_made: dict[str, Any]) -> bool:
    """Whether nobody changed it since; a field that is newer than the row is as it was if it has its default."""
    defaults = {each.attname: each.get_default() for each in row._meta.concrete_fields}
    return all(as_made.get(name, defaults[name]) == value for name, value in as_kept(row).items())


def asked_of(session: Session) -> list[list[int | None]]:
    """Whom the session invites, as JSON keeps it."""
    asked = [
        [each.year_group, each.group_id, each.pupil_id, each.staff_id, each.carer_id]
        for each in session.invitations.all()
    ]
    return sorted(asked, key=repr)
