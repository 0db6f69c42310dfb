"""A frozen paper as a document for Word: made of what was frozen, the same bytes whenever and wherever it is made."""

from collections.abc import Iterator

from dekaan.core import word
from dekaan.reports.parts import Content, PartTable, parts_of


def document(content: Content) -> bytes:
    """The paper as a .docx file."""
    return word.document(content["title"], _parts(content), author=content["school"])


def _parts(content: Content) -> Iterator[word.Part]:
    yield word.Words(f"{content['school']}, academic year {content['year']}, every figure as on {content['as_on']}")
    for part in parts_of(content):
        yield word.Heading(part.title)
        for sentence in part.says:
            yield word.Words(sentence)
        for table in part.tables:
            yield from _table(table)
    if content.get("notes"):
        yield word.Heading("Where each figure comes from")
        yield word.Points(tuple(note["words"] for note in content["notes"]))


def _table(table: PartTable) -> Iterator[word.Part]:
    yield word.Heading(table.caption, level=2)
    rows = tuple(tuple(row) for row in table.rows)
    yield word.Table(table.caption, tuple(table.head), rows, table.widths)
    if table.more:
        yield word.Words(f"and {table.more} more.")
