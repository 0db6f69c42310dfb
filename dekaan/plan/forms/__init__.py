"""What may be typed of plans, meetings, tasks, policies and hours."""

from dekaan.plan.forms.first import FirstPlan
from dekaan.plan.forms.meetings import (
    CallOff,
    ChangedDecision,
    ChangedMeeting,
    ChangedTask,
    EndTask,
    HeldMeeting,
    NewDecision,
    NewMeeting,
    NewTask,
    members_of,
)
from dekaan.plan.forms.plans import (
    STRATEGY_YEARS,
    Approving,
    ChangedAction,
    ChangedObjective,
    ChangedPlan,
    EndAction,
    NewAction,
    NewObjective,
    NewPlan,
)
from dekaan.plan.forms.policies import ChangedPolicy, NewPolicy
from dekaan.plan.forms.week import Hours

__all__ = [
    "STRATEGY_YEARS",
    "Approving",
    "CallOff",
    "ChangedAction",
    "ChangedDecision",
    "ChangedMeeting",
    "ChangedObjective",
    "ChangedPlan",
    "ChangedPolicy",
    "ChangedTask",
    "EndAction",
    "EndTask",
    "FirstPlan",
    "HeldMeeting",
    "Hours",
    "NewAction",
    "NewDecision",
    "NewMeeting",
    "NewObjective",
    "NewPlan",
    "NewPolicy",
    "NewTask",
    "members_of",
]
