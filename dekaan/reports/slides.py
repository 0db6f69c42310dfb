"""Slides of a frozen paper: made of what was frozen, the same bytes whenever and wherever they are made."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from pptx import Presentation
from pptx.util import Inches, Pt

from dekaan.core.undated import without_a_day
from dekaan.core.word import settable
from dekaan.reports.parts import Content, Part, PartTable, parts_of

A_DAY = datetime(2018, 1, 1, tzinfo=UTC)
TITLE, TITLE_ONLY = 0, 5  # layouts of the library's own template
MOST_WORDS = 620  # characters of sentences on a slide
FEW_WORDS = 280  # characters that have room above a table
MOST_LINES, LINES_ABOVE = 26, 4  # of a table; each row has half a line around it on either side
LINE = 150  # characters of twelve points across a table
LONGEST_CELL = 90


def slides(content: Content) -> bytes:
    """The paper as a .pptx file: a title, then a slide or more for each part, and where each figure comes from."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    about = made.core_properties
    about.title, about.author, about.language = (
        settable(content["title"])[:255],
        settable(content["school"])[:255],
        "en-GB",
    )
    about.created = about.modified = A_DAY
    about.last_modified_by, about.revision = "", 1
    first = made.slides.add_slide(made.slide_layouts[TITLE])
    _place(first.shapes.title, 1, 2.2, 11.3, 1.5)
    _place(first.placeholders[1], 1, 4, 11.3, 1.2)
    _say(first.shapes.title.text_frame, [content["title"]], 38)
    _say(first.placeholders[1].text_frame, [f"{content['school']}, every figure as on {content['as_on']}"], 20)
    for part in parts_of(content):
        _part(made, part)
    notes = [f"{place}. {note['words']}" for place, note in enumerate(content.get("notes", ()), start=1)]
    _part(made, Part("Where each figure comes from", notes))
    kept = io.BytesIO()
    made.save(kept)
    return without_a_day(kept.getvalue())


def _part(made: Any, part: Part) -> None:
    title, above = part.title, part.says
    if not part.tables or sum(map(len, above)) > FEW_WORDS:
        for sentences in _in_slides(above):
            _words(_slide(made, title), sentences)
            title = f"{part.title} (continued)"
        above = ()
    for table in part.tables:
        chunks = list(_in_tables(table, MOST_LINES - (LINES_ABOVE if above else 0)))
        for place, rows in enumerate(chunks):
            is_last = place + 1 == len(chunks)
            _table(_slide(made, title), table, rows, table.more if is_last else 0, above)
            title, above = f"{part.title} (continued)", ()


def _in_tables(table: PartTable, most_lines: int) -> Iterator[list[Sequence[str]]]:
    """As many rows as a slide has room for, by their lines."""
    held: list[Sequence[str]] = []
    lines = 0
    for row in table.rows:
        needs = max(_lines(words, share, sum(table.widths)) for words, share in zip(row, table.widths, strict=True)) + 1
        if held and lines + needs > most_lines:
            yield held
            held, lines = [], 0
        held.append(row)
        lines += needs
    yield held


def _lines(words: str, share: int, of: int) -> int:
    """How many lines a cell's words take in a column of that share."""
    room = max(6, LINE * share // of)
    return sum(max(1, -(-len(line) // room)) for line in _short(words).split("\n"))


def _in_slides(says: Iterable[str]) -> Iterator[list[str]]:
    """The sentences as many as a slide takes; a very long one is broken between words."""
    held: list[str] = []
    for sentence in (piece for each in says for piece in _pieces(each)):
        if held and sum(map(len, held)) + len(sentence) > MOST_WORDS:
            yield held
            held = []
        held.append(sentence)
    if held:
        yield held


def _pieces(sentence: str) -> Iterator[str]:
    while len(sentence) > MOST_WORDS:
        cut = sentence.rfind(" ", 0, MOST_WORDS)
        cut = cut if cut > 0 else MOST_WORDS
        yield sentence[:cut]
        sentence = sentence[cut:].strip()
    yield sentence


def _slide(made: Any, title: str) -> Any:
    slide = made.slides.add_slide(made.slide_layouts[TITLE_ONLY])
    _place(slide.shapes.title, 0.6, 0.35, 12.1, 0.9)
    _say(slide.shapes.title.text_frame, [title], 28)
    return slide


def _words(slide: Any, sentences: Sequence[str]) -> None:
    box = slide.shapes.add_textbox(Inches(0.6), Inches(1.4), Inches(12.1), Inches(5.6))
    box.text_frame.word_wrap = True
    _say(box.text_frame, sentences, 20)


def _table(slide: Any, table: PartTable, rows: Sequence[Sequence[str]], more: int, above: Sequence[str]) -> None:
    top = 1.2
    if above:
        box = slide.shapes.add_textbox(Inches(0.6), Inches(top), Inches(12.1), Inches(1.0))
        box.text_frame.word_wrap = True
        _say(box.text_frame, above, 14)
        top = 2.15
    caption = slide.shapes.add_textbox(Inches(0.6), Inches(top), Inches(12.1), Inches(0.4))
    _say(caption.text_frame, [f"{table.caption}; and {more} more in the paper" if more else table.caption], 14)
    frame = slide.shapes.add_table(
        len(rows) + 1, len(table.head), Inches(0.6), Inches(top + 0.45), Inches(12.1), Inches(0.4 * (len(rows) + 1))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", settable(table.caption))  # noqa: SLF001 the library has no other way
    for column, share in zip(frame.table.columns, table.widths, strict=True):
        column.width = Inches(12.1 * share / sum(table.widths))
    for line, row in enumerate((table.head, *rows)):
        for place, words in enumerate(row):
            _say(frame.table.cell(line, place).text_frame, _short(words).split("\n"), 12)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_CELL else f"{words[:LONGEST_CELL].rstrip()}…"


def _say(frame: Any, lines: Sequence[str], points: int) -> None:
    """The lines as paragraphs in British English."""
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = settable(line)
        run.font.size = Pt(points)
        run.font.language_id = None
        run._r.get_or_add_rPr().set("lang", "en-GB")  # noqa: SLF001 its list of languages is another


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Inches(left), Inches(top), Inches(width), Inches(height)
