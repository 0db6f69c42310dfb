"""What may be typed: where the careers page is, and which saved pages are to be read."""

from typing import Any

from django import forms

from dekaan.access.queries import last_saved_by
from dekaan.core.editing import Edits
from dekaan.core.fetching.addresses import NotAnAddress, address_of
from dekaan.core.plain_fields import words
from dekaan.website.models import WatchedWebsite
from dekaan.website.reading.saved import MOST


class WhereItIs(Edits, forms.Form):
    """The address of the careers page; left blank, nothing is visited."""

    address = words(
        300,
        label="Address of your careers page",
        help_text="As it stands in the browser when you are there, such as https://www.ashdown.sch.uk/careers/. Your public pages may be shown there. Left blank, nothing is visited.",
    )

    def __init__(self, data: Any = None, *, watched: WatchedWebsite | None = None) -> None:
        super().__init__(data, initial={"address": watched.address if watched else ""})

    def saved_by(self) -> str:
        """Who saved it last."""
        return last_saved_by("school", None)

    def clean_address(self) -> str:
        """An address of a website on the public internet."""
        typed = str(self.cleaned_data["address"]).strip()
        if not typed:
            return ""
        if "://" not in typed:
            typed = f"https://{typed}"
        try:
            return address_of(typed).whole
        except NotAnAddress as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def _file(**more: Any) -> forms.FileField:
    return forms.FileField(
        allow_empty_file=True,
        error_messages={
            "required": "Choose the page that you saved.",
            "max_length": "The file's name is too long. Call it shorter.",
        },
        max_length=200,
        **more,
    )


class SavedPages(forms.Form):
    """A careers page as it was saved from a browser, and the statement where it is a file of its own."""

    page = _file(
        label="The careers page",
        help_text="In your browser: Save page as, “Web page, HTML only” or “complete”. A PDF will do too. 10 MB at most.",
    )
    statement = _file(
        label="The provider access statement, if it is a file of its own",
        required=False,
        help_text="PDF or HTML. 10 MB at most.",
    )

    def clean(self) -> dict[str, Any]:
        """Neither is too large, nor empty."""
        data = super().clean() or {}
        for name in ("page", "statement"):
            upload = data.get(name)
            if upload and upload.size > MOST:
                self.add_error(
                    name,
                    f"The file is {upload.size // (1024 * 1024)} MB; 10 MB is the most. Save the page as “HTML only”.",
                )
            elif upload is not None and upload is not False and not upload.size:
                self.add_error(name, "The file is empty. Open the page again, save it and choose that.")
        return data

    def brought(self) -> list[tuple[str, bytes]]:
        """Each by its name and content."""
        return [
            (upload.name, upload.read()) for name in ("page", "statement") if (upload := self.cleaned_data.get(name))
        ]
