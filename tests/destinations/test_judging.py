"""Sustained, not sustained, not captured, unknown: worked cases, each judged as the council counts and as is published."""

import pytest

from dekaan.destinations.changes import record_statement, say_which_holds, withdraw_statement
from dekaan.destinations.models import Ruling, Statement
from dekaan.destinations.queries import judged
from tests.destinations.given import LEFT_IN, day

SUSTAINED, NOT, LOST, UNKNOWN = "sustained", "not-sustained", "not-captured", "unknown"


def said(kind, route="", provider="", **more):
    return {"kind": kind, "route": route, "provider_name": provider, **more}


def sept(*says, **more):
    return said("enrolment", *says, **more)


def nov(*says, **more):
    return said("position", *says, **more)


def march(*says, **more):
    return said("six-months", *says, **more)


def then(month, of_month, *says, **more):
    return said("change", *says, as_of=day(month, of_month), **more)


COLLEGE = ("college-technical", "Mereside College")
SIXTH = ("school-sixth-form", "Beckford Academy")
OTHER = ("college-technical", "Alder College")
JOB, OTHER_JOB = ("job-without-training", "Hale Garage"), ("job-without-training", "Mill Bakery")
STUDY_JOB = ("job-with-training", "Hale Garage")
APPRENTICE = ("apprenticeship", "Hale Garage")
# What is said → what the council's mapping and the published measure's come to, and where, where it is sustained.
CASES = {
    # Nobody has asked, or not yet enough.
    "nothing is said": ([], UNKNOWN, UNKNOWN),
    "September alone": ([sept(*COLLEGE)], UNKNOWN, UNKNOWN),
    "September and November": ([sept(*COLLEGE), nov(*COLLEGE)], UNKNOWN, UNKNOWN),
    "November alone": ([nov(*COLLEGE)], UNKNOWN, UNKNOWN),
    "March alone, since when is not said": ([march(*COLLEGE)], UNKNOWN, UNKNOWN),
    "a plan is no place": ([said("intention", *COLLEGE, as_of=day(9, 1))], UNKNOWN, UNKNOWN),
    # Education.
    "college throughout": ([sept(*COLLEGE), nov(*COLLEGE), march(*COLLEGE)], SUSTAINED, SUSTAINED),
    "September and March, the same place": ([sept(*COLLEGE), march(*COLLEGE)], SUSTAINED, SUSTAINED),
    "March says since September": ([march(*SIXTH, starts_on=day(9, 4))], SUSTAINED, SUSTAINED),
    "November and March, October not known": ([nov(*COLLEGE), march(*COLLEGE)], SUSTAINED, UNKNOWN),
    "began late, in November": (
        [nov(*COLLEGE, starts_on=day(11, 1)), then(10, 5, "looking"), march(*COLLEGE)],
        SUSTAINED,
        NOT,
    ),
    "moved college in January": (
        [
            nov(*COLLEGE, starts_on=day(9, 4)),
            then(1, 8, *COLLEGE, ends_on=day(1, 8)),
            march(*OTHER, starts_on=day(1, 9)),
        ],
        SUSTAINED,
        SUSTAINED,
    ),
    "two colleges, and nothing of between": ([nov(*COLLEGE, starts_on=day(9, 4)), march(*OTHER)], SUSTAINED, UNKNOWN),
    "left in December, and looks for work in March": (
        [sept(*COLLEGE), nov(*COLLEGE), then(12, 10, "looking"), march("looking")],
        NOT,
        NOT,
    ),
    "left on the last day of March": ([march(*COLLEGE, starts_on=day(9, 4), ends_on=day(3, 31))], SUSTAINED, SUSTAINED),
    # A last day before the moment is refused of the moment: it is a change.
    "left in the middle of March": (
        [then(3, 14, *COLLEGE, starts_on=day(9, 4), ends_on=day(3, 14))],
        UNKNOWN,
        SUSTAINED,
    ),
    "out for a week of January and back": (
        [sept(*COLLEGE), nov(*COLLEGE), then(1, 10, "looking"), march(*COLLEGE, starts_on=day(1, 20))],
        NOT,
        UNKNOWN,
    ),
    "at home": ([sept("home-education"), nov("home-education"), march("home-education")], SUSTAINED, LOST),
    "supported internship": ([sept("supported-internship"), march("supported-internship")], SUSTAINED, SUSTAINED),
    "re-engagement all year": ([sept("re-engagement"), nov("re-engagement"), march("re-engagement")], NOT, SUSTAINED),
    # Work.
    "one job throughout": ([sept(*JOB), march(*JOB)], SUSTAINED, SUSTAINED),
    "a job from November, five months": ([nov(*JOB), march(*JOB)], SUSTAINED, SUSTAINED),
    "a job from December, four months": (
        [then(10, 2, "looking"), nov("looking"), then(12, 1, *JOB), march(*JOB)],
        NOT,
        NOT,
    ),
    "two jobs, nothing of between": ([nov(*JOB), march(*OTHER_JOB)], SUSTAINED, UNKNOWN),
    "two jobs, one after the other": (
        [
            nov(*JOB, starts_on=day(10, 1)),
            then(1, 31, *JOB, ends_on=day(1, 31)),
            march(*OTHER_JOB, starts_on=day(2, 1)),
        ],
        SUSTAINED,
        SUSTAINED,
    ),
    "job with training": ([sept(*STUDY_JOB), nov(*STUDY_JOB), march(*STUDY_JOB)], SUSTAINED, SUSTAINED),
    "unpaid with study is work": ([sept("volunteering-study"), march("volunteering-study")], SUSTAINED, SUSTAINED),
    "unpaid without study is not": ([sept("volunteering"), march("volunteering")], NOT, NOT),
    "self-employed": ([sept("self-employed"), march("self-employed")], SUSTAINED, SUSTAINED),
    "armed forces": ([sept("armed-forces"), march("armed-forces")], SUSTAINED, SUSTAINED),
    "college, then work": (
        [sept(*COLLEGE), then(12, 19, *COLLEGE, ends_on=day(12, 19)), then(1, 5, *JOB), march(*JOB)],
        SUSTAINED,
        SUSTAINED,
    ),
    # Apprenticeships.
    "apprentice throughout": ([sept(*APPRENTICE, level=3), march(*APPRENTICE, level=3)], SUSTAINED, SUSTAINED),
    "apprentice from February to August": (
        [
            nov("looking"),
            then(2, 2, *APPRENTICE, level=2),
            march(*APPRENTICE, level=2),
            then(8, 20, *APPRENTICE, level=2),
        ],
        NOT,
        SUSTAINED,
    ),
    "apprentice from February, and later nobody asked": (
        [nov("looking"), then(2, 2, *APPRENTICE, level=2), march(*APPRENTICE, level=2)],
        NOT,
        UNKNOWN,
    ),
    "apprentice since February, known a year on": (
        [nov("looking"), said("year-1", *APPRENTICE, starts_on=day(2, 2))],
        NOT,
        SUSTAINED,
    ),
    "apprentice since April, known a year on": (
        [nov("looking"), march("looking"), said("year-1", *APPRENTICE, starts_on=day(4, 2))],
        NOT,
        NOT,
    ),
    "an apprentice since March, who looked for work at its end": (
        [nov("looking"), march("looking"), said("year-1", *APPRENTICE, starts_on=day(3, 1))],
        UNKNOWN,
        UNKNOWN,
    ),
    "apprentice for five months": (
        [
            nov("looking"),
            then(1, 5, "looking"),
            then(2, 2, *APPRENTICE),
            then(6, 30, *APPRENTICE),
            then(7, 1, "looking"),
            then(8, 1, "looking"),
        ],
        NOT,
        NOT,
    ),
    # In nothing.
    "looking on both days": ([nov("looking"), march("looking")], NOT, NOT),
    "looking in November, nobody asked since": ([nov("looking")], NOT, UNKNOWN),
    "ill all year": ([sept("not-available"), march("not-available")], NOT, NOT),
    "gap year with a place": ([sept("gap-with-place"), march("gap-with-place")], SUSTAINED, NOT),
    "in custody": ([nov("custody"), march("custody")], NOT, NOT),
    "start date agreed": ([nov("start-agreed"), march("start-agreed")], NOT, NOT),
    # Not to be found.
    "asked twice, not found": ([nov("not-found"), march("not-found")], LOST, LOST),
    "asked once, not found": ([nov("not-found")], UNKNOWN, UNKNOWN),
    "abroad": ([nov("abroad"), march("abroad")], LOST, LOST),
    "university abroad": ([sept("university-abroad"), march("university-abroad")], SUSTAINED, LOST),
    "does not want to say": ([nov("refused"), march("refused")], LOST, LOST),
    "found in November, lost in March": ([sept(*COLLEGE), nov(*COLLEGE), march("not-found")], LOST, UNKNOWN),
    "looking, then lost": ([nov("looking"), march("not-found")], NOT, UNKNOWN),
    # By the council's own codes.
    "code 230 on both days since September": (
        [nov(code="230", starts_on=day(9, 4)), march(code="230")],
        SUSTAINED,
        SUSTAINED,
    ),
    "code 810 on both days": ([nov(code="810"), march(code="810")], LOST, LOST),
    "code 540 is out, 550 is work": ([nov(code="540"), march(code="550")], NOT, UNKNOWN),
    # Sources that disagree.
    "two sources, two colleges, both sustained": (
        [sept(*COLLEGE), sept(*OTHER), march(*COLLEGE, starts_on=day(9, 4))],
        SUSTAINED,
        SUSTAINED,
    ),
    "college and looking in November": (
        [sept(*COLLEGE), nov(*COLLEGE), nov("looking"), march(*COLLEGE)],
        UNKNOWN,
        UNKNOWN,
    ),
    "not known gives way to who knows": (
        [sept(*COLLEGE), nov(code="810"), nov(*COLLEGE), march(*COLLEGE)],
        SUSTAINED,
        SUSTAINED,
    ),
    "March says all along, November says not": (
        [nov("looking"), march(*COLLEGE, starts_on=day(9, 4))],
        UNKNOWN,
        UNKNOWN,
    ),
}
WHERE = {
    "college throughout": ("education", "further-education"),
    "March says since September": ("education", "school-sixth-form"),
    "one job throughout": ("employment", "employment"),
    "apprentice throughout": ("employment", "apprenticeship-3"),
    "college, then work": ("employment", "employment"),
    "moved college in January": ("education", "further-education"),
    "unpaid with study is work": ("employment", "employment"),
}


def recorded(person, says, by):
    for each in says:
        usual = {"source": "pupil", "said_on": max(each.get("as_of", day(9, 30)), day(9, 30, years_on=1))}
        record_statement(person, by=by, **usual | each)
    return outcome(person)


def outcome(person):
    return judged(Statement.objects.filter(pupil=person), Ruling.objects.filter(pupil=person), LEFT_IN)


def test_there_are_forty_worked_cases_and_every_outcome_in_both_mappings():
    assert len(CASES) >= 40
    for mapping in (1, 2):
        assert {case[mapping] for case in CASES.values()} == {SUSTAINED, NOT, LOST, UNKNOWN}
    assert set(WHERE) <= set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_worked_case_whatever_the_order_in_which_it_was_recorded(left, case):
    says, council, measure = CASES[case]
    for person, said_so in ((left.ada, says), (left.ben, reversed(says))):
        came_to = recorded(person, said_so, left.priya)
        assert (came_to.council.outcome, came_to.measure.outcome) == (council, measure), (
            came_to.council.why.label,
            came_to.measure.why.label,
        )
        if case in WHERE:
            assert (came_to.council.destination, came_to.measure.destination) == WHERE[case]


def test_what_priya_says_holds_is_what_counts_and_taking_back_does_it_too(left):
    ada, ben = left.ada, left.ben
    says = CASES["college and looking in November"][0]
    for person in (ada, ben):
        assert recorded(person, says, left.priya).council.why == "disagree"
    college = Statement.objects.get(pupil=ada, kind="position", route="college-technical")
    say_which_holds(college, because="The college’s register", by=left.priya)
    assert (outcome(ada).council.outcome, outcome(ada).measure.outcome) == (SUSTAINED, SUSTAINED)
    withdraw_statement(Statement.objects.get(pupil=ben, route="college-technical", kind="position"), by=left.priya)
    assert (outcome(ben).council.outcome, outcome(ben).measure.outcome) == (NOT, NOT)
