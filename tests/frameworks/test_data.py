"""The data files: every name in them exists, every bit is given once, and the dates are those of the record."""

import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest

from dekaan.frameworks.queries import (
    FRAMEWORK_FILES,
    SHOWN,
    activity_types,
    attendance_codes,
    counted_criteria,
    criteria,
    frameworks,
    judged_criteria,
    partner_kinds,
    registry,
    scale,
)

pytestmark = pytest.mark.once

PATTERNS = {
    "gatsby-2014": re.compile(r"GB14\.[1-8]\.[1-9]"),
    "gatsby-2024": re.compile(r"GB24\.[1-8]\.[1-9]"),
    "provider-access": re.compile(r"PA\.[1-3]"),
}
# Rulings, 9.
COUNTED = {
    "gatsby-2014": ["2.1", "4.1", "5.1", "6.1", "6.2", "7.1", "7.2", "8.1"],
    "gatsby-2024": ["2.1", "5.1", "6.1", "6.2", "7.1", "7.2", "8.1"],
    "provider-access": ["1", "2", "3"],
}


MODES = {"in_school", "workplace", "provider_site", "live_online", "recorded_online"}


def read(name: str) -> dict:
    return tomllib.loads(files("dekaan.frameworks").joinpath("data", name).read_text(encoding="utf-8"))


def test_every_file_of_a_framework_is_read():
    lists = {
        "registry.toml",
        "meaningful.toml",
        "scales.toml",
        "activity-types.toml",
        "partner-kinds.toml",
        "attendance-codes.toml",
        "learning-areas.toml",
        "provider-tests.toml",
        "duties.toml",
        "themes.toml",
        "careers-leadership.toml",
        "destinations.toml",
    }
    known = {*FRAMEWORK_FILES, *lists}
    assert {file.name for file in files("dekaan.frameworks").joinpath("data").iterdir()} == known


def test_versions_are_in_force_on_the_dates_of_the_record():
    assert {each.key: (each.in_force_from, each.in_force_until) for each in frameworks()} == {
        "gatsby-2014": (date(2018, 1, 1), date(2025, 8, 31)),
        "gatsby-2024": (date(2025, 9, 1), None),
        "provider-access": (date(2023, 1, 1), None),
    }


def test_each_framework_says_where_it_is_from():
    for each in frameworks():
        assert all((each.title, each.short, each.publisher, each.confidence)), each.key
        assert each.source.startswith("https://"), each.key
        assert each.published_on is None or each.published_on <= each.in_force_from


def test_a_cohort_is_one_that_the_counting_room_knows_and_is_told_in_words():
    asked = {each.id: expectation.cohort for each in judged_criteria() for expectation in each.expectations}
    assert {each: cohort for each, cohort in asked.items() if cohort} == {
        "GB14.7.2": "higher-education",
        "GB24.7.2": "higher-education",
    }
    assert {each.id for each in judged_criteria() if each.cohort_note} == {"GB14.7.2", "GB24.7.2"}


def test_the_benchmarks_are_eight_in_both_versions():
    for each in frameworks()[:2]:
        assert [benchmark.number for benchmark in each.benchmarks] == list("12345678")
        assert all(benchmark.criteria for benchmark in each.benchmarks)


def test_a_criterion_is_named_after_its_framework_and_benchmark():
    for each in frameworks():
        for benchmark in each.benchmarks:
            for criterion in benchmark.criteria:
                assert PATTERNS[each.key].fullmatch(criterion.id), criterion.id
                if benchmark.number.isdigit():
                    assert criterion.code.split(".")[0] == benchmark.number, criterion.id


def test_no_criterion_is_written_twice():
    ids = [criterion.id for each in frameworks() for criterion in each.criteria]
    assert sorted(ids) == sorted(set(ids))
    assert set(criteria()) == set(ids)


def test_every_criterion_is_said_in_words():
    silent = [each.id for each in criteria().values() if not (each.title and each.says and each.who)]
    assert silent == []


def test_what_is_counted_is_what_rests_on_what_pupils_did():
    assert {each.key: [criterion.code for criterion in each.counted] for each in frameworks()} == COUNTED


def test_every_counted_criterion_has_a_bit():
    assert [each.id for each in counted_criteria() if each.id not in registry().bits] == []


def test_a_bit_is_given_once_and_fits_the_mask():
    bits = list(registry().bits.values())
    assert sorted(bits) == sorted(set(bits))
    assert all(0 <= bit <= 62 for bit in bits)
    assert [known for known in registry().bits if known.removesuffix(SHOWN) not in criteria()] == []


def test_bits_stay_what_they_were():
    """Rows of the ledger hold them: a number given is never given to another."""
    assert registry().bits == {
        "GB14.2.1": 0,
        "GB14.2.2": 1,
        "GB14.4.1": 2,
        "GB14.5.1": 3,
        "GB14.6.1": 4,
        "GB14.6.2": 5,
        "GB14.7.1": 6,
        "GB14.7.2": 7,
        "GB14.8.1": 8,
        "GB24.2.1": 9,
        "GB24.2.2": 10,
        "GB24.4.1": 11,
        "GB24.4.2": 12,
        "GB24.5.1": 13,
        "GB24.6.1": 14,
        "GB24.6.2": 15,
        "GB24.7.1": 16,
        "GB24.7.2": 17,
        "GB24.8.1": 18,
        "PA.1": 19,
        "PA.2": 20,
        "PA.3": 21,
        "GB14.5.1.shown": 22,
        "GB14.7.1.shown": 23,
        "GB24.5.1.shown": 24,
        "GB24.6.1.shown": 25,
        "GB24.6.2.shown": 26,
        "GB24.7.1.shown": 27,
        "PA.1.shown": 28,
        "PA.2.shown": 29,
        "PA.3.shown": 30,
    }


def test_key_stages_hold_every_year_group_once():
    assert [group for years in registry().key_stages for group in years] == [7, 8, 9, 10, 11, 12, 13]


def test_every_tag_and_kind_that_an_expectation_names_exists():
    for criterion in counted_criteria():
        for expectation in criterion.expectations:
            assert set(expectation.tags) <= set(registry().bits), criterion.id
            assert expectation.tags, criterion.id
            named = {kind for kinds in expectation.kinds for kind in kinds}
            assert named <= set(partner_kinds()), criterion.id


def test_every_window_is_a_window_and_is_judged_in_it():
    for criterion in counted_criteria():
        for expectation in criterion.expectations:
            assert 7 <= expectation.from_year <= expectation.to_year <= 13, criterion.id
            assert expectation.at_least >= 1, criterion.id
            assert expectation.judged, criterion.id
            if expectation.shape == "span":
                assert expectation.judged == (expectation.to_year,), criterion.id


def test_every_activity_type_names_known_criteria_modes_and_audiences():
    for kind in activity_types().values():
        assert set(kind.criteria) <= set(registry().bits), kind.key
        assert kind.mode in MODES, kind.key
        assert kind.audience in {"pupils", "staff", "carers"}, kind.key
        assert kind.name, kind.key


def test_nothing_that_is_not_for_pupils_counts_towards_a_criterion():
    assert [kind.key for kind in activity_types().values() if kind.audience != "pupils" and kind.criteria] == []


def test_keys_are_written_once_in_each_list():
    for name, table in (("activity-types.toml", "type"), ("partner-kinds.toml", "kind"), ("scales.toml", "scale")):
        keys = [row["key"] for row in read(name)[table]]
        assert sorted(keys) == sorted(set(keys)), name


def test_every_scale_rises_from_none_to_all():
    for each in frameworks():
        bands = scale(each.scale)
        assert (bands[0].name, bands[0].to, bands[-1].name, bands[-1].to) == ("None", 0, "All", 10000)
        bounds = [band.to for band in bands]
        assert bounds == sorted(set(bounds))


def test_every_attendance_code_says_where_the_pupil_was_and_the_list_says_where_it_is_from():
    data = read("attendance-codes.toml")
    assert data["in_force_from"] == date(2024, 8, 19)
    assert all((data["source"], data["confidence"]))
    assert len(data["code"]) == len(attendance_codes()) == 34 + 4
    assert {each.where for each in attendance_codes().values()} == {"present", "elsewhere", "absent"}
    assert {code for code, each in attendance_codes().items() if each.where == "elsewhere"} == set("BKPVW")
    assert {code for code, each in attendance_codes().items() if each.until} == set("FHJY")
