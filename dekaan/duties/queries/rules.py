"""What changed in the rules, and what it means for this school. The audit keeps who has read what, as with exports."""

from collections.abc import Sequence
from datetime import date, timedelta

from dekaan.access.models import User
from dekaan.audit.queries import of_chain
from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import RuleChange, rule_changes
from dekaan.people.queries import year_groups
from dekaan.schools.models import School

SUBJECT = "rules"  # what the audit calls them
NEWS_FOR = timedelta(days=365)  # so long home tells of a change that has come into force


def read_by(user: User, school: School) -> set[str]:
    """The keys of the changes that the person has read at the school."""
    lines = of_chain(school.pk).filter(subject=SUBJECT, actor_id=user.pk)
    return {key for detail in lines.order_by().values_list("detail", flat=True) for key in detail.get("changes", ())}


def news(school: School, on: date, on_roll: Sequence[int] | None = None) -> list[RuleChange]:
    """Changes of the last year, and those to come, that bind the school; `on_roll` are its year groups where they are at hand."""
    return [
        each for each in changes_here(school, on, on_roll) if each.binding.binds and each.version.begins > on - NEWS_FOR
    ]


def changes_here(school: School, on: date, on_roll: Sequence[int] | None = None) -> list[RuleChange]:
    """Every change, with what it means for a school of that kind, those ages and those pupils."""
    return rule_changes(school, year_groups(academic_year_of(on)) if on_roll is None else on_roll)


def unread(school: School, user: User, on: date, on_roll: Sequence[int] | None = None) -> list[RuleChange]:
    """Those of the news that the person has not read. Asks nothing where there is no news."""
    found = news(school, on, on_roll)
    known = read_by(user, school) if found else set()
    return [each for each in found if each.key not in known]
