"""What may be typed of organisations, of the people at them, and of what was said with whom."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.identifiers import normal_number, ukprn_problem, urn_problem
from dekaan.core.plain_fields import Radios, choice, words
from dekaan.frameworks.queries import partner_kinds
from dekaan.partners.models import (
    Contact,
    Conversation,
    Described,
    Organisation,
    RegisterEntry,
    Said,
    TrustOrganisation,
)
from dekaan.partners.queries import lawful_bases, sectors, sizes, usual_basis

SAME = "Who said so, or where it stands: “their prospectus”, “Ms Ward, by telephone”"


def _offers(what: str) -> Any:
    return choice(
        required="Say yes, no or not known.", label=f"Does it offer {what}?", choices=Said.choices, widget=Radios
    )


def _said_on() -> forms.DateField:
    return day(label="On which day was that said?", required=False)


def _said_by() -> forms.CharField:
    return words(200, label="By whom or where?", help_text=SAME)


class _Described(forms.Form):
    """What an organisation is."""

    name = words(200, required="Give the organisation its name.", label="Name")
    kind = choice(required="Choose the kind.", label="Kind")
    technical = _offers("approved technical qualifications")
    technical_on = _said_on()
    technical_source = _said_by()
    apprenticeships = _offers("apprenticeships")
    apprenticeships_on = _said_on()
    apprenticeships_source = _said_by()
    town = words(80, label="Town")
    postcode = words(10, label="Postcode")
    website = words(200, label="Website")
    sector = choice(label="Sector")
    size = choice(label="Size")
    ukprn = words(12, label="UKPRN", help_text="Of a college or training provider: eight digits, the first a 1")
    urn = words(10, label="URN", help_text="Of a school or college: six digits")

    def __init__(self, data: Any = None, *, row: Described | None = None, initial: Any = None) -> None:
        names = [name for name in self.base_fields if name not in {"is_given_up", "is_withdrawn"}]
        before = {"technical": Said.UNKNOWN, "apprenticeships": Said.UNKNOWN} | dict(initial or {})
        if row is not None:
            before = {name: getattr(row, name) for name in names}
        super().__init__(data, initial=before)
        for name, first, every in (
            ("kind", "Choose the kind", {each.key: each.name for each in partner_kinds().values()}),
            ("sector", "Not said", sectors()),
            ("size", "Not said", sizes()),
        ):
            self.fields[name].choices = [("", first), *every.items()]  # type: ignore[attr-defined]

    def clean_ukprn(self) -> str:
        """Eight digits, the first a 1, where there is one."""
        return _number(self.cleaned_data["ukprn"], ukprn_problem)

    def clean_urn(self) -> str:
        """Six digits, where there is one."""
        return _number(self.cleaned_data["urn"], urn_problem)

    def clean_postcode(self) -> str:
        """In capitals."""
        return " ".join(self.cleaned_data["postcode"].upper().split())

    def clean(self) -> dict[str, Any]:
        """What is said of the offer has its day and source; what is not known has none."""
        data = super().clean() or {}
        for what in ("technical", "apprenticeships"):
            if data.get(what, Said.UNKNOWN) == Said.UNKNOWN:
                data[f"{what}_on"], data[f"{what}_source"] = None, ""
                continue
            if data.get(f"{what}_on") is None and f"{what}_on" not in self.errors:
                self.add_error(f"{what}_on", "Give the day on which it was said.")
            if not data.get(f"{what}_source") and f"{what}_source" not in self.errors:
                self.add_error(f"{what}_source", "Say who said so, or where it stands.")
            _not_to_come(self, f"{what}_on", data.get(f"{what}_on"))
        return data


def _number(typed: str, problem_of: Callable[[str], str]) -> str:
    number = normal_number(typed)
    if number and (problem := problem_of(number)):
        raise forms.ValidationError(f"{problem[:1].upper()}{problem[1:]}. Leave it blank if you do not have it.")
    return number


def _not_to_come(form: forms.Form, name: str, typed: date | None) -> None:
    if typed and typed > today():
        form.add_error(name, "That day has not come yet.")


class OrganisationDetails(Edits, _Described):
    """An organisation of the school's own."""

    notes = words(1000, label="Notes", widget=forms.Textarea(attrs={"rows": 3}))
    is_given_up = forms.BooleanField(
        label="We do not work with it any more",
        required=False,
        help_text="It is offered nowhere; what it did stays on record",
    )

    def __init__(self, data: Any = None, *, organisation: Organisation | None = None, initial: Any = None) -> None:
        super().__init__(data, row=organisation, initial=initial)
        self.organisation = organisation
        if organisation is None:
            del self.fields["is_given_up"]
        else:
            self.initial["is_given_up"] = organisation.no_longer_used_on is not None

    def saved_by(self) -> str:
        """Who saved the organisation last."""
        return last_saved_by("organisation", self.organisation.pk if self.organisation else None)

    def details(self) -> dict[str, Any]:
        """The fields of the organisation as typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "is_given_up"}
        if self.organisation is not None:
            before = self.organisation.no_longer_used_on
            said["no_longer_used_on"] = (before or today()) if self.cleaned_data["is_given_up"] else None
        return said


def filled_from(organisation: Organisation, entry: RegisterEntry) -> OrganisationDetails:
    """The form about an organisation as the register has it: what the register does not say stays; nothing is saved.

    It still knows how each field reads as it is held, so that nobody's saving meanwhile is written over.
    """
    held = OrganisationDetails(organisation=organisation)
    said = {name: value for name, value in from_register(entry).items() if value}
    data = QueryDict(mutable=True)
    for name, field in held.fields.items():
        value = said.get(name) or held.get_initial_for_field(field, name)
        shown = field.widget.format_value(field.prepare_value(value)) if value else ""
        for each in shown if isinstance(shown, list | tuple) else [shown]:
            if each:
                data.appendlist(name, str(each))
    return OrganisationDetails(data, organisation=organisation)


class TrustOrganisationDetails(Edits, _Described):
    """An organisation of the trust's."""

    is_withdrawn = forms.BooleanField(
        label="It is not offered to further schools", required=False, help_text="Schools that took it up keep it"
    )

    def __init__(self, data: Any = None, *, organisation: TrustOrganisation | None = None) -> None:
        super().__init__(data, row=organisation)
        self.organisation = organisation
        if organisation is None:
            del self.fields["is_withdrawn"]
        else:
            self.initial["is_withdrawn"] = organisation.no_longer_offered_on is not None

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by(
            "trust's organisation", self.organisation.pk if self.organisation else None, of_no_school=True
        )

    def details(self) -> dict[str, Any]:
        """The fields as typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "is_withdrawn"}
        if self.organisation is not None:
            before = self.organisation.no_longer_offered_on
            said["no_longer_offered_on"] = (before or today()) if self.cleaned_data["is_withdrawn"] else None
        return said


def from_register(entry: RegisterEntry) -> dict[str, str]:
    """What the register says of the organisation, to begin its form with."""
    names = ("name", "town", "postcode", "website", "ukprn", "kind")
    return {name: getattr(entry, name) for name in names} | {"urn": entry.number if entry.register == "schools" else ""}


class Basis(Radios):
    """The six bases, each on a line of its own."""

    is_compact = False


CONTACT = ("name", "role", "email", "telephone", "basis", "basis_on", "basis_source")


class ContactDetails(Edits, forms.Form):
    """A person at an organisation, and on what ground the school holds this."""

    name = words(100, required="Give the person’s name.", label="Name")
    role = words(100, label="What they do there")
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Give the address as name@example.org.",
            "max_length": "That is too long for an address.",
        },
    )
    telephone = words(40, label="Telephone")
    basis = choice(
        required="Choose the lawful basis.",
        label="On what lawful basis is this held?",
        widget=Basis,
    )
    basis_on = day("Give the day since which it is held on that basis.", label="Since when?")
    basis_source = words(
        200,
        required="Say where it came from.",
        label="Where did it come from?",
        help_text="“Their e-mail of 3 May”, “Their website”",
    )
    has_left = forms.BooleanField(label="They do not work there any more", required=False)

    def __init__(self, data: Any = None, *, contact: Contact | None = None) -> None:
        before: dict[str, Any] = {
            "basis": usual_basis().key,
            "basis_on": today(),
            "basis_source": "Given to the school by the organisation",
        }
        if contact is not None:
            before = {name: getattr(contact, name) for name in CONTACT} | {"has_left": contact.left_on is not None}
        super().__init__(data, initial=before)
        self.contact = contact
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (each.key, f"{each.name}. {each.means}") for each in lawful_bases().values()
        ]
        if contact is None:
            del self.fields["has_left"]

    def saved_by(self) -> str:
        """Who saved it last: contacts are recorded under their organisation."""
        return last_saved_by("organisation", self.contact.organisation_id if self.contact else None)

    def clean(self) -> dict[str, Any]:
        """Nothing is held since a day to come."""
        data = super().clean() or {}
        _not_to_come(self, "basis_on", data.get("basis_on"))
        return data

    def details(self) -> dict[str, Any]:
        """The fields of the contact as typed."""
        said = {name: self.cleaned_data[name] for name in CONTACT}
        if self.contact is not None:
            said["left_on"] = (self.contact.left_on or today()) if self.cleaned_data["has_left"] else None
        return said


class ConversationDetails(Edits, forms.Form):
    """One contact with an organisation."""

    how = choice(required="Say how it was.", label="How?", choices=Conversation.How.choices, widget=Radios)
    held_on = day("Give the day.", label="When?")
    contact: Any = forms.ModelChoiceField(
        label="With whom?",
        queryset=None,
        required=False,
        empty_label="Nobody in particular",
        error_messages={"invalid_choice": "Choose somebody at the organisation."},
    )
    said = words(300, label="What was said?", help_text="In a sentence. No pupil’s name.")

    def __init__(
        self, data: Any = None, *, organisation: Organisation, conversation: Conversation | None = None
    ) -> None:
        before: dict[str, Any] = {"held_on": today()}
        if conversation is not None:
            before = {name: getattr(conversation, name) for name in ("how", "held_on", "contact", "said")}
        super().__init__(data, initial=before)
        self.conversation, self.organisation = conversation, organisation
        self.fields["contact"].queryset = organisation.contacts.all()  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("organisation", self.organisation.pk if self.conversation else None)

    def clean_held_on(self) -> Any:
        """Not a day to come."""
        if self.cleaned_data["held_on"] > today():
            raise forms.ValidationError("That day has not come yet.")
        return self.cleaned_data["held_on"]


class RegisterFile(forms.Form):
    """A file of a public register."""

    file = forms.FileField(
        label="The register as a CSV file",
        help_text="The register of schools (URN, EstablishmentName …) or of learning providers (UKPRN, name). "
        "It replaces the one that was loaded before.",
        error_messages={"required": "Choose the file first.", "empty": "The file is empty. Download it again."},
    )
