"""What may be typed in planning: what it is, when, where, and for whom."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.day_field import day, within_reach
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks, choice, words
from dekaan.frameworks.queries import Benchmark, activity_types, counted_criteria, frameworks, ids_of
from dekaan.people.models import Group, Pupil
from dekaan.people.queries import may_lead, tutor_groups, year_groups
from dekaan.programme.changes import Invited
from dekaan.programme.forms.learning import Learns
from dekaan.programme.forms.partners import OtherPartner, kind_of_partner, partner, take_from_directory
from dekaan.programme.models import Activity, Audience, Mode, Session
from dekaan.programme.pasted import find_pupils

BY_HAND = "Names either way round, admission numbers or e-mails; one a line"


def _staff(label: str, **more: Any) -> Any:
    said = {"invalid_choice": "Choose somebody of the staff on the list."}
    return forms.ModelChoiceField(label=label, queryset=None, required=False, error_messages=said, **more)


class Who(forms.Form):
    """Whom a session invites: year groups, tutor groups, or both."""

    year_groups = choice(many=True, label="Year groups", widget=Ticks)
    tutor_groups = choice(many=True, label="Or tutor groups", widget=Ticks)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = academic_year_of(today())
        self.groups = {str(group.pk): group for group in tutor_groups(year)}
        by_year: dict[str, list[tuple[str, str]]] = {}
        for pk, group in self.groups.items():
            by_year.setdefault(f"Year {group.year_group}" if group.year_group else "Other", []).append((pk, group.name))
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in year_groups(year)]  # type: ignore[attr-defined]
        self.fields["tutor_groups"].choices = list(by_year.items())  # type: ignore[attr-defined]

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

    title = words(
        200,
        required="Say what it is.",
        label="What is it?",
        help_text="As you would say it: “Engineering at Millworks”",
    )
    activity_type = choice(required="Choose the kind: it decides what this counts towards.", label="Kind")
    partner_name = partner()
    partner_kind = kind_of_partner()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity_type"].choices = [  # type: ignore[attr-defined]
            ("", "Choose the kind"),
            *((each.key, each.name) for each in activity_types().values()),
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody is invited, and a partner that is named has a kind: the usual one, unless told otherwise."""
        data = super().clean() or {}
        self.check_somebody()
        take_from_directory(data)
        if data.get("partner_name") and not data.get("partner_kind") and data.get("activity_type"):
            data["partner_kind"] = activity_types()[data["activity_type"]].usual_partner
            if not data["partner_kind"]:
                self.add_error(
                    "partner_kind", "Say what kind of employer or provider it is: it decides what this counts for."
                )
        return data


class Unplanned(What):
    """Something that happened and nobody had planned."""

    held_on = day("Give the day on which it was.", label="When was it?")
    field_order = ("title", "activity_type", "held_on", "year_groups", "tutor_groups", "partner_name", "partner_kind")

    def clean_held_on(self) -> Any:
        """Not a day to come."""
        if self.cleaned_data["held_on"] > today():
            raise forms.ValidationError("That day has not come yet: plan it instead.")
        return self.cleaned_data["held_on"]


class When(forms.Form):
    """When, where and by whom."""

    held_on = day(label="Date", validators=[within_reach])
    starts_at = forms.TimeField(
        label="Time",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Give the time as hours and minutes, such as 09:05."},
    )
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=1,
        max_value=10000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Give the minutes as a whole number from 1 to 10000."
        ),
    )
    place = words(100, label="Place")
    led_by = _staff("Led by", empty_label="Nobody yet")
    adviser = _staff(
        "Careers adviser",
        empty_label="None",
        help_text="For guidance meetings: they count only where the adviser was suitably qualified on the day",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever holds the meeting can be said, qualified or not: the school may enter the qualification later.
        for name in ("led_by", "adviser"):
            self.fields[name].queryset = may_lead()  # type: ignore[attr-defined]


WHEN = ("held_on", "starts_at", "minutes", "place", "led_by", "adviser")
WITH_WHOM = ("partner_name", "partner_kind")


class NewActivity(What, When, Learns):
    """An activity and its first session, in one form."""

    field_order = (
        "title", "activity_type", "held_on", "year_groups", "tutor_groups", "partner_name", "partner_kind",
        "starts_at", "minutes", "place", "led_by", "adviser",
    )  # fmt: skip

    def put_first(self, benchmark: Benchmark) -> None:
        """The kinds that usually count towards the benchmark stand before the rest."""
        meant = {each.id for each in benchmark.criteria}
        kinds = list(activity_types().values())
        counting = [each for each in kinds if meant & {*each.criteria, *each.criteria_with_employer}]
        if counting:
            others = [each for each in kinds if each not in counting]
            self.fields["activity_type"].choices = [  # type: ignore[attr-defined]
                ("", "Choose the kind"),
                (f"Count towards {benchmark.number}. {benchmark.title}", [(each.key, each.name) for each in counting]),
                ("Other kinds", [(each.key, each.name) for each in others]),
            ]


class NewSession(OtherPartner, Who, When):
    """A further session of an activity."""

    field_order = (
        "held_on", "year_groups", "tutor_groups", "starts_at", "minutes", "place", "led_by", "adviser", "partner_name",
        "partner_kind",
    )  # fmt: skip

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity

    def clean(self) -> dict[str, Any]:
        """Somebody is invited where the activity is for pupils."""
        data = super().clean() or {}
        if self.activity.audience == Audience.PUPILS:
            self.check_somebody()
        return data


class ChangedSession(Edits, OtherPartner, Who, When):
    """A session as it is, to be changed; once something is recorded its list stands, and people are added by hand."""

    pupils = choice(many=True, label="Pupils invited by name", widget=Ticks)
    more = forms.CharField(
        label="Also invite",
        help_text=BY_HAND,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20000,
        required=False,
        error_messages={"max_length": "Paste fewer names at a time."},
    )
    field_order = (*WHEN, *WITH_WHOM, "year_groups", "tutor_groups", "pupils", "more")

    def __init__(self, data: Any = None, *, session: Session, everyone: QuerySet[Pupil]) -> None:
        invitations = list(session.invitations.select_related("pupil"))
        self.named = {str(each.pupil_id): each.pupil for each in invitations if each.pupil}
        super().__init__(
            data,
            initial={name: getattr(session, name) for name in (*WHEN, *WITH_WHOM)}
            | {
                "year_groups": [str(each.year_group) for each in invitations if each.year_group is not None],
                "tutor_groups": [str(each.group_id) for each in invitations if each.group_id],
                "pupils": [*self.named],
            },
        )
        self.session, self.everyone, self.added = session, everyone, list[Pupil]()
        self.activity = session.activity
        self.fields["pupils"].choices = [(pk, str(pupil)) for pk, pupil in self.named.items()]  # type: ignore[attr-defined]
        for name in ("led_by", "adviser"):  # whoever has left since stays until another is chosen
            field = self.fields[name]
            field.queryset |= field.queryset.model.objects.filter(pk=getattr(session, f"{name}_id"))  # type: ignore[attr-defined]
        if not self.named or session.has_begun:
            del self.fields["pupils"]
        if session.has_begun:
            del self.fields["year_groups"], self.fields["tutor_groups"]
            self.fields["more"].label = "Add pupils who were there"

    def saved_by(self) -> str:
        """Who saved the session last."""
        return last_saved_by("session", self.session.pk)

    def clean(self) -> dict[str, Any]:
        """Those to be added are known, and somebody is left who is invited."""
        data = super().clean() or {}
        found = find_pupils(data.get("more", ""), self.everyone if data.get("more") else ())
        self.added = found.matched
        for line, pupils in found.doubtful:
            names = "; ".join(str(pupil) for pupil in pupils[:5])
            self.add_error("more", f"“{line}” may be {names}: write the whole name, or a number.")
        for line in found.unknown:
            self.add_error("more", f"“{line}” is nobody at this school.")
        if not self.session.has_begun and self.session.activity.audience == Audience.PUPILS and not self.invited():
            self.add_error("year_groups", "Choose at least one year group, tutor group or pupil.")
        return data

    def invited(self) -> Invited:
        """Whom the form says, those invited by name too."""
        kept = [self.named[pk] for pk in self.cleaned_data.get("pupils", ())]
        return Invited(
            year_groups=tuple(int(each) for each in self.cleaned_data.get("year_groups", ())),
            groups=tuple(self.groups[pk] for pk in self.cleaned_data.get("tutor_groups", ())),
            pupils=tuple(dict.fromkeys([*kept, *self.added])),
        )

    def when(self) -> dict[str, Any]:
        """When, where, by whom, and with whom."""
        return {name: self.cleaned_data[name] for name in WHEN} | self.with_whom()


class ActivityDetails(Edits, forms.Form):
    """An activity's own facts, and what it counts towards."""

    title = words(200, required="Say what it is.", label="Title")
    mode = choice(required="Say where and how.", label="Where and how", choices=Mode.choices)
    partner_name = partner()
    partner_kind = kind_of_partner()
    description = words(4000, label="Notes", widget=forms.Textarea(attrs={"rows": 4}))
    activity_id: int
    criteria = choice(
        many=True,
        label="Counts towards",
        widget=forms.CheckboxSelectMultiple,
        help_text="A change is carried into what is already recorded, and counted at once",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        short = {each.key: each.short for each in frameworks()}
        self.fields["criteria"].choices = [  # type: ignore[attr-defined]
            (each.id, f"{short[each.framework]} · {each.code} {each.title}") for each in counted_criteria()
        ]

    def clean(self) -> dict[str, Any]:
        """A name of the directory is that organisation's; a template names nobody."""
        data = super().clean() or {}
        if "partner_name" in self.fields:
            take_from_directory(data)
        return data

    def saved_by(self) -> str:
        """Who saved the activity last."""
        return last_saved_by("activity", self.activity_id)

    @classmethod
    def of(cls, activity: Activity, data: Any = None) -> "ActivityDetails":
        """The form filled with the activity as it is."""
        names = ("title", "mode", "partner_name", "partner_kind", "description")
        form = cls(
            data, initial={name: getattr(activity, name) for name in names} | {"criteria": ids_of(activity.criteria)}
        )
        form.activity_id = activity.pk
        return form


class CatchUp(forms.Form):
    """When a catch-up is put on."""

    held_on = day("Give the day on which they catch up.", label="When do they catch up?", validators=[within_reach])


class Ending(forms.Form):
    """Why a session will not happen."""

    because = choice(
        required="Say what happened.",
        label="What happened?",
        widget=forms.RadioSelect,
        choices=[
            ("cancelled by us", "We cancelled it"),
            ("cancelled by them", "The employer or provider cancelled"),
            ("postponed", "It is put off; a new date will be planned"),
            ("planned by mistake", "It was planned by mistake"),
        ],
    )
