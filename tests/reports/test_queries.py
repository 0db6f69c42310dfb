"""Who is missing out, what was done and planned, and the terms a paper may be about."""

from datetime import date, timedelta

import pytest

from dekaan.core.scope import working_in
from dekaan.frameworks.queries import band
from dekaan.measures.queries import HIDDEN, Figure
from dekaan.people.models import Group
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session, strike_off
from dekaan.programme.queries import held_between, planned_between
from dekaan.reports.queries.groups import behind, not_compared
from dekaan.reports.queries.picture import in_words
from dekaan.reports.queries.programme import done, planned, years_in_words
from dekaan.reports.queries.terms import choosable_terms, term_asked, terms_of
from dekaan.schools.models import CalendarEntry
from tests.factories.schools import person, place, pupils, talk

EMPLOYER, GUIDANCE = "GB24.5.1", "GB24.8.1"


def figure(met, of, unknown=0, *, breakdown="all", value="", criterion=EMPLOYER, assumed=0, hidden=""):
    return Figure(
        school_id=1,
        academic_year=2026,
        framework="gatsby-2024",
        criterion=criterion,
        breakdown=breakdown,
        value=value,
        met=None if hidden else met,
        of=None if hidden else of,
        unknown=None if hidden else unknown,
        assumed=None if hidden else assumed,
        band=band(met, of, "proportion-2025"),
        hidden=hidden,
    )


def premium(met, of, unknown=0, **more):
    return figure(met, of, unknown, breakdown="pupil-premium", value="yes", **more)


def gaps(everybody, *groups):
    return [(row["group"], row["says"], row["gap"], row["how"]) for row in behind([everybody], list(groups))]


# --- a figure in words -------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "says", "share", "word", "assumed"),
    [
        (figure(776, 993, 171, assumed=244), "776 of 993, 171 unknown", "78 to 96 %", "Large majority", "31 % assumed"),
        (figure(45, 79), "45 of 79", "56 %", "Most", ""),
        (figure(0, 79, 79), "all 79 unknown", "not known", "", ""),
        (figure(0, 0), "no records", "", "", ""),
        (figure(90, 120, assumed=None), "90 of 120", "75 %", "Most", "fewer than 6 assumed"),
        (figure(945, 993, 2, hidden=HIDDEN), "numbers hidden", "", "Almost all", ""),
    ],
)
def test_a_figure_says_its_numbers_its_share_its_word_and_what_is_assumed(given, says, share, word, assumed):
    said = in_words(given)
    assert (said["says"], said["share"], said["word"], said["assumed"]) == (says, share, word, assumed)


# --- who is missing out ------------------------------------------------------------------------


@pytest.mark.once
def test_a_group_is_behind_where_it_is_even_with_all_its_unknown():
    assert gaps(figure(800, 1000, 100), premium(100, 200, 20)) == [
        ("Pupil premium", "100 of 200, 20 unknown", "at least 20 points behind", "")
    ]


@pytest.mark.once
def test_a_gap_that_is_mostly_unknown_is_none():
    """A quarter of the pupils is unknown: nothing can be said of any group, and the paper says so."""
    everybody = figure(73, 248, 120, criterion=GUIDANCE)
    assert gaps(everybody, premium(10, 60, 40, criterion=GUIDANCE)) == []
    assert not_compared([everybody, figure(776, 993, 171)]) == ["A guidance meeting by 16, another by 18"]


@pytest.mark.once
def test_where_few_are_unknown_those_known_are_compared_and_the_row_says_so():
    """88.8 % of 215 against 94.4 % of 822, each rounded so that the gap is not overstated."""
    assert gaps(figure(776, 993, 171), premium(191, 250, 35)) == [
        ("Pupil premium", "191 of 250, 35 unknown", "5 points behind", "of those known")
    ]


@pytest.mark.once
def test_a_point_or_two_is_no_gap():
    assert gaps(figure(56, 100), premium(55, 100), premium(52, 100)) == []
    assert gaps(figure(56, 100), premium(51, 100)) == [("Pupil premium", "51 of 100", "5 points behind", "")]


@pytest.mark.once
def test_the_certain_gaps_stand_first_then_the_widest():
    girls = figure(300, 500, breakdown="sex", value="F")
    eal = figure(90, 150, 20, breakdown="eal", value="yes")
    assert [row[0] for row in gaps(figure(800, 1000), girls, premium(100, 200), eal)] == [
        "Pupil premium",
        "Female",
        "English as an additional language",
    ]


@pytest.mark.once
def test_a_hidden_figure_is_compared_with_nothing():
    assert gaps(figure(800, 1000), premium(3, 200, hidden=HIDDEN)) == []
    assert gaps(figure(990, 1000, hidden=HIDDEN), premium(10, 200)) == []


# --- what was done -----------------------------------------------------------------------------


@pytest.fixture
def ashdown(settings, db):
    settings.TODAY = "2026-11-24"
    return place("ashdown")


def done_lines(at):
    with working_in(at.school):
        return [
            (row["title"], row["who"], row["partner"], row["sessions"], row["took_part"], row["assumed"])
            for row in done(held_between(date(2026, 9, 1), date(2026, 11, 24)))
        ]


@pytest.mark.django_db
def test_an_activity_says_how_many_of_those_invited_took_part(ashdown):
    made = pupils(ashdown, 20)
    talk(ashdown, partner_name="Millworks", absent=made[:7])
    assert done_lines(ashdown) == [("Engineers' assembly", "Year 10", "Millworks", 1, "13 of 20", "")]


@pytest.mark.django_db
def test_fewer_than_six_who_came_or_who_missed_it_are_not_counted_out(ashdown):
    made = pupils(ashdown, 20)
    talk(ashdown, title="Few came", absent=made[:16])
    talk(ashdown, title="Few missed it", absent=made[:3])
    talk(ashdown, title="Nobody missed it")
    assert done_lines(ashdown) == [
        ("Nobody missed it", "Year 10", "", 1, "20 of 20", "100 % assumed"),
        ("Few came", "Year 10", "", 1, "fewer than 6", ""),
        ("Few missed it", "Year 10", "", 1, "all but a few", ""),
    ]


@pytest.mark.django_db
def test_the_sessions_of_one_activity_are_one_line(ashdown):
    tens, elevens = pupils(ashdown, 8), pupils(ashdown, 9, year_group=11, tutor_group="11A", surname="Lowe")
    leader = person(ashdown, "careers-leader")
    with working_in(ashdown.school):
        fair = plan_activity(title="Careers fair", activity_type="FAIR", by=leader)
        for days, invited, partner in ((3, tens, "Millworks"), (2, elevens, "Copper Fox"), (1, tens[:6], "Tidewell")):
            session = plan_session(
                fair,
                held_on=date(2026, 11, 24) - timedelta(days=days),
                invited=Invited(pupils=tuple(invited)),
                by=leader,
                partner_name=partner,
            )
            it_happened(session, by=leader)
            if days == 2:
                strike_off(session, absent=[each.pk for each in elevens], by=leader)
    ((title, who, partner, sessions, took_part, _),) = done_lines(ashdown)
    assert (title, who, partner, sessions) == ("Careers fair", "Years 10 and 11", "Copper Fox and 2 more", 3)
    assert took_part == "14 of 23"


# --- what is planned ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_weekly_guidance_is_one_line_a_half_term_and_names_no_number_of_pupils(ashdown):
    elevens = pupils(ashdown, 3, year_group=11, tutor_group="11A")
    leader = person(ashdown, "careers-leader")
    with working_in(ashdown.school):
        CalendarEntry.objects.create(starts_on=date(2026, 12, 20), ends_on=date(2027, 1, 3), kind="holiday")
        guidance = plan_activity(title="Guidance meetings", activity_type="PG", by=leader)
        for week in (*range(3), *range(6, 8)):
            plan_session(
                guidance,
                held_on=date(2026, 11, 30) + timedelta(weeks=week),
                invited=Invited(pupils=tuple(elevens)),
                by=leader,
            )
        group = Group.objects.create(name="Looked after pupils", kind="other", academic_year=2026, year_group=9)
        club = plan_activity(title="Visit to a college", activity_type="FEVISIT", by=leader)
        plan_session(club, held_on=date(2026, 12, 3), invited=Invited(groups=(group,)), by=leader)
        rows = planned(planned_between(date(2026, 11, 24), date(2027, 3, 24)))
    assert [(row["when"], row["title"], row["how_often"], row["who"]) for row in rows] == [
        ("30 November to 14 December 2026", "Guidance meetings", "3 sessions, weekly", "Year 11"),
        ("3 December 2026", "Visit to a college", "", "Year 9"),
        ("11 January to 18 January 2027", "Guidance meetings", "2 sessions", "Year 11"),
    ]


@pytest.mark.once
def test_year_groups_in_words():
    assert [years_in_words(years) for years in (set(), {10}, {9, 11}, {7, 9, 10}, {9, 10, 11, 12, 13})] == [
        "Pupils",
        "Year 10",
        "Years 9 and 11",
        "Years 7, 9 and 10",
        "Years 9 to 13",
    ]


# --- terms -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_year_has_three_terms_that_meet(ashdown):
    with working_in(ashdown.school):
        for starts_on, ends_on, kind in (
            (date(2026, 10, 26), date(2026, 10, 30), "half-term"),
            (date(2026, 12, 19), date(2027, 1, 4), "holiday"),
            (date(2027, 2, 15), date(2027, 2, 19), "half-term"),
            (date(2027, 3, 25), date(2027, 4, 9), "holiday"),
            (date(2027, 5, 31), date(2027, 6, 4), "half-term"),
            (date(2027, 7, 22), date(2027, 8, 31), "holiday"),
        ):
            CalendarEntry.objects.create(starts_on=starts_on, ends_on=ends_on, kind=kind)
        assert [(each.name, each.starts_on, each.ends_on) for each in terms_of(2026)] == [
            ("Autumn term 2026", date(2026, 9, 1), date(2027, 1, 4)),
            ("Spring term 2027", date(2027, 1, 5), date(2027, 4, 9)),
            ("Summer term 2027", date(2027, 4, 10), date(2027, 8, 31)),
        ]


@pytest.mark.django_db
def test_the_term_that_runs_is_offered_first(ashdown):
    with working_in(ashdown.school):
        assert [each.name for each in choosable_terms(date(2026, 11, 24))] == ["Autumn term 2026", "Summer term 2026"]
        assert [each.name for each in choosable_terms(date(2027, 5, 4))] == [
            "Summer term 2027",
            "Spring term 2027",
            "Autumn term 2026",
        ]
        assert term_asked("2025-summer", date(2026, 11, 24)).name == "Summer term 2026"
        assert {term_asked(key, date(2026, 11, 24)).name for key in ("", "x", "2026-spring", "2020-autumn")} == {
            "Autumn term 2026"
        }
