"""Observations: how long they are good, what is followed, and the cabinet and archive in which they stand by themselves."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from dekaan.core.academic_year import months_after, today
from dekaan.evidence.archive import archive_of, index_of
from dekaan.evidence.changes import add_evidence
from dekaan.evidence.models import Evidence
from dekaan.evidence.queries import cabinet, facts_shown
from dekaan.frameworks.queries import benchmarks_in_force
from dekaan.schemes import changes
from dekaan.schemes.holding import holds_months
from dekaan.schemes.models import Observation
from dekaan.schemes.queries import observations_good_on, overdue, to_follow
from tests.schemes.given import acting, colleague, lesson, scheme, seen

pytestmark = pytest.mark.django_db

IN_FORCE = benchmarks_in_force(today())


def rows():
    """Of each criterion the titles of what stands under it besides its facts, and whether it is a gap."""
    return {
        row.criterion.id: ([line.piece.title for line in row.others], row.is_gap)
        for _, listed in cabinet(IN_FORCE, today()).benchmarks
        for row in listed
    }


def under_theme(key: str):
    named = [row for _, listed in cabinet(IN_FORCE, today()).themes for row in listed if row.theme.key == key]
    return [line.piece.title for line in named[0].lines]


@pytest.mark.parametrize(
    ("seen_on", "good"),
    [
        (date(2025, 6, 15), date(2026, 6, 15)),
        (date(2024, 2, 29), date(2025, 2, 28)),  # no such day in the year after
        (date(2026, 8, 31), date(2027, 8, 31)),
    ],
)
def test_it_is_good_for_twelve_months_to_the_day(in_ashdown, seen_on, good):
    assert holds_months() == 12
    walk = seen(seen_on=seen_on)
    assert walk.valid_until == good
    found = [observations_good_on(each) for each in (seen_on - timedelta(1), seen_on, good, good + timedelta(1))]
    assert found == [[], [walk], [walk], []]


def test_it_stands_in_the_cabinet_by_itself_and_closes_a_gap_while_it_is_good(in_ashdown):
    assert rows()["GB24.4.1"] == ([], True)
    walk = seen(criteria=["GB24.4.1"], themes=["quality-impact"], of_what="science")
    assert rows()["GB24.4.1"] == (["Learning walk: science"], False)
    assert under_theme("quality-impact") == ["Learning walk: science"]
    assert not Evidence.objects.exists()
    changes.change_observation(walk, seen_on=months_after(today(), -13), by=None)
    assert rows()["GB24.4.1"] == ([], True)
    assert under_theme("quality-impact") == []


def test_it_shows_no_fact_and_is_counted_once(in_ashdown):
    """What Compass asks of the whole school is a dated paper; a walk that serves the same criterion is none."""
    seen(criteria=["GB24.1.1"])
    assert {each.state for each in facts_shown(today()).values()} == {"none"}
    add_evidence(title="Policy", kind="statement", facts=["programme-written"], criteria=["GB24.1.1"], by=None)
    found = cabinet(IN_FORCE, today())
    assert found.total == 2
    assert rows()["GB24.1.1"][0] == ["Learning walk"]  # the policy stands at its fact


def test_it_is_not_among_what_somebody_renews(in_ashdown):
    seen(criteria=["GB24.4.1"], seen_on=months_after(today(), -12) + timedelta(days=5))
    found = cabinet(IN_FORCE, today())
    assert (found.soon, found.expired) == ((), ())
    (row,) = [each for _, listed in found.benchmarks for each in listed if each.criterion.id == "GB24.4.1"]
    assert [line.state for line in row.others] == ["soon"]


def test_one_that_serves_nothing_says_so(in_ashdown):
    seen()
    assert [line.piece.title for line in cabinet(IN_FORCE, today()).loose] == ["Learning walk"]


def test_a_piece_and_an_observation_of_the_same_number_are_two(in_ashdown):
    piece = add_evidence(title="Map", kind="statement", facts=[], criteria=["GB24.4.1"], by=None)
    walk = seen(criteria=["GB24.4.1"])
    Observation.objects.filter(pk=walk.pk).update(id=piece.pk)
    assert sorted(rows()["GB24.4.1"][0]) == ["Learning walk", "Map"]


def test_it_goes_into_the_archive_with_what_was_seen_and_who_only_where_that_is_asked(in_ashdown):
    seen(
        criteria=["GB24.4.1"],
        good="The task was clear.",
        to_work_on="More time.",
        action="Buy posters",
        action_due_on=today(),
        seen_by=colleague(),
        visitor="A. Dale, trust",
    )
    plain, named = (
        index_of(archive_of(in_ashdown.ashdown, on=today(), frameworks=[IN_FORCE], with_owners=each))
        for each in (False, True)
    )
    for words in ("Pupils compared three jobs.", "Good: The task was clear.", "To work on: More time."):
        assert words in plain
    assert ("Buy posters" in plain, "Adeyemi" in plain, "A. Dale" in plain) == (False, False, False)
    assert "Head of English and a visitor" in plain
    assert ("Adeyemi" in named, "and A. Dale, trust" in named) == (True, True)
    gone = archive_of(in_ashdown.ashdown, on=months_after(today(), 13), frameworks=[IN_FORCE])
    assert gone.entries == ()


def test_an_action_is_followed_until_it_is_done_or_dropped_with_a_reason(in_ashdown):
    late, soon = acting(-1), acting(5)
    assert [(each.pk, each.action_state) for each in to_follow()] == [(late.pk, "overdue"), (soon.pk, "open")]
    assert list(overdue()) == [late]
    changes.finish_action(late, by=in_ashdown.priya)
    changes.drop_action(soon, because="The wall is gone", by=in_ashdown.priya)
    assert (to_follow(), late.action_state, soon.action_state) == ([], "done", "dropped")
    changes.reopen_action(soon, by=in_ashdown.priya)
    assert (to_follow(), soon.action_dropped_because) == ([soon], "")
    with pytest.raises(changes.NoAction):
        changes.finish_action(seen(), by=None)


def test_done_and_dropped_at_once_is_refused_by_the_database(in_ashdown):
    late = acting(-1)
    late.action_done_on = late.action_dropped_on = today()
    with pytest.raises(IntegrityError), transaction.atomic():
        late.save()


def test_an_action_that_is_taken_out_is_followed_no_more(in_ashdown):
    late = acting(-1)
    changes.finish_action(late, by=None)
    changes.change_observation(late, action="", action_due_on=None, action_who=None, by=None)
    late.refresh_from_db()
    assert (late.action_state, late.action_done_on) == ("", None)


def test_a_lesson_that_is_removed_leaves_its_observation(in_ashdown):
    jobs = lesson(scheme())
    walk = seen(kind="lesson", lesson=jobs)
    assert walk.title == "Lesson observed: Jobs near us (What comes next)"
    changes.remove_lesson(jobs, by=None)
    assert Observation.objects.get().title == "Lesson observed"


def test_old_observations_go_as_long_after_they_were_good_as_evidence_does(in_ashdown):
    seen(seen_on=today())
    old = seen(seen_on=months_after(today(), -12 * 4 - 1))
    assert changes.let_old_observations_go(months_after(today(), -12 * 3)) == 1
    assert not Observation.objects.filter(pk=old.pk).exists()
    assert changes.let_old_observations_go(months_after(today(), -12 * 3)) == 0
