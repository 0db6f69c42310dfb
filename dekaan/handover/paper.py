"""The book of a successor as PDF."""

from importlib.resources import files

from dekaan.core.typeset import typeset
from dekaan.handover.queries import Book


def book_pdf(book: Book) -> bytes:
    """The book as PDF bytes: tagged, and the same for the same records of the same day."""
    source = files("dekaan.handover").joinpath("typst", "book.typ").read_bytes()
    return typeset(source, book.as_paper())
