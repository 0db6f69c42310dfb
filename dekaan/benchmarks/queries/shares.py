"""A figure as it is shown: as a share, in words, as a bar; and what groups of pupils are called."""

from collections.abc import Iterable
from dataclasses import dataclass

from dekaan.core.charts import bar
from dekaan.measures.queries import SMALL, Figure, released
from dekaan.people.models import Ethnicity, SenProvision, Sex

BREAKDOWN_NAMES = {
    "year-group": "Year group",
    "pupil-premium": "Pupil premium",
    "sen": "Special educational needs",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "eal": "English as an additional language",
    "looked-after": "Looked after",
    "tutor-group": "Tutor group",
}
YES_NO = {"yes": "Yes", "no": "No"}
VALUE_NAMES = {
    "pupil-premium": YES_NO,
    "eal": YES_NO,
    "looked-after": YES_NO,
    "sen": dict(SenProvision.choices),
    "sex": dict(Sex.choices),
    "ethnicity": dict(Ethnicity.choices),
}


def value_name(breakdown: str, value: str, tutor_group_names: dict[str, str]) -> str:
    """What a group of pupils is called: "Year 10", "SEN support", "10A"."""
    if breakdown == "year-group":
        return f"Year {value}"
    if not value:
        return "Not known"
    if breakdown == "tutor-group":
        return tutor_group_names.get(value, "A tutor group of that year")
    return VALUE_NAMES.get(breakdown, {}).get(value, value)


@dataclass(frozen=True)
class Share:
    """A figure ready to draw: shares in whole per cent, rounded down, so that 100 is all of them."""

    figure: Figure

    @property
    def at_least(self) -> int | None:
        """The share known to meet it; None where hidden or where nobody is judged."""
        return self.figure.met * 100 // self.figure.of if self.figure.of and self.figure.met is not None else None

    @property
    def at_most(self) -> int | None:
        """The share that may meet it, the unknown included."""
        figure = self.figure
        if not figure.of or figure.met is None or figure.unknown is None:
            return None
        return (figure.met + figure.unknown) * 100 // figure.of

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of anybody, which is not the same as nobody meeting it."""
        return bool(self.figure.of) and self.figure.unknown == self.figure.of

    @property
    def is_known(self) -> bool:
        """Whether there is a share to say and to draw: somebody is judged, nothing is hidden, something is known."""
        return self.at_least is not None and not self.is_unknown

    @property
    def in_short(self) -> str:
        """ "at least 78 %"; in a word why there is no share to say, and never 0 % of what is not known."""
        if self.figure.hidden:
            return "hidden"
        if self.is_unknown:
            return "unknown"
        if self.at_least is None:
            return "–"
        return f"at least {self.at_least} %" if self.figure.unknown else f"{self.at_least} %"

    @property
    def says(self) -> str:
        """ "776 of 993, 171 unknown: 78 to 95 %", or why there is nothing to say."""
        figure = self.figure
        if figure.hidden:
            return figure.hidden
        if not figure.of:
            return "Not applicable: nobody is judged on it"
        if self.is_unknown:
            return f"{figure.of} pupil{'' if figure.of == 1 else 's'}, all unknown"
        unknown = f", {figure.unknown} unknown" if figure.unknown else ""
        return f"{figure.met} of {figure.of}{unknown}: {self.span}"

    @property
    def assumed(self) -> str:
        """How much of it rests on attendance nobody checked; empty where nothing does."""
        figure = self.figure
        if figure.assumed is None and not figure.hidden:
            return f"(fewer than {SMALL} assumed)"
        share = figure.assumed * 100 // figure.met if figure.met and figure.assumed else 0
        return f"({share} % assumed)" if share else ""

    @property
    def span(self) -> str:
        """ "78 to 95 %"; one number where nothing is unknown, and none where nothing is known."""
        if self.is_unknown:
            return "unknown"
        return f"{self.at_least} to {self.at_most} %" if self.figure.unknown else f"{self.at_least} %"


def drawn(share: Share, title: str, before: Share | None = None) -> str:
    """A share as a bar that says in words what it shows."""
    figure = share.figure
    if not figure.of or figure.met is None or figure.unknown is None:
        return ""
    last_year = None
    if before and before.is_known:
        last_year = (before.figure.met or 0) / (before.figure.of or 1)
    says = f"{title}: {figure.met} of {figure.of} pupils, {figure.unknown} unknown"
    return bar(met=figure.met, unknown=figure.unknown, of=figure.of, last_year=last_year, says=says)


def fit_to_show(figures: Iterable[Figure], *, exact: bool) -> list[Figure]:
    """Exact for the careers team; for everybody else as the one exit lets them out."""
    return list(figures) if exact else released(figures)
