"""How careers is led, who holds which role, on what terms, and whose each responsibility is."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import FIRST, LAST, today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import choice, words
from dekaan.frameworks.queries import KeyRole, key_roles, leadership_models, responsibilities
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.team.forms.holding import NOT_BOTH, colleague, roles_said
from dekaan.team.models import Leadership, Post, TermsOfPost
from dekaan.team.queries import Grid, Standing


def number(label: str, most: int, **more: Any) -> forms.DecimalField:
    """Hours or days a week, to the quarter or finer."""
    said = f"Give a number from 0 to {most}, such as 1.5."
    wrong = dict.fromkeys(
        ("invalid", "max_value", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"), said
    )
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal(),
        max_value=Decimal(most),
        max_digits=4,
        decimal_places=2,
        error_messages=wrong,
        **more,
    )


def in_years_we_know(form: forms.Form, *names: str) -> None:
    """Days lie in years that people live in."""
    for name in names:
        given = form.cleaned_data.get(name)
        if isinstance(given, date) and not FIRST < given.year < LAST:
            form.add_error(name, f"Give a year between {FIRST} and {LAST}.")


def check_since(form: forms.Form, led: Leadership | None) -> None:
    """The day since when something is so has come, and lies within what was said to hold now."""
    since = form.cleaned_data.get("starts_on")
    if isinstance(since, date) and since > today():
        form.add_error("starts_on", "That day is still to come. Say it once it is so.")
    elif isinstance(since, date) and led and since < led.starts_on:
        form.add_error(
            "starts_on",
            f"What holds now was said to hold since {led.starts_on:%-d %B %Y}. Give that day or a later one.",
        )


class _Led(Edits, forms.Form):
    """A form about how careers is led, which begins with what is in force."""

    def __init__(self, data: Any = None, *, led: Leadership | None, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.led = led

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("leadership", self.led.pk if self.led else None)


class ModelSaid(_Led):
    """By which model careers is led, since when, and to whom it reports."""

    model = choice(required="Choose how careers is led.", label="Which of these is nearest?", widget=forms.RadioSelect)
    reporting_line = words(
        200,
        label="To whom does the Careers Leader report?",
        help_text="As a line: “Deputy Head, who reports to the Headteacher”",
    )
    starts_on = day("Give the day since when it is so.", label="Since when?")

    def __init__(self, data: Any = None, *, led: Leadership | None) -> None:
        initial: dict[str, Any] = {"starts_on": led.starts_on if led else today()}
        if led:
            initial |= {"model": led.model, "reporting_line": led.reporting_line}
        super().__init__(data, led=led, initial=initial)
        self.fields["model"].choices = [(key, each.name) for key, each in leadership_models().items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Since a day that has come: what is only planned is said on its day."""
        data = super().clean() or {}
        in_years_we_know(self, "starts_on")
        check_since(self, self.led)
        return data


class _Since(_Led):
    """A form about a part of how careers is led: a term of its own begins, and what was said of the days before stays.

    What nobody had said yet is so since the model is, unless another day is given.
    """

    led: Leadership

    def __init__(self, data: Any = None, *, led: Leadership, initial: dict[str, Any], is_said: bool) -> None:
        super().__init__(data, led=led, initial=initial | {"starts_on": today() if is_said else led.starts_on})
        self.fields["starts_on"] = day(
            "Give the day since when it is so.",
            label="Since when is it so?",
            help_text="What was said of the days before stays. To put right what was wrong from the beginning, give "
            f"{led.starts_on:%-d %B %Y}.",
        )

    def clean(self) -> dict[str, Any]:
        """Since a day that has come, within what holds now."""
        data = super().clean() or {}
        in_years_we_know(self, "starts_on")
        check_since(self, self.led)
        return data


class NeedsSaid(_Since):
    """What the model needs because of its own weakness. A role that several hold is shown, and changed elsewhere."""

    def __init__(self, data: Any = None, *, led: Leadership, now: Standing) -> None:
        initial: dict[str, Any] = {"next_meeting_on": led.next_meeting_on, "meets": led.meets}
        is_said = bool(led.checks or led.next_meeting_on or led.meets)
        super().__init__(data, led=led, initial=initial, is_said=is_said)
        since = self.fields.pop("starts_on")
        self.asks = now.model.asks if now.model else ()
        self.several = [each for each in now.roles if len(each.holders) > 1 and each.role.key in self._roles()]
        for asked in self.asks:
            if asked.role:
                holders = now.holders(asked.role)
                if len(holders) > 1:
                    continue
                self.fields[f"who_{asked.role}"] = colleague(asked.question, holders)
                self.initial[f"who_{asked.role}"] = str(holders[0].staff_id or "") if holders else ""
                self.fields[f"name_{asked.role}"] = words(120, label="Or the name of somebody who is not on the list")
                self.initial[f"name_{asked.role}"] = holders[0].name if holders else ""
            elif asked.meeting:
                self.fields["next_meeting_on"] = day(label=asked.question, required=False)
                self.fields["meets"] = words(
                    120, label="With whom, and how often?", help_text="“Ellen Frost, every half-term”"
                )
            else:
                self.fields[f"check_{asked.key}"] = choice(
                    label=asked.question, widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No, not yet")]
                )
                self.initial[f"check_{asked.key}"] = led.checks.get(asked.key, "")
        if any(not each.role for each in self.asks):
            self.fields["starts_on"] = since

    def _roles(self) -> list[str]:
        return [each.role for each in self.asks if each.role]

    def clean(self) -> dict[str, Any]:
        """Days lie in years that people live in; nobody is named twice for a role."""
        data = super().clean() or {}
        in_years_we_know(self, "next_meeting_on")
        for asked in self.asks:
            if data.get(f"who_{asked.role}") and data.get(f"name_{asked.role}"):
                self.add_error(f"name_{asked.role}", NOT_BOTH)
        return data

    def details(self) -> dict[str, Any]:
        """What is said of how careers is led."""
        data = self.cleaned_data
        said: dict[str, Any] = {"starts_on": data.get("starts_on", self.led.starts_on)}
        if any(not each.role for each in self.asks):
            answered = {each.key: data.get(f"check_{each.key}", "") for each in self.asks if not each.role}
            said["checks"] = {key: value for key, value in answered.items() if value}
        return said | {name: data[name] for name in ("next_meeting_on", "meets") if name in data}

    def roles(self) -> dict[str, tuple[StaffMember | None, str]]:
        """Who holds the roles that are asked about; nothing is said of one that several hold."""
        return roles_said(self.cleaned_data, [each for each in self._roles() if f"who_{each}" in self.fields])


class TimeSaid(_Since):
    """Time for the role, and help."""

    days_a_week = number(
        "Days a week for the role", 5, help_text="Days rather than single periods: 1.5 is a day and a half"
    )
    hours_a_week = number("Or hours a week", 60, help_text="Where it is given in hours or periods")
    admin_hours = number("Administrative help, in hours a week", 80, help_text="0 where there is none")

    def __init__(self, data: Any = None, *, led: Leadership) -> None:
        names = ("days_a_week", "hours_a_week", "admin_hours")
        said = {name: getattr(led, name) for name in names}
        super().__init__(data, led=led, initial=said, is_said=any(each is not None for each in said.values()))


class PostDetails(Edits, forms.Form):
    """Who holds a role, of what, from when until when."""

    role = choice(required="Choose the role.", label="Role")
    staff: Any = forms.ModelChoiceField(
        label="Colleague",
        queryset=None,
        required=False,
        empty_label="Somebody who is not on the staff",
        error_messages={"invalid_choice": "Choose somebody of the staff on the list."},
    )
    somebody_else = words(120, label="Or the name of somebody who is not on the staff")
    of_what = words(
        80, label="Of what?", help_text="Of a head of year the year group, of a representative the department"
    )
    starts_on = day("Give the day from which they hold it.", label="From")
    ends_on = day(
        label="No longer from", required=False, help_text="The first day on which they do not hold it any more"
    )

    def __init__(self, data: Any = None, *, post: Post | None = None, role: str = "") -> None:
        initial: dict[str, Any] = {"starts_on": today(), "role": role}
        if post:
            initial = {name: getattr(post, name) for name in ("role", "of_what", "starts_on", "ends_on")}
            initial |= {"staff": post.staff_id, "somebody_else": post.name}
        super().__init__(data, initial=initial)
        self.post = post
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (key, each.name) for key, each in key_roles().items() if not each.from_groups
        ]
        people = staff()
        if post and post.staff_id:
            people = people | StaffMember.objects.filter(pk=post.staff_id)
        self.fields["staff"].queryset = people  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("post", self.post.pk if self.post else None)

    def clean(self) -> dict[str, Any]:
        """One person, and an end after the beginning."""
        data = super().clean() or {}
        in_years_we_know(self, "starts_on", "ends_on")
        if data.get("staff") and data.get("somebody_else"):
            self.add_error("somebody_else", NOT_BOTH)
        elif (
            not data.get("staff")
            and not data.get("somebody_else")
            and not {"staff", "somebody_else"} & set(self.errors)
        ):
            self.add_error("staff", "Choose a colleague, or write the name of somebody who is not on the staff.")
        begins, ends = data.get("starts_on"), data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "It cannot end before it begins. Give a later day, or leave it blank.")
        return data

    def details(self) -> dict[str, Any]:
        """The fields of the post as typed."""
        data = dict(self.cleaned_data)
        return {"name": data.pop("somebody_else")} | data


class TermsSaid(Edits, forms.Form):
    """On what terms the post is held."""

    grade = words(120, label="Grade or allowance")
    teaching_hours = number("Teaching, in hours a week", 40)
    other_posts = words(300, label="Other posts that they hold")
    secondment = words(300, label="Secondment", help_text="To whom, how much and until when")

    def __init__(self, data: Any = None, *, terms: TermsOfPost | None) -> None:
        names = ("grade", "teaching_hours", "other_posts", "secondment")
        super().__init__(data, initial={name: getattr(terms, name) for name in names} if terms else {})
        self.terms = terms

    def saved_by(self) -> str:
        """Who saved them last."""
        return last_saved_by("terms of post", self.terms.pk if self.terms else None)


class GridSaid(Edits, forms.Form):
    """Of each of the thirty who is responsible and who accountable, filled in with what stands or is usual."""

    def __init__(self, data: Any = None, *, found: Grid, now: Standing) -> None:
        super().__init__(data)
        self.found = found
        colleagues = {
            f"staff:{each.staff_id}": each.holder for each in now.posts if each.staff_id and each.is_held(now.on)
        }
        roles = [(f"role:{key}", _named(each, now)) for key, each in key_roles().items()]
        for line in found.lines:
            for who in (line.responsible, line.accountable):
                if who.key.startswith("staff:"):
                    colleagues.setdefault(who.key, who.label)
        choices = [("", "Nobody"), ("Roles", roles), ("Colleagues by name", list(colleagues.items()))]
        for line in found.lines:
            for part, who in (("responsible", line.responsible), ("accountable", line.accountable)):
                field = choice(label=f"Who is {part}: {line.responsibility.words}?", choices=choices)
                self.fields[f"{line.responsibility.id}_{part}"] = field
                self.initial[f"{line.responsibility.id}_{part}"] = who.key

    def by_heading(self) -> list[tuple[str, list[tuple[Any, Any, Any]]]]:
        """The lines under their headings, each with its two fields."""
        return [
            (
                name,
                [
                    (line, self[f"{line.responsibility.id}_responsible"], self[f"{line.responsibility.id}_accountable"])
                    for line in lines
                ],
            )
            for name, lines in self.found.by_heading
        ]

    def said(self) -> dict[str, tuple[str, str]]:
        """Whose each is, as chosen."""
        data = self.cleaned_data
        return {each: (data[f"{each}_responsible"], data[f"{each}_accountable"]) for each in responsibilities()}


def _named(role: KeyRole, now: Standing) -> str:
    names = ", ".join(each.holder for each in now.holders(role.key))
    return f"{role.name} ({names})" if names else role.name if role.from_groups else f"{role.name} (nobody)"


class Agreed(forms.Form):
    """Who agreed to the job description, in what capacity and when."""

    agreed_by = words(120, required="Say who agreed to it.", label="Agreed by")
    capacity = words(120, required="Say as what they agreed.", label="As", help_text="“Headteacher”, “link governor”")
    agreed_on = day("Give the day on which it was agreed.", label="On")
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, Any]:
        """On a day that has come."""
        data = super().clean() or {}
        in_years_we_know(self, "agreed_on")
        if isinstance(data.get("agreed_on"), date) and data["agreed_on"] > today():
            self.add_error("agreed_on", "That day is still to come. Say it once it is agreed.")
        return data
