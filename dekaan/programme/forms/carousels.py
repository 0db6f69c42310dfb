"""What may be typed of a day on which groups go round."""

import re
from datetime import time
from typing import Any

from django import forms

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.day_field import day, within_reach
from dekaan.core.plain_fields import Ticks
from dekaan.frameworks.queries import activity_types, partner_kinds
from dekaan.people.models import Group
from dekaan.people.queries import tutor_groups, year_groups
from dekaan.programme.changes import Slot, Station
from dekaan.programme.models import Audience, Carousel
from dekaan.programme.queries import activity_called, stations_of

MOST_STATIONS, MOST_GROUPS, MOST_SLOTS = 10, 12, 10
SLOT = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|to|until)\s*(\d{1,2})[:.](\d{2})")


class CarouselDay(forms.Form):
    """The day, who goes round, where, and when."""

    title = forms.CharField(
        label="What is the day called?",
        max_length=120,
        error_messages={"required": "Say what the day is called.", "max_length": "Say it in 120 letters or fewer."},
    )
    held_on = day(label="Date", validators=[within_reach])
    tutor_groups = forms.MultipleChoiceField(
        label="Tutor groups",
        required=False,
        widget=Ticks,
        error_messages={"invalid_choice": "Choose from the tutor groups on the list."},
    )
    split = forms.ChoiceField(
        label="Or split a year group",
        required=False,
        error_messages={"invalid_choice": "Choose one of those on the list."},
    )
    into = forms.IntegerField(
        label="Into how many groups?",
        required=False,
        min_value=1,
        max_value=MOST_GROUPS,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Give a whole number from 1 to {MOST_GROUPS}."
        ),
    )
    slots = forms.CharField(
        label="Slots",
        help_text="One a line, such as 9:00 to 9:50",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Give at least one slot.", "max_length": "Give fewer slots."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = academic_year_of(today())
        self.groups = {str(each.pk): each for each in tutor_groups(year)}
        by_year: dict[str, list[tuple[str, str]]] = {}
        for pk, group in self.groups.items():
            by_year.setdefault(f"Year {group.year_group}" if group.year_group else "Other", []).append((pk, group.name))
        choices: dict[str, Any] = {
            "tutor_groups": list(by_year.items()),
            "split": [("", "No"), *((str(each), f"Year {each}") for each in year_groups(year))],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        kinds = [("", "Nobody from outside"), *((each.key, each.name) for each in partner_kinds().values())]
        for_pupils = [each for each in activity_types().values() if each.audience == Audience.PUPILS]
        types = [("", "Choose the kind"), *((each.key, each.name) for each in for_pupils)]
        long = {"max_length": "Say it in 100 letters or fewer."}
        for number in range(1, MOST_STATIONS + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=f"Station {number}: what, or who", required=False, max_length=100, error_messages=long
            )
            self.fields[f"place_{number}"] = forms.CharField(
                label=f"Station {number}: room", required=False, max_length=100, error_messages=long
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=f"Station {number}: kind",
                required=False,
                choices=types,
                error_messages={"invalid_choice": "Choose one of those on the list."},
            )
            self.fields[f"with_{number}"] = forms.ChoiceField(
                label=f"Station {number}: with",
                required=False,
                choices=kinds,
                error_messages={"invalid_choice": "Choose one of those on the list."},
            )

    @staticmethod
    def as_before(carousel: Carousel) -> dict[str, Any]:
        """What is filled in for a day that is set up again: all but when it is and who goes round."""
        said: dict[str, Any] = {
            "title": carousel.title,
            "slots": "\n".join(f"{first} to {last}" for first, last in carousel.slots),
        }
        for number, (what, place, activity) in enumerate(stations_of(carousel)[:MOST_STATIONS], start=1):
            said |= {f"what_{number}": what, f"place_{number}": place}
            if activity:
                said[f"kind_{number}"] = activity.activity_type
                is_partner = activity.title != what  # else the station is the activity of that title
                said[f"with_{number}"] = activity.partner_kind if is_partner else ""
        return said

    @property
    def day_fields(self) -> list[forms.BoundField]:
        """What is said of the day and the groups."""
        return [self[name] for name in ("title", "held_on", "tutor_groups", "split", "into", "slots")]

    @property
    def station_fields(self) -> list[list[forms.BoundField]]:
        """What is said of each station."""
        names = ("what", "place", "kind", "with")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, MOST_STATIONS + 1)]

    def clean_slots(self) -> list[Slot]:
        """Each line a stretch of the day, in order and apart."""
        found: list[Slot] = []
        for line in filter(None, (each.strip() for each in self.cleaned_data["slots"].splitlines())):
            said = SLOT.fullmatch(line)
            try:
                first, last = (
                    (time(int(said[1]), int(said[2])), time(int(said[3]), int(said[4]))) if said else (None, None)
                )
            except ValueError:
                first = last = None
            if first is None or last is None or last <= first:
                raise forms.ValidationError(f"“{line[:40]}” is no slot: write it as 9:00 to 9:50.")
            if found and first < found[-1].ends_at:
                raise forms.ValidationError(f"“{line[:40]}” begins before the slot above it ends.")
            found.append(Slot(first, last))
        if len(found) > MOST_SLOTS:
            raise forms.ValidationError(f"Give at most {MOST_SLOTS} slots.")
        return found

    def clean(self) -> dict[str, Any]:
        """Somebody goes round, there is somewhere to go, and no room is there twice."""
        data = super().clean() or {}
        chosen, split = data.get("tutor_groups") or [], data.get("split")
        if bool(chosen) == bool(split) and not self.has_error("tutor_groups"):
            self.add_error("tutor_groups", "Choose tutor groups, or one year group to split: one of the two.")
        if len(chosen) > MOST_GROUPS:
            self.add_error("tutor_groups", f"Choose at most {MOST_GROUPS} groups.")
        if split and not data.get("into") and not self.has_error("into"):
            self.add_error("into", "Say into how many groups.")
        self.stations: list[Station] = []
        for number in range(1, MOST_STATIONS + 1):
            what, place = data.get(f"what_{number}", "").strip(), data.get(f"place_{number}", "").strip()
            if what:
                kind, partner_kind = data.get(f"kind_{number}", ""), data.get(f"with_{number}", "")
                self.stations.append(Station(what, place, partner_kind, kind))
                if not kind and not self.has_error(f"kind_{number}") and (partner_kind or not activity_called(what)):
                    self.add_error(f"kind_{number}", "Choose the kind: it decides what this station counts towards.")
            elif place:
                self.add_error(f"what_{number}", "Say what, or who, is in that room.")
        if not self.stations and not self.errors:
            self.add_error("what_1", "Give at least one station.")
        taken = [each.place.casefold() for each in self.stations if each.place]
        if len(taken) != len(set(taken)):
            self.add_error(None, "Two stations are in the same room.")
        return data

    def chosen(self) -> list[Group]:
        """The tutor groups, in order."""
        return [self.groups[pk] for pk in self.groups if pk in self.cleaned_data["tutor_groups"]]
