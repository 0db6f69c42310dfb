"""Lists on the screen: put together, found, planned for, exported; kept, shared, removed."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.benchmarks.changes import plan_for_missing
from dekaan.core.academic_year import today, year_start
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import counted_criteria, criterion, ids_of
from dekaan.lists.changes import keep_list
from dekaan.lists.models import SavedList
from dekaan.lists.queries import Had, Sentence, sentence_of
from dekaan.measures.queries import applying_to
from dekaan.people.changes import join_school
from dekaan.people.models import Group
from dekaan.programme.changes import Invited, cancel_session, plan_activity, plan_session
from dekaan.programme.models import Invitation, Session
from tests.factories.schools import person, place, pupils, talk
from tests.kept import once_made
from tests.stock import THIS_YEAR

pytestmark = pytest.mark.django_db

YEAR_10 = Sentence(("year-group:10",))
DISADVANTAGED = Sentence(("year-group:10", "pupil-premium:yes"))
NOW = "GB24.5.1"
NO_EMPLOYER = Sentence(("year-group:10",), (Had("not-had", "employer", "since", year_start(THIS_YEAR)),))


def make_northgate():
    """Ten disadvantaged pupils of Year 10 at an employer's talk, two of them absent; four of Year 11 who met nobody."""
    at = place("northgate")
    made = pupils(at, 10, surname="Okafor", pupil_premium=True)
    pupils(at, 4, surname="Petrov", year_group=11, tutor_group="11A", pupil_premium=False)
    talk(at, absent=made[:2], invited=made)
    person(at, "headteacher")
    return at


@pytest.fixture
def northgate():
    return once_made(make_northgate)


def ask(client, at, role, name, sentence=None, data=None, scope=None, **kwargs):
    client.force_login(person(at, role, scope))
    address = reverse(name, kwargs={"school_slug": at.slug, **kwargs}) + (f"?{sentence.query}" if sentence else "")
    return client.get(address) if data is None else client.post(address, data, follow=True)


def names(page) -> list[str]:
    return [row.name for row in page.context["found"].rows]


def plain(page) -> str:
    return " ".join(page.content.decode().split())


def keep(at, role="careers-leader", sentence=NO_EMPLOYER, name="No employer yet", shared_with="") -> SavedList:
    by = person(at, role)
    with working_in(at.school):
        return keep_list(name=name, sentence=sentence, shared_with=shared_with, by=by)


def test_priya_puts_a_sentence_together_and_reads_it_as_one(client, northgate):
    page = ask(client, northgate, "careers-leader", "sentence-found", NO_EMPLOYER)
    assert names(page) == ["Okafor, Ok001", "Okafor, Ok002"]
    assert page.context["found"].words == f"Year 10, no encounter with an employer since 1 September {THIS_YEAR}"


def test_phrases_about_the_same_thing_are_read_with_or(client, northgate):
    both = Sentence(("year-group:10", "year-group:11", "pupil-premium:no"))
    page = ask(client, northgate, "careers-leader", "sentence-found", both)
    assert page.context["found"].words == "Year 10 or Year 11, not disadvantaged"
    assert {name.split(",")[0] for name in names(page)} == {"Petrov"}


def test_and_gives_room_for_two_phrases_more_and_keeps_what_is_chosen(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    said = {"who_0": "year-group:10", "verb_0": "not-had", "what_0": "guidance", "more": "1"}
    page = client.get(reverse("sentence-list", args=[northgate.slug]), said)
    form = page.context["form"]
    assert (form.who_rows, form.had_rows) == (4, 2)
    assert [field.value() for field in form.who][:1] == ["year-group:10"]
    assert [field.value() for field in form.had[0]][:2] == ["not-had", "guidance"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({}, "Choose at least one phrase"),
        ({"verb_0": "had"}, "Say what."),
        ({"what_0": "employer"}, "Say whether they have had it, or not."),
        ({"verb_0": "misses", "what_0": "employer"}, "only criteria are met or missed"),
        ({"verb_0": "absent", "what_0": "employer"}, "Choose an activity, or half-days of school"),
        ({"verb_0": "had", "what_0": "half-days"}, "Choose a kind of encounter"),
        ({"verb_0": "had", "what_0": "employer", "when_0": "since"}, "Give the day since when."),
        ({"verb_0": "joined"}, "Give the day since when."),
        ({"verb_0": "absent", "what_0": "half-days", "when_0": "ever"}, "this year, or since a day"),
        ({"verb_0": "had", "what_0": "employer", "when_0": "since", "since_0": "soon"}, "Give the date as day, month"),
        ({"verb_0": "had", "what_0": "employer", "least_0": "many"}, "a whole number from 1 to 200"),
        ({"who_0": "year-group:13"}, "Choose one of the phrases on the list."),
        ({"who_0": "tutor-group:999999999999999999999"}, "Choose one of the phrases on the list."),
    ],
)
def test_what_is_no_sentence_is_said_and_nothing_is_lost(client, northgate, said, answer):
    client.force_login(person(northgate, "careers-leader"))
    page = client.get(reverse("sentence-found", args=[northgate.slug]), said)
    assert answer in page.content.decode()
    assert page.status_code == 200


def test_a_joiner_is_shown_apart_with_the_day(client, northgate):
    joined = today() - timedelta(days=1)
    with working_in(northgate.school):
        join_school(surname="Young", forename="Nell", year_group=10, starts_on=joined, by=None)
    sentence = Sentence(("year-group:10",), (Had("not-had", "employer", "since", year_start(THIS_YEAR - 1)),))
    found = ask(client, northgate, "careers-leader", "sentence-found", sentence).context["found"]
    assert [row.name for row in found.rows] == []
    assert {row.name: why for row, why in found.unknown}["Young, Nell"] == f"joined on {joined:%-d %B %Y}"


def test_a_criterion_that_nobody_here_is_asked_for_says_so(client, northgate):
    """Northgate has no sixth form."""
    at_eighteen = next(
        each
        for each in counted_criteria()
        if each.id.startswith("GB24") and not {10, 11} & {year for year in range(14) if each.id in applying_to(year)}
    )
    sentence = Sentence((), (Had("misses", f"criterion:{at_eighteen.id}"),))
    found = ask(client, northgate, "careers-leader", "sentence-found", sentence).context["found"]
    assert found.notes == [f"No pupil here is in a year group that is asked for “{at_eighteen.title}”."]
    assert (found.rows, found.unknown) == ([], [])


def test_a_tutor_finds_the_own_group_alone_and_is_not_offered_needs_or_flags(client, northgate):
    tutor = {"tutor_groups": ["11A"]}
    page = ask(client, northgate, "tutor", "sentence-list", scope=tutor)
    assert set(page.context["form"].fields["who_0"].choices[1][1]) == {("year-group:11", "Year 11")}
    assert {"Disadvantaged", "Special educational needs", "Looked after"} & {
        title for title, _ in page.context["form"].fields["who_0"].choices[1:]
    } == set()
    nobody = Sentence((), (Had("not-had", "employer"),))
    page = ask(client, northgate, "tutor", "sentence-found", nobody, scope=tutor)
    assert {name.split(",")[0] for name in names(page)} == {"Petrov"}
    assert "only pupils whom you may see" in plain(page)


def test_a_shared_sentence_with_a_phrase_that_the_role_does_not_open_says_so_and_finds_nobody(client, northgate):
    saved = keep(northgate, sentence=DISADVANTAGED, shared_with="school")
    page = ask(client, northgate, "careers-administrator", "saved-list-detail", saved_list_id=saved.pk)
    assert "Your role does not open flags such as pupil premium or ethnicity" in plain(page)
    assert (names(page), page.context["found"].unknown) == ([], [])
    assert "without" not in plain(page).split("<h1")[1].split("Change the sentence")[0]
    assert names(ask(client, northgate, "careers-leader", "saved-list-detail", saved_list_id=saved.pk)) != []


def test_reading_a_list_by_flags_is_kept_in_the_trail(client, northgate):
    ask(client, northgate, "careers-leader", "sentence-found", YEAR_10)
    ask(client, northgate, "careers-leader", "sentence-found", DISADVANTAGED)
    with working_in(northgate.school):
        assert [each.detail["by"] for each in Event.objects.filter(action="list of needs read")] == ["pupil-premium"]


def test_a_kept_list_is_its_owners_until_it_is_shared(client, northgate):
    saved = keep(northgate, "head-of-year")
    assert ask(client, northgate, "careers-leader", "saved-list-detail", saved_list_id=saved.pk).status_code == 404
    ask(client, northgate, "head-of-year", "saved-list-share", data={"shared_with": "team"}, saved_list_id=saved.pk)
    assert ask(client, northgate, "careers-leader", "saved-list-detail", saved_list_id=saved.pk).status_code == 200
    assert ask(client, northgate, "slt-line-manager", "saved-list-detail", saved_list_id=saved.pk).status_code == 404
    ask(client, northgate, "careers-leader", "saved-list-share", data={"shared_with": "school"}, saved_list_id=saved.pk)
    assert ask(client, northgate, "slt-line-manager", "saved-list-detail", saved_list_id=saved.pk).status_code == 200
    page = ask(client, northgate, "slt-line-manager", "saved-list-remove", data={}, saved_list_id=saved.pk)
    assert page.status_code == 404


def test_whoever_opens_a_shared_list_finds_those_whom_they_may_see(client, northgate):
    saved = keep(northgate, sentence=Sentence((), (Had("not-had", "employer"),)), shared_with="school")
    page = ask(client, northgate, "tutor", "saved-list-detail", scope={"tutor_groups": ["10A"]}, saved_list_id=saved.pk)
    assert names(page) == ["Okafor, Ok001", "Okafor, Ok002"]
    assert len(names(ask(client, northgate, "careers-leader", "saved-list-detail", saved_list_id=saved.pk))) == 6


def test_keeping_under_the_same_name_says_this_sentence_from_now_on(client, northgate):
    for sentence in (YEAR_10, NO_EMPLOYER):
        data = {"name": "Year 10", "shared_with": ""}
        page = ask(client, northgate, "careers-leader", "saved-list-keep", sentence, data)
        assert "Kept: Year 10." in plain(page)
    with working_in(northgate.school):
        assert [sentence_of(each.sentence) for each in SavedList.objects.all()] == [NO_EMPLOYER]
    page = ask(client, northgate, "careers-leader", "saved-list-keep", YEAR_10, {"name": " "})
    assert "Give the list a name." in plain(page)


def test_a_removed_list_is_put_back(client, northgate):
    saved = keep(northgate)
    page = ask(client, northgate, "careers-leader", "saved-list-remove", data={}, saved_list_id=saved.pk)
    assert "Removed on" in plain(page)
    assert ask(client, northgate, "careers-leader", "sentence-list").context["lists"] == []
    page = ask(client, northgate, "careers-leader", "saved-list-put-back", data={}, saved_list_id=saved.pk)
    assert names(page) == ["Okafor, Ok001", "Okafor, Ok002"]


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        (Had("misses", "criterion:GB14.5.1"), "is no longer in force"),
        (Had("absent", "activity:987654"), "No session of that activity has been recorded this year."),
        (Had("had", "type:GONE"), "There is no such phrase."),
        ("tutor-group:987654", "There is no such tutor group this year"),
        ("year-group:13", "The school has no pupil in Year 13 this year."),
        ("hair:red", "There is no such phrase."),
    ],
)
def test_a_phrase_that_is_gone_says_so_and_the_list_goes_on_without_it_only_when_told(client, northgate, phrase, says):
    who, had = (phrase,) if isinstance(phrase, str) else (), () if isinstance(phrase, str) else (phrase,)
    saved = keep(northgate, sentence=Sentence(("year-group:10", *who), had))
    page = ask(client, northgate, "careers-leader", "saved-list-detail", saved_list_id=saved.pk)
    assert says in plain(page)
    assert names(page) == []
    page = ask(client, northgate, "careers-leader", "saved-list-mend", data={}, saved_list_id=saved.pk)
    assert "The list goes on without it." in plain(page)
    assert len(names(page)) == 10


def test_a_tutor_group_that_was_deleted_keeps_no_name_and_nothing_breaks(client, northgate):
    with working_in(northgate.school):
        group = Group.objects.get(name="11A")
        saved = keep(northgate, sentence=Sentence((f"tutor-group:{group.pk}",)))
        group.delete()
    page = ask(client, northgate, "careers-leader", "saved-list-detail", saved_list_id=saved.pk)
    assert "a tutor group that is no more" in page.context["found"].words.lower()
    page = ask(client, northgate, "careers-leader", "saved-list-mend", data={}, saved_list_id=saved.pk)
    assert "Nothing would be left of the sentence" in plain(page)


@pytest.mark.parametrize("kept", [{}, {"version": 9, "who": ["year-group:10"]}, {"who": 3}, [], {"had": [{}]}])
def test_a_sentence_that_cannot_be_read_finds_nobody_and_says_so(client, northgate, kept):
    saved = keep(northgate)
    with working_in(northgate.school):
        SavedList.objects.update(sentence=kept)
    page = ask(client, northgate, "careers-leader", "saved-list-detail", saved_list_id=saved.pk)
    assert (page.status_code, names(page)) == (200, [])


def test_those_found_are_invited_to_something_new(client, northgate):
    data = {"title": "Millworks", "activity_type": "TALK", "held_on": today().isoformat(), "partner_name": "Millworks"}
    page = ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER)
    ticked = {"groups": ["group-0"], "pupils": [row.pk for row, _ in page.context["form"].names()[0].rows[:1]]}
    page = ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER, data | ticked)
    assert "Planned for 1 pupil." in plain(page)
    with working_in(northgate.school):
        session = Session.objects.get(activity__title="Millworks")
        assert session.activity.partner_kind == "employer"
        assert [each.pupil.forename for each in session.invitations.all()] == ["Ok001"]


def test_what_is_planned_from_a_list_counts_as_what_is_planned_from_a_gap_without_a_name_too(client, northgate):
    page = ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER)
    data = {"title": "A talk", "activity_type": "TALK", "held_on": today().isoformat()} | everybody(page)
    ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER, data)
    with working_in(northgate.school):
        listed = Session.objects.get(activity__title="A talk").activity
        missing = plan_for_missing(
            [criterion("GB24.5.1")],
            title="Another",
            activity_type="TALK",
            held_on=today(),
            pupils=northgate.pupils.values(),
            by=person(northgate, "careers-leader"),
        ).activity
    assert (listed.partner_kind, listed.criteria) == (missing.partner_kind, missing.criteria)
    assert "GB24.5.1" in ids_of(listed.criteria)


def everybody(page) -> dict:
    groups = page.context["form"].names()
    return {"groups": [each.key for each in groups], "pupils": [row.pk for each in groups for row, _ in each.rows]}


def test_those_found_are_invited_to_what_is_planned_and_nobody_twice(client, northgate):
    leader, later = person(northgate, "careers-leader"), today() + timedelta(days=1)
    with working_in(northgate.school):
        activity = plan_activity(title="Millworks", activity_type="TALK", by=leader)
        one = northgate.pupils["Ok001"]
        session = plan_session(activity, held_on=later, invited=Invited(pupils=(one,)), by=leader)
    page = ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER)
    data = everybody(page) | {"session": f"session:{session.pk}"}
    page = ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER, data)
    assert "1 invited besides; 1 were invited already." in plain(page)
    with working_in(northgate.school):
        assert Invitation.objects.filter(session=session).count() == 2
        cancel_session(session, because="postponed", by=leader)
    page = ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER, data)
    assert "Choose one of the phrases on the list." in plain(page)


def built(**said) -> dict:
    return {"who_0": "year-group:10", "verb_0": "not-had", "what_0": "any"} | {f"{n}_0": v for n, v in said.items()}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"when": "september"}, "Year 10, no encounter of any kind since September"),
        ({"when": "year", "since": "2026-10-05"}, "Year 10, no encounter of any kind since 5 October 2026"),
        ({"since": "2026-10-05"}, "Year 10, no encounter of any kind since 5 October 2026"),
    ],
)
def test_since_september_is_a_phrase_and_a_day_that_is_typed_is_never_ignored(client, northgate, said, words):
    client.force_login(person(northgate, "careers-leader"))
    page = client.get(reverse("sentence-found", args=[northgate.slug]), built(**said))
    assert page.context["found"].words == words


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"when": "ever", "since": "2026-10-05"}, "You chose “ever” and gave a day."),
        ({"verb": "misses", "what": f"criterion:{NOW}", "since": "2026-10-05"}, "A day says nothing here."),
    ],
)
def test_a_day_beside_what_it_contradicts_is_refused_in_a_sentence(client, northgate, said, refusal):
    client.force_login(person(northgate, "careers-leader"))
    page = client.get(reverse("sentence-found", args=[northgate.slug]), built(**said))
    assert refusal in plain(page)


def test_a_list_that_is_kept_offers_to_share_it_and_not_to_keep_it_again(client, northgate):
    saved = keep(northgate)
    page = plain(ask(client, northgate, "careers-leader", "saved-list-detail", saved_list_id=saved.pk))
    assert ("Keep this list" in page, "Share it so" in page) == (False, True)
    page = plain(ask(client, northgate, "careers-leader", "sentence-found", YEAR_10))
    assert ("Keep this list" in page, "Share it so" in page) == (True, False)


def test_whoever_shares_a_list_of_needs_or_flags_is_told_for_whom_it_finds_nobody(client, northgate):
    saved = keep(northgate, sentence=DISADVANTAGED)
    data = {"shared_with": "school"}
    page = plain(ask(client, northgate, "careers-leader", "saved-list-share", data=data, saved_list_id=saved.pk))
    assert "By such a phrase pupils are found only for Careers Leader" in page
    told = page.split("By such a phrase")[1]
    finds, finds_nobody = told.split("each of those whom they may see.")[:2]
    assert ("Careers Administrator" in finds, "Tutor or mentor" in finds) == (False, False)
    assert "Careers Administrator" in finds_nobody.split("see its name")[0]
    assert "Tutor or mentor" in finds_nobody.split("see its name")[0]
    page = plain(ask(client, northgate, "careers-administrator", "saved-list-detail", saved_list_id=saved.pk))
    assert "Your role does not open flags such as pupil premium or ethnicity" in page


def test_whom_a_list_leaves_out_stands_on_the_page_before_anybody_is_invited(client, northgate):
    """Of ten in Year 10 eight are found: the two others had nothing, and stand there with what they had."""
    had_it = Sentence(("year-group:10",), (Had("had", "employer"),))
    page = ask(client, northgate, "careers-leader", "sentence-plan", had_it)
    missing = page.context["inclusion"].missing
    assert [(each.name, each.had) for each in missing] == [("Okafor, Ok001", 0), ("Okafor, Ok002", 0)]
    assert "Who is missing?" in plain(page)
    assert "8 of 8 (100 %)" in plain(page)
    seven = everybody(page)
    seven["pupils"] = seven["pupils"][1:]
    page = ask(client, northgate, "careers-leader", "sentence-plan", had_it, seven | {"look": "1"})
    assert [each.name for each in page.context["inclusion"].missing][-1] == "Okafor, Ok003"
    assert (page.context["form"].errors, len(page.context["form"].ids())) == ({}, 7)
    seven["pupils"] = seven["pupils"][:5]
    page = ask(client, northgate, "careers-leader", "sentence-plan", had_it, seven | {"look": "1"})
    assert "Fewer than six" in plain(page)


def test_pupils_of_another_year_group_than_the_session_is_for_are_asked_about_first(client, northgate):
    leader = person(northgate, "careers-leader")
    with working_in(northgate.school):
        activity = plan_activity(title="Year 11 interviews", activity_type="TALK", by=leader)
        later = today() + timedelta(days=1)
        session = plan_session(activity, held_on=later, invited=Invited(year_groups=(11,)), by=leader)
    page = ask(client, northgate, "careers-leader", "sentence-plan", YEAR_10)
    assert "all_the_same" not in page.context["form"].fields
    data = everybody(page) | {"session": f"session:{session.pk}"}
    page = ask(client, northgate, "careers-leader", "sentence-plan", YEAR_10, data)
    assert "It invites Year 11, and 10 of these pupils are in Year 10." in plain(page)
    with working_in(northgate.school):
        assert Invitation.objects.filter(session=session).count() == 1
    page = ask(client, northgate, "careers-leader", "sentence-plan", YEAR_10, data | {"all_the_same": "on"})
    assert "10 invited besides." in plain(page)


def test_those_who_missed_it_are_invited_to_a_catch_up(client, northgate):
    with working_in(northgate.school):
        session = Session.objects.get()
        missed = Sentence((), (Had("absent", f"activity:{session.activity_id}"),))
    page = ask(client, northgate, "careers-leader", "sentence-plan", missed)
    assert page.context["found"].words == "Absent from “Engineers' assembly” and not caught up"
    data = everybody(page) | {"session": f"catch-up:{session.pk}", "held_on": (today() + timedelta(days=7)).isoformat()}
    ask(client, northgate, "careers-leader", "sentence-plan", missed, data)
    with working_in(northgate.school):
        later = Session.objects.get(catches_up=session)
        assert {each.pupil.forename for each in later.invitations.all()} == {"Ok001", "Ok002"}


def test_nobody_is_invited_who_is_not_on_the_list(client, northgate):
    with working_in(northgate.school):
        stranger = northgate.pupils["Ok005"].pk
    data = {"groups": ["group-0"], "pupils": [stranger], "title": "Talk", "activity_type": "TALK"}
    page = ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER, data)
    assert "Somebody who was ticked is no longer on this list." in plain(page)
    page = ask(client, northgate, "careers-leader", "sentence-plan", NO_EMPLOYER, {"groups": ["group-0"]})
    assert {"Leave at least one pupil ticked.", "Say what it is.", "Choose the kind.", "Give the day."} <= {
        str(each) for errors in page.context["form"].errors.values() for each in errors
    }


def test_the_names_leave_as_a_file_that_says_who_took_it(client, northgate):
    answer = ask(client, northgate, "careers-leader", "sentence-export", NO_EMPLOYER, {"purpose": "follow-up"})
    rows = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert rows[3:] == [["Okafor, Ok001", "10", "10A"], ["Okafor, Ok002", "10", "10A"]]
    with working_in(northgate.school):
        assert Event.objects.filter(action="names exported").count() == 1
    page = ask(client, northgate, "careers-leader", "sentence-export", NO_EMPLOYER, {"purpose": ""})
    assert "Choose what the file is for" in plain(page)


def test_a_list_by_flags_does_not_leave_as_a_file(client, northgate):
    page = ask(client, northgate, "careers-leader", "sentence-export", DISADVANTAGED, {"purpose": "follow-up"})
    assert page.status_code == 403


def test_what_is_absent_from_school_is_said_with_how_many_days_are_known(client, northgate):
    sentence = Sentence((), (Had("absent", "half-days", "year", None, 10),))
    found = ask(client, northgate, "careers-leader", "sentence-found", sentence).context["found"]
    assert {why for _, why in found.unknown} == {"no attendance of that time is in"}
    assert found.words == "Absent on 10 or more half-days this year"


@pytest.mark.parametrize("number", [1, 3])
def test_a_finding_makes_so_many_statements(client, northgate, number):
    for count in range(number):
        pupils(northgate, 1, surname=f"Marsh{count}", year_group=9, tutor_group=f"9{count}")
    sentence = Sentence(
        ("year-group:9",),
        (
            Had("not-had", "employer"),
            Had("not-had", "guidance", "key-stage"),
            Had("not-had", f"criterion:{NOW}", "ever"),
            Had("misses", f"criterion:{NOW}"),
        ),
    )
    client.force_login(person(northgate, "careers-leader"))
    address = f"{reverse('sentence-found', args=[northgate.slug])}?{sentence.query}"
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    plumbing = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    assert len([each for each in made if not each["sql"].startswith(plumbing)]) == 16
