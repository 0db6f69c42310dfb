"""What activities teach, the school's own outcomes, and who is taught what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.models import Group, StaffMember
from dekaan.programme import changes
from dekaan.programme.changes import Invited
from dekaan.programme.models import Activity, Learning, LearningOutcome
from dekaan.programme.queries import coverage_of_learning, outcome_rows, sessions, taught_by
from tests.stock import THIS_YEAR, pupil

YEAR_10 = Invited(year_groups=(10,))
ASKED = {"title": "Talk", "activity_type": "TALK", "year_groups": ["10"], "partner_kind": "employer"}


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def talk(stock, title="Talk", *, areas=(), outcomes=(), invited=YEAR_10, held_on=None):
    activity = changes.plan_activity(title=title, activity_type="TALK", by=stock.priya, partner_kind="employer")
    changes.tag_learning(activity, areas=areas, outcomes=outcomes, by=stock.priya)
    changes.plan_session(activity, held_on=held_on or today(), invited=invited, by=stock.priya)
    return activity


def outcome(stock, words="can name three jobs in science", first_year=7, last_year=9):
    return changes.add_outcome(words=words, first_year=first_year, last_year=last_year, by=stock.priya)


def words(answer) -> str:
    return " ".join(answer.content.decode().partition("<main")[2].split())


def test_an_activity_teaches_what_it_is_tagged_to_and_nothing_else(in_ashdown):
    three, other = outcome(in_ashdown), outcome(in_ashdown, "knows how pay works", 10, 11)
    activity = talk(in_ashdown, areas=["picture", "explore"], outcomes=[three])
    taught = taught_by(activity)
    assert ([each.key for each in taught.areas], taught.outcomes, taught.repealed) == (
        ["explore", "picture"],
        (three,),
        (),
    )
    changes.tag_learning(activity, areas=["explore", "grow"], outcomes=[other], by=in_ashdown.priya)
    taught = taught_by(activity)
    assert ([each.key for each in taught.areas], taught.outcomes) == (["grow", "explore"], (other,))


def test_an_area_of_no_framework_is_refused_and_nothing_changes(in_ashdown):
    activity = talk(in_ashdown, areas=["grow"])
    with pytest.raises(changes.NoSuchArea):
        changes.tag_learning(activity, areas=["explore", "juggling"], by=in_ashdown.priya)
    assert [each.key for each in taught_by(activity).areas] == ["grow"]


def test_an_activity_tagged_to_a_repealed_area_says_so_and_offers_the_present_ones(in_ashdown, client):
    activity = talk(in_ashdown, areas=["safe-working"])
    assert [each.key for each in taught_by(activity).repealed] == ["safe-working"]
    client.force_login(in_ashdown.priya)
    said = "“Safe working practices” is of a framework that was repealed (Framework of 17 areas). Nearest now: Balance life and work."
    assert said in words(client.get(at("activity-detail", activity.pk)))
    assert "Tagged to an area that was repealed:" in words(client.get(at("learning-coverage")))
    form = client.get(at("activity-learning-change", activity.pk)).context["form"]
    now, older = form.fields["learning_areas"].choices
    assert [key for key, _ in now[1]] == ["grow", "explore", "manage", "create", "balance", "picture"]
    assert older == ("Repealed: choose a present one instead", [("safe-working", "Safe working practices")])
    client.post(at("activity-learning-change", activity.pk), {"learning_areas": ["balance"]})
    assert [each.area for each in activity.learning.all()] == ["balance"]


def test_planning_with_and_without_saying_what_pupils_learn(in_ashdown, client):
    pupil("Ada")
    three = outcome(in_ashdown)
    client.force_login(in_ashdown.priya)
    client.post(at("activity-new"), ASKED | {"held_on": str(today())})
    assert not Learning.objects.exists()
    chosen = {"learning_areas": ["explore"], "outcomes": [three.pk], "title": "Other"}
    client.post(at("activity-new"), ASKED | {"held_on": str(today())} | chosen)
    taught = taught_by(Activity.objects.get(title="Other"))
    assert ([each.key for each in taught.areas], taught.outcomes) == (["explore"], (three,))


def test_what_is_not_on_the_list_is_refused_in_words_and_keeps_what_was_typed(in_ashdown, client):
    pupil("Ada")
    gone = outcome(in_ashdown)
    talk(in_ashdown, outcomes=[gone])
    changes.retire_outcome(gone, by=in_ashdown.priya)
    outcome(in_ashdown, "still here")
    with working_in(in_ashdown.beckford):
        theirs = outcome(in_ashdown, "of another school")
    client.force_login(in_ashdown.priya)
    for chosen in ({"learning_areas": ["safe-working"]}, {"outcomes": [gone.pk]}, {"outcomes": [theirs.pk]}):
        page = client.post(
            at("activity-new"), ASKED | {"held_on": str(today()), "title": "Kept"} | chosen
        ).content.decode()
        assert ("Choose among those on the list." in page, "Kept" in page) == (True, True)
    assert not Activity.objects.filter(title="Kept").exists()


def test_an_outcome_that_was_used_is_retired_and_stays_and_one_that_was_not_is_gone(in_ashdown, client):
    used, unused = outcome(in_ashdown), outcome(in_ashdown, "never used")
    activity = talk(in_ashdown, outcomes=[used])
    client.force_login(in_ashdown.priya)
    assert "Retired: can name three jobs in science. It stays where it was used." in words(
        client.post(at("outcome-retire", used.pk), follow=True)
    )
    assert "Gone: never used." in words(client.post(at("outcome-retire", unused.pk), follow=True))
    assert list(LearningOutcome.objects.values_list("words", "retired_on")) == [(used.words, today())]
    assert taught_by(activity).outcomes == (used,)
    form = client.get(at("activity-learning-change", activity.pk)).context["form"]
    assert form.fields["outcomes"].choices == [("Years 7 to 9", [(str(used.pk), used.words)])]
    client.post(at("outcome-bring-back", used.pk))
    assert [(row.outcome.retired_on, row.activities) for row in outcome_rows()] == [(None, 1)]


def test_priya_adds_and_changes_an_outcome(in_ashdown, client):
    pupil("Ada", year_group=7, tutor_group="7A"), pupil("Ben", year_group=8, tutor_group="8A")
    client.force_login(in_ashdown.priya)
    assert "Say what pupils learn." in client.post(at("outcome-list"), {"words": "", "years": "7-8"}).content.decode()
    assert (
        "Choose one of those on the list."
        in client.post(at("outcome-list"), {"words": "x", "years": "1-99"}).content.decode()
    )
    client.post(at("outcome-list"), {"words": "knows where help is", "years": "7-8"})
    made = LearningOutcome.objects.get()
    assert (made.words, made.years) == ("knows where help is", "Years 7 to 8")
    client.post(at("outcome-change", made.pk), {"words": "asks for help", "years": "8-8"})
    made.refresh_from_db()
    assert (made.words, made.years) == ("asks for help", "Year 8")
    client.force_login(in_ashdown.moira)
    assert client.get(at("outcome-list")).status_code == 403


def test_coverage_says_who_is_taught_what_and_where_the_gaps_are(in_ashdown):
    for year in (9, 10, 11):
        pupil(f"P{year}", year_group=year, tutor_group=f"{year}A")
    three = outcome(in_ashdown)  # Years 7 to 9
    pay = outcome(in_ashdown, "knows how pay works", 10, 11)
    nine = pupil("Nia", year_group=9, tutor_group="9A")
    talk(in_ashdown, "One", areas=["explore"], outcomes=[pay])
    talk(in_ashdown, "Two", areas=["explore"], invited=Invited(groups=(Group.objects.get(name="11A"),)))
    talk(in_ashdown, "By name", areas=["explore"], invited=Invited(pupils=(nine,)))
    talk(in_ashdown, "Last year", areas=["grow"], held_on=today() - timedelta(days=366))
    off = talk(in_ashdown, "Off", areas=["grow"]).sessions.get()
    changes.cancel_session(off, because="cancelled by us", by=in_ashdown.priya)
    found = coverage_of_learning(THIS_YEAR, sessions())
    areas = {row.key: ([cell.activities for cell in row.cells], row.gaps) for row in found.areas}
    assert found.year_groups == (9, 10, 11)
    nothing = ([0, 0, 0], (9, 10, 11))
    assert areas == dict.fromkeys(("grow", "manage", "create", "balance", "picture"), nothing) | {
        "explore": ([1, 1, 1], ())
    }
    assert {row.key: ([cell.activities for cell in row.cells], row.gaps) for row in found.outcomes} == {
        str(three.pk): ([0, 0, 0], (9,)),
        str(pay.pk): ([0, 1, 0], (11,)),
    }


def test_a_number_opens_to_its_activities_and_nonsense_to_none(in_ashdown, client):
    pupil("Ada")
    talk(in_ashdown, "Engineers", areas=["explore"])
    talk(in_ashdown, "Bakers", areas=["grow"])
    client.force_login(in_ashdown.moira)
    page = client.get(at("learning-coverage"), {"show": "explore 10"})
    assert [each.title for each in page.context["activities"]] == ["Engineers"]
    for nonsense in ("explore 99", "explore", "juggling 10", "explore ten", " "):
        page = client.get(at("learning-coverage"), {"show": nonsense, "year": "soon"})
        assert (page.status_code, list(page.context["activities"])) == (200, [])


def test_whoever_sees_only_their_own_sessions_is_told_of_no_other(in_ashdown, client):
    pupil("Ada")
    own = talk(in_ashdown, "Engineers", areas=["safe-working", "explore"]).sessions.get()
    own.led_by = StaffMember.objects.create(surname="Marsh", forename="Leo", user=in_ashdown.leo)
    own.save()
    talk(in_ashdown, "Bakers", areas=["equality", "grow"])
    client.force_login(in_ashdown.leo)
    page = client.get(at("learning-coverage"))
    told = {row.key: row.cells[0].activities for row in page.context["coverage"].areas}
    assert (told["explore"], told["grow"]) == (1, 0)
    assert [each.title for each in page.context["repealed"]] == ["Engineers"]


@pytest.mark.parametrize("name", ["learning-coverage", "outcome-list"])
def test_a_table_asks_as_much_of_thirty_activities_as_of_one(in_ashdown, client, name):
    client.force_login(in_ashdown.priya)
    pupil("Ada")
    asked = []
    for number in (1, 3, 30):
        for each in range(number):
            made = outcome(in_ashdown, f"outcome {number} {each}")
            talk(in_ashdown, f"{number} {each}", areas=["explore", "safe-working"], outcomes=[made])
        client.get(at(name))
        with CaptureQueriesContext(connection) as questions:
            assert client.get(at(name)).status_code == 200
        asked.append(len(questions))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 14
