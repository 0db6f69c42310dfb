"""Templates are kept, changed and removed; what was planned from one stands by itself."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.frameworks.queries import Answers, mask_of
from dekaan.programme.models import Activity, ActivityTemplate
from dekaan.programme.queries import usually


@transaction.atomic
def keep_as_template(activity: Activity, *, by: User | None) -> ActivityTemplate:
    """There is a template like the activity as it was last put on, with what is said to make it meaningful."""
    year_groups, half_term, minutes = usually(activity)
    said = ("title", "activity_type", "mode", "description", "criteria", "partner_kind", "flags_yes", "flags_no")
    template = ActivityTemplate.objects.create(
        year_groups=year_groups,
        half_term=half_term,
        minutes=minutes,
        **{name: getattr(activity, name) for name in said},
    )
    record(action="template kept", by=by, subject="template", subject_id=template.pk)
    return template


@transaction.atomic
def add_template(*, by: User | None, criteria: Iterable[str], **fields: Any) -> ActivityTemplate:
    """The school has a template of its own, as given."""
    template = ActivityTemplate.objects.create(criteria=mask_of(criteria), **fields)
    record(action="template added", by=by, subject="template", subject_id=template.pk)
    return template


@transaction.atomic
def change_template(template: ActivityTemplate, *, by: User | None, criteria: Iterable[str], **fields: Any) -> None:
    """The template is as given; activities that were planned from it stay as they are."""
    facts = fields | {"criteria": mask_of(criteria)}
    changed = sorted(name for name, value in facts.items() if getattr(template, name) != value)
    for name in changed:
        setattr(template, name, facts[name])
    template.save()
    record(action="template changed", by=by, subject="template", subject_id=template.pk, detail={"fields": changed})


@transaction.atomic
def say_of_template(template: ActivityTemplate, answers: Answers, *, by: User | None) -> None:
    """What is planned from it from now on is as answered; activities that were planned from it stay as they are."""
    template.flags_yes, template.flags_no = answers.yes, answers.no
    template.save(update_fields=["flags_yes", "flags_no"])
    record(action="meaning of a template said", by=by, subject="template", subject_id=template.pk)


@transaction.atomic
def remove_template(template: ActivityTemplate, *, by: User | None) -> None:
    """The template is gone; activities that were planned from it stay as they are."""
    record(action="template removed", by=by, subject="template", subject_id=template.pk)
    ActivityTemplate.objects.filter(pk=template.pk).delete()
