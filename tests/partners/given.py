"""Organisations, people and sessions for the tests of the directory."""

from datetime import date, timedelta

from dekaan.core.academic_year import today
from dekaan.partners.changes import add_contact, add_organisation, note_conversation
from dekaan.partners.models import Contact, Conversation, Organisation
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.programme.models import Session


def organisation(name: str = "Weir Valley College", kind: str = "fe-college", **details) -> Organisation:
    return add_organisation(name=name, kind=kind, by=None, **details)


def contact(at: Organisation, name: str = "Ida Ward", **details) -> Contact:
    return add_contact(at, name=name, by=None, **details)


def spoken(at: Organisation, *, days_ago: int = 1, **details) -> Conversation:
    return note_conversation(
        at, **{"how": "telephone", "held_on": ago(days_ago), "said": "Comes again", "by": None} | details
    )


def session(partner: str, *, days_ago: int = 1, kind: str = "fe-college", **details) -> Session:
    """A talk for Year 10 with a partner as somebody typed it."""
    activity = plan_activity(
        title=f"Talk by {partner}",
        activity_type="TALK",
        partner_name=partner,
        partner_kind=kind,
        by=None,
        **details,
    )
    return plan_session(activity, held_on=ago(days_ago), invited=Invited(year_groups=(10,)), by=None)


def ago(days: int) -> date:
    return today() - timedelta(days=days)
