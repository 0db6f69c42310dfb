"""Refusals in words, and who is asking."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError

from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.access.queries import may, user_by_email
from dekaan.core.scope import working_in
from dekaan.schools.models import School
from dekaan.schools.queries import school_by_slug


class Refused(click.ClickException):
    """Exit code 1, with a sentence on standard error."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


def in_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """A database that is not there yet, or a refusal of Django's own, is a sentence."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (OperationalError, ProgrammingError) as problem:
            message = f"The database is not ready ({str(problem).splitlines()[0]}). Run: dekaan migrate"
            raise Refused(message) from problem
        except CommandError as problem:
            raise Refused(str(problem)) from problem

    return run


def the_school(slug: str) -> School:
    """The school of that slug, or a refusal that names what there is."""
    school = school_by_slug(slug)
    if school is None:
        known = ", ".join(School.objects.values_list("slug", flat=True)) or "none yet"
        raise Refused(f"There is no school called “{slug}”. Schools here: {known}.")
    return school


def the_person(email: str, school: School, permission: Permission) -> User:
    """The account with that address, allowed to do this at the school; a refusal otherwise."""
    user = user_by_email(email)
    if user is None:
        raise Refused(f"There is no account with the address {email}.")
    if not may(user, school, permission):
        raise Refused(f"{email} may not do this at {school.name} ({permission.value}).")
    return user


@contextmanager
def at(school: School) -> Iterator[None]:
    """Working in the school."""
    with working_in(school):
        yield


def as_json(value: Any) -> None:
    """Print it as JSON, dates and decimals as text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
