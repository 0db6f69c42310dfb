"""How a partner is chosen by any part of its name, and what may be said of names and of organisations that are one."""

from typing import Any

from django import forms

from dekaan.core.folding import folded
from dekaan.core.numbers import row_number
from dekaan.core.plain_fields import Offers, choice, words
from dekaan.frameworks.queries import partner_kinds
from dekaan.partners.models import Organisation
from dekaan.partners.queries import by_plain_name, in_use, names_on_offer, organisation_named, plain_name
from dekaan.programme.changes import Match
from dekaan.programme.models import Activity
from dekaan.programme.queries import TypedName


def partner(label: str = "Employer or provider", also: str = "") -> forms.CharField:
    """An employer or provider: one of the directory, or any other name."""
    return words(
        200,
        label=label,
        widget=Offers(names_on_offer),
        help_text=f"{also}Type any part of a name and choose, or type one that is not in your directory",
    )


def kind_of_partner() -> Any:
    """What kind the employer or provider is of."""
    kinds = ((each.key, each.name) for each in partner_kinds().values())
    return choice(label="Kind of employer or provider", choices=[("", "Not said"), *kinds])


class OtherPartner(forms.Form):
    """With whom one session is, where it is not with its activity's usual employer or provider."""

    activity: Activity
    partner_name = partner("Another employer or provider", "Where it is not the activity’s usual one. ")
    partner_kind = kind_of_partner()

    def clean(self) -> dict[str, Any]:
        """Another than usual, with a kind: one of the directory brings its own."""
        data = super().clean() or {}
        take_from_directory(data)
        if not data.get("partner_name") or data["partner_name"] == self.activity.partner_name:
            data |= {"partner_name": "", "partner_kind": "", "organisation": None}
        elif not data.get("partner_kind"):
            self.add_error(
                "partner_kind", "Say what kind of employer or provider it is: it decides what this counts for."
            )
        return data

    def with_whom(self) -> dict[str, Any]:
        """The partner of the session's own, as fields of Session."""
        return {name: self.cleaned_data[name] for name in ("partner_name", "partner_kind", "organisation")}


def take_from_directory(data: dict[str, Any]) -> None:
    """What was chosen from the directory fills the name, and the kind where none was said; `organisation` is it or None."""
    found = organisation_named(data.get("partner_name", ""))
    data["organisation"] = found
    if found is not None:
        data["partner_name"] = found.name
        data["partner_kind"] = data.get("partner_kind") or found.kind


class NameLine:
    """One name with what is said of it: whether it is taken, and whose it is."""

    def __init__(self, number: int, typed: TypedName, data: Any = None) -> None:
        self.number, self.typed = number, typed
        self.is_taken = typed.is_sure if data is None else data.get(f"take_{number}") == "on"
        self.chosen = typed.guess if data is None else data.get(f"whose_{number}", "")
        self.other = "" if data is None else data.get(f"other_{number}", "").strip()[:200]
        self.kind = typed.kind if data is None else data.get(f"kind_{number}", "")
        self.problem = ""
        self.match: Match | None = None

    @property
    def suggestions(self) -> list[tuple[str, str, bool]]:
        """Value, words, and whether it is chosen; those of the same name with their towns."""
        every = [*self.typed.exact, *self.typed.near]
        names = [each.name for each in every]
        found = [(str(each.pk), _with_town(each) if names.count(each.name) > 1 else each.name) for each in every]
        return [(value, said, value == self.chosen) for value, said in [*found, ("new", "A new organisation")]]

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        """The kinds that a new one may be of."""
        return [(each.key, each.name, each.key == self.kind) for each in partner_kinds().values()]


def _with_town(each: Organisation) -> str:
    return f"{each.name}, {each.town}" if each.town else each.name


class NamesMatched:
    """Names with what was ticked and chosen of each; `matches` are those that are taken, where nothing is wrong.

    A line is known by the name itself, sent with it: the list may be another by the time that it is sent.
    """

    def __init__(self, names: list[TypedName], data: Any = None) -> None:
        self.sent = data is not None
        if data is None:
            self.lines = [NameLine(number, each) for number, each in enumerate(names)]
        else:
            by_name = {each.name: each for each in names}
            said = {name: number for number in range(MOST_LINES) if (name := data.get(f"name_{number}"))}
            self.lines = [NameLine(said[name], by_name[name], data) for name in said if name in by_name]
        self.matches: dict[str, Match] = {}
        if data is not None:
            self._look()

    def _look(self) -> None:
        there = {each.pk: each for each in in_use()}
        by_name = by_plain_name()
        for line in self.lines:
            if not line.is_taken:
                continue
            match, line.problem = _said(line, there, by_name)
            if match is not None:
                self.matches[line.typed.name] = match
        if self.problems:
            self.matches = {}

    @property
    def problems(self) -> list[NameLine]:
        """Lines of which something cannot be."""
        return [each for each in self.lines if each.problem]


MOST_LINES = 100


def _said(
    line: NameLine, there: dict[int, Organisation], by_name: dict[str, list[Organisation]]
) -> tuple[Match | None, str]:
    if line.other:
        found = by_name.get(plain_name(line.other), []) if folded(line.other) else []
        if len(found) != 1:
            why = "is in your directory more than once: type it with its town" if found else "is not in your directory"
            return None, f"“{line.other}” {why}."
        return Match(found[0]), ""
    if line.chosen == "new":
        if line.kind not in partner_kinds():
            return None, f"Say what kind “{line.typed.name}” is: it decides what sessions count for."
        return Match(None, line.kind), ""
    chosen = there.get(row_number(line.chosen) or 0)
    return (Match(chosen), "") if chosen else (None, f"Say whose name “{line.typed.name}” is.")


class Kept(forms.Form):
    """Which of two organisations that are one is kept."""

    keep = choice(required="Say which one is kept.", label="Which one is kept?", widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, one: Organisation, other: Organisation, longer: Organisation) -> None:
        super().__init__(data, initial={"keep": str(longer.pk)})
        self.fields["keep"].help_text = "Chosen beforehand: the one with the longer history."
        self.fields["keep"].choices = [(str(each.pk), _with_town(each)) for each in (one, other)]  # type: ignore[attr-defined]


class Find(forms.Form):
    """By what the directory is narrowed; whatever does not fit is left out of the search."""

    q = forms.CharField(label="Any part of a name or town", required=False, max_length=100)
    kind = forms.ChoiceField(label="Kind", required=False)
    live = forms.ChoiceField(
        label="Link", required=False, choices=[("", "Any"), ("yes", "With a live link"), ("no", "Without one")]
    )
    also = forms.BooleanField(label="Also those no longer used", required=False)
    page = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", "Any"), *((each.key, each.name) for each in partner_kinds().values())]  # type: ignore[attr-defined]
