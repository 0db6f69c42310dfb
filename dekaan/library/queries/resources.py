"""The library as it is listed, what needs somebody, and what the public is offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.core.folding import folded_words, holds
from dekaan.frameworks.queries import registry
from dekaan.library.models import Audience, LinkRound, Resource, ResourceUse
from dekaan.library.published import Kind, Starter, key_stages, kinds, link_words, stands_beside, starters
from dekaan.programme.models import Activity

LinkState = Resource.LinkState
STANDSTILL = timedelta(minutes=30)  # a look at every link has twenty minutes


@dataclass(frozen=True)
class Line:
    """A resource as it is listed."""

    resource: Resource
    kind: Kind
    on: date

    @property
    def is_overdue(self) -> bool:
        """Whether it was to be reviewed before today."""
        due = self.resource.review_on
        return due is not None and due < self.on and self.resource.set_aside_on is None

    @property
    def is_broken(self) -> bool:
        """Whether its link is sure to lead nowhere."""
        return bool(self.resource.address) and self.resource.link_state == LinkState.BROKEN

    @property
    def is_unread(self) -> bool:
        """Whether its link could not be read by us."""
        return bool(self.resource.address) and self.resource.link_state == LinkState.UNREAD

    @property
    def has_left(self) -> bool:
        """Whether its owner works here no more, so that it is to be handed over."""
        owner = self.resource.owner
        return owner is not None and owner.ends_on is not None and owner.ends_on <= self.on

    @property
    def is_ownerless(self) -> bool:
        """Whether nobody here looks after it, while it is in use."""
        return self.resource.set_aside_on is None and (self.resource.owner_id is None or self.has_left)

    @property
    def whose(self) -> str:
        """ "Priya Raman", "Tom Hale, who has left", "nobody’s"."""
        return f"{self.resource.owner or 'nobody’s'}{', who has left' if self.has_left else ''}"

    @property
    def link_says(self) -> str:
        """What is said of a link that did not open; nothing of one that did."""
        known = link_words().get(self.resource.link_reason)
        return known.says if known and (self.is_broken or self.is_unread) else ""

    @property
    def needs_somebody(self) -> bool:
        """Whether a person has to look at it."""
        return self.is_overdue or self.is_broken

    @property
    def audiences(self) -> str:
        """Whom it is for, in words."""
        return ", ".join(each.label for each in Audience if each in self.resource.audiences)

    @property
    def short_audiences(self) -> str:
        """The same as it fits into a list: "Pupils, parents"."""
        names = {Audience.PUPILS: "pupils", Audience.CARERS: "parents", Audience.STAFF: "staff"}
        return ", ".join(name for each, name in names.items() if each in self.resource.audiences).capitalize()

    @property
    def key_stages(self) -> str:
        """For which year groups, in words: all of them need none."""
        return years_in_words(self.resource.key_stages)


def years_in_words(stages: Sequence[int]) -> str:
    """ "Years 7 to 11", of key stages by their first year group; nothing where it is all of them or none."""
    every = registry().key_stages
    chosen = [years for years in every if years[0] in stages]
    if len(chosen) in {0, len(every)}:
        return ""
    if chosen[0] == every[0] and chosen[-1] == every[-1]:  # there is a gap between them
        return ", ".join(key_stages()[years[0]] for years in chosen)
    first, last = chosen[0][0], chosen[-1][-1]
    return f"Years {first} {'and' if last == first + 1 else 'to'} {last}"


def _line(resource: Resource) -> Line:
    return Line(resource, kinds().get(resource.kind) or Kind(resource.kind, resource.kind), today())


def line_of(resource: Resource) -> Line:
    """The resource with what is known of it."""
    return _line(resource)


def in_use() -> QuerySet[Resource]:
    """Resources that are not set aside."""
    return Resource.objects.filter(set_aside_on=None)


@dataclass(frozen=True)
class Library:
    """What is listed, and how much of all that is in use needs somebody."""

    lines: list[Line]
    total: int
    overdue: int
    broken: int
    unread: int
    set_aside: int
    ownerless: int  # whose nobody is, or somebody who has left


def library(
    words: str = "", *, audience: str = "", key_stage: int | None = None, kind: str = "", past: bool = False
) -> Library:
    """Resources that hold every word and are for these, what needs somebody first; with `past`, those set aside."""
    every = [_line(each) for each in Resource.objects.select_related("owner")]
    used = [each for each in every if each.resource.set_aside_on is None]
    wanted = folded_words(words)
    found = [
        each
        for each in (every if past else used)
        if (each.resource.set_aside_on is not None) == past
        and (not audience or audience in each.resource.audiences)
        and (key_stage is None or key_stage in each.resource.key_stages)
        and (not kind or each.resource.kind == kind)
        and holds(wanted, each.resource.title, each.resource.says, each.resource.subject, each.resource.address)
    ]
    found.sort(key=lambda each: (not each.is_broken, not each.is_overdue, not each.is_ownerless))
    return Library(
        found,
        total=len(used),
        overdue=sum(each.is_overdue for each in used),
        broken=sum(each.is_broken for each in used),
        unread=sum(each.is_unread for each in used),
        set_aside=len(every) - len(used),
        ownerless=sum(each.is_ownerless for each in used),
    )


def beside(criterion_id: str) -> Library | None:
    """How the library stands, for the page of a criterion that asks for information; None for any other."""
    return library() if criterion_id in stands_beside() else None


def to_mend() -> list[Line]:
    """Resources in use whose review is overdue or whose link is broken."""
    return [line for each in in_use().select_related("owner") if (line := _line(each)).needs_somebody]


def not_opening(on: date) -> QuerySet[Resource]:
    """Resources in use whose link is broken, or whose owner has left and handed nothing over; with their owners."""
    broken = Q(link_state=LinkState.BROKEN) & ~Q(address="")
    return in_use().filter(broken | Q(owner__ends_on__lte=on)).select_related("owner")


def told_at_home(on: date, user: User, *, of_all: bool) -> list[Line]:
    """Those of them of which the person is told, broken ones first: of all, or of their own."""
    found = not_opening(on) if of_all else not_opening(on).filter(owner__user=user)
    return sorted(map(_line, found), key=lambda each: not each.is_broken)


def numbers_that_open() -> set[int]:
    """The numbers of the public links that lead somewhere today."""
    public = in_use().filter(is_public=True).exclude(address="").exclude(link_state=LinkState.BROKEN)
    return set(public.order_by().values_list("number", flat=True))


def starters_left() -> list[Starter]:
    """What of the starter list the library has not: by address."""
    held = set(Resource.objects.values_list("address", flat=True))
    return [each for each in starters().values() if each.address not in held]


def offered(audience: str) -> list[Line]:
    """What the public page offers to that audience: resources in use with a public link."""
    return [_line(each) for each in in_use().filter(is_public=True).exclude(address="") if audience in each.audiences]


def opened_by(number: int) -> Resource | None:
    """The resource that the public link of that number opens; None where none does."""
    return in_use().filter(number=number, is_public=True).exclude(address="").first()


def resources_of(activity: Activity) -> list[Resource]:
    """What is used in the activity."""
    uses: Iterable[ResourceUse] = ResourceUse.objects.filter(activity=activity).select_related("resource")
    return [each.resource for each in uses]


@dataclass(frozen=True)
class Looked:
    """The last look at every link, and the one in hand."""

    last: LinkRound | None
    in_hand: LinkRound | None


def looked() -> Looked:
    """When the links were looked at last, and whether they are being looked at now."""
    rounds = list(LinkRound.objects.select_related("asked_by")[:10])
    going = next((each for each in rounds if each.finished_at is None), None)
    if going is not None and going.asked_at < timezone.now() - STANDSTILL:
        going = None
    return Looked(next((each for each in rounds if each.finished_at is not None), None), going)
