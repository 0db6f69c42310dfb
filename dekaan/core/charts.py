"""Pictures drawn on the server as SVG, for people who look before they read. No script, no style attribute.

Each has a title that says in words what it shows; the table beside it is the page's business. The colours are those
of the look; pattern and edge carry the same meaning in black and white.
"""

from django.utils.html import format_html
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
