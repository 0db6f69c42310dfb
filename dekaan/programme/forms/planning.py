"""What may be typed about the programme."""

from typing import Any

from django import forms

from dekaan.core.academic_year import academic_year_of, today
from dekaan.frameworks.queries import activity_types, counted_criteria, frameworks, ids_of, partner_kinds
from dekaan.people.models import Group, Pupil
from dekaan.people.queries import staff, tutor_groups, year_groups
from dekaan.programme.changes import Invited
from dekaan.programme.models import Activity, Audience, Mode
from dekaan.programme.queries import RegisterRow


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Give the date as day, month and year, such as 24/11/2026."},
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        **more,
    )


class Who(forms.Form):
    """Whom a session invites: year groups, tutor groups, or both."""

    year_groups = forms.MultipleChoiceField(label="Year groups", required=False, widget=forms.CheckboxSelectMultiple)
    tutor_groups = forms.MultipleChoiceField(
        label="Or tutor groups",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Hold Ctrl to choose more than one",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = academic_year_of(today())
        self.groups = {str(group.pk): group for group in tutor_groups(year)}
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in year_groups(year)]  # type: ignore[attr-defined]
        self.fields["tutor_groups"].choices = [(pk, group.name) for pk, group in self.groups.items()]  # type: ignore[attr-defined]

    def invited(self) -> Invited:
        """Whom the form says."""
        chosen: list[Group] = [self.groups[pk] for pk in self.cleaned_data["tutor_groups"]]
        return Invited(year_groups=tuple(int(each) for each in self.cleaned_data["year_groups"]), groups=tuple(chosen))

    def check_somebody(self) -> None:
        """An error where pupils are meant and nobody is chosen."""
        data = self.cleaned_data
        kind = activity_types().get(data.get("activity_type", ""))
        for_pupils = kind is None or kind.audience == Audience.PUPILS
        if for_pupils and not data.get("year_groups") and not data.get("tutor_groups"):
            self.add_error("year_groups", "Choose at least one year group or tutor group.")


class What(Who):
    """What it is and whom it is with."""

    title = forms.CharField(
        label="What is it?", max_length=200, help_text="As you would say it: “Engineering at Millworks”"
    )
    activity_type = forms.ChoiceField(label="Kind")
    partner_name = forms.CharField(label="Employer or provider", max_length=200, required=False)
    partner_kind = forms.ChoiceField(label="Kind of employer or provider", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity_type"].choices = [(each.key, each.name) for each in activity_types().values()]  # type: ignore[attr-defined]
        self.fields["partner_kind"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((each.key, each.name) for each in partner_kinds().values()),
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody is invited, and a provider that is named has a kind."""
        data = super().clean() or {}
        self.check_somebody()
        if data.get("partner_name") and not data.get("partner_kind"):
            self.add_error(
                "partner_kind", "Say what kind of employer or provider it is: it decides what this counts for."
            )
        return data


class Unplanned(What):
    """Something that happened and nobody had planned."""

    held_on = _day(label="When was it?")
    field_order = ("title", "activity_type", "held_on", "year_groups", "tutor_groups", "partner_name", "partner_kind")

    def clean_held_on(self) -> Any:
        """Not a day to come."""
        if self.cleaned_data["held_on"] > today():
            raise forms.ValidationError("That day has not come yet: plan it instead.")
        return self.cleaned_data["held_on"]


class When(forms.Form):
    """When, where and by whom."""

    held_on = _day(label="Date")
    starts_at = forms.TimeField(label="Time", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=1, max_value=10000)
    place = forms.CharField(label="Place", max_length=100, required=False)
    led_by: Any = forms.ModelChoiceField(label="Led by", queryset=None, required=False, empty_label="Nobody yet")
    adviser: Any = forms.ModelChoiceField(
        label="Careers adviser",
        queryset=None,
        required=False,
        empty_label="None",
        help_text="For guidance meetings: they count only where the adviser was suitably qualified on the day",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["led_by"].queryset = staff()  # type: ignore[attr-defined]
        self.fields["adviser"].queryset = staff().filter(guidance_qualified_from__isnull=False)  # type: ignore[attr-defined]


class NewActivity(What, When):
    """An activity and its first session, in one form."""

    field_order = (
        "title", "activity_type", "held_on", "year_groups", "tutor_groups", "partner_name", "partner_kind",
        "starts_at", "minutes", "place", "led_by", "adviser",
    )  # fmt: skip


class NewSession(Who, When):
    """A further session of an activity."""

    field_order = ("held_on", "year_groups", "tutor_groups", "starts_at", "minutes", "place", "led_by", "adviser")

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity

    def clean(self) -> dict[str, Any]:
        """Somebody is invited where the activity is for pupils."""
        data = super().clean() or {}
        if self.activity.audience == Audience.PUPILS:
            self.check_somebody()
        return data


class ActivityDetails(forms.Form):
    """An activity's own facts, and what it counts towards."""

    title = forms.CharField(label="Title", max_length=200)
    mode = forms.ChoiceField(label="Where and how", choices=Mode.choices)
    partner_name = forms.CharField(label="Employer or provider", max_length=200, required=False)
    partner_kind = forms.ChoiceField(label="Kind of employer or provider", required=False)
    description = forms.CharField(
        label="Notes", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
    )
    criteria = forms.MultipleChoiceField(
        label="Counts towards",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A change is carried into what is already recorded, and counted at once",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        short = {each.key: each.short for each in frameworks()}
        self.fields["criteria"].choices = [  # type: ignore[attr-defined]
            (each.id, f"{short[each.framework]} · {each.code} {each.title}") for each in counted_criteria()
        ]
        self.fields["partner_kind"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((each.key, each.name) for each in partner_kinds().values()),
        ]

    @classmethod
    def of(cls, activity: Activity) -> "ActivityDetails":
        """The form filled with the activity as it is."""
        names = ("title", "mode", "partner_name", "partner_kind", "description")
        return cls(initial={name: getattr(activity, name) for name in names} | {"criteria": ids_of(activity.criteria)})


class Register(forms.Form):
    """Who was there: offers only the invited whom the person may see."""

    present = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "That pupil is not on this register."}
    )

    def __init__(self, rows: list[RegisterRow], data: Any = None) -> None:
        super().__init__(data)
        self.fields["present"].choices = [(str(row.pupil.pk), "") for row in rows]  # type: ignore[attr-defined]

    def marked(self) -> set[int]:
        """Ids of those marked."""
        return {int(pk) for pk in self.cleaned_data["present"]}


class Pasted(forms.Form):
    """A list of absentees, pasted."""

    absent = forms.CharField(
        label="Or paste who was absent",
        help_text="Names either way round, admission numbers or e-mails; one a line",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20000,
        required=False,
    )


class Doubts(forms.Form):
    """Lines of a pasted list that fit several pupils: a person says whom each means."""

    matched = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, doubtful: list[tuple[str, list[Pupil]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (line, pupils) in enumerate(doubtful):
            self.fields[f"line_{number}"] = forms.ChoiceField(
                label=f"“{line}” is",
                required=False,
                choices=[("", "nobody on this list"), *((str(pupil.pk), str(pupil)) for pupil in pupils)],
            )


class CatchUp(forms.Form):
    """When a catch-up is put on."""

    held_on = _day(label="When do they catch up?")


class Ending(forms.Form):
    """Why a session will not happen."""

    because = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        choices=[
            ("cancelled by us", "We cancelled it"),
            ("cancelled by them", "The employer or provider cancelled"),
            ("postponed", "It is put off; a new date will be planned"),
            ("planned by mistake", "It was planned by mistake"),
        ],
    )
