"""The least row of any model, for tests that are generated from a list of models or addresses."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models

from dekaan.core.academic_year import today


def made_so_far(counted: list[int] = [0]) -> int:  # noqa: B006 it is the count
    counted[0] += 1
    return counted[0]


# Where the least row would break a promise of the database.
NEEDS: dict[str, dict[str, Any]] = {
    "access.RoleAssignment": {"role": "tutor"},
    "schools.CalendarEntry": {"kind": "inset"},
    "programme.ActivityTemplate": {"activity_type": "TALK"},
    "programme.Activity": {"activity_type": "TALK"},
    "partners.Organisation": {"kind": "fe-college"},
    "partners.TrustOrganisation": {"kind": "fe-college"},
    "trusts.TrustItem": {"kind": "policy", "body": {"words": "What we do"}},
    "trusts.TakenItem": {"own": {"title": "Ours", "words": "What we do"}},
    "lists.SavedList": {"shared_with": "school"},  # its own owner's alone otherwise, and it has none
    "quality.Collection": {"questionnaire": "carers", "audience": "carers", "version": 1},
    "quality.Line": {"question": "line"},
    "publication.PublishedVersion": {
        "page": "careers",
        "number": made_so_far,
        "state": "published",
        "decided_at": datetime(2026, 9, 1, 9, tzinfo=UTC),
        "content": {
            "title": "Careers",
            "says": "What we do.",
            "school": {"name": "A school", "urn": ""},
            "year": "2026/27",
            "facts": {"leader_name": "A leader", "leader_email": "", "telephone": ""},
            "sections": [],
            "programme": [],
        },
    },
    "budget.Budget": {"kind": "academic"},
    "handover.HandOver": {"kind": "for-good", "ended_on": date(2026, 9, 1), "ending": "called-off"},
    "reports.Report": {"word": b"PK", "slides": b"PK"},
    "team.Leadership": {"model": "middle"},
    "team.Post": {"role": "leader", "name": "Careers-Leader"},  # as the person of that role is called
    "team.Assignment": {"responsibility": "LEAD1"},
    "team.Training": {"level": "none"},
    "schemes.Scheme": {"year_groups": [10]},
    "provider_requests.FreeTime": {"weekday": 2, "starts_at": time(9), "minutes": 40, "year_groups": [10]},
    "provider_requests.ProviderRequest": {"year_groups": [10], "contact_email": "asks@college.example"},
    "library.Resource": {
        "kind": "job-profiles",
        "address": "https://careers.example/",
        "number": made_so_far,
        "audiences": ["pupils"],
        "key_stages": [7, 10, 12],
    },
    "plan.Plan": {"kind": "strategy", "first_year": lambda: 2000 + made_so_far() % 7000, "last_year": 9000},
    "plan.MeetingMember": {"name": "M. Lunt"},
    "plan.Policy": {"approved_by": "P. Aldous", "approved_on": date(2026, 9, 1)},
    "curriculum.Subject": {"year_groups": [10]},
    "curriculum.CurriculumLink": {"what": "How a surveyor works", "year_group": 10},
}


def made(model: type[models.Model], **given: Any) -> models.Model:
    """A saved row in which only what must be filled is filled; belongs to the school in scope."""
    needed = {name: value() if callable(value) else value for name, value in NEEDS.get(model._meta.label, {}).items()}
    values = needed | given
    for field in model._meta.concrete_fields:
        if field.name in values or field.primary_key or field.null or field.has_default() or field.name == "school":
            continue
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            continue
        if not (field.blank and field.empty_strings_allowed):
            values[field.name] = _least(field)
    return model.objects.create(**values)


def _least(field: models.Field) -> Any:
    if field.is_relation:
        return made(field.related_model)
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        from django.utils import timezone  # the day may be moved before this is asked

        return timezone.now()
    if isinstance(field, models.DateField):
        return today()
    if isinstance(field, models.BinaryField):
        return b"x"
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.CharField | models.TextField):
        return f"x{made_so_far()}"[: field.max_length]
    if field.name in {"academic_year", "start_year"}:
        return today().year
    return 1
