"""What would go over, and the hand-overs and covers that are planned, last or are past."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import in_force, may_agree, people_at, roles_not_over
from dekaan.access.roles import PASSED_ON
from dekaan.handover.areas import AREAS
from dekaan.handover.models import FORTNIGHT, HandOver
from dekaan.people.models import StaffMember
from dekaan.people.queries import Held
from dekaan.plan.queries import Covering
from dekaan.schools.models import School
from dekaan.team.models import Post

LISTED = 100  # of an area


@dataclass(frozen=True)
class Goes:
    """What would go over of one area."""

    key: str
    name: str
    things: list[Held]

    @property
    def listed(self) -> list[Held]:
        """Those that are shown one by one, and can stay one by one; the others go with them."""
        return self.things[:LISTED]

    @property
    def more(self) -> int:
        """How many others there are."""
        return len(self.things) - len(self.listed)


def what_goes(from_: StaffMember, on: date, stays: Collection[str] = ()) -> list[Goes]:
    """All that the colleague holds and is open on that day, by area; areas of which nothing goes are left out."""
    found = [
        Goes(area.key, area.name, [each for each in area.held(from_, on) if each.row not in stays])
        for area in AREAS
        if area.key not in stays
    ]
    return [each for each in found if each.things]


def address_of(person: StaffMember) -> str:
    """The address with which the colleague signs in, or will."""
    return (person.user.email if person.user else person.email).lower()


def leads_already(person: StaffMember, school: School, on: date) -> bool:
    """Whether the colleague's account has the role of who leads careers on that day, and it has no end."""
    if person.user_id is None:
        return False
    return _leading(person, school, on).filter(ends_on=None).exists()


def leads(person: StaffMember, school: School, on: date) -> bool:
    """Whether the colleague holds the post of who leads careers on that day, or the role."""
    return posts_of_leader(on).filter(staff=person).exists() or (
        person.user_id is not None and _leading(person, school, on).exists()
    )


def _leading(person: StaffMember, school: School, on: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(in_force(on), school=school, role=PASSED_ON, user=person.user_id)


def roles_of(person: StaffMember | None) -> list[RoleAssignment]:
    """Every role of the colleague that is not over, here and elsewhere."""
    if person is None or person.user_id is None:
        return []
    return list(roles_not_over().filter(user=person.user_id).order_by("pk"))


def leads_in_trust(roles: Iterable[RoleAssignment], school: School) -> bool:
    """Whether whose roles these are leads careers of the whole trust, which no school hands over."""
    return school.trust_id is not None and any(
        each.trust_id == school.trust_id and each.role == PASSED_ON for each in roles
    )


def what_agreeing_does(planned: HandOver, roles: Iterable[RoleAssignment]) -> list[str]:
    """What the second person brings about, in sentences: who may see what from when, and whose account closes.

    `roles` are those of whoever hands over.
    """
    until = f" until {planned.until:%-d %B %Y}" if planned.until else ""
    day = f"{planned.starts_on:%-d %B %Y}{until}"
    said = [f"{planned.to_staff} has the Careers Leader’s access, to every pupil of the school, from {day}."]
    goes = planned.from_staff
    if planned.kind != HandOver.Kind.FOR_GOOD or goes is None or goes.user_id is None:
        return said
    stay = [each for each in roles if each.role != PASSED_ON or each.school_id != planned.school_id]
    ends = f"{goes}’s access as Careers Leader ends the day before"
    return [*said, f"{ends}." if stay else f"{ends}, and their account closes: it is their last role."]


def posts_of_leader(on: date) -> QuerySet[Post]:
    """Posts of who leads careers that are held on that day, also by somebody who has left."""
    return Post.objects.filter(role="leader", starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gt=on))


def leaders_who_left(on: date) -> QuerySet[StaffMember]:
    """Colleagues who work here no more and whose role of who leads careers lasts: it ends when it is passed on.

    A role that was given after they had left is no leftover (`people.changes.end_roles_of_leavers`).
    """
    held = RoleAssignment.objects.filter(
        in_force(on),
        role=PASSED_ON,
        user=OuterRef("user"),
        school=OuterRef("school"),
        starts_on__lt=OuterRef("ends_on"),
    )
    return StaffMember.objects.filter(Exists(held), ends_on__lte=on)


def nobody_follows(on: date) -> QuerySet[StaffMember]:
    """Those of them of whom no hand-over is planned."""
    planned = HandOver.objects.filter(
        kind=HandOver.Kind.FOR_GOOD, done_on=None, ended_on=None, from_staff=OuterRef("pk")
    )
    return leaders_who_left(on).exclude(Exists(planned))


def one_who_goes(user: User, on: date) -> StaffMember | None:
    """From whom careers would go: the person themself where they lead, else whoever the team names as its leader."""
    holders = [post.staff for post in posts_of_leader(on).filter(staff__isnull=False).select_related("staff")]
    holders = holders or list(leaders_who_left(on))
    own = [each for each in holders if each is not None and each.user_id == user.pk]
    return next(iter(own or holders), None)


def every_one() -> QuerySet[HandOver]:
    """All of the school in scope, with who they are."""
    return HandOver.objects.select_related("from_staff", "to_staff__user", "planned_by", "agreed_by")


def in_sight(on: date) -> QuerySet[HandOver]:
    """Those that wait, are to come, last, or were done in the last fortnight."""
    lately = Q(done_on=None) | Q(done_on__gt=on - FORTNIGHT)
    return every_one().filter(lately, ended_on=None).filter(Q(until=None) | Q(until__gte=on))


def open_ones(on: date) -> list[HandOver]:
    """Those that wait, are to come or last, and those that can be undone."""
    return [each for each in every_one().filter(ended_on=None) if _is_open(each, on)]


def _is_open(each: HandOver, on: date) -> bool:
    return each.may_be_undone(on) or (each.done_on is None and (each.until is None or each.until >= on))


def past_ones(on: date) -> list[HandOver]:
    """The others, the newest first."""
    return [each for each in every_one() if each.ended_on is not None or not _is_open(each, on)]


def who_may_agree(planned: HandOver, school: School) -> list[User]:
    """Those who may be the second person, by name; empty where the school has nobody who may."""
    to = planned.to_staff.user if planned.to_staff else None
    return people_at(school, lambda user, held: may_agree(user, held, asked_by=planned.planned_by, to=to))


def may_undo(planned: HandOver, user: User, held: Iterable[RoleAssignment]) -> bool:
    """Whether the person gives the role up, or could agree to it for the one who gets it back; never that one."""
    gives_up = planned.to_staff is not None and user.pk == planned.to_staff.user_id
    back_to = planned.from_staff.user if planned.from_staff else None
    return gives_up or may_agree(user, held, asked_by=None, to=back_to)


def may_call_off(planned: HandOver, user: User, held: Iterable[RoleAssignment], on: date) -> bool:
    """Whether the person may say that it does not take place; who covers, and what nobody agreed to, anybody may end.

    What two agreed, only the one who agreed calls off, or who could have: neither of the two whom it is about. Once its
    day has come the role has gone over: then as `may_undo`.
    """
    if planned.agreed_on is None or planned.kind == HandOver.Kind.COVER:
        return True
    if planned.lasts(on):
        return may_undo(planned, user, held)
    if planned.agreed_by_id == user.pk:
        return True
    to = planned.to_staff.user if planned.to_staff else None
    is_replaced = planned.from_staff is not None and planned.from_staff.user_id == user.pk
    return not is_replaced and may_agree(user, held, asked_by=planned.planned_by, to=to)


def covered_by(cover: HandOver, on: date) -> list[Held]:
    """What falls due with whoever is away while the cover lasts, the most urgent first; what has no day is left out."""
    if cover.from_staff is None or cover.until is None:
        return []
    found = [(each.due_on, each) for area in AREAS for each in area.held(cover.from_staff, on) if each.due_on]
    due = [pair for pair in found if pair[0] <= cover.until]
    return [each for _, each in sorted(due, key=lambda pair: (pair[0], pair[1].kind, pair[1].words))]


def covering(on: date) -> list[Covering]:
    """Who covers for whom on that day at the schools in scope, for the weeks of those who do: one statement."""
    lasting = HandOver.objects.filter(
        kind=HandOver.Kind.COVER, agreed_on__isnull=False, ended_on=None, starts_on__lte=on, until__gte=on
    )
    lasting = lasting.filter(to_staff__user__isnull=False, from_staff__isnull=False)
    return [
        Covering(each.to_staff.user_id, each.school_id, each.from_staff.pk, str(each.from_staff), each.until)
        for each in lasting.select_related("to_staff", "from_staff")
        if each.to_staff and each.from_staff and each.to_staff.user_id and each.until
    ]


@dataclass(frozen=True)
class HandOverNews:
    """What Home says of one: that it waits for this person, is to come, lasts, or has just been."""

    one: HandOver
    words: str
    may_agree: bool
    is_new: bool


def news_of(user: User, held: list[RoleAssignment], on: date, *, changes: bool) -> list[HandOverNews]:
    """Those in sight that this person is told of: whom they wait for, and whoever may change them. One statement."""
    found = []
    for one in in_sight(on):
        to = one.to_staff.user if one.to_staff else None
        may = one.waits and may_agree(user, held, asked_by=one.planned_by, to=to)
        if may or changes:
            found.append(HandOverNews(one, _news(one, on, may=may), may, one.is_new(on) and user == to))
    return found


def _news(one: HandOver, on: date, *, may: bool) -> str:
    day = f"{one.starts_on:%-d %B %Y}"
    if one.waits:
        until = f" until {one.until:%-d %B %Y}" if one.until else ""
        what = f"{one.to_staff} ({one.address}) is to lead careers in {one.from_staff}’s place from {day}{until}"
        return (
            f"{what}: it waits for you as the second person to agree. They get the Careers Leader’s access, to every pupil."
            if may
            else f"{what}: it waits for a second person."
        )
    if one.done_on:
        return f"{one.to_staff} took careers over from {one.from_staff} on {day}."
    if one.lasts(on) and one.until:
        return f"{one.to_staff} covers for {one.from_staff} until {one.until:%-d %B %Y}."
    return f"{one.to_staff} takes careers over from {one.from_staff} on {day}."
