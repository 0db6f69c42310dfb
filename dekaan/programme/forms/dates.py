"""What may be typed of the school's calendar: its breaks, and what else takes up a day."""

from datetime import date, timedelta
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import academic_year_of, today, year_end, year_label, year_start
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks
from dekaan.people.queries import year_groups
from dekaan.schools.models import CalendarEntry
from dekaan.schools.queries import BREAKS, Days, calendar

KINDS = [(kind.value, kind.label) for kind in CalendarEntry.Kind if kind not in BREAKS]
MOST_BREAKS = 8
LONGEST = timedelta(days=120)


class CalendarDetails(Edits, forms.Form):
    """A day, or days, that something takes up."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("", "Choose what it is"), *KINDS],
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one of those on the list."},
    )
    title = forms.CharField(
        label="Name",
        required=False,
        max_length=100,
        help_text="As it is called at school: “GCSE exams”",
        error_messages={"max_length": "Say it in 100 letters or fewer."},
    )
    starts_on = day("Give the first day.", label="First day")
    ends_on = day(label="Last day", required=False, help_text="Where it is more than one day")
    year_groups = forms.MultipleChoiceField(
        label="For which year groups?",
        required=False,
        widget=Ticks,
        help_text="None ticked is all of them",
        error_messages={"invalid_choice": "Choose from the year groups on the list."},
    )

    def __init__(self, data: Any = None, *, entry: CalendarEntry | None = None, starts_on: date | None = None) -> None:
        names = ("kind", "title", "starts_on", "ends_on")
        initial: dict[str, Any] = {"starts_on": starts_on}
        if entry is not None:
            initial = {name: getattr(entry, name) for name in names}
            initial["year_groups"] = [str(each) for each in entry.year_groups]
        super().__init__(data, initial=initial)
        self.entry = entry
        here = {*year_groups(academic_year_of(today())), *(entry.year_groups if entry else ())}
        self.fields["year_groups"].choices = [(str(each), f"Year {each}") for each in sorted(here)]  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved the entry last."""
        return last_saved_by("calendar entry", self.entry.pk if self.entry else None)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, nor much later; what has no kind of its own has a name."""
        data = super().clean() or {}
        first = data.get("starts_on")
        last = data["ends_on"] = data.get("ends_on") or first
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        elif first and last and last - first > LONGEST:
            self.add_error("ends_on", "That is longer than four months: look at both days again.")
        if data.get("kind") == CalendarEntry.Kind.OTHER and not data.get("title"):
            self.add_error("title", "Say what it is called.")
        data["year_groups"] = [int(each) for each in data.get("year_groups", ())]
        return data


class TermDates(Edits, forms.Form):
    """The breaks of a year, each by its first and last day; what lies between them are the half-terms."""

    def __init__(self, data: Any = None, *, academic_year: int) -> None:
        self.academic_year, breaks = academic_year, calendar(academic_year).breaks
        initial: dict[str, Any] = {}
        for number, (first, last) in enumerate(breaks, start=1):
            initial |= {f"first_{number}": first, f"last_{number}": last}
        super().__init__(data, initial=initial)
        for number in range(1, MOST_BREAKS + 1):
            self.fields[f"first_{number}"] = day(label=f"Break {number}: first day", required=False)
            self.fields[f"last_{number}"] = day(label=f"Break {number}: last day", required=False)

    def saved_by(self) -> str:
        """Who saved the year's term dates last."""
        return last_saved_by("term dates", self.academic_year)

    def clean(self) -> dict[str, Any]:
        """Each break has both days, in the year and in order; they do not overlap, and the last is the summer's."""
        data, ends = super().clean() or {}, year_end(self.academic_year)
        self.breaks: list[Days] = []
        for number in range(1, MOST_BREAKS + 1):
            first, last = data.get(f"first_{number}"), data.get(f"last_{number}")
            if bool(first) != bool(last):
                if not self.has_error(f"first_{number}") and not self.has_error(f"last_{number}"):
                    self.add_error(
                        f"{'last' if first else 'first'}_{number}", "Give both days of the break, or neither."
                    )
            elif first and last and last < first:
                self.add_error(f"last_{number}", "The last day is before the first.")
            elif first and last and not year_start(self.academic_year) <= first <= last <= ends:
                self.add_error(f"first_{number}", f"That is not in {year_label(self.academic_year)}.")
            elif first and last:
                self.breaks.append((first, last))
        self.breaks.sort()
        if any(later[0] <= earlier[1] for earlier, later in zip(self.breaks, self.breaks[1:], strict=False)):
            self.add_error(None, "Two of the breaks overlap.")
        elif not self.errors and (not self.breaks or self.breaks[-1][1] != ends):
            self.add_error(None, f"The last break is the summer holiday: it lasts to {ends:%-d %B %Y}.")
        return data
