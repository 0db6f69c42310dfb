"""What a Careers Leader writes into a paper, why one is withdrawn, to whom it was handed, and what governors answer."""

from datetime import date, timedelta
from typing import Any

from django import forms

from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.reports.models import ApprovalLink, Handed, Report, ReportApproval, Whom

A_YEAR = timedelta(days=365)


def _words(label: str, help_text: str, most: int = 1500) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": 4})
    )


class Boxes(forms.Form):
    """The three boxes; each may stay empty."""

    summary = _words("What governors should know", "Two or three sentences; it stands first")
    concerns = _words("What worries us", "What the figures do not say by themselves")
    asks = _words("What we ask of governors", "A decision, a challenge, time or money")


class LeadersBoxes(forms.Form):
    """The two boxes of the summary for senior leaders; each may stay empty."""

    summary = _words("What senior leaders should know", "Two or three sentences; it stands first", 600)
    asks = _words("What we ask of senior leaders", "A decision, cover, time or money", 600)


class Withdrawal(forms.Form):
    """Why a paper is taken back."""

    because = forms.CharField(
        label="What was wrong with it?",
        help_text="Governors read this beside the paper; name no pupil",
        max_length=200,
        error_messages={"required": "Say what was wrong with it."},
    )


class Handing(forms.Form):
    """To whom a paper was handed, in which form, on which day."""

    whom = forms.ChoiceField(label="To whom", choices=Whom.choices)
    named = forms.CharField(
        label="Who exactly",
        help_text="A person or a body, such as Clerk to governors; name no pupil",
        max_length=80,
        required=False,
    )
    form = forms.ChoiceField(label="In which form")
    handed_on = day("Give the day on which it was handed over.", label="On")

    def __init__(self, data: Any = None, *, report: Report) -> None:
        self.report = report
        super().__init__(data, initial={"handed_on": today(), "whom": _usual(report), "form": Handed.Form.PDF})
        has = {Handed.Form.WORD: bool(report.word), Handed.Form.SLIDES: bool(report.slides), Handed.Form.LINK: False}
        kinds = [(value, label) for value, label in Handed.Form.choices if has.get(Handed.Form(value), True)]
        self.fields["form"] = forms.ChoiceField(label="In which form", choices=kinds)

    def clean_handed_on(self) -> date:
        """Not before it was issued, and not to come."""
        given: date = self.cleaned_data["handed_on"]
        first = self.report.figures_on  # the day on which it was frozen
        if given < first:
            raise forms.ValidationError(f"It was issued on {first:%-d %B %Y}: it cannot have been handed over before.")
        if given > today():
            raise forms.ValidationError("That day is to come. Note it once it has been handed over.")
        return given


def _usual(report: Report) -> Whom:
    return Whom.LEADERS if report.kind == Report.Kind.LEADERS else Whom.GOVERNORS


class LinkAsked(forms.Form):
    """For which governor a link is, and until when it opens the paper."""

    name = forms.CharField(
        label="Name of the governor", max_length=80, error_messages={"required": "Say which governor it is for."}
    )
    capacity = forms.CharField(
        label="As what",
        help_text="Such as Chair of governors, or Link governor for careers",
        max_length=80,
        error_messages={"required": "Say as what they read it."},
    )
    open_until = day("Give the day until when it is open.", label="Open until")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"open_until": today() + timedelta(days=28)})

    def clean_open_until(self) -> date:
        """Today or later, and no later than a year from now."""
        given: date = self.cleaned_data["open_until"]
        if not today() <= given <= today() + A_YEAR:
            raise forms.ValidationError("Give a day from today on, and within a year.")
        return given


class Answer(forms.Form):
    """What a governor says of the paper."""

    said = forms.ChoiceField(
        label="What do you say of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it arrived, or whether you approve it."},
    )
    comment = forms.CharField(
        label="A comment, if you like",
        help_text="The careers team and the school's leaders read it",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, link: ApprovalLink) -> None:
        super().__init__(data)
        words = {
            ApprovalLink.Said.RECEIVED: "I have received it",
            ApprovalLink.Said.APPROVED: "I approve it",
            ApprovalLink.Said.NOT_APPROVED: "I do not approve it",
        }
        open_ = [(value, label) for value, label in words.items() if value != link.said]
        field = self.fields["said"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = open_


class Minuted(forms.Form):
    """Who approved a paper at a meeting, on which day, and where that is minuted."""

    capacity = forms.ChoiceField(
        label="Who approved it?",
        choices=ReportApproval.Capacity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who approved it.", "invalid_choice": "Choose who approved it."},
    )
    signed_by = forms.CharField(
        label="Signed by",
        help_text="A governor’s name: whoever chaired the meeting",
        max_length=150,
        error_messages={"required": "Give the name of whoever chaired the meeting."},
    )
    signed_on = day("Give the day of the meeting.", label="On which day?")
    minute = forms.CharField(
        label="Where is it minuted?",
        help_text="“Full governing body, item 7”; it may stay empty",
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, report: Report) -> None:
        self.report = report
        super().__init__(data)

    def clean_signed_on(self) -> date:
        """Not before it was issued, and not to come."""
        given: date = self.cleaned_data["signed_on"]
        first = self.report.figures_on
        if given < first:
            raise forms.ValidationError(f"The paper was issued on {first:%-d %B %Y}: nobody approved it before.")
        if given > today():
            raise forms.ValidationError("That day has not come yet. Record the approval once it is given.")
        return given
