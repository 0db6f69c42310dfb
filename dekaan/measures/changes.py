"""Keeping the kept tables true."""

from collections.abc import Iterable


def recount(pupil_ids: Iterable[int], years: Iterable[int]) -> None:
    """The kept tables say what the ledger says about these pupils in these years."""
