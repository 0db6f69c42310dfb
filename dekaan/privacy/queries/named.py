"""Where texts of the school name a pupil whom an erasure took, or will take: by place, never by what they say.

Every field that holds words is looked through, whichever area it belongs to, but for those that `LEFT_OUT` gives a
reason for; a new field is looked through on the day it appears.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from dekaan.access.data_classes import DataClass
from dekaan.core.folding import folded
from dekaan.people.models import Pupil
from dekaan.people.queries import digests_of, erased_pupils
from dekaan.privacy.queries.holdings import held_about
from dekaan.schools.models import SchoolOwned

# Texts that are not looked through, each with its reason.
LEFT_OUT = {
    **dict.fromkeys(
        (
            "access.User",
            "access.Device",
            "access.Attempts",
            "access.Invitation",
            "access.RoleAssignment",
            "access.Press",
            "programme.CalendarFeed",
            "plan.WeeklyMail",
            "plan.TimeSpent",
            "handover.HandOver",
            "handover.StepDone",
        ),
        "accounts of staff: who they are, and what their browsers did",
    ),
    **dict.fromkeys(("audit.Event", "audit.Chain"), "ids and the names of fields, and never a pupil's name"),
    **dict.fromkeys(("jobs.Worker", "jobs.Mail"), "sealed until it is sent, and gone soon after"),
    **dict.fromkeys(("measures.PupilYear", "measures.Coverage", "measures.Considering"), "figures and codes"),
    **dict.fromkeys(("schools.Trust", "schools.School"), "names and numbers of schools"),
    **dict.fromkeys(
        ("library.Loaded", "library.OccupationGroup", "library.DestinationRow", "library.LookUp"),
        "what others publish, as it is published",
    ),
    "partners.RegisterEntry": "rows of a public register, as it is published",
    **dict.fromkeys(
        (
            "partners.TrustOrganisation",
            "trusts.Cluster",
            "trusts.TrustVision",
            "trusts.TrustObjective",
            "trusts.TrustItem",
        ),
        "a trust's own, and about no person of any school",
    ),
    **dict.fromkeys(
        ("team.Assignment", "team.Acknowledgement", "team.GuidedStart"), "keys of roles, of pages and of steps"
    ),
    "backups.BackupRun": "the installation's own, about no person",
    "people.ErasedPupil": "keyed hashes, by which nobody is found",
    "people.RestrictedContact": "the marker: that there is one is not told here",
}
# No way leads from here to what is closed (a note, a need, where somebody is): how many, and where.
CLOSED = {DataClass.N, DataClass.S2, DataClass.S3, DataClass.G, DataClass.W}

# What a row is called, and the page on which somebody who may open it finds it, by the field that knows the page's row.
CALLED = {
    "participation.Participation": ("What somebody took part in", "", ""),
    "people.Carer": ("A parent or carer", "", ""),
    "people.Group": ("A group", "", ""),
    "people.Pupil": ("Another pupil’s record", "pupil-record", "pk"),
    "people.StaffMember": ("A colleague on the staff list", "", ""),
    "programme.Activity": ("An activity planned", "activity-detail", "pk"),
    "programme.Session": ("A session", "session-detail", "pk"),
    "curriculum.CurriculumLink": ("What a lesson linked to careers", "curriculum-link-change", "pk"),
    "curriculum.Subject": ("A subject", "subject-detail", "pk"),
    "library.Resource": ("A resource of the library", "resource-detail", "pk"),
    "schemes.Scheme": ("A scheme of work", "scheme-detail", "pk"),
    "schemes.SchemeLesson": ("A lesson of a scheme", "scheme-detail", "scheme_id"),
    "schemes.Observation": ("An observation", "observation-detail", "pk"),
    "destinations.Statement": ("What somebody said of a destination", "destination-detail", "pupil_id"),
    "destinations.Ruling": ("Why a statement of a destination holds", "destination-detail", "pupil_id"),
    "destinations.Wish": ("Where somebody is reached after leaving", "destination-detail", "pupil_id"),
    "destinations.Asking": ("The words of a letter to leavers", "asking-detail", "pk"),
    "destinations.Asked": ("Where somebody was asked by a link", "asking-detail", "asking_id"),
    "destinations.AskedLetter": ("The name of a letter to somebody", "", ""),
    "evidence.Evidence": ("A piece of evidence", "evidence-detail", "pk"),
    "evidence.EvidenceFile": ("A file of evidence", "evidence-detail", "evidence_id"),
    "budget.Allocation": ("A sum allocated to careers", "budget-detail", "budget_id"),
    "budget.BudgetLine": ("A line of the budget", "budget-detail", "budget_id"),
    "budget.Spend": ("What money was spent on", "spend-detail", "pk"),
    "budget.Agreement": ("A service agreement", "agreement-detail", "pk"),
    "budget.AdviserDay": ("A day of an adviser", "agreement-detail", "agreement_id"),
    "team.Leadership": ("How careers is led", "team-page", ""),
    "team.Post": ("Who holds a role in careers", "team-page", ""),
    "team.TermsOfPost": ("The terms of a post", "", ""),
    "team.Profile": ("A colleague’s background", "colleague-development", "staff_id"),
    "team.DevelopmentNeed": ("What a colleague wants to learn", "colleague-development", "staff_id"),
    "team.NetworkJoined": ("A network that a colleague joined", "colleague-development", "staff_id"),
    "team.Training": ("A colleague’s training", "training-list", ""),
    "team.AgreedDescription": ("A job description as agreed", "job-description", ""),
    "lists.SavedList": ("A kept list of pupils’ sentence", "saved-list-detail", "pk"),
    "quality.Line": ("Somebody’s own words in an answer", "collection-words", "collection_id"),
    "quality.Evaluation": ("An evaluation, written", "evaluation-detail", "pk"),
    "quality.Improvement": ("A change after an evaluation", "evaluation-detail", "evaluation_id"),
    "quality.Collection": ("A question of the school’s own", "collection-detail", "pk"),
    "quality.SchoolWording": ("A question of the school’s own", "questionnaire-list", ""),
    "provider_requests.ProviderRequest": ("What a provider asked for", "provider-request-detail", "pk"),
    "provider_requests.ProviderReply": ("A letter to a provider", "provider-request-detail", "request_id"),
    "provider_requests.AccessRules": ("The policy on provider access", "access-rules-change", ""),
    "provider_requests.PublicContact": ("Whom the public pages name for careers", "public-pages", ""),
    "provider_requests.AccessGround": ("A ground of the policy on provider access", "access-rules-change", ""),
    "provider_requests.FreeTime": ("A time at which providers can come", "free-time-change", "pk"),
    "partners.Contact": ("A person at an employer or provider", "contact-detail", "pk"),
    "partners.Conversation": ("What was noted of an employer or provider", "organisation-detail", "organisation_id"),
    "partners.Organisation": ("An employer or provider", "organisation-detail", "pk"),
    "partners.OtherName": ("Another name of an employer or provider", "organisation-detail", "organisation_id"),
    "programme.NameMatching": ("Names matched to employers and providers", "name-matching-receipt", "pk"),
    "reports.Report": ("A report with figures of", "report-detail", "pk"),
    "reports.Handed": ("A line of the report log", "report-detail", "report_id"),
    "reports.ApprovalLink": ("A governor’s answer to a report", "report-detail", "report_id"),
    "reports.ReportApproval": ("Who signed the approval of a report", "report-detail", "report_id"),
    "publication.CareersInformation": ("Words for the public careers pages", "public-pages", ""),
    "publication.PublishedVersion": ("A version of a public page", "published-version", "pk"),
    "publication.VersionApproval": ("Who signed a version of a public page", "published-version", "version_id"),
    "exchange.ImportRun": ("A list brought in", "import-progress", "pk"),
    "exchange.ImportLine": ("A row of a list", "import-progress", "run_id"),
    "exchange.UndoPage": ("What is kept for undo of a list", "import-progress", "run_id"),
    "exchange.OutgoingSheet": ("The name of a council’s sheet", "outgoing-sheet-detail", "pk"),
    "exchange.PastOccasion": ("An occasion of the past", "import-progress", "run_id"),
    "trusts.TakenItem": ("What was taken from the trust", "taken-item-change", "pk"),
    "trusts.TakenObjective": ("How an objective of the trust stands in our plan", "trust-vision", ""),
    "trusts.SupportVisit": ("A visit of the trust", "support-visit-list", ""),
    "trusts.VisitStep": ("A next step after a visit of the trust", "support-visit-list", ""),
    "trusts.NamesGrant": ("What somebody of the trust may read names for", "names-grant-list", ""),
    "website.WatchedWebsite": ("Where the school’s careers page is", "website-change", ""),
    "website.WebsiteCheck": ("A sentence of the school’s public website", "website-check", "pk"),
    "plan.Plan": ("A strategy or plan", "plan-detail", "pk"),
    "plan.Objective": ("An objective of a plan", "plan-detail", "plan_id"),
    "plan.Action": ("An action of a plan", "action-change", "pk"),
    "plan.Approval": ("A plan as it was approved", "plan-detail", "plan_id"),
    "plan.Meeting": ("A meeting", "meeting-detail", "pk"),
    "plan.MeetingMember": ("Somebody who belongs to a meeting", "meeting-detail", "meeting_id"),
    "plan.Decision": ("A decision", "meeting-detail", "meeting_id"),
    "plan.Task": ("A task", "task-end", "pk"),
    "plan.Policy": ("A policy", "policy-change", "pk"),
    "privacy.Case": ("Another case, received", "case-detail", "pk"),
    "privacy.Hold": ("A hold on another record, set", "retention", ""),
    "privacy.DataProtection": ("What the school says of its data protection", "data-protection-facts", ""),
}
Way = tuple[str, tuple[int, ...]]  # an address's name, and what it needs besides the school


@dataclass(frozen=True)
class Place:
    """Somewhere a text holds the first and the last name; `times` where several rows are told in the same words."""

    called: str
    field: str
    day: date | None
    way: Way | None
    times: int = 1


def places_naming(pupil: Pupil) -> list[Place]:
    """Texts that name somebody who is still held, without those in rows that go with the pupil."""
    return _places(naming_of(pupil), besides=pupil)


def naming_of(pupil: Pupil) -> Callable[[str], bool]:
    """Whether a text holds a first and a last name of the pupil, as words of their own."""
    return _naming({pupil.forename, pupil.preferred_forename}, {pupil.surname, pupil.preferred_surname})


def places_naming_erased(*, forename: str, surname: str) -> list[Place] | None:
    """The same of somebody who was erased, whose name is held nowhere: as typed. None where nobody of that name was."""
    said = set(digests_of({"forename": forename, "surname": surname}).get("name", ()))
    if not any(said & set(each.digests.get("name", ())) for each in erased_pupils().people):
        return None
    return _places(_naming({forename}, {surname}))


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """The fields of a model that hold words which are not chosen from a list."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [each for each in model._meta.concrete_fields if isinstance(each, kinds) and not each.choices]


def _places(names: Callable[[str], bool], besides: Pupil | None = None) -> list[Place]:
    found: Counter[tuple[str, str, date | None, Way | None]] = Counter()
    for model in apps.get_models():
        if issubclass(model, SchoolOwned) and model._meta.label not in LEFT_OUT:
            found.update(_in_rows_of(model, names, besides))
    places = [Place(*place, times) for place, times in found.items()]
    return sorted(places, key=lambda each: (each.called, each.field, each.day or date.min, str(each.way)))


def _in_rows_of(
    model: type[SchoolOwned], names: Callable[[str], bool], besides: Pupil | None
) -> Iterator[tuple[str, str, date | None, Way | None]]:
    fields, day = texts_of(model), _day_of(model)
    called, page, by = CALLED.get(model._meta.label, (f"{model._meta.verbose_name}".capitalize(), "", ""))
    rows = model.objects.order_by()
    for holding in held_about("pupil") if besides else ():
        if holding.model == model._meta.label and holding.reached_by:
            rows = rows.exclude(**{holding.reached_by: besides.pk})  # type: ignore[union-attr]
    asked = [day or "pk", by or "pk", *(each.name for each in fields)]
    for on, pk, *texts in rows.values_list(*asked).iterator(2000) if fields else ():
        for field, text in zip(fields, texts, strict=True):
            if any(names(each) for each in _words_in(text)):
                is_closed = getattr(model, "data_classes", {}).get(field.name) in CLOSED
                way = None if is_closed or not page else (page, (pk,) if by else ())
                yield called, str(field.verbose_name), _date(on) if day else None, way


def _day_of(model: type[models.Model]) -> str:
    """The first field that says a day, also of the list that a row belongs to."""
    own = [each.name for each in model._meta.concrete_fields if isinstance(each, models.DateField)]
    if model._meta.label == "people.Pupil":
        return ""
    if own:
        return "figures_on" if "figures_on" in own else "started_at" if "started_at" in own else own[0]
    return "run__started_at" if any(each.name == "run" for each in model._meta.concrete_fields) else ""


def _date(said: date | None) -> date | None:
    return timezone.localtime(said).date() if isinstance(said, datetime) else said


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for each in pair for text in _words_in(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _words_in(each))


def _naming(forenames: set[str], surnames: set[str]) -> Callable[[str], bool]:
    """Whether a text holds one of each as words of their own: “Ada” is not in “Canada”."""
    first, last = ({folded(each) for each in names} - {""} for names in (forenames, surnames))
    known: dict[str, bool] = {}  # a title stands in the ledger once for each who took part

    def names(text: str) -> bool:
        if text not in known:
            plain = folded(text)
            known[text] = any(name in plain for name in first) and any(name in plain for name in last)
            if known[text]:
                words = [folded(word) for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))]
                known[text] = all(any(_stands(name, words) for name in kind) for kind in (first, last))
        return known[text]

    return names


def _stands(name: str, words: list[str]) -> bool:
    """Whether words next to one another make up the name: O’Brien, O Brien and OBrien are one."""
    for start in range(len(words)):
        made = ""
        for word in words[start:]:
            made += word
            if made == name:
                return True
            if not name.startswith(made):
                break
    return False
