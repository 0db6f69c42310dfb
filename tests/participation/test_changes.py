"""The ledger: one live row a person and occasion, corrections that supersede, withdrawals that restore."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from dekaan.core.academic_year import today
from dekaan.frameworks.queries import Answers, judged_meaningful, mask_of, not_shown_yet, spelled
from dekaan.participation.changes import (
    BuiltUpon,
    Mark,
    Occasion,
    Recorded,
    record_participation,
    restate,
    retag,
    withdraw,
)
from dekaan.participation.models import KnownBy, Participation, State
from dekaan.participation.queries import history_of, live
from tests.databases import ON_POSTGRES
from tests.stock import pupil


def talk(**otherwise) -> Occasion:
    return Occasion(
        **{
            "source_kind": "session",
            "source_id": 1,
            "title": "Talk",
            "happened_on": today(),
            "activity_type": "TALK",
            "criteria": mask_of(["GB24.5.1"]),
        }
        | otherwise
    )


def states() -> list[tuple[str, str, int]]:
    return [(row.pupil.forename, row.state, row.counts) for row in live().select_related("pupil").order_by("pupil")]


def test_priya_records_who_was_there(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben")
    done = record_participation(
        [(talk(), [Mark(ada.pk, State.ATTENDED), Mark(ben.pk, State.ABSENT)])], by=in_ashdown.priya, batch="b1"
    )
    assert done == Recorded(written=2)
    assert states() == [("Ada", "attended", 1), ("Ben", "absent", 0)]


def test_pressed_twice_it_is_one_effect(in_ashdown):
    ada = pupil("Ada")
    for _ in range(3):
        done = record_participation([(talk(), [Mark(ada.pk, State.ATTENDED)] * 2)], by=in_ashdown.priya)
    assert done == Recorded(unchanged=1)
    assert Participation.objects.count() == 1


def test_a_correction_supersedes_and_the_old_row_says_by_which(in_ashdown):
    ada = pupil("Ada")
    record_participation([(talk(), [Mark(ada.pk, State.ATTENDED)])], by=in_ashdown.priya)
    record_participation([(talk(), [Mark(ada.pk, State.ABSENT, KnownBy.CONFIRMED)])], by=in_ashdown.tom)
    first, second = history_of(live().get(pupil_id=ada.pk))
    assert (first.state, first.superseded_by, first.superseded_at is None) == ("attended", second, False)
    assert (second.state, second.known_by, second.superseded_at) == ("absent", "confirmed", None)
    assert second.recorded_by == in_ashdown.tom


def test_withdrawing_a_press_brings_back_what_it_superseded(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben")
    record_participation([(talk(), [Mark(ada.pk, State.ABSENT)])], by=None, batch="first")
    both = [Mark(ada.pk, State.ATTENDED), Mark(ben.pk, State.ATTENDED)]
    record_participation([(talk(), both)], by=None, batch="second")
    assert withdraw("second", by=in_ashdown.priya) == Recorded(written=1, superseded=2)
    assert states() == [("Ada", "absent", 0)]


def test_withdrawing_names_how_many_rows_were_corrected_since(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben")
    both = [Mark(ada.pk, State.ATTENDED), Mark(ben.pk, State.ATTENDED)]
    record_participation([(talk(), both)], by=None, batch="press")
    record_participation([(talk(), [Mark(ben.pk, State.PART)])], by=None, batch="later")
    with pytest.raises(BuiltUpon) as refusal:
        withdraw("press", by=in_ashdown.priya)
    assert refusal.value.rows == 1
    withdraw("press", by=in_ashdown.priya, only_untouched=True)
    assert states() == [("Ben", "part", 0)]


def test_withdrawing_no_press_withdraws_nothing(in_ashdown):
    record_participation([(talk(), [Mark(pupil().pk, State.ATTENDED)])], by=None)
    assert withdraw("", by=in_ashdown.priya) == Recorded()
    assert live().count() == 1


@pytest.mark.parametrize(("part_counts", "counts"), [(False, 0), (True, 1)])
def test_part_counts_only_where_the_school_says_so(in_ashdown, part_counts, counts):
    in_ashdown.ashdown.part_counts = part_counts
    in_ashdown.ashdown.save()
    record_participation([(talk(), [Mark(pupil("Ada").pk, State.PART)])], by=None)
    assert states() == [("Ada", "part", counts)]


def test_an_invitation_nobody_recorded_leaves_its_criteria_unknown(in_ashdown):
    record_participation([(talk(), [Mark(pupil().pk, State.INVITED)])], by=None)
    row = live().get()
    assert (row.counts, row.criteria_unknown) == (0, row.criteria | not_shown_yet(row.criteria))


def test_whoever_took_part_in_what_nobody_said_was_meaningful_leaves_that_unknown(in_ashdown):
    record_participation([(talk(), [Mark(pupil().pk, State.ATTENDED)])], by=None)
    row = live().get()
    assert (row.criteria, spelled(row.criteria_unknown)) == (mask_of(["GB24.5.1"]), "GB24.5.1.shown")
    assert retag("session", 1, judged_meaningful(row.criteria, Answers(yes=-1))) == 1
    row.refresh_from_db()
    assert (spelled(row.criteria), row.criteria_unknown) == ("GB24.5.1 GB24.5.1.shown", 0)


def test_the_day_of_the_year_is_kept_for_the_cut_off(in_ashdown):
    record_participation([(talk(happened_on=date(2026, 2, 28)), [Mark(pupil().pk, State.ATTENDED)])], by=None)
    row = live().get()
    assert (row.academic_year, row.academic_day) == (2025, 180)


def test_retagging_changes_judgement_and_no_fact(in_ashdown):
    ada = pupil("Ada")
    record_participation([(talk(), [Mark(ada.pk, State.ATTENDED)])], by=None)
    assert retag("session", 1, mask_of(["GB24.6.1"])) == 1
    row = live().get()
    assert (row.criteria, row.state, Participation.objects.count()) == (mask_of(["GB24.6.1"]), "attended", 1)


def test_the_database_itself_refuses_a_second_live_row(in_ashdown):
    ada = pupil("Ada")
    record_participation([(talk(), [Mark(ada.pk, State.ATTENDED)])], by=None)
    row = live().get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_press_withdrawn_after_a_later_one_brings_back_what_was_before_both(in_ashdown):
    ada = pupil("Ada")
    for batch, state in (("first", State.ABSENT), ("second", State.ATTENDED), ("third", State.PART)):
        record_participation([(talk(), [Mark(ada.pk, state)])], by=None, batch=batch)
    withdraw("third", by=in_ashdown.priya)
    withdraw("second", by=in_ashdown.priya, gone=["third"])
    assert states() == [("Ada", "absent", 0)]
    withdraw("first", by=in_ashdown.priya, gone=["third", "second"])
    assert states() == []


def test_a_restated_occasion_keeps_who_took_part_and_which_press_said_so(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben")
    both = [Mark(ada.pk, State.ATTENDED), Mark(ben.pk, State.ABSENT, KnownBy.CONFIRMED)]
    record_participation([(talk(), both)], by=in_ashdown.priya, batch="press")
    assert restate(talk(minutes=45), by=in_ashdown.tom) == Recorded(written=2, superseded=2)
    assert restate(talk(minutes=45), by=in_ashdown.tom) == Recorded(unchanged=2)
    assert states() == [("Ada", "attended", 1), ("Ben", "absent", 0)]
    assert withdraw("press", by=in_ashdown.priya) == Recorded(superseded=2)


def test_only_open_leaves_alone_whoever_more_is_said_of(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben")
    invited = [Mark(ada.pk, State.OPTED_OUT), Mark(ben.pk, State.INVITED)]
    record_participation([(talk(), invited)], by=None)
    both = [Mark(ada.pk, State.ATTENDED), Mark(ben.pk, State.ATTENDED)]
    record_participation([(talk(), both)], by=in_ashdown.priya, only_open=True)
    assert states() == [("Ada", "opted_out", 0), ("Ben", "attended", 1)]


if ON_POSTGRES:  # column privileges are PostgreSQL's

    def test_postgresql_itself_refuses_to_overwrite_or_delete_a_fact(in_ashdown):
        record_participation([(talk(), [Mark(pupil("Ada").pk, State.ATTENDED)])], by=None)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Participation.objects.update(state="absent")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Participation.objects.all()._raw_delete("default")


def test_a_long_history_is_written_as_a_short_one_is(in_ashdown, monkeypatch):
    people = [pupil(name).pk for name in ("Ada", "Ben")]
    for source_id, many in ((1, 500), (2, 0)):
        monkeypatch.setattr("dekaan.participation.changes.recording.MANY", many)
        for state in (State.ATTENDED, State.ABSENT):
            marks = [Mark(pk, state, KnownBy.CHECKED) for pk in people]
            record_participation([(talk(source_id=source_id), marks)], by=in_ashdown.priya, batch="import-1")
    skipped = ("id", "source_id", "recorded_at", "superseded_at", "superseded_by_id")
    written = {
        source_id: [
            {name: value for name, value in row.items() if name not in skipped}
            for row in Participation.objects.filter(source_id=source_id).order_by("pk").values()
        ]
        for source_id in (1, 2)
    }
    assert written[1] == written[2]
    assert len(written[1]) == 4
    times = list(Participation.objects.order_by("pk").values_list("recorded_at", flat=True))
    assert times == sorted(times)
    assert Participation.objects.filter(superseded_by__isnull=False).count() == 4
