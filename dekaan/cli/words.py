"""Refusals in words, and who is asking."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DatabaseError, DataError, IntegrityError

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
    """A database that is not there yet, a disk that is full, or a refusal of Django's own is a sentence."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (DataError, IntegrityError) as problem:
            raise Refused(f"The database does not take that ({_first_line(problem)}).") from problem
        except DatabaseError as problem:
            raise Refused(f"The database is not ready ({_first_line(problem)}). Run: dekaan migrate") from problem
        except UnicodeEncodeError as problem:
            raise Refused("What was typed is not in UTF-8, so it names nothing here.") from problem
        except ValidationError as problem:
            raise Refused(" ".join(_said(problem))) from problem
        except CommandError as problem:
            raise Refused(str(problem)) from problem
        except BrokenPipeError:  # whoever was reading has read enough
            raise
        except OSError as problem:
            raise Refused(f"{problem.filename or 'The file'} could not be used: {problem.strerror}.") from problem

    return run


def _first_line(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0]


def _said(problem: ValidationError) -> list[str]:
    """Each message, after the name of its field where it has one."""
    if not hasattr(problem, "error_dict"):
        return problem.messages
    return [
        f"{field.replace('_', ' ').capitalize()}: {message}"
        for field, messages in problem.message_dict.items()
        for message in messages
    ]


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
