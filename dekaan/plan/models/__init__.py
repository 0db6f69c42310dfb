"""Rows: plans with objectives, actions and approvals; meetings, decisions, tasks; policies; hours and the weekly mail."""

from dekaan.plan.models.meetings import Decision, Meeting, MeetingMember, Task
from dekaan.plan.models.plans import Action, Approval, Objective, ObjectiveActivity, Plan
from dekaan.plan.models.policies import Policy
from dekaan.plan.models.week import TimeShared, TimeSpent, WeeklyMail

__all__ = [
    "Action",
    "Approval",
    "Decision",
    "Meeting",
    "MeetingMember",
    "Objective",
    "ObjectiveActivity",
    "Plan",
    "Policy",
    "Task",
    "TimeShared",
    "TimeSpent",
    "WeeklyMail",
]
