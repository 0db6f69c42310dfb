"""What of leading careers needs somebody: tasks, the plan, policies, agreements, the post, and what governors were told.

All of it is asked in one statement together with the rest of what waits; each line leads to where it is mended, and is
told to those who may mend it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.budget.models import Agreement
from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.handover.queries import nobody_follows
from dekaan.plan.models import Action, Approval, Plan, Policy, Task
from dekaan.reports.models import ApprovalLink, Report, ReportApproval
from dekaan.team.models import Post

SOON = timedelta(days=60)  # in which an agreement can still be renewed or given up in time
A_TERM = timedelta(days=150)  # governors are told each term; a term with its holidays is shorter


@dataclass(frozen=True)
class LeadingLine:
    """One thing that needs somebody, in words, and the address where it is mended."""

    words: str
    to: str


def asked(user: User, on: date) -> dict[str, Any]:
    """What is asked of the school's row, by name, so that it is one statement with all else."""
    late = Q(due_on__lt=on, owner__user=user)
    year = academic_year_of(on)
    plan = Plan.objects.filter(kind=Plan.Kind.DEVELOPMENT, first_year=year)
    in_year = {"first_year__lte": year, "last_year__gte": year}
    here = Post.objects.filter(role="leader", starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gt=on))
    not_renewed = Agreement.objects.filter(ended_on=None, renewed_by=None)
    reports = Report.objects.filter(kind=Report.Kind.GOVERNORS, withdrawn_at=None).order_by()
    return {
        "tasks": number_of(Task.objects.filter(late, ending=Task.Ending.OPEN)),
        "actions": number_of(Action.objects.filter(late, ending=Action.Ending.OPEN)),
        "policies": number_of(Policy.objects.filter(withdrawn_on=None, next_review_on__lt=on)),
        "agreements": number_of(not_renewed.filter(renewal_on__range=(on, on + SOON))),
        "lapsed": number_of(not_renewed.filter(renewal_on__lt=on)),
        "has_plan": Exists(plan),
        "is_approved": Exists(Approval.objects.filter(plan__in=plan)),
        "plan_changed": Exists(_changed_since(plan)),
        "strategy_changed": Exists(_changed_since(Plan.objects.filter(kind=Plan.Kind.STRATEGY, **in_year))),
        "report_renewed": Exists(_issued_anew()),
        "has_leader": Exists(here.exclude(staff__ends_on__lte=on)),
        "leader_left": Exists(nobody_follows(on)),
        "told_on": Subquery(reports.values("school_id").annotate(last=Max("figures_on")).values("last")),
    }


def _changed_since(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Those of the plans that were approved once, and never in the words that they have now."""
    given = Approval.objects.filter(plan=OuterRef("pk"))
    of_these_words = given.filter(digest=OuterRef("words_digest"))
    return plans.exclude(words_digest="").filter(Exists(given), ~Exists(of_these_words))


def _issued_anew() -> QuerySet[Report]:
    """Papers for governors that stand in the place of an approved one of the same term, and are not approved themselves."""
    issued = Report.objects.filter(kind=Report.Kind.GOVERNORS)
    by_link = ApprovalLink.objects.filter(said=ApprovalLink.Said.APPROVED)
    approved = Q(pk__in=ReportApproval.objects.values("report")) | Q(pk__in=by_link.values("report"))
    same_term = {name: OuterRef(name) for name in ("school", "academic_year", "term")}
    others = issued.filter(**same_term)
    standing = issued.filter(withdrawn_at=None).exclude(approved)
    before = others.filter(approved, issued_at__lt=OuterRef("issued_at"))
    after = others.filter(withdrawn_at=None, issued_at__gt=OuterRef("issued_at"))
    return standing.filter(Exists(before), ~Exists(after))


def number_of(rows: QuerySet) -> Coalesce:
    """How many there are of a school's own rows, as an expression of the school's row."""
    return Coalesce(Subquery(rows.order_by().values("school_id").annotate(number=Count("pk")).values("number")), 0)


def _to_pass_on(permissions: frozenset[Permission]) -> list[LeadingLine]:
    """The role of somebody who has left, for whoever may hand careers over, or answers for who may see the school."""
    words = "Somebody who has left still has the Careers Leader’s role"
    if Permission.HANDOVER_CHANGE in permissions:
        return [LeadingLine(f"{words}: hand careers over", "hand-over-page")]
    if {Permission.ROLES_CONFIRM, Permission.ROLES_SEE} <= permissions:
        return [LeadingLine(f"{words}: the headteacher or the line manager hands careers over", "role-list")]
    return []


def told(found: dict[str, Any], on: date, permissions: frozenset[Permission], *, is_set_up: bool) -> list[LeadingLine]:
    """What this person is told, the most urgent first."""
    lines = []
    year = year_label(academic_year_of(on))
    if Permission.TEAM_CHANGE in permissions and is_set_up and not found["has_leader"]:
        lines.append(LeadingLine("Nobody who works here is named as Careers Leader", "team-page"))
    if found["leader_left"]:
        lines += _to_pass_on(permissions)
    if late := found["tasks"] + found["actions"]:
        lines.append(LeadingLine(f"{late} of your tasks and actions {'is' if late == 1 else 'are'} overdue", "my-week"))
    if Permission.PLAN_CHANGE in permissions:
        lines += _of_plans(found, year, is_set_up=is_set_up)
    if Permission.BUDGET_CHANGE in permissions:
        lines += _of_agreements(found)
    if Permission.REPORTS_ISSUE in permissions:
        lines += _of_reports(found, on)
    return lines


def _of_plans(found: dict[str, Any], year: str, *, is_set_up: bool) -> list[LeadingLine]:
    lines = []
    if is_set_up and not found["has_plan"]:
        lines.append(LeadingLine(f"No plan is written for {year}", "plan-list"))
    elif found["has_plan"] and not found["is_approved"]:
        lines.append(LeadingLine(f"The plan for {year} is not approved", "plan-list"))
    elif found["plan_changed"]:
        lines.append(LeadingLine(f"The plan for {year} was changed since it was approved", "plan-list"))
    if found["strategy_changed"]:
        lines.append(LeadingLine("The strategy was changed since it was approved", "plan-list"))
    if over := found["policies"]:
        words = f"{over} polic{'y is' if over == 1 else 'ies are'} due to be looked at"
        lines.append(LeadingLine(words, "policy-list"))
    return lines


def _of_agreements(found: dict[str, Any]) -> list[LeadingLine]:
    """Those that lapsed, until they are renewed or somebody says on which day they ended; and those that end soon."""
    said = []
    if over := found["lapsed"]:
        one = "1 service agreement has lapsed: renew it, or say when it ended"
        said.append(one if over == 1 else f"{over} service agreements have lapsed: renew them, or say when they ended")
    if due := found["agreements"]:
        said.append(f"{due} service agreement{' ends' if due == 1 else 's end'} within two months")
    return [LeadingLine(each, "agreement-list") for each in said]


def _of_reports(found: dict[str, Any], on: date) -> list[LeadingLine]:
    lines = []
    if found["told_on"] and found["told_on"] < on - A_TERM:
        lines.append(LeadingLine(f"Governors were last told of {found['told_on']:%-d %B %Y}", "report-list"))
    if found["report_renewed"]:
        words = "The report that governors approved was issued anew, and is not approved"
        lines.append(LeadingLine(words, "report-list"))
    return lines
