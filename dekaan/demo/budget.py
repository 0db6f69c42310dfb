"""Money and agreements as two schools have them: one by the academic year, one by the financial year."""

from datetime import date, timedelta
from decimal import Decimal

from dekaan.access.models import User
from dekaan.budget.changes import (
    add_agreement,
    add_line,
    allocate,
    correct,
    enter_day,
    enter_spend,
    open_budget,
    say_usual_costs,
)
from dekaan.budget.models import Agreement, Budget, BudgetLine, Spend
from dekaan.core.academic_year import academic_year_of, year_end, year_start
from dekaan.frameworks.queries import activity_types
from dekaan.partners.models import Organisation
from dekaan.people.models import StaffMember
from dekaan.programme.models import Session

# What for, name, planned, and what was spent there: what, pence, state, and how many sessions back it was on (or none).
LINES: tuple[tuple[str, str, int, tuple[tuple[str, int, str, int | None], ...]], ...] = (
    ("adviser", "Days of the adviser", 420_000, (("Adviser, autumn term", 140_000, "paid", None),)),
    (
        "transport",
        "Coaches",
        90_000,
        (("Coach to a workplace", 31_000, "paid", 0), ("Coach, spring", 34_500, "committed", None)),
    ),
    ("cover", "Cover", 60_000, (("Cover for a visit", 18_000, "paid", 1),)),
    ("awards", "Quality award", 35_000, (("First part of the fee", 17_500, "committed", None),)),
    ("software", "Subscriptions", 50_000, (("Licence", 49_900, "paid", None),)),
    ("fees", "Fees and entry", 20_000, (("Entry to a skills show", 22_400, "paid", 2),)),
)


def write_budget(staff: list[StaffMember], *, is_academic: bool, by: User, today: date) -> None:
    """The school in scope has a budget with some of it spent, and agreements of which some are due."""
    year = academic_year_of(today)
    ours = _budget(year, today, is_academic=is_academic, by=by)
    guidance = _agreements(staff, today, by=by)
    held = Session.objects.filter(
        recorded_at__isnull=False, held_on__gte=ours.starts_on, held_on__lte=today, activity__criteria__gt=0
    )
    for_many = held.exclude(adviser__isnull=False).order_by("-held_on", "activity__title", "pk")
    sessions = list(for_many[:3])
    for what_for, title, planned, spent in LINES:
        line = add_line(ours, what_for=what_for, title=title, planned=planned, by=by)
        for what, pence, state, number in spent:
            session = sessions[number] if number is not None and number < len(sessions) else None
            day = session.held_on if session else max(ours.starts_on, today - timedelta(days=20))
            on = day if state == "paid" else min(ours.ends_on, today + timedelta(days=40))
            agreement = guidance if what_for == "adviser" else None
            _spend(line, what, pence, state=state, on=on, session=session, agreement=agreement, by=by)
    say_usual_costs(
        {"WVISIT": {"pence": 42_000, "minutes": 300, "cover": 6}, "PG": {"pence": 4_500, "minutes": 45}}, by=by
    )


def _spend(
    line: BudgetLine,
    what: str,
    pence: int,
    *,
    state: str,
    on: date,
    session: Session | None,
    agreement: Agreement | None,
    by: User,
) -> None:
    """The row; a licence was first entered wrongly, and part of a coach was paid back."""
    more = {"state": state, "on": on, "session": session, "agreement": agreement}
    if what == "Licence":
        wrong = enter_spend(
            line,
            kind="spend",
            pence=pence * 10,
            what=what,
            by=by,
            criteria=list(activity_types()["LMI"].criteria),
            **more,
        )
        correct(wrong, pence=pence, by=by)
        return
    enter_spend(line, kind=Spend.Kind.SPEND, pence=pence, what=what, by=by, supplier="", **more)
    if what == "Coach to a workplace":
        enter_spend(line, kind=Spend.Kind.REFUND, pence=4_000, what="Empty seats paid back", by=by, **more)


def _budget(year: int, today: date, *, is_academic: bool, by: User) -> Budget:
    starts_on, ends_on = year_start(year), year_end(year)
    if not is_academic:
        starts_on = date(today.year if today.month > 3 else today.year - 1, 4, 1)
        ends_on = starts_on.replace(year=starts_on.year + 1) - timedelta(days=1)
    ours = open_budget(kind="academic" if is_academic else "financial", starts_on=starts_on, ends_on=ends_on, by=by)
    for pence, source, said, agreed_by in (
        (650_000, "school", "Cost centre E27", "M. Lunt, for the governing body"),
        (75_000, "grant", "Employer standards grant", "The careers hub"),
    ):
        allocate(ours, pence=pence, source=source, source_said=said, agreed_by=agreed_by, agreed_on=starts_on, by=by)
    return ours


def _agreements(staff: list[StaffMember], today: date, *, by: User) -> Agreement:
    posts = {each.post: each for each in reversed(staff)}
    leader, adviser = posts.get("Careers leader"), posts.get("Commissioned adviser")
    provider = Organisation.objects.filter(merged_into=None, kind="itp").order_by("name", "pk").first()
    began = today - timedelta(days=80)
    guidance = add_agreement(
        title="Careers guidance by visiting adviser",
        with_whom="Ridge Guidance CIC",
        owner=leader,
        adviser=adviser,
        scope="Personal guidance meetings for Years 11 to 13, and at options evening.",
        deliverables="36 days in the school year; an action plan after each meeting; a report each term.",
        starts_on=began,
        renewal_on=today + timedelta(days=240),
        notice_on=today + timedelta(days=45),
        cost=420_000,
        days_bought=Decimal(36),
        quality_mark="The matrix Standard",
        quality_mark_until=today + timedelta(days=30),
        checks_said="Enhanced disclosure, and the letter of assurance",
        checks_seen_by=leader,
        checks_seen_on=began,
        review_on=today + timedelta(days=200),
        by=by,
    )
    for ago, kind, days, reason in (
        (60, "used", "1", ""),
        (53, "used", "0.5", ""),
        (46, "lost", "1", "pupils"),
        (39, "lost", "0.5", "room"),
    ):
        enter_day(guidance, kind=kind, on=today - timedelta(days=ago), days=Decimal(days), reason=reason, by=by)
    add_agreement(
        title="Enterprise Adviser and coordinator",
        organisation=provider,
        with_whom="" if provider else "The careers hub",
        owner=leader,
        scope="A volunteer of an employer, and the hub’s coordinator once a half-term.",
        starts_on=began,
        renewal_on=today + timedelta(days=280),
        is_free=True,
        value_in_kind=180_000,
        by=by,
    )
    return guidance
