"""Whom a session for staff, or for parents and carers, invites."""

from datetime import timedelta

from django.urls import reverse

from dekaan.access.queries import assignments_in
from dekaan.core.academic_year import today
from dekaan.measures.changes import verify
from dekaan.participation.queries import live
from dekaan.people.changes import add_carer, add_staff_member
from dekaan.people.models import Group
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.programme.forms import NewSession
from dekaan.programme.queries import invited_others, others_recorded
from tests.stock import pupil


def names_invited(activity_type, invited, people):
    activity = plan_activity(title="For others", activity_type=activity_type, by=None)
    session = plan_session(activity, held_on=today(), invited=invited, by=None)
    by_id = {each.pk: str(each) for each in people}
    return sorted(by_id[pk] for _, pk in invited_others(session))


def seen_by_priya(stock, session):
    """Staff, parents and carers of whom something is recorded, as the Careers Leader sees them."""
    return others_recorded(session, assignments_in(stock.priya, stock.ashdown))


def test_training_invites_those_who_work_here_that_day(in_ashdown):
    people = [
        add_staff_member(surname=name, forename="Ann", by=None, **dates)
        for name, dates in {
            "Always": {},
            "First": {"starts_on": today()},
            "Last": {"ends_on": today() + timedelta(days=1)},
            "Gone": {"ends_on": today()},
            "Soon": {"starts_on": today() + timedelta(days=1)},
        }.items()
    ]
    assert names_invited("STAFFCPD", Invited(), people) == ["Ann Always", "Ann First", "Ann Last"]


def test_an_evening_invites_parents_and_carers_of_a_year_a_group_or_everybody(in_ashdown):
    ada, ben, cy = (
        pupil("Ada", tutor_group="10A"),
        pupil("Ben", tutor_group="10B"),
        pupil("Cy", year_group=11, tutor_group="11A"),
    )
    people = [
        add_carer(surname="Lovell", forename="Mary", pupils=[ada, ben], by=None),
        add_carer(surname="Lovell", forename="Ned", pupils=[ben], by=None),
        add_carer(surname="Lovell", forename="Olive", pupils=[cy], by=None),
    ]
    group = Group.objects.get(name="10A")
    assert names_invited("PARENT", Invited(year_groups=(10,)), people) == ["Mary Lovell", "Ned Lovell"]
    assert names_invited("PARENT", Invited(groups=(group,)), people) == ["Mary Lovell"]
    assert names_invited("PARENT", Invited(pupils=(cy,)), people) == ["Olive Lovell"]
    assert names_invited("PARENT", Invited(), people) == ["Mary Lovell", "Ned Lovell", "Olive Lovell"]


def test_whoever_works_here_may_be_the_adviser_before_the_school_says_that_they_are_qualified(in_ashdown):
    grace = add_staff_member(surname="Bell", forename="Grace", by=None)
    form = NewSession(activity=plan_activity(title="Guidance", activity_type="PG", by=None))
    assert list(form.fields["adviser"].queryset) == [grace]


def test_who_was_away_from_the_training_is_said_one_by_one_and_counts_for_no_pupil(in_ashdown, client):
    ann, bob = (add_staff_member(surname=name, forename="Staff", by=None) for name in ("Ash", "Birch"))
    training = plan_activity(title="Training", activity_type="STAFFCPD", by=in_ashdown.priya)
    session = plan_session(training, held_on=today(), invited=Invited(), by=in_ashdown.priya)
    client.force_login(in_ashdown.priya)
    client.post(reverse("session-happened", args=["ashdown", session.pk]))
    away = reverse("session-correct-staff", args=["ashdown", session.pk, ann.pk])
    page = client.post(away, follow=True).content.decode()
    assert "Who was there (1 of 2)" in page
    assert [(row.name, row.was_there) for row in seen_by_priya(in_ashdown, session)] == [
        ("Ash, Staff", False),
        ("Birch, Staff", True),
    ]
    client.post(away, {"state": "attended"})
    assert [row.was_there for row in seen_by_priya(in_ashdown, session)] == [True, True]
    assert (live().filter(pupil__isnull=False).count(), verify()) == (0, [])
    client.force_login(in_ashdown.sam)  # a tutor, who does not lead it
    assert client.post(away).status_code == 403
    assert bob.pk in {row.pk for row in seen_by_priya(in_ashdown, session)}


def test_a_parent_who_did_not_come_is_marked_as_away(in_ashdown, client):
    mary = add_carer(surname="Lovell", forename="Mary", pupils=[pupil("Ada")], by=None)
    evening = plan_activity(title="Evening", activity_type="PARENT", by=in_ashdown.priya)
    session = plan_session(evening, held_on=today(), invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    client.force_login(in_ashdown.priya)
    away = reverse("session-correct-carer", args=["ashdown", session.pk, mary.pk])
    assert "Nobody has recorded this session yet" in client.post(away, follow=True).content.decode()
    client.post(reverse("session-happened", args=["ashdown", session.pk]))
    client.post(away)
    assert [(row.name, row.is_staff, row.was_there) for row in seen_by_priya(in_ashdown, session)] == [
        ("Lovell, Mary", False, False)
    ]
