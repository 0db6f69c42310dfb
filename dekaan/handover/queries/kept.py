"""Chapters of the book: where things are, what was tried, and who may see what."""

from datetime import date

from django.db.models import Q

from dekaan.access.permissions import Permission
from dekaan.access.queries import roles_not_over
from dekaan.access.roles import ROLES
from dekaan.budget.models import Agreement
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.evidence.models import Evidence
from dekaan.handover.queries.lines import Line, Section, day_said, joined
from dekaan.library.models import Resource
from dekaan.plan.models import Action, Plan, Policy, Task
from dekaan.programme.models import Session
from dekaan.publication.models import PublishedVersion
from dekaan.quality.models import Evaluation
from dekaan.reports.models import Report
from dekaan.schemes.models import Scheme
from dekaan.schools.models import School

# --- where things are ------------------------------------------------------------------------------


def documents(_school: School, on: date) -> list[Section]:
    """Where each document lives, whose it is, and until when it is good."""
    policies = Policy.objects.filter(withdrawn_on=None).select_related("owner")
    agreements = Agreement.objects.filter(Q(ended_on=None) | Q(ended_on__gte=on), renewal_on__gte=on).select_related(
        "owner"
    )
    reports = Report.objects.filter(withdrawn_at=None).defer(*Report.HEAVY).order_by("-issued_at", "-pk")[:6]
    public = PublishedVersion.objects.filter(state=PublishedVersion.State.PUBLISHED).order_by("page", "-number")
    newest: dict[str, PublishedVersion] = {}
    for version in public:
        newest.setdefault(version.page, version)
    kept = [
        ("Evidence cabinet", Evidence.objects.filter(set_aside_on=None).count(), "evidence-list"),
        ("Schemes of work", Scheme.objects.count(), "scheme-list"),
        ("Library", Resource.objects.filter(set_aside_on=None).count(), "resource-list"),
    ]
    return [
        Section(
            "Strategy and plans",
            [Line(str(each), each.years, "plan-detail", each.pk) for each in Plan.objects.all()],
            "No strategy and no plan is written.",
        ),
        Section(
            "Policies",
            [Line(each.title, _policy(each), "policy-list") for each in policies],
            "No policy is in the register.",
        ),
        Section(
            "On the public pages",
            [Line(each.get_page_display(), f"version {each.number}", "public-pages") for each in newest.values()],
            "Nothing is published.",
        ),
        Section(
            "Service agreements",
            [
                Line(
                    each.title,
                    joined(f"until {day_said(each.until)}", str(each.owner or "")),
                    "agreement-detail",
                    each.pk,
                )
                for each in agreements
            ],
            "No agreement is in force.",
        ),
        Section(
            "Reports that were issued",
            [Line(each.title, day_said(each.figures_on), "report-detail", each.pk) for each in reports],
            "No report was issued.",
        ),
        Section(
            "Kept in Dekaan",
            [Line(name, f"{number}", to) for name, number, to in kept if number]
            + [
                Line("Budget", "what was given, spent and promised", "budget-list"),
                Line("Who does what", "the thirty responsibilities", "responsibility-list"),
                Line(
                    "Job description", "as it follows from the responsibilities, for Word and as PDF", "job-description"
                ),
            ],
            "The cabinet, the schemes of work and the library are empty.",
        ),
    ]


def _policy(each: Policy) -> str:
    approved = f"approved by {each.approved_by} on {day_said(each.approved_on)}" if each.approved_on else "not approved"
    review = f"to be looked at again by {day_said(each.next_review_on)}" if each.next_review_on else ""
    return joined(each.who, approved, review, each.address)


# --- what was tried --------------------------------------------------------------------------------


def tried(_school: School, on: date) -> list[Section]:
    """What was done this year and last, and what came of it."""
    since = year_start(academic_year_of(on) - 1)
    ended = (
        Task.objects.exclude(outcome="")
        .filter(ended_on__gte=since)
        .select_related("decision")
        .order_by("-ended_on", "-pk")
    )
    actions = Action.objects.exclude(outcome="").filter(objective__plan__last_year__gte=academic_year_of(since))
    evaluations = Evaluation.objects.filter(academic_year__gte=academic_year_of(since))
    off = Session.objects.filter(cancelled_at__isnull=False, held_on__gte=since).select_related("activity")
    return [
        Section(
            "What was decided, and what came of it",
            [
                Line(str(each.decision or each.title), f"{each.get_ending_display()}: {each.outcome}", "task-list")
                for each in ended
            ],
            "Nothing is written of what a decision changed: a task that ends says so.",
        ),
        Section(
            "Actions of the plan",
            [
                Line(each.title, f"{each.get_ending_display()}: {each.outcome}", "plan-detail", each.objective.plan_id)
                for each in actions.select_related("objective")
            ],
            "No action of a plan has ended with what came of it.",
        ),
        Section(
            "What was learnt, looking back",
            [Line(str(each), each.learnt, "evaluation-detail", each.pk) for each in evaluations],
            "No evaluation is written: one each term is usual.",
        ),
        Section(
            "What did not take place",
            [
                Line(each.title, joined(day_said(each.held_on), each.cancelled_because), "session-detail", each.pk)
                for each in off
            ],
            "Nothing was called off.",
        ),
    ]


# --- access ----------------------------------------------------------------------------------------


def access(school: School, on: date) -> list[Section]:
    """Who may see what, and which services have accounts of their own. No password, key or code."""
    held = roles_not_over(school.pk).select_related("user").order_by("role", "pk")
    agreements = Agreement.objects.filter(Q(ended_on=None) | Q(ended_on__gte=on), renewal_on__gte=on)
    return [
        Section(
            "Who may see the school here",
            [Line(ROLES[each.role].name, joined(each.called, _ends(each.ends_on)), "role-list") for each in held],
            "Nobody has a role here.",
            asks=Permission.ROLES_SEE,
        ),
        Section(
            "Services whose accounts are to be changed over",
            [
                Line(each.title, each.with_whom or "ask who keeps the account", "agreement-detail", each.pk)
                for each in agreements
            ],
            "No service is in the agreements. An account of a service is passed on by the service, never in a book.",
        ),
    ]


def _ends(day: date | None) -> str:
    return f"until {day_said(day)}" if day else ""
