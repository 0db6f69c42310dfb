"""The policy as it stands: whom to write to, grounds, and the times that are usually free."""

from dekaan.access.models import RoleAssignment
from dekaan.access.queries import in_force
from dekaan.core.academic_year import today
from dekaan.core.scope import schools_in_scope
from dekaan.provider_requests.models import AccessGround, AccessRules, FreeTime, PublicContact
from dekaan.provider_requests.policy import usual

Kind = AccessGround.Kind


def access_rules() -> AccessRules:
    """The school's rules, with the contact of its public pages where they name none: to be read, and not to be saved."""
    rules = rules_said()
    if rules.pk and not (rules.contact_name and rules.contact_email and rules.contact_telephone):
        pages = public_contact()
        rules.contact_name = rules.contact_name or pages.name
        rules.contact_email = rules.contact_email or pages.email
        rules.contact_telephone = rules.contact_telephone or pages.telephone
    return rules


def public_contact() -> PublicContact:
    """Whom the public pages of the school in scope name for careers: as said, or whoever holds the role; not to be saved."""
    said = PublicContact.objects.first() or PublicContact()
    if not (said.name and said.email):
        held = RoleAssignment.objects.filter(
            in_force(today()), school__in=schools_in_scope(), role="careers-leader", known_as=""
        )
        leader = held.select_related("user").order_by("starts_on", "pk").first()
        if leader is not None:
            said.name, said.email = said.name or leader.user.name, said.email or leader.user.email
    return said


def digits(number: str) -> str:
    """A telephone number as figures alone, by which two spellings of it are the same."""
    return "".join(each for each in number if each.isdigit())


def rules_said() -> AccessRules:
    """The school's rules as it said them; until it has, the usual ones, which name nobody to write to and are not saved."""
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
