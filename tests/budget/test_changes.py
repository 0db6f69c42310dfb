"""Budgets, what is entered and corrected on them, and each refusal."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from dekaan.audit.models import Event
from dekaan.budget import changes, queries
from dekaan.budget.models import AdviserDay, Allocation, Budget, Spend
from dekaan.core.academic_year import today, year_end, year_start
from dekaan.people.queries import each_held
from tests.budget.given import FIRST, LAST, agreement, budget, colleague, in_days, line, spend
from tests.stock import THIS_YEAR

pytestmark = pytest.mark.django_db


def standing(of: Budget) -> list[tuple[str, int, str]]:
    return sorted((each.spend.what, each.spend.pence, each.spend.state) for each in queries.rows_of(of))


def test_a_day_belongs_to_one_budget(in_ashdown):
    first = budget()
    with pytest.raises(changes.OverlapsAnother) as refusal:
        changes.open_budget(kind="financial", starts_on=LAST, ends_on=LAST + timedelta(days=300), by=None)
    assert refusal.value.args == (first,)
    after = changes.open_budget(
        kind="financial", starts_on=LAST + timedelta(days=1), ends_on=LAST + timedelta(days=365), by=None
    )
    assert queries.budgets() == [after, first]


def test_a_budget_is_not_moved_away_from_money_that_is_on_it(in_ashdown):
    ours = budget()
    spend(line(ours), on=FIRST)
    with pytest.raises(changes.OutsideTheYear):
        changes.change_budget(ours, kind="financial", starts_on=FIRST + timedelta(days=1), ends_on=LAST, by=None)
    ours.refresh_from_db()
    changes.change_budget(ours, kind="financial", starts_on=FIRST, ends_on=LAST - timedelta(days=9), by=None)
    assert Budget.objects.get().kind == "financial"


@pytest.mark.parametrize("pence", [0, -1])
def test_nothing_and_less_than_nothing_are_no_amounts(in_ashdown, pence):
    ours = budget(0)
    with pytest.raises(changes.NothingGiven):
        changes.allocate(ours, pence=pence, source="school", agreed_by="M. Lunt", agreed_on=FIRST, by=None)
    with pytest.raises(changes.NothingGiven):
        spend(line(ours), pence)
    assert not Allocation.objects.exists()
    assert not Spend.objects.exists()


def test_a_line_plans_nothing_at_the_least(in_ashdown):
    ours = budget()
    with pytest.raises(changes.NothingGiven):
        line(ours, planned=-1)
    assert line(ours, planned=0).planned == 0


def test_the_database_keeps_no_amount_of_nothing(in_ashdown):
    row = spend(line(budget()))
    for fields in ({"pence": 0}, {"kind": "refund", "state": "committed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Spend.objects.filter(pk=row.pk).update(**fields)


def test_a_day_outside_the_year_and_a_payment_to_come_are_refused(in_ashdown):
    coaches = line(budget())
    for day in (FIRST - timedelta(days=1), LAST + timedelta(days=1)):
        with pytest.raises(changes.OutsideTheYear):
            spend(coaches, on=day)
    with time_machine.travel(f"{FIRST + timedelta(days=40)}T12:00:00Z"):
        with pytest.raises(changes.NotPaidYet):
            spend(coaches, on=FIRST + timedelta(days=41))
        assert spend(coaches, on=FIRST + timedelta(days=41), state="committed").state == "committed"


def test_an_overspend_is_entered_and_shown(in_ashdown):
    ours = budget(50_000)
    spend(line(ours, planned=10_000), 60_000)
    made = queries.figures(ours)
    assert (str(made.left), made.left.is_below_nothing) == ("−£100", True)
    assert [str(each.left) for each in made.lines] == ["−£500"]


def test_a_refund_takes_off_and_is_never_more_than_was_paid_on_the_line(in_ashdown):
    ours = budget()
    coaches, other = line(ours), line(ours, "Fees")
    spend(coaches, 10_000)
    spend(other, 90_000)
    with pytest.raises(changes.RefundTooLarge):
        spend(coaches, 10_001, kind="refund")
    back = spend(coaches, 4_000, kind="refund", what="Half the coach")
    assert (str(back.money), str(queries.figures(ours).spent)) == ("−£40", "£960")
    with pytest.raises(changes.RefundTooLarge):
        changes.correct(back, pence=10_001, by=None)
    assert str(changes.correct(back, pence=10_000, by=None).money) == "−£100"


def test_after_a_refund_the_payment_is_neither_taken_back_nor_made_less_than_it(in_ashdown):
    ours = budget()
    coaches, other = line(ours), line(ours, "Fees")
    spend(coaches, 1_000)
    paid = spend(coaches, 10_000)
    back = spend(coaches, 6_000, kind="refund")
    for otherwise in ({"pence": 4_999}, {"line": other}, {"state": "committed"}):
        with pytest.raises(changes.RefundTooLarge), transaction.atomic():
            changes.correct(paid, by=None, **otherwise)
    with pytest.raises(changes.RefundTooLarge), transaction.atomic():
        changes.undo(paid, by=None)
    less = changes.correct(paid, pence=5_000, by=None)
    more = changes.correct(less, pence=9_000, by=None)
    changes.undo(more, by=None)  # £50 stands again, and that is enough
    changes.undo(back, by=None)
    changes.undo(less, by=None)
    assert standing(ours) == [("A coach", 1_000, "paid"), ("A coach", 10_000, "paid")]


def test_what_a_correction_took_the_place_of_does_not_stand_again_on_a_day_outside_the_year(in_ashdown):
    ours = budget()
    first = spend(line(ours), on=LAST, state="committed")
    second = changes.correct(first, on=FIRST, by=None)
    changes.change_budget(ours, kind="financial", starts_on=FIRST, ends_on=LAST - timedelta(days=1), by=None)
    with pytest.raises(changes.OutsideTheYear):
        changes.undo(second, by=None)
    advice = agreement()
    day = changes.enter_day(advice, kind="used", on=LAST, days=1, by=None)
    corrected = changes.correct(day, on=FIRST, by=None)
    changes.change_agreement(advice, renewal_on=LAST - timedelta(days=1), by=None)
    with pytest.raises(changes.OutsideTheYear):
        changes.undo(corrected, by=None)


def test_a_correction_is_a_new_row_and_taken_back_the_one_before_stands(in_ashdown):
    ours = budget()
    first = spend(line(ours), 10_000, by=in_ashdown.priya)
    second = changes.correct(first, pence=12_000, what="Two coaches", by=in_ashdown.tom)
    assert standing(ours) == [("Two coaches", 12_000, "paid")]
    first.refresh_from_db()
    assert (first.pence, first.superseded_by, first.recorded_by) == (10_000, second, in_ashdown.priya)
    assert queries.history_of(second) == [first]
    changes.undo(second, by=in_ashdown.priya)
    assert standing(ours) == [("A coach", 10_000, "paid")]
    second.refresh_from_db()
    assert (second.undone_by, Spend.objects.count()) == (in_ashdown.priya, 2)


def test_two_people_correct_one_row_and_the_second_is_told(in_ashdown):
    first = spend(line(budget()))
    changes.correct(first, pence=11_000, by=None)
    with pytest.raises(changes.NotStanding):
        changes.correct(first, pence=12_000, by=None)
    with pytest.raises(changes.NotStanding):
        changes.undo(first, by=None)


def test_what_was_committed_is_paid_or_cancelled_and_nothing_else_is(in_ashdown):
    ours = budget()
    coaches = line(ours)
    first, second = (spend(coaches, each, state="committed") for each in (1_000, 2_000))
    made = queries.figures(ours)
    assert (str(made.committed), str(made.spent)) == ("£30", "£0")
    paid = changes.pay(first, on=FIRST, by=None)
    gone = changes.cancel(second, by=None)
    made = queries.figures(ours)
    assert (str(made.committed), str(made.spent), str(made.left)) == ("£0", "£10", "£4,990")
    for row in (paid, gone):
        with pytest.raises(changes.NotCommitted):
            changes.cancel(row, by=None)
    changes.undo(gone, by=None)
    assert str(queries.figures(ours).committed) == "£20"


def test_what_is_older_than_thirty_days_is_corrected_and_not_undone(in_ashdown):
    row = spend(line(budget()))
    with time_machine.travel(row.recorded_at + timedelta(days=30, minutes=1)), pytest.raises(changes.TooLate):
        changes.undo(row, by=None)
    with time_machine.travel(row.recorded_at + timedelta(days=29)):
        changes.undo(row, by=None)
    assert not Spend.objects.filter(undone_at=None).exists()


def test_criteria_are_kept_where_no_session_says_them_and_only_those_that_are_known(in_ashdown):
    coaches = line(budget())
    row = spend(coaches, criteria=["GB24.6.1", "GB99.1", "GB24.5.1"])
    assert row.criteria == ["GB24.5.1", "GB24.6.1"]


def test_every_change_is_on_record_with_who_made_it(in_ashdown):
    row = spend(line(budget()), by=in_ashdown.priya)
    changes.undo(changes.correct(row, pence=1, by=in_ashdown.priya), by=in_ashdown.priya)
    found = Event.objects.filter(subject="spend", actor_id=in_ashdown.priya.pk).order_by("pk")
    assert list(found.values_list("action", flat=True)) == ["entry made", "entry corrected", "entry taken back"]


# --- agreements -----------------------------------------------------------------------------------


def test_a_day_is_of_the_agreements_time_and_a_lost_one_has_a_reason(in_ashdown):
    ours = agreement()
    for said, refusal in (
        ({"on": LAST + timedelta(days=1), "kind": "used"}, changes.OutsideTheYear),
        ({"on": FIRST, "kind": "lost"}, changes.WithoutReason),
        ({"on": FIRST, "kind": "used", "reason": "closed"}, changes.WithoutReason),
        ({"on": FIRST, "kind": "used", "days": 0}, changes.NothingGiven),
    ):
        with pytest.raises(refusal):
            changes.enter_day(ours, by=None, **{"days": 1} | said)
    assert not AdviserDay.objects.exists()


def test_an_agreement_is_not_moved_away_from_days_that_were_entered(in_ashdown):
    ours = agreement()
    changes.enter_day(ours, kind="used", on=FIRST, days=1, by=None)
    with pytest.raises(changes.OutsideTheYear):
        changes.change_agreement(ours, starts_on=FIRST + timedelta(days=1), by=None)


def test_a_renewal_is_an_agreement_of_its_own_whose_checks_are_to_be_seen_again(in_ashdown):
    ours = agreement(owner=colleague(), checks_seen_on=FIRST, scope="Meetings in Year 11", review_outcome="Good")
    next_year = {"starts_on": year_start(THIS_YEAR + 1), "renewal_on": year_end(THIS_YEAR + 1), "days_bought": 15}
    fresh = changes.renew(ours, by=in_ashdown.priya, **next_year)
    assert (fresh.renews, fresh.owner, fresh.scope, fresh.days_bought) == (ours, ours.owner, "Meetings in Year 11", 15)
    assert (fresh.checks_seen_on, fresh.review_outcome) == (None, "")
    assert queries.renewal_of(queries.every_agreement().get(pk=ours.pk)) == fresh
    with pytest.raises(changes.RenewedAlready):
        changes.renew(ours, by=None, **next_year)


def test_a_renewal_follows_and_is_taken_back_while_nothing_rests_on_it(in_ashdown):
    ours = agreement()
    with pytest.raises(changes.OutsideTheYear):
        changes.renew(ours, starts_on=FIRST, renewal_on=LAST, by=None)
    with pytest.raises(changes.NotStanding):
        changes.undo_renewal(ours, by=None)
    fresh = changes.renew(ours, starts_on=FIRST + timedelta(days=1), renewal_on=LAST, by=None)
    day = changes.enter_day(fresh, kind="used", on=LAST, days=1, by=None)
    with pytest.raises(changes.BuiltUpon):
        changes.undo_renewal(fresh, by=None)
    day.delete()
    with time_machine.travel(f"{in_days(31)}T12:00:00Z"), pytest.raises(changes.TooLate):
        changes.undo_renewal(fresh, by=None)
    assert changes.undo_renewal(fresh, by=None) == ours
    assert queries.renewal_of(queries.every_agreement().get()) is None


def test_whoever_goes_hands_over_what_is_not_over(in_ashdown):
    idris, grace = colleague(), colleague("Grace", "Bell")
    agreement("Advice", owner=idris, starts_on=today(), renewal_on=in_days(90))
    agreement("Ended", owner=idris, starts_on=in_days(-90), renewal_on=in_days(90), ended_on=in_days(-1))
    agreement("Past", owner=idris, starts_on=in_days(-90), renewal_on=in_days(-1))

    def held(by):
        return [(each.kind, each.words) for each in each_held(queries.kinds_held(by, today()))]

    assert held(idris) == [("agreement", "Advice")]
    assert changes.hand_over(idris, grace, by=in_ashdown.priya, on=today()) == ["1 agreement"]
    assert (held(idris), held(grace)) == ([], [("agreement", "Advice")])
    assert changes.hand_over(idris, grace, by=None, on=today()) == []
    assert Event.objects.filter(action="agreements handed over").count() == 1
