"""The table of a trust's schools, drawn in one go: some hundreds of cells (decision 12).

What is written here is what a template would write; every word goes through `escape`.
"""

from collections.abc import Callable, Collection, Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from dekaan.people.models import SenProvision, Sex
from dekaan.schools.models import School
from dekaan.trusts.queries import Clustered, Column, Entry, FactsOf, Row, SideBySide, Summary

_YES_NO = {"yes": "yes", "no": "no"}
_NAMES: dict[str, dict[str, str]] = {
    "all": {},
    "pupil-premium": _YES_NO,
    "eal": {"yes": "additional", "no": "English"},
    "sen": {SenProvision.NONE: "none", SenProvision.SUPPORT: "support", SenProvision.PLAN: "plan"},
    "sex": {key: str(label) for key, label in Sex.choices},
}
# What is written before a share, escaped once.
VALUES = {group: {str(value): f"{escape(name)}: " for value, name in names.items()} for group, names in _NAMES.items()}
WHY = {
    "not asked": '<span class="quiet">not asked</span>',
    "hidden": '<span class="quiet">hidden</span>',
    "unknown": '<span class="quiet">unknown</span>',
    "nobody": "–",
}
TAGS = {"met": "met", "open": "open", "unknown": "unknown"}


def columns(found: SideBySide) -> SafeString:
    """The heads of the columns: what each criterion asks stands under its number."""
    heads = (
        f'<th scope="col" class="number">{_head(each)}<br><span class="quiet">{escape(each.criterion.title)}</span></th>'
        for each in found.columns
    )
    return mark_safe("".join(heads))  # noqa: S308 escaped piece by piece


def _head(column: Column) -> str:
    return escape(("P" if column.is_of_access else "") + column.head).replace("Year ", "Year&nbsp;")


def rows(found: SideBySide, clusters: Iterable[Clustered], *, year: int, this_year: int) -> SafeString:
    """A body of the table for each cluster, its schools by name; each figure leads to the school's own page of it."""
    by_school = {each.school.pk: each for each in found.rows}
    query = "" if year == this_year else f"?year={year}"
    ways = [_way(each) for each in found.columns]
    picture = _apart(reverse("benchmark-picture", args=[SLUG]))
    labels = _labels(found)
    return _in_clusters(
        clusters,
        1 + len(found.columns),
        lambda school: _row(by_school[school.pk], found, picture, list(zip(ways, labels, strict=True)), query),
    )


def facts(clusters: Iterable[Clustered], known: Collection[FactsOf]) -> SafeString:
    """A body of the other table for each cluster: what of each school is no figure."""
    return _in_clusters(
        clusters,
        1 + len(known),
        lambda school: (
            f'<tr><th scope="row">{escape(school.name)}</th>{"".join(_fact(each, school) for each in known)}</tr>'
        ),
    )


def _in_clusters(clusters: Iterable[Clustered], width: int, draw: Callable[[School], str]) -> SafeString:
    drawn = (
        f'<tbody><tr class="cluster"><th scope="rowgroup" colspan="{width}">{escape(each.name)} '
        f'<span class="quiet">({len(each.schools)})</span></th></tr>{"".join(map(draw, each.schools))}</tbody>'
        for each in clusters
    )
    return mark_safe("".join(drawn))  # noqa: S308 escaped piece by piece


def _labels(found: SideBySide) -> list[str]:
    """What stands before a figure where the table is narrow and its head is not seen."""
    return [f"{_head(each)} {escape(each.criterion.title)}" for each in found.columns]


SLUG = "-school-"
FEWEST = 2  # schools of a kind, so that something of them together can be said
Way = tuple[str, str]  # an address before and after the school's slug


def _apart(address: str) -> Way:
    before, after = address.split(SLUG)
    return before, after


def _way(column: Column) -> Way:
    """The address of a column's own page at a school."""
    if column.is_of_access:
        return _apart(reverse("provider-access", args=[SLUG]))
    return _apart(reverse("criterion-detail", args=[SLUG, column.criterion.id]))


def _row(row: Row, found: SideBySide, picture: Way, columns: list[tuple[Way, str]], query: str) -> str:
    school, values = row.school, VALUES[found.group.key]
    slug = escape(school.slug)
    way = slug.join(picture)
    head = f'<tr><th scope="row"><a class="govuk-link" href="{way}">{escape(school.name)}</a></th>'
    if row.note:
        return f'{head}<td colspan="{len(columns)}" class="quiet">{escape(row.note)}</td></tr>'
    cells = (
        f'<td class="number" data-label="{label}">'
        f"{'<br>'.join([_entry(each, values, before + slug + after + query) for each in entries])}</td>"
        for entries, ((before, after), label) in zip(row.entries, columns, strict=True)
    )
    return f"{head}{''.join(cells)}</tr>"


def _entry(entry: Entry, values: dict[str, str], way: str) -> str:
    called = _called(entry.value, values) if values else ""
    if entry.least is None:
        return called + WHY[entry.why]
    share = f"≥ {entry.least} %" if entry.more else f"{entry.least} %"
    return f'{called}<a class="govuk-link" href="{way}" title="{entry.says}">{share}</a>'


def _fact(of: FactsOf, school: School) -> str:
    fact = of.by_school[school.pk]
    tag = TAGS.get(fact.state)
    words = escape(fact.words)
    label = escape(of.name)
    if not tag:
        return f'<td class="quiet" data-label="{label}">{words}</td>'
    return f'<td data-label="{label}"><strong class="tag {tag}">{words}</strong></td>'


def totals(found: SideBySide) -> SafeString:
    """For each kind of which there are two schools or more: the median and the middle half, and how many reach it."""
    values, drawn, width = VALUES[found.group.key], [], 1 + len(found.columns)
    labels = _labels(found)
    for kind in found.kinds:
        if kind.schools < FEWEST:
            continue
        drawn.append(
            f'<tbody><tr class="cluster"><th scope="rowgroup" colspan="{width}">{escape(kind.name)} '
            f'<span class="quiet">({kind.schools})</span></th></tr>'
        )
        for title, say in (("Median", _median), ("Middle half", _spread), ("75 % or more", _reach)):
            cells = "".join(
                f'<td class="number" data-label="{label}">'
                f"{'<br>'.join([(_called(one.value, values) if values else '') + say(one) for one in each]) or '–'}</td>"
                for each, label in zip(kind.summaries, labels, strict=True)
            )
            drawn.append(f'<tr><th scope="row">{title}</th>{cells}</tr>')
        drawn.append("</tbody>")
    return mark_safe("".join(drawn))  # noqa: S308 escaped piece by piece


def _said(summary: Summary, values: dict[str, str], say: Callable[[Summary], str]) -> str:
    return (_called(summary.value, values) if values else "") + say(summary)


def _called(value: str, values: dict[str, str]) -> str:
    """ "support: ", before the share of those pupils."""
    return values.get(value) or f"{escape(value) or 'not known'}: "


def _median(summary: Summary) -> str:
    return "–" if summary.median is None else f"{summary.median} %"


def _spread(summary: Summary) -> str:
    return "–" if summary.spread is None else f"{summary.spread[0]} to {summary.spread[1]} %"


def _reach(summary: Summary) -> str:
    return f"{summary.reach} of {summary.shown}" if summary.shown else "–"
