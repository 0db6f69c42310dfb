"""Planning a hand-over or a cover, agreeing to it, doing it on its day, and putting it back."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from dekaan.access.changes import NotTheirsToConfirm, open_account, pass_role_on, take_role_back
from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import assignments_in, has_opened, may_agree, roles_not_over
from dekaan.access.roles import PASSED_ON
from dekaan.access.tasks import send_invitation
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.handover.areas import AREAS
from dekaan.handover.models import UNDO_FOR, HandOver, StepDone
from dekaan.handover.moving import moves, put_back, rows_of
from dekaan.handover.queries import address_of, leads, leads_already, may_call_off, may_undo
from dekaan.people.changes import link_accounts
from dekaan.people.models import StaffMember
from dekaan.schools.changes import hold_school
from dekaan.schools.models import School

ONE_DAY = timedelta(days=1)


class AnotherIsOpen(Exception):
    """A hand-over, or a cover, is planned or lasts already."""


class NoAddress(Exception):
    """The colleague has no e-mail address, so that nobody could sign in as them."""


class DoesNotLead(Exception):
    """The one from whom careers would go neither holds the post nor the role."""


class AnotherFollowed(Exception):
    """Careers has been handed on since."""


class AddressChanged(Exception):
    """The successor signs in with another address than when it was planned."""


class HasLeft(Exception):
    """Who is to take over, or to cover, works here no more."""


class IsOver(Exception):
    """It was done, called off or put back already."""


class TooLate(Exception):
    """It was done more than 30 days ago."""


@transaction.atomic
def plan_hand_over(
    school: School,
    *,
    from_: StaffMember,
    to: StaffMember,
    starts_on: date,
    stays: Collection[str] = (),
    by: User | None,
) -> HandOver:
    """Careers goes to `to` on that day: at once where it is today and no second person is needed.

    Raises AnotherIsOpen, NoAddress and DoesNotLead; nothing is planned then.
    """
    return _planned(school, HandOver.Kind.FOR_GOOD, from_, to, starts_on, None, list(stays), by)


@transaction.atomic
def plan_cover(school: School, *, from_: StaffMember, to: StaffMember, until: date, by: User | None) -> HandOver:
    """`to` covers for `from_` from today until that day. Nothing moves. Raises as `plan_hand_over`."""
    return _planned(school, HandOver.Kind.COVER, from_, to, today(), until, [], by)


def _planned(
    school: School,
    kind: str,
    from_: StaffMember,
    to: StaffMember,
    starts_on: date,
    until: date | None,
    stays: list[str],
    by: User | None,
) -> HandOver:
    hold_school()
    if not (to.email or to.user_id):
        raise NoAddress
    if not leads(from_, school, today()):
        raise DoesNotLead
    _close_covers_past(today())
    try:
        with transaction.atomic():
            planned = HandOver.objects.create(
                kind=kind,
                from_staff=from_,
                to_staff=to,
                starts_on=starts_on,
                until=until,
                stays=stays,
                planned_on=today(),
                planned_by=by,
                address=address_of(to),
            )
    except IntegrityError as problem:
        raise AnotherIsOpen from problem
    if kind == HandOver.Kind.COVER:
        record(action="cover planned", by=by, subject="hand-over", subject_id=planned.pk)
    else:
        record(action="hand-over planned", by=by, subject="hand-over", subject_id=planned.pk)
    # Who gives up their own role to somebody who leads beside them opens nothing to anybody.
    gives_up_own = (
        by is not None
        and from_.user_id == by.pk
        and leads_already(from_, school, today())
        and leads_already(to, school, starts_on)
    )
    if by is None or gives_up_own:
        _agreed(planned, school, by=by, here="")
    return planned


@transaction.atomic
def agree(planned: HandOver, school: School, *, by: User, here: str) -> HandOver:
    """The second of two people agrees. The role goes with it on its day; an invitation whose link begins with `here` is on its way.

    Raises IsOver; HasLeft; AddressChanged; NotTheirsToConfirm where the person may not be the second (`access.queries.may_agree`).
    """
    planned = _held(planned)
    if not planned.waits or (planned.until is not None and planned.until < today()):
        raise IsOver
    if _has_left(planned.to_staff, max(planned.starts_on, today())):
        raise HasLeft
    if planned.to_staff is None or address_of(planned.to_staff) != planned.address:
        raise AddressChanged
    account = _account(planned, by=by)
    if not may_agree(by, assignments_in(by, school), asked_by=planned.planned_by, to=account):
        raise NotTheirsToConfirm
    _agreed(planned, school, by=by, here=here)
    return planned


def _held(planned: HandOver) -> HandOver:
    return HandOver.objects.select_for_update(of=("self",), no_key=True).get(pk=planned.pk)


def _account(planned: HandOver, *, by: User | None) -> User:
    """The account of who takes over; opened where they have none, which then opens nothing yet."""
    to = planned.to_staff
    if to is None:
        raise IsOver
    return to.user or open_account(email=to.email, name=str(to), password=None, by=by)


def _agreed(planned: HandOver, school: School, *, by: User | None, here: str) -> None:
    starts_on = max(planned.starts_on, today())
    planned.starts_on, planned.agreed_on, planned.agreed_by = starts_on, today(), by
    account = _account(planned, by=by)
    former = _former(planned, school) if planned.kind == HandOver.Kind.FOR_GOOD else []
    planned.roles_ended = [[each.pk, each.ends_on.isoformat() if each.ends_on else None] for each in former]
    given = pass_role_on(
        to=account,
        school=school,
        starts_on=starts_on,
        ends_on=planned.until,
        former=former,
        asked_by=planned.planned_by,
        agreed_by=by if by != planned.planned_by else None,
        known_as="" if has_opened(account, school) else str(planned.to_staff),
        leads_already=planned.to_staff is not None and leads_already(planned.to_staff, school, starts_on),
    )
    link_accounts([account.email], by=by)
    planned.given_role_id = given.pk if given else None
    if by is not None and given is not None:
        send_invitation.enqueue(account.pk, by.pk, here)
    planned.save()
    record(action="hand-over agreed", by=by, subject="hand-over", subject_id=planned.pk)
    if planned.kind == HandOver.Kind.FOR_GOOD and starts_on <= today():
        _take_effect(planned, by=by)


def _former(planned: HandOver, school: School) -> list[RoleAssignment]:
    """The roles of who goes at this school that would last longer than until the day before; what they lead of a trust stays."""
    if planned.from_staff is None or planned.from_staff.user_id is None:
        return []
    held = roles_not_over().filter(school=school, role=PASSED_ON, user=planned.from_staff.user_id)
    # One that ends before in any case, as that of a cover, is left as it is: nothing makes it longer.
    lasts = Q(ends_on=None) | Q(ends_on__gte=planned.starts_on)
    return list(held.filter(lasts, starts_on__isnull=False).order_by(F("ends_on").desc(nulls_first=True), "pk"))


def _has_left(somebody: StaffMember | None, on: date) -> bool:
    return somebody is None or (somebody.ends_on is not None and somebody.ends_on <= on)


def _is_as_it_was_left(planned: HandOver, former: RoleAssignment) -> bool:
    """Whether the one who went still works here, and nobody has said of their role anything else since."""
    return not _has_left(planned.from_staff, today()) and former.ends_on == planned.starts_on - ONE_DAY


def _role(pk: int | None) -> RoleAssignment | None:
    return RoleAssignment.objects.filter(pk=pk).first() if pk else None


def _take_effect(planned: HandOver, *, by: User | None) -> None:
    """What the one holds is the other's; the areas that stay are left."""
    from_, to, on = planned.from_staff, planned.to_staff, planned.starts_on
    if from_ is not None and to is not None:
        rows_of(from_, to)
        _hold_both(from_, to)
        before = rows_of(from_, to)  # with what was given to either until they were held
        for area in AREAS:
            if area.key not in planned.stays and (said := area.hand_over(from_, to, by, on, planned.stays)):
                planned.said.append([area.name, ", ".join(said)])
        planned.moved = moves(before, rows_of(from_, to))
    planned.done_on = today()
    planned.save()
    _end_covers_for(from_, by=by)
    record(
        action="careers handed over",
        by=by,
        subject="hand-over",
        subject_id=planned.pk,
        detail={"rows": len(planned.moved)},
    )


def _hold_both(*people: StaffMember) -> None:
    """Nothing else becomes theirs until the transaction ends: it would be taken for what the hand-over made.

    Of the key too, unlike elsewhere: that is what a new row which names them waits for.
    """
    held = StaffMember.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in people])
    list(held.order_by("pk").values_list("pk"))


def _end_covers_for(somebody: StaffMember | None, *, by: User | None) -> None:
    """Nobody covers for somebody who does not lead any more."""
    if somebody is None:
        return
    for cover in HandOver.objects.filter(kind=HandOver.Kind.COVER, ended_on=None, from_staff=somebody):
        _end(cover, HandOver.Ending.BACK, by=by)
        record(action="hand-over called off", by=by, subject="hand-over", subject_id=cover.pk)


def take_effect_on(on: date) -> None:
    """Each hand-over of the school in scope whose day has come is done, and a cover whose last day is over has ended.

    A hand-over to somebody who has left by then is called off.
    """
    due = HandOver.objects.filter(
        kind=HandOver.Kind.FOR_GOOD, agreed_on__isnull=False, done_on=None, ended_on=None, starts_on__lte=on
    )
    for planned in due:
        with transaction.atomic():
            held = _held(planned)
            if held.done_on is not None or held.ended_on is not None:
                continue
            if _has_left(held.to_staff, on):  # whoever was to take over never did: all stays, and so does the role
                _end(held, HandOver.Ending.CALLED_OFF, by=None)
                record(action="hand-over called off", by=None, subject="hand-over", subject_id=held.pk)
            else:
                _take_effect(held, by=None)
    _close_covers_past(on)


def _close_covers_past(on: date) -> None:
    """A cover whose last day is over has ended; one to which nobody agreed in time was never one."""
    past = HandOver.objects.filter(kind=HandOver.Kind.COVER, ended_on=None, until__lt=on)
    past.filter(agreed_on=None).update(ended_on=on, ending=HandOver.Ending.CALLED_OFF)
    past.update(ended_on=on, ending=HandOver.Ending.BACK)


@transaction.atomic
def call_off(planned: HandOver, school: School, *, by: User | None) -> None:
    """A hand-over that has not been done does not take place; a cover is over today. Raises IsOver.

    NotTheirsToConfirm where two agreed to it and `by` may not undo that (`queries.may_call_off`).
    """
    planned = _held(planned)
    if planned.done_on is not None or planned.ended_on is not None:
        raise IsOver
    if by is not None and not may_call_off(planned, by, assignments_in(by, school), today()):
        raise NotTheirsToConfirm
    lasts = planned.lasts(today()) and planned.kind == HandOver.Kind.COVER
    _end(planned, HandOver.Ending.BACK if lasts else HandOver.Ending.CALLED_OFF, by=by)
    record(action="hand-over called off", by=by, subject="hand-over", subject_id=planned.pk)


@transaction.atomic
def undo(planned: HandOver, school: School, *, by: User | None) -> int:
    """What moved is back where it was, and so is the role. Answers how many rows were changed since and stay as they are.

    Raises IsOver where nothing moved or it is back already, TooLate after 30 days, AnotherFollowed where careers was
    handed on since, and NotTheirsToConfirm: the role goes back by whoever gives it up, or could be the second of two.
    """
    planned = _held(planned)
    if planned.done_on is None or planned.ended_on is not None:
        raise IsOver
    if today() > planned.done_on + UNDO_FOR:
        raise TooLate
    later = HandOver.objects.filter(
        kind=HandOver.Kind.FOR_GOOD, done_on__isnull=False, ended_on=None, pk__gt=planned.pk
    )
    if later.exists():
        raise AnotherFollowed
    _check_may_undo(planned, school, by=by)
    left = put_back(planned.moved)
    _end(planned, HandOver.Ending.UNDONE, by=by)
    _end_covers_for(planned.to_staff, by=by)
    record(action="hand-over undone", by=by, subject="hand-over", subject_id=planned.pk, detail={"left": left})
    return left


def _check_may_undo(planned: HandOver, school: School, *, by: User | None) -> None:
    """`by` is None in the morning's round. Raises NotTheirsToConfirm."""
    if by is not None and not may_undo(planned, by, assignments_in(by, school)):
        raise NotTheirsToConfirm


def _end(planned: HandOver, ending: str, *, by: User | None) -> None:
    if planned.agreed_on is not None:
        roles = RoleAssignment.objects.in_bulk([pk for pk, _ in planned.former_roles])
        former = [(roles[pk], until) for pk, until in planned.former_roles if pk in roles]
        back = [pair for pair in former if _is_as_it_was_left(planned, pair[0])]
        take_role_back(_role(planned.given_role_id), former=back, by=by)
    planned.ended_on, planned.ending = today(), ending
    planned.save()


@transaction.atomic
def tick(hand_over: HandOver, step: str, *, is_done: bool) -> None:
    """The step of the first fortnight is done, or is open again."""
    if is_done:
        StepDone.objects.get_or_create(hand_over=hand_over, step=step, defaults={"done_on": today()})
    else:
        StepDone.objects.filter(hand_over=hand_over, step=step).delete()
