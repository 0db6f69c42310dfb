"""What may be said of the school's data protection, and of a case."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from dekaan.access.models import User
from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today
from dekaan.core.editing import Edits
from dekaan.core.scope import schools_in_scope
from dekaan.people.models import Pupil
from dekaan.privacy.models import MOST_YEARS, Case, CasePause
from dekaan.privacy.queries.cases import closing_outcomes, pupils_meant
from dekaan.privacy.queries.trail_kinds import Kind


class Facts(Edits, forms.Form):
    """Who answers for the data and who handles it."""

    controller = forms.CharField(
        label="Controller",
        help_text="Who decides and answers in law: in an academy trust normally the trust, else the governing body",
        max_length=200,
        error_messages={"required": "Say who the controller is."},
    )
    registration = forms.CharField(
        label="Registration with the Information Commissioner",
        help_text="Begins with Z or ZA; it stands on the certificate",
        max_length=20,
        required=False,
    )
    officer_name = forms.CharField(
        label="Data protection officer",
        help_text="One person may serve several schools; say it at each",
        max_length=150,
        required=False,
    )
    officer_email = forms.EmailField(label="The officer's e-mail address", required=False)
    hosting = forms.CharField(
        label="Where it runs",
        help_text="For example: the trust's own server in Leeds; or the host's name and the country",
        max_length=300,
        required=False,
    )
    processors = forms.CharField(
        label="Who handles the data for the school",
        help_text="Host, backup store, mail provider, outside technicians: each with what they hold and the date of the "
        "agreement, one a line. Say “none” where there is none",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    risks = forms.CharField(
        label="What else we weighed",
        help_text="For the impact assessment: the officer's advice, pupils' or parents' views, what was decided",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    agreed_on = forms.DateField(
        label="Impact assessment agreed on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    agreed_by = forms.CharField(label="Agreed by", max_length=150, required=False)

    def saved_by(self) -> str:
        """Who saved the school's facts last."""
        (school_id,) = schools_in_scope()
        return last_saved_by("school", school_id)

    def clean_agreed_on(self) -> Any:
        """Nobody has agreed to it on a day to come."""
        day = self.cleaned_data["agreed_on"]
        if day and day > today():
            raise forms.ValidationError("That day is still to come: say when it was agreed, or leave it empty.")
        return day


class KeepYears(Edits, forms.Form):
    """For how long records are kept."""

    keep_years = forms.IntegerField(
        label="Years kept after a pupil has left",
        help_text="Three is usual. With fewer, more records go: each is named under “What will go” for 30 days before it does",
        min_value=1,
        max_value=MOST_YEARS,
        error_messages={"required": "Say for how many years."},
    )

    saved_by = Facts.saved_by


class TrailFilter(forms.Form):
    """By what the audit trail is narrowed."""

    person = forms.ModelChoiceField(User.objects.none(), label="Who", required=False, empty_label="Anybody")
    pupil = forms.CharField(
        label="Pupil’s name or number in the trail, or a case’s reference", required=False, max_length=100
    )
    kind = forms.ChoiceField(label="Kind", required=False)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: QuerySet[User], kinds: list[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        if kinds == [Kind.SECURITY]:  # no line of these is about a pupil
            del self.fields["pupil"]
        self.fields["kind"].choices = [("", "Every kind"), *((kind, kind.words) for kind in kinds)]  # type: ignore[attr-defined]


class NewCase(forms.Form):
    """A request as it came in."""

    kind = forms.ChoiceField(
        label="What is asked",
        choices=Case.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what is asked."},
    )
    about = forms.CharField(
        label="Whose data",
        help_text="The pupil's UPN, admission number or whole name. A complaint may be about nobody in particular",
        max_length=200,
        required=False,
    )
    asked_by = forms.ChoiceField(
        label="Who asks",
        choices=Case.AskedBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say who asks."},
    )
    asker = forms.CharField(
        label="Their name",
        help_text="Needed where it is not the pupil",
        max_length=120,
        required=False,
    )
    proof = forms.ChoiceField(
        label="How we know that it is they",
        choices=[("", "Not yet: nobody can agree until it is said"), *Case.Proof.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    received_on = forms.DateField(
        label="Received on",
        help_text="The clock runs from this day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say on which day it was received."},
    )
    note = forms.CharField(
        label="What they asked, in short",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_received_on(self) -> Any:
        """Nothing is received on a day to come."""
        day = self.cleaned_data["received_on"]
        if day > today():
            raise forms.ValidationError("That day is still to come: say when it was received.")
        return day

    def clean(self) -> dict[str, Any]:
        """The one pupil who is meant, as `pupil`."""
        said = super().clean() or {}
        typed = said.get("about", "")
        said["pupil"] = None
        if typed:
            try:
                said["pupil"] = the_one_meant(typed)
            except forms.ValidationError as refusal:
                self.add_error("about", refusal)
        elif said.get("kind") not in {None, Case.Kind.COMPLAINT}:
            self.add_error("about", "Say whose data it is about.")
        if said.get("asked_by") == Case.AskedBy.PUPIL:
            said["asker"] = ""  # it is the pupil's own, and would be one name more to look after
        elif said.get("asked_by") and not said.get("asker"):
            self.add_error("asker", "Say who it is, so that the answer goes to them.")
        return said


class AskerProof(forms.Form):
    """How the school knows who asks."""

    proof = forms.ChoiceField(
        label="How we know that it is they",
        choices=Case.Proof.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how you know that it is they."},
    )


class Release(forms.Form):
    """To whom the answer goes, and how."""

    sent_to = forms.CharField(
        label="To whom it goes, and how",
        help_text="Handed to the pupil; posted to the address that the school holds. It stays in the case",
        max_length=200,
        error_messages={"required": "Say to whom it goes, and how: nothing was released."},
    )


class Pause(forms.Form):
    """Why the clock stands still."""

    reason = forms.ChoiceField(label="Why the clock stands still", choices=CasePause.Reason.choices)


class Extension(forms.Form):
    """Why two further months are needed."""

    because = forms.CharField(
        label="Why it is complex",
        help_text="Whoever asked must be told within the first month",
        max_length=200,
        error_messages={"required": "Say why two further months are needed."},
    )


class Closing(forms.Form):
    """How a case ends that is not released or erased, and why."""

    outcome = forms.ChoiceField(
        label="What became of it",
        error_messages={"required": "Say what became of the case before you close it: nothing was changed."},
    )
    because = forms.CharField(
        label="Why",
        help_text="Needed where it is refused or withdrawn. It stays in the case; tell whoever asked the same",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # None is chosen beforehand: nobody presses a case away.
        choices = [("", "Choose"), *((each.value, each.label) for each in closing_outcomes(case))]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A refusal and a withdrawal say why."""
        said = super().clean() or {}
        if said.get("outcome") in {Case.Outcome.REFUSED, Case.Outcome.WITHDRAWN} and not said.get("because"):
            self.add_error("because", "Say why it is refused or withdrawn: the case was not closed.")
        return said


class ErasedName(forms.Form):
    """The name of somebody who was erased, which is held nowhere: typed to be looked for, and not kept."""

    forename = forms.CharField(label="First name", max_length=100, error_messages={"required": "Say the first name."})
    surname = forms.CharField(label="Last name", max_length=100, error_messages={"required": "Say the last name."})


class NewHold(forms.Form):
    """Whose record is kept longer, and why."""

    about = forms.CharField(
        label="Whose record",
        help_text="The pupil's UPN, admission number or whole name",
        max_length=200,
        error_messages={"required": "Say whose record is to be kept."},
    )
    because = forms.CharField(
        label="Why it must be kept longer",
        help_text="A complaint, a court case, a request that is open. Name nobody else",
        max_length=200,
        error_messages={"required": "Say why it must be kept longer."},
    )

    def clean_about(self) -> Pupil:
        """The one pupil who is meant."""
        return the_one_meant(self.cleaned_data["about"])


def the_one_meant(typed: str) -> Pupil:
    """The one pupil whom the words mean, or a refusal in words."""
    found = pupils_meant(typed)
    if not found:
        raise forms.ValidationError(f"Nobody here is “{typed}”. Type the UPN, or the name as it stands on the record.")
    if len(found) > 1:
        raise forms.ValidationError(f"{len(found)} pupils are called “{typed}”. Type the UPN or admission number.")
    return found[0]
