"""What the law asks of an encounter with a provider, test by test; and which schools it binds."""

from datetime import date, time

import pytest

from dekaan.frameworks.queries import (
    Answers,
    ProviderEncounter,
    access_duty_of,
    access_mask,
    access_tests,
    activity_types,
    by_law,
    flags,
    judged_access,
    judged_meaningful,
    mask_of,
    partner_kinds,
    read,
    spelled,
)

CONTENTS = ("offer", "careers-it-leads-to", "what-learning-is-like", "two-way")
ALL_SAID = Answers(yes=sum(flags()[key].bit for key in CONTENTS))


def encounter(**otherwise) -> ProviderEncounter:
    """A college in the middle of a school day, for the whole year group, with everything said."""
    usual = {
        "held_on": date(2026, 11, 24),
        "school_day": (time(8, 30), time(15, 30)),
        "partner_kind": "fe-college",
        "starts_at": time(10),
        "minutes": 60,
        "is_school_day": True,
        "invited": "whole",
        "answers": ALL_SAID,
    }
    return ProviderEncounter(**usual | otherwise)


def states(of: ProviderEncounter) -> dict[str, str]:
    return {each.test.key: each.state for each in by_law(of)}


def counted(of: ProviderEncounter) -> tuple[str, str]:
    """What it counts for and leaves unknown, of the first phase and of the range of providers."""
    would = judged_meaningful(mask_of(["PA.1", "GB14.7.1"]), of.answers)
    criteria, unknown = judged_access(would, by_law(of))
    return spelled(criteria), spelled(unknown)


def test_an_encounter_that_passes_everything_counts_and_is_shown():
    assert set(states(encounter()).values()) == {"passed"}
    assert counted(encounter()) == ("GB14.7.1 PA.1 GB14.7.1.shown PA.1.shown", "")


@pytest.mark.parametrize(
    ("otherwise", "test", "state"),
    [
        ({"partner_kind": kind}, "provider", state)
        for state, kinds in {
            "passed": "fe-college itp utc apprenticeship-employer",
            "unknown": "university he-in-fe employer self-employed sixth-form sixth-form-college "
            "charity hub authority guidance-service award-body alumni",
        }.items()
        for kind in kinds.split()
    ]
    + [
        ({"partner_kind": ""}, "provider", "unknown"),
        ({"partner_kind": "", "activity_type": "ITPTALK"}, "provider", "passed"),
        ({"partner_kind": "charity", "activity_type": "ITPTALK"}, "provider", "unknown"),
        ({"partner_kind": "charity", "offers": False}, "provider", "failed"),
        ({"partner_kind": "university", "offers": True}, "provider", "passed"),
        ({"partner_kind": "hub", "offers": True}, "provider", "passed"),
        ({"partner_kind": "fe-college", "offers": False}, "provider", "failed"),
        ({"starts_at": None}, "day", "unknown"),
        ({"minutes": None}, "day", "unknown"),
        ({"starts_at": time(18)}, "day", "failed"),
        ({"starts_at": time(18), "minutes": None}, "day", "failed"),
        ({"starts_at": time(15, 30), "minutes": 30}, "day", "failed"),
        ({"starts_at": time(15), "minutes": 60}, "day", "passed"),
        ({"starts_at": time(15, 15), "minutes": 60}, "day", "unknown"),
        ({"starts_at": time(7), "minutes": 60}, "day", "failed"),
        ({"starts_at": time(15, 30), "school_day": (time(9), time(16))}, "day", "passed"),
        ({"is_school_day": False, "closed_by": "Half-term"}, "term", "failed"),
        ({"is_school_day": None}, "term", "unknown"),
        ({"is_catch_up": True}, "cohort", "passed"),
        ({"is_catch_up": True, "invited": "chosen"}, "cohort", "failed"),
        ({"invited": "part", "waiting": ("10C",)}, "cohort", "unknown"),
        ({"invited": "chosen"}, "cohort", "failed"),
        ({"mode": "live_online"}, "live", "passed"),
        ({"mode": "recorded"}, "live", "failed"),
        ({"held_on": date(2022, 11, 24)}, "duty", "failed"),
        ({"held_on": date(2023, 1, 3)}, "duty", "passed"),
    ],
)
def test_each_test_has_an_answer(otherwise, test, state):
    assert states(encounter(**otherwise))[test] == state


def test_whoever_was_there_has_the_last_word_on_the_cohort():
    bit = flags()["whole-cohort"].bit
    assert states(encounter(invited="chosen", answers=Answers(yes=bit)))["cohort"] == "passed"
    assert states(encounter(invited="whole", answers=Answers(no=bit)))["cohort"] == "failed"


@pytest.mark.parametrize("content", CONTENTS)
def test_each_of_the_four_contents_is_asked_and_blank_is_never_failed(content):
    bit = flags()[content].bit
    left, refused = Answers(yes=ALL_SAID.yes & ~bit), Answers(yes=ALL_SAID.yes & ~bit, no=bit)
    assert [each for each in states(encounter(answers=left)).values() if each != "passed"] == ["unknown"]
    assert [each for each in states(encounter(answers=refused)).values() if each != "passed"] == ["failed"]
    assert "PA.1" in counted(encounter(answers=left))[0].split()
    assert "PA.1.shown" not in counted(encounter(answers=left))[0].split()
    assert "PA.1" not in counted(encounter(answers=refused))[0].split()


def test_failed_does_not_count_and_a_provider_who_is_not_known_leaves_it_unknown():
    assert counted(encounter(starts_at=time(19))) == ("GB14.7.1 GB14.7.1.shown", "")
    assert counted(encounter(partner_kind="university")) == ("GB14.7.1 GB14.7.1.shown", "PA.1")
    assert counted(encounter(partner_kind="university", starts_at=time(19))) == ("GB14.7.1 GB14.7.1.shown", "")
    assert counted(encounter(starts_at=None)) == ("GB14.7.1 PA.1 GB14.7.1.shown", "")


def test_every_test_says_why_where_it_comes_from_and_how_sure_it_is():
    assert all(each.why.endswith(".") for each in by_law(encounter()))
    assert all(each.asks and each.source and each.confidence for each in access_tests())
    assert {each.by for each in access_tests() if each.by} <= set(flags())


def test_every_kind_and_type_that_the_file_names_exists():
    data = read("provider-tests.toml")
    kinds = data["kinds"]
    assert set(kinds["offer"]) <= set(partner_kinds())
    assert [each.key for each in access_tests() if each.is_content] == ["offer", "careers", "learning", "questions"]
    assert set(kinds["activity_types"]) <= set(activity_types())


@pytest.mark.parametrize(
    ("binds", "types"),
    [
        (True, "01 02 03 05 07 12 14 28 33 34 35 36 38 40 41 42 43 44"),
        (False, "08 10 11 18 32"),
        (None, "06 39 45 46 57 99"),
    ],
)
def test_whether_a_type_of_school_is_bound(binds, types):
    assert [code for code in types.split() if access_duty_of(code).binds is not binds] == []
    assert access_duty_of("").binds is None


def test_the_mask_is_of_the_three_phases():
    assert access_mask() == mask_of(["PA.1", "PA.2", "PA.3"])
