"""The tables of the picture and the lists of names, drawn in one go.

A template that is asked once a square, or once a name, costs more than all the rest of these pages. What is written
here is what the templates would write; every word goes through `escape`.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from dekaan.benchmarks.queries.names import NamesOfGroup
from dekaan.benchmarks.queries.picture import Bar, HeatSquare, Picture


def heat_map(picture: Picture, place: str, *, opens: bool) -> SafeString:
    """The rows of the heat map; with `opens`, each square leads from `place`, the picture's address, to its names."""
    rows = (
        f'<tr><th scope="row">Year {row.year_group}</th>'
        + "".join(_square(each, place if opens else "") for each in row.squares)
        + "</tr>"
        for row in picture.rows
    )
    return mark_safe("".join(rows))  # noqa: S308 escaped piece by piece


def _square(square: HeatSquare, place: str) -> str:
    text = escape(square.text)
    inside = (
        f'<a href="{escape(place + square.opens)}">{text}</a>' if place and square.opens else f"<span>{text}</span>"
    )
    return f'<td class="{square.css}" title="{escape(square.says)}">{inside}</td>'


def criteria(bars: list[Bar], place: str, *, year: int, this_year: bool, before: str, opens: bool) -> SafeString:
    """The rows of one benchmark's criteria: the bar, the figure, the band, the year before and, with `opens`, who."""
    rows = []
    for bar in bars:
        about = f"{place}criteria/{bar.criterion.id}/"
        names = f"{about}missing/?year={year}&amp;state="
        title, now = escape(bar.criterion.title), bar.now
        quiet = f'<span class="quiet">{escape(now.assumed)}</span>' if now.assumed else ""
        if bar.criterion.cohort_note:
            quiet += f'<br><span class="quiet">{escape(bar.criterion.cohort_note)}</span>'
        row = (
            f'<tr><th scope="row"><a class="govuk-link" href="{about}{"" if this_year else f"?year={year}"}">{title}</a>'
            f'<br><span class="quiet">{escape(bar.criterion.who)}</span></th><td class="drawing">{bar.drawing}</td>'
            f'<td class="figure">{_figure(bar, names, opens=opens)} {quiet}</td>'
            f'<td data-label="In words">{"Unknown" if now.is_unknown else escape(now.figure.band) or "–"}</td><td data-label="{before}">{_before(bar)}</td>'
        )
        if opens:
            row += _count("Missed", now.figure.missed, f"{names}missed", f"miss: {title}")
            row += _count("Unknown", now.figure.unknown, f"{names}unknown", f"unknown: {title}")
        rows.append(row + "</tr>")
    return mark_safe("".join(rows))  # noqa: S308 escaped piece by piece


def _figure(bar: Bar, names: str, *, opens: bool) -> str:
    figure = bar.now.figure
    if not (opens and figure.of) or bar.now.is_unknown:
        return escape(bar.now.says)
    unknown = f", {figure.unknown} unknown" if figure.unknown else ""
    return f'<a class="govuk-link" href="{names}met">{figure.met}</a> of {figure.of}{unknown}: {escape(bar.now.span)}'


def _before(bar: Bar) -> str:
    if bar.before is None:
        return "–"
    said = bar.before.in_short
    return said if bar.before.is_known else f'<span class="quiet">{said}</span>'


def _count(label: str, number: int | None, address: str, says: str) -> str:
    """A number that opens to its names; where the number is hidden, whoever may read the names opens them all the same."""
    return (
        f'<td class="number" data-label="{label}"><a class="govuk-link figure" href="{address}">'
        f'{"Names" if number is None else number}<span class="govuk-visually-hidden"> {says}</span></a></td>'
    )


def names(groups: Iterable[NamesOfGroup], place: str, *, on_paper: str) -> SafeString:
    """A section for each tutor group, its names leading to `place` and their number; `on_paper` heads each sheet."""
    head = f'<section><p class="on-paper">{escape(on_paper)}</p><h2 class="govuk-heading-s">'
    sections = []
    for group in groups:
        items = (f'<li><a class="govuk-link" href="{place}{row.pk}/">{escape(row.name)}</a></li>' for row in group.rows)
        sections.append(
            f'{head}{escape(group.name)} <span class="quiet">({len(group.rows)})</span></h2>'
            f'<ul class="govuk-list">{"".join(items)}</ul></section>'
        )
    return mark_safe("".join(sections))  # noqa: S308 escaped piece by piece
