"""What happens to the public pages: words and facts are said, a version is prepared, approved, sent back, taken down."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.people.queries import pupils_named
from dekaan.provider_requests.changes import say_public_contact
from dekaan.publication.models import CareersInformation, Page, PublishedVersion, VersionApproval
from dekaan.publication.queries import (
    approval_of_words,
    changed_since,
    draft,
    lacking,
    left_out,
    named_in,
    others_approved_on,
    published,
    waiting,
)
from dekaan.schools.changes import hold_school
from dekaan.schools.models import School

State = PublishedVersion.State
CONTACT = {"leader_name", "leader_email", "telephone"}  # which the policy on requests has too, where it names no other


class NamesPupils(Exception):
    """The words name pupils: `named` has each with where it stands."""

    def __init__(self, named: list[tuple[str, str]]) -> None:
        super().__init__(*[where for _, where in named])
        self.named = named


class SignerNamesPupil(NamesPupils):
    """Whoever signed has a pupil's name, and nobody said that it is somebody else."""


class ShortOfTheLaw(Exception):
    """The page would not say what the law asks for: `what` has it in words."""

    def __init__(self, what: list[str]) -> None:
        super().__init__(*what)
        self.what = what


class WaitsAlready(Exception):
    """A version of the page waits for approval."""


class SaysTheSame(Exception):
    """The public sees just that."""


class DecidedAlready(Exception):
    """Somebody has decided on the version meanwhile."""


class OthersApprovedLater(Exception):
    """The day of the approval lies before `on`, on which other words were approved."""

    def __init__(self, on: date) -> None:
        super().__init__(f"{on:%-d %B %Y}")
        self.on = on


class NotPublic(Exception):
    """The version was never published, or is no statement: there is nothing that governors could have approved."""


@dataclass(frozen=True)
class Signed:
    """Who signed for the governing body, on which day; `is_no_pupil` where whoever records it says so of the name."""

    by: str
    on: date
    is_no_pupil: bool = False


@transaction.atomic
def say_facts(*, by: User | None, **facts: Any) -> CareersInformation:
    """The facts of both pages are as given, for their next versions."""
    return _say(facts, by)


@transaction.atomic
def say_words(own_words: dict[str, str], *, by: User | None) -> CareersInformation:
    """The sections have these words of the school's own, by key; a blank one has the usual words again."""
    said = CareersInformation.objects.first()
    kept = {**(said.own_words if said else {}), **own_words}
    return _say({"own_words": {key: words for key, words in kept.items() if words.strip()}}, by)


@transaction.atomic
def say_others_named(others: list[dict[str, Any]], *, by: User | None) -> CareersInformation:
    """Those names are somebody else's than a pupil's, wherever they stand now: `name`, `who` it is, and the `places`.

    Whoever is not among them any more keeps a page back again. Where the name comes to stand elsewhere it is asked anew.
    """
    said = _say({"others_named": others}, by)
    record(
        action="public name said to be another’s",
        by=by,
        subject="careers information",
        subject_id=said.pk,
        detail={"number": len(others)},
    )
    return said


def _say(fields: dict[str, Any], by: User | None) -> CareersInformation:
    hold_school()  # the first that is said is one row, whoever says it at once
    said = CareersInformation.objects.select_for_update().first() or CareersInformation()
    before = {name: getattr(said, name) for name in fields}
    for name, value in fields.items():
        setattr(said, name, value)
    said.save()
    if CONTACT & set(fields):
        say_public_contact(name=said.leader_name, email=said.leader_email, telephone=said.telephone)
    changed = [name for name, value in before.items() if getattr(said, name) != value]
    if changed:
        detail = {"fields": changed}
        record(
            action="careers information changed",
            by=by,
            subject="careers information",
            subject_id=said.pk,
            detail=detail,
        )
    return said


@transaction.atomic
def prepare_version(school: School, page: Page, *, by: User | None) -> PublishedVersion:
    """A version of the page as it would read now waits for approval; lines of the programme that name a pupil are left out.

    Raises NamesPupils where words of the page name one, ShortOfTheLaw, WaitsAlready, or SaysTheSame.
    """
    if waiting(page):
        raise WaitsAlready
    content = left_out(draft(school, page))
    if named := named_in(content):
        raise NamesPupils(named)
    if short := lacking(content, page, school, statement_is_published=published(Page.STATEMENT) is not None):
        raise ShortOfTheLaw([each.what for each in short])
    seen, last = published(page), PublishedVersion.objects.filter(page=page).order_by("-number").first()
    if seen is not None and not changed_since(seen, content) and seen.content["year"] == content["year"]:
        raise SaysTheSame
    version = PublishedVersion.objects.create(
        page=page, number=(last.number if last else 0) + 1, content=content, prepared_by=by
    )
    record(action="public page prepared", by=by, subject="published version", subject_id=version.pk)
    return version


@transaction.atomic
def approve_version(version: PublishedVersion, *, by: User | None, signed: Signed | None = None) -> PublishedVersion:
    """The public sees that version from now on, with the governing body's approval where it is `signed`.

    Where its words are those of a version that was approved before, that approval is of this one too; the statement says
    otherwise that it awaits approval. Raises DecidedAlready, NamesPupils of one who joined meanwhile, and what record_approval raises.
    """
    version = _waiting(version)
    if named := named_in(version.content):
        raise NamesPupils(named)
    before = approval_of_words(version.content) if version.page == Page.STATEMENT else None
    _decide(version, State.PUBLISHED, by)
    record(action="public page published", by=by, subject="published version", subject_id=version.pk)
    if signed is not None:
        record_approval(version, signed, by=by)
    elif before is not None:
        VersionApproval.objects.create(
            version=version, signed_by=before.signed_by, signed_on=before.signed_on, recorded_by=before.recorded_by
        )
    return version


@transaction.atomic
def record_approval(version: PublishedVersion, signed: Signed, *, by: User | None) -> VersionApproval:
    """The governing body approved the words of that version, which is public or was; a mistyped approval is said again.

    Raises NotPublic, OthersApprovedLater, or SignerNamesPupil.
    """
    version = PublishedVersion.objects.get(pk=version.pk)
    if version.page != Page.STATEMENT or version.state not in {State.PUBLISHED, State.TAKEN_DOWN}:
        raise NotPublic
    others_on = others_approved_on(version)
    if others_on is not None and signed.on < others_on:
        raise OthersApprovedLater(others_on)
    named = sorted({name for _, name in pupils_named([signed.by])})
    if named and not signed.is_no_pupil:
        raise SignerNamesPupil([(name, "Who signed it") for name in named])
    approval = VersionApproval.objects.create(version=version, signed_by=signed.by, signed_on=signed.on, recorded_by=by)
    record(
        action="approval by governors recorded",
        by=by,
        subject="published version",
        subject_id=version.pk,
        detail={"names no pupil": True} if named else {},
    )
    return approval


@transaction.atomic
def send_version_back(version: PublishedVersion, *, because: str, by: User | None) -> PublishedVersion:
    """The version is not published, for that reason. Raises DecidedAlready."""
    version = _waiting(version)
    version.because = because
    _decide(version, State.SENT_BACK, by)
    record(action="public page sent back", by=by, subject="published version", subject_id=version.pk)
    return version


@transaction.atomic
def take_version_back(version: PublishedVersion, *, by: User | None) -> PublishedVersion:
    """Whoever prepared it takes it back before anybody decides. Raises DecidedAlready."""
    version = _waiting(version)
    _decide(version, State.TAKEN_BACK, by)
    record(action="public page taken back", by=by, subject="published version", subject_id=version.pk)
    return version


@transaction.atomic
def take_page_down(page: Page, *, because: str, by: User | None) -> None:
    """The public sees nothing of the page until another version is approved; what was published stays on record."""
    seen = published(page)
    if seen is not None:
        version = PublishedVersion.objects.select_for_update(of=("self",)).get(pk=seen.pk)
        version.state, version.because = State.TAKEN_DOWN, because
        version.taken_down_by, version.taken_down_at = by, timezone.now()
        version.save(update_fields=["state", "because", "taken_down_by", "taken_down_at"])
        record(action="public page taken down", by=by, subject="published version", subject_id=version.pk)


def _waiting(version: PublishedVersion) -> PublishedVersion:
    now = PublishedVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if now.state != State.WAITING:
        raise DecidedAlready
    return now


def _decide(version: PublishedVersion, state: str, by: User | None) -> None:
    version.state, version.decided_by, version.decided_at = state, by, timezone.now()
    version.save(update_fields=["state", "decided_by", "decided_at", "because"])
