"""Pages: no inline script or style, and no area uses another's templates."""

import re

import pytest

from tests.house.ground import PACKAGE, place, templates

pytestmark = pytest.mark.once

OTHER_TEMPLATE = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")|<style|\sstyle=|\son[a-z]+=\"|javascript:",
    re.IGNORECASE,
)
# allauth's own screens are dressed in `access`; Django's form pieces in `core`.
OUTSIDE = ("account/", "allauth/", "django/")


def test_templates_include_only_their_own_and_cores():
    borrowed = []
    shared = PACKAGE / "core" / "templates"
    cores = {str(file.relative_to(shared)) for file in templates() if shared in file.parents}
    for file in templates():
        area = file.relative_to(PACKAGE).parts[0]
        borrowed += [
            f"{place(file)} → {name}"
            for name in OTHER_TEMPLATE.findall(file.read_text(encoding="utf-8"))
            if name.partition("#")[0] not in cores and not name.startswith((f"{area}/", *OUTSIDE))
        ]
    assert borrowed == []


def test_templates_live_under_their_areas_name():
    strays = [
        place(file)
        for file in templates()
        if (parts := file.relative_to(PACKAGE).parts)[1] == "templates"
        and parts[0] != "core"
        and parts[2] not in {parts[0], "account", "allauth", "mfa", "socialaccount"}
    ]
    assert strays == []


def test_no_inline_script_or_style():
    inline = [
        place(file, line)
        for file in templates()
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if INLINE.search(text)
    ]
    assert inline == []
