"""How careers is led on a day: the model and what it needs, who holds each key role, time, help and what is delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q

from dekaan.access.models import RoleAssignment
from dekaan.access.queries import in_force
from dekaan.core.academic_year import academic_year_of, year_end, year_start
from dekaan.core.numbers import percent
from dekaan.core.scope import schools_in_scope
from dekaan.frameworks.queries import (
    Asked,
    KeyRole,
    LeadershipModel,
    key_roles,
    leader_trainings,
    leadership_models,
)
from dekaan.people.models import StaffMember
from dekaan.programme.models import Session
from dekaan.team.models import GuidedStart, Leadership, Post, Profile

LATELY = timedelta(days=365)  # for so long it is told who held a role last
# Which of the product's roles suggests who holds a key role.
BY_ACCOUNT = {
    "careers-leader": "leader",
    "slt-line-manager": "line-manager",
    "careers-adviser": "adviser",
    "careers-administrator": "administrator",
    "careers-coordinator": "coordinator",
    "senco": "senco",
    "link-governor": "link-governor",
    "enterprise-adviser": "enterprise-adviser",
    "enterprise-coordinator": "hub-lead",
}
HAS_ROLE, HAS_NONE = "Who has a role in careers", "Everybody else"
STEPS = ("model", "people", "needs", "time", "grid")


def leadership(on: date) -> Leadership | None:
    """How careers is led on that day; None where nobody said."""
    return Leadership.objects.filter(starts_on__lte=on).order_by("-starts_on", "-pk").first()


def model_of(led: Leadership | None) -> LeadershipModel | None:
    """The model in force, as the file has it."""
    return leadership_models().get(led.model) if led else None


def all_posts() -> list[Post]:
    """Every post there is or was, with the colleague."""
    return list(Post.objects.select_related("staff").order_by("role", "starts_on", "pk"))


@dataclass(frozen=True)
class RoleLine:
    """A key role: who holds it, who is to, and what there is to say of it."""

    role: KeyRole
    holders: tuple[Post, ...]
    coming: tuple[Post, ...]
    warnings: tuple[str, ...]
    stale: tuple[Post, ...] = ()  # not ended, though whoever held it has left

    @property
    def names(self) -> str:
        """Who holds it, by name."""
        return ", ".join(each.holder for each in self.holders)

    @property
    def is_gap(self) -> bool:
        """Whether a role that every school needs is held by nobody."""
        return self.role.needed and not self.holders


def role_lines(on: date, model: str = "", posts: list[Post] | None = None) -> list[RoleLine]:
    """Every key role that somebody is named for, and what the model asks for, on that day: one statement."""
    found = all_posts() if posts is None else posts
    by_role: dict[str, list[Post]] = {}
    for each in found:
        by_role.setdefault(each.role, []).append(each)
    return [
        role_line(role, by_role.get(role.key, []), on)
        for role in key_roles().values()
        if not role.from_groups and (role.only_model in {"", model} or role.key in by_role)
    ]


def role_line(role: KeyRole, posts: list[Post], on: date) -> RoleLine:
    """The role with who holds it on that day, and a sentence for whatever is not in order."""
    holders = tuple(each for each in posts if each.is_held(on))
    coming = tuple(each for each in posts if each.starts_on > on and not each.has_left(each.starts_on))
    stale = tuple(each for each in posts if each.starts_on <= on and each.ends_on is None and each.has_left(on))
    said = [
        f"{each.holder} left the school on {each.staff.ends_on:%-d %B %Y} and still stands as {each.role_name}. "
        "End the post, and say who takes over."
        for each in stale
        if each.staff and each.staff.ends_on
    ]
    if not holders:
        said += _of_nobody(role, posts, coming, on)
    elif role.one and len(holders) > 1:
        names = " and ".join(each.holder for each in holders)
        number = {2: "Two"}.get(len(holders), str(len(holders)))
        said.append(
            f"{number} people are {role.name}: {names}. Say which of them answers for it, and end the post of the other "
            "or give them another role."
        )
    return RoleLine(role, holders, coming, tuple(said), stale)


def _of_nobody(role: KeyRole, posts: list[Post], coming: tuple[Post, ...], on: date) -> list[str]:
    said = []
    # One that ended on the day on which it began was never held: it is kept for its terms.
    ended = [each for each in posts if each.ends_on and on - LATELY <= each.ends_on <= on]
    ended = [each for each in ended if each.starts_on != each.ends_on]
    if ended:
        last = max(ended, key=lambda each: each.ends_on or on)
        until = (last.ends_on or on) - timedelta(days=1)
        said.append(f"{last.holder} was {last.role_name} until {until:%-d %B %Y}, and nobody has taken over.")
    if coming:
        first = coming[0]
        said.append(f"{first.holder} takes it up on {first.starts_on:%-d %B %Y}; until then nobody holds it.")
    if role.missing and not coming:
        said.append(role.missing)
    return said


@dataclass(frozen=True)
class Checked:
    """What the model needs because of its weakness, and whether it is there: None where nobody said."""

    asked: Asked
    is_there: bool | None
    words: str


def checks(led: Leadership | None, lines: list[RoleLine], on: date) -> list[Checked]:
    """What the model needs, each answered from what was said, from who holds a role, or by a day to come."""
    model = model_of(led)
    if led is None or model is None:
        return []
    return [_checked(asked, led, lines, on) for asked in model.asks]


def _checked(asked: Asked, led: Leadership, lines: list[RoleLine], on: date) -> Checked:
    if asked.role:
        line = next((each for each in lines if each.role.key == asked.role), None)
        names = line.names if line else ""
        return Checked(asked, bool(names), names or asked.gap)
    if asked.meeting:
        day = led.next_meeting_on
        if day is None:
            return Checked(asked, False, asked.gap)
        if day < on:
            return Checked(
                asked, False, f"The last meeting in the diary was on {day:%-d %B %Y}. Give the day of the next."
            )
        return Checked(asked, True, f"{day:%-d %B %Y}" + (f", {led.meets}" if led.meets else ""))
    said = led.checks.get(asked.key)
    words = {"yes": "Yes", "no": asked.gap}.get(said, "Nobody has said yet")
    return Checked(asked, {"yes": True, "no": False}.get(said), words)


@dataclass(frozen=True)
class Delivered:
    """How many of the sessions that were held in a year the Careers Leader led in person."""

    led: int
    held: int
    unnamed: int  # of them, those of which nobody says who led them
    lately: tuple[Session, ...]

    @property
    def share(self) -> str:
        """The share of those of which it is known; nothing where it is known of none."""
        known = self.held - self.unnamed
        return f"{percent(self.led, known)} %" if known else ""


def delivered(leaders: list[StaffMember], on: date) -> Delivered:
    """What the leaders delivered in person since the academic year began, from the records: two statements."""
    year = academic_year_of(on)
    held = Session.objects.filter(
        held_on__range=(year_start(year), min(on, year_end(year))), recorded_at__isnull=False, cancelled_at__isnull=True
    )
    led = Q(led_by__in=leaders)
    counted = held.aggregate(
        held=Count("pk"), unnamed=Count("pk", filter=Q(led_by__isnull=True)), led=Count("pk", filter=led)
    )
    lately = held.filter(led).select_related("activity").order_by("-held_on", "-pk")[:20] if counted["led"] else ()
    return Delivered(counted["led"], counted["held"], counted["unnamed"], tuple(lately))


@dataclass(frozen=True)
class Standing:
    """Everything about how careers is led on a day."""

    on: date
    led: Leadership | None
    model: LeadershipModel | None
    roles: tuple[RoleLine, ...]
    checks: tuple[Checked, ...]
    posts: tuple[Post, ...]

    def holders(self, role: str) -> tuple[Post, ...]:
        """Who holds the role now."""
        return next((each.holders for each in self.roles if each.role.key == role), ())

    @property
    def warnings(self) -> list[str]:
        """What is not in order, the gravest first."""
        said = []
        if self.model and self.model.no_accountability:
            said.append(self.model.weakness)
        for line in self.roles:
            if line.warnings and (line.role.needed or line.role.only_model or line.holders or line.stale):
                said += line.warnings
        return said + [each.words for each in self.checks if each.is_there is False and not each.asked.role]


def standing(on: date) -> Standing:
    """How careers is led on that day: two statements."""
    led = leadership(on)
    posts = all_posts()
    lines = role_lines(on, led.model if led else "", posts)
    return Standing(on, led, model_of(led), tuple(lines), tuple(checks(led, lines, on)), tuple(posts))


@dataclass(frozen=True)
class Held:
    """Who holds a role, and since when; nobody is no name and no day."""

    names: tuple[str, ...]
    since: date | None


@dataclass(frozen=True)
class Staffing:
    """What others read of how careers is staffed on a day; `since` is the day from which the time and help are so."""

    leader: Held
    line_manager: Held
    link_governor: Held
    model: str
    training: str
    trained_on: date | None
    days_a_week: Decimal | None
    hours_a_week: Decimal | None
    admin_hours: Decimal | None
    since: date | None


def staffing(on: date) -> Staffing:
    """How careers is staffed on that day in the school in scope: three statements."""
    now = standing(on)
    leaders = [each.staff_id for each in now.holders("leader") if each.staff_id]
    profile = Profile.objects.filter(staff__in=leaders).order_by("pk").first() if leaders else None
    led = now.led
    return Staffing(
        leader=_held(now.holders("leader")),
        line_manager=_held(now.holders("line-manager")),
        link_governor=_held(now.holders("link-governor")),
        model=now.model.name if now.model else "",
        training=leader_trainings().get(profile.training, "") if profile else "",
        trained_on=profile.trained_on if profile else None,
        days_a_week=led.days_a_week if led else None,
        hours_a_week=led.hours_a_week if led else None,
        admin_hours=led.admin_hours if led else None,
        since=led.starts_on if led else None,
    )


def _held(posts: tuple[Post, ...]) -> Held:
    return Held(tuple(each.holder for each in posts), min((each.starts_on for each in posts), default=None))


def leaders_by_school(on: date) -> dict[int, bool]:
    """Of each school in scope that has a Careers Leader on that day, whether one of them is trained for the role."""
    of = ("school_id", "staff_id", "starts_on", "ends_on", "staff__ends_on")
    posts = Post.objects.filter(role="leader").order_by().values_list(*of)
    held = [(school_id, staff_id) for school_id, staff_id, starts, *ends in posts if _holds(on, starts, ends)]
    trained = Profile.objects.exclude(training__in=["", "none"]).order_by().values_list("staff_id", flat=True)
    known = set(trained) if held else set()
    found: dict[int, bool] = {}
    for school_id, staff_id in held:
        found[school_id] = found.get(school_id, False) or staff_id in known
    return found


def _holds(on: date, starts: date, ends: Iterable[date | None]) -> bool:
    """`Post.is_held` of days alone: of hundreds of posts only these are read."""
    return starts <= on and not any(each and each <= on for each in ends)


def by_role(people: Iterable[StaffMember], on: date) -> list[tuple[str, list[StaffMember]]]:
    """The colleagues under two headings: those who hold a key role or sign in for careers first. Two statements at most.

    Of a school where nobody does, or everybody, there is one heading without words.
    """
    everybody = list(people)
    held = Post.objects.filter(starts_on__lte=on, staff__isnull=False).exclude(ends_on__lte=on)
    first = set(held.order_by().values_list("staff_id", flat=True))
    here = RoleAssignment.objects.filter(
        in_force(on), role__in=[*BY_ACCOUNT, "headteacher"], school__in=schools_in_scope()
    )
    accounts = set(here.order_by().values_list("user_id", flat=True))
    with_role = [each for each in everybody if each.pk in first or (each.user_id and each.user_id in accounts)]
    others = [each for each in everybody if each not in with_role]
    if not with_role or not others:
        return [("", everybody)]
    return [(HAS_ROLE, with_role), (HAS_NONE, others)]


def guided_start() -> GuidedStart | None:
    """How far setting up has come; None where nobody began."""
    return GuidedStart.objects.first()


def left_open(now: Standing, start: GuidedStart | None) -> list[str]:
    """The steps that were gone through without a word: the boxes were left as they were, empty."""
    led = now.led
    asked = [each.role for each in now.model.asks if each.role] if now.model else []
    is_said = {
        "people": bool(now.posts),
        "needs": bool(led and (led.checks or led.next_meeting_on or led.meets or any(map(now.holders, asked)))),
        "time": led is not None
        and any(each is not None for each in (led.days_a_week, led.hours_a_week, led.admin_hours)),
    }
    return [each for each in (start.done if start else []) if not is_said.get(each, True)]


def next_step(start: GuidedStart | None) -> str:
    """The first step that is not done; nothing where all are."""
    done = start.done if start else []
    return next((each for each in STEPS if each not in done), "")
