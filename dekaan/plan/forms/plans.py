"""What may be typed of plans: words, objectives, actions, approvals; and the first plan, from the gaps."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from dekaan.access.permissions import Permission
from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import FIRST, LAST, academic_year_of, today, year_label
from dekaan.core.day_field import day, within_reach
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Radios, Ticks, choice, words
from dekaan.frameworks.queries import criteria, frameworks
from dekaan.people.queries import year_groups
from dekaan.plan.forms.owning import Owned, WithoutPupils, owner, owner_name, text
from dekaan.plan.models import Action, Approval, Objective, Plan
from dekaan.plan.queries.measuring import groups_on_offer
from dekaan.plan.queries.plans import strategies_over
from dekaan.programme.models import Activity

DUE = "Give the day by which it is done."
STRATEGY_YEARS = 3


def _criteria_choices(on: date, held: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The criteria in force on the day, by benchmark, and those that are held already, whatever version they are of."""
    return [
        (f"{each.short} · {part.number}", listed)
        for each in frameworks()
        for part in each.benchmarks
        if (
            listed := [
                (one.id, f"{one.code} {one.title}") for one in part.criteria if each.is_in_force(on) or one.id in held
            ]
        )
    ]


class PlanWords(WithoutPupils, forms.Form):
    """What is said of a plan as a whole."""

    FREE = ("title", "vision")

    title = words(150, required="Say what it is called.", label="What is it called?")
    vision = text(2000, 4, label="The vision, in words", help_text="What is true for pupils when it has worked?")
    strategy: Any = forms.ModelChoiceField(
        label="Which strategy does it belong to?",
        queryset=Plan.objects.none(),
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose a strategy on the list."},
    )
    written_on = day(
        "Give the day on which it was written.",
        label="When was it written?",
        help_text="It may have been before it was typed in here. Nobody can have approved it earlier.",
    )

    def clean_written_on(self) -> date:
        """Not a day to come."""
        given: date = self.cleaned_data["written_on"]
        if given > today():
            raise forms.ValidationError("That day has not come yet.")
        if given.year <= FIRST:
            raise forms.ValidationError(f"Give a year after {FIRST}.")
        return given


class NewPlan(PlanWords):
    """A new strategy or development plan."""

    field_order = ("kind", "first_year", "title")

    kind = choice(required="Choose which it is.", label="Which?", choices=Plan.Kind.choices, widget=Radios)
    first_year = choice(required="Choose the academic year.", label="From which academic year?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = academic_year_of(today())
        years = range(now - 2, now + 2)
        fields: dict[str, Any] = self.fields
        fields["first_year"].choices = [(str(each), year_label(each)) for each in reversed(years)]
        fields["strategy"].queryset = Plan.objects.filter(kind=Plan.Kind.STRATEGY).order_by("-first_year", "pk")
        fields["strategy"].help_text = "Of a development plan only; a strategy is of three years"

    def clean(self) -> dict[str, Any]:
        """A strategy belongs to none, and a year's plan to one that has that year."""
        data = super().clean()
        of, first = data.get("strategy"), data.get("first_year")
        if of and data.get("kind") == Plan.Kind.STRATEGY:
            self.add_error("strategy", "A strategy belongs to no other. Choose None.")
        elif of and first and not of.first_year <= int(first) <= of.last_year:
            self.add_error("strategy", f"That strategy is of {of.years}. Choose one of that year, or None.")
        return data


class ChangedPlan(Edits, PlanWords):
    """The words of a plan, to be corrected."""

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        names = ("title", "vision", "strategy", "written_on")
        super().__init__(data, initial={name: getattr(plan, name) for name in names})
        self.plan_id = plan.pk
        if plan.kind == Plan.Kind.STRATEGY:
            del self.fields["strategy"]
        else:
            of = strategies_over(plan.first_year) | Plan.objects.filter(pk=plan.strategy_id or 0)
            self.fields["strategy"].queryset = of  # type: ignore[attr-defined]

    def saved_by(self) -> str:
        """Who saved the plan last."""
        return last_saved_by("plan", self.plan_id)


class NewObjective(WithoutPupils, forms.Form):
    """An objective of a plan."""

    FREE = ("title", "school_plan", "outcome")

    title = words(300, required="Say what the objective is.", label="What do you want to be true?")
    outcome = words(300, label="What is different for pupils?", help_text="The outcome that anybody could notice")
    school_plan = words(300, label="Which aim of the whole-school plan does it serve?")
    criteria = choice(many=True, label="Criteria that it is for", widget=Ticks)
    activities: Any = forms.ModelMultipleChoiceField(
        label="Activities of the programme that serve it",
        queryset=Activity.objects.none(),
        required=False,
        widget=Ticks,
        error_messages={
            "invalid_choice": "Choose among the activities on the list.",
            "invalid_pk_value": "Choose among the activities on the list.",
        },
    )

    def __init__(self, data: Any = None, *, plan: Plan, objective: Objective | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        held = set(objective.criteria) if objective else set()
        gone = [(each, each) for each in sorted(held - set(criteria()))]  # of a file that is not there any more
        fields: dict[str, Any] = self.fields
        fields["criteria"].choices = _criteria_choices(plan.begins_on, held) + ([("Of before", gone)] if gone else [])
        fields["activities"].queryset = Activity.objects.order_by("title", "pk")


class ChangedObjective(Edits, NewObjective):
    """An objective, to be corrected."""

    def __init__(self, data: Any = None, *, objective: Objective) -> None:
        initial: dict[str, Any] = {name: getattr(objective, name) for name in (*self.FREE, "criteria")}
        initial["activities"] = [each.activity_id for each in objective.links.all()]
        super().__init__(data, plan=objective.plan, objective=objective, initial=initial)
        self.objective_id = objective.pk

    def saved_by(self) -> str:
        """Who saved the objective last."""
        return last_saved_by("objective", self.objective_id)


class NewAction(Owned, forms.Form):
    """Something to be done: by whom, by when, at what cost, and by what one sees that it worked."""

    FREE = ("title", "success")

    title = words(300, required="Say what is to be done.", label="What is to be done?")
    owner = owner()
    owner_name = owner_name()
    due_on = day(DUE, label="By when?", validators=[within_reach])
    cost = forms.DecimalField(
        label="What does it cost, in pounds?",
        help_text="Left blank where nobody knows; 0 where it costs nothing",
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input govuk-input--width-10"}),
        error_messages={
            **dict.fromkeys(("invalid", "max_decimal_places"), "Give pounds, such as 250 or 249.50."),
            "min_value": "A cost is 0 or more.",
            **dict.fromkeys(("max_digits", "max_whole_digits"), "Give less than ten million pounds."),
        },
    )
    success = words(300, label="By what will you see that it worked, in words?")
    measure_criterion = choice(label="Or read from the records: which criterion?")
    measure_group = choice(label="Of whom?")
    measure_target = forms.IntegerField(
        label="How many per cent are to meet it?",
        required=False,
        min_value=1,
        max_value=100,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Give a whole number from 1 to 100."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        plan: Plan,
        permissions: frozenset[Permission],
        action: Action | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.offer_owners(action.owner_id if action else None)
        held = {action.measure_criterion} if action and action.measure_criterion else set()
        listed = [
            (f"{each.short} · {part.number}", counted)
            for each in frameworks()
            for part in each.benchmarks
            if (
                counted := [
                    (one.id, f"{one.code} {one.title}")
                    for one in part.counted
                    if each.is_in_force(plan.begins_on) or one.id in held
                ]
            )
        ]
        gone = [(each, each) for each in sorted(held - set(criteria()))]
        fields: dict[str, Any] = self.fields
        fields["measure_criterion"].choices = [("", "None: said in words"), *listed, *gone]
        groups = dict(groups_on_offer(year_groups(academic_year_of(today())), permissions))
        if action and action.measure_criterion:
            key = _group_of(action)
            groups.setdefault(key, "As it is (not shown to your role)")
        fields["measure_group"].choices = list(groups.items())

    def clean(self) -> dict[str, Any]:
        """A criterion has its target, and a target its criterion."""
        data = super().clean()
        of, target = data.get("measure_criterion"), data.get("measure_target")
        if of and target is None and "measure_target" not in self.errors:
            self.add_error("measure_target", "Say how many per cent are to meet it.")
        if target is not None and not of and "measure_criterion" not in self.errors:
            self.add_error("measure_criterion", "Choose the criterion that so many are to meet, or leave both blank.")
        return data

    def said(self) -> dict[str, Any]:
        """The fields of the action as typed."""
        data, cost = self.cleaned_data, self.cleaned_data["cost"]
        breakdown, _, value = (data["measure_group"] or "all:").partition(":")
        measured = bool(data["measure_criterion"])
        return {name: data[name] for name in ("title", "owner", "owner_name", "due_on", "success")} | {
            "cost_pence": None if cost is None else int(cost * 100),
            "measure_criterion": data["measure_criterion"],
            "measure_breakdown": breakdown if measured else "",
            "measure_value": value if measured else "",
            "measure_target": data["measure_target"],
        }


def _group_of(action: Action) -> str:
    return f"{action.measure_breakdown or 'all'}:{action.measure_value}"


class ChangedAction(Edits, NewAction):
    """An action, to be corrected."""

    def __init__(self, data: Any = None, *, action: Action, permissions: frozenset[Permission]) -> None:
        names = ("title", "owner", "owner_name", "due_on", "success", "measure_criterion", "measure_target")
        initial = {name: getattr(action, name) for name in names} | {"measure_group": _group_of(action)}
        if action.cost_pence is not None:
            initial["cost"] = Decimal(action.cost_pence) / 100
        super().__init__(data, plan=action.objective.plan, permissions=permissions, action=action, initial=initial)
        self.action_id = action.pk

    def saved_by(self) -> str:
        """Who saved the action last."""
        return last_saved_by("action", self.action_id)


class EndAction(WithoutPupils, forms.Form):
    """How an action ends: done, dropped, or moved to a later plan."""

    FREE = ("outcome",)

    ending = choice(required="Choose how it ends.", label="How does it end?", widget=forms.RadioSelect)
    outcome = text(500, 3, label="What came of it, or why is it dropped?")

    def __init__(self, data: Any = None, *, later: list[Plan]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["ending"].choices = [
            (Action.Ending.DONE, "It is done"),
            (Action.Ending.DROPPED, "It is dropped"),
            *((f"to-{each.pk}", f"It goes on in {each.title}, {each.years}") for each in later),
        ]
        self.later = {f"to-{each.pk}": each for each in later}

    def clean(self) -> dict[str, Any]:
        """Done has an outcome, dropped a reason."""
        data = super().clean()
        ending = data.get("ending")
        if ending == Action.Ending.DONE and not data.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", "Say in a sentence what came of it.")
        if ending == Action.Ending.DROPPED and not data.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", "Say in a sentence why it is dropped.")
        return data

    def goes_to(self) -> Plan | None:
        """The later plan in which it goes on."""
        return self.later.get(self.cleaned_data["ending"])


class Approving(forms.Form):
    """Who approved the plan as it reads now."""

    capacity = choice(
        required="Choose who approved it.", label="Who approved it?", choices=Approval.Capacity.choices, widget=Radios
    )
    approved_by = words(
        150,
        required="Give the name of whoever approved or signed it.",
        label="Signed by",
        help_text="A person’s name: the chair of governors, where the governing body approved it",
    )
    approved_on = day("Give the day on which it was approved.", label="On which day?")
    minute = words(200, label="Where is it minuted?", help_text="“Full governing body, 12 October, item 7”")

    def clean_approved_on(self) -> date:
        """A day of years that people live in."""
        given: date = self.cleaned_data["approved_on"]
        if not FIRST < given.year < LAST:
            raise forms.ValidationError(f"Give a year between {FIRST} and {LAST}.")
        return given
