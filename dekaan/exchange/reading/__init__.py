"""Reading a file of unknown origin: any of CSV, TSV, XLSX, XLS, ODS and CTF, as typed rows or a problem in words."""

from dekaan.exchange.reading.sheet import ImportProblem, Row, Sheet, Unreadable

__all__ = ["ImportProblem", "Row", "Sheet", "Unreadable"]
