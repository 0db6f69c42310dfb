"""The one table of where leavers go: routes, codes and buckets that fit one another."""

from datetime import date

from dekaan.frameworks.queries import activity_codes, buckets, destination_rules, moments, routes
from dekaan.frameworks.queries.published import read


def test_every_route_and_code_has_a_bucket_and_a_code_that_exist():
    assert {each.bucket for each in activity_codes().values()} <= set(buckets())
    assert {each.group for each in activity_codes().values()} == set(destination_rules().groups)
    placed = [each for each in routes().values() if not each.is_plan_only]
    assert {each.code for each in placed} - {""} <= set(activity_codes())
    assert all(each.bucket_at(level) for each in placed for level in (None, *range(1, 9)))
    assert [each.key for each in routes().values() if each.is_plan_only] == ["undecided"]


def test_no_key_stands_twice_and_every_row_says_how_sure_it_is():
    said = read("destinations.toml")
    for name, key in (("code", "code"), ("route", "key"), ("bucket", "key"), ("moment", "key")):
        assert len({row[key] for row in said[name]}) == len(said[name])
    assert {row["sure"] for name in ("code", "route") for row in said[name]} == {"published", "second-hand", "own"}


def test_a_gap_year_and_the_two_kinds_of_unpaid_work_are_as_the_domain_paper_has_them():
    codes = activity_codes()
    assert [(codes[each].takes_part, codes[each].bucket) for each in ("260", "550", "540", "530")] == [
        (True, "neither"),
        (True, "employment"),
        (False, "neither"),
        (False, "other-education"),
    ]


def test_an_apprenticeship_is_in_the_bucket_of_its_level():
    found = [routes()["apprenticeship"].bucket_at(level).key for level in (None, 2, 3, 4, 7)]
    assert found == ["apprenticeship", "apprenticeship-2", "apprenticeship-3", "apprenticeship-4", "apprenticeship-4"]


def test_what_has_ended_names_a_successor_that_has_not():
    ended = [each for each in routes().values() if each.in_force_until != date.max]
    assert [(each.key, each.successor) for each in ended] == [("traineeship", "training-programme")]
    assert routes()["training-programme"].is_in_force(date(2026, 9, 1))


def test_when_leavers_of_2025_26_are_asked_after():
    assert {key: str(each.day_after_leaving(2025)) for key, each in moments().items()} == {
        "enrolment": "2026-09-30",
        "position": "2026-11-01",
        "six-months": "2027-03-31",
        "year-1": "2027-09-30",
        "year-2": "2028-09-30",
        "year-3": "2029-09-30",
    }
