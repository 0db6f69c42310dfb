"""What may be typed about the school, about who may see it and about those who work there."""

from datetime import date, time
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.access.roles import ROLES, Role
from dekaan.core.academic_year import today
from dekaan.core.editing import Edits
from dekaan.frameworks.queries import school_groups
from dekaan.people.models import StaffMember
from dekaan.schools.models import School

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


MOST_EXPORTED = 500  # a large year group; a whole school leaves on the command line, where a second person agrees
FIRST_RECORDS = date(2000, 9, 1)  # before any pupil of today was at a secondary school


class SchoolFacts(Edits, forms.ModelForm):
    """The facts of the school; checked here, changed by `schools.changes`."""

    laestab = forms.CharField(label="LAESTAB", required=False, max_length=8, help_text="Seven digits")
    establishment_type = forms.ChoiceField(
        label="Kind of school",
        help_text="As the register of schools has it. It decides which duties bind the school.",
        choices=[
            ("", "Nobody has said"),
            *(
                (group.name[0].upper() + group.name[1:], list(group.kinds.items()))
                for group in school_groups().values()
            ),
        ],
        required=False,
    )

    class Meta:
        model = School
        fields = (
            "name",
            "urn",
            "laestab",
            "establishment_type",
            "phase",
            "low_age",
            "high_age",
            "has_sixth_form",
            "predecessor_urn",
            "records_begin",
            "part_counts",
            "day_begins",
            "day_ends",
            "export_limit",
        )
        labels = {
            "has_sixth_form": "The school has a sixth form",
            "low_age": "Youngest age",
            "high_age": "Oldest age",
            "predecessor_urn": "URN before it became an academy",
            "records_begin": "Records begin on",
            "part_counts": "Having been there for part of an activity counts",
            "day_begins": "The school day begins at",
            "day_ends": "The school day ends at",
            "export_limit": "Most names in one exported file",
        }
        help_texts = {
            "records_begin": "What pupils did before this day is unknown, never missed.",
            "part_counts": "Usually no. The choice is shown wherever it matters.",
            "day_ends": "What providers do outside the school day never counts for provider access.",
            "export_limit": "A year group fits. Larger lists are taken in parts, each of which a second person is told of.",
        }
        widgets = {"records_begin": DATE, "day_begins": TIME, "day_ends": TIME}

    def saved_by(self) -> str:
        """Who saved the facts last."""
        return last_saved_by("school", self.instance.pk)

    def clean_urn(self) -> str:
        """Six digits, or nothing."""
        return _digits(self.cleaned_data["urn"], 6, "A URN is six digits")

    def clean_predecessor_urn(self) -> str:
        """Six digits, or nothing."""
        return _digits(self.cleaned_data["predecessor_urn"], 6, "A URN is six digits")

    def clean_records_begin(self) -> date | None:
        """A day of this century that has come, or none."""
        day = self.cleaned_data["records_begin"]
        if day and not FIRST_RECORDS <= day <= today():
            raise forms.ValidationError("Give a day between 1 September 2000 and today")
        return day

    def clean_day_ends(self) -> time:
        """Later than it begins."""
        ends: time = self.cleaned_data["day_ends"]
        begins = self.cleaned_data.get("day_begins")
        if begins and ends <= begins:
            raise forms.ValidationError("Give a time after the one at which the day begins")
        return ends

    def clean_export_limit(self) -> int:
        """A limit that is one."""
        number: int = self.cleaned_data["export_limit"]
        if not 1 <= number <= MOST_EXPORTED:
            raise forms.ValidationError(f"Give a number between 1 and {MOST_EXPORTED}")
        return number

    def clean_laestab(self) -> str:
        """Seven digits; the stroke of 123/4567 is taken out."""
        return _digits(self.cleaned_data["laestab"].replace("/", ""), 7, "A LAESTAB is seven digits")


def _digits(value: str, length: int, words: str) -> str:
    if value and not (len(value) == length and value.isascii() and value.isdigit()):
        raise forms.ValidationError(words)
    return value


class NewAccount(forms.Form):
    """Opening an account: it grants nothing."""

    name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Say who it is"})
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={"required": "Give their e-mail address", "invalid": "That is no e-mail address"},
    )


class NewRole(NewAccount):
    """Giving somebody a role at the school: one of those that the person may give."""

    role = forms.ChoiceField(label="Role", error_messages={"required": "Choose the role"})
    tutor_group = forms.ChoiceField(label="Tutor group", required=False, help_text="For a tutor: the group they see")
    year_group = forms.TypedChoiceField(
        label="Year group",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="For a head of year: the year they see",
    )

    def __init__(
        self,
        *args: Any,
        own_email: str,
        roles: list[Role],
        tutor_groups: list[str],
        year_groups: list[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own_email = own_email
        self.fields["role"].choices = [("", "Choose the role")] + [(role.key, role.name) for role in roles]  # type: ignore[attr-defined]
        self.fields["tutor_group"].choices = [("", "None")] + [(each, each) for each in tutor_groups]  # type: ignore[attr-defined]
        self.fields["year_group"].choices = [("", "None")] + [(each, f"Year {each}") for each in year_groups]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """Nobody gives themselves a role."""
        email = self.cleaned_data["email"]
        if email.lower() == self.own_email.lower():
            raise forms.ValidationError("Somebody else must give you a role")
        return email

    def clean(self) -> dict[str, Any]:
        """A role that sees part of the school needs to know which part."""
        cleaned = super().clean() or {}
        sees = ROLES[cleaned["role"]].sees if "role" in cleaned else ""
        if sees == "tutor-group" and not cleaned.get("tutor_group"):
            self.add_error("tutor_group", "Say which tutor group they see")
        if sees == "year" and cleaned.get("year_group") is None:
            self.add_error("year_group", "Say which year group they see")
        return cleaned

    def scope(self) -> dict[str, Any]:
        """What the role sees, as the role's assignment keeps it."""
        sees = ROLES[self.cleaned_data["role"]].sees
        if sees == "tutor-group":
            return {"tutor_groups": [self.cleaned_data["tutor_group"]]}
        if sees == "year":
            return {"year_groups": [self.cleaned_data["year_group"]]}
        return {}


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=DATE,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Give the date as day, month and year, such as 24/11/2026."},
    )


class StaffDetails(Edits, forms.Form):
    """Somebody who works at or for the school."""

    forename = forms.CharField(label="Forename", max_length=100)
    surname = forms.CharField(label="Surname", max_length=100)
    post = forms.CharField(label="Post", max_length=100, required=False)
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        required=False,
        help_text="An account with this address and a role here becomes theirs: they see the sessions that they lead",
    )
    starts_on = _day("Works here from")
    ends_on = _day("Until", "The first day on which they no longer work here; leave empty while they do")
    guidance_qualified_from = _day(
        "Suitably qualified from",
        "The day from which they had Level 6 or above in careers guidance",
    )
    guidance_qualified_until = _day("Qualified until", "The last day, where it has ended; leave empty while it lasts")
    is_employed_here = forms.TypedChoiceField(
        label="Does the school employ them?",
        help_text="Of whoever gives guidance. The law asks for guidance by somebody whom the school does not employ",
        choices=[("", "Nobody has said"), ("yes", "Yes, employed here"), ("no", "No, not employed here")],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
    employment_known_from = _day(
        "That is so since", "The day from which it holds, such as the first day of the contract"
    )
    employment_source = forms.CharField(
        label="How is it known?",
        help_text="Such as: contract with the guidance service",
        max_length=200,
        required=False,
    )
    member_id: int | None = None

    @classmethod
    def of(cls, member: StaffMember, data: Any) -> "StaffDetails":
        """The form filled with the member of staff as they are."""
        said = {None: "", True: "yes", False: "no"}[member.is_employed_here]
        held = {name: getattr(member, name) for name in cls.base_fields}
        form = cls(data, initial=held | {"is_employed_here": said})
        form.member_id = member.pk
        return form

    def saved_by(self) -> str:
        """Who saved the member of staff last."""
        return last_saved_by("staff", self.member_id)

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the page."""
        shared = {"Who": 4, "At the school": 2, "Personal guidance: qualified": 2, "Personal guidance: independent": 3}
        fields = iter(self)
        return [(heading, [next(fields) for _ in range(number)]) for heading, number in shared.items()]

    def clean(self) -> dict[str, Any]:
        """Nothing ends before it begins."""
        cleaned = super().clean() or {}
        for first, last in (("starts_on", "ends_on"), ("guidance_qualified_from", "guidance_qualified_until")):
            begins, ends = cleaned.get(first), cleaned.get(last)
            if begins and ends and ends < begins:
                self.add_error(last, f"This is before {begins:%-d %B %Y}, when it begins")
        if cleaned.get("guidance_qualified_until") and not cleaned.get("guidance_qualified_from"):
            self.add_error("guidance_qualified_from", "Say from which day they were qualified")
        said, since = cleaned.get("is_employed_here"), cleaned.get("employment_known_from")
        if said is not None and since is None and "employment_known_from" not in self.errors:
            self.add_error("employment_known_from", "Say since which day that is so")
        if said is None and (since or cleaned.get("employment_source")) and "is_employed_here" not in self.errors:
            self.add_error(
                "is_employed_here", "Say whether the school employs them, or leave the day and the source empty"
            )
        return cleaned
