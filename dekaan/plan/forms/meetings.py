"""What may be typed of meetings, decisions and tasks."""

from datetime import date
from functools import cache
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today
from dekaan.core.day_field import day, within_reach
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Radios, Ticks, choice, under_headings, words
from dekaan.plan.forms.owning import Owned, WithoutPupils, owner, owner_name, somebody, text
from dekaan.plan.models import Decision, Meeting, Task
from dekaan.plan.queries.plans import possible_owners
from dekaan.team.queries import by_role

DUE = "Give the day by which it is done."
PASSED = "That day has passed, so it would be overdue at once. Give today or a day to come."


class DueToCome(Owned):
    """A form in which somebody is to do something by a day: the day is still to come, unless it stood there before."""

    stood: date | None = None

    def clean_due_on(self) -> date | None:
        """A day that has passed is refused."""
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and due_on < today() and due_on != self.stood:
            raise forms.ValidationError(PASSED)
        return due_on


class NewMeeting(WithoutPupils, forms.Form):
    """A meeting in the diary."""

    FREE = ("title", "own_agenda")

    kind = choice(required="Choose what kind it is.", label="What kind?", choices=Meeting.Kind.choices, widget=Radios)
    title = words(150, label="What is it called?", help_text="Left blank: as its kind")
    held_on = day("Give the day of the meeting.", label="On which day?", validators=[within_reach])
    starts_at = forms.TimeField(
        label="At what time?",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Give the time as hours and minutes, such as 15:30."},
    )
    chair = somebody("Who takes the chair?", empty_label="Nobody on this list")
    chair_name = words(150, label="Or somebody who is not on the staff list", help_text="Name and capacity")
    members: Any = forms.ModelMultipleChoiceField(
        label="Who of the staff belongs to it?",
        queryset=None,
        required=False,
        widget=Ticks,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_pk_value"), "Choose among the staff on the list."),
    )
    others = text(
        2000,
        3,
        label="Who besides?",
        help_text="A line each, with what they are: “M. Lunt, link governor”",
    )
    own_agenda = text(
        2000, 3, label="What else is to be talked about?", help_text="A line each; what is open comes by itself"
    )

    def __init__(self, data: Any = None, *, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        held = [each.staff_id for each in meeting.members.all()] if meeting else []
        people = possible_owners([*held, meeting.chair_id if meeting else None])
        fields: dict[str, Any] = self.fields
        fields["chair"].queryset = fields["members"].queryset = people
        groups = cache(lambda: by_role(people, today()))
        under_headings(fields["chair"], groups)
        under_headings(fields["members"], groups)

    def clean_others(self) -> str:
        """A line is a name, and what they are, not too long."""
        for name, capacity in _others(self.cleaned_data["others"]):
            if len(name) > 150 or len(capacity) > 100 or not name:
                raise forms.ValidationError("Write a line for each: a name, a comma, and what they are in a few words.")
        return str(self.cleaned_data["others"])

    def clean(self) -> dict[str, Any]:
        """One person is in the chair."""
        data = super().clean()
        if data.get("chair") and data.get("chair_name"):
            self.add_error("chair_name", "Choose somebody on the list or write a name, not both.")
        return data

    def said(self) -> dict[str, Any]:
        """As the changes take it."""
        return {**self.cleaned_data, "others": _others(self.cleaned_data["others"])}


def _others(lines: str) -> list[tuple[str, str]]:
    """Names with what they are, from a line each."""
    parts = [each.partition(",") for each in lines.splitlines() if each.strip()]
    return [(name.strip(), capacity.strip()) for name, _, capacity in parts]


def others_as_lines(meeting: Meeting) -> str:
    """Those who are not on the staff list, a line each."""
    return "\n".join(
        f"{each.name}, {each.capacity}" if each.capacity else each.name
        for each in meeting.members.all()
        if each.staff_id is None
    )


def members_of(meeting: Meeting) -> dict[str, Any]:
    """Who belongs to a meeting and takes its chair, as a form begins with it."""
    return {
        "chair": meeting.chair_id,
        "chair_name": meeting.chair_name,
        "members": [each.staff_id for each in meeting.members.all() if each.staff_id],
        "others": others_as_lines(meeting),
    }


class ChangedMeeting(Edits, NewMeeting):
    """A meeting, to be corrected."""

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        names = ("kind", "title", "held_on", "starts_at", "own_agenda")
        initial = {name: getattr(meeting, name) for name in names} | members_of(meeting)
        super().__init__(data, meeting=meeting, initial=initial)
        self.meeting_id = meeting.pk

    def saved_by(self) -> str:
        """Who saved the meeting last."""
        return last_saved_by("meeting", self.meeting_id)


class HeldMeeting(Edits, WithoutPupils, forms.Form):
    """What was said in a meeting, and who was there."""

    FREE = ("notes",)

    came = choice(many=True, label="Who was there?", widget=forms.CheckboxSelectMultiple)
    notes = text(
        8000, 8, label="Notes", help_text="What was decided has its own place, so that it becomes somebody’s task"
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        rows = list(meeting.members.all())
        came = [str(each.pk) for each in rows if each.came is not False]
        super().__init__(data, initial={"notes": meeting.notes, "came": came})
        self.rows, self.meeting_id = rows, meeting.pk
        fields: dict[str, Any] = self.fields
        if rows:
            fields["came"].choices = [(str(each.pk), str(each)) for each in rows]
        else:
            del fields["came"]

    def said(self) -> dict[str, Any]:
        """As the change takes it."""
        ticked = set(self.cleaned_data.get("came", ()))
        return {"notes": self.cleaned_data["notes"], "came": [each for each in self.rows if str(each.pk) in ticked]}

    def saved_by(self) -> str:
        """Who saved the meeting last."""
        return last_saved_by("meeting", self.meeting_id)


class CallOff(WithoutPupils, forms.Form):
    """Why a meeting does not take place."""

    FREE = ("because",)

    because = words(300, required="Say in a sentence why.", label="Why?")


class NewTask(DueToCome, forms.Form):
    """Something that somebody is to do by a day."""

    FREE = ("title",)

    title = words(300, required="Say what is to be done.", label="What is to be done?")
    owner = owner()
    owner_name = owner_name()
    due_on = day(DUE, label="By when?", validators=[within_reach])

    def __init__(self, data: Any = None, *, task: Task | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer_owners(task.owner_id if task else None)
        self.stood = task.due_on if task else None


class ChangedTask(Edits, NewTask):
    """A task, to be corrected."""

    def __init__(self, data: Any = None, *, task: Task) -> None:
        names = ("title", "owner", "owner_name", "due_on")
        super().__init__(data, task=task, initial={name: getattr(task, name) for name in names})
        self.task_id = task.pk

    def saved_by(self) -> str:
        """Who saved the task last."""
        return last_saved_by("task", self.task_id)


class NewDecision(DueToCome, forms.Form):
    """What was decided; and what follows from it, for whom and by when."""

    FREE = ("decided", "title")

    decided = words(500, required="Say what was decided.", label="What was decided?")
    title = words(300, label="What is to be done about it?", help_text="Left blank where nothing is")
    owner = owner()
    owner_name = owner_name()
    due_on = day(DUE, label="By when?", required=False, validators=[within_reach])

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer_owners()

    def clean(self) -> dict[str, Any]:
        """A task has its day, and a day or a person its task."""
        data = super().clean()
        if data.get("title") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", DUE)
        given = data.get("due_on") or data.get("owner") or data.get("owner_name")
        if given and not data.get("title") and "title" not in self.errors:
            self.add_error("title", "Say what is to be done, or leave the person and the day blank.")
        return data

    def task(self) -> dict[str, Any] | None:
        """The task that follows, or none."""
        data = self.cleaned_data
        names = ("title", "owner", "owner_name", "due_on")
        return {name: data[name] for name in names} if data["title"] else None


class ChangedDecision(Edits, WithoutPupils, forms.Form):
    """A decision, to be corrected."""

    FREE = ("decided",)

    decided = words(500, required="Say what was decided.", label="What was decided?")

    def __init__(self, data: Any = None, *, decision: Decision) -> None:
        super().__init__(data, initial={"decided": decision.words})
        self.decision_id = decision.pk

    def saved_by(self) -> str:
        """Who saved the decision last."""
        return last_saved_by("decision", self.decision_id)


class EndTask(WithoutPupils, forms.Form):
    """How a task ends; from a decision, with what changed because of it."""

    FREE = ("outcome",)

    ending = choice(
        required="Choose how it ends.",
        label="How does it end?",
        choices=[(Task.Ending.DONE, "It is done"), (Task.Ending.DROPPED, "It is dropped")],
        widget=forms.RadioSelect,
    )
    outcome = text(500, 3, label="What came of it, or why is it dropped?")

    def __init__(self, data: Any = None, *, task: Task) -> None:
        super().__init__(data, initial={"ending": Task.Ending.DONE})
        self.is_decided = task.decision_id is not None
        if self.is_decided:
            self.fields["outcome"].label = "What changed because of it, or why is it dropped?"
            self.fields["outcome"].help_text = "The next report says it"

    def clean(self) -> dict[str, Any]:
        """Dropped has a reason, and what was decided an outcome."""
        data = super().clean()
        missing = not data.get("outcome") and "outcome" not in self.errors
        if data.get("ending") == Task.Ending.DROPPED and missing:
            self.add_error("outcome", "Say in a sentence why it is dropped.")
        elif self.is_decided and missing:
            self.add_error("outcome", "Say in a sentence what changed because of it: it follows from a decision.")
        return data
