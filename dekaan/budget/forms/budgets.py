"""What may be typed of budgets: their year, what is allocated, their lines, and what things usually cost here."""

from datetime import timedelta
from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.budget.forms.typed import Pounds, check_years
from dekaan.budget.models import Allocation, Budget, BudgetLine
from dekaan.budget.money import Money
from dekaan.budget.queries import costs_by_kind, usual_costs
from dekaan.budget.queries.costs import LAST_YEAR
from dekaan.core.academic_year import academic_year_of, year_end, year_label, year_start
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import choice, words
from dekaan.frameworks.queries import activity_types


class BudgetYear(forms.Form):
    """Of which year a budget is."""

    kind = choice(label="Which year is it?", required="Say which year it is.", choices=Budget.Kind.choices)
    starts_on = day("Give its first day.", label="First day")
    ends_on = day("Give its last day.", label="Last day")

    def clean(self) -> dict[str, Any]:
        """It is about a year long, and an academic one is one."""
        data = super().clean() or {}
        check_years(self, "starts_on", "ends_on")
        begins, ends = data.get("starts_on"), data.get("ends_on")
        if not begins or not ends or self.errors:
            return data
        if ends < begins:
            self.add_error("ends_on", "It cannot end before it begins.")
        elif ends - begins > timedelta(days=400):
            self.add_error("ends_on", "That is more than a year. Give each year a budget of its own.")
        elif data.get("kind") == Budget.Kind.ACADEMIC and academic_year_of(begins) != academic_year_of(ends):
            year = academic_year_of(begins)
            self.add_error(
                "kind",
                f"The academic year {year_label(year)} runs from {year_start(year):%-d %B %Y} to {year_end(year):%-d %B %Y}. "
                "Give these days, or choose the financial year.",
            )
        return data


class NewBudget(BudgetYear):
    """A budget to be opened, with what was allocated to begin with."""

    pence = Pounds(label="How much is allocated?", required="Give the amount that is allocated.")
    source = choice(
        label="Where does it come from?", required="Say where it comes from.", choices=Allocation.Source.choices
    )
    agreed_by = words(
        200, required="Say who agreed it.", label="Who agreed it?", help_text="A name, and in what capacity"
    )
    agreed_on = day("Give the day on which it was agreed.", label="Agreed on")

    def clean(self) -> dict[str, Any]:
        """Agreed on a day of our years."""
        data = super().clean()
        check_years(self, "agreed_on")
        return data

    def year(self) -> dict[str, Any]:
        """For the budget."""
        return {name: self.cleaned_data[name] for name in BudgetYear.base_fields}

    def allocation(self) -> dict[str, Any]:
        """For what is allocated."""
        return {name: self.cleaned_data[name] for name in ("pence", "source", "agreed_by", "agreed_on")}


class ChangedBudget(Edits, BudgetYear):
    """A budget's year, to be put right."""

    budget_id: int

    @classmethod
    def of(cls, budget: Budget, data: Any = None) -> "ChangedBudget":
        """The form filled with the budget as it is."""
        form = cls(data, initial={name: getattr(budget, name) for name in cls.base_fields})
        form.budget_id = budget.pk
        return form

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("budget", self.budget_id)


class AllocationSaid(forms.Form):
    """A sum that is given to a budget."""

    pence = NewBudget.base_fields["pence"]
    source = NewBudget.base_fields["source"]
    source_said = words(200, label="Which?", help_text="The grant’s name or the cost centre, where it helps")
    agreed_by = NewBudget.base_fields["agreed_by"]
    agreed_on = NewBudget.base_fields["agreed_on"]

    def clean(self) -> dict[str, Any]:
        """Agreed on a day of our years."""
        data = super().clean() or {}
        check_years(self, "agreed_on")
        return data


class LineSaid(forms.Form):
    """What a line is for, and how much is planned."""

    what_for = choice(label="What for?", required="Say what it is for.", choices=BudgetLine.WhatFor.choices)
    title = words(100, required="Give it a name.", label="Name", help_text="Such as Coaches, or Days of the adviser")
    planned = Pounds(label="Planned", required="Give the amount that is planned, 0 where none is yet.", least=0)


class ChangedLine(Edits, LineSaid):
    """A line as it is to be."""

    budget_line_id: int

    @classmethod
    def of(cls, line: BudgetLine, data: Any = None) -> "ChangedLine":
        """The form filled with the line as it is."""
        form = cls(data, initial={name: getattr(line, name) for name in cls.base_fields})
        form.budget_line_id = line.pk
        return form

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("budget line", self.budget_line_id)


class UsualCosts(Edits, forms.Form):
    """What a session of each kind of activity costs here, takes of lessons, and needs of cover."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held, known = usual_costs(), costs_by_kind()
        for key, kind in activity_types().items():
            for name, field in (
                ("pence", Pounds(label=f"{kind.name}: cost of one, in pounds", least=0)),
                ("minutes", _number(f"{kind.name}: minutes of a pupil’s lessons", 1440)),
                ("cover", _number(f"{kind.name}: lessons to be covered", 200)),
            ):
                self.fields[f"{key}_{name}"] = field
                self.initial[f"{key}_{name}"] = getattr(held.get(key), name, None)
        self.known = known

    @property
    def rows(self) -> list[tuple[str, list[tuple[Any, str]]]]:
        """A row for each kind: its name, and its fields, each with what last year says where nothing is typed."""
        found = []
        for key, kind in activity_types().items():
            costs = self.known[key]
            beside = (
                ("pence", costs.money, lambda number: str(Money(number))),
                ("minutes", costs.minutes, str),
                ("cover", costs.cover, str),
            )
            cells = [
                (
                    self[f"{key}_{name}"],
                    f"{said(each.number)} last year" if each.source == LAST_YEAR and each.number is not None else "",
                )
                for name, each, said in beside
            ]
            found.append((kind.name, cells))
        return found

    def said(self) -> dict[str, dict[str, int | None]]:
        """By kind of activity."""
        return {
            key: {name: self.cleaned_data[f"{key}_{name}"] for name in ("pence", "minutes", "cover")}
            for key in activity_types()
        }

    def saved_by(self) -> str:
        """Who changed them last."""
        return last_saved_by("school", None)


def _number(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"Give a whole number from 0 to {most}."),
    )
