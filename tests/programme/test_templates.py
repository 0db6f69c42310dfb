"""Templates: an activity that comes back is planned in two presses, and counts as it should now."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.frameworks.queries import Answers, activity_types, flags, ids_of, mask_of, partner_kinds
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Activity, ActivityTemplate, Session
from dekaan.programme.queries import starters, usual_day
from dekaan.schools.models import CalendarEntry
from dekaan.schools.queries import usual_breaks
from tests.programme.test_views import at, counter, questions  # noqa: F401 a fixture
from tests.stock import THIS_YEAR, pupil


def template(**otherwise) -> ActivityTemplate:
    given = {"title": "Mill visit", "activity_type": "WVISIT", "mode": "workplace", "criteria": mask_of(["GB24.6.1"])}
    return ActivityTemplate.objects.create(**given | {"year_groups": [10], "minutes": 240} | otherwise)


@pytest.mark.once
def test_the_starting_set_is_a_dozen_of_kinds_that_there_are():
    assert len(starters()) == 12
    for each in starters().values():
        assert each.activity_type in activity_types()
        assert each.partner_kind in {"", *partner_kinds()}
        assert each.description


def test_priya_plans_from_a_template_in_two_presses(in_ashdown, client):
    pupil("Ada")
    kept = template(description="Bring boots")
    client.force_login(in_ashdown.priya)
    assert reverse("template-plan", args=["ashdown", kept.pk]) in client.get(at("template-list")).content.decode()
    form = client.get(at("template-plan", kept.pk)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert (sent["title"], sent["year_groups"], sent["minutes"]) == ("Mill visit", ["10"], 240)
    page = client.post(at("template-plan", kept.pk), sent, follow=True)
    assert "Planned: Mill visit on " in page.content.decode()
    activity = Activity.objects.get()
    assert (activity.description, activity.mode, ids_of(activity.criteria)) == (
        "Bring boots",
        "workplace",
        ("GB24.6.1",),
    )
    assert Session.objects.get().minutes == 240


def test_one_of_the_starting_set_is_planned_as_it_stands(in_ashdown, client):
    pupil("Ada", year_group=11, tutor_group="11A")
    client.force_login(in_ashdown.priya)
    form = client.get(at("starter-plan", "mock-interviews")).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    client.post(at("starter-plan", "mock-interviews"), sent)
    activity = Activity.objects.get()
    assert (activity.title, "GB24.5.1" in ids_of(activity.criteria)) == ("Mock interviews", True)
    assert client.get(at("starter-plan", "nothing-such")).status_code == 404


def test_another_kind_counts_as_that_kind_does(in_ashdown, client):
    pupil("Ada")
    kept = template()
    client.force_login(in_ashdown.priya)
    sent = {"title": "Lesson", "activity_type": "LESSON", "held_on": today(), "year_groups": ["10"]}
    client.post(at("template-plan", kept.pk), sent)
    assert ids_of(Activity.objects.get().criteria) == ("GB14.2.1", "GB24.2.1")


def test_a_template_of_repealed_benchmarks_says_so_and_counts_as_its_kind_usually_does(in_ashdown, client):
    pupil("Ada")
    kept = template(activity_type="TALK", criteria=mask_of(["GB14.5.1"]), partner_kind="employer")
    client.force_login(in_ashdown.priya)
    page = client.get(at("template-plan", kept.pk)).content.decode()
    assert "It was tagged to benchmarks that are no longer in force" in page
    sent = {
        "title": "Talk",
        "activity_type": "TALK",
        "held_on": today(),
        "year_groups": ["10"],
        "partner_kind": "employer",
    }
    client.post(at("template-plan", kept.pk), sent)
    assert ids_of(Activity.objects.get().criteria) == ("GB24.5.1",)


def test_an_activity_is_kept_as_it_was_last_put_on(in_ashdown, client):
    pupil("Ada")
    activity = changes.plan_activity(title="Talk", activity_type="TALK", by=in_ashdown.priya, partner_kind="employer")
    second = usual_breaks(THIS_YEAR)[0][1] + timedelta(days=9)
    for days, minutes in ((0, 40), (7, 50), (14, 50)):
        changes.plan_session(
            activity,
            held_on=second + timedelta(days=days),
            minutes=minutes,
            invited=Invited(year_groups=(10,)),
            by=in_ashdown.priya,
        )
    client.force_login(in_ashdown.priya)
    page = client.post(at("template-keep", activity.pk), follow=True).content.decode()
    assert "Talk is kept as a template." in page
    kept = ActivityTemplate.objects.get()
    assert (kept.year_groups, kept.half_term, kept.minutes) == ([10], 2, 50)
    assert (kept.title, kept.criteria, kept.partner_kind) == ("Talk", activity.criteria, "employer")


def test_what_makes_it_meaningful_is_kept_and_what_is_planned_from_it_inherits_it(in_ashdown, client):
    pupil("Ada")
    activity = changes.plan_activity(title="Talk", activity_type="TALK", by=in_ashdown.priya, partner_kind="employer")
    first, second, *_ = flags().values()
    changes.say_of_activity(activity, Answers(first.bit, second.bit), by=in_ashdown.priya)
    client.force_login(in_ashdown.priya)
    client.post(at("template-keep", activity.pk))
    kept = ActivityTemplate.objects.get()
    assert (kept.flags_yes, kept.flags_no) == (first.bit, second.bit)
    sent = {"held_on": today(), "year_groups": ["10"], "partner_kind": "employer"}
    client.post(at("template-plan", kept.pk), sent | {"title": "As ever", "activity_type": "TALK"})
    client.post(at("template-plan", kept.pk), sent | {"title": "Otherwise", "activity_type": "LESSON"})
    said = {each.title: (each.flags_yes, each.flags_no) for each in Activity.objects.all()}
    assert said == {"Talk": (first.bit, second.bit), "As ever": (first.bit, second.bit), "Otherwise": (0, 0)}


def test_what_makes_it_meaningful_is_said_on_the_template_and_inherited_by_what_is_planned_then(in_ashdown, client):
    pupil("Ada")
    kept = template(title="Talk", activity_type="TALK", criteria=mask_of(["GB24.5.1"]), partner_kind="employer")
    client.force_login(in_ashdown.priya)
    assert at("template-meaning", kept.pk) in client.get(at("template-change", kept.pk)).content.decode()
    yes, no, *unsaid = client.get(at("template-meaning", kept.pk)).context["form"].flags
    page = client.post(at("template-meaning", kept.pk), {yes.key: "yes", no.key: "no"}, follow=True).content.decode()
    assert "Saved. What is planned from Talk from now on is as you say here." in page
    kept.refresh_from_db()
    assert (kept.flags_yes, kept.flags_no, bool(unsaid)) == (yes.bit, no.bit, True)
    sent = {"held_on": today(), "year_groups": ["10"], "partner_kind": "employer", "title": "Talk"}
    client.post(at("template-plan", kept.pk), sent | {"activity_type": "TALK"})
    before = Activity.objects.get()
    client.post(at("template-meaning", kept.pk), {no.key: "yes"})
    kept.refresh_from_db()
    before.refresh_from_db()
    assert (kept.flags_yes, kept.flags_no) == (no.bit, 0)
    assert (before.flags_yes, before.flags_no) == (yes.bit, no.bit)


def test_a_template_is_changed_and_removed_and_what_was_planned_stays(in_ashdown, client):
    pupil("Ada")
    kept = template()
    client.force_login(in_ashdown.priya)
    sent = {"title": "Mill day", "mode": "workplace", "year_groups": ["10"], "half_term": "6", "criteria": ["GB24.6.2"]}
    client.post(at("template-change", kept.pk), sent)
    kept.refresh_from_db()
    assert (kept.title, kept.half_term, kept.minutes, ids_of(kept.criteria)) == ("Mill day", 6, None, ("GB24.6.2",))
    assert "Say what it is." in client.post(at("template-change", kept.pk), sent | {"title": ""}).content.decode()
    client.post(at("template-remove", kept.pk))
    assert not ActivityTemplate.objects.exists()


def test_the_usual_day_is_the_next_free_one_in_its_half_term(in_ashdown):
    for year in (THIS_YEAR, THIS_YEAR + 1):
        CalendarEntry.objects.create(
            starts_on=date(year + 1, 4, 1), ends_on=date(year + 1, 5, 7), kind="exams", year_groups=[11]
        )
    found, exempt = usual_day(5, [11]), usual_day(5, [10])
    assert found >= today()
    assert found.isoweekday() < 6
    assert not date(found.year, 4, 1) <= found <= date(found.year, 5, 7)
    assert exempt <= found
    assert usual_day(None, [10]) == today()
    assert usual_day(8, [10]) == today()


def test_the_list_asks_as_much_of_three_templates_as_of_one(in_ashdown, client, counter):  # noqa: F811
    client.force_login(in_ashdown.priya)
    asked = []
    for number in (1, 3):
        for _ in range(number):
            template()
        asked.append(questions(client, at("template-list"), counter))
    assert asked[0] == asked[1]
    assert asked[0] <= 7
