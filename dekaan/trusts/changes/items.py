"""The trust offers templates and words in versions; a school takes a copy, changes it, and takes or leaves what is newer."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.programme.changes import add_template, change_template
from dekaan.programme.models import ActivityTemplate
from dekaan.schools.models import Trust
from dekaan.trusts.bodies import checked
from dekaan.trusts.changes.clusters import OF_NO_SCHOOL
from dekaan.trusts.models import ItemKind, TakenItem, TrustItem


class TakenAlready(Exception):
    """The school has its copy of the item."""


class NothingNewer(Exception):
    """The school has the newest version, or has said already that it stays with its own."""


@transaction.atomic
def offer_item(trust: Trust, *, kind: str, title: str, body: Mapping[str, Any], by: User | None) -> TrustItem:
    """The trust offers it to its schools, in its first version. Raises NotOfThatKind."""
    said = checked(kind, body)
    made = TrustItem.objects.create(trust=trust, kind=kind, title=title, body=said, changed_on=today())
    record(action="trust's item offered", by=by, subject="trust's item", subject_id=made.pk, school_id=OF_NO_SCHOOL)
    return made


@transaction.atomic
def change_item(item: TrustItem, *, title: str, body: Mapping[str, Any], is_offered: bool, by: User | None) -> None:
    """The item is as given, in a new version where it says otherwise; no copy of any school is changed by it.

    Raises NotOfThatKind.
    """
    body = checked(item.kind, body)
    if (title, body) != (item.title, item.body):
        item.title, item.body, item.changed_on = title, body, today()
        item.version += 1
    item.no_longer_offered_on = None if is_offered else item.no_longer_offered_on or today()
    item.save()
    record(
        action="trust's item changed",
        by=by,
        subject="trust's item",
        subject_id=item.pk,
        detail={"version": item.version},
        school_id=OF_NO_SCHOOL,
    )


@transaction.atomic
def take_item(item: TrustItem, *, by: User | None) -> TakenItem:
    """The school in scope has a copy of its own, in the version of today. Raises TakenAlready."""
    template = add_template(by=by, **_as_template(item)) if item.kind == ItemKind.TEMPLATE else None
    try:
        with transaction.atomic():
            taken = TakenItem.objects.create(
                item=item,
                version=item.version,
                looked_at=item.version,
                as_taken=item.said,
                own={} if template else item.said,
                template=template,
                taken_on=today(),
                taken_by=by,
            )
    except IntegrityError as refusal:
        raise TakenAlready from refusal
    record(action="trust's item taken", by=by, subject="trust's item", subject_id=item.pk)
    return taken


@transaction.atomic
def change_taken(taken: TakenItem, *, own: Mapping[str, Any], by: User | None) -> None:
    """The school's own words are as given; those of the trust stand beside them unchanged."""
    said = {"title": own["title"], **checked(taken.item.kind, {key: own[key] for key in own if key != "title"})}
    taken.own = said
    taken.save(update_fields=["own"])
    record(action="trust's item changed here", by=by, subject="trust's item", subject_id=taken.item_id)


@transaction.atomic
def take_newer(taken: TakenItem, *, by: User | None) -> None:
    """The school's copy says what the trust's newest version says; what was changed here before is gone.

    Raises NothingNewer.
    """
    item = taken.item
    is_gone = item.kind == ItemKind.TEMPLATE and taken.template_id is None
    if taken.version >= item.version and not is_gone:
        raise NothingNewer
    if item.kind == ItemKind.TEMPLATE:
        if taken.template is None:
            taken.template = add_template(by=by, **_as_template(item))
        else:
            change_template(taken.template, by=by, **_as_template(item))
    else:
        taken.own = item.said
    taken.version = taken.looked_at = item.version
    taken.as_taken = item.said
    taken.save()
    record(action="trust's newer version taken", by=by, subject="trust's item", subject_id=item.pk)


@transaction.atomic
def keep_own(taken: TakenItem, *, by: User | None) -> None:
    """The school stays with its own; the version is not offered to it again, and a later one is. Raises NothingNewer."""
    if taken.looked_at >= taken.item.version:
        raise NothingNewer
    taken.looked_at = taken.item.version
    taken.save(update_fields=["looked_at"])
    record(action="trust's newer version left", by=by, subject="trust's item", subject_id=taken.item_id)


def _as_template(item: TrustItem) -> dict[str, Any]:
    """The fields of a template of the programme, as its changes take them."""
    body = item.body
    texts = {name: body[name] or "" for name in ("activity_type", "partner_kind", "description")}
    return texts | {
        "title": item.title,
        "mode": body["mode"] or ActivityTemplate._meta.get_field("mode").default,
        "year_groups": list(body["year_groups"] or ()),
        "half_term": body["half_term"],
        "minutes": body["minutes"],
        "criteria": list(body["criteria"] or ()),
    }
