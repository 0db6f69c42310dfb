"""The policy as it stands: whom to write to, grounds, and the times that are usually free."""

from dekaan.provider_requests.models import AccessGround, AccessRules, FreeTime
from dekaan.provider_requests.policy import usual

Kind = AccessGround.Kind


def access_rules() -> AccessRules:
    """The school's rules; until it has said any, the usual ones, which name nobody to write to and are not saved."""
    return AccessRules.objects.first() or AccessRules(
        weeks_notice=usual().weeks_notice,
        decision_days=usual().decision_days,
        offers=list(usual().offers),
        is_open=False,
    )


def grounds(kind: str) -> list[AccessGround]:
    """The grounds of that kind in force, in order: what a refusal is chosen from, and a statement lists."""
    return list(AccessGround.objects.filter(kind=kind, until=None))


def ground_lines(kind: str) -> list[str]:
    """The same as lines to be edited: the usual wording until the school has said its own."""
    said = list(AccessGround.objects.filter(kind=kind))
    if not said:
        return list(usual().granting if kind == Kind.GRANT else usual().refusing)
    return [each.words for each in said if each.until is None]


def free_times() -> list[FreeTime]:
    """The times of the week that are usually free."""
    return list(FreeTime.objects.all())
