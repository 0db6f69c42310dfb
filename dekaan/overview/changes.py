"""Changing what the school says about itself, with what that means for every figure."""

from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from dekaan.access.changes import agree_to_factor_reset, ask_for_factor_reset, confirm_role, give_role, open_account
from dekaan.access.models import FactorReset, RoleAssignment, User
from dekaan.access.queries import has_opened, second_people_for_reset
from dekaan.access.tasks import send_invitation, send_way_back
from dekaan.core.academic_year import academic_year_of, today
from dekaan.measures.changes import rebuild
from dekaan.participation.changes import settle_part_attendance
from dekaan.people.changes import change_staff_member, link_accounts
from dekaan.people.models import StaffMember
from dekaan.programme.changes import judge_access_again, judge_part_attendance_again, requalify_adviser
from dekaan.schools.changes import begin_year, change_school
from dekaan.schools.models import School

SCHOOL_DAY = {"day_begins", "day_ends"}  # in which an encounter with a provider lies or not
COUNTED = {"records_begin", "part_counts"}  # facts on which figures rest
QUALIFICATION = ("guidance_qualified_from", "guidance_qualified_until")  # on which guidance meetings rest


@transaction.atomic
def change_school_facts(school: School, *, by: User, **facts: Any) -> None:
    """The school's facts are as given; where figures rest on them, every figure follows."""
    change_school(school, by=by, **facts)
    if "records_begin" in facts and school.records_begin:
        for year in range(academic_year_of(school.records_begin), academic_year_of(today()) + 1):
            begin_year(year)
    if "part_counts" in facts:
        settle_part_attendance(counts=school.part_counts)
        judge_part_attendance_again()
    if SCHOOL_DAY & facts.keys():
        judge_access_again()
    if COUNTED & facts.keys():
        rebuild()


@transaction.atomic
def expect_colleague(*, name: str, email: str, by: User, here: str) -> User:
    """The person has an account that opens nothing yet, and an invitation is on its way; links in it begin with `here`."""
    user = open_account(email=email, name=name, password=None, by=by)
    send_invitation.enqueue(user.pk, by.pk, here)
    return user


@transaction.atomic
def welcome(
    school: School, *, name: str, email: str, role: str, scope: dict[str, Any], by: User, here: str
) -> RoleAssignment:
    """The person has an account and holds the role, or waits for it; once they hold it their invitation is on its way.

    It is theirs from today, or where it asks for two people from the day on which a second confirms it.
    Whoever of the staff has the e-mail address signs in with it, and so sees the sessions that they lead.
    Raises what `access.changes.give_role` raises.
    """
    user = open_account(email=email, name=name, password=None, by=by)
    # Whom the school knows already it calls by their own name, so that nobody agrees to a role for another (decision 0031).
    known_as = "" if has_opened(user, school) else name
    assignment = give_role(user=user, role=role, school=school, scope=scope, by=by, known_as=known_as)
    link_accounts([email], by=by)
    if not assignment.waits:
        send_invitation.enqueue(user.pk, by.pk, here)
    return assignment


@transaction.atomic
def agree_to_role(assignment: RoleAssignment, *, by: User, here: str) -> None:
    """The role that waited is held from today, an invitation is on its way, and whoever of the staff has the e-mail address signs in with it.

    Raises what `access.changes.confirm_role` raises.
    """
    confirm_role(assignment, by=by)
    link_accounts([assignment.user.email], by=by)
    send_invitation.enqueue(assignment.user_id, by.pk, here)


@transaction.atomic
def ask_for_reset(assignment: RoleAssignment, *, by: User, here: str) -> FactorReset:
    """The reset of the second factor of whoever holds the role waits for a second person; they and the person are told.

    Raises what `access.changes.ask_for_factor_reset` raises.
    """
    reset = ask_for_factor_reset(assignment, by=by)
    school: School = assignment.school  # type: ignore[assignment]
    _tell(reset.user, "Your second factor may be reset", "asked", {"link": f"{here}{reverse('account_login')}"})
    home = {"link": f"{here}{reverse('home', args=[school.slug])}"}
    for second in second_people_for_reset(reset, school):
        _tell(second, "A second person is needed", "waits", home)
    return reset


@transaction.atomic
def agree_to_reset(reset: FactorReset, *, by: User, seen: bool, here: str) -> None:
    """The reset takes effect now where the colleague was seen, else a day later, of which they are told.

    Raises what `access.changes.agree_to_factor_reset` raises.
    """
    agree_to_factor_reset(reset, by=by, seen=seen)
    send_way_back.using(run_after=None if seen else reset.due_at).enqueue(reset.pk, here)
    if not seen:
        words = {"due": reset.due_at, "link": f"{here}{reverse('account_login')}"}
        _tell(reset.user, "Your second factor will be reset", "agreed", words)


def _tell(user: User, subject: str, what: str, words: dict[str, Any]) -> None:
    send_mail(subject, render_to_string(f"access/email/factor_reset_{what}.txt", words), None, [user.email])


@transaction.atomic
def correct_staff_member(member: StaffMember, *, by: User, **fields: Any) -> None:
    """The member of staff is as given; where the qualification differs, the meetings that they held are judged again."""
    own = {name: value for name, value in fields.items() if name not in QUALIFICATION}
    change_staff_member(member, by=by, **own)
    before = {name: getattr(member, name) for name in QUALIFICATION}
    after = before | {name: value for name, value in fields.items() if name in QUALIFICATION}
    if after != before:
        requalify_adviser(
            member,
            qualified_from=after["guidance_qualified_from"],
            qualified_until=after["guidance_qualified_until"],
            by=by,
        )
