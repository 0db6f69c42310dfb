"""Every address is behind the door, and has one name everywhere."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from dekaan.access.permissions import Permission

OUTSIDE_A_SCHOOL = {"signed in", "open to all"}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        else:
            yield path, entry


pytestmark = pytest.mark.once


def test_every_view_names_exactly_one_permission():
    without = [path for path, entry in addresses() if not hasattr(entry.callback, "permission")]
    assert without == []
    strange = [
        path
        for path, entry in addresses()
        if not isinstance(entry.callback.permission, Permission) and entry.callback.permission not in OUTSIDE_A_SCHOOL
    ]
    assert strange == []


def test_an_address_of_a_school_needs_a_permission_in_that_school():
    for path, entry in addresses():
        assert ("school_slug" in path) == isinstance(entry.callback.permission, Permission), path


def test_every_address_has_a_name_of_its_own():
    names = [entry.name for _, entry in addresses()]
    assert None not in names
    assert sorted(names) == sorted(set(names))


def test_one_screen_one_name():
    """URL `session-register` is the view `session_register`."""
    ours = [
        (entry.name, entry.callback.__name__)
        for _, entry in addresses()
        if entry.callback.__module__.startswith("dekaan.")
    ]
    assert ours
    assert [pair for pair in ours if pair[0].replace("-", "_") != pair[1]] == []


def test_arguments_say_what_they_name():
    """`<int:session_id>`, so that a test can build the right object for any address."""
    words = {"school_slug", "uidb36", "key"}
    arguments = {name for _, entry in addresses() for name in entry.pattern.converters} - words
    strange = {
        name for name in arguments if not name.endswith(("_id", "_key", "_year", "_group", "_on", "_slug", "_kind"))
    }
    assert strange == set()
