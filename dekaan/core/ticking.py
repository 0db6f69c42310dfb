"""Names to tick on a page, group by group: all ticked at first, then as they were sent.

For a form of its own (`class Plan(Ticking, forms.Form)`) whose `groups` each have a name and rows, each row with a `pk`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class GroupToTick:
    """A group on the page: unticked, it leaves all of its rows out."""

    of: Any
    key: str
    is_ticked: bool
    rows: list[tuple[Any, bool]]

    @property
    def name(self) -> str:
        """What the group is called."""
        return str(self.of.name)


class Ticking(forms.BaseForm):
    """Put before forms.Form; `components/names_to_tick.html` shows the names."""

    groups: Sequence[Any] = ()

    def names(self) -> list[GroupToTick]:
        """The names as the page shows them."""
        chosen, groups = set(self._sent("pupils")), set(self._sent("groups"))
        return [
            GroupToTick(
                group,
                f"group-{number}",
                not self.is_bound or f"group-{number}" in groups,
                [(row, not self.is_bound or str(row.pk) in chosen) for row in group.rows],
            )
            for number, group in enumerate(self.groups)
        ]

    def ids(self) -> list[int]:
        """The ids that are ticked as the page stands."""
        return [row.pk for group in self.names() if group.is_ticked for row, is_ticked in group.rows if is_ticked]

    def ticked(self) -> list[int]:
        """The ids that stay ticked; an error where there is none, or where somebody is not on the list any more."""
        chosen = self.ids()
        if not set(self._sent("pupils")) <= {str(row.pk) for group in self.groups for row in group.rows}:
            self.add_error(None, "Somebody who was ticked is no longer on this list. Look through it once more.")
        elif not chosen:
            self.add_error(None, "Leave at least one pupil ticked.")
        return chosen

    def only_looking(self, *, but_for: str = "") -> None:
        """Nothing is said of what is missing yet, except of that field: the page is asked again, not sent."""
        for name in [each for each in self.errors if each != but_for]:
            del self.errors[name]

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if self.is_bound else []  # type: ignore[attr-defined]
