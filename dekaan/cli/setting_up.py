"""Setting up: the database, schools and accounts."""

import re
import secrets
from datetime import date, datetime
from typing import Any

import click
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils import timezone

from dekaan.access.changes import (
    close_account,
    end_sessions,
    forget_factors,
    give_role,
    open_account,
)
from dekaan.access.invitations import invite, invite_first
from dekaan.access.matrix import needs_two
from dekaan.access.models import User
from dekaan.access.queries import people_at, user_by_email, users_at, who_may_agree_for
from dekaan.access.roles import ROLES
from dekaan.audit.changes import record
from dekaan.cli.words import Refused, as_json, in_words, the_school
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.changes import link_accounts
from dekaan.schools.changes import SlugTaken, add_school, add_trust
from dekaan.schools.models import School, Trust

AGES = click.IntRange(2, 25)
FIRST_RECORDS = date(1990, 9, 1)


@click.command()
@in_words
def migrate() -> None:
    """Make or bring up to date the database."""
    make_ready()
    click.echo("The database is up to date.")


def make_ready() -> None:
    """The database has every table, and on PostgreSQL the web role may use them."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("grant_web_role")


@click.group()
def school() -> None:
    """Add or list schools."""


@school.command("add")
@click.option("--name", required=True, help="The school's name.")
@click.option("--slug", help="What stands in its addresses; made from the name when left out.")
@click.option("--urn", default="", help="Six digits.")
@click.option("--laestab", default="", help="Authority and establishment number: 8154001 or 815/4001.")
@click.option("--low-age", type=AGES, default=11, show_default=True)
@click.option("--high-age", type=AGES, default=16, show_default=True)
@click.option("--sixth-form/--no-sixth-form", default=False, show_default=True)
@click.option("--predecessor-urn", default="", help="The URN before it became an academy.")
@click.option("--trust", "trust_name", default="", help="The trust's name; added when it is new.")
@click.option("--records-begin", type=click.DateTime(["%Y-%m-%d"]), help="Before this day participation is unknown.")
@in_words
def school_add(
    name: str,
    slug: str | None,
    urn: str,
    laestab: str,
    low_age: int,
    high_age: int,
    sixth_form: bool,  # noqa: FBT001 click passes options by name
    predecessor_urn: str,
    trust_name: str,
    records_begin: datetime | None,
) -> None:
    """Add a school, with its current academic year."""
    if urn and not re.fullmatch(r"\d{6}", urn):
        raise Refused(f"A URN is six digits; “{urn}” is not.")
    establishment = re.sub(r"\D", "", laestab)
    if laestab and len(establishment) != 7:
        raise Refused(f"A LAESTAB is seven digits (815/4001); “{laestab}” is not.")
    if low_age > high_age:
        raise Refused(f"The youngest ({low_age}) cannot be older than the oldest ({high_age}).")
    begin = records_begin.date() if records_begin else None
    if begin and not FIRST_RECORDS <= begin <= today():
        raise Refused(f"Records begin between {FIRST_RECORDS} and today; {begin} is not.")
    slug = _slug(name) if slug is None else slug
    if settings.PRODUCTION and settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and School.objects.exists():
        raise Refused("SQLite holds one school. For a second one, move to PostgreSQL (DEKAAN_DATABASE_URL).")
    facts: dict[str, Any] = {
        "name": name,
        "slug": slug,
        "urn": urn,
        "laestab": establishment,
        "low_age": low_age,
        "high_age": high_age,
        "has_sixth_form": sixth_form,
        "predecessor_urn": predecessor_urn,
    }
    School(**facts).full_clean(validate_unique=False)
    if "school_slug" not in resolve(f"/{slug}/").kwargs or f"/{slug}/" == settings.STATIC_URL:
        raise Refused(f"The address “{slug}” is one of Dekaan's own. Give another with --slug.")
    try:
        with transaction.atomic():
            trust = _trust(trust_name) if trust_name else None
            made = add_school(**facts, trust=trust, records_begin=begin)
    except SlugTaken:
        raise Refused(f"Another school has the address “{slug}”. Give one with --slug.") from None
    click.echo(f"{made.name} is at /{made.slug}/")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _trust(name: str) -> Trust:
    known = Trust.objects.filter(name__iexact=name).first()
    if known is None:
        Trust(name=name, slug=_slug(name)).full_clean()
        known = add_trust(name=name, slug=_slug(name))
    return known


@school.command("list")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
@in_words
def school_list(json_: bool) -> None:  # noqa: FBT001 click passes options by name
    """List the schools."""
    rows = [{"slug": each.slug, "name": each.name, "urn": each.urn} for each in School.objects.all()]
    if json_:
        as_json(rows)
        return
    for row in rows:
        click.echo(f"{row['slug']:20} {row['urn']:8} {row['name']}")


@click.group()
def user() -> None:
    """Open, invite and close accounts."""


@user.command("first-account")
@click.option("--school", "slug", required=True, help="The school's slug.")
@click.option("--role", type=click.Choice(sorted(ROLES)), default="careers-leader", show_default=True)
@in_words
def user_first(slug: str, role: str) -> None:
    """Print a code that opens the first account of a school, once, within a day."""
    where = the_school(slug)
    if users_at(where).exists():
        raise Refused(f"Somebody holds a role at {where.name} already. Open further accounts with: dekaan user add")
    _show(*invite_first(where, role), f"becomes {ROLES[role].name} of {where.name}", "first-account")


@user.command("invite")
@click.option("--email", required=True)
@in_words
def user_invite(email: str) -> None:
    """Print a code with which that person chooses a password or links single sign-on, within a week.

    A password that they have opens nothing from then on, and whoever is signed in with it is signed out.
    """
    person = _person(email)
    _show(*invite(person, by=None), f"comes in as {person.email}", "invitation")


@user.command("forget-factors")
@click.option("--email", required=True)
@click.option("--agreed-by", help="A second person of the school, where it has one; not the person themselves.")
@in_words
def user_forget_factors(email: str, agreed_by: str | None) -> None:
    """A lost telephone: the person sets up password and second factor anew. Make sure first that it is they who ask.

    Where a Careers Leader or technician can sign in, it is asked for in the product instead, under "People and roles".
    """
    person = _person(email)
    may_agree = who_may_agree_for(person)
    second = next((each for each in may_agree if each.email == (agreed_by or "").lower()), None)
    if may_agree and second is None:
        those = " or ".join(each.email for each in may_agree)
        raise Refused(f"A second person agrees first: say --agreed-by and the address of {those}.")
    forget_factors(person, by=second)
    click.echo(
        f"{person.email} has no second factor and no password any more, and is signed out. By “Forgot your password?” at "
        "the sign-in page they choose a password; then a factor is set up."
    )


@user.command("sign-out")
@click.option("--email", required=True)
@in_words
def user_sign_out(email: str) -> None:
    """Sign a person out everywhere."""
    person = _person(email)
    end_sessions(person, by=None)
    click.echo(f"{person.email} is signed out everywhere.")


@user.command("close")
@click.option("--email", required=True)
@in_words
def user_close(email: str) -> None:
    """Close a leaver's account: it opens nothing any more, and what they recorded stays."""
    person = _person(email)
    close_account(person, by=None)
    click.echo(f"The account of {person.email} is closed.")


def _person(email: str) -> User:
    person = user_by_email(email)
    if person is None:
        raise Refused(f"There is no account with the address {email}.")
    return person


def _show(code: str, expires: datetime, does: str, url_name: str) -> None:
    until = timezone.localtime(expires)
    click.echo(f"Code, shown once: {code}")
    click.echo(f"Whoever types it at {reverse(url_name)} by {until:%-d %B, %H:%M} {does}. It works once.")


@user.command("add")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--school", "slug", required=True, help="The school's slug.")
@click.option("--role", type=click.Choice(sorted(ROLES)), help="Careers Leader, where nobody holds a role there yet.")
@click.option("--agreed-by", help="A second person of the school, for a role that opens notes or flags, or exports.")
@click.option("--password", help="At least 12 characters; made up and printed once when left out.")
@in_words
def user_add(email: str, name: str, slug: str, role: str | None, agreed_by: str | None, password: str | None) -> None:
    """Open an account and give it a role at a school.

    A role that opens notes or flags, or exports names, takes a second person where the school has one; they are told.
    """
    where = the_school(slug)
    if role is None:
        if users_at(where).exists():
            raise Refused("Say which role: --role and one of " + ", ".join(sorted(ROLES)) + ".")
        role = "careers-leader"
    second = _second_for(role, email, where, agreed_by)
    is_new = user_by_email(email) is None
    if password is not None and not is_new:
        raise Refused(f"{email} has an account already, whose password stays as it is. Leave out --password.")
    made_up = is_new and password is None
    password = secrets.token_urlsafe(12) if password is None else password
    if is_new:
        person = User(email=email, name=name)
        person.full_clean(exclude=["password"])
        validate_password(password, person)
    person = open_account(email=email, name=name, password=password)
    with transaction.atomic():
        give_role(user=person, role=role, school=where, by=None)
        if second and (named := user_by_email(second)):
            record(
                action="named as having agreed",
                by=None,
                subject="user",
                subject_id=named.pk,
                school_id=where.pk,
                detail={"role": role},
            )
            words = {"who": person, "role": ROLES[role].name, "school": where}
            send_mail(
                "You are named as having agreed", render_to_string("access/email/named.txt", words), None, [second]
            )
    with working_in(where):
        link_accounts([person.email], by=None)
    click.echo(f"{person.email} is {ROLES[role].name} at {where.name}.")
    if made_up:
        click.echo(f"Password, shown once: {password}")


def _second_for(role: str, email: str, where: School, agreed_by: str | None) -> str:
    """The address of who agrees to the role, where it takes two people and the school has somebody who may; else nothing."""
    if not needs_two(role):
        return ""
    those = [
        each.email
        for each in people_at(where, lambda _, held: bool({one.role for one in held} & ROLES[role].confirmed_by))
        if each.email != email.lower()
    ]
    if those and (agreed_by or "").lower() not in those:
        raise Refused(f"A second person agrees first: say --agreed-by and the address of {' or '.join(those)}.")
    return (agreed_by or "").lower() if those else ""
