"""Pictures drawn on the server as SVG, for people who look before they read. No script, no style attribute.

Each has a title that says in words what it shows; the table beside it is the page's business. The colours are those
of the look; pattern and edge carry the same meaning in black and white.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 240, 18
DEEP, LINE, PAPER = "#0b5563", "#14191b", "#ffffff"


def bar(*, met: int, unknown: int, of: int, last_year: float | None = None, says: str) -> SafeString:
    """Met, then unknown (outlined and dotted), then the gap; a mark where the share stood last year (0 to 1)."""
    whole = of or 1
    met_width = round(WIDTH * met / whole, 1)
    unknown_width = round(WIDTH * unknown / whole, 1)
    mark = (
        format_html(
            '<line x1="{}" x2="{}" y1="0" y2="{}" stroke="{}" stroke-width="3"/>',
            round(WIDTH * last_year, 1),
            round(WIDTH * last_year, 1),
            HEIGHT,
            LINE,
        )
        if last_year is not None
        else ""
    )
    return format_html(
        '<svg class="bar" viewBox="0 0 {w} {h}" preserveAspectRatio="none" role="img"><title>{says}</title>'
        '<rect x="0.5" y="0.5" width="{inner}" height="{tall}" fill="{paper}" stroke="{line}"/>'
        '<rect x="0.5" y="0.5" width="{met}" height="{tall}" fill="{deep}"/>'
        '<rect x="{met}" y="2" width="{unknown}" height="{short}" fill="none" stroke="{line}" stroke-dasharray="2 3"/>'
        "{mark}</svg>",
        w=WIDTH,
        h=HEIGHT,
        says=says,
        inner=WIDTH - 1,
        tall=HEIGHT - 1,
        short=HEIGHT - 4,
        paper=PAPER,
        line=LINE,
        deep=DEEP,
        met=met_width,
        unknown=unknown_width,
        mark=mark,
    )


def heat_step(met: int, of: int) -> int:
    """0 to 10: how deep a heat-map cell is; 10 only where everybody meets it."""
    return 0 if of == 0 else met * 10 // of


FLOW_WIDTH, FLOW_HEIGHT, LEFT, RIGHT, ROW = 760, 340, 250, 510, 20


@dataclass(frozen=True)
class Stream:
    """So many go from one place on the left to one on the right; `is_open` where nobody knows that they did."""

    of: str
    to: str
    number: int
    is_open: bool = False


Ends = Sequence[tuple[str, int | None]]  # the names of a side, each with its number where it may be told


def flow(streams: Sequence[Stream], *, left: Ends, right: Ends, says: str, describes: str) -> SafeString:
    """Streams from names on the left to names on the right, as thick as their numbers, in the order given on both sides.

    What is open is only outlined, and lies below the others; what comes out where it meant to is darker. Beside each name stands the number that is
    given for it, and none where none is: not what the streams that are drawn come to.
    """
    sides = [_tall(streams, "of", left), _tall(streams, "to", right)]
    scale = FLOW_HEIGHT / (max(sum(each.values()) for each in sides) or 1)
    (starts, tall), (stops, also_tall) = (_column(each, scale) for each in sides)
    shapes: list[tuple[bool, SafeString]] = []
    at_left, at_right = dict(starts), dict(stops)
    for each in sorted(streams, key=lambda each: (list(starts).index(each.of), list(stops).index(each.to))):
        shapes.append((not each.is_open, _stream(each, at_left[each.of], at_right[each.to], each.number * scale)))
        at_left[each.of] += each.number * scale
        at_right[each.to] += each.number * scale
    names = [
        _name(sides[0], starts, scale, dict(left), (LEFT - 10, LEFT - 18, "end")),
        _name(sides[1], stops, scale, dict(right), (RIGHT + 2, RIGHT + 18, "start")),
    ]
    return format_html(
        '<svg class="flow" viewBox="0 0 {} {}" role="img" aria-labelledby="flow-title flow-desc">'
        '<title id="flow-title">{}</title><desc id="flow-desc">{}</desc>{}{}</svg>',
        FLOW_WIDTH,
        round(max(tall, also_tall)),
        says,
        describes,
        format_html_join("", "{}", ((each,) for _, each in sorted(shapes, key=lambda pair: pair[0]))),
        format_html_join("", "{}", ((each,) for each in names)),
    )


def _tall(streams: Sequence[Stream], side: str, ends: Ends) -> dict[str, int]:
    """How many each name of a side stands for: its number, else the streams that are drawn; none without either."""
    drawn = {name: sum(each.number for each in streams if getattr(each, side) == name) for name, _ in ends}
    return {name: number or drawn[name] for name, number in ends if number or drawn[name]}


def _column(numbers: Mapping[str, int], scale: float) -> tuple[dict[str, float], float]:
    """Where each name of a side begins, and how tall the column is: a name has room for a line of words."""
    begins, at = {}, 4.0
    for name, number in numbers.items():
        begins[name] = at
        at += max(number * scale, ROW) + 8
    return begins, at


def _stream(each: Stream, start: float, end: float, thick: float) -> SafeString:
    middle = (LEFT + RIGHT) / 2
    way = (
        f"M{LEFT} {start:.1f}C{middle} {start:.1f} {middle} {end:.1f} {RIGHT} {end:.1f}V{end + thick:.1f}"
        f"C{middle} {end + thick:.1f} {middle} {start + thick:.1f} {LEFT} {start + thick:.1f}Z"
    )
    look = (
        format_html('fill="none" stroke="{}" stroke-dasharray="3 3"', LINE)
        if each.is_open
        else format_html(
            'fill="{}" fill-opacity="{}" stroke="{}"', DEEP, "0.75" if each.of == each.to else "0.3", PAPER
        )
    )
    return format_html('<path d="{}" {}><title>{} → {}: {}</title></path>', way, look, each.of, each.to, each.number)


def _name(
    numbers: Mapping[str, int],
    begins: Mapping[str, float],
    scale: float,
    told: Mapping[str, int | None],
    where: tuple[int, int, str],
) -> SafeString:
    """The names of a side with their numbers, and a bar before each; `where` the bar is, the name, and its anchor."""
    bar_at, name_at, anchor = where
    return format_html_join(
        "",
        '<rect x="{}" y="{}" width="8" height="{}" fill="{}"/>'
        '<text x="{}" y="{}" text-anchor="{}" font-size="14" fill="{}">{}</text>',
        (
            (
                bar_at,
                round(at, 1),
                round(numbers[name] * scale, 1),
                LINE,
                name_at,
                round(at + max(14.0, numbers[name] * scale / 2 + 5), 1),
                anchor,
                LINE,
                name if told[name] is None else f"{name} {told[name]}",
            )
            for name, at in begins.items()
        ),
    )
