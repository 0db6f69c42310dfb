"""What may be typed of resources, of what they were used in, and who presses a public link."""

from typing import Any

from django import forms

from dekaan.access.models import User
from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import FIRST, LAST, academic_year_of, months_after, today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.fetching.addresses import NotAnAddress, address_of
from dekaan.core.plain_fields import Radios, Ticks, choice, words
from dekaan.frameworks.queries import activity_types
from dekaan.library.models import Audience, Resource
from dekaan.library.queries import in_use, key_stages, kinds, resources_of, starters_left, use_types
from dekaan.people.models import Group, StaffMember
from dekaan.people.queries import staff, tutor_groups, year_groups
from dekaan.programme.changes import Invited
from dekaan.programme.models import Activity

FIELDS = ("title", "says", "address", "kept_at", "kind", "audiences", "subject", "owner", "review_on", "is_public")


def _owner() -> Any:
    required = "Say whose it is: they are told when its link breaks or its review is due."
    return forms.ModelChoiceField(
        label="Whose is it?",
        help_text="They look at it again when its review is due",
        queryset=None,
        required=False,
        empty_label="Nobody yet",
        error_messages={"invalid_choice": "Choose somebody of the staff on the list.", "required": required},
    )


def _ask_for_owner(field: Any, people: Any, by: User | None) -> Any:
    """The field asks for somebody of these, where there is anybody; whom is filled in: whoever adds it, if of the staff."""
    field.queryset = people
    field.required = people.exists()
    if field.required:
        field.empty_label = "Choose whose"
    return people.filter(user=by).first() if by else None


class Find(forms.Form):
    """Which resources are listed."""

    words = words(100, label="Find")
    audience = choice(label="For")
    years = choice(label="Year groups")
    kind = choice(label="What it is")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["audience"].choices = [("", "Everybody"), *Audience.choices]  # type: ignore[attr-defined]
        self.fields["years"].choices = [("", "All"), *((str(key), name) for key, name in key_stages().items())]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Anything"), *((each.key, each.name) for each in kinds().values())]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What is asked for; what makes no sense is not."""
        self.is_valid()
        data = self.cleaned_data
        years = data.get("years", "")
        return {
            "words": data.get("words", ""),
            "audience": data.get("audience", ""),
            "kind": data.get("kind", ""),
            "key_stage": int(years) if years else None,
        }


class ResourceDetails(Edits, forms.Form):
    """A resource: what it is, where it is, whom it is for, whose it is and until when."""

    title = words(120, required="Give the resource its name.", label="Name")
    says = words(300, label="What is it good for?", help_text="In a sentence, as a pupil or parent would read it")
    address = words(500, label="Address on the web", help_text="As it stands in the browser: it begins with https://")
    kept_at = words(200, label="Or where it is kept", help_text="“Careers office, shelf 2”, or a folder on the drive")
    kind = choice(required="Choose what it is.", label="What is it?")
    audiences = choice(required="Say whom it is for.", many=True, label="Whom is it for?", widget=Ticks)
    key_stages = choice(many=True, label="For which year groups?", widget=Ticks, help_text="None ticked: for all")
    subject = words(60, label="Subject or theme", help_text="Where it belongs to one: “Mathematics”, “Apprenticeships”")
    owner = _owner()
    review_on = day("Give the day.", label="Review it on", required=False)
    is_public = forms.BooleanField(
        label="It has a public link",
        help_text="The careers page offers it to those it is for, and presses on its link are counted. Needs an address.",
        required=False,
    )
    is_set_aside = forms.BooleanField(
        label="It is not used any more", help_text="It is kept for its history, and offered nowhere", required=False
    )

    def __init__(self, data: Any = None, *, resource: Resource | None = None, by: User | None = None) -> None:
        if resource is None:
            initial: dict[str, Any] = {"review_on": months_after(today(), 12), "audiences": [Audience.PUPILS.value]}
        else:
            initial = {name: getattr(resource, name) for name in FIELDS}
            initial |= {
                "key_stages": [str(each) for each in resource.key_stages],
                "is_set_aside": resource.set_aside_on is not None,
            }
        super().__init__(data, initial=initial)
        self.resource, people = resource, staff()
        if resource is not None and resource.owner_id:  # whoever has left stays until another is chosen
            people = people | StaffMember.objects.filter(pk=resource.owner_id)
        adds = _ask_for_owner(self.fields["owner"], people, by)
        if resource is None:
            self.initial["owner"] = adds
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", "Choose what it is"),
            *((each.key, each.name) for each in kinds().values()),
        ]
        self.fields["audiences"].choices = Audience.choices  # type: ignore[attr-defined]
        self.fields["key_stages"].choices = [(str(key), name) for key, name in key_stages().items()]  # type: ignore[attr-defined]
        if resource is None:
            del self.fields["is_set_aside"]

    def saved_by(self) -> str:
        """Who saved the resource last."""
        return last_saved_by("resource", self.resource.pk if self.resource else None)

    def clean_address(self) -> str:
        """An address of a website on the public internet."""
        typed = str(self.cleaned_data["address"]).strip()
        if not typed:
            return ""
        try:
            return address_of(typed if "://" in typed else f"https://{typed}").whole
        except NotAnAddress as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        """It is somewhere, and what the public opens is on the web."""
        data = super().clean() or {}
        if not data.get("address") and "address" not in self.errors:
            if not data.get("kept_at"):
                self.add_error("address", "Give its address, or say below where it is kept.")
            elif data.get("is_public"):
                self.add_error("is_public", "Only what has an address on the web can have a public link.")
        if (due := data.get("review_on")) and not FIRST < due.year < LAST:
            self.add_error("review_on", f"Give a year between {FIRST} and {LAST}.")
        return data

    def details(self) -> dict[str, Any]:
        """The fields of the resource as typed."""
        data = self.cleaned_data
        stages = [int(each) for each in data["key_stages"]] or [*key_stages()]
        found = {name: data[name] for name in FIELDS} | {"key_stages": stages}
        if self.resource is not None:
            found["set_aside_on"] = (self.resource.set_aside_on or today()) if data["is_set_aside"] else None
        return found


class Starters(forms.Form):
    """Which public services of the starter list the library begins with."""

    chosen = choice(required="Tick at least one.", many=True, label="Put into the library", widget=forms.CheckboxSelectMultiple)  # fmt: skip
    owner = _owner()

    def __init__(self, data: Any = None, *, by: User | None = None) -> None:
        self.offered = {each.key: each for each in starters_left()}
        super().__init__(data, initial={"chosen": [*self.offered]})
        self.initial["owner"] = _ask_for_owner(self.fields["owner"], staff(), by)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.title}: {each.says[0].lower()}{each.says[1:]}") for key, each in self.offered.items()
        ]


def _resources(**more: Any) -> Any:
    said = {"invalid_choice": "Choose among the resources on the list."}
    return forms.ModelMultipleChoiceField(
        label="Resources", queryset=None, required=False, widget=Ticks, error_messages=said, **more
    )  # fmt: skip


class ActivityResources(Edits, forms.Form):
    """What of the library is used in an activity."""

    resources = _resources()

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        chosen = resources_of(activity)
        super().__init__(data, initial={"resources": [each.pk for each in chosen]})
        self.activity = activity
        offered = in_use() | Resource.objects.filter(pk__in=[each.pk for each in chosen])
        self.fields["resources"].queryset = offered  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved the activity last."""
        return last_saved_by("activity", self.activity.pk)


class Use(forms.Form):
    """A lesson or task in which resources were used, and that nobody had planned."""

    resources = _resources()
    title = words(200, required="Say what it was.", label="What was it?", help_text="“Looking up jobs in tutor time”")
    activity_type = choice(required="Choose what it was.", label="Kind", widget=Radios)
    held_on = day("Give the day on which it was.", label="When was it?")
    year_groups = choice(many=True, label="Year groups", widget=Ticks)
    tutor_groups = choice(many=True, label="Or tutor groups", widget=Ticks)

    def __init__(self, data: Any = None, *, resource: Resource | None = None) -> None:
        initial: dict[str, Any] = {"held_on": today(), "activity_type": use_types()[0]}
        if resource is not None:
            initial |= {"resources": [resource.pk], "title": f"Used {resource.title}"[:200]}
        super().__init__(data, initial=initial)
        year = academic_year_of(today())
        self.groups: dict[str, Group] = {str(group.pk): group for group in tutor_groups(year)}
        by_year: dict[str, list[tuple[str, str]]] = {}
        for pk, group in self.groups.items():
            by_year.setdefault(f"Year {group.year_group}" if group.year_group else "Other", []).append((pk, group.name))
        types = activity_types()
        self.fields["resources"].queryset = in_use()  # type: ignore[attr-defined]
        self.fields["activity_type"].choices = [(key, types[key].name) for key in use_types()]  # type: ignore[attr-defined]
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in year_groups(year)]  # type: ignore[attr-defined]
        self.fields["tutor_groups"].choices = list(by_year.items())  # type: ignore[attr-defined]

    def clean_held_on(self) -> Any:
        """Not a day to come."""
        if self.cleaned_data["held_on"] > today():
            raise forms.ValidationError(
                "That day has not come yet: plan it under Programme, and choose the resource there."
            )
        return self.cleaned_data["held_on"]

    def clean(self) -> dict[str, Any]:
        """Something was used, by somebody."""
        data = super().clean() or {}
        if not data.get("resources") and "resources" not in self.errors:
            self.add_error("resources", "Choose at least one resource.")
        if not data.get("year_groups") and not data.get("tutor_groups"):
            self.add_error("year_groups", "Choose at least one year group or tutor group.")
        return data

    def invited(self) -> Invited:
        """Who was to be there."""
        data = self.cleaned_data
        return Invited(
            year_groups=tuple(int(each) for each in data["year_groups"]),
            groups=tuple(self.groups[pk] for pk in data["tutor_groups"]),
        )


def who_presses(resource: Resource) -> list[tuple[str, str]]:
    """Who may say that it is they who press the link: value and words, those it is for."""
    found: list[tuple[str, str]] = []
    for audience in Audience.values:
        if audience not in resource.audiences:
            continue
        if audience == Audience.STAFF:
            found.append(("staff-0", "A member of staff"))
            continue
        says = "A pupil in" if audience == Audience.PUPILS else "A parent or carer of a pupil in"
        found += [
            (f"{audience}-{key}", f"{says} {name}") for key, name in key_stages().items() if key in resource.key_stages
        ]
    return found
