"""What may be typed of evidence: what it is, what it serves, whose it is and until when."""

from datetime import date
from typing import Any

from django import forms

from dekaan.access.exporting import Purpose
from dekaan.access.queries import last_saved_by
from dekaan.core.academic_year import FIRST, LAST, today
from dekaan.core.day_field import day
from dekaan.core.editing import Edits
from dekaan.core.plain_fields import Ticks, words
from dekaan.evidence.asked import facts
from dekaan.evidence.files import TAKEN, Checked, NotTaken, checked
from dekaan.evidence.models import Evidence
from dekaan.evidence.queries import holds_months
from dekaan.frameworks.queries import benchmarks_in_force, criteria, frameworks, theme_sets
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.schemes.queries import theme_names

Kind = Evidence.Kind
GIVEN = ("file", "address", "statement")  # one of them is what the piece is


def _ticks(label: str) -> forms.MultipleChoiceField:
    said = {"invalid_choice": "Choose among those on the list."}
    return forms.MultipleChoiceField(label=label, required=False, widget=Ticks, error_messages=said)


def _file(**more: Any) -> forms.FileField:
    return forms.FileField(
        label="A file",
        allow_empty_file=True,
        help_text=f"{TAKEN}. 20 MB at most.",
        error_messages={"required": "Choose a file.", "max_length": "The file's name is too long. Call it shorter."},
        **more,
    )


class Dates(forms.Form):
    """From when until when a piece is good."""

    dated_on = day("Give the date of the evidence.", label="Dated")
    valid_until = day(
        label="Good until",
        required=False,
        help_text="Left blank: for as long as evidence of its facts usually holds, or for good",
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, in years that people live in."""
        data = super().clean() or {}
        for name in ("dated_on", "valid_until"):
            given = data.get(name)
            if isinstance(given, date) and not FIRST < given.year < LAST:
                self.add_error(name, f"Give a year between {FIRST} and {LAST}.")
        begins, ends = data.get("dated_on"), data.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", "It cannot end before its date. Give a later day, or leave it blank.")
        return data

    def _take(self, name: str) -> None:
        """The file of that field is looked at, and an error says why it is refused."""
        upload = self.cleaned_data.get(name)
        if upload:
            try:
                self.checked = checked(upload.name, upload.read())
            except NotTaken as refusal:
                self.add_error(name, str(refusal))

    checked: Checked | None = None


class About(Dates):
    """What a piece shows, what it serves, and whose it is."""

    title = words(
        200, required="Say what it is.", label="What is it?", help_text="Without a pupil's name: everybody reads it"
    )
    shows = words(500, label="What does it show?", help_text="In a sentence")
    facts = _ticks("Facts about the school that it shows")
    criteria = _ticks("Criteria that it serves besides")
    themes = _ticks("Themes of an award or a review")
    owner: Any = forms.ModelChoiceField(
        label="Whose is it?",
        help_text="They renew it before it expires",
        queryset=None,
        required=False,
        error_messages={"invalid_choice": "Choose somebody of the staff on the list."},
    )
    may_name_pupils = forms.BooleanField(
        label="It may name a pupil",
        help_text="Untick only if you have looked. Such a piece is closed to governors, and stays out of an archive "
        "unless somebody chooses it. Nothing about needs, flags or guidance notes belongs here.",
        required=False,
    )
    review = forms.ChoiceField(label="Has somebody checked it?", choices=Evidence.Review.choices)

    def __init__(self, *args: Any, owner: StaffMember | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = staff()
        if owner is not None:  # whoever has left stays its owner until somebody else is chosen
            people = people | StaffMember.objects.filter(pk=owner.pk)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["facts"].choices = _fact_choices()  # type: ignore[attr-defined]
        self.fields["criteria"].choices = [  # type: ignore[attr-defined]
            (f"{each.short} · {part.number}", [(one.id, f"{one.code} {one.title}") for one in part.criteria])
            for each in frameworks()
            for part in each.benchmarks
        ]
        names = theme_names()
        self.fields["themes"].choices = [  # type: ignore[attr-defined]
            (found.title, [(each.key, names[each.key]) for each in found.themes if names[each.key]])
            for found in theme_sets()
            if any(names[each.key] for each in found.themes)
        ]

    def details(self) -> dict[str, Any]:
        """The fields of the piece as typed."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"file", *RECORDS}}


BY_DUTY = "Law and guidance"


def _fact_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Facts by the benchmark, of the text in force or else of another, of which they show something."""
    order = [benchmarks_in_force(today()), *frameworks()]
    found: dict[str, list[tuple[str, str]]] = {}
    for fact in facts().values():
        if not fact.criteria:
            found.setdefault(BY_DUTY, []).append((fact.key, fact.title))
            continue
        of = [criteria()[each] for each in fact.criteria]
        first = min(of, key=lambda each: [version.key for version in order].index(each.framework))
        version = next(each for each in order if each.key == first.framework)
        part = next(each for each in version.benchmarks if each.number == first.benchmark)
        found.setdefault(f"{part.number}. {part.title}", []).append((fact.key, fact.title))
    return list(found.items())


RECORDS = ("session", "activity")


class NewEvidence(About):
    """A new piece: a file, an address or a statement; or a session or activity, where the address names one."""

    file = _file(required=False)
    address = forms.URLField(
        label="Or an address on the web",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={
            "invalid": "Give the whole address, such as https://www.school.example/careers.",
            "max_length": "The address is too long. Give a shorter one that leads there.",
        },
    )
    statement = words(4000, label="Or a statement", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, points_to_record: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points_to_record = points_to_record
        if points_to_record:
            for name in GIVEN:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Exactly one thing is given."""
        data = super().clean()
        if self.points_to_record:
            return data
        _check_address(self)
        given = [name for name in GIVEN if data.get(name)]
        if not given and not set(GIVEN) & set(self.errors):
            self.add_error("file", "Choose a file, give an address, or write a statement.")
        elif len(given) > 1:
            self.add_error(
                given[1], "Give one of them: a file, an address or a statement. Add the other as a piece of its own."
            )
        self._take("file")
        return data

    def kind(self) -> str:
        """What was given."""
        return next((name for name in GIVEN if self.cleaned_data.get(name)), Kind.RECORD)


def _check_address(form: forms.Form) -> None:
    if not str(form.cleaned_data.get("address") or "https://").startswith(("http://", "https://")):
        form.add_error("address", "Give an address that begins with https://.")


class ChangedEvidence(Edits, About):
    """A piece as it is to be; what kind of thing it is stays."""

    address = NewEvidence.base_fields["address"]
    statement = NewEvidence.base_fields["statement"]
    evidence_id: int

    field_order = ("title", "shows", "address", "statement")

    @classmethod
    def of(cls, piece: Evidence, data: Any = None) -> "ChangedEvidence":
        """The form filled with the piece as it is."""
        names = (
            "title", "shows", "address", "statement", "facts", "criteria", "themes", "owner", "dated_on", "valid_until",
            "may_name_pupils", "review",
        )  # fmt: skip
        form = cls(data, initial={name: getattr(piece, name) for name in names}, owner=piece.owner)
        form.evidence_id = piece.pk
        for name in ("address", "statement"):
            if piece.kind == name:
                form.fields[name].required = True
                form.fields[name].label = "The address" if name == "address" else "The statement"
            else:
                del form.fields[name]
        return form

    def clean(self) -> dict[str, Any]:
        """An address leads to the web."""
        data = super().clean()
        _check_address(self)
        return data

    def saved_by(self) -> str:
        """Who saved the piece last."""
        return last_saved_by("evidence", self.evidence_id)


class NewVersion(Dates):
    """A file that takes the place of the one before."""

    file = _file()
    field_order = ("file",)

    def clean(self) -> dict[str, Any]:
        """The file is one that is taken."""
        data = super().clean()
        self._take("file")
        return data


class Terms(Edits, forms.Form):
    """What the school calls the themes that only it knows, and for how many months evidence of a fact holds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, months = theme_names(), holds_months()
        self.own = [(found, each) for found in theme_sets() for each in found.themes if not each.title]
        for number, (found, theme) in enumerate(self.own, start=1):
            self.fields[theme.key] = words(100, label=f"{found.title}, theme {number}")
            self.initial[theme.key] = names[theme.key]
        for key, fact in facts().items():
            usual = f"{fact.holds_months} is usual" + (f" ({fact.holds_source})" if fact.holds_source else "")
            self.fields[key] = forms.IntegerField(
                label=fact.title,
                help_text=f"Months; 0 where it does not run out. {usual}",
                min_value=0,
                max_value=120,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), "Give months from 0 to 120."
                ),
            )
            self.initial[key] = months[key]

    def names(self) -> dict[str, str]:
        """The school's own names, by theme."""
        return {theme.key: self.cleaned_data[theme.key] for _, theme in self.own}

    def months(self) -> dict[str, int]:
        """The terms, by fact."""
        return {key: self.cleaned_data[key] for key in facts()}

    def saved_by(self) -> str:
        """Who changed them last."""
        return last_saved_by("school", None)


class ArchiveChoice(forms.Form):
    """What goes into an archive besides the pieces."""

    frameworks = forms.MultipleChoiceField(
        label="By the criteria of",
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose at least one of those on the list."),
    )
    figures = forms.BooleanField(
        label="With this year's figures of the counted criteria", help_text="Numbers under 6 hidden", required=False
    )
    owners = forms.BooleanField(
        label="With the names of those whose evidence it is",
        help_text="Otherwise their posts only",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["frameworks"].choices = [(each.key, each.title) for each in frameworks()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """For `archive_of`."""
        data = self.cleaned_data
        return {
            "frameworks": [each for each in frameworks() if each.key in data["frameworks"]],
            "with_figures": data["figures"],
            "with_owners": data["owners"],
        }


class NamedPieces(Purpose):
    """Pieces that may name pupils, chosen one by one, and what the archive is for."""

    field_order = ("pieces", "purpose")

    pieces = forms.MultipleChoiceField(
        label="Pieces that may name pupils",
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Tick the pieces that are to go in."),
    )

    def __init__(self, named: list[Evidence], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pieces"].choices = [(str(each.pk), each.title) for each in named]  # type: ignore[attr-defined]
