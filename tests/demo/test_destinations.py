"""Leavers of the demonstration: little known of last summer's, most of the summer before, and something of every kind."""

from collections import Counter
from datetime import date

import pytest

from dekaan.core.scope import working_in
from dekaan.demo.build import build
from dekaan.destinations.models import OUTCOMES, PLANS, Kind, Ruling, Statement, Wish
from dekaan.destinations.queries import Leaver, Outcome, latest_wishes, leavers, may_be_asked, may_be_shared
from dekaan.people.models import Pupil

DAY = date(2026, 11, 24)
LAST_SUMMER, BEFORE, THREE_AGO = 2025, 2024, 2023


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path):
    settings.TODAY, settings.DATA, settings.MEDIA_ROOT = str(DAY), tmp_path, tmp_path / "uploads"


def outcomes(leaver: Leaver) -> list:
    return [each for each in leaver.moments if each.kind not in PLANS]


def test_leavers_of_two_summers_are_followed_as_a_school_would(db):
    (ashdown,) = build(schools=1, pupils=150, years=3).schools
    with working_in(ashdown):
        last, before = (leavers(year, Pupil.objects.all(), DAY) for year in (LAST_SUMMER, BEFORE))
        assert {each.year_group for each in last} == {each.year_group for each in before} == {11, 13}
        assert len(last) > 15
        assert 0 < sum(bool(outcomes(each)) for each in last) < len(last) / 3
        nothing = sum(not outcomes(each) for each in before)
        assert len(before) / 10 < nothing < len(before) / 3
        judged = Counter(each.judgement.council.outcome for each in before)
        assert judged[Outcome.SUSTAINED] > judged[Outcome.NOT_SUSTAINED] > 0 < judged[Outcome.UNKNOWN]
        assert sum(any(m.disagrees for m in outcomes(each)) for each in last) == 2
        names = Counter((each.pupil.surname, each.pupil.forename) for each in last)
        assert 2 in names.values()
        ids = {each.pupil.pk for each in (*last, *before)}
        assert ids - may_be_shared(ids)
        touch = {pk: wish for (pk, about), wish in latest_wishes(ids).items() if about == Wish.About.KEEP_IN_TOUCH}
        assert {may_be_asked(wish, DAY) for wish in touch.values()} == {True, False}
        kinds = set(Statement.objects.values_list("kind", flat=True))
        assert kinds == {*OUTCOMES, Kind.INTENTION, Kind.OFFER} - {Kind.YEAR_3}
        assert Ruling.objects.count() == 1
        earlier = leavers(THREE_AGO, Pupil.objects.all(), DAY)
        assert {each.year_group for each in earlier} == {11, 13}
        said = Counter(moment.kind for each in earlier for moment in outcomes(each))
        assert len(earlier) > said[Kind.POSITION] > said[Kind.YEAR_1] > said[Kind.YEAR_2] > len(earlier) / 8
        later = {moment.kind for each in (*last, *before) for moment in each.moments}
        assert Kind.YEAR_2 not in later


def test_nothing_is_said_of_a_day_that_is_to_come(db, settings):
    settings.TODAY = "2026-10-02"
    for school in build(pupils=60, years=2).schools:
        with working_in(school):
            assert not Statement.objects.filter(said_on__gt=date(2026, 10, 2)).exists()
            assert not Statement.objects.filter(as_of__gt=date(2026, 10, 2)).exists()
            assert not Wish.objects.filter(said_on__gt=date(2026, 10, 2)).exists()
