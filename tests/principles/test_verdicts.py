"""Ten drawn schools and the verdict on each of the six principles; what was so in terms before; the milestones.

The verdicts were stated by hand from what each school holds (domain paper, 5.2).
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.access.roles import ROLES
from dekaan.core.academic_year import year_label, year_start
from dekaan.destinations.changes import record_statement
from dekaan.frameworks.queries import criteria, key_principles, key_roles, leadership_models, milestones
from dekaan.people.changes import leave_school
from dekaan.plan.queries import proposals
from dekaan.principles.checks import checks, shown_by, wanted
from dekaan.principles.queries import (
    IN_PART,
    IN_PLACE,
    MET,
    NONE,
    NOT_IN_PLACE,
    NOT_KNOWN,
    NOT_MET,
    UNKNOWN,
    Found,
    falling_short,
    judged,
    milestones_reached,
    standing,
    terms_before,
)
from dekaan.principles.queries.judging import JUDGES
from dekaan.principles.queries.milestones import SHOWS
from dekaan.publication import changes as publishing
from dekaan.schools.models import School
from tests.isolation.world import BACKEND
from tests.principles.given import A_MONTH_AGO, LONG_AGO, NOW, Drawn
from tests.publication.test_pages import FACTS
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db

LEADER = ROLES["careers-leader"].may
IMPROVING = {"compass", "feedback", "outcome"}
LASTING = {"intentions", "destinations", "plan for destinations"}
AUTHORITY = {"line manager", "link governor", "governors told", "leaders told"}
CLARITY = {"statement", "job description", "led", "read"}
EQUIPPED = {"days and help", "administrator", "budget"}
EXPERT = {"leader", "trained", "learning", "network"}
EVERYTHING = IMPROVING | LASTING | AUTHORITY | CLARITY | EQUIPPED | EXPERT

Y, P, N, U = IN_PLACE, IN_PART, NOT_IN_PLACE, NOT_KNOWN
# School: what it holds, and the verdicts on quality assurance, thinking long term, authority, clarity, time and
# resources, expertise.
DRAWN = {
    "new, with nothing said": (set(), (N, N, N, N, N, U)),
    "that holds everything": (EVERYTHING, (Y, Y, Y, Y, Y, Y)),
    "whose Compass is 200 days old": (EVERYTHING - {"compass"} | {"old compass"}, (P, Y, Y, Y, Y, Y)),
    "without a link governor": (EVERYTHING - {"link governor"}, (Y, Y, P, Y, Y, Y)),
    "whose leader left yesterday": (EVERYTHING - {"leader"} | {"leader who left"}, (Y, Y, Y, Y, Y, U)),
    "that gives hours and no days": (EVERYTHING - {"days and help"} | {"hours and help"}, (Y, Y, Y, Y, P, Y)),
    "whose statement is not public": (EVERYTHING - {"statement"}, (Y, Y, Y, P, Y, Y)),
    "with a session that nobody leads": (EVERYTHING | {"led by nobody"}, (Y, Y, Y, P, Y, Y)),
    "overspent, with an untrained leader": (
        EVERYTHING - {"budget", "trained"} | {"overspent", "untrained"},
        (Y, Y, Y, Y, P, P),
    ),
    "that only keeps destinations": ({"destinations"}, (N, P, N, N, N, U)),
}


@pytest.fixture(autouse=True)
def _in_november(settings, tmp_path):
    settings.TODAY, settings.DATA = NOW.isoformat(), tmp_path


def states(school, on: date = NOW) -> tuple[str, ...]:
    return tuple(each.state for each in standing(school, on, []).now)


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_school(drawn, in_ashdown):
    held, verdicts = DRAWN[drawn]
    Drawn(in_ashdown).holds(sorted(held))
    assert states(in_ashdown.ashdown) == verdicts


def test_before_records_begin_nothing_is_known_of_what_is_not_there(in_ashdown):
    school = in_ashdown.ashdown
    school.records_begin = NOW + timedelta(days=1)
    school.save()
    assert states(school) == (U,) * 6


def test_what_was_dated_later_was_not_so_before(in_ashdown):
    Drawn(in_ashdown).holds(sorted(EVERYTHING))
    before = LONG_AGO + timedelta(days=1)
    assert states(in_ashdown.ashdown, before) != states(in_ashdown.ashdown)
    found = {each.principle.key: each.state for each in standing(in_ashdown.ashdown, before, []).now}
    assert (found["quality-assurance"], found["expertise"]) == (N, P)  # named and trained, with no line in the log yet


def test_a_verdict_gives_its_reason(in_ashdown):
    Drawn(in_ashdown).holds(sorted(EVERYTHING - {"compass", "feedback"}))
    found = standing(in_ashdown.ashdown, NOW, []).now[0]
    assert (found.words, found.reason) == (
        "In part",
        (
            "1 of 3 that it needs are shown. Not so: “Compass was completed in the last 120 days”; “Every group that the "
            "benchmarks name was asked for feedback within twelve months, and answered”."
        ),
    )
    assert [(each.check.id, each.words, each.found.sentence) for each in found.looked] == [
        ("QA1", "No", "No evaluation by Compass is kept."),
        (
            "QA2",
            "No",
            (
                "0 of 6 groups. Not yet: Pupils, Parents and carers, Teachers, Other staff who support pupils, Careers "
                "advisers, Employers."
            ),
        ),
        ("QA3", "Yes", f"One action was finished with an outcome, the last on {A_MONTH_AGO:%-d %B %Y}."),
        ("QA4", "None", "Nothing in the cabinet shows it."),
    ]


def test_what_only_helps_neither_makes_nor_breaks_a_verdict():
    needed, helping = (next(each for each in checks() if each.needed is wanted) for wanted in (True, False))
    for state in (MET, NOT_MET, UNKNOWN, NONE):
        assert judged([(needed, Found(MET, "")), (helping, Found(state, ""))])[0] == IN_PLACE
        assert judged([(needed, Found(NOT_MET, "")), (helping, Found(state, ""))])[0] == NOT_IN_PLACE
        assert judged([(needed, Found(UNKNOWN, "")), (helping, Found(state, ""))])[0] == NOT_KNOWN
    assert judged([(needed, Found(MET, "")), (needed, Found(UNKNOWN, ""))])[0] == IN_PART


def test_every_check_is_of_a_principle_and_has_its_judge_and_its_page(in_ashdown):
    for each in checks():
        assert each.principle in key_principles()
        assert each.judge in JUDGES
        assert reverse(each.leads, args=[in_ashdown.ashdown.slug])
        assert not each.role or each.role in key_roles()
        assert not each.model or each.model in leadership_models()
    assert {each.principle for each in checks() if each.needed} == set(key_principles())
    assert {each.judge for each in checks()} == set(JUDGES)
    assert sorted(shown_by()) == [each.number for each in milestones()]
    assert {each.judge for each in shown_by().values()} == set(SHOWS)


def test_a_new_school_has_reached_no_milestone_and_one_that_holds_everything_most(in_ashdown):
    school = in_ashdown.ashdown
    assert [each.milestone.number for each in milestones_reached(school, NOW) if each.on] == []
    Drawn(in_ashdown).holds(sorted(EVERYTHING))
    found = {each.milestone.number: each for each in milestones_reached(school, NOW)}
    assert [number for number, each in found.items() if each.on] == [3, 5, 7, 9, 12]
    assert found[3].on == found[7].on == found[12].on == A_MONTH_AGO
    # Priya has held the post for long, and the careers page that would name her is not public.
    assert found[4].sentence == "Somebody holds the post, and no public page here names them."
    assert found[14].sentence == "1 of 8 by the real result."


def test_a_milestone_says_where_the_duty_board_says_broken_of_what_was_reached(in_ashdown):
    """The statement is public, and since then the leader's telephone number has changed."""
    Drawn(in_ashdown).holds(["statement"])
    of = {each.milestone.number: each for each in milestones_reached(in_ashdown.ashdown, NOW)}
    assert (bool(of[5].on), of[5].broken) == (True, ())
    publishing.say_facts(by=in_ashdown.priya, **FACTS | {"telephone": "01632 960200"})
    of = {each.milestone.number: each for each in milestones_reached(in_ashdown.ashdown, NOW)}
    assert (bool(of[5].on), of[5].broken) == (True, ("S1",))
    client = Client()
    client.force_login(in_ashdown.priya, backend=BACKEND)
    page = client.get(reverse("milestone-list", args=["ashdown"])).content.decode()
    assert "and broken now" in page
    assert "says broken of S1." in page


def test_what_a_first_plan_can_take_up_is_the_first_needed_thing_that_is_not_so(in_ashdown):
    Drawn(in_ashdown).holds(sorted(EVERYTHING - {"compass", "feedback", "link governor"} - LASTING))
    found = falling_short(in_ashdown.ashdown, NOW)
    assert [(each.title, each.success) for each in found] == [
        ("Thinking long term: not in place", "What pupils intend is asked, kept and used"),
        ("Quality assurance: in part", "Compass was completed in the last 120 days"),
        ("Authority: in part", "A link governor for careers is named"),
    ]
    assert (found[2].action, found[2].why) == ("Name the link governor", "Link governor for careers: nobody is named.")
    assert {each.title for each in found} <= {each.title for each in proposals(in_ashdown.ashdown, NOW, LEADER)}
    in_ashdown.ashdown.records_begin = NOW + timedelta(days=1)
    assert falling_short(in_ashdown.ashdown, NOW) == []  # what is not known is not said to be missing


def test_every_principle_has_what_a_plan_could_want_and_whose_it_would_be():
    assert sorted(wanted()) == sorted(key_principles())
    assert {each.owner for each in wanted().values()} <= set(ROLES)
    assert {key for each in wanted().values() for key in each.criteria} <= set(criteria())


def test_the_terms_before_cost_a_statement_each_and_no_more(in_ashdown):
    """What the public could read is asked of each day; everything else is read once."""
    Drawn(in_ashdown).holds(sorted(EVERYTHING))
    asked = []
    for number in (1, 3):
        terms = terms_before(NOW, number)
        with CaptureQueriesContext(connection) as found:
            standing(in_ashdown.ashdown, NOW, terms)
        asked.append(len(found))
    assert asked[1] - asked[0] == 2


def test_the_terms_before_are_the_last_that_are_over(in_ashdown):
    assert [each.name for each in terms_before(NOW, 3)] == [
        f"Summer term {NOW.year}",
        f"Spring term {NOW.year}",
        f"Autumn term {NOW.year - 1}",
    ]


def test_the_pages_say_it_to_governors_too_and_name_nobody(in_ashdown):
    Drawn(in_ashdown).holds(["old compass", "leader"])
    for name in ("priya", "moira"):
        client = Client()
        client.force_login(getattr(in_ashdown, name), backend=BACKEND)
        page = client.get(reverse("principle-list", args=["ashdown"])).content.decode()
        assert f"Last completed on {LONG_AGO:%-d %B %Y}, more than 120 days ago." in page
        assert "Raman" not in page.replace("Signed in as Priya Raman", "")
        page = client.get(reverse("milestone-list", args=["ashdown"])).content.decode()
        assert "reconstructed" in page
        assert "1 of 14 shown by what is recorded." in page


def found_of(check_id: str) -> tuple[str, str]:
    at = {
        each.check.id: each
        for verdict in standing(School.objects.get(slug="ashdown"), NOW, []).now
        for each in verdict.looked
    }
    return at[check_id].words, at[check_id].found.sentence


def test_thinking_long_term_reads_the_ledger_of_destinations(in_ashdown):
    assert found_of("LT5") == ("No", "No intention is recorded.")
    assert found_of("LT6")[0] == found_of("LT7")[0] == "Not known"
    last = THIS_YEAR - 1
    left = [
        pupil("Ada", f"Left {number}", year_group=12, joined=year_start(last), tutor_group="") for number in range(14)
    ]
    for each in left:
        leave_school(each, on=year_start(THIS_YEAR), by=None)
    for each in left[:7]:
        record_statement(
            each, by=None, kind="enrolment", source="pupil", route="t-level", said_on=date(THIS_YEAR, 9, 20)
        )
    record_statement(
        left[8], by=None, kind="enrolment", source="pupil", route="not-found", said_on=date(THIS_YEAR, 9, 20)
    )
    record_statement(left[0], by=None, kind="intention", source="pupil", route="t-level", said_on=A_MONTH_AGO)
    assert found_of("LT5") == ("Yes", f"Last recorded on {A_MONTH_AGO:%-d %B %Y}.")
    assert found_of("LT6") == ("No", f"Of 7 of the 14 leavers of {year_label(last)} nothing is known.")
    assert found_of("LT7")[1].endswith(f"{year_label(last - 1)}, {year_label(last - 2)}.")
    for each in left[7:10]:
        record_statement(each, by=None, kind="position", source="pupil", route="t-level")
    assert found_of("LT6") == ("No", f"Not of every leaver of {year_label(last)} is something known.")
