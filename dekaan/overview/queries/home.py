"""The home queue: what is due today, what waits, where the gaps are, what is to be caught up, what broke."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet, Subquery, Value

from dekaan.access.data_classes import DataClass
from dekaan.access.exporting import Told, exports_told, is_told
from dekaan.access.models import FactorReset, RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.queries import (
    factor_resets_at,
    last_review,
    may_agree_to_reset,
    may_confirm,
    review_is_due,
    roles_given_by,
    waiting_at,
)
from dekaan.backups.queries import Standing, backups_in_doubt
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.curriculum.queries import waiting_links
from dekaan.destinations.queries import just_left, leavers_opened, not_known_in_words, not_known_of
from dekaan.duties.queries import AtHand, Line, counted_for_duties, deadlines_in_law, unread
from dekaan.evidence.queries import shown_and_expired
from dekaan.exchange.models import ImportRun
from dekaan.exchange.queries import needs_attention, runs_waiting, year_to_begin
from dekaan.frameworks.queries import Criterion, RuleChange, benchmarks_in_force, frameworks
from dekaan.handover.queries import HandOverNews, news_of
from dekaan.handover.queries import in_sight as hand_overs_in_sight
from dekaan.jobs.queries import Service, service
from dekaan.library.queries import Line as LibraryLine
from dekaan.library.queries import not_opening, told_at_home
from dekaan.measures.queries import Figure, coverage_of_criteria, released, standings
from dekaan.overview.queries.leading import LeadingLine, number_of
from dekaan.overview.queries.leading import asked as asked_of_leading
from dekaan.overview.queries.leading import told as told_of_leading
from dekaan.people.queries import narrowed_to, on_roll, year_groups
from dekaan.privacy.queries.cases import cases_for_second, cases_to_clear
from dekaan.privacy.queries.retention import RetentionNews, told_of_retention
from dekaan.programme.models import Session
from dekaan.programme.queries import Colleague, OpenCatchUp, open_catch_ups, sessions_visible_to, waiting_for
from dekaan.provider_requests.models import ProviderRequest
from dekaan.provider_requests.queries import Line as RequestLine
from dekaan.provider_requests.queries import providers_waiting
from dekaan.publication.queries import versions_waiting
from dekaan.schemes.queries import overdue
from dekaan.schools.models import School
from dekaan.team.models import GuidedStart
from dekaan.website.models import WebsiteCheck
from dekaan.website.queries import HomeWord, on_website, reading, told_of

# What may be told above the work, the most urgent first: what stands still, then what the law asks, then who waits, then news.
NOTICES = (
    "round_failed_on", "backups", "service", "website", "cases_to_clear", "cases", "hand_overs", "pages", "exports",
    "leavers", "expired", "leading", "library", "actions_overdue", "links", "retention", "review_is_due", "rules",
)  # fmt: skip
SHOWN = 4  # lines on a card; the number above opens the whole list


@dataclass(frozen=True)
class Gap:
    """How many pupils have not done something that they should have; None where the number is hidden."""

    criterion: Criterion
    missed: int | None
    of: int | None
    unknown: int | None


@dataclass(frozen=True)
class Queue:
    """The cards of the home page; None is a card that the person's roles do not have."""

    begin: int | None  # how many questions of setting up the role are answered; None where it is done or not theirs
    lacks_pupils: bool  # whether nobody is counted here yet
    due_today: list[Session] | None
    recorded_today: list[Session]
    presses: frozenset[int]  # those due today of which the person may say that they happened
    registers: frozenset[int]  # those due today of which the person takes some pupils' register
    waiting: list[Session] | None
    waiting_total: int
    unchecked: int  # recorded this year, absences not checked
    gaps: list[Gap] | None
    gaps_of: int | None  # of how many pupils the gaps are, where the person sees only some; None where of the school
    catch_ups: list[OpenCatchUp] | None
    catch_ups_total: int
    duties: list[Line] | None  # what is broken in law or at risk, the most urgent first
    duties_total: int
    rules: list[RuleChange]  # what changed in them lately and this person has not read
    providers: list[RequestLine]  # who ask to meet pupils, and wait for an answer or did not get one
    website: HomeWord | None  # what the law asks for and the website does not say as it should
    leavers: str  # of how many of last year's leavers it is due to be known where they went, and is not
    left_in: int  # the year in which those left
    expired: int  # pieces of evidence that are used and have expired
    leading: list[LeadingLine]  # tasks, the plan, policies, agreements, the post, what governors were told
    actions_overdue: int  # of observations
    links: int  # what lessons link to careers, proposed and not decided on
    pages: int  # versions of the public pages that wait for this person's approval
    library: list[LibraryLine]  # resources whose link is broken or whose owner has left: all, or the person's own
    imports: list[ImportRun]
    year_to_begin: int | None
    receipts: list[Session]
    round_failed_on: date | None  # where what is done each morning could not be finished
    backups: Standing | None  # where the last backup or drill is too old or failed
    service: Service | None  # where no worker lives, a job was given up or a mail has not gone out
    retention: RetentionNews | None  # what went this morning because it was kept long enough, and what goes soon
    roles: list[RoleAssignment]  # those that wait for this person as the second of two
    resets: list[FactorReset]  # of a colleague's second factor, that wait for this person as the second of two
    hand_overs: list[HandOverNews]  # that wait for this person, or concern who leads careers
    cases: int  # about somebody's data, that wait for this person as the second of two
    cases_to_clear: int  # that wait for this person as the safeguarding lead
    review_is_due: bool  # whether this person is to look through who may see the school
    exports: list[Told]  # of which this person is told

    @property
    def notices(self) -> list[str]:
        """What is told above the work, by the name of its field, the most urgent first."""
        return [each for each in NOTICES if getattr(self, each)]

    @property
    def in_sight(self) -> list[str]:
        """The most urgent of them, and what the law asks of the website, which nobody should have to press for."""
        return [each for number, each in enumerate(self.notices) if number == 0 or each in {"website", "hand_overs"}]

    @property
    def folded(self) -> list[str]:
        """The others."""
        return [each for each in self.notices if each not in self.in_sight]


def queue(school: School, user: User, assignments: list[RoleAssignment], permissions: frozenset[Permission]) -> Queue:
    """What needs this person today."""
    now = today()
    # The home page shows a session on one line: whom it invites is a click away, and three statements saved.
    mine = sessions_visible_to(user, assignments).prefetch_related(None).filter(cancelled_at=None)
    takes_registers = Permission.REGISTER_TAKE in permissions
    asker = Colleague(user, assignments)
    if asker.records_all:
        today_s, waiting, unchecked, receipts = _all_at_once(mine, now)
    else:
        today_s = list(mine.filter(held_on=now)) if Permission.PROGRAMME_SEE in permissions else []
        waiting, unchecked = (_to_register(asker, mine, now), []) if takes_registers else ([], [])
        receipts = _receipts(mine) if takes_registers else []
    sees_programme = Permission.PROGRAMME_SEE in permissions
    due_today = [each for each in today_s if not each.has_happened]
    catch_ups = open_catch_ups(now, mine) if Permission.PROGRAMME_CHANGE in permissions else None
    waits, leading = _waits(school, user, now, assignments if Permission.DESTINATIONS_SEE in permissions else None)
    changes = Permission.PROGRAMME_CHANGE in permissions
    confirms = Permission.ROLES_CONFIRM in permissions
    gaps, gaps_of, figures = _gaps(school.pk, now, assignments, permissions)
    check = reading(now, school) if waits.has_checks else None
    here = year_groups(academic_year_of(now)) if Permission.BENCHMARKS_SEE in permissions else []
    at_hand = AtHand(figures=figures, website=on_website(check), year_groups=here)
    duties, expired = _duties_and_expired(school, now, at_hand, permissions)
    sets_up = {Permission.TEAM_CHANGE, Permission.PROGRAMME_CHANGE} <= permissions
    return Queue(
        begin=len(waits.set_up or ()) if sets_up and not waits.is_set_up else None,
        lacks_pupils=not any(each.of for each in figures),
        due_today=due_today if sees_programme else None,
        recorded_today=[each for each in today_s if each.has_happened],
        presses=frozenset(each.pk for each in due_today if takes_registers and asker.may_record(each)),
        registers=_registers(asker, due_today) if takes_registers and due_today else frozenset(),
        waiting=waiting[:SHOWN] if takes_registers else None,
        waiting_total=len(waiting),
        unchecked=len(unchecked),
        gaps=gaps,
        gaps_of=gaps_of,
        catch_ups=catch_ups[:SHOWN] if catch_ups is not None else None,
        catch_ups_total=sum(each.pupils for each in catch_ups or ()),
        duties=duties[:SHOWN] if duties is not None else None,
        duties_total=len(duties or ()),
        rules=unread(school, user, now, here) if Permission.PROGRAMME_CHANGE in permissions else [],
        providers=providers_waiting() if changes and waits.has_requests else [],
        leavers=not_known_in_words(waits.leavers, now) if waits.leavers else "",
        left_in=just_left(now),
        expired=expired,
        leading=told_of_leading(leading, now, permissions, is_set_up=waits.is_set_up),
        actions_overdue=waits.actions_overdue if changes else 0,
        website=told_of(check) if changes else None,
        links=waits.links if changes else 0,
        pages=waits.pages if Permission.PUBLICATION_APPROVE in permissions else 0,
        library=told_at_home(now, user, of_all=changes) if waits.has_library and sees_programme else [],
        imports=needs_attention()[:SHOWN] if Permission.IMPORT_MAKE in permissions and waits.has_imports else [],
        # Where there are gaps, somebody is in the year, so it is not asked.
        year_to_begin=year_to_begin() if Permission.IMPORT_MAKE in permissions and not gaps else None,
        receipts=receipts,
        round_failed_on=school.round_failed_on if Permission.BACKUPS_SEE in permissions else None,
        backups=backups_in_doubt() if Permission.BACKUPS_SEE in permissions else None,
        service=_not_well(service(school)) if Permission.SERVICE_KEEP in permissions else None,
        retention=told_of_retention() if Permission.PRIVACY_SEE in permissions else None,
        roles=[each for each in waiting_at(school) if may_confirm(each, user, assignments)]
        if confirms and waits.has_roles
        else [],
        resets=[each for each in factor_resets_at(school) if may_agree_to_reset(each, user, assignments)]
        if confirms and waits.has_resets
        else [],
        hand_overs=news_of(user, assignments, now, changes=Permission.HANDOVER_CHANGE in permissions)
        if waits.has_hand_overs and (confirms or Permission.HANDOVER_CHANGE in permissions)
        else [],
        cases=len(cases_for_second(user)) if Permission.PRIVACY_CASES in permissions else 0,
        cases_to_clear=len(cases_to_clear()) if Permission.CONTACTS_LIFT in permissions else 0,
        review_is_due=bool(roles_given_by(assignments)) and review_is_due(last_review(school)),
        exports=exports_told(school, user) if is_told(assignments) else [],
    )


@dataclass(frozen=True)
class _Waits:
    """What there is of each kind, so that only what is there is asked for further."""

    actions_overdue: int
    pages: int
    links: int
    leavers: int
    has_requests: bool
    has_checks: bool
    has_library: bool
    has_imports: bool
    has_roles: bool
    has_resets: bool
    has_hand_overs: bool
    is_set_up: bool
    set_up: list[str] | None  # the questions of setting up the role that are answered


def _waits(
    school: School, user: User, now: date, follows: list[RoleAssignment] | None
) -> tuple[_Waits, dict[str, Any]]:
    """All of it in one statement, and what of leading careers needs somebody with it; `follows`: whoever follows leavers."""
    requests = ProviderRequest.objects.filter(forgotten_on=None)
    checks = WebsiteCheck.objects.filter(state=WebsiteCheck.State.DONE)
    found = School.objects.filter(pk=school.pk).values_list(
        number_of(overdue()),
        number_of(versions_waiting()),
        number_of(waiting_links()),
        Value(0) if follows is None else number_of(not_known_of(leavers_opened(follows, just_left(now)), now)),
        Exists(requests),
        Exists(checks),
        Exists(not_opening(today())),
        Exists(runs_waiting()),
        Exists(waiting_at(school)),
        Exists(factor_resets_at(school)),
        Exists(hand_overs_in_sight(now)),
        Exists(GuidedStart.objects.filter(finished_on__isnull=False)),
        Subquery(GuidedStart.objects.values("done")[:1]),
        *(of_leading := asked_of_leading(user, now)).values(),
    )
    row = found.get()
    own = len(row) - len(of_leading)
    return _Waits(*row[:own]), dict(zip(of_leading, row[own:], strict=True))


def _not_well(standing: Service) -> Service | None:
    return None if standing.is_well else standing


def _registers(asker: Colleague, due_today: list[Session]) -> frozenset[int]:
    """Of the sessions that somebody else records, those that wait for this person's register."""
    others = [each.pk for each in due_today if not asker.may_record(each)]
    if not others:
        return frozenset()
    return frozenset(waiting_for(asker, Session.objects.filter(pk__in=others)).values_list("pk", flat=True))


def _of_this_year(mine: QuerySet[Session], now: date) -> QuerySet[Session]:
    return mine.filter(held_on__lte=now, held_on__gte=year_start(academic_year_of(now)))


def _to_register(asker: Colleague, mine: QuerySet[Session], now: date) -> list[Session]:
    """Sessions of this year that wait for the register of whoever takes it of some pupils."""
    waiting = waiting_for(asker, _of_this_year(mine, now).filter(held_on__lt=now))
    return list(waiting.order_by("-held_on", "-pk"))


def _all_at_once(
    mine: QuerySet[Session], now: date
) -> tuple[list[Session], list[Session], list[Session], list[Session]]:
    """Today's sessions; those that nobody recorded; those whose absences nobody checked; the last recorded. One statement.

    The second and third are of this year. Today's sessions that have not been recorded are due, not waiting.
    """
    lately = mine.filter(recorded_at__isnull=False).order_by("-recorded_at").values("pk")[:SHOWN]
    of_this_year = Q(held_on__lte=now, held_on__gte=year_start(academic_year_of(now)))
    unrecorded = of_this_year & Q(recorded_at=None, held_on__lt=now)
    unchecked = of_this_year & Q(recorded_at__isnull=False, absences_checked_at=None)
    found = list(mine.filter(Q(held_on=now) | unrecorded | unchecked | Q(pk__in=lately)))
    newest_first = sorted(found, key=lambda each: (each.held_on, each.pk), reverse=True)
    this_year = [each for each in newest_first if year_start(academic_year_of(now)) <= each.held_on <= now]
    return (
        [each for each in found if each.held_on == now],
        [each for each in this_year if not each.has_happened and each.held_on < now],
        [each for each in this_year if each.has_happened and each.absences_checked_at is None],
        _last_recorded(found),
    )


def _last_recorded(sessions: list[Session]) -> list[Session]:
    recorded = [(each.recorded_at, each) for each in sessions if each.recorded_at]
    return [each for _, each in sorted(recorded, key=lambda pair: pair[0], reverse=True)][:SHOWN]


def _duties_and_expired(
    school: School, now: date, at_hand: AtHand, permissions: frozenset[Permission]
) -> tuple[list[Line] | None, int]:
    """What is due in law, and how many pieces of evidence have expired: both are read from the cabinet at once."""
    sees, keeps = Permission.BENCHMARKS_SEE in permissions, Permission.PROGRAMME_CHANGE in permissions
    if not sees and not keeps:
        return None, 0
    facts, expired = shown_and_expired(now)
    duties = deadlines_in_law(school, now, replace(at_hand, facts=facts)) if sees else None
    return duties, expired if keeps else 0


def _gaps(
    school_id: int, now: date, assignments: list[RoleAssignment], permissions: frozenset[Permission]
) -> tuple[list[Gap] | None, int | None, list[Figure]]:
    """The gaps that a framework's file words for the home page, widest first; and exact figures that were read for them.

    Whoever sees the names of some pupils only is told of the gaps of these, and of how many pupils they are: the
    numbers are then as long as lists of names that the person may read. For everybody else they are the school's.
    """
    in_force = {each.key: each for each in frameworks() if each.is_in_force(now)}
    in_force.setdefault(benchmarks_in_force(now).key, benchmarks_in_force(now))
    worded = {each.id: each for framework in in_force.values() for each in framework.counted if each.home_sentence}
    narrowed = narrowed_to(assignments, DataClass.E) if Permission.NAMES_SEE in permissions else None
    gaps_of, read = None, list[Figure]()
    if narrowed is not None:
        year = academic_year_of(now)
        gaps = [
            Gap(worded[criterion], each["missed"], each["missed"] + each["unknown"] + each["met"], each["unknown"])
            for criterion, each in standings(school_id, year, worded, among=narrowed).items()
        ]
        gaps_of = narrowed.filter(on_roll(now)).count()
    elif Permission.BENCHMARKS_SEE in permissions:
        wanted = worded | {each.id: each for each in counted_for_duties()}
        read = coverage_of_criteria(school_id, academic_year_of(now), wanted.values())
        figures = [each for each in read if each.criterion in worded]
        if Permission.FIGURES_EXACT not in permissions:
            figures = released(figures)
        gaps = [Gap(worded[each.criterion], each.missed, each.of, each.unknown) for each in figures]
    else:
        return None, None, []
    return sorted((gap for gap in gaps if gap.missed), key=lambda gap: -(gap.missed or 0))[:SHOWN], gaps_of, read


def _receipts(sessions: QuerySet[Session]) -> list[Session]:
    return list(sessions.filter(recorded_at__isnull=False).order_by("-recorded_at")[:SHOWN])
