"""What changed in the rules, and what it means for this school. The audit keeps who has read what, as with exports."""

from datetime import date, timedelta

from dekaan.access.models import User
from dekaan.audit.queries import of_chain
from dekaan.frameworks.queries import RuleChange, rule_changes
from dekaan.schools.models import School

SUBJECT = "rules"  # what the audit calls them
NEWS_FOR = timedelta(days=365)  # so long home tells of a change that has come into force


def read_by(user: User, school: School) -> set[str]:
    """The keys of the changes that the person has read at the school."""
    lines = of_chain(school.pk).filter(subject=SUBJECT, actor_id=user.pk)
    return {key for detail in lines.order_by().values_list("detail", flat=True) for key in detail.get("changes", ())}


def news(school: School, on: date) -> list[RuleChange]:
    """Changes of the last year, and those to come, that bind the school."""
    return [each for each in rule_changes(school) if each.binding.binds and each.version.begins > on - NEWS_FOR]


def unread(school: School, user: User, on: date) -> list[RuleChange]:
    """Those of the news that the person has not read. Asks nothing where there is no news."""
    found = news(school, on)
    known = read_by(user, school) if found else set()
    return [each for each in found if each.key not in known]
