"""What may be typed of the public pages."""

from collections.abc import Sequence
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today, year_label
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.folding import folded
from dekaan.core.plain_fields import Radios, words
from dekaan.provider_requests.queries import rules_said
from dekaan.publication.models import CareersInformation, Page
from dekaan.publication.queries import Facts, Named, words_of
from dekaan.publication.sections import public_page
from dekaan.schools.models import School

LONGEST = 4000
FACTS = (
    "leader_name",
    "leader_email",
    "telephone",
    "next_review_on",
    "statement_review_on",
)


class _Information(Edits, forms.Form):
    """A form about what the school says."""

    said: CareersInformation

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("careers information", self.said.pk)


class FactsSaid(_Information):
    """Who is asked, and the dates; a blank name or address is that of whoever holds the role."""

    leader_name = words(
        150, label="The Careers Leader’s name", help_text="Blank: whoever holds the role of Careers Leader"
    )
    leader_email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        required=False,
        help_text="Blank: theirs. An address that outlives the person, such as careers@, saves a version.",
        error_messages={"invalid": "That is not an e-mail address. Write it like careers@school.example."},
    )
    telephone = words(30, label="Telephone number", help_text="The law asks for one: the school’s number will do")
    next_review_on = day(label="When is the careers page reviewed next?", required=False)
    statement_review_on = day(label="When is the statement reviewed next?", required=False)

    def __init__(self, data: Any = None, *, said: CareersInformation, shown: Facts) -> None:
        super().__init__(data, initial={name: getattr(said, name) for name in FACTS})
        self.said = said
        for name in ("leader_name", "leader_email"):
            if (now := getattr(shown, name)) and not getattr(said, name):
                self.fields[name].help_text = f"Blank: {now}, who holds the role of Careers Leader"


class LeaversShown(_Information):
    """Whose leavers the careers page tells of, if anybody's."""

    leavers_of = forms.TypedChoiceField(
        label="Which leavers does the page tell of?",
        help_text="Last year’s from 1 November on; the fewer are not known, the more it says.",
        required=False,
        coerce=int,
        empty_value=None,
        widget=Radios,
        error_messages={"invalid_choice": "Choose one of these years, or none."},
    )

    def __init__(self, data: Any = None, *, said: CareersInformation, years: Sequence[int]) -> None:
        super().__init__(data, initial={"leavers_of": "" if said.leavers_of is None else said.leavers_of})
        self.said = said
        offered = sorted({*years, *([said.leavers_of] if said.leavers_of else [])}, reverse=True)
        choices = [("", "None: it is not on the page"), *((each, f"Those of {year_label(each)}") for each in offered)]
        self.fields["leavers_of"].choices = choices  # type: ignore[attr-defined]


class WordsSaid(_Information):
    """The words of each section of a page; those left as they are usually stay ours, and follow when ours change."""

    def __init__(self, data: Any = None, *, page: Page, said: CareersInformation, school: School, shown: Facts) -> None:
        self.said, rules, none_said = said, rules_said(), CareersInformation()
        sections = public_page(page).sections
        self.usual = {each.key: words_of(each, none_said, school, shown, rules) for each in sections}
        super().__init__(data, initial={each.key: words_of(each, said, school, shown, rules) for each in sections})
        for each in public_page(page).sections:
            self.fields[each.key] = words(
                LONGEST, label=each.heading, help_text=each.asks, widget=forms.Textarea(attrs={"rows": 5})
            )

    def own_words(self) -> dict[str, str]:
        """The school's own words by section; blank where they are the usual ones, or nothing."""
        typed = {key: str(value).replace("\r\n", "\n").strip() for key, value in self.cleaned_data.items()}
        return {key: "" if value == self.usual[key] else value for key, value in typed.items()}


class OthersNamed(_Information):
    """Who it is that shares a pupil's name; blank where it is the pupil, who may not be named."""

    def __init__(self, data: Any = None, *, said: CareersInformation, named: Sequence[Named]) -> None:
        self.said, self.places = said, dict[str, list[str]]()
        for each in named:
            self.places[each.name] = list(dict.fromkeys([*self.places.get(each.name, []), *each.places]))
        who = {each["name"]: each["who"] for each in said.others_named}
        self.names = {f"who_{folded(name)}": name for name in self.places}
        super().__init__(data, initial={key: who.get(name, "") for key, name in self.names.items()})
        for key, name in self.names.items():
            where = "; ".join(f"“{each}”" for each in self.places[name])
            self.fields[key] = words(
                100, label=f"Who is the {name} named in {where}?", help_text="Such as: a governor. Blank: our pupil."
            )

    def others(self) -> list[dict[str, Any]]:
        """Whoever is somebody else, and where they stand."""
        said = [(name, self.cleaned_data[key]) for key, name in self.names.items()]
        return [{"name": name, "who": who, "places": self.places[name]} for name, who in said if who]


class SentBack(forms.Form):
    """Why a version is not published, or is taken down."""

    because = words(300, required="Say why, so that it can be put right.", label="Why?")


class Approval(forms.Form):
    """Who signed the statement for the governing body, and when."""

    signed_by = words(
        150,
        required="Say who signed it for the governing body.",
        label="Who signed it for the governing body?",
        help_text="A governor’s name and post, such as Ann Teasdale, chair of governors",
    )
    signed_on = day(
        "Say on which day the governing body approved these words.", label="On which day did they approve these words?"
    )
    is_no_pupil = forms.BooleanField(
        label="Whoever signed it is no pupil of ours", required=False, help_text="Kept on record with your name"
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        # It is asked only once the name is found to be one that a pupil has.
        self.fields["is_no_pupil"].widget = forms.HiddenInput()

    def clean_signed_on(self) -> Any:
        """Not in the future."""
        on = self.cleaned_data["signed_on"]
        if on > today():
            raise forms.ValidationError("That day has not come yet. Record the approval once it is given.")
        return on

    def ask_who_it_is(self, names: str) -> None:
        """The name is one that a pupil has: whoever records it says that it is somebody else."""
        self.fields["is_no_pupil"].widget = forms.CheckboxInput()
        self.add_error(
            "is_no_pupil",
            f"{names} is the name of a pupil, who may not be named in public. If it is somebody else of that name, tick this.",
        )
