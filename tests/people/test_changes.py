"""People join, leave, come back and are corrected; what is kept about them follows at once, in every year."""

from datetime import date

import pytest

from dekaan.audit.models import Event
from dekaan.core.academic_year import year_start
from dekaan.core.scope import working_in
from dekaan.measures.changes import verify
from dekaan.people.changes import (
    AlreadyOnRoll,
    NotOnRoll,
    change_pupil,
    change_year_record,
    join_school,
    leave_school,
    place_in_tutor_group,
    return_to_school,
    update_roll,
)
from dekaan.people.models import Enrolment, FormerIdentifier, Membership, Pupil, YearRecord
from dekaan.people.queries import in_groups
from dekaan.people.roll import RollEntry
from dekaan.schools.changes import close_year
from dekaan.schools.models import AcademicYear
from tests.stock import THIS_YEAR, pupil

AUTUMN = date(THIS_YEAR, 10, 5)


def test_somebody_who_has_been_here_for_years_is_counted_in_each_of_them(in_ashdown):
    join_school(surname="Lovell", forename="Ada", year_group=11, starts_on=year_start(THIS_YEAR - 2), by=None)
    assert verify() == []


def test_a_list_with_old_dates_of_admission_is_counted_in_each_of_them(in_ashdown):
    entries = [
        RollEntry(
            None,
            fields={"surname": "Lovell", "forename": f"P{number}"},
            year_fields={"year_group": 11},
            tutor_group="11A",
            joins_on=year_start(THIS_YEAR - number),
        )
        for number in range(4)
    ]
    update_roll(entries, on=AUTUMN, by=in_ashdown.priya)
    assert verify() == []
    # A group of this year has nobody before it.
    assert set(Membership.objects.values_list("starts_on", flat=True)) == {year_start(THIS_YEAR)}


def test_leaving_coming_back_and_corrections_leave_nothing_stale(in_ashdown):
    ada, by = pupil("Ada", year_group=11), in_ashdown.priya
    leave_school(ada, on=date(THIS_YEAR - 1, 11, 2), by=by)
    assert verify() == []
    return_to_school(ada, year_group=11, starts_on=AUTUMN, by=by)
    assert verify() == []
    with pytest.raises(AlreadyOnRoll):
        return_to_school(ada, year_group=11, starts_on=AUTUMN, by=by)
    change_year_record(ada, THIS_YEAR - 2, by=by, year_group=8, sen="K")
    change_pupil(ada, by=by, benchmark_cohort=False)
    assert verify() == []
    leave_school(ada, on=AUTUMN, by=by)
    with pytest.raises(NotOnRoll):
        leave_school(ada, on=AUTUMN, by=by)


def test_a_date_of_leaving_to_come_may_be_brought_forward(in_ashdown):
    ada, by = pupil("Ada"), in_ashdown.priya
    leave_school(ada, on=date(THIS_YEAR + 1, 7, 20), by=by)
    leave_school(ada, on=AUTUMN, by=by)
    assert [str(each.ends_on) for each in Enrolment.objects.filter(pupil=ada)] == [str(AUTUMN)]


def test_a_pupil_is_in_one_tutor_group_at_a_time(in_ashdown):
    ada = pupil("Ada", tutor_group="10A")
    place_in_tutor_group(ada, "10B", on=AUTUMN, by=in_ashdown.priya)
    before, after = Membership.objects.filter(pupil=ada).order_by("pk")
    assert (before.group.name, before.ends_on, after.group.name, after.ends_on) == ("10A", AUTUMN, "10B", None)
    assert list(Pupil.objects.filter(in_groups([before.group_id], AUTUMN))) == []
    assert YearRecord.objects.get(pupil=ada, academic_year=THIS_YEAR).tutor_group.name == "10B"


def test_a_temporary_upn_is_kept_when_the_permanent_one_comes(in_ashdown):
    ada = pupil("Ada", upn="T20110001804V")
    change_pupil(ada, by=in_ashdown.priya, upn="R201100018042")
    assert list(FormerIdentifier.objects.values_list("kind", "value")) == [("upn", "T20110001804V")]


def test_a_late_correction_reopens_a_closed_year_and_the_audit_says_so(in_ashdown):
    ada, last = pupil("Ada"), THIS_YEAR - 1
    close_year(last, by=in_ashdown.priya)
    change_year_record(ada, last, by=in_ashdown.priya, sex="F")
    assert AcademicYear.objects.get(start_year=last).frozen_at is None
    said = Event.objects.filter(subject="academic year").order_by("pk").values_list("action", "subject_id", "actor_id")
    assert list(said) == [
        ("academic year closed", last, in_ashdown.priya.pk),
        ("academic year reopened", last, in_ashdown.priya.pk),
    ]


def test_another_schools_pupils_are_counted_in_their_own_school(in_ashdown):
    pupil("Ada")
    with working_in(in_ashdown.beckford):
        pupil("Ben")
        assert verify() == []
    assert verify() == []
