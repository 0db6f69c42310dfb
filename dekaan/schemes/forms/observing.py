"""What may be typed of an observation: the day, the kind and what was seen; the rest as far as there is any."""

from datetime import date
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import FIRST, academic_year_of, today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Radios, Ticks, choice, words
from dekaan.frameworks.queries import criteria, frameworks, theme_sets
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff, year_groups
from dekaan.programme.models import Session
from dekaan.schemes.models import Observation, SchemeLesson
from dekaan.schemes.queries import theme_names, things_to_observe

PLAIN = (
    "kind", "seen_on", "seen", "good", "to_work_on", "visitor", "of_what", "criteria", "themes", "action", "action_due_on",
)  # fmt: skip


def _somebody(label: str, **more: Any) -> Any:
    said = {"invalid_choice": "Choose somebody of the staff on the list."}
    return forms.ModelChoiceField(label=label, queryset=None, required=False, error_messages=said, **more)


def _text(most: int, rows: int, **more: Any) -> forms.CharField:
    return words(most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class NewObservation(forms.Form):
    """An observation, asked as a person thinks of it."""

    kind = choice(required="Choose what it was.", label="What was it?", choices=Observation.Kind.choices, widget=Radios)
    seen_on = day("Give the day on which it was.", label="On which day?")
    seen = _text(4000, 5, required="Say what was seen.", label="What was seen?")
    good = _text(2000, 3, label="What was good?")
    to_work_on = _text(2000, 3, label="What is to work on?")
    of = choice(label="Of a session or a lesson")
    of_what = words(150, label="Or in your own words", help_text="“Options assemblies”, “careers displays in science”")
    year_groups = choice(many=True, label="Year groups", widget=Ticks)
    seen_by = _somebody("Who looked?", empty_label="A visitor only, or not said")
    visitor = words(120, label="A visitor who looked", help_text="Name and role: “A. Dale, the trust’s careers lead”")
    action = words(300, label="What will be done?")
    action_who = _somebody("Who sees to it?", empty_label="Nobody named yet")
    action_due_on = day("Give the day by which it is done.", label="Until when?", required=False)
    criteria = choice(many=True, label="Criteria", widget=Ticks)
    themes = choice(many=True, label="Themes of an award", widget=Ticks)

    def __init__(
        self,
        data: Any = None,
        *,
        initial: dict[str, Any],
        besides: Observation | None = None,
        session: Session | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        sessions, lessons = things_to_observe(besides=besides, session=session)
        self.things: dict[str, Session | SchemeLesson] = {f"session-{each.pk}": each for each in sessions}
        self.things |= {f"lesson-{each.pk}": each for each in lessons}
        listed = [(f"session-{each.pk}", f"{each.called}, {each.held_on:%-d %B %Y}") for each in sessions]
        schemes: dict[str, list[tuple[str, str]]] = {}
        for each in lessons:
            schemes.setdefault(str(each.scheme), []).append((f"lesson-{each.pk}", str(each)))
        fields: dict[str, Any] = self.fields
        fields["of"].choices = [
            ("", "None of these"),
            *([("Sessions of the last four weeks", listed)] if listed else []),
            *schemes.items(),
        ]
        people = staff()
        if besides is not None:  # whoever has left stays until another is chosen
            people = people | StaffMember.objects.filter(pk__in=[besides.seen_by_id or 0, besides.action_who_id or 0])
        fields["seen_by"].queryset = fields["action_who"].queryset = people
        here = sorted({*year_groups(academic_year_of(today())), *(besides.year_groups if besides else ())})
        fields["year_groups"].choices = [(str(each), f"Year {each}") for each in here]
        self._offer_criteria_and_themes(besides)

    def _offer_criteria_and_themes(self, besides: Observation | None) -> None:
        held = set(besides.criteria) if besides else set()
        offered = [
            (f"{each.short} · {part.number}", [(one.id, f"{one.code} {one.title}") for one in listed])
            for each in frameworks()
            for part in each.benchmarks
            if (listed := [one for one in part.criteria if each.is_in_force(today()) or one.id in held])
        ]
        gone = [(each, each) for each in sorted(held - set(criteria()))]  # of a file that is not there any more
        fields: dict[str, Any] = self.fields
        fields["criteria"].choices = offered + ([("Of before", gone)] if gone else [])
        names = theme_names()  # one that nobody has named says nothing to whoever ticks
        if besides:
            names |= {
                each: names[each] or "A theme that has no name any more" for each in besides.themes if each in names
            }
        fields["themes"].choices = [
            (found.title, listed)
            for found in theme_sets()
            if (listed := [(each.key, names[each.key]) for each in found.themes if names[each.key]])
        ]

    def clean_seen_on(self) -> date:
        """Not a day to come, nor one before anybody kept anything."""
        given: date = self.cleaned_data["seen_on"]
        if given > today():
            raise forms.ValidationError("That day has not come yet.")
        if given.year <= FIRST:
            raise forms.ValidationError(f"Give a year after {FIRST}.")
        return given

    def clean(self) -> dict[str, Any]:
        """An action has its day, and a day its action."""
        data = super().clean() or {}
        if data.get("action") and not data.get("action_due_on") and "action_due_on" not in self.errors:
            self.add_error("action_due_on", "Give the day by which it is done.")
        if not data.get("action") and (data.get("action_due_on") or data.get("action_who")):
            self.add_error("action", "Say what will be done, or leave the day and the person blank.")
        return data

    def said(self) -> dict[str, Any]:
        """The fields of the observation as typed."""
        data = self.cleaned_data
        thing = self.things.get(data["of"])
        return {name: data[name] for name in PLAIN} | {
            "seen_by": data["seen_by"],
            "action_who": data["action_who"],
            "session": thing if isinstance(thing, Session) else None,
            "lesson": thing if isinstance(thing, SchemeLesson) else None,
            "year_groups": sorted(int(each) for each in data["year_groups"]),
        }


class ChangedObservation(Edits, NewObservation):
    """An observation as it is, to be corrected."""

    def __init__(self, data: Any = None, *, observation: Observation) -> None:
        initial = {name: getattr(observation, name) for name in (*PLAIN, "seen_by", "action_who")}
        initial |= {"year_groups": [str(each) for each in observation.year_groups]}
        initial |= {
            "of": f"session-{observation.session_id}"
            if observation.session_id
            else f"lesson-{observation.lesson_id}"
            if observation.lesson_id
            else ""
        }
        super().__init__(data, initial=initial, besides=observation)
        self.observation_id = observation.pk

    def saved_by(self) -> str:
        """Who saved the observation last."""
        return last_saved_by("observation", self.observation_id)


class Dropped(forms.Form):
    """Why something will not be done."""

    because = words(200, required="Say why it is dropped.", label="Why is it dropped?")
