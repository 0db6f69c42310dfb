"""What is answered: by the link on a page, or from paper in a grid, a sheet a row."""

from typing import Any

from django import forms

from dekaan.core.plain_fields import choice, words
from dekaan.people.queries import tutor_groups, year_groups
from dekaan.quality.changes import Given
from dekaan.quality.forms.fields import number
from dekaan.quality.models import Asked, Collection
from dekaan.quality.queries import LINE, Question, wording_of

NO_NAMES = "Please write no names: not yours, and nobody else's. Only the school's careers team reads it."
ROWS = 20
MOST_SHEETS = 9999


def years_offered(collection: Collection) -> list[int]:
    """The year groups to choose from: of those whom a session invites, else of the school. None where it is not asked."""
    if collection.audience != Asked.PUPILS or collection.year_group:
        return []
    if collection.session:
        invited = [each.year_group for each in collection.session.invitations.all() if each.year_group]
        if len(invited) > 1:
            return sorted(invited)
        if invited:
            return []
    return year_groups(collection.academic_year)


def year_of(collection: Collection) -> int | None:
    """The year group of everybody who is asked, where it is one."""
    if collection.year_group or collection.session is None or collection.audience != Asked.PUPILS:
        return collection.year_group
    invited = {each.year_group for each in collection.session.invitations.all()}
    return invited.pop() if len(invited) == 1 else None


def groups_offered(collection: Collection) -> list[str]:
    """The names of the tutor groups to choose from, where the collection asks for one."""
    if not collection.asks_group:
        return []
    year = year_of(collection)
    return [each.name for each in tutor_groups(collection.academic_year) if year in {None, each.year_group}]


class _Answers(forms.Form):
    """What both have in common: which questions, and what was given."""

    def __init__(self, data: Any = None, *, collection: Collection, **more: Any) -> None:
        super().__init__(data, **more)
        self.collection = collection
        self.wording = wording_of(collection)
        self.years, self.groups = years_offered(collection), groups_offered(collection)

    def given(self) -> Given:
        """What was answered."""
        data = self.cleaned_data
        asked = self.wording.questions
        marks = {each.key: int(data[each.key]) for each in asked if each.kind != LINE and data.get(each.key)}
        lines = {each.key: data[each.key] for each in asked if each.kind == LINE and data.get(each.key)}
        year = data.get("year_group")
        return Given(
            marks=marks,
            lines=lines,
            year_group=int(year) if year else year_of(self.collection),
            group=data.get("group") or "",
            sheet=data.get("sheet"),
        )


class Answering(_Answers):
    """One person's answers on a page: a thumb each."""

    def __init__(self, data: Any = None, *, collection: Collection) -> None:
        super().__init__(data, collection=collection)
        if self.years:
            choices = [("", "Rather not say"), *((str(each), f"Year {each}") for each in self.years)]
            self.fields["year_group"] = choice(label="Your year", choices=choices)
        if self.groups:
            offered = [("", "Rather not say"), *((each, each) for each in self.groups)]
            self.fields["group"] = choice(label="Your group, if you like to say", choices=offered)
        for each in self.wording.questions:
            self.fields[each.key] = _field(each)

    def clean(self) -> dict[str, Any]:
        """Something is answered."""
        data = super().clean() or {}
        asked = [each.key for each in self.wording.questions if not each.fixed]
        if not self.errors and not any(data.get(key) for key in asked):
            self.add_error(None, "Nothing is answered yet. Answer at least one question.")
        return data


def _field(question: Question) -> forms.Field:
    if question.kind == LINE:
        return words(500, label=question.text, help_text=NO_NAMES, widget=forms.Textarea(attrs={"rows": 3}))
    return choice(
        required="Choose what you are: it decides whose answer this is." if question.fixed else "",
        label=question.text,
        widget=forms.RadioSelect,
        choices=[(str(value), said) for value, said in question.numbered],
    )


class SheetRow(_Answers):
    """One sheet of paper, as numbers in a row of the grid."""

    sheet = number(MOST_SHEETS, "The number of the sheet is a whole number from 1.", least=1, label="Sheet")

    def __init__(self, data: Any = None, *, collection: Collection, **more: Any) -> None:
        super().__init__(data, collection=collection, **more)
        if self.years:
            said = f"The year is {self.years[0]} to {self.years[-1]}."
            self.fields["year_group"] = number(max(self.years), said, least=min(self.years), label="Year")
        if self.groups:
            self.fields["group"] = words(30, label="Group")
        for each in self.wording.questions:
            self.fields[each.key] = _cell(each)
        for name, field in self.fields.items():
            field.widget = _input(field, self.add_prefix(name))

    @property
    def is_typed(self) -> bool:
        """Whether anything of the sheet was typed, besides its number."""
        return bool(set(self.changed_data) - {"sheet"})

    @property
    def cells(self) -> list[Any]:
        """The fields of the row, in order."""
        return list(self)

    def clean(self) -> dict[str, Any]:
        """A sheet that was typed has its number, and what decides whose answer it is."""
        data = super().clean() or {}
        if self.is_typed and not data.get("sheet") and "sheet" not in self.errors:
            self.add_error("sheet", "Give the number that stands on the sheet.")
        for each in self.wording.questions:
            if self.is_typed and each.fixed and not data.get(each.key) and each.key not in self.errors:
                self.add_error(each.key, f"“{each.text}” needs a number: it decides whose answer this is.")
        if data.get("group") and data["group"] not in self.groups:
            self.add_error("group", f"“{data['group']}” is no group here.")
        return data


def _cell(question: Question) -> forms.Field:
    if question.kind == LINE:
        return words(500, label=question.text)
    most = len(question.choices)
    return number(most, f"“{question.text}” is a number from 1 to {most}.", least=1, label=question.text)


def _input(field: forms.Field, html_name: str) -> forms.TextInput:
    """A narrow box for a number, a wider one for words; said aloud by its question and row."""
    is_number = isinstance(field, forms.IntegerField)
    attrs = {
        "aria-label": f"{field.label}, row {int(html_name.split('-')[1]) + 1}",
        "class": "govuk-input govuk-input--width-2" if is_number else "govuk-input govuk-input--width-10",
        "autocomplete": "off",
    }
    return forms.TextInput(attrs=attrs | ({"inputmode": "numeric"} if is_number else {}))


class _Rows(forms.BaseFormSet):
    """The rows of the grid: no sheet stands there twice."""

    def clean(self) -> None:
        """Each number once."""
        seen: set[int] = set()
        for row in self.forms:
            sheet = row.cleaned_data.get("sheet") if row.is_valid() and row.is_typed else None
            if sheet in seen:
                row.add_error("sheet", f"Sheet {sheet} stands here twice.")
            elif sheet:
                seen.add(sheet)

    def given(self) -> list[Given]:
        """The sheets that were typed."""
        return [row.given() for row in self.forms if row.is_typed]


def sheet_rows(data: Any, *, collection: Collection, typed: set[int]) -> Any:
    """The grid: empty rows that begin with the next numbers of sheets that are not typed back yet."""
    kind = forms.formset_factory(
        SheetRow, formset=_Rows, extra=0, min_num=0, max_num=ROWS, absolute_max=ROWS, validate_max=False
    )
    free = (each for each in range(1, MOST_SHEETS) if each not in typed)
    initial = [{"sheet": next(free)} for _ in range(ROWS)]
    return kind(data, initial=initial, form_kwargs={"collection": collection}, prefix="row")
