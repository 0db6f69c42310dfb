"""Reads, for screens, reports and the floors above."""

from dekaan.backups.queries.canonical import canonical_lines

__all__ = ["canonical_lines"]
