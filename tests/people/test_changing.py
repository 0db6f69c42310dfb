"""A pupil is corrected by hand, leaves, comes back, and is named as one whom the benchmarks do not fit."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today, year_start
from dekaan.core.scope import working_in
from dekaan.measures.changes import verify
from dekaan.people.changes import (
    HasNotLeft,
    LeftBeforeJoining,
    correct_pupil,
    leave_school,
    return_to_school,
    take_back_leaving,
)
from dekaan.people.models import Enrolment, FormerIdentifier, Group, Membership, Pupil, YearRecord
from dekaan.people.queries import (
    cohort_reviews_due,
    odd_numbers,
    outside_cohort,
    pupil_with_stays,
    tutor_group_of,
)
from tests.factories.schools import person, place, pupils
from tests.stock import THIS_YEAR, pupil


def stays(someone):
    return list(Enrolment.objects.filter(pupil=someone).values_list("starts_on", "ends_on"))


def group(someone):
    found = tutor_group_of(someone, today())
    return found.name if found else None


def test_what_is_corrected_is_counted_and_what_is_the_same_is_left_alone(in_ashdown):
    ada, by = pupil("Ada", upn="T20110001804V"), in_ashdown.priya
    pupil("Ben", tutor_group="10B")
    before = Event.objects.count()
    correct_pupil(ada, by=by, forename="Ada", year_group=10, tutor_group="10A", email="")
    assert Event.objects.count() == before
    correct_pupil(
        ada, by=by, forename="Adah", upn="R201100018042", year_group=11, tutor_group="10B", benchmark_cohort=False
    )
    ada.refresh_from_db()
    record = YearRecord.objects.get(pupil=ada, academic_year=THIS_YEAR)
    assert (ada.forename, record.year_group, record.tutor_group.name, group(ada)) == ("Adah", 11, "10B", "10B")
    assert list(FormerIdentifier.objects.values_list("value", flat=True)) == ["T20110001804V"]
    said = list(Event.objects.order_by("-pk").values_list("action", "actor_id", "subject_id")[:3])
    assert said == [
        ("pupil placed in a tutor group", by.pk, ada.pk),
        ("pupil's year changed", by.pk, ada.pk),
        ("pupil changed", by.pk, ada.pk),
    ]
    assert verify() == []


def test_a_pupil_may_be_in_no_tutor_group(in_ashdown):
    ada = pupil("Ada")
    correct_pupil(ada, by=None, tutor_group="")
    assert group(ada) is None
    assert YearRecord.objects.get(pupil=ada, academic_year=THIS_YEAR).tutor_group is None
    assert verify() == []


def test_a_day_of_leaving_is_taken_back_as_if_it_had_not_been_said(in_ashdown):
    ada, by = pupil("Ada"), in_ashdown.priya
    stay, memberships = stays(ada), list(Membership.objects.values_list("group__name", "starts_on", "ends_on"))
    for on in (today(), today() + timedelta(days=30)):
        leave_school(ada, on=on, by=by)
        take_back_leaving(ada, by=by)
        assert stays(ada) == stay
        assert list(Membership.objects.values_list("group__name", "starts_on", "ends_on")) == memberships
    with pytest.raises(HasNotLeft):
        take_back_leaving(ada, by=by)
    assert verify() == []


def test_nobody_leaves_before_they_joined(in_ashdown):
    ada, by = pupil("Ada", joined=year_start(THIS_YEAR)), in_ashdown.priya
    with pytest.raises(LeftBeforeJoining):
        leave_school(ada, on=year_start(THIS_YEAR) - timedelta(days=1), by=by)
    assert stays(ada) == [(year_start(THIS_YEAR), None)]
    leave_school(ada, on=year_start(THIS_YEAR), by=by)
    assert list(Membership.objects.filter(pupil=ada)) == []


def test_whoever_comes_back_is_in_the_group_that_is_said_and_in_no_old_one(in_ashdown):
    ada, by = pupil("Ada"), in_ashdown.priya
    Group.objects.create(kind="tutor", name="10C", academic_year=THIS_YEAR, year_group=10)
    leave_school(ada, on=today() - timedelta(days=9), by=by)
    return_to_school(ada, year_group=10, starts_on=today() - timedelta(days=2), by=by)
    assert group(ada) is YearRecord.objects.get(pupil=ada, academic_year=THIS_YEAR).tutor_group is None
    leave_school(ada, on=today() - timedelta(days=1), by=by)
    return_to_school(ada, year_group=10, starts_on=today(), tutor_group="10C", by=by)
    assert group(ada) == "10C"
    assert verify() == []


def test_a_pupil_comes_with_their_stays_in_one_statement(in_ashdown, django_assert_num_queries):
    ada, everyone = pupil("Ada"), Pupil.objects.all()
    leave_school(ada, on=date(THIS_YEAR, 9, 20), by=None)
    return_to_school(ada, year_group=10, starts_on=today(), by=None)
    with django_assert_num_queries(1):
        found, listed = pupil_with_stays(everyone, ada.pk)
    assert (found, [(each.starts_on, each.ends_on) for each in listed]) == (ada, stays(ada))
    nobody = Pupil.objects.create(surname="Lovell", forename="Nobody")
    assert pupil_with_stays(everyone, nobody.pk) == (nobody, [])
    assert pupil_with_stays(Pupil.objects.none(), ada.pk) == (None, [])


def test_odd_numbers_are_said_in_words(in_ashdown):
    pupil("Ben", upn="R201100018042")
    ada = pupil("Ada", upn="R201100018042", uln="12")
    assert odd_numbers(ada) == [
        "“12” does not look like a ULN, which is ten digits and does not begin with 0.",
        "Another pupil here has the UPN R201100018042 too.",
    ]
    assert odd_numbers(pupil("Cy")) == []


def test_the_cohort_lists_whom_to_look_at_again_first(in_ashdown):
    for name, review_on in {
        "Ada": None,
        "Ben": today() + timedelta(days=1),
        "Cy": today(),
        "Di": today() - timedelta(days=9),
    }.items():
        correct_pupil(
            pupil(name),
            by=None,
            benchmark_cohort=False,
            benchmark_cohort_reason="Pre-formal curriculum",
            benchmark_cohort_review_on=review_on,
        )
    pupil("Ed")
    gone = pupil("Flo", benchmark_cohort=False, benchmark_cohort_review_on=today())
    leave_school(gone, on=today(), by=None)
    seen = Pupil.objects.all()
    assert [(row.pupil.name, row.is_due) for row in outside_cohort(seen, today())] == [
        ("Lovell, Di", True),
        ("Lovell, Cy", True),
        ("Lovell, Ben", False),
        ("Lovell, Ada", False),
    ]
    assert [row.pupil.name for row in cohort_reviews_due(seen, today())] == ["Lovell, Di", "Lovell, Cy"]


@pytest.fixture
def northgate(db):
    at = place("northgate")
    (at.ada,) = pupils(at, 1, surname="Okafor", tutor_group="10A")
    return at


def address(at, name):
    return reverse(name, args=[at.slug, at.ada.pk])


def said(client, at):
    """What the form says now, as a browser would send it back."""
    form = client.get(address(at, "pupil-change")).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_pupil_change_saves_and_says_what_is_odd(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    told = said(client, northgate) | {"preferred_forename": "Addie", "upn": " a201100018042 "}
    page = client.post(address(northgate, "pupil-change"), told, follow=True).content.decode()
    assert "Addie Okafor is saved. The UPN A201100018042 should begin with R" in page
    assert (
        "The UPN A201100018042 should begin with R" in client.get(address(northgate, "pupil-change")).content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"surname": ""}, "This field is required"),
        ({"birth_date": "31/02/2012"}, "Give the date as day, month and year"),
        ({"upn": "X" * 14}, "A UPN has thirteen characters"),
        ({"year_group": "ten"}, "Give the year group as a number"),
        ({"year_group": "", "tutor_group": "10A"}, "Say which year group"),
        ({"tutor_group": "99Z"}, "Select a valid choice"),
        ({"benchmark_cohort": ""}, "Say why the benchmarks do not fit"),
        ({"benchmark_cohort": "", "benchmark_cohort_reason": "x"}, "Say when the school looks again"),
    ],
)
def test_pupil_change_says_what_is_wrong(client, northgate, wrong, words):
    client.force_login(person(northgate, "careers-leader"))
    answer = client.post(address(northgate, "pupil-change"), said(client, northgate) | wrong)
    assert (answer.status_code, words in answer.content.decode()) == (200, True)


def test_pupil_change_names_the_cohort_and_takes_the_reason_away_with_it(client, northgate):
    client.force_login(person(northgate, "careers-coordinator"))
    told = said(client, northgate)
    del told["benchmark_cohort"]
    told |= {"benchmark_cohort_reason": "Pre-formal curriculum", "benchmark_cohort_review_on": str(today())}
    client.post(address(northgate, "pupil-change"), told)
    page = client.get(address(northgate, "pupil-record")).content.decode()
    assert "Outside the benchmark cohort" in page
    assert "To look at again since" in page
    client.post(address(northgate, "pupil-change"), told | {"benchmark_cohort": "on"})
    with working_in(northgate.school):
        ada = Pupil.objects.get()
        assert (ada.benchmark_cohort, ada.benchmark_cohort_reason, ada.benchmark_cohort_review_on) == (True, "", None)
        assert verify() == []


def test_pupil_change_keeps_the_reason_from_an_administrator(client, northgate):
    with working_in(northgate.school):
        correct_pupil(northgate.ada, by=None, benchmark_cohort=False, benchmark_cohort_reason="Pre-formal curriculum")
    client.force_login(person(northgate, "careers-administrator"))
    for page in (address(northgate, "pupil-change"), reverse("cohort-list", args=["northgate"])):
        assert "Pre-formal" not in client.get(page).content.decode()
    client.post(address(northgate, "pupil-change"), said(client, northgate) | {"preferred_forename": "Addie"})
    with working_in(northgate.school):
        ada = Pupil.objects.get()
    assert (ada.preferred_forename, ada.benchmark_cohort, ada.benchmark_cohort_reason) == (
        "Addie",
        False,
        "Pre-formal curriculum",
    )


def test_pupil_leave_pupil_stay_and_pupil_return(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    page = client.post(address(northgate, "pupil-leave"), {"on": "2001-09-01"}).content.decode()
    assert "The pupil joined after that day" in page
    client.post(address(northgate, "pupil-leave"), {"on": str(today())})
    assert "Not on the roll" in client.get(address(northgate, "pupil-record")).content.decode()
    assert (
        "The pupil is not on the roll that day"
        in client.post(address(northgate, "pupil-leave"), {"on": str(today())}).content.decode()
    )
    client.post(address(northgate, "pupil-stay"))
    assert "Not on the roll" not in client.get(address(northgate, "pupil-record")).content.decode()
    back = {"starts_on": str(today()), "year_group": "10", "tutor_group": "10A"}
    assert "on the roll that day already" in client.post(address(northgate, "pupil-return"), back).content.decode()
    client.post(address(northgate, "pupil-leave"), {"on": str(today())})
    assert (
        "Give a day of this academic year"
        in client.post(address(northgate, "pupil-return"), back | {"starts_on": "2019-09-01"}).content.decode()
    )
    assert client.post(address(northgate, "pupil-return"), back).status_code == 302
    with working_in(northgate.school):
        assert group(northgate.ada) == "10A"
        assert verify() == []


def test_cohort_list_teaches_where_the_benchmarks_fit_everybody(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    assert "The benchmarks fit everybody" in client.get(reverse("cohort-list", args=["northgate"])).content.decode()


@pytest.mark.parametrize("role", ["tutor", "head-of-year", "senco", "headteacher", "careers-adviser"])
@pytest.mark.parametrize("name", ["pupil-change", "pupil-leave", "pupil-return", "carer-new"])
def test_changing_pupils_is_for_the_careers_team(client, northgate, role, name):
    client.force_login(person(northgate, role, {"tutor_groups": ["10A"], "year_groups": [10]}))
    assert client.get(address(northgate, name)).status_code == 403
