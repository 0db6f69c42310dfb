"""The one door: every view says `@needs(Permission.X)`, `@signed_in` or `@open_to_all`, and a house test looks.

Behind `needs`, the school of the address is in scope, GET cannot write, and a person without a role there gets
the same 404 as for a school that does not exist.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from dekaan.access.changes import open_with_roles
from dekaan.access.factors import is_fresh, is_strong_enough, lead_to_factor
from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import ASKED_AGAIN, Permission
from dekaan.access.pressing import answered_once
from dekaan.access.queries import assignments_in, assignments_of, held_at, permissions_of
from dekaan.audit.changes import record
from dekaan.core.numbers import NO_ROW
from dekaan.core.scope import working_in
from dekaan.schools.models import School
from dekaan.schools.queries import school_by_slug

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)


# What the audit calls a page on which needs or flags of a pupil, or of many, were read.
NEEDS_READ = "needs or flags read"
LIST_OF_NEEDS_READ = "list of needs read"
# And one that told of restricted contacts.
MARKER_READ = "restricted contacts read"


@dataclass(frozen=True)
class Reading:
    """What somebody is about to be shown that the audit keeps, though nothing is changed by it."""

    action: str
    subject: str
    subject_id: int | None
    detail: dict[str, Any]


class SchoolRequest(HttpRequest):
    """A request behind the door."""

    school: School
    user: User  # type: ignore[assignment]
    permissions: frozenset[Permission]
    assignments: list[RoleAssignment]
    held: list[RoleAssignment]  # at any school
    readings: list[Reading]
    works_elsewhere: bool  # holds a role at another school, or at the trust


def reads(
    request: SchoolRequest, action: str, *, subject: str = "", subject_id: int | None = None, **detail: Any
) -> None:
    """The audit will say that the person read this, once the answer is built and before it is sent.

    A reading that cannot be kept is no reading: the answer is then not sent either.
    """
    request.readings.append(Reading(action, subject, subject_id, detail))


class GoneMeanwhile(Exception):
    """A role, the account or all sessions ended while the press was on its way."""


class WroteWhileReading(Exception):
    """A GET tried to change the database."""


View = Callable[..., HttpResponse]


def needs(permission: Permission, *, reads_files: bool = False) -> Callable[[View], View]:
    """Only those who hold the permission at the school of the address come in.

    The view receives the request and the address's other arguments; `request.school`, `request.permissions` and
    `request.assignments` are set. A session that has shown a password only is led to the second factor, and one that
    showed it a while ago is asked again where the permission says so.

    A POST is one transaction, unless the view `reads_files`: reading what was uploaded takes seconds, and SQLite has one
    writer for all. Such a view is not undone as a whole where it fails; each change that it makes is a transaction of
    its own, in which it says `stay_in`. (On PostgreSQL the scope is told within a transaction all the same, which keeps
    nobody waiting.)

    A form is done once, however often it is sent (`pressing`). Once the end of a role, of an account or of all sessions
    is committed, no press of that person is done any more, wherever it had got to.
    """

    def at_the_door(view: View) -> View:
        @wraps(view)
        def guarded(request: SchoolRequest, school_slug: str, **kwargs: Any) -> HttpResponse:
            if any(isinstance(number, int) and number >= NO_ROW for number in kwargs.values()):
                raise Http404
            school = school_by_slug(school_slug)
            held = assignments_of(request.user) if school else []
            assignments = held_at(school, held) if school else []
            if school is None or not assignments:
                raise Http404
            request.school = school
            request.assignments, request.held = assignments, held
            request.readings = []
            request.works_elsewhere = any(each.school_id != school.pk for each in held)
            request.permissions = permissions_of(assignments)
            if not is_strong_enough(request, assignments):
                return lead_to_factor(request)
            if permission not in request.permissions:
                raise PermissionDenied
            if permission in ASKED_AGAIN and not is_fresh(request):
                return lead_to_factor(request)
            reading = request.method in {"GET", "HEAD", "OPTIONS"}
            with ExitStack() as stack:
                try:
                    if not reading and not reads_files:
                        stack.enter_context(transaction.atomic())
                        stay_in(request)
                    stack.enter_context(working_in(school))  # on PostgreSQL a transaction of its own, for reading too
                    if reading:
                        with read_only():
                            answer = view(request, **kwargs)
                    else:
                        answer = answered_once(request, partial(view, request, **kwargs))
                except GoneMeanwhile:
                    return redirect("account_login")
                if answer.status_code < 300:
                    _note_what_was_shown(request)
                return answer

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return at_the_door


def open_address(address: str, permissions: frozenset[Permission]) -> str:
    """The address where the door there would let these permissions in; nothing where it would not."""
    return address if getattr(resolve(address).func, "permission", None) in permissions else ""


def _note_what_was_shown(request: SchoolRequest) -> None:
    """What was read is on record, and the school knows from now on who has opened it."""
    for each in request.readings:
        record(by=request.user, at_leisure=True, **vars(each))
    if any(each.known_as for each in request.assignments):
        open_with_roles(request.assignments)


def stay_in(request: SchoolRequest) -> None:
    """Neither the session nor a role has ended since it was looked at; whoever ends one now waits until this is done.

    Raises GoneMeanwhile, which the door answers. On SQLite the one writer has it so. On PostgreSQL the row is held
    without its key, so that rows that only point to the person wait for nobody.
    """
    user = request.user
    now = User.objects.select_for_update(no_key=True).filter(pk=user.pk, is_active=True).first()
    if now is None or now.get_session_auth_hash() != user.get_session_auth_hash():
        raise GoneMeanwhile
    if assignments_in(user, request.school) != request.assignments:
        raise GoneMeanwhile


def signed_in(view: View) -> View:
    """Any signed-in person, outside any school."""
    view.permission = "signed in"  # type: ignore[attr-defined]
    return view


def open_to_all(view: View) -> View:
    """Anyone, without signing in."""
    opened = login_not_required(view)
    opened.permission = "open to all"  # type: ignore[attr-defined]
    return opened


@contextmanager
def read_only() -> Iterator[None]:
    """Inside, a statement that would write raises WroteWhileReading."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's own signature
        if WRITES.match(sql):
            raise WroteWhileReading(sql[:80])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
