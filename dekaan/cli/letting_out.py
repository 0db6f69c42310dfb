"""Names that leave by a command: what for, agreed to by whom, told to whom."""

from typing import Any

import click

from dekaan.access.exporting import PURPOSES, NobodyToTell, TooMany, let_out
from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.cli.words import Refused, the_person
from dekaan.schools.models import School

PURPOSE = click.Choice(list(PURPOSES))
AGREED_BY = "A second person, who agrees: for more pupils than the school lets out at once"


def the_second(email: str, user: User, school: School) -> User:
    """A Careers Leader, headteacher or data protection officer, and not the person who exports."""
    second = the_person(email, school, Permission.ROLES_CONFIRM)
    if second.pk == user.pk:
        raise Refused("The second person is somebody else than the one who exports.")
    return second


def let_out_in_words(school: School, *, names: int, **said: Any) -> str:
    """As `let_out`, and where nothing leaves, what to do."""
    try:
        return let_out(school, names=names, **said)
    except NobodyToTell:
        raise Refused(
            f"A second person is told of every export, and {school.name} has no account of a headteacher or data "
            "protection officer. Open one first: dekaan user add"
        ) from None
    except TooMany:
        raise Refused(
            f"These are {names} pupils, and {school.export_limit} leave at once: a Careers Leader, headteacher or data "
            "protection officer agrees to more. Say --agreed-by and the e-mail address of their account."
        ) from None
