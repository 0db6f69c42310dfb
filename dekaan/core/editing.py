"""Two people edit one thing: the second is shown what was saved meanwhile beside what they typed, and chooses.

A form that begins with what a row says is an `Edits`. It carries how each field read when the page was opened; a field
that reads otherwise by the time it is sent, and not as was typed, stops the saving. What the person had not touched
is taken over as it was saved meanwhile. The view `hold`s the row first, so that nobody writes between the look and the
saving. A new editing form is found by the test that walks them all.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

AS_READ = "as_read"


@dataclass(frozen=True)
class Clash:
    """A field that somebody else saved otherwise meanwhile."""

    label: str
    saved: str  # as it is now, in words
    typed: str
    is_touched: bool  # by the person who is told; else theirs was only as the page had it


class Edits(forms.BaseForm):
    """A form that begins with what is held; put before forms.Form. Says who saved meanwhile in `saved_by`."""

    clashes: tuple[Clash, ...] = ()

    def saved_by(self) -> str:
        """Who saved last and when, in words."""
        return "Somebody"

    def is_valid(self) -> bool:
        """Filled in rightly, and nothing was saved meanwhile that this would write over."""
        if not self.is_bound:
            return False
        if AS_READ in self.data and not self.clashes:
            self._look_for_clashes()
        return super().is_valid() and not self.clashes

    def _look_for_clashes(self) -> None:
        read = dict(each.split(":", 1) for each in self.data.get(AS_READ, "").split() if ":" in each)
        found, data = [], cast(QueryDict, self.data).copy()
        for name, field in self.fields.items():
            now, typed = _plain(field, self.get_initial_for_field(field, name)), _plain(field, self._sent(name))
            was = read.get(name)
            if was is None or was == _short(now) or now == typed:
                continue
            is_touched = _short(typed) != was
            found.append(Clash(str(field.label or name), _in_words(field, now), _in_words(field, typed), is_touched))
            if not is_touched:
                data.setlist(self.add_prefix(name), now.split("\x1f") if now else [])
        self.clashes, self.data = tuple(found), data

    def _sent(self, name: str) -> Any:
        return self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def as_read(self) -> SafeString:
        """How each field reads as it is held now: a hidden field of the form."""
        said = " ".join(
            f"{name}:{_short(_plain(field, self.get_initial_for_field(field, name)))}"
            for name, field in self.fields.items()
        )
        return format_html('<input type="hidden" name="{}" value="{}">', AS_READ, said)


def hold(request: HttpRequest, row: models.Model) -> None:
    """While a form about the row is being saved, nobody else saves one: the row is as it is now, and stays so."""
    if request.method == "POST":
        # Not of the key: rows that point at it (a whole school's, where it is the school) can be written meanwhile.
        row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update(of=("self",), no_key=True))


def _plain(field: forms.Field, value: Any) -> str:
    """A value as its control would send it, so that what is held and what is typed can be compared."""
    if isinstance(field.widget, forms.CheckboxInput):
        return "on" if value else ""
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, list | tuple):
        return "\x1f".join(sorted(str(each) for each in shown if each not in {None, ""}))
    return "" if shown is None else str(shown).replace("\r\n", "\n").strip()


def _short(plain: str) -> str:
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _in_words(field: forms.Field, plain: str) -> str:
    if not plain:
        return "no" if isinstance(field.widget, forms.CheckboxInput) else "nothing"
    if isinstance(field.widget, forms.CheckboxInput):
        return "yes"
    names: dict[str, str] = {}
    for value, label in getattr(field, "choices", ()):
        pairs = label if isinstance(label, list | tuple) else [(value, label)]
        names |= {str(key): str(name) for key, name in pairs}
    return ", ".join(names.get(each, each) for each in plain.split("\x1f"))
