"""Fills what the paper says of plan and means from the areas that hold them: the one place that asks those areas.

No area of this installation holds a plan, posts or money, so both are left out of papers.
"""

from datetime import date

from dekaan.reports.queries.leading import Means, Plan


def plan_on(_on: date) -> Plan | None:
    """The plan of the year as it stood that day."""
    return None


def means_on(_on: date) -> Means | None:
    """Staffing, training, time and money as they stood that day."""
    return None
