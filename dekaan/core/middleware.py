"""What every answer carries and no question may be, whoever asks. Listed in docs/care.md."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dekaan.core.failures import not_understood, only_pressed, too_large

# Nothing of this is asked of anybody's browser, except a passkey by our own pages.
FEATURES_LEFT_OUT = (
    "accelerometer", "ambient-light-sensor", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "sync-xhr", "usb",
    "web-share", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(
    [f"{feature}=()" for feature in FEATURES_LEFT_OUT]
    + ["publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "X-Robots-Tag": "noindex, nofollow",
}


class SafeAnswers:
    """Every answer carries our headers, also one that another layer gave up on; only the look is kept by a browser.

    It stands outermost: an exception in any layer below has become an answer by the time it passes here. A view that
    says `Cache-Control` itself keeps what it says; to a signed-in person `PrivateAnswers` says no in any case.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            response = only_pressed(response)
        for name, value in ALWAYS.items():
            if name == "X-Frame-Options" and getattr(response, "xframe_options_exempt", False):
                continue  # its policy says in `frame-ancestors` who may
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", _strict_transport())
        response.headers.setdefault("Cache-Control", "no-store")
        if request.method == "HEAD" and not response.streaming:
            response.content = b""  # the headers say how long it would be; the server has nothing to drop
        return response


def _strict_transport() -> str:
    """As Django says it, for the answers that Django's own layer never sees."""
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"


class PlainQuestions:
    """What nobody's browser sends is not read: a form in another alphabet than ours, a cookie with a control character.

    A form may name any codec that Python has, some of which are none of text; a null character PostgreSQL refuses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", "utf-8").casefold() not in {"utf-8", "utf8"}:
            return not_understood(request)
        if not all(value.isprintable() for value in request.COOKIES.values()):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if value.isprintable()}
        return self.get_response(request)


class SmallQuestions:
    """What is larger than any file that we read is refused before it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if (
            said.isascii()
            and said.isdigit()
            and int(said) > settings.UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        ):
            return too_large(request)
        return self.get_response(request)
