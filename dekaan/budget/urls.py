"""Budgets and service agreements."""

from django.urls import path

from dekaan.budget import views

urlpatterns = [
    path("budget/", views.budget_list, name="budget-list"),
    path("budget/new/", views.budget_new, name="budget-new"),
    path("budget/costs/", views.usual_costs_change, name="usual-costs-change"),
    path("budget/gap/", views.gap_cost, name="gap-cost"),
    path("budget/<int:budget_id>/", views.budget_detail, name="budget-detail"),
    path("budget/<int:budget_id>/change/", views.budget_change, name="budget-change"),
    path("budget/<int:budget_id>/export/", views.budget_export, name="budget-export"),
    path("budget/<int:budget_id>/allocations/new/", views.allocation_new, name="allocation-new"),
    path("budget/<int:budget_id>/lines/new/", views.budget_line_new, name="budget-line-new"),
    path("budget/<int:budget_id>/spend/", views.spend_list, name="spend-list"),
    path("budget/<int:budget_id>/spend/new/", views.spend_new, name="spend-new"),
    path("budget/allocations/<int:allocation_id>/correct/", views.allocation_correct, name="allocation-correct"),
    path("budget/allocations/<int:allocation_id>/undo/", views.allocation_undo, name="allocation-undo"),
    path("budget/lines/<int:budget_line_id>/change/", views.budget_line_change, name="budget-line-change"),
    path("budget/spend/<int:spend_id>/", views.spend_detail, name="spend-detail"),
    path("budget/spend/<int:spend_id>/correct/", views.spend_correct, name="spend-correct"),
    path("budget/spend/<int:spend_id>/paid/", views.spend_paid, name="spend-paid"),
    path("budget/spend/<int:spend_id>/cancel/", views.spend_cancel, name="spend-cancel"),
    path("budget/spend/<int:spend_id>/undo/", views.spend_undo, name="spend-undo"),
    path("agreements/", views.agreement_list, name="agreement-list"),
    path("agreements/new/", views.agreement_new, name="agreement-new"),
    path("agreements/<int:agreement_id>/", views.agreement_detail, name="agreement-detail"),
    path("agreements/<int:agreement_id>/change/", views.agreement_change, name="agreement-change"),
    path("agreements/<int:agreement_id>/renew/", views.agreement_renew, name="agreement-renew"),
    path("agreements/<int:agreement_id>/renewal-undo/", views.agreement_renewal_undo, name="agreement-renewal-undo"),
    path("agreements/<int:agreement_id>/days/new/", views.adviser_day_new, name="adviser-day-new"),
    path("agreements/days/<int:adviser_day_id>/correct/", views.adviser_day_correct, name="adviser-day-correct"),
    path("agreements/days/<int:adviser_day_id>/undo/", views.adviser_day_undo, name="adviser-day-undo"),
]
