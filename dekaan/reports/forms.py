"""What a Careers Leader writes into the paper, and why one is withdrawn."""

from django import forms


def _words(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 4})
    )


class Boxes(forms.Form):
    """The three boxes; each may stay empty."""

    summary = _words("What governors should know", "Two or three sentences; it stands first")
    concerns = _words("What worries us", "What the figures do not say by themselves")
    asks = _words("What we ask of governors", "A decision, a challenge, time or money")


class Withdrawal(forms.Form):
    """Why a paper is taken back."""

    because = forms.CharField(
        label="What was wrong with it?",
        help_text="Governors read this beside the paper; name no pupil",
        max_length=200,
        error_messages={"required": "Say what was wrong with it."},
    )
