"""What may be typed of money, agreements and days: in pounds, and refused in a sentence."""

from dekaan.budget.forms.agreements import AgreementSaid, ChangedAgreement, DaySaid, Renewal
from dekaan.budget.forms.budgets import (
    AllocationSaid,
    BudgetYear,
    ChangedBudget,
    ChangedLine,
    LineSaid,
    NewBudget,
    UsualCosts,
)
from dekaan.budget.forms.spending import PaidOn, SpendSaid

__all__ = [
    "AgreementSaid",
    "AllocationSaid",
    "BudgetYear",
    "ChangedAgreement",
    "ChangedBudget",
    "ChangedLine",
    "DaySaid",
    "LineSaid",
    "NewBudget",
    "PaidOn",
    "Renewal",
    "SpendSaid",
    "UsualCosts",
]
