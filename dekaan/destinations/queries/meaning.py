"""What somebody means to do."""

from collections.abc import Iterable

from dekaan.destinations.models import Kind, Statement
from dekaan.destinations.queries.ledger import in_force
from dekaan.frameworks.queries import routes
from dekaan.people.models import Pupil


def intention_of(statements: Iterable[Statement], *, is_backup: bool = False) -> Statement | None:
    """The latest of what they mean to do, or of what they would do instead; the statements are in force, in any order."""
    found = [each for each in statements if each.kind == Kind.INTENTION and each.is_backup == is_backup]
    return max(found, key=lambda each: (each.as_of, each.said_on, each.pk), default=None)


def meant_in_words(said: Statement) -> str:
    """ "Meant: University", "Was undecided"."""
    route = routes().get(said.route)
    return "Was undecided" if route and route.is_plan_only else f"Meant: {said.where}"


def meant_now(pupil: Pupil) -> Statement | None:
    """What that pupil means to do."""
    return intention_of(in_force(Statement.objects.filter(pupil=pupil)))
