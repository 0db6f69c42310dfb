"""What a drawn school holds, a word for each thing, put in the way that people put it in."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from dekaan.budget.changes import add_line, allocate, enter_spend, open_budget
from dekaan.compass.models import RealResult
from dekaan.core.academic_year import year_end, year_start
from dekaan.evidence.changes import add_evidence
from dekaan.people.changes import add_staff_member
from dekaan.plan.changes import add_action, add_objective, end_action, write_plan
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.publication import changes as publishing
from dekaan.publication.models import Page, PublishedVersion
from dekaan.reports.changes import hand_over
from dekaan.reports.models import Report
from dekaan.team import changes as team
from dekaan.team.models import Acknowledgement, AgreedDescription, NetworkJoined, Training
from tests.factories.anything import made
from tests.publication.test_pages import FACTS
from tests.quality.asked import answered, opened
from tests.stock import THIS_YEAR

NOW = date(THIS_YEAR, 11, 24)
A_MONTH_AGO = NOW - timedelta(days=30)
LONG_AGO = NOW - timedelta(days=200)
YEAR_BEGAN = year_start(THIS_YEAR)
WHOLE_YEAR = {"starts_on": YEAR_BEGAN, "ends_on": year_end(THIS_YEAR)}


def _result(on: date) -> None:
    RealResult.objects.create(question_set="compass-2025", completed_on=on, percentages={"1": 100})


def _evidence(fact: str) -> None:
    add_evidence(title=fact, kind="statement", statement="So.", facts=[fact], dated_on=A_MONTH_AGO, by=None)


def _handed(whom: str) -> None:
    hand_over(made(Report), whom=whom, form="pdf", on=A_MONTH_AGO, by=None)


class Drawn:
    """A school that is given things word by word; the stock is whose it is."""

    def __init__(self, stock) -> None:
        self.stock = stock
        self.leader = add_staff_member(surname="Raman", forename="Priya", starts_on=LONG_AGO, by=None)
        self.other = add_staff_member(surname="Okafor", forename="Tom", starts_on=LONG_AGO, by=None)
        self.spoken_of = False

    def holds(self, words: Iterable[str]) -> "Drawn":
        """Each of the things is there."""
        for word in words:
            self._ways[word](self)
        return self

    def _feedback(self) -> None:
        for key, marks in (
            ("pupils-year", [{}]),
            ("carers", [{}]),
            ("staff", [{"role": 1}, {"role": 2}]),
            ("advisers", [{}]),
            ("employers", [{"kind": 1}]),
        ):
            collection = opened(self.stock, key, opened_on=A_MONTH_AGO, closes_on=NOW)
            for each in marks:
                answered(collection, **({"year_group": 10} if key == "pupils-year" else {}), **each)

    def _plan(self, *, criteria=(), owner_name="", is_done=False) -> None:
        if not self.spoken_of:
            self.plan = write_plan(
                kind="development", title="Plan", first_year=THIS_YEAR, written_on=YEAR_BEGAN, by=None
            )
            self.spoken_of = True
        objective = add_objective(self.plan, title="Better", criteria=criteria, by=None)
        action = add_action(
            objective,
            title="Do it",
            due_on=NOW,
            owner_name=owner_name,
            owner=None if owner_name else self.leader,
            by=None,
        )
        if is_done:
            end_action(action, ending="done", outcome="More came.", on=A_MONTH_AGO, by=None)

    def _statement(self) -> None:
        publishing.say_facts(by=self.stock.priya, **FACTS)
        version = publishing.prepare_version(self.stock.ashdown, Page.STATEMENT, by=self.stock.priya)
        signed = publishing.Signed("Ann Teasdale, chair", A_MONTH_AGO)
        publishing.approve_version(version, by=self.stock.ellen, signed=signed)
        # The clock's own moment, which may be after the day on which the tests stand.
        PublishedVersion.objects.update(decided_at=datetime(NOW.year, 10, 25, 12, tzinfo=UTC))

    def _session(self, *, led_by=None) -> None:
        talk = plan_activity(title="Talk", activity_type="TALK", by=None)
        plan_session(talk, held_on=NOW + timedelta(days=1), invited=Invited(year_groups=(10,)), led_by=led_by, by=None)

    def _budget(self, spent: int) -> None:
        budget = open_budget(kind="academic", by=None, **WHOLE_YEAR)
        allocate(budget, pence=100_000, source="school", agreed_by="Governors", agreed_on=YEAR_BEGAN, by=None)
        line = add_line(budget, what_for="transport", title="Coaches", planned=0, by=None)
        enter_spend(line, pence=spent, kind="spend", state="paid", on=A_MONTH_AGO, what="A coach", by=None)

    def _post(self, role: str, *, name: str = "", staff=None, ends_on=None) -> None:
        team.begin_post(role=role, starts_on=LONG_AGO, name=name, staff=staff, ends_on=ends_on, by=None)

    def _time(self, **said) -> None:
        team.lead_by(starts_on=LONG_AGO, model="middle", by=None, **said)

    _ways: dict[str, Callable[["Drawn"], None]] = {
        "compass": lambda self: _result(A_MONTH_AGO),
        "old compass": lambda self: _result(LONG_AGO),
        "feedback": _feedback,
        "outcome": lambda self: self._plan(is_done=True),
        "intentions": lambda self: _evidence("aspirations-used"),
        "destinations": lambda self: _evidence("destinations-kept"),
        "plan for destinations": lambda self: self._plan(criteria=["GB24.3.5"], owner_name="Head of Year 11"),
        "line manager": lambda self: self._post("line-manager", name="Ellen Frost"),
        "link governor": lambda self: self._post("link-governor", name="Moira Lunt"),
        "governors told": lambda self: _handed("governors"),
        "leaders told": lambda self: _handed("leaders"),
        "statement": _statement,
        "job description": lambda self: made(AgreedDescription, agreed_on=A_MONTH_AGO),
        "led": lambda self: self._session(led_by=self.leader),
        "led by nobody": lambda self: self._session(),
        "read": lambda self: made(Acknowledgement, staff=self.other, given_on=A_MONTH_AGO),
        "days and help": lambda self: self._time(days_a_week=Decimal(2), admin_hours=Decimal(6)),
        "hours and help": lambda self: self._time(hours_a_week=Decimal(5), admin_hours=Decimal(6)),
        "administrator": lambda self: self._post("administrator", staff=self.other),
        "budget": lambda self: self._budget(60_000),
        "overspent": lambda self: self._budget(160_000),
        "leader": lambda self: self._post("leader", staff=self.leader),
        "leader who left": lambda self: self._post("leader", staff=self.leader, ends_on=NOW - timedelta(days=1)),
        "trained": lambda self: team.say_profile(self.leader, training="level-6-certificate", by=None),
        "untrained": lambda self: team.say_profile(self.leader, training="none", by=None),
        "learning": lambda self: team.log_training(
            Training(staff=self.leader), done_on=A_MONTH_AGO, title="Labour market", by=None
        ),
        "network": lambda self: team.say_network(
            NetworkJoined(staff=self.leader), kind="hub", name="Tees hub", met_on=A_MONTH_AGO, by=None
        ),
    }
