"""Two people enter a refund in one moment."""

import pytest

from dekaan.budget import changes
from dekaan.core.scope import working_in
from tests.budget.given import budget, line, spend
from tests.databases import ON_POSTGRES
from tests.factories.schools import place
from tests.two_connections import meanwhile

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time"),
]


def test_of_two_refunds_in_one_moment_that_are_too_much_together_one_is_entered():
    kestrel = place("kestrel").school
    with working_in(kestrel):
        coaches = line(budget())
        spend(coaches, 10_000)

    def back():
        spend(coaches, 6_000, kind="refund")

    with pytest.raises(changes.RefundTooLarge):
        meanwhile(kestrel, back, back, before='INSERT INTO "audit_event"')
    with working_in(kestrel):
        assert sum(each.signed for each in coaches.spends.all()) == 4_000


def test_a_payment_is_not_taken_back_while_its_refund_is_entered():
    kestrel = place("kestrel").school
    with working_in(kestrel):
        coaches = line(budget())
        paid = spend(coaches, 10_000)

    with pytest.raises(changes.RefundTooLarge):
        meanwhile(
            kestrel,
            lambda: spend(coaches, 6_000, kind="refund"),
            lambda: changes.undo(paid, by=None),
            before='INSERT INTO "audit_event"',
        )
    with working_in(kestrel):
        assert sum(each.signed for each in coaches.spends.all()) == 4_000
