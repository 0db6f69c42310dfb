"""Who may see the school: roles given, confirmed, looked through and ended, and second factors reset."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.changes import (
    AlreadyAsked,
    AlreadyOver,
    ListChanged,
    NothingToReset,
    NotOfOneSchool,
    NotTheirsToConfirm,
    NotTheirsToGive,
    NotTheirsToReset,
    OwnReset,
    OwnRole,
    decline_role,
    end_role,
    review_roles,
    stop_factor_reset,
)
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.matrix import opens_closed
from dekaan.access.models import FactorReset, RoleAssignment, User
from dekaan.access.permissions import IN_WORDS, Permission
from dekaan.access.queries import (
    factor_resets_at,
    last_review,
    may_agree_to_reset,
    may_confirm,
    review_is_due,
    review_standard,
    roles_given_by,
    roles_to_review,
    second_people,
    second_people_for_reset,
    users_at,
)
from dekaan.access.roles import ROLES, SEES_IN_WORDS, Role
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.numbers import row_numbers
from dekaan.overview import changes, forms
from dekaan.people.queries import is_on_staff, tutor_groups, year_groups
from dekaan.trusts.queries import open_grants

NOT_YOURS_TO_CONFIRM = (
    "It does not wait for you: it is settled already, or you gave it, or it is your own, or another role confirms it."
)
NOT_A_GIVER = "somebody who gives roles looks through them"
NOT_YOURS_TO_AGREE = "It does not wait for you: it is settled or over already, or you asked for it, or it is about you."
NOT_ON_STAFF = "Nobody on the staff has that e-mail address, so they see no session yet."


@needs(Permission.ROLES_SEE)
def role_list(request: SchoolRequest) -> HttpResponse:
    """Who may see the school, in which role, until when; after a role was given, how the person signs in."""
    own = roles_given_by(request.assignments)
    given = request.GET.get("given", "")
    lines = [
        RoleLine(
            each,
            ROLES[each.role],
            may_end=ROLES[each.role] in own and each.user_id != request.user.pk,
            may_confirm=may_confirm(each, request.user, request.assignments),
            seconds=second_people(each, request.school) if each.waits else [],
            may_reset=Permission.ACCOUNTS_CHANGE in request.permissions and each.user_id != request.user.pk,
        )
        for each in users_at(request.school)
    ]
    return render(
        request,
        "overview/role_list.html",
        {
            "waiting": [line for line in lines if line.assignment.waits],
            "held": [line for line in lines if not line.is_over and not line.assignment.waits],
            "past": [line for line in lines if line.is_over],
            "given": next((line for line in lines if str(line.assignment.pk) == given and not line.is_over), None),
            "resets": [
                (
                    each,
                    may_agree_to_reset(each, request.user, request.assignments),
                    second_people_for_reset(each, request.school) if each.due_at is None else [],
                )
                for each in factor_resets_at(request.school)
            ],
            "gives_roles": bool(own),
            "names_granted": open_grants(today()),
            "mail_goes_out": bool(settings.EMAIL_URL),
            "sign_in": request.build_absolute_uri(reverse("account_login")),
        },
    )


@needs(Permission.ACCOUNTS_CHANGE)
def role_new(request: SchoolRequest) -> HttpResponse:
    """Giving somebody a role: the form offers only what this person may give."""
    roles = roles_given_by(request.assignments)
    if not roles:
        return redirect("account-new", school_slug=request.school.slug)
    year = academic_year_of(today())
    form = forms.NewRole(
        request.POST or None,
        initial=_as_held_before(request),
        own_email=request.user.email,
        roles=roles,
        tutor_groups=[group.name for group in tutor_groups(year)],
        year_groups=year_groups(year),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        assignment = changes.welcome(
            request.school,
            name=given["name"],
            email=given["email"],
            role=given["role"],
            scope=form.scope(),
            by=request.user,
            here=_here(request),
        )
        if ROLES[given["role"]].sees == "own-sessions" and not is_on_staff(assignment.user):
            messages.warning(request, f"{NOT_ON_STAFF} Add them under Staff with {given['email']}.", "open")
        return redirect(f"{reverse('role-list', args=[request.school.slug])}?given={assignment.pk}")
    return render(request, "overview/role_new.html", {"form": form})


def _as_held_before(request: SchoolRequest) -> dict[str, Any]:
    """What the form begins with where a role that is over is to be given again."""
    again = request.GET.get("again", "")
    before = next((each for each in users_at(request.school) if str(each.pk) == again), None)
    if before is None:
        return {}
    parts = {name: (before.scope.get(f"{name}s") or [""])[0] for name in ("tutor_group", "year_group")}
    return {"name": before.called, "email": before.user.email, "role": before.role} | parts


@needs(Permission.ROLES_SEE)
def role_review(request: SchoolRequest) -> HttpResponse:
    """Everybody who may see the school, to be looked through each quarter; the next time, and the last."""
    own, last = roles_given_by(request.assignments), last_review(request.school)
    lines = [
        (each, ROLES[each.role], opens_closed(each.role), ROLES[each.role] in own and each.user_id != request.user.pk)
        for each in roles_to_review(request.school)
    ]
    return render(
        request,
        "overview/role_review.html",
        {
            "lines": lines,
            "gives_roles": bool(own),
            "last": last,
            "last_by": User.objects.filter(pk=last.actor_id).first() if last else None,
            "is_due": review_is_due(last),
            "standard": review_standard(),
        },
    )


@needs(Permission.ACCOUNTS_CHANGE)
@require_POST
def role_review_done(request: SchoolRequest) -> HttpResponse:
    """The whole list was looked through: what is still ticked stays, the rest ends."""
    seen, right = (row_numbers(request.POST.getlist(name)) for name in ("seen", "right"))
    try:
        kept, ended = review_roles(request.school, seen=seen, wrong=seen - right, by=request.user)
    except ListChanged:
        messages.warning(
            request, "Nothing was saved: a role came or went since you opened the list. This is the new one.", "open"
        )
        return redirect("role-review", school_slug=request.school.slug)
    except (NotTheirsToGive, OwnRole):
        words = (
            "at least one of the roles you unticked is not yours to end"
            if roles_given_by(request.assignments)
            else NOT_A_GIVER
        )
        messages.error(request, f"Nothing was saved: {words}.")
        return redirect("role-review", school_slug=request.school.slug)
    over = "; ".join(f"{each.called} no longer is {ROLES[each.role].name}" for each in ended)
    messages.success(
        request, f"Kept: {kept} role{'' if kept == 1 else 's'}. {f'Ended: {over}.' if over else 'None ended.'}"
    )
    return redirect("role-list", school_slug=request.school.slug)


@needs(Permission.ACCOUNTS_CHANGE)
def account_new(request: SchoolRequest) -> HttpResponse:
    """Opening an account that grants nothing: what a technician may do alone."""
    form = forms.NewAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = changes.expect_colleague(**form.cleaned_data, by=request.user, here=_here(request))
        messages.success(
            request,
            f"{user.email} has an account, which opens nothing until a Careers Leader gives it a role. An invitation is "
            "on its way to them.",
        )
        return redirect("role-list", school_slug=request.school.slug)
    return render(request, "overview/account_new.html", {"form": form})


@needs(Permission.ROLES_SEE)
def role_meanings(request: SchoolRequest) -> HttpResponse:
    """Every role there is: what it is for, whom it sees, what it may do."""
    meanings = [
        (role, SEES_IN_WORDS[role.sees], [IN_WORDS[each] for each in Permission if each in role.may])
        for role in ROLES.values()
    ]
    return render(request, "overview/role_meanings.html", {"meanings": meanings})


@needs(Permission.ACCOUNTS_CHANGE)
@require_POST
def role_end(request: SchoolRequest, assignment_id: int) -> HttpResponse:
    """The role ends: from now on it opens nothing."""
    assignment = get_object_or_404(users_at(request.school), pk=assignment_id)
    try:
        end_role(assignment, on=today() - timedelta(days=1), by=request.user)
        messages.success(
            request,
            f"{assignment.called} no longer is {ROLES[assignment.role].name} here. Where it was their last role, their account "
            "is closed with it. To undo it, press “Give it again” under Held before.",
        )
    except OwnRole:
        messages.error(request, "Your own role is ended by somebody else, so that no school is left without a key.")
    except NotTheirsToGive:
        messages.error(request, f"The role {ROLES[assignment.role].name} is not yours to end.")
    except AlreadyOver:
        messages.info(
            request, f"{assignment.called} is no longer {ROLES[assignment.role].name} here; that had ended before."
        )
    return redirect("role-list", school_slug=request.school.slug)


@needs(Permission.ROLES_CONFIRM)
@require_POST
def role_confirm(request: SchoolRequest, assignment_id: int) -> HttpResponse:
    """The second of two people agrees: from now on the role opens what it says."""
    assignment = get_object_or_404(users_at(request.school), pk=assignment_id)
    role = ROLES[assignment.role].name
    try:
        changes.agree_to_role(assignment, by=request.user, here=_here(request))
        messages.success(request, f"{assignment.called} now is {role} here.")
    except NotTheirsToConfirm:
        messages.error(request, NOT_YOURS_TO_CONFIRM)
    except NotTheirsToGive:
        messages.error(
            request,
            f"Whoever gave {assignment.called} the role {role} may not give it any more: decline it, and have it given "
            "again by somebody who may.",
            "open",
        )
    return redirect("home", school_slug=request.school.slug)


@needs(Permission.ROLES_CONFIRM)
@require_POST
def role_decline(request: SchoolRequest, assignment_id: int) -> HttpResponse:
    """The second of two people does not agree: the role never opens anything."""
    waiting = get_object_or_404(users_at(request.school), pk=assignment_id)
    try:
        decline_role(waiting, by=request.user)
        messages.success(request, f"Declined: {waiting.called} does not become {ROLES[waiting.role].name} here.")
    except NotTheirsToConfirm:
        messages.error(request, NOT_YOURS_TO_CONFIRM)
    return redirect("home", school_slug=request.school.slug)


@needs(Permission.ACCOUNTS_CHANGE)
def factor_reset(request: SchoolRequest, assignment_id: int) -> HttpResponse:
    """Asking that a colleague who has lost telephone and recovery codes be let in again."""
    assignment = get_object_or_404(users_at(request.school), pk=assignment_id)
    user = assignment.user
    if request.method == "POST":
        try:
            changes.ask_for_reset(assignment, by=request.user, here=_here(request))
            messages.success(request, f"Asked. {user} is let in again once a second person has agreed.")
        except OwnReset:
            messages.error(request, "Your own second factor is reset by two other people.")
        except NotOfOneSchool:
            messages.error(
                request,
                f"Two people of this school do not decide on {assignment.called}, who works elsewhere too or has not opened "
                "this school yet: ask whoever runs the service.",
                "open",
            )
        except NothingToReset:
            messages.error(
                request,
                f"{user} has no second factor yet. “Forgot your password?” at the sign-in page is enough.",
                "open",
            )
        except AlreadyAsked:
            messages.info(request, f"It was asked for {user} before, and is not settled yet.")
        except NotTheirsToReset:
            messages.error(request, f"{assignment.called} holds no role here any more, so nobody here asks for them.")
        return redirect("role-list", school_slug=request.school.slug)
    return render(request, "overview/factor_reset.html", {"assignment": assignment})


@needs(Permission.ROLES_CONFIRM)
@require_POST
def factor_reset_agree(request: SchoolRequest, assignment_id: int) -> HttpResponse:
    """The second of two people agrees, having seen the colleague or not."""
    reset = _reset_or_404(request, assignment_id)
    seen = request.POST.get("seen") == "yes"
    try:
        changes.agree_to_reset(reset, by=request.user, seen=seen, here=_here(request))
    except NotTheirsToReset:
        messages.error(request, NOT_YOURS_TO_AGREE, "open")
    else:
        when = "now" if seen else "in 24 hours, unless they sign in before"
        messages.success(
            request, f"Agreed. The second factor of {reset.user} is reset {when}; a link then goes to them."
        )
    return redirect("home", school_slug=request.school.slug)


@needs(Permission.ROLES_CONFIRM)
@require_POST
def factor_reset_stop(request: SchoolRequest, assignment_id: int) -> HttpResponse:
    """The reset does not take effect."""
    reset = _reset_or_404(request, assignment_id)
    try:
        stop_factor_reset(reset, by=request.user)
        messages.success(request, f"Stopped: the second factor of {reset.user} stays.")
    except NotTheirsToReset:
        messages.error(request, NOT_YOURS_TO_AGREE, "open")
    return redirect("home", school_slug=request.school.slug)


def _reset_or_404(request: SchoolRequest, assignment_id: int) -> FactorReset:
    """The newest, open or settled: whoever comes second reads that it is settled."""
    found = FactorReset.objects.filter(assignment__school=request.school, assignment_id=assignment_id)
    return get_object_or_404(found.select_related("assignment__school", "user", "asked_by").order_by("-pk")[:1])


def _here(request: SchoolRequest) -> str:
    """What links in mails begin with."""
    return request.build_absolute_uri("/").rstrip("/")


@dataclass(frozen=True)
class RoleLine:
    """A role that somebody holds or held or is to hold, and whether the person looking may end or confirm it."""

    assignment: RoleAssignment
    role: Role
    may_end: bool
    may_confirm: bool
    seconds: list[User]  # who may confirm it, where it waits
    may_reset: bool  # may ask that the person be let in again

    @property
    def is_over(self) -> bool:
        """Whether it is held no longer."""
        return self.assignment.ends_on is not None and self.assignment.ends_on < today()
