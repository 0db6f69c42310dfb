"""What a provider without an account may type."""

from typing import Any

from django import forms

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.plain_fields import Radios, Ticks, choice, words
from dekaan.people.queries import year_groups
from dekaan.programme.models import Mode
from dekaan.provider_requests import robots
from dekaan.provider_requests.forms.fields import checked_telephone, email, paragraph, telephone, uncut, whole_number
from dekaan.provider_requests.models import ProviderRequest
from dekaan.provider_requests.policy import usual

OrganisationKind = ProviderRequest.OrganisationKind
# How a provider can meet pupils: a recording meets nobody.
MODES = (Mode.IN_SCHOOL, Mode.PROVIDER_SITE, Mode.LIVE_ONLINE)


class Asking(forms.Form):
    """A request to meet pupils, from somebody without an account."""

    TEXTS = ("organisation", "contact_name", "what", "when_said", "needs")

    organisation = words(150, required="Give the name of your organisation.", label="Your organisation")
    organisation_kind = choice(
        required="Choose which of these you are.",
        label="Which of these are you?",
        widget=forms.RadioSelect,
        choices=OrganisationKind.choices,
    )
    contact_name = words(100, required="Give your name.", label="Your name")
    contact_email = email("Give an e-mail address to which the school can reply.", label="Your e-mail address")
    contact_telephone = telephone(label="Your telephone number", help_text="You may leave it blank")
    year_groups = choice(
        many=True,
        required="Choose at least one year group.",
        label="Which year groups would you like to meet?",
        widget=Ticks,
    )
    formats = choice(many=True, label="As what?", widget=Ticks, choices=list(usual().offers.items()))
    mode = choice(
        required="Choose where.",
        label="Where?",
        widget=Radios,
        choices=[(each.value, each.label) for each in MODES],
        initial=Mode.IN_SCHOOL,
    )
    what = paragraph(
        1500,
        required="Say what you would like to do.",
        label="What would you like to do?",
        help_text="In plain text of 1,500 letters or fewer. Name no pupil.",
    )
    contents = choice(
        many=True,
        label="What would pupils learn?",
        widget=forms.CheckboxSelectMultiple,
        choices=list(usual().contents.items()),
        help_text="The law asks for all four in each meeting",
    )
    when_said = words(
        200, label="When?", help_text="Days or weeks that suit you, and how long it takes, in 200 letters or fewer"
    )
    staff_number = whole_number("How many of you would come?", 1, 200, required=False)
    needs = words(
        300,
        label="What would you need?",
        help_text="A projector, tables, parking, step-free access … in 300 letters or fewer",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, purpose in (("organisation", "organization"), ("contact_name", "name"), ("contact_email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = purpose
        for field in self.fields.values():
            uncut(field)
        here = year_groups(academic_year_of(today()))
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in here]  # type: ignore[attr-defined]

    def clean_contact_telephone(self) -> str:
        """Figures, where there is one."""
        return checked_telephone(self.cleaned_data["contact_telephone"])

    def clean(self) -> dict[str, Any]:
        """No more web addresses than belong to a request."""
        data = super().clean() or {}
        if robots.links_in(self.texts()) > robots.MOST_LINKS and not robots.are_marked_up(self.texts()):
            most = max(self.TEXTS, key=lambda name: robots.links_in([self.data.get(name, "")]))
            self.add_error(most, f"Give {robots.MOST_LINKS} web addresses or fewer: take some out.")
        return data

    def said(self) -> dict[str, Any]:
        """The fields of the request as typed."""
        data = dict(self.cleaned_data)
        return data | {"year_groups": [int(each) for each in data["year_groups"]]}

    def texts(self) -> list[str]:
        """All that was typed freely, whether rightly or not."""
        return [self.data.get(name, "") for name in self.TEXTS]
