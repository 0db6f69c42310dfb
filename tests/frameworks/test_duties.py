"""Duties as data: whole and consistent, and what binds which kind of school on which day.

Whom a version binds is written here a second time, by hand, from the record of the law (domain paper, 3.1 to 3.4).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest

from dekaan.frameworks.queries import (
    FORCES,
    access_duty_of,
    activity_types,
    criteria,
    duties,
    duties_in_force,
    rule_changes,
    school_groups,
    year_groups_of,
)

pytestmark = pytest.mark.once


@dataclass(frozen=True)
class A:
    """A school as the register has it."""

    establishment_type: str = "01"
    low_age: int = 11
    high_age: int = 18
    has_sixth_form: bool = True
    phase: str = "secondary"


LAW = "L1 L2 L3 L4 L5 L6 L7 L8 L9 L10"
WEBSITE = "W1 W2 W3 W4 W5 W6 W7 W8 W9 W10 W11 W12"
STATEMENT = "S1 S2 S3 S4 S5"
GUIDANCE = "G1 G2 G3 G4 G5 G6 G7 G8 G9"


def test_every_duty_and_expectation_of_the_record_is_there():
    wanted = f"{LAW} {WEBSITE} {STATEMENT} {GUIDANCE} PA.1 PA.2 PA.3 CL LG WX".split()
    assert set(duties()) == set(wanted)


def test_every_duty_says_what_would_show_it_and_where_that_is_kept():
    for duty in duties().values():
        assert all((duty.title, duty.would_show, duty.kept, duty.evidence.judge)), duty.id
        for version in duty.versions:
            assert all((version.says, version.source, version.confidence)), duty.id
            assert version.force in FORCES, duty.id


def test_the_first_version_of_everything_but_the_website_says_what_it_means():
    silent = [(duty.id, version.begins) for duty in duties().values() for version in duty.versions if not version.means]
    assert silent == [(f"W{number}", date(2022, 9, 1)) for number in range(1, 7)]  # L4 says that Year 7 came in


def test_versions_of_a_duty_follow_one_another_without_a_gap_or_an_overlap():
    for duty in duties().values():
        assert [each.until for each in duty.versions][-1] is None, duty.id
        for before, after in pairwise(duty.versions):
            assert before.until == after.begins - timedelta(days=1), duty.id


def test_what_a_duty_names_exists():
    codes = [code for group in school_groups().values() for code in group.kinds]
    assert len(codes) == len(set(codes))
    for duty in duties().values():
        assert duty.evidence.criterion in {"", *criteria()}, duty.id
        assert set(duty.evidence.activity_types) <= set(activity_types()), duty.id
        for version in duty.versions:
            assert set(version.parts) <= set(duties()) - {duty.id}, duty.id
            assert {*version.binds, *version.through, *version.not_bound} <= set(school_groups()), duty.id
            assert set(version.through) <= set(version.binds), duty.id
            assert not set(version.not_bound) & set(version.binds), duty.id
            assert bool(version.binds) != bool(version.others), duty.id
            for part in version.parts:
                assert duties()[part].on(version.begins), (duty.id, part)


def test_the_dates_are_those_of_the_record():
    begins = {duty.id: [each.begins for each in duty.versions] for duty in duties().values()}
    assert begins["L1"] == [date(2012, 9, 1), date(2013, 9, 1), date(2022, 9, 1)]
    assert begins["L2"] == [date(2018, 1, 2), date(2023, 1, 1)]
    assert begins["L4"] == [date(2018, 9, 1), date(2022, 9, 1)]
    assert begins["G1"] == [date(2018, 1, 1), date(2021, 7, 1), date(2025, 5, 8), date(2025, 9, 1)]
    assert begins["G7"] == [date(2025, 9, 1), date(2026, 9, 1)]
    assert [begins[each] for each in ("PA.1", "PA.2", "PA.3", "S4")] == [[date(2023, 1, 1)]] * 4


def test_work_experience_is_never_law():
    """Domain paper, 10.3: a pupil under ten days is a gap against guidance, and no breach."""
    assert {each.force for key in ("G7", "WX") for each in duties()[key].versions} == {
        "statutory_guidance",
        "policy_announced",
    }


def bound(on: date, school: A) -> str:
    return " ".join(each.duty.id for each in duties_in_force(on, school) if each.binding.binds)


def about(duty_id: str, on: date) -> tuple[int, ...]:
    version = duties()[duty_id].on(on)
    assert version
    return version.years


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("01", "L1 L3 L5 L6 L8 L9"),  # community
        ("07", "L1 L3 L5 L6 L8 L9"),  # community special
        ("14", "L1 L3 L5 L6 L8 L9"),  # pupil referral unit
        ("34", "L5 L6 L8 L9"),  # academies are named since 1 September 2022
        ("44", "L5 L6 L8 L9"),
        ("42", "L5 L6 L8 L9"),
        ("08", "L5 L6 L8 L9"),  # non-maintained special
        ("11", "L5 L6 L8 L9"),  # independent
    ],
)
def test_on_1_september_2017(code, wanted):
    assert bound(date(2017, 9, 1), A(code)) == wanted


TODAY = "L1 L2 PA.1 PA.2 PA.3 L3 {l4} L5 L6 L8 L9 {w} W7 W8 W9 W10 W11 W12 S1 S2 S3 S4 S5 CL LG G1 G2 G3 G4 G5 G6 G7 WX G8 G9"
SITE = {"l4": "L4", "w": "W1 W2 W3 W4 W5 W6"}


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("01", TODAY.format(**SITE)),
        ("12", TODAY.format(**SITE)),
        ("34", TODAY.format(**SITE)),
        ("40", TODAY.format(**SITE)),
        ("36", TODAY.format(**SITE)),
        ("43", TODAY.format(**SITE)),
        ("14", " ".join(TODAY.format(l4="", w="").split())),  # the website regulations are about maintained schools
        ("08", "L5 L6 L8 L9"),
        ("10", "L5 L6 L8 L9"),
        ("45", "L5 L6 L8 L9 W12"),  # 16 to 19 academies
        ("18", "L5 L6 L8 L9"),
    ],
)
def test_on_24_november_2026(code, wanted):
    assert bound(date(2026, 11, 24), A(code)) == wanted


def test_without_a_sixth_form_nothing_of_it_binds():
    assert bound(date(2026, 11, 24), A("34", high_age=16, has_sixth_form=False)) == " ".join(
        each for each in TODAY.format(**SITE).split() if each not in {"PA.3", "L6"}
    )


def test_a_middle_school_is_bound_by_the_first_phase_alone():
    """Years 7 and 8, as one deemed secondary teaches them."""
    middle = A("02", low_age=9, high_age=13, has_sixth_form=False, phase="middle")
    assert year_groups_of(middle) == (7, 8)
    assert [each for each in bound(date(2026, 11, 24), middle).split() if each.startswith("PA")] == ["PA.1"]


def test_a_primary_school_is_bound_by_nothing_about_years_7_to_13():
    primary = A("01", low_age=4, high_age=11, has_sixth_form=False)
    assert bound(date(2026, 11, 24), primary) == "L5 L8 W12"


def test_a_school_that_begins_at_14_has_the_later_phases_only():
    utc = A("40", low_age=14, high_age=19)
    assert [each for each in bound(date(2026, 11, 24), utc).split() if each.startswith("PA")] == ["PA.2", "PA.3"]


def test_of_a_school_whose_kind_is_not_known_nothing_is_said():
    found = duties_in_force(date(2026, 11, 24), A(""))
    assert {each.duty.id for each in found if each.binding.binds is False} == {"L7", "L10"}
    assert not any(each.binding.binds for each in found)
    assert all(each.binding.why for each in found)


def test_independent_guidance_reached_year_8_in_2013_and_year_7_in_2022():
    assert about("L1", date(2013, 8, 31)) == (9, 10, 11)
    assert about("L1", date(2022, 8, 31)) == (8, 9, 10, 11, 12, 13)
    assert about("L1", date(2022, 9, 1)) == (7, 8, 9, 10, 11, 12, 13)


def test_provider_access_begins_at_year_8_and_the_website_at_year_7():
    now = date(2026, 11, 24)
    assert (about("L2", now)[0], about("L4", now)[0], about("L1", now)[0]) == (8, 7, 7)


def test_an_academy_is_told_through_what_the_website_binds_it():
    (line,) = [each for each in duties_in_force(date(2026, 11, 24), A("34")) if each.duty.id == "W1"]
    assert (line.binding.binds, line.binding.why) == (True, "Through its funding agreement.")
    (line,) = [each for each in duties_in_force(date(2017, 9, 1), A("34")) if each.duty.id == "L1"]
    assert line.binding.why == (
        "The section named academies from 1 September 2022; before, their funding agreements asked it."
    )


def test_whom_a_version_binds_is_said_in_words():
    version = duties()["PA.3"].versions[0]
    assert version.whom == (
        "maintained schools; maintained special schools; academies, free schools, UTCs and studio schools; special "
        "academies and free schools; alternative provision academies and free schools; pupil referral units (Years 12 to 13)"
    )


def test_what_changed_is_told_newest_first_with_what_it_means():
    found = rule_changes(A("34"))
    assert [each.version.begins for each in found] == sorted((each.version.begins for each in found), reverse=True)
    assert len({each.key for each in found}) == len(found)
    newest = [each.key for each in found if each.version.begins == date(2026, 9, 1)]
    assert newest == ["G7 2026-09-01", "G8 2026-09-01"]
    (year_7,) = [each for each in found if each.key == "L1 2022-09-01"]
    assert (year_7.before, year_7.version.means) == (
        duties()["L1"].versions[1],
        "Year 7 comes in, and academies are named in the section itself.",
    )


def test_a_special_school_to_nineteen_has_a_third_phase_with_or_without_an_official_sixth_form():
    special = A("07", low_age=11, high_age=19, has_sixth_form=False)
    assert {"PA.3", "L6"} <= set(bound(date(2026, 11, 24), special).split())


def test_a_16_to_19_academy_tells_of_leavers_whatever_its_phase_says_and_of_provider_access_it_was_not_found():
    academy = A("45", low_age=16, high_age=19, has_sixth_form=False, phase="secondary")
    found = {each.duty.id: each.binding for each in duties_in_force(date(2026, 11, 24), academy)}
    assert (found["L6"].binds, found["PA.3"].binds, found["PA.1"].binds) == (True, None, False)
    assert found["PA.3"].why == "Whether it names 16 to 19 academies and secure academies was not found."


@pytest.mark.parametrize("code", [code for group in school_groups().values() for code in group.kinds])
def test_the_board_and_the_page_of_provider_access_agree_whom_the_duty_binds(code):
    (line,) = [each for each in duties_in_force(date(2026, 11, 24), A(code)) if each.duty.id == "L2"]
    assert line.binding.binds is access_duty_of(code).binds


def test_pupils_on_roll_win_over_what_the_ages_say():
    closed = A("34", low_age=11, high_age=18, has_sixth_form=False)
    assert year_groups_of(closed) == (7, 8, 9, 10, 11)
    assert year_groups_of(closed, [7, 12]) == (7, 8, 9, 10, 11, 12)
    bound_here = {each.duty.id for each in duties_in_force(date(2026, 11, 24), closed, [12]) if each.binding.binds}
    assert {"PA.3", "L6"} <= bound_here
