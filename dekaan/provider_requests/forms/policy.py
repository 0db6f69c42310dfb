"""What may be typed of the policy, and of the times that are usually free."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks, choice, words
from dekaan.people.queries import pupils_named, year_groups
from dekaan.provider_requests.forms.fields import checked_telephone, email, paragraph, telephone, whole_number
from dekaan.provider_requests.models import WEEKDAYS, AccessGround, AccessRules, FreeTime
from dekaan.provider_requests.policy import usual
from dekaan.provider_requests.queries import ground_lines, public_contact

BLANK = "The public pages name none yet"
MOST_GROUNDS, LONGEST_GROUND = 12, 300


# The parts of the form, the first of which stands open.
PARTS = {
    "Whom they write to": ("contact_name", "contact_email", "contact_telephone", "is_open", "is_no_pupil"),
    "Notice, and how soon you answer": ("weeks_notice", "decision_days"),
    "What they can be offered": ("offers", "premises"),
    "Grounds on which you agree and refuse": ("granting", "refusing"),
}


class Rules(Edits, forms.Form):
    """The policy's facts that an answer needs."""

    contact_name = words(150, label="Whom do providers write to?")
    contact_email = email("Give the address to which providers write.", label="E-mail address")
    contact_telephone = telephone(label="Telephone number")
    weeks_notice = whole_number("Weeks of notice that you ask for", 0, 26)
    decision_days = whole_number("Working days within which you answer", 1, 60)
    offers = choice(
        many=True, label="What providers may be offered", widget=Ticks, choices=list(usual().offers.items())
    )
    premises = paragraph(
        600,
        label="Premises and facilities",
        help_text="As it goes into letters: “The main hall with projector, a room for quiet talks, parking by the gym”",
    )
    granting = paragraph(4000, rows=5, label="Grounds on which you agree", help_text="One a line")
    refusing = paragraph(
        4000,
        rows=7,
        required="Give at least one ground: nothing can be refused without one.",
        label="Grounds on which you refuse",
        help_text="One a line; a refusal names one of these in these words. What was refused before keeps its wording",
    )
    is_open = forms.BooleanField(label="The form takes requests", required=False)
    is_no_pupil = forms.BooleanField(
        label="Whoever is named here is no pupil of ours", required=False, help_text="Kept on record with your name"
    )

    def __init__(self, data: Any = None, *, rules: AccessRules) -> None:
        names = ("contact_name", "contact_email", "contact_telephone", "weeks_notice", "decision_days", "offers")
        initial = {name: getattr(rules, name) for name in (*names, "premises")}
        initial["granting"] = "\n".join(ground_lines(AccessGround.Kind.GRANT))
        initial["refusing"] = "\n".join(ground_lines(AccessGround.Kind.REFUSE))
        initial["is_open"] = rules.is_open or rules.pk is None
        super().__init__(data, initial=initial)
        self.rules, self.pages = rules, public_contact()
        self.fields["contact_email"].required = False
        for name, now in self._of_pages().items():
            self.fields[name].help_text = f"Blank: as on the public pages, {now}" if now else BLANK
        # It is asked only once a name is found that a pupil has.
        self.fields["is_no_pupil"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Outsiders read it at once, by the form and in letters: no pupil is named in it."""
        data = super().clean() or {}
        told = [str(data.get(each, "")) for each in ("contact_name", "contact_email", "contact_telephone", "premises")]
        told += [*data.get("granting", []), *data.get("refusing", [])]
        named = sorted({name for _, name in pupils_named(told)})
        if named:
            self.fields["is_no_pupil"].widget = forms.CheckboxInput()
        if named and not data.get("is_no_pupil"):
            said = f"{', '.join(named)} is the name of a pupil, who may not be named to outsiders. Change the words; or, if it"
            self.add_error("is_no_pupil", f"{said} is somebody else of that name, tick this and save again.")
        data["is_no_pupil"] = bool(named) and bool(data.get("is_no_pupil"))
        return data

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """(what it is about, its fields, whether it stands open) of each part: whom they write to, and what is to be put right."""
        found = []
        for title, names in PARTS.items():
            fields = [self[name] for name in names]
            is_open = title == next(iter(PARTS)) or any(each.errors for each in fields)
            found.append((title, [each for each in fields if not each.is_hidden], is_open))
        return found

    def saved_by(self) -> str:
        """Who saved the rules last."""
        return last_saved_by("access rules", self.rules.pk)

    def _of_pages(self) -> dict[str, str]:
        return {
            "contact_name": self.pages.name,
            "contact_email": self.pages.email,
            "contact_telephone": self.pages.telephone,
        }

    def _said(self, name: str, missing: str) -> str:
        """As typed; blank only where the public pages say it."""
        said = str(self.cleaned_data[name])
        if not said and not self._of_pages()[name]:
            raise forms.ValidationError(missing)
        return said

    def clean_contact_name(self) -> str:
        """Somebody."""
        return self._said("contact_name", "Say whom providers write to.")

    def clean_contact_email(self) -> str:
        """An address."""
        return self._said("contact_email", "Give the address to which providers write.")

    def clean_contact_telephone(self) -> str:
        """Figures."""
        return checked_telephone(self._said("contact_telephone", "Give the number that providers can ring."))

    def clean_granting(self) -> list[str]:
        """The grounds, one a line."""
        return _lines(self.cleaned_data["granting"])

    def clean_refusing(self) -> list[str]:
        """The same."""
        return _lines(self.cleaned_data["refusing"])


def _lines(said: str) -> list[str]:
    found = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    if len(found) > MOST_GROUNDS:
        raise forms.ValidationError(f"Give {MOST_GROUNDS} grounds or fewer.")
    for number, line in enumerate(found, start=1):
        if len(line) > LONGEST_GROUND:
            raise forms.ValidationError(f"Say line {number} in {LONGEST_GROUND} letters or fewer.")
    return found


class Time(Edits, forms.Form):
    """A time of the week that is usually free."""

    weekday = choice(
        required="Choose the day.",
        label="Day",
        choices=[(str(n), name) for n, name in enumerate(WEEKDAYS[:5], start=1)],
    )
    starts_at = forms.TimeField(
        label="From",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=dict.fromkeys(("required", "invalid"), "Give the time as hours and minutes, such as 09:05."),
    )
    minutes = whole_number("Minutes", 5, 420)
    name = words(60, required="Say what it is called.", label="What is it?", help_text="“Assembly”, “Period 3”")
    place = words(100, label="Place", help_text="Where it would be, if you know")
    year_groups = choice(many=True, required="Choose at least one year group.", label="For", widget=Ticks)

    def __init__(self, data: Any = None, *, free_time: FreeTime | None = None) -> None:
        initial: dict[str, Any] = {}
        if free_time is not None:
            initial = {name: getattr(free_time, name) for name in ("weekday", "starts_at", "minutes", "name", "place")}
            initial["year_groups"] = [str(each) for each in free_time.year_groups]
        super().__init__(data, initial=initial)
        self.free_time = free_time
        here = sorted({*year_groups(academic_year_of(today())), *(free_time.year_groups if free_time else ())})
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in here]  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("free time", self.free_time.pk if self.free_time else None)

    def said(self) -> dict[str, Any]:
        """The fields as typed."""
        data = dict(self.cleaned_data)
        return data | {"weekday": int(data["weekday"]), "year_groups": [int(each) for each in data["year_groups"]]}
