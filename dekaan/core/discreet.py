"""The log says what went wrong and where, and never with which values: those may be somebody's name.

What an exception says of itself holds values ("Key (surname)=(Lovell) already exists"), so of an exception only its kind
is written, with the code or the constraint that the database gives; of the way to it the files and lines. Whoever needs
the values sets DEKAAN_DEBUG=1, on invented data.
"""

import logging
import re
import sys
import threading
import traceback
from copy import copy
from types import TracebackType
from typing import Any

from django.conf import settings

_CODE = re.compile(r"[\w.-]{1,100}")  # a code or the name of a constraint: one word
log = logging.getLogger(__name__)


class Discreet(logging.Formatter):
    """Lines for the log in which no exception says its values."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; what another formatter has already written of the exception is not taken over."""
        own = copy(record)
        own.exc_text = None
        own.args = _without_values(record.args)
        return super().format(own)

    def formatException(self, ei: Any) -> str:  # noqa: N802 the standard library's name
        """Files, lines and kinds, of the exception and of those that led to it."""
        return told(ei[1])


def _without_values(args: Any) -> Any:
    if isinstance(args, tuple):
        return tuple(_kind(each) if isinstance(each, BaseException) else each for each in args)
    return args


def told(problem: BaseException | None) -> str:
    """Kinds, files and lines of the exception and of those that led to it; none of its words and values."""
    return "\n".join(_told(problem, set()))


def _told(problem: BaseException | None, seen: set[int]) -> list[str]:
    if problem is None or id(problem) in seen:
        return []
    seen.add(id(problem))
    before = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    lines = _told(before, seen)
    lines += [
        f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        for frame in traceback.extract_tb(problem.__traceback__)
    ]
    return [*lines, _kind(problem)]


def _kind(problem: BaseException) -> str:
    """ "IntegrityError [23505 one_open_enrolment]"."""
    codes = [
        getattr(problem, "sqlstate", None),
        getattr(getattr(problem, "diag", None), "constraint_name", None),
        getattr(problem, "sqlite_errorname", None),
        problem.errno if isinstance(problem, OSError) else None,
    ]
    said = " ".join(str(code) for code in codes if code and _CODE.fullmatch(str(code)))
    return type(problem).__name__ + (f" [{said}]" if said else "")


def keep_quiet() -> None:
    """What nobody caught goes to the log too, and not as it is to the screen of a service; a developer's stays whole."""
    if settings.DEBUG:
        return
    sys.excepthook = _uncaught
    threading.excepthook = lambda said: _uncaught(said.exc_type, said.exc_value, said.exc_traceback)


def _uncaught(kind: type[BaseException], problem: BaseException | None, way: TracebackType | None) -> None:
    if problem is None or issubclass(kind, KeyboardInterrupt):
        return
    log.critical("Not caught", exc_info=(kind, problem, way))
