"""The answer that the law gives in each drawn case is the one that is counted, through the real changes."""

from datetime import date

import pytest

from dekaan.core.scope import working_in
from dekaan.frameworks.queries import access_duty_of
from dekaan.provider_access.queries import phases
from dekaan.schools.changes import add_school
from tests.kept import once_made
from tests.provider_access.drawn import (
    every_case,
    goes_through,
    judged,
    make_school,
    pupil_of,
    put_on,
    said_of,
    year_ten,
)

ENCOUNTERS = {case.title: case for case in every_case("encounter")}
PUPILS = {case.title: case for case in every_case("pupil")}
SCHOOLS = {case.title: case for case in every_case("school")}


@pytest.mark.django_db
@pytest.mark.parametrize("title", ENCOUNTERS)
def test_an_encounter_by_the_law(title, settings):
    case, settings.TODAY = ENCOUNTERS[title], "2027-08-31"
    with working_in(once_made(make_school)):
        pupils = year_ten(case)
        sessions = put_on(case, pupils)
        who = case["of"] or "Ada"
        found = judged(
            sessions[-1 if case["answer"] == "last" else 0], pupils[who], "PA.1" if who in "Eve Flo" else "PA.2"
        )
    assert found == (case["counts"], case["shown"], case["in the way"])


@pytest.mark.django_db
@pytest.mark.parametrize("title", PUPILS)
def test_a_pupils_years_by_the_law(title, settings):
    case = PUPILS[title]
    settings.TODAY = case["today"]
    school = add_school(
        name="Drawn School", slug="drawn", records_begin=date(int(case["records from"] or 2018), 9, 1), high_age=18
    )
    with working_in(school):
        pupil = pupil_of(case, school)
        goes_through(case, pupil, date.fromisoformat(case["today"]))
        found = said_of(case, school, pupil)
    assert found == (case["has had"], case["was offered"] or found[1])


@pytest.mark.parametrize("title", SCHOOLS)
@pytest.mark.django_db
def test_a_school_by_the_law(title):
    case = SCHOOLS[title]
    school = add_school(
        name="Drawn School",
        slug="drawn",
        establishment_type=case["type"],
        low_age=int(case["low"]),
        high_age=int(case["high"]),
        has_sixth_form=case["sixth form"] == "yes",
    )
    binds = {True: "yes", False: "no", None: "unknown"}[access_duty_of(school.establishment_type).binds]
    years = " ".join(str(year) for phase in phases() for year in phase.years_at(school))
    assert (binds, years) == (case["bound"], case["year groups"])


@pytest.mark.once
def test_there_are_more_than_eighty_cases_and_each_says_where_its_answer_stands():
    every = [*ENCOUNTERS.values(), *PUPILS.values(), *SCHOOLS.values()]
    titles = [case.title for case in every]
    assert len(set(titles)) == len(titles) == len(every_case("encounter") + every_case("pupil") + every_case("school"))
    assert len(titles) >= 80
    assert [case.title for case in every if not case["source"]] == []
