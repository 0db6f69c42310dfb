"""What leaves with names: for what, how many at once, who is told, and the mark in the file that says so.

One road for every file of names, whichever area makes it: `let_out` keeps the line in the audit trail and tells a second
person, on their home page and by a mail without names; it answers with the mark for the first line of the file.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString

from dekaan.access.door import SchoolRequest
from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import in_force
from dekaan.audit.changes import record
from dekaan.audit.queries import of_chain, of_chains
from dekaan.core.academic_year import today
from dekaan.core.cells import table_file
from dekaan.schools.models import School

LAW = "law"
# Chosen and never typed: the audit trail keeps it for good and holds no name.
PURPOSES = {
    "follow-up": "to follow up with these pupils in school",
    "event": "for a visit, a trip or an event",
    "home": "for letters or messages home",
    "system": "to bring into another of the school's systems",
    "leaders": "for the headteacher, senior leaders or governors",
    "review": "for an award, a review or an inspection",
    LAW: "for the council or another body, as the law asks",
}
EXPORTS = ("names exported", "school exported", "evidence exported")
SUBJECTS = (
    "criterion",
    "export",
    "evidence archive",
)  # what their lines and those of having seen them are about, by which they are found
SEEN = "exports seen"
# Whom one export tells: whoever leads careers, where somebody else exports; else who answers for the data.
TOLD = (("careers-leader",), ("data-protection-officer", "headteacher"))


NOBODY_TO_TELL = (
    "Nothing was exported: a second person is told of every export, and this school has no account of a headteacher or "
    "data protection officer yet. Your technician opens one."
)


class NobodyToTell(Exception):
    """The school has no second person with an account, so nothing with names leaves."""


class TooMany(Exception):
    """More names than may leave in one file."""


class Purpose(forms.Form):
    """What a file of names is for."""

    purpose = forms.ChoiceField(
        label="What is the file for?",
        choices=[("", "Choose"), *((key, words[:1].upper() + words[1:]) for key, words in PURPOSES.items())],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what the file is for."),
    )


@cache
def purpose_asked() -> SafeString:
    """The field that asks for it, not chosen yet: the same on every list of names, so that it is drawn once."""
    return Purpose()["purpose"].as_field_group()


@dataclass(frozen=True)
class Told:
    """An export that a person has been told of and has not said to have seen."""

    at: datetime
    who: str
    purpose: str
    names: int
    is_whole_school: bool
    is_evidence: bool = False  # then `names` are pieces that may name pupils


def told_of_exports(school: School, by: User) -> list[User]:
    """Those who are told when the person exports names; empty where the school has nobody else."""
    held = [each for each in _may_be_told(school.pk, school.trust_id, today()).all() if each.user_id != by.pk]
    for roles in TOLD:
        if found := {each.user for each in held if each.role in roles}:
            return sorted(found, key=lambda user: (user.name, user.pk))
    return []


@lru_cache(maxsize=128)
def _may_be_told(school_id: int, trust_id: int | None, on: date) -> QuerySet[RoleAssignment]:
    """The question without the person: each list of names asks it, and putting it together costs more than its answer."""
    at = Q(school=school_id) | Q(trust_id=trust_id, trust__isnull=False)
    roles = [role for roles in TOLD for role in roles]
    every = RoleAssignment.objects.filter(in_force(on), at, user__is_active=True, role__in=roles)
    return every.select_related("user").order_by()


def let_out(
    school: School,
    *,
    by: User,
    whole_school: bool = False,
    evidence: bool = False,
    names: int,
    purpose: str,
    agreed_by: User | None = None,
    detail: dict[str, Any] | None = None,
) -> str:
    """The export is in the audit trail and a second person is told of it; the mark for the file's first line.

    Of `evidence`, `names` are the pieces that may name pupils. Raises NobodyToTell, and TooMany where nobody else has
    agreed to more names than the school lets out at once.
    """
    told = told_of_exports(school, by)
    if not told:
        raise NobodyToTell
    if names > school.export_limit and agreed_by is None:
        raise TooMany
    said = {"purpose": purpose, "names": names, "told": [each.pk for each in told]}
    if agreed_by:
        said["agreed_by"] = agreed_by.pk
    kept = (detail or {}) | said
    if evidence:
        record(action="evidence exported", by=by, subject="evidence archive", detail=kept)
    else:
        record(
            action="school exported" if whole_school else "names exported",
            by=by,
            subject="export" if whole_school else "criterion",
            detail=kept,
        )
    for each in told:
        send_mail(
            f"Names were exported at {school.name}",
            "A file with pupils' names was exported from Dekaan. Sign in to see by whom and what for; this mail does "
            "not say.\n",
            None,
            [each.email],
        )
    return mark(school, by=by, names=names, purpose=purpose, evidence=evidence)


def mark(school: School, *, by: User, names: int, purpose: str, evidence: bool = False) -> str:
    """What the first line of the file says: who, when, which school, what for."""
    now = timezone.localtime()
    said = (
        f"Exported from Dekaan by {by.name or by.email} ({by.email}) on {now:%-d %B %Y at %H:%M}: {school.name}, "
        f"{names} {'piece' if evidence else 'name'}{'' if names == 1 else 's'}"
        f"{' of evidence that may name pupils' if evidence else ''}, {PURPOSES[purpose]}. Keep it no longer than that takes."
    )
    return " ".join(said.split())  # one line, whatever was typed as a name


def exports_told(school: School, user: User) -> list[Told]:
    """Those that the person was told of and has not said to have seen, newest first."""
    lines = of_chain(school.pk).filter(subject__in=SUBJECTS)  # the index leads past the many lines of reading
    seen = lines.filter(action=SEEN, actor_id=user.pk).order_by("-pk").values("pk")[:1]
    events = [
        each
        for each in lines.filter(action__in=EXPORTS, pk__gt=Coalesce(Subquery(seen), 0)).order_by("-pk")
        if user.pk in each.detail.get("told", ())
    ]
    who = User.objects.in_bulk({each.actor_id for each in events if each.actor_id})
    return [
        Told(
            each.at,
            str(who.get(each.actor_id or 0, "Somebody")),
            PURPOSES.get(each.detail.get("purpose", ""), ""),
            each.detail.get("names", 0),
            each.action == "school exported",
            each.action == "evidence exported",
        )
        for each in events
    ]


def last_let_out(
    school_ids: Iterable[int], lists: Collection[str], purpose: str, since: date, until: date
) -> dict[int, dict[str, date]]:
    """School → each of these lists that left with names for that purpose between those days, with the last; one statement."""
    lines = of_chains(school_ids).filter(subject="criterion", action="names exported", at__date__range=(since, until))
    found: dict[int, dict[str, date]] = {}
    for school_id, at, said in lines.order_by("pk").values_list("school_id", "at", "detail"):
        if school_id and said.get("list") in lists and said.get("purpose") == purpose and said.get("names"):
            found.setdefault(school_id, {})[said["list"]] = timezone.localdate(at)
    return found


def see_exports(user: User) -> None:
    """The person has seen every export that they were told of at the school in scope."""
    record(action="exports seen", by=user, subject="export")


def is_told(assignments: Iterable[RoleAssignment]) -> bool:
    """Whether the roles are among those that are told of exports."""
    roles = {role for each in TOLD for role in each}
    return any(each.role in roles for each in assignments)


class Named(Protocol):
    """A pupil on a list of names."""

    @property
    def name(self) -> str: ...
    @property
    def year_group(self) -> int | None: ...
    @property
    def tutor_group(self) -> str: ...


def export_asked(request: SchoolRequest, names: int) -> dict[str, Any]:
    """What a list of so many names says of taking them away: what for, who is told, and whether they are too many."""
    return {
        "purpose": purpose_asked(),
        "told": told_of_exports(request.school, request.user),
        "is_too_many": names > request.school.export_limit,
    }


def names_taken(
    request: SchoolRequest,
    names: Sequence[Named],
    *,
    file: str,
    detail: dict[str, Any],
    tells: bool,
    back_to: str,
    if_too_many: str,
    says: str = "",
) -> HttpResponse:
    """The names as a file, with its mark and what it `says` of them; or back to the list, with why nothing leaves.

    A list that `tells` something of each name that the matrix lets nobody take away is refused.
    """
    form = Purpose(request.POST)
    if tells:
        raise PermissionDenied
    mark, why = "", "Choose what the file is for, then press Export as CSV."
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        try:
            mark = let_out(request.school, by=request.user, names=len(names), purpose=purpose, detail=detail)
        except NobodyToTell:
            why = NOBODY_TO_TELL
        except TooMany:
            why = f"At most {request.school.export_limit} names leave in one file. {if_too_many}"
    if not mark:
        messages.error(request, why)
        return redirect(back_to)
    head = [[mark], *([[says]] if says else []), ["Name", "Year group", "Tutor group"]]
    return table_file(file, [*head, *([each.name, each.year_group, each.tutor_group] for each in names)])
