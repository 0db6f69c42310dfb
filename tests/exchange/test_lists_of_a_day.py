"""A list as it stood on a day answers for the moment of which it is told, and what was said of another absence is not it."""

from datetime import date

from dekaan.access.queries import assignments_in
from dekaan.core.academic_year import year_start
from dekaan.destinations.changes import record_statement
from dekaan.destinations.models import Statement
from dekaan.exchange.sheets_out import out_of
from dekaan.people.changes import leave_school, return_to_school
from tests.destinations.conftest import left  # noqa: F401 Ada and Ben, who left two summers ago
from tests.destinations.given import LEFT_IN, LEFT_ON, day
from tests.exchange.test_destinations import ADA_BORN, COUNCIL, bring, priya  # noqa: F401
from tests.stock import THIS_YEAR, pupil


def test_a_survey_of_1_november_drawn_up_in_december_answers_for_1_november(left, priya):  # noqa: F811
    row = f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,X\n"
    asked = {"source": "council", "day": day(12, 5).isoformat()}
    assert bring(row, priya, **asked).counts == {"changes": 1}
    (said,) = Statement.objects.all()
    assert (said.kind, said.as_of, said.said_on) == ("position", day(11, 1), day(12, 5))
    assert bring(row, priya, **asked).counts == {"unchanged": 1}
    other = bring(row, priya, source="council", day=day(11, 1, years_on=1).isoformat())
    assert other.counts == {"changes": 1}
    assert not any(line.warnings for line in other.lines.all() if "same moment" in str(line.warnings))
    assert [(each.kind, each.as_of) for each in Statement.objects.order_by("pk")][1:] == [
        ("change", day(11, 1, years_on=1))
    ]


def test_what_was_said_of_an_earlier_absence_is_neither_recorded_already_nor_told_to_the_council(left, priya):  # noqa: F811
    born = date(LEFT_IN - 16, 5, 5)
    years = {"year_group": 12 + THIS_YEAR - LEFT_IN, "joined": year_start(LEFT_IN - 1)}
    carys = pupil("Carys", "Abbot", tutor_group="", birth_date=born, **years)
    leave_school(carys, on=year_start(LEFT_IN), by=None)
    says = {"kind": "position", "source": "council", "code": "230", "provider_name": "X", "by": None}
    record_statement(carys, **says, said_on=date(LEFT_IN, 11, 20))
    return_to_school(carys, year_group=12, starts_on=date(LEFT_IN + 1, 1, 8), by=None)
    leave_school(carys, on=LEFT_ON, by=None)
    assert bring(f"{COUNCIL}Abbot,Carys,{born},230,X\n", priya, source="council").counts == {"changes": 1}
    held = assignments_in(left.stock.priya, left.stock.ashdown)
    (row,) = out_of(held, LEFT_IN, "position", every=True).rows
    assert row[1].as_of == day(11, 1)
