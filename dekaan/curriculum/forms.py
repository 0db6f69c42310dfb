"""What may be typed of subjects and of what they link to careers."""

from typing import Any

from django import forms

from dekaan.access.models import User
from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Radios, Ticks, choice, words
from dekaan.curriculum.models import CurriculumLink, Subject
from dekaan.curriculum.queries import subjects_of
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff, year_groups

ANOTHER, TAUGHT = "another", "taught"
SAID = ("year_group", "what", "role_model", "role_model_is", "evidence", "is_taught")


def _years(besides: Any = ()) -> list[tuple[str, str]]:
    every = sorted({*year_groups(academic_year_of(today())), *besides})
    return [(str(each), f"Year {each}") for each in every]


class SubjectDetails(Edits, forms.Form):
    """A subject, its department, and who takes it."""

    name = words(60, required="Give the subject its name.", label="Subject")
    also_called = words(
        200,
        label="Other names of it",
        help_text="As lists of teaching groups have it, with commas between: “Maths, Further maths”",
    )
    department = words(60, label="Department")
    representative: Any = forms.ModelChoiceField(
        label="Who speaks for careers in it?",
        queryset=None,
        required=False,
        empty_label="Nobody yet",
        error_messages={"invalid_choice": "Choose somebody of the staff on the list."},
    )
    year_groups = choice(
        many=True,
        label="Year groups in which everybody takes it",
        widget=Ticks,
        help_text="Others take it who are in a teaching group of this subject",
    )
    is_given_up = forms.BooleanField(label="It is not taught any more", required=False)

    def __init__(self, data: Any = None, *, subject: Subject | None = None, name: str = "") -> None:
        initial: dict[str, Any] = {"name": name}
        if subject is not None:
            initial = {name: getattr(subject, name) for name in ("name", "also_called", "department", "representative")}
            initial |= {"year_groups": [str(each) for each in subject.year_groups]}
            initial |= {"is_given_up": subject.given_up_on is not None}
        super().__init__(data, initial=initial)
        self.subject, people = subject, staff()
        if subject is not None and subject.representative_id:  # whoever has left stays until another is chosen
            people = people | StaffMember.objects.filter(pk=subject.representative_id)
        self.fields["representative"].queryset = people  # type: ignore[attr-defined]
        self.fields["year_groups"].choices = _years(subject.year_groups if subject else ())  # type: ignore[attr-defined]
        if subject is None:
            del self.fields["is_given_up"]

    def saved_by(self) -> str:
        """Who saved the subject last."""
        return last_saved_by("curriculum subject", self.subject.pk if self.subject else None)

    def details(self) -> dict[str, Any]:
        """The fields of the subject as typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "is_given_up"}
        said["year_groups"] = [int(each) for each in said["year_groups"]]
        if "is_given_up" in self.cleaned_data:
            before = self.subject.given_up_on if self.subject else None
            said["given_up_on"] = (before or today()) if self.cleaned_data["is_given_up"] else None
        return said


class _Link(forms.Form):
    """What a subject links to careers in a year group."""

    subject = choice(required="Choose the subject.", label="Subject")
    year_group = choice(required="Choose the year group.", label="Year group")
    what = words(
        300,
        required="Say what the lesson links to.",
        label="What does it link to?",
        help_text="In a sentence: “How surveyors use trigonometry, and the way to become one”. No pupil’s name.",
    )
    is_taught = forms.BooleanField(label="It has been taught (else it is planned)", required=False)
    role_model = words(
        120, label="Whom did pupils meet or hear of?", help_text="A job is enough: “an engineer who was a pupil here”"
    )
    role_model_is = choice(label="Was that", choices=[("", "Nobody, or not said"), *CurriculumLink.RoleModel.choices])
    evidence = words(300, label="Where can it be seen?", help_text="An address, or “in the scheme of work, unit 4”")

    def __init__(self, *args: Any, besides: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = subjects_of(academic_year_of(today()))
        self.subjects = {str(each.pk): each for each in [*listed, *besides]}
        self.fields["subject"].choices = [("", "Choose the subject"), *self.subjects.items()]  # type: ignore[attr-defined]
        self.fields["year_group"].choices = [("", "Choose the year group"), *_years()]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """The fields of the link as typed, the subject apart."""
        found = {name: self.cleaned_data[name] for name in SAID}
        return found | {"year_group": int(found["year_group"])}


def taught_or_planned() -> Any:
    """Asked plainly, with nothing chosen beforehand."""
    return choice(
        required="Say whether it was taught, or is planned.",
        label="Was it taught, or is it planned?",
        choices=[(TAUGHT, "It was taught"), ("planned", "It is planned")],
        widget=Radios,
    )


class LinkProposed(_Link):
    """A link from somebody without an account: their subject may be none of ours, and their name is theirs to give."""

    subject_said = words(60, label="Which other subject?", help_text="Only where yours is not on the list")
    said_by = words(80, label="Your name", help_text="So that somebody can ask you. You may leave it blank.")

    is_taught = taught_or_planned()

    field_order = ("subject", "subject_said", "year_group", "what", "is_taught")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices += [(ANOTHER, "Another subject")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another subject has a name, and one of ours has no other."""
        data = super().clean() or {}
        ours, said = self.subjects.get(data.get("subject", "")), data.get("subject_said", "")
        if data.get("subject") == ANOTHER and not said:
            self.add_error("subject_said", "Say which subject it is.")
        elif ours and said and said.strip().casefold() not in ours.names:
            self.add_error(
                "subject_said",
                f"You chose {ours} and typed “{said}”. Choose “Another subject” if it is {said}, or empty this box.",
            )
        return data

    def said(self) -> dict[str, Any]:
        """With the subject, ours or as it was said, and the name."""
        data = self.cleaned_data
        ours = self.subjects.get(data["subject"])
        return super().said() | {
            "is_taught": data["is_taught"] == TAUGHT,
            "subject": ours,
            "subject_said": "" if ours else data["subject_said"],
            "said_by": data["said_by"],
        }


class LinkProposedHere(_Link):
    """A link that a subject lead proposes: of a subject for which they speak, or of any where none names them."""

    is_taught = taught_or_planned()

    field_order = ("subject", "year_group", "what", "is_taught")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {
            pk: each
            for pk, each in self.subjects.items()
            if each.representative and each.representative.user_id == user.pk
        }
        self.subjects = own or self.subjects
        first = [("", "Choose the subject")] if len(self.subjects) != 1 else []
        self.fields["subject"].choices = [*first, *self.subjects.items()]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """With the subject."""
        data = self.cleaned_data
        said = {"subject": self.subjects[data["subject"]], "is_taught": data["is_taught"] == TAUGHT}
        return super().said() | said


class LinkDetails(Edits, _Link):
    """A link as the careers team enters or changes it."""

    field_order = ("subject", "year_group", "what", "is_taught")

    def __init__(self, data: Any = None, *, link: CurriculumLink | None = None, initial: Any = None) -> None:
        before = dict(initial or {})
        if link is not None:
            before = {name: getattr(link, name) for name in SAID}
            before |= {"year_group": str(link.year_group), "subject": str(link.subject_id or "")}
        super().__init__(data, initial=before, besides=[link.subject] if link and link.subject else [])
        self.link = link
        if link is not None:
            self.fields["year_group"].choices = [  # type: ignore[attr-defined]
                ("", "Choose the year group"),
                *_years([link.year_group]),
            ]

    def saved_by(self) -> str:
        """Who saved the link last."""
        return last_saved_by("curriculum link", self.link.pk if self.link else None)

    def said(self) -> dict[str, Any]:
        """With the subject."""
        return super().said() | {"subject": self.subjects[self.cleaned_data["subject"]]}


class Refusal(forms.Form):
    """Why a link does not count."""

    because = words(200, required="Say why it does not count.", label="Why does it not count?")
