"""A request in our alphabet: UTF-8, whatever codec it names."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters


class PlainRequest(WSGIRequest):
    """Django reads the address in the codec that the form names, before any layer can refuse it, and breaks on most.

    Here it is read as UTF-8; what names another is refused by `core.middleware.PlainQuestions`.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
