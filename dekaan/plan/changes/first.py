"""The first plan is written from what was proposed and ticked."""

from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of
from dekaan.plan.changes.plans import add_action, add_objective, write_plan
from dekaan.plan.models import Plan
from dekaan.plan.queries.first import Proposal
from dekaan.plan.queries.plans import strategies_over


@transaction.atomic
def write_first_plan(
    *, title: str, vision: str, taken: list[tuple[Proposal, dict[str, Any]]], on: date, by: User | None
) -> Plan:
    """There is a development plan of this year with an objective and an action for each that was taken up.

    An action for a criterion is measured by it; another by what was looked at, in words. It belongs to the strategy of the year, where there is one. Raises PlanThere.
    """
    year = academic_year_of(on)
    plan = write_plan(
        kind=Plan.Kind.DEVELOPMENT,
        title=title,
        first_year=year,
        vision=vision,
        strategy=strategies_over(year).first(),
        written_on=on,
        by=by,
    )
    for proposal, said in taken:
        objective = add_objective(
            plan, title=said["objective"], criteria=list(proposal.criteria), outcome=proposal.outcome, by=by
        )
        measure: dict[str, Any] = {"success": proposal.success}
        if proposal.criterion is not None:
            measure |= {
                "measure_criterion": proposal.criterion.id,
                "measure_breakdown": "all",
                "measure_target": said["target"],
            }
        add_action(
            objective,
            title=said["action"],
            due_on=said["due_on"],
            owner=said["owner"],
            owner_name=said["owner_name"],
            by=by,
            **measure,
        )
    return plan
