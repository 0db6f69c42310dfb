"""What every question and every answer has in common."""

import time
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from dekaan.access.sessions import SEEN, OnlyAsked, is_due, is_over


class PrivateAnswers:
    """No answer to a signed-in person is kept by a browser or a proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response


class SessionLimits:
    """Whoever was not seen for half an hour, or signed in twelve hours ago, signs in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session and is_over(request.session):
            logout(request)
            messages.info(request, "You were signed out because nobody pressed anything for a while. Sign in again.")
        response = self.get_response(request)
        if SESSION_KEY in request.session and is_due(request.session) and not isinstance(response, OnlyAsked):
            request.session[SEEN] = time.time()
        return response


class WholeQuestions:
    """A question with a null character in it is refused: nobody types one, and PostgreSQL keeps no text with one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        if any("\x00" in value for values in request.GET.lists() for value in (values[0], *values[1])):
            raise BadRequest("The address holds a null character.")
