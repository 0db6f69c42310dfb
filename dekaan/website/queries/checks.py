"""Reads: what our records say, what was found last, and what Home tells of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.fetching.addresses import NotAnAddress, registered_host
from dekaan.frameworks.queries import NOT_BOUND, NOT_FOUND, forces_at, is_academy
from dekaan.people.queries import year_groups
from dekaan.publication.queries import facts_now
from dekaan.schools.models import School
from dekaan.website.judging.findings import AboutSchool, Finding, OurRecords, State
from dekaan.website.judging.items import FORCES, Item, items
from dekaan.website.judging.judge import judge
from dekaan.website.judging.site import Site
from dekaan.website.models import WatchedWebsite, WebsiteCheck
from dekaan.website.reading.document import Document
from dekaan.website.reading.saved import read_saved
from dekaan.website.reading.unread import WORDS
from dekaan.website.visiting import Visited, led_to, visit

__all__ = [
    "FORCES",
    "Checked",
    "HomeWord",
    "OnWebsite",
    "State",
    "Visited",
    "about_school",
    "is_on_registered_host",
    "items",
    "judged",
    "last_read",
    "on_website",
    "our_records",
    "read_files",
    "shown",
    "standing",
    "stands_still",
    "told_of",
    "told_on_home",
    "visit",
    "website",
    "why_unread",
]

STANDSTILL = timedelta(minutes=6)  # a visit moves at least every half minute
WEEK = timedelta(days=7)
HISTORY = 60


def website() -> WatchedWebsite | None:
    """Where the school's careers page is; None where nobody has said."""
    return WatchedWebsite.objects.first()


def our_records(school: School) -> OurRecords:
    """What our records say of what stands on the page: as the school's own public pages would say it, and the page."""
    facts = facts_now(school)
    return OurRecords(
        leader_name=facts.leader_name,
        leader_email=facts.leader_email,
        leader_telephone=facts.telephone,
        next_review=facts.next_review_on,
        statement_dated=facts.statement_approved_on,
        page=facts.own_page,
    )


def about_school(school: School, on: date) -> AboutSchool:
    """What of the school decides what binds it."""
    return AboutSchool(
        school.name,
        school.trust.name if school.trust else "",
        is_academy=is_academy(school.establishment_type),
        has_year_11=school.low_age <= 15 < school.high_age,
        forces=forces_at(on, school, year_groups(academic_year_of(on))),
    )


@dataclass(frozen=True)
class Checked:
    """What was read of a website or of saved pages, and what is said of it."""

    visited: Visited
    findings: list[Finding]

    @property
    def unread(self) -> str:
        """Why nothing at all could be read; empty where something was."""
        documents = self.visited.documents
        return "" if any(not each.unread for each in documents) else (documents[0].unread if documents else "empty")


def judged(school: School, visited: Visited, on: date) -> Checked:
    """What was read, judged against the school's records as they are now."""
    site = Site(visited.documents, on, about_school(school, on), our_records(school))
    return Checked(visited, judge(site))


def read_files(files: Iterable[tuple[str, bytes]]) -> Visited:
    """Saved pages and files, with what they lead to and was not brought in."""
    watched = website()
    documents = read_saved(files, address=watched.address if watched else "https://www.school.example/careers/")
    here = {each.address for each in documents}
    beside = [
        Document(each.address, unread="not-visited", said=each.words) for page in documents for each in led_to(page)
    ]
    return Visited([*documents, *(each for each in beside if each.address not in here)])


def why_unread(reason: str) -> tuple[str, str]:
    """What was the matter with what could not be read, and what to do about it."""
    return WORDS[reason]


def is_on_registered_host(address: str) -> bool:
    """Whether the address is on the website that the school has said is its own."""
    watched = website()
    try:
        return watched is not None and registered_host(address) == registered_host(watched.address)
    except NotAnAddress:
        return False


# --- what is shown -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """An item with what was found of it."""

    item: Item
    state: State
    sentence: str
    page: str
    page_called: str
    sure: str
    note: str
    paste: str
    force: str

    @property
    def is_law(self) -> bool:
        """Whether the law asks it of this school."""
        return self.force == "law"

    @property
    def force_in_words(self) -> str:
        """As a person would say it."""
        return FORCES[self.force]

    @property
    def is_asked(self) -> bool:
        """Whether it is known to be asked of this school."""
        return self.force not in {NOT_BOUND, NOT_FOUND}

    @property
    def mark(self) -> str:
        """The tag's class: red only for what is broken in law."""
        if self.state == State.PRESENT:
            return "met"
        if self.state == State.UNREAD:
            return "unknown"
        return "broken" if self.is_law else "open"

    @property
    def home_words(self) -> str:
        """ "telephone missing", "review date passed"."""
        if self.state == State.PAST:
            return self.item.past or f"{self.item.short} out of date"
        return f"{self.item.short} {'missing' if self.state == State.MISSING else 'not as in our records'}"


@dataclass(frozen=True)
class Shown:
    """A check as its page shows it."""

    check: WebsiteCheck
    lines: tuple[Line, ...]

    @property
    def to_mend(self) -> list[Line]:
        """What is missing, out of date or different: what the law asks for first."""
        return sorted((each for each in self.lines if each.state.is_alarm), key=lambda each: not each.is_law)

    @property
    def not_read(self) -> list[Line]:
        """Of what it cannot be said."""
        return [each for each in self.lines if each.state == State.UNREAD]

    @property
    def present(self) -> list[Line]:
        """What is as it should be."""
        return [each for each in self.lines if each.state == State.PRESENT]

    @property
    def unread_documents(self) -> list[dict[str, str]]:
        """What could not be read, each with why and what to do."""
        return [each | dict(zip(("why", "advice"), WORDS[each["unread"]], strict=True)) for each in self.check.documents if each["unread"]]  # fmt: skip

    @property
    def read_documents(self) -> list[dict[str, str]]:
        """What was read."""
        return [each for each in self.check.documents if not each["unread"]]

    @property
    def why(self) -> tuple[str, str] | None:
        """Why nothing could be read, and what to do; None where something was."""
        return WORDS[self.check.unread] if self.check.unread else None


def shown(check: WebsiteCheck) -> Shown:
    """The check with its findings in words."""
    known = items()
    return Shown(
        check,
        tuple(
            Line(item=known[each["key"]], state=State(each["state"]), force=each.get("force") or known[each["key"]].force, **{name: each[name] for name in ("sentence", "page", "page_called", "sure", "note", "paste")})
            for each in check.findings
            if each["key"] in known
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """The website as it stands: the check in hand, the last that came to its end, the last that read something."""

    website: WatchedWebsite | None
    in_hand: WebsiteCheck | None
    failed: Shown | None  # the last, where it could read nothing
    last: Shown | None  # the last that read something
    history: list[WebsiteCheck]

    @property
    def stands_still(self) -> bool:
        """Whether the check in hand has not moved for long."""
        return self.in_hand is not None and stands_still(self.in_hand)

    @property
    def percent_done(self) -> int:
        """About how far the check in hand is."""
        return min(95, self.in_hand.pages * 10 + 5) if self.in_hand else 100


def standing() -> Standing:
    """What the page of the website shows: four statements."""
    history = list(WebsiteCheck.objects.select_related("asked_by").defer("findings", "documents", "broken")[:HISTORY])
    in_hand = next((each for each in history if not each.is_over), None)
    over = [each for each in history if each.is_over]
    read = next((each for each in over if not each.unread), None)
    failed = over[0] if over and over[0].unread else None
    return Standing(
        website(),
        in_hand,
        shown(WebsiteCheck.objects.get(pk=failed.pk)) if failed else None,
        shown(WebsiteCheck.objects.select_related("asked_by").get(pk=read.pk)) if read else None,
        over,
    )


def stands_still(check: WebsiteCheck, now: datetime | None = None) -> bool:
    """Whether a check that is not over has not moved for so long that its worker must have ended."""
    return not check.is_over and (now or timezone.now()) - check.moved_at > STANDSTILL


@dataclass(frozen=True)
class OnWebsite:
    """What a check found of a duty: its items at their worst, by the check of a day."""

    check_id: int
    on: date
    state: State
    words: str


WORST_FIRST = (State.MISSING, State.DIFFERENT, State.PAST, State.UNREAD, State.PRESENT)


def last_read(day: date) -> WebsiteCheck | None:
    """The last check that read something: of all, or of a past day by its end."""
    over = WebsiteCheck.objects.filter(state=WebsiteCheck.State.DONE, unread="")
    if day < today():
        over = over.filter(finished_at__lte=timezone.make_aware(datetime.combine(day, time.max)))
    return over.only("findings", "finished_at", "school").order_by("-finished_at", "-pk").first()


def on_website(check: WebsiteCheck | None) -> dict[str, OnWebsite]:
    """Duty → what the website said of it by that check."""
    if check is None or check.finished_at is None:
        return {}
    found: dict[str, OnWebsite] = {}
    on = timezone.localtime(check.finished_at).date()
    for each in sorted(shown(check).lines, key=lambda line: WORST_FIRST.index(line.state), reverse=True):
        found[each.item.id] = OnWebsite(check.pk, on, each.state, f"{each.item.title}: {each.state.words.lower()}")
    return found


@dataclass(frozen=True)
class HomeWord:
    """What Home tells: "telephone missing; review date passed", and of which day."""

    words: str
    count: int
    on: date


def told_on_home() -> HomeWord | None:
    """What the law asks for and the website does not say as it should, by the last check that read something."""
    return told_of(last_read(today()))


def told_of(check: WebsiteCheck | None) -> HomeWord | None:
    """The same of that check."""
    if check is None or check.finished_at is None:
        return None
    lines = [each for each in shown(check).to_mend if each.is_law]
    if not lines:
        return None
    said = [each.home_words for each in lines]
    words = "; ".join(said[:3]) + (f"; and {len(said) - 3} more" if len(said) > 3 else "")
    return HomeWord(words, len(said), timezone.localtime(check.finished_at).date())
