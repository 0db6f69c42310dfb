"""The website as it stands: by the last visit that read something, and by pages that were saved since."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils import timezone

from dekaan.core.academic_year import today
from dekaan.core.undo import UNDO_FOR
from dekaan.frameworks.queries import duties
from dekaan.publication.queries import said_on
from dekaan.schools.models import School
from dekaan.website.judging.findings import FAIRLY, State
from dekaan.website.judging.items import items
from dekaan.website.models import WatchedWebsite, WebsiteCheck
from dekaan.website.queries.checks import Line, Shown, judge_again, lines_of, shown, stands_still, website, with_paste

HISTORY = 60
VISIT, SAVED = WebsiteCheck.How.VISIT, WebsiteCheck.How.SAVED
PUBLISHED = "It stands on the page that is published here; the page that was saved does not have it."


@dataclass(frozen=True)
class Reading:
    """What was read last, item by item: of the last visit that read something, and of pages saved since.

    A saved page answers for itself alone. What it says, and says wrong, counts; what it lacks does not where the visit
    found it or a page published here says it.
    """

    lines: tuple[Line, ...]
    visit: WebsiteCheck | None
    saved: tuple[WebsiteCheck, ...]  # newest first
    failed_on: date | None  # the day of a later visit that could read nothing

    @property
    def when(self) -> str:
        """ "read on 28 November from a saved page; the visit of that day could read nothing"."""
        failed = f"; the visit of {self.failed_on:%-d %B} could read nothing" if self.failed_on else ""
        return f"{self.read_when}{failed}"

    @property
    def read_when(self) -> str:
        """ "visited on 21 November and read from a saved page on 28 November"."""
        read = [f"visited on {_day(self.visit):%-d %B}"] if self.visit else []
        if self.saved:
            read.append(f"read from a saved page on {_day(self.saved[0]):%-d %B}")
        return " and ".join(read)


def _day(check: WebsiteCheck) -> date:
    return timezone.localtime(check.finished_at or check.asked_at).date()


def reading(day: date, school: School | None = None, *, whole: bool = False) -> Reading | None:
    """What was read by the end of that day; None where nothing was. One statement, and two more for what a saved page lacks.

    Of a `school` what was found to be different is held to its records as they are now: all of it if `whole`.
    """
    over = WebsiteCheck.objects.filter(state=WebsiteCheck.State.DONE, set_aside_at=None)
    if day < today():
        over = over.filter(finished_at__lte=timezone.make_aware(datetime.combine(day, time.max)))
    newest_first = over.order_by("-finished_at", "-pk").defer("documents", "broken", "words_read")[:HISTORY]
    found = list(newest_first)
    visit = next((each for each in found if each.how == VISIT and not each.unread), None)
    since = found[: found.index(visit)] if visit else found
    saved = _newest_of_each(each for each in since if each.how == SAVED and not each.unread)
    if visit is None and not saved:
        return None
    failed = next((each for each in since if each.how == VISIT and each.unread), None)
    read = [*saved, visit] if visit else list(saved)
    if school and (whole or any(line.state == State.DIFFERENT for each in read for line in lines_of(each))):
        judge_again(school, read)
    return Reading(_lines(visit, saved, day, school), visit, saved, _day(failed) if failed else None)


def _newest_of_each(saved: Iterable[WebsiteCheck]) -> tuple[WebsiteCheck, ...]:
    """Of pages saved under the same name only the newest, which takes the place of those before; newest first."""
    by_name: dict[str, WebsiteCheck] = {}
    for each in saved:
        by_name.setdefault(each.address.casefold(), each)
    return tuple(by_name.values())


def _lines(
    visit: WebsiteCheck | None, saved: Iterable[WebsiteCheck], day: date, school: School | None
) -> tuple[Line, ...]:
    """Item by item: what the newest saved page has of it, else what the visit found, else that saved pages lack it."""
    visited = {each.item.key: each for each in lines_of(visit)} if visit else {}
    has: dict[str, Line] = {}
    lacks: dict[str, Line] = {}
    for check in saved:
        for line in lines_of(check):
            (lacks if line.state in {State.MISSING, State.UNREAD} else has).setdefault(line.item.key, line)
    keys = [key for key in items() if key in visited or key in lacks or key in has]
    found = [has.get(key) or visited.get(key) or lacks[key] for key in keys]
    return tuple(_unless_published(found, day, school))


def _unless_published(lines: list[Line], day: date, school: School | None) -> Iterable[Line]:
    """What a page published here says is not missing, unless it says what is so no more."""
    if not any(each.is_saved and each.state == State.MISSING for each in lines):
        return lines
    said, known = said_on(day, school), duties()
    public = {key for key, each in said.items() if not each.no_more and (each.valid_until or day) >= day}

    def is_public(line: Line) -> bool:
        facts = known[line.item.id].evidence.facts if line.item.id in known else ()
        return bool(facts) and public >= set(facts)

    return [
        replace(each, state=State.PRESENT, sentence="", sure=FAIRLY, note=PUBLISHED)
        if each.is_saved and each.state == State.MISSING and is_public(each)
        else each
        for each in lines
    ]


@dataclass(frozen=True)
class Standing:
    """What the page of the website shows: the check in hand, what was read last, whether a later visit failed."""

    website: WatchedWebsite | None
    in_hand: WebsiteCheck | None
    failed: Shown | None  # the last visit, where it could read nothing
    last: Shown | None  # what was read last, by our records as they are now
    reading: Reading | None
    history: list[WebsiteCheck]

    @property
    def stands_still(self) -> bool:
        """Whether the check in hand has not moved for long."""
        return self.in_hand is not None and stands_still(self.in_hand)

    @property
    def percent_done(self) -> int:
        """About how far the check in hand is."""
        return min(95, self.in_hand.pages * 10 + 5) if self.in_hand else 100


def standing(school: School) -> Standing:
    """What the page of the website shows."""
    history = list(WebsiteCheck.objects.select_related("asked_by").defer("findings", "documents", "broken", "words_read")[:HISTORY])  # fmt: skip
    in_hand = next((each for each in history if not each.is_over), None)
    over = [each for each in history if each.is_over]
    read = reading(today(), school, whole=True)
    visits = [each for each in over if each.how == VISIT]
    failed = visits[0] if visits and visits[0].unread else None
    base = (read.visit or read.saved[0]) if read else None
    if base:
        base.refresh_from_db(fields=["documents", "broken"])
    return Standing(
        website(),
        in_hand,
        shown(WebsiteCheck.objects.get(pk=failed.pk)) if failed else None,
        Shown(base, _with_paste(school, read)) if read and base else None,
        read,
        over,
    )


def _with_paste(school: School, read: Reading) -> tuple[Line, ...]:
    """Its lines with what to paste now, which they have already where their words were judged again."""
    checks = [*read.saved, read.visit] if read.visit else read.saved
    return read.lines if all(each.words_read for each in checks) else with_paste(school, read.lines)


def may_count_again(check: WebsiteCheck) -> bool:
    """Whether a saved page that was set aside can still be taken back."""
    return check.set_aside_at is not None and timezone.now() - check.set_aside_at <= UNDO_FOR


# --- what the duty board and Home tell ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class OnWebsite:
    """What was read of a duty: its items at their worst, on a day."""

    check_id: int
    on: date
    state: State
    words: str
    is_saved: bool


WORST_FIRST = (State.MISSING, State.DIFFERENT, State.PAST, State.UNREAD, State.PRESENT)


def on_website(read: Reading | None) -> dict[str, OnWebsite]:
    """Duty → what the website said of it by that reading."""
    found: dict[str, OnWebsite] = {}
    lines = sorted(read.lines if read else (), key=lambda line: WORST_FIRST.index(line.state), reverse=True)
    for each in lines:
        if each.on:
            words = f"{each.item.title}: {each.state.words.lower()}"
            found[each.item.id] = OnWebsite(each.check_id, each.on, each.state, words, each.is_saved)
    return found


@dataclass(frozen=True)
class HomeWord:
    """What Home tells: "telephone missing; review date passed", and what was read when."""

    words: str
    count: int
    when: str


def told_on_home(school: School | None = None) -> HomeWord | None:
    """What the law asks for and the website does not say as it should, by what was read last."""
    return told_of(reading(today(), school))


def told_of(read: Reading | None) -> HomeWord | None:
    """The same of that reading."""
    lines = [each for each in read.lines if each.is_law and each.state.is_alarm] if read else []
    if read is None or not lines:
        return None
    said = [each.home_words for each in lines]
    words = "; ".join(said[:3]) + (f"; and {len(said) - 3} more" if len(said) > 3 else "")
    return HomeWord(words, len(said), read.when)
