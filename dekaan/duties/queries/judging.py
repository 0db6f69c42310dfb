"""What a judge says, and where judges are found: one for each kind of evidence, by the key that the duty's file names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from dekaan.access.permissions import Permission
from dekaan.duties.queries.records import Records
from dekaan.frameworks.queries import DutyInForce

MET, AT_RISK, BROKEN, UNKNOWN = "met", "at-risk", "broken", "unknown"
WORST_FIRST = (BROKEN, AT_RISK, UNKNOWN, MET)
SOON = timedelta(days=60)  # what runs out within them is at risk


@dataclass(frozen=True)
class Link:
    """What lies behind a judgement, where it is found, and who may open it."""

    words: str
    name: str
    arguments: tuple[int | str, ...] = ()
    asks: str = ""
    needs: Permission = Permission.BENCHMARKS_SEE

    def address(self, slug: str) -> str:
        """Where it leads at the school of that slug."""
        return reverse(self.name, args=[slug, *self.arguments]) + (f"?{self.asks}" if self.asks else "")


@dataclass(frozen=True)
class Judgement:
    """How a school stands to one duty on a day: why in a sentence, by what, and the day on which to look again."""

    state: str
    sentence: str
    evidence: tuple[Link, ...] = ()
    next_on: date | None = None


Judge = Callable[[DutyInForce, Records], Judgement]
JUDGES: dict[str, Judge] = {}


def judges(key: str) -> Callable[[Judge], Judge]:
    """The function judges the duties whose evidence has that key."""

    def keep(judge: Judge) -> Judge:
        JUDGES[key] = judge
        return judge

    return keep


def in_words(day: date) -> str:
    """1 September 2026."""
    return f"{day:%-d %B %Y}"
