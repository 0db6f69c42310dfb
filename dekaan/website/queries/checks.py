"""What our records say, how what was read is judged by them, and one check in words."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.fetching.addresses import NotAnAddress, registered_host
from dekaan.frameworks.queries import NOT_BOUND, NOT_FOUND, forces_at, is_academy
from dekaan.people.queries import year_groups
from dekaan.publication.queries import facts_now
from dekaan.schools.models import School
from dekaan.website.judging.findings import AboutSchool, Finding, OurRecords, State
from dekaan.website.judging.items import FORCES, Item, items
from dekaan.website.judging.judge import judge, paste_of
from dekaan.website.judging.site import Site
from dekaan.website.models import WatchedWebsite, WebsiteCheck
from dekaan.website.reading.document import Document, document_of
from dekaan.website.reading.saved import read_saved
from dekaan.website.reading.unread import WORDS
from dekaan.website.visiting import Visited, led_to

STANDSTILL = timedelta(minutes=6)  # a visit moves at least every half minute
WEEK = timedelta(days=7)


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


def words_of(visited: Visited) -> list[dict[str, Any]]:
    """The words that were read, as they are kept to be judged again when our records change."""
    return [asdict(each) | {"anchors": sorted(each.anchors)} for each in visited.documents]


def judge_again(school: School, checks: Sequence[WebsiteCheck]) -> None:
    """The checks in hand are judged by our records as they are now; those whose words are not kept stay as they were.

    Nothing is saved: what was found then stays on record.
    """
    kept = WebsiteCheck.objects.filter(pk__in=[each.pk for each in checks]).order_by()
    words = dict(kept.values_list("pk", "words_read"))
    about, ours = about_school(school, today()), our_records(school)
    for each in checks:
        each.words_read = words.get(each.pk, [])
        if each.words_read:
            documents = [document_of(deepcopy(found)) for found in each.words_read]
            each.findings = [asdict(found) for found in judge(Site(documents, today(), about, ours))]


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
    check_id: int
    on: date | None  # the day on which it was read
    is_saved: bool  # from a page that somebody saved, which answers for itself alone

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
    def is_of_then(self) -> bool:
        """Whether something was held to our records as they were then, since the words that were read are not kept."""
        return not self.check.words_read and any(each.state == State.DIFFERENT for each in self.lines)

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


def shown(check: WebsiteCheck, school: School | None = None) -> Shown:
    """The check with its findings in words; of a `school` with what to paste as its records are now."""
    return Shown(check, lines_of(check) if school is None else with_paste(school, lines_of(check)))


def lines_of(check: WebsiteCheck) -> tuple[Line, ...]:
    """Each finding of the check in words."""
    known = items()
    names = ("sentence", "page", "page_called", "sure", "note", "paste")
    return tuple(
        Line(
            item=known[each["key"]],
            state=State(each["state"]),
            force=each.get("force") or known[each["key"]].force,
            check_id=check.pk,
            on=timezone.localtime(check.finished_at).date() if check.finished_at else None,
            is_saved=check.how == WebsiteCheck.How.SAVED,
            **{name: each[name] for name in names},
        )
        for each in check.findings
        if each["key"] in known
    )


def with_paste(school: School, lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same with what to paste drawn from our records as they are now."""
    site = Site([], today(), about_school(school, today()), our_records(school))
    return tuple(replace(each, paste=paste_of(each.item, site)) for each in lines)


def stands_still(check: WebsiteCheck, now: datetime | None = None) -> bool:
    """Whether a check that is not over has not moved for so long that its worker must have ended."""
    return not check.is_over and (now or timezone.now()) - check.moved_at > STANDSTILL
