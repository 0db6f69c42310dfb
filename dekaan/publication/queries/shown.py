"""What the public sees, what waits for approval, and how far each page is from what it should say."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from dekaan.programme.models import Session
from dekaan.publication.models import Page, PublishedVersion
from dekaan.publication.queries.drafting import Content, changed_since, draft, still_to_come
from dekaan.publication.queries.names import Named, names_in
from dekaan.publication.queries.needing import Needed, needed
from dekaan.schools.models import School

State = PublishedVersion.State


def published(page: Page) -> PublishedVersion | None:
    """The version that the public of the school in scope sees; None where nothing was published, or it was taken down."""
    shown = PublishedVersion.objects.filter(page=page, state__in=[State.PUBLISHED, State.TAKEN_DOWN])
    last = shown.order_by("-number").first()
    return last if last and last.state == State.PUBLISHED else None


def waiting(page: Page) -> PublishedVersion | None:
    """The version that waits for approval."""
    found = PublishedVersion.objects.filter(page=page, state=State.WAITING)
    return found.select_related("prepared_by").first()


@dataclass(frozen=True)
class StatementShown:
    """The provider access statement that the public of a school reads here, and the day of its next review."""

    since: date
    review_on: date | None


def statements_shown(schools: Collection[int]) -> dict[int, StatementShown]:
    """School in scope → its statement, where one is public here. One statement, and nothing of what it says is read."""
    asked = ("school_id", "state", "decided_at", "content__facts__statement_review_on")
    ever = PublishedVersion.objects.filter(school__in=schools, page=Page.STATEMENT)
    rows = ever.filter(state__in=[State.PUBLISHED, State.TAKEN_DOWN]).order_by("number").values_list(*asked)
    newest = {school_id: said for school_id, *said in rows}
    return {
        school_id: StatementShown(timezone.localdate(decided_at), date.fromisoformat(review) if review else None)
        for school_id, (state, decided_at, review) in newest.items()
        if state == State.PUBLISHED
    }


def versions_waiting() -> QuerySet[PublishedVersion]:
    """Every version that waits for approval."""
    return PublishedVersion.objects.filter(state=State.WAITING)


def versions(page: Page) -> list[PublishedVersion]:
    """Every version of the page, newest first."""
    return list(PublishedVersion.objects.filter(page=page).select_related("prepared_by", "decided_by"))


@dataclass(frozen=True)
class Standing:
    """Where a page stands: what the public sees, what waits, what it would say now and is short of."""

    page: Page
    published: PublishedVersion | None
    waiting: PublishedVersion | None
    now: Content
    needed: list[Needed]
    changed: list[str]
    named: list[Named]

    @property
    def pupils_named(self) -> list[Named]:
        """The pupils' names that nobody has said to be somebody else's."""
        return [each for each in self.named if not each.who]

    @property
    def short_of(self) -> list[Needed]:
        """What the law asks for and the page would not say."""
        return [each for each in self.needed if each.is_law and each.keeps_back and not each.is_there]


def standing(school: School, page: Page, *, statement_is_published: bool | None = None) -> Standing:
    """The page's standing today."""
    if statement_is_published is None:
        statement_is_published = published(Page.STATEMENT) is not None
    now, seen = draft(school, page), published(page)
    return Standing(
        page,
        seen,
        waiting(page),
        now,
        needed(now, page, school, statement_is_published=statement_is_published),
        changed_since(seen, now) if seen else [],
        names_in(now),
    )


def standings(school: School) -> list[Standing]:
    """Both pages' standings."""
    is_published = published(Page.STATEMENT) is not None
    return [standing(school, page, statement_is_published=is_published) for page in Page]


def as_it_stands(content: Content) -> Content:
    """The content of an approved version without dates that are over, called off or moved since: nothing is added."""
    to_come = still_to_come(content)
    known = [each["session"] for each in to_come if each.get("session")]
    if known:
        stand = dict(Session.objects.filter(pk__in=known, cancelled_at=None).values_list("pk", "held_on"))
        to_come = [
            each for each in to_come if not each.get("session") or f"{stand.get(each['session'], '')}" == each["on"]
        ]
    return content | {"calendar": to_come} if "calendar" in content else content
