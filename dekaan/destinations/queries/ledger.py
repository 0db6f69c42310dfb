"""What stands in the ledger: statements in force, what contradicts what, and which a person said holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from dekaan.core.academic_year import academic_year_of, today
from dekaan.destinations.models import PLANS, Kind, Ruling, Statement
from dekaan.frameworks.queries import ActivityCode, Bucket, activity_codes, buckets, routes
from dekaan.partners.queries import plain_name
from dekaan.people.models import Enrolment

ONE_DAY = timedelta(days=1)
# What has to read alike for the same source to have said the same again, besides the provider.
SAME = "route code provider_id course level words starts_on ends_on as_of verified_on".split()
MAIN = (Enrolment.Status.CURRENT, Enrolment.Status.MAIN)


def with_places(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Each with the organisation with which its provider was made one since, in the same question."""
    return statements.annotate(place=Coalesce("provider__merged_into_id", "provider_id"))


def place_of(statement: Statement) -> int | None:
    """The organisation of the directory, the kept one of two that were made one, where `with_places` asked for it."""
    found: int | None = getattr(statement, "place", statement.provider_id)
    return found


def in_force(statements: Iterable[Statement]) -> list[Statement]:
    """Those that no other corrects or takes back, in order."""
    every = list(statements)
    corrected = {each.corrects_id for each in every}
    standing = [each for each in every if each.pk not in corrected and not each.is_withdrawal]
    return sorted(standing, key=lambda each: (each.as_of, each.said_on, each.pk))


def code_of(statement: Statement) -> ActivityCode | None:
    """The council's code of it: as the council said it, else the route's."""
    if found := activity_codes().get(statement.code):
        return found
    route = routes().get(statement.route)
    return activity_codes().get(route.code) if route else None


def bucket_of(statement: Statement) -> Bucket | None:
    """What the published measure would call it: by the route and its level, else by the council's code."""
    if route := routes().get(statement.route):
        return route.bucket_at(statement.level)
    code = activity_codes().get(statement.code)
    return buckets()[code.bucket] if code else None


def says_nothing(statement: Statement) -> bool:
    """Whether it only says that nobody knows, which contradicts nobody who does."""
    code = code_of(statement)
    return code is not None and code.is_not_known


def is_told(route: str, code: str) -> bool:
    """Whether a statement of that route and code says more than that nobody knows."""
    return not says_nothing(Statement(route=route, code=code))


def agree(one: Statement, other: Statement) -> bool:
    """Whether both can be true: codes and routes of which one may be the other, and no two different providers.

    Where the provider is the same, two routes of one bucket and group are the same place, said more or less exactly.
    """
    theirs = [(place_of(each), plain_name(each.provider_name)) for each in (one, other)]
    (first, called), (second, also_called) = theirs
    is_same_place = first == second if first and second else bool(called) and called == also_called
    if _may_be_same(one, other):
        return is_same_place or not called or not also_called
    groups = [code.group if code else "" for code in (code_of(one), code_of(other))]
    return is_same_place and bucket_of(one) == bucket_of(other) and groups[0] == groups[1]


def _may_be_same(one: Statement, other: Statement) -> bool:
    """Whether code, route and level of one may be those of the other, where one says less than the other or no more."""
    codes, other_codes = codes_said(one), codes_said(other)
    if codes != other_codes and not codes & other_codes:
        return False
    first, second = routes().get(one.route), routes().get(other.route)
    if first is None or second is None:  # a code alone says less than the route, and no bucket of its own
        return True
    if not (first.may_be(second.key) or second.may_be(first.key)):
        return False
    buckets_said = {bucket_of(one), bucket_of(other)}
    return len(buckets_said) == 1 or (None in {one.level, other.level} and first == second)


def codes_said(statement: Statement) -> frozenset[str]:
    """Every code of the council that it may be of: the one that it says, else those of its route."""
    if statement.code in activity_codes():
        return frozenset({statement.code})
    route = routes().get(statement.route)
    return route.codes if route else frozenset()


def says_two_things(statement: Statement) -> bool:
    """Whether its code and its route tell of different things: taking part or not, learning or work."""
    code, route = activity_codes().get(statement.code), routes().get(statement.route)
    if code is None or route is None or code.code in route.codes:
        return False
    own = activity_codes().get(route.code)
    theirs, ours = buckets()[code.bucket], route.bucket_at(statement.level)
    takes_part = own is not None and own.takes_part
    return takes_part != code.takes_part or (ours is not None and ours.counts_as != theirs.counts_as)


def most_exact(said: Iterable[Statement]) -> Statement:
    """Of statements that agree the one that says most: a route before a code alone, a level before none; the first of those."""
    return max(said, key=lambda each: (bool(each.route), each.level is not None))


@dataclass(frozen=True)
class Moment:
    """What is said of one person and one moment: each group agrees in itself, and contradicts the others."""

    kind: str
    as_of: date
    groups: tuple[tuple[Statement, ...], ...]
    set_aside: tuple[Statement, ...] = ()  # by a person's ruling
    ruling: Ruling | None = None
    holds: int | None = None  # the statement that does by that ruling, as it stands today
    fallen: Ruling | None = None  # of what has been corrected to say something else, so that it rules nothing any more

    @property
    def said(self) -> Statement:
        """What is said of it, as exactly as anybody does; of a moment on which sources disagree, by one of them."""
        return most_exact(self.groups[0])

    @property
    def disagrees(self) -> bool:
        """Whether a person has to say which holds."""
        return len(self.groups) > 1

    @property
    def shown(self) -> str:
        """The numbers of every statement of it, as the page sends them back: what somebody saw who says which holds."""
        return " ".join(str(each.pk) for each in (*sum(self.groups, ()), *self.set_aside))

    @property
    def name(self) -> str:
        """What it is of."""
        return Kind(self.kind).label

    @property
    def told(self) -> list["Told"]:
        """What stands, each once however often the same source has said it."""
        return [each for group in self.groups for each in _once(group)]

    @property
    def told_aside(self) -> list["Told"]:
        """The same of what is set aside."""
        return _once(self.set_aside)

    @property
    def stopped_on(self) -> date | None:
        """Their last day there, where whoever is believed names one."""
        days = [max((each.ends_on for each in group if each.ends_on), default=None) for group in self.groups]
        named = [each for each in days if each]
        return max(named) if named and len(named) == len(days) else None


@dataclass(frozen=True)
class Told:
    """What one source says: the latest time, and the earlier days on which it said the same."""

    latest: Statement
    before: tuple[date, ...]


def _once(said: Sequence[Statement]) -> list[Told]:
    found: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for each in said:
        found[each.source, plain_name(each.provider_name), *(getattr(each, name) for name in SAME)].append(each)
    return [Told(same[-1], tuple(each.said_on for each in same[:-1])) for same in found.values()]


def moments_of(
    statements: Iterable[Statement],
    rulings: Iterable[Ruling],
    since: date | None = None,
    before: date | None = None,
) -> list[Moment]:
    """One person's outcomes, moment by moment. What only says that nobody knows gives way to whoever does.

    Of everything that was ever said, and not of what is in force alone: a ruling is on what somebody has checked since.
    Where days are given, only what is said of one `since` the first and `before` the second counts; plans do in any case.
    """
    every, ruled = list(statements), list(rulings)
    by_pk: dict[int | None, Statement] = {each.pk: each for each in every}
    by_moment: dict[tuple[str, date | None], list[Statement]] = defaultdict(list)
    for each in in_force(every):
        if not is_since(each, since) or (before and each.kind not in PLANS and each.as_of >= before):
            continue
        by_moment[each.kind, each.as_of if each.kind == Kind.CHANGE else None].append(each)
    found = [_moment(kind, there, ruled, by_pk) for (kind, _), there in by_moment.items()]
    return sorted(found, key=lambda each: (each.as_of, list(Kind).index(Kind(each.kind))))


def _moment(
    kind: str, there: list[Statement], rulings: Sequence[Ruling], by_pk: Mapping[int | None, Statement]
) -> Moment:
    came_from = {each.pk: _came_from(each, by_pk) for each in there}
    begun_as = {before.pk: each for each in there for before in came_from[each.pk]}
    ruling = max(
        (each for each in rulings if each.statement_id in begun_as),
        key=lambda each: (each.ruled_at, each.pk),
        default=None,
    )
    fallen, held = None, None
    set_aside: list[Statement] = []
    if ruling and ruling.leaves_open:
        ruling = None
    if ruling:
        held, ruled = begun_as[ruling.statement_id], by_pk[ruling.statement_id]
        if says_the_same_place(held, ruled):
            set_aside = [
                each
                for each in there
                if _was_seen(_same_place(came_from[each.pk]), ruling)
                and not agree(each, held)
                and not agree(each, ruled)
            ]
        else:
            ruling, fallen, held = None, ruling, None
    standing = [each for each in there if each not in set_aside]
    known = [each for each in standing if not says_nothing(each)]
    # Where nobody knows, nobody contradicts: not found one day and not willing to say another is still not known.
    groups: list[list[Statement]] = [] if known else [standing]
    for each in known:
        for group in groups:
            if all(agree(each, other) for other in group):
                group.append(each)
                break
        else:
            groups.append([each])
    return Moment(
        kind,
        there[-1].as_of,
        tuple(tuple(group) for group in groups),
        tuple(set_aside),
        ruling,
        held.pk if held else None,
        fallen,
    )


def _came_from(statement: Statement, by_pk: Mapping[int | None, Statement]) -> list[Statement]:
    """It, what it corrects, what that corrects and so on, back to what was said first."""
    found = [statement]
    while before := by_pk.get(found[-1].corrects_id):
        found.append(before)
    return found


def _same_place(came_from: Sequence[Statement]) -> list[Statement]:
    """The last and those before it that say the same place: so long it has been said, whatever was mended since.

    What came by a link or in a file was said anew, though it says the same place as what it took the place of.
    """
    found: list[Statement] = []
    for each in came_from:
        if not says_the_same_place(each, came_from[0]):
            break
        found.append(each)
        if each.batch:
            break
    return found


def _was_seen(same: Sequence[Statement], ruling: Ruling) -> bool:
    """Whether it was before the person who said which holds: nobody sets aside what they never saw."""
    if ruling.seen is None:
        return same[-1].recorded_at <= ruling.ruled_at
    return any(each.pk in ruling.seen for each in same)


def says_the_same_place(one: Statement, other: Statement) -> bool:
    """Whether one says of the same moment what the other does: route, code and provider, whatever else was mended."""
    told = [(each.kind, each.route, each.code, plain_name(each.provider_name)) for each in (one, other)]
    return told[0] == told[1]


def main_stays(on: date) -> QuerySet[Enrolment]:
    """The stays that had begun by that day of those whose main school this is or was: a guest belongs to another's leavers.

    So a guest stay after leaving hides nobody, and who is to come back has left until then.
    """
    return Enrolment.objects.filter(status__in=MAIN, starts_on__lte=on)


def leaving_days(pupil_ids: Collection[int] | None = None, on: date | None = None) -> dict[int, date]:
    """The first day off the roll of those who have left by that day; whoever came back is not among them."""
    stays = main_stays(on or today()).order_by("pupil_id", "starts_on", "pk")
    if pupil_ids is not None:
        stays = stays.filter(pupil_id__in=list(pupil_ids))
    ends = dict(stays.values_list("pupil_id", "ends_on"))  # the latest stay of each
    return {pupil_id: ended for pupil_id, ended in ends.items() if ended and ended <= (on or today())}


class Leavings(NamedTuple):
    """When one person left."""

    left: list[date]  # each first day off the roll until today, in order
    since: date | None  # the one since which they are away, if they are
    is_here: bool  # on the roll today, as a guest too


def leavings_of(pupil_id: int) -> Leavings:
    """When that person left until today: their main stays alone, as in `leaving_days`."""
    stays = Enrolment.objects.filter(pupil_id=pupil_id, starts_on__lte=today()).order_by("starts_on", "pk")
    every = list(stays.values_list("ends_on", "status"))
    ends = [ended for ended, status in every if status in MAIN]
    over = [each for each in ends if each and each <= today()]
    is_here = any(ended is None or ended > today() for ended, _ in every)
    return Leavings(sorted(over), over[-1] if over and over[-1] == ends[-1] else None, is_here)


def away(left: Sequence[date], on: date) -> tuple[date | None, date | None]:
    """Since when somebody with those leaving days had been away on that day, and when they had left again if they did.

    What is said of where they were then counts for that absence, and for no other.
    """
    since = max((each for each in left if each <= on), default=None)
    return since, min((each for each in left if each > on), default=None)


def is_since(statement: Statement, left_on: date | None) -> bool:
    """Whether it counts for somebody who left then: a plan in any case, an outcome of that day or later.

    What is said of where they were when they had left before, and came back, counts for that absence alone.
    """
    return left_on is None or statement.kind in PLANS or statement.as_of >= left_on


def leaving_year(left_on: date) -> int:
    """The academic year in which somebody left; off the roll from 1 September is leaving in the year before."""
    return academic_year_of(left_on - ONE_DAY)
