"""What may be typed: a file with its kind, what each column means, who a doubtful line is."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from dekaan.access.exporting import Purpose
from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import today, year_label
from dekaan.core.editing import Edits
from dekaan.core.folding import folded
from dekaan.core.plain_fields import Radios, words
from dekaan.destinations.models import Kind, Source
from dekaan.exchange.fields import KINDS
from dekaan.exchange.history import activity_columns, suggested
from dekaan.exchange.models import Decision, ImportRun, OutgoingSheet
from dekaan.exchange.queries import DecisionTable, sensitive_fields
from dekaan.exchange.reading.door import read_bytes
from dekaan.exchange.reading.sheet import COLUMN_LIMIT, Unreadable
from dekaan.exchange.sheets_out import OURS, guessed_columns, headings_of
from dekaan.exchange.strangers import organisations_for
from dekaan.frameworks.queries import activity_types, routes
from dekaan.partners.queries import plain_name

LEFT_OUT = "Leave out"


class Upload(forms.Form):
    """A file, what it is a list of, and whether it lists everybody."""

    file = forms.FileField(
        label="The file",
        help_text="CSV, Excel, ODS or a Common Transfer File, as your information system exports it. 20 MB at most.",
        allow_empty_file=True,
        error_messages={"required": "Choose a file."},
    )
    kind = forms.ChoiceField(
        label="What it lists", choices=[(key, name) for key, (name, _) in KINDS.items()], initial="pupils"
    )
    coverage = forms.ChoiceField(
        label="A pupil list holds",
        choices=[
            ("", "Work it out from the file"),
            ("all", "Every pupil on the roll: whoever is missing has left"),
            ("some", "Some pupils: nobody leaves"),
        ],
        widget=forms.RadioSelect,
        initial="",
        required=False,
    )

    def __init__(self, *args: Any, lists: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if lists in KINDS:  # whoever comes from another list than the pupils' is not asked about that one
            self.fields["kind"].initial = lists
            if lists != "pupils":
                del self.fields["coverage"]


class Absences(forms.Form):
    """The day's attendance export, and the session at which it was handed over."""

    file = forms.FileField(allow_empty_file=True)
    session = forms.IntegerField(required=False)


class Columns(forms.Form):
    """What each column means, which sensitive ones come in, and which way round the dates are."""

    def __init__(self, run: ImportRun, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        choices = [("", LEFT_OUT)]
        if run.kind == "participation":
            choices.append(("activity:", "An activity, marked for each pupil"))
        choices += [(each.key, each.label) for each in KINDS[run.kind][1]]
        activities = {column["place"] for column in activity_columns(run)}
        one_column_names_it = "activity" in run.meanings.values()
        for column in run.columns:
            place = column["place"]
            means = run.meanings.get(str(place), "")
            if run.kind == "participation" and place in activities and not one_column_names_it:
                means = "activity:"
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column["heading"] or f"Column {column['letters']}", choices=choices, required=False, initial=means
            )
            if means == "activity:":
                self._ask_about_activity(place, column["heading"])
        self.sensitive = [each for each in sensitive_fields(run.kind) if each.key in run.meanings.values()]
        for field in self.sensitive:
            self.fields[f"let_in_{field.key}"] = forms.BooleanField(
                label=field.label, help_text=field.sensitive, required=False, initial=field.key in run.switched_on
            )
        if run.kind == "destinations":
            self._ask_about_file()
        if run.ambiguous_date:
            self.fields["day_first"] = forms.ChoiceField(
                label=f"Which comes first in a date such as {run.ambiguous_date}?",
                choices=[("day", "The day"), ("month", "The month")],
                widget=forms.RadioSelect,
                initial="day",
            )

    def _ask_about_file(self) -> None:
        """What a file of destinations speaks of, asked once, with what is guessed; and the sender's words that we do not know."""
        asked = self.run.occasions
        keys = {*self.run.meanings.values()}
        unless = "A row that says so itself counts."
        self.fields["moment"] = forms.ChoiceField(
            label="Which moment does the file speak of?", choices=Kind.choices, initial=asked.get("moment"),
            help_text=unless if "moment" in keys else "",
        )  # fmt: skip
        self.fields["source"] = forms.ChoiceField(
            label="Whose word is it?", choices=Source.choices, initial=asked.get("source"),
            help_text=unless if "said_by" in keys else "",
        )  # fmt: skip
        self.fields["sender"] = forms.CharField(
            label="Who sent it?",
            max_length=100,
            required=False,
            initial=asked.get("sender"),
            help_text="The council or college. Its columns and words are kept under this name.",
        )
        self.fields["day"] = forms.DateField(
            label="Of which day does it speak?",
            required=False,
            initial=asked.get("day"),
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            help_text="Blank: the moment’s own day." + (f" {unless}" if "as_of" in keys else ""),
        )
        among = [
            ("", "Nothing that we record: refuse these rows"),
            *((each.key, each.name) for each in routes().values()),
        ]
        for number, word in enumerate(asked.get("unknown", ())):
            self.fields[f"word_{number}"] = forms.ChoiceField(
                label=f"What does “{word[:60]}” mean?", choices=among, required=False
            )

    def questions(self) -> list[forms.BoundField]:
        """What is asked of a file of destinations as a whole."""
        names = ("moment", "source", "sender", "day")
        return [self[name] for name in self.fields if name in names or name.startswith("word_")]

    def _ask_about_activity(self, place: int, heading: str) -> None:
        said = self.run.occasions.get(str(place)) or suggested(heading, day_first=self.run.day_first is not False)
        self.fields[f"day_{place}"] = forms.DateField(
            label=f"Day of {heading}",
            required=False,
            initial=said["day"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )
        self.fields[f"type_{place}"] = forms.ChoiceField(
            label=f"Kind of activity of {heading}",
            required=False,
            initial=said["activity_type"],
            choices=[("", "Choose"), *((key, each.name) for key, each in activity_types().items())],
        )

    def rows(self) -> list[dict[str, Any]]:
        """Each column with its questions, for the page."""
        return [
            {
                "column": column,
                "field": self[f"column_{column['place']}"],
                "day": self[f"day_{column['place']}"] if f"day_{column['place']}" in self.fields else None,
                "type": self[f"type_{column['place']}"] if f"type_{column['place']}" in self.fields else None,
            }
            for column in self.run.columns
        ]

    def switches(self) -> list[forms.BoundField]:
        """The sensitive fields' switches."""
        return [self[f"let_in_{field.key}"] for field in self.sensitive]

    def clean(self) -> dict[str, Any]:
        """One meaning belongs to one column."""
        cleaned = super().clean() or {}
        chosen: dict[str, str] = {}
        for column in self.run.columns:
            name = f"column_{column['place']}"
            key = cleaned.get(name, "")
            if key and key != "activity:" and key in chosen:
                self.add_error(name, f"{chosen[key]} and {column['heading']} cannot both be this.")
            chosen.setdefault(key, column["heading"] or column["letters"])
        return cleaned

    def meanings(self) -> dict[int, str]:
        """Place → field."""
        return {column["place"]: self.cleaned_data[f"column_{column['place']}"] for column in self.run.columns}

    def switched_on(self) -> list[str]:
        """The sensitive fields that come in."""
        return [field.key for field in self.sensitive if self.cleaned_data.get(f"let_in_{field.key}")]

    def occasions(self) -> dict[str, Any]:
        """For past participation: what is known of each activity's column; for destinations, of the file."""
        if self.run.kind == "destinations":
            return self._about_file()
        found: dict[str, Any] = {}
        for column in self.run.columns:
            place = column["place"]
            if self.cleaned_data.get(f"column_{place}") != "activity:":
                if self.run.kind == "participation":
                    found[str(place)] = {"leave_out": "1"}
                continue
            said = suggested(column["heading"], day_first=self.run.day_first is not False)
            day = self.cleaned_data.get(f"day_{place}")
            found[str(place)] = {
                "title": said["title"],
                "day": day.isoformat() if day else "",
                "activity_type": self.cleaned_data.get(f"type_{place}", ""),
            }
        return found

    def _about_file(self) -> dict[str, Any]:
        said, before = self.cleaned_data, self.run.occasions
        answers = {
            folded(word): said.get(f"word_{number}", "") for number, word in enumerate(before.get("unknown", ()))
        }
        return {
            **{name: said[name] for name in ("moment", "source")},
            "sender": " ".join(said["sender"].split()),
            "day": said["day"].isoformat() if said["day"] else "",
            "words": before.get("words", {}) | {word: key for word, key in answers.items() if key},
            "unknown": before.get("unknown", []),
            "providers": before.get("providers", {}),
        }

    def day_comes_first(self) -> bool | None:
        """The answer, or None where nothing was asked."""
        answer = self.cleaned_data.get("day_first")
        return None if answer is None else answer == "day"


class Meanings(forms.Form):
    """What a sender's words and codes mean that are not known, and which organisations its names are; each asked once."""

    def __init__(self, run: ImportRun, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="means", **kwargs)
        said = run.occasions
        self.words = said.get("refused", []) if run.kind == "destinations" else []
        self.providers = said.get("strangers", []) if run.kind == "destinations" else []
        now = [(each.key, each.name) for each in routes().values() if each.is_in_force(today())]
        for number, (text, rows) in enumerate(self.words):
            self.fields[f"word_{number}"] = forms.ChoiceField(
                label=f"What does “{text[:60]}” mean? ({_rows(rows)})",
                choices=[("", "Nothing that we record: refuse these rows"), *now],
                required=False,
                initial=said.get("words", {}).get(folded(text), ""),
            )
        for number, (name, rows) in enumerate(self.providers):
            likely, rest = organisations_for(name)
            among = [("Perhaps", likely), ("In the directory", rest)]
            self.fields[f"provider_{number}"] = forms.ChoiceField(
                label=f"Which is “{name[:60]}”? ({_rows(rows)})",
                choices=[("", "None of the directory: keep the name as it is"), *(each for each in among if each[1])],
                required=False,
                initial=said.get("providers", {}).get(plain_name(name), ""),
            )

    def said(self) -> tuple[dict[str, str], dict[str, str]]:
        """Word → route, and name → organisation."""
        found = self.cleaned_data
        words = {text: found[f"word_{number}"] for number, (text, _) in enumerate(self.words)}
        return words, {name: found[f"provider_{number}"] for number, (name, _) in enumerate(self.providers)}


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


class Doubts(forms.Form):
    """For each doubtful line: one of the people it may be, somebody new, or left out."""

    def __init__(self, tables: list[DecisionTable], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for table in tables:
            for line in table.lines if table.decision == Decision.DOUBTFUL else []:
                beside = getattr(line, "beside", None)  # of leavers: each with what fits and what does not
                people = beside or [(str(each.pk), f"The same as {each}") for each in getattr(line, "people", [])]
                new = [] if beside is not None else [("", "Not settled yet"), ("new", "Somebody new")]
                self.fields[f"line_{line.pk}"] = forms.ChoiceField(
                    label=f"Row {line.sheet_row}: {line.who}",
                    help_text=" ".join(filter(None, (getattr(line, "says", ""), f"It {line.reason}."))),
                    choices=[*new[:1], *people, *new[1:], ("skip", "Leave the row out")],
                    required=False,
                    initial=line.choice,
                    widget=forms.Select if beside is None else forms.RadioSelect,
                )

    def choices(self) -> dict[int, str]:
        """Line → choice, for those that were settled."""
        return {int(name.removeprefix("line_")): choice for name, choice in self.cleaned_data.items() if choice}


class NewSheet(forms.Form):
    """A council's empty sheet, or the names of its columns."""

    name = words(100, required="Say whose sheet it is, such as Shropshire Council.", label="Whose sheet is it?")
    file = forms.FileField(
        label="Their empty sheet",
        required=False,
        allow_empty_file=True,
        help_text="CSV, Excel or ODS, as they sent it.",
    )
    headings = forms.CharField(
        label="Or the names of its columns",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Copied from their sheet, or one a line.",
    )
    columns: list[dict[str, str]]

    def clean(self) -> dict[str, Any]:
        """Either gives the columns; a sheet that cannot be read says why."""
        said = super().clean() or {}
        typed = [each.strip() for each in re.split(r"[\t\n\r]+", said.get("headings") or "") if each.strip()]
        if file := said.get("file"):
            try:
                typed = headings_of(read_bytes(file.read()))
            except Unreadable as refusal:
                self.add_error("file", str(refusal.problem))
                return said
        if not typed:
            self.add_error("headings", "Choose their empty sheet, or give the names of its columns.")
        elif len(typed) > COLUMN_LIMIT:
            self.add_error("headings", f"A sheet has at most {COLUMN_LIMIT} columns.")
        self.columns = guessed_columns(each[:120] for each in typed)
        return said


class SheetColumns(Edits, forms.Form):
    """Which of ours stands in each column of a council's sheet."""

    name = words(100, required="Say whose sheet it is, such as Shropshire Council.", label="Whose sheet is it?")

    def __init__(self, data: Any = None, *, sheet: OutgoingSheet) -> None:
        super().__init__(data, initial={"name": sheet.name})
        self.sheet = sheet
        for number, column in enumerate(sheet.columns):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column["heading"] or f"Column {number + 1}",
                choices=[("", "Stays blank"), *OURS.items()],
                required=False,
                initial=column["key"],
            )

    def saved_by(self) -> str:
        """Who saved last, in words."""
        return last_saved_by("outgoing sheet", self.sheet.pk)

    def keys(self) -> list[str]:
        """What stands in each column, in their order."""
        return [self.cleaned_data[f"column_{number}"] for number in range(len(self.sheet.columns))]


class SheetAsked(forms.Form):
    """Whose destinations: leavers of a year, of a moment; what holds, or all that was said."""

    year = forms.ChoiceField(label="Leavers of")
    moment = forms.ChoiceField(label="Of which moment", choices=Kind.choices, initial=Kind.POSITION)
    rows = forms.ChoiceField(
        label="Rows",
        choices=[("one", "One for each leaver: what holds"), ("every", "All that was said")],
        initial="one",
    )

    def __init__(self, data: Any = None, *, years: Sequence[int]) -> None:
        super().__init__(data)
        field = self.fields["year"]
        field.choices = [(str(each), year_label(each)) for each in years]  # type: ignore[attr-defined]

    @property
    def left_in(self) -> int:
        """The year in which they left."""
        return int(self.cleaned_data["year"])

    @property
    def moment_asked(self) -> str:
        """The moment, by key."""
        return str(self.cleaned_data["moment"])

    @property
    def every(self) -> bool:
        """Whether all that was said goes out."""
        return bool(self.cleaned_data["rows"] == "every")


class SheetTaken(Purpose):
    """What the file is for, and how it is written."""

    written_as = forms.ChoiceField(
        label="Written as", choices=[("csv", "CSV"), ("xlsx", "Excel")], initial="csv", widget=Radios
    )
