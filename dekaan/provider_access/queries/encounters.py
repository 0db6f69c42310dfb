"""Each encounter of a year with what the law says of it, and where it can be said what nobody has said."""

from collections.abc import Iterable
from dataclasses import dataclass

from dekaan.core.academic_year import today, year_end, year_start
from dekaan.frameworks.queries import FAILED, PASSED, UNKNOWN, AccessTest, Tested, kinds_that_offer, partner_kinds
from dekaan.measures.queries import is_small
from dekaan.programme.models import Activity, Audience, Mode, Session
from dekaan.programme.queries import invited_in_words, is_for_access, left_to_catch_up, sessions, sessions_by_law
from dekaan.schools.models import School

# Where what a test asks is said: when, of the session; what it covered, with whom and for whom, of its meaning.
SAID_AT = {"term": "term-dates-change", "day": "session-change", "live": "activity-change"}
OF_MEANING = "session-meaning"


@dataclass(frozen=True)
class Place:
    """One test of an encounter with its answer, and the name of the address at which it is said."""

    test: AccessTest
    state: str
    why: str
    address: str


@dataclass(frozen=True)
class Encounter:
    """A session put on towards provider access, what each test says, and how many are to catch up.

    `to_catch_up` is None where it is a number under six and the person asking may not see it.
    """

    session: Session
    invited: str
    provider: str
    tests: list[Place]
    to_catch_up: int | None

    @property
    def is_to_come(self) -> bool:
        """Whether its day has not come yet."""
        return self.session.held_on > today()

    @property
    def failed(self) -> list[Place]:
        """The tests that it fails."""
        return [each for each in self.tests if each.state == FAILED]

    @property
    def not_known(self) -> list[Place]:
        """The tests of which it is not known."""
        return [each for each in self.tests if each.state == UNKNOWN]

    @property
    def passed(self) -> list[Place]:
        """The tests that it passes."""
        return [each for each in self.tests if each.state == PASSED]

    @property
    def to_say(self) -> list[Place]:
        """What nobody has said, but for what it covered."""
        return [each for each in self.not_known if not each.test.is_content]

    @property
    def not_said_to_cover(self) -> list[Place]:
        """What nobody has said that it covered; not asked before it was held."""
        return [] if self.is_to_come else [each for each in self.not_known if each.test.is_content]

    @property
    def standing(self) -> str:
        """ "failed", "unknown" (the provider is not known), "counts" (something is not said) or "shown"."""
        if self.failed:
            return "failed"
        if any(each.test.key == "provider" for each in self.not_known):
            return "unknown"
        return "counts" if self.not_known else "shown"

    @property
    def words(self) -> str:
        """What it comes to, in a few words."""
        if not self.session.has_begun:
            return {"failed": "Would not count", "unknown": "Not known whether it counts"}.get(
                self.standing, "Would count"
            )
        return {
            "failed": "Does not count",
            "unknown": "Not known whether it counts",
            "counts": "Counts; not all is said yet",
            "shown": "Counts, with all that the law asks",
        }[self.standing]


@dataclass(frozen=True)
class YearOfAccess:
    """A year's sessions for provider access that were not called off, with what each test says, read once.

    `others` are its sessions with a provider of the kind meant, of which nobody said that they count.
    """

    academic_year: int
    sessions: list[Session]
    tests: dict[int, tuple[Tested, ...]]
    others: list[Session]


def year_of_access(school: School, academic_year: int) -> YearOfAccess:
    """The school's sessions of that year that are for provider access, newest first."""
    within = sessions().filter(
        held_on__gte=year_start(academic_year),
        held_on__lte=year_end(academic_year),
        cancelled_at__isnull=True,
        activity__audience=Audience.PUPILS,
    )
    listed = list(within.order_by("-held_on", "-pk"))
    ours = [each for each in listed if is_for_access(each)]
    others = [
        each
        for each in listed
        if not is_for_access(each)
        and each.activity.mode != Mode.RECORDED
        and (each.partner_kind or each.activity.partner_kind) in kinds_that_offer()
    ]
    return YearOfAccess(academic_year, ours, sessions_by_law(ours, school, are_whole_years=True), others)


def encounters(of: YearOfAccess, seen: Iterable[Session], *, exactly: bool) -> list[Encounter]:
    """Those of the year's sessions that are seen: the newest that was held first, then those to come."""
    waiting = left_to_catch_up(of.academic_year) if any(each.has_begun for each in of.sessions) else {}
    found = [_encounter(each, of.tests[each.pk], waiting.get(each.pk, 0), exactly=exactly) for each in seen]
    return [each for each in found if not each.is_to_come] + [each for each in reversed(found) if each.is_to_come]


def might_count(seen: Iterable[Session]) -> list[Activity]:
    """The activities of these sessions: with a provider of the kind meant, and nobody said that they count."""
    return sorted({each.activity for each in seen}, key=lambda each: (each.title.casefold(), each.pk))


def _encounter(session: Session, tests: Iterable[Tested], to_catch_up: int, *, exactly: bool) -> Encounter:
    activity = session.activity
    kind = partner_kinds().get(session.partner_kind or activity.partner_kind)
    return Encounter(
        session=session,
        invited=invited_in_words(session, exactly=exactly),
        provider=session.partner or (kind.name if kind else ""),
        tests=[
            Place(
                each.test, each.state, each.why, SAID_AT.get(each.test.key, OF_MEANING) if each.test.until_said else ""
            )
            for each in tests
        ],
        to_catch_up=None if not exactly and is_small(to_catch_up) else to_catch_up,
    )
