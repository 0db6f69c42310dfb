"""The school's own website: where it is, and what stands on it."""

from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils.module_loading import import_string

from dekaan.access.permissions import Permission
from dekaan.cli.words import Refused, as_json, at, in_words, the_person, the_school
from dekaan.core.academic_year import today
from dekaan.schools.models import School
from dekaan.website.changes import NotAnAddress, watch_website
from dekaan.website.queries import (
    FORCES,
    Checked,
    Visited,
    is_on_registered_host,
    items,
    judged,
    read_files,
    visit,
    why_unread,
)


@click.group()
def website() -> None:
    """Check the careers page of the school's own website."""


@website.command("watch")
@click.argument("address")
@click.option("--school", "slug", required=True)
@click.option("--as", "email", help="The person who says so; their role decides.")
@in_words
def website_watch(address: str, slug: str, email: str | None) -> None:
    """Say where the careers page is: its website is checked each week, and no other is ever visited."""
    school = the_school(slug)
    with at(school):
        by = the_person(email, school, Permission.PROGRAMME_CHANGE) if email else None
        try:
            watched = watch_website(address, by=by)
        except NotAnAddress as refusal:
            raise Refused(str(refusal)) from refusal
    click.echo(watched.address)


@website.command("check")
@click.argument("what", nargs=-1, required=True, metavar="FILE|URL...")
@click.option("--school", "slug", required=True)
@click.option("--json", "json_", is_flag=True, help="As JSON.")
@in_words
def website_check(what: tuple[str, ...], slug: str, json_: bool) -> None:  # noqa: FBT001 click passes options by name
    """Say of each thing that must stand there whether it is present, missing, out of date or different.

    FILE is a page or PDF that was saved from a browser (several may be given); URL is an address of the school's own
    website, as `dekaan website watch` or the page Website has said. Nothing is kept.
    """
    school = the_school(slug)
    visited = _visited(school, what[0]) if _is_address(what[0]) else None
    with at(school):
        found = judged(school, visited or _read(what), today())
    if json_:
        as_json(_as_rows(school, what, found))
        return
    _tell(found)


def _is_address(what: str) -> bool:
    return what.casefold().startswith(("http:", "https:")) or ("://" in what and not Path(what).exists())


def _visited(school: School, address: str) -> Visited:
    with at(school):
        is_ours = is_on_registered_host(address)
    if not is_ours:
        raise Refused(
            f"{address} is not on the school's own website, and no other is visited. "
            "Say where that is: dekaan website watch ADDRESS --school SCHOOL. Or save the page, and give the file."
        )
    try:
        return visit(address, school=school.name, wire=import_string(settings.WIRE)())
    except NotAnAddress as refusal:
        raise Refused(str(refusal)) from refusal


def _read(files: tuple[str, ...]) -> Visited:
    for each in files:
        if not Path(each).is_file():
            raise Refused(f"There is no file {each}.")
    return read_files([(Path(each).name, Path(each).read_bytes()) for each in files])


def _as_rows(school: School, what: tuple[str, ...], found: Checked) -> dict[str, Any]:
    known = items()
    return {
        "school": school.slug,
        "checked": list(what),
        "on": today(),
        "could_not_read": found.unread,
        "items": [
            {
                "id": known[each.key].id,
                "key": each.key,
                "title": known[each.key].title,
                "force": known[each.key].force,
                "state": each.state,
                "sure": each.sure,
                "sentence": each.sentence,
                "page": each.page,
                "note": each.note,
                "paste": each.paste,
                "where": known[each.key].where,
            }
            for each in found.findings
        ],
        "documents": [
            {"address": each.address, "called": each.named, "unread": each.unread} for each in found.visited.documents
        ],
        "broken_links": [vars(each) for each in found.visited.broken],
    }


def _tell(found: Checked) -> None:
    known = items()
    for each in found.findings:
        item = known[each.key]
        click.echo(f"{item.id:4} {each.state.words:26} {item.title} ({FORCES[each.force]})")
        if each.sentence:
            click.echo(f"       found: “{each.sentence}”")
        if each.note:
            click.echo(f"       {each.note}")
        if each.state.is_alarm:
            paste = each.paste.replace("\n", "\n              ")
            click.echo(f"       paste: {paste}")
    for document in found.visited.documents:
        if document.unread:
            click.echo(f"Could not read {document.named}: {' '.join(why_unread(document.unread))}")
    for link in found.visited.broken:
        click.echo(f"Broken link “{link.words}” ({link.address}): {link.why}")
