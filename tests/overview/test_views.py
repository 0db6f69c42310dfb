"""Home, search, one pupil's record, settings."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.access.models import RoleAssignment, User
from dekaan.access.roles import ROLES as KINDS_OF_ROLE
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.models import ImportRun
from dekaan.frameworks.queries import counted_criteria
from dekaan.overview.queries import home
from dekaan.partners.changes import add_organisation
from dekaan.people.models import Enrolment, Pupil, YearRecord
from dekaan.programme.models import Session
from dekaan.schools.models import School, Trust
from dekaan.website.changes import keep_saved_check, watch_website
from dekaan.website.queries import read_files
from tests.factories.schools import person, place, pupils, talk
from tests.kept import once_made
from tests.website.given import careers_page

pytestmark = pytest.mark.django_db

ROLES = ["careers-leader", "tutor", "link-governor", "technician", "subject-lead", "headteacher"]


def make_northgate():
    at = place("northgate")
    made = pupils(at, 8, surname="Okafor", sex="F", sen="K", pupil_premium=True)
    pupils(at, 8, surname="Petrov", year_group=11, tutor_group="11A")
    talk(at, absent=made[:2], partner_name="Tidewater Engineering")
    return at


@pytest.fixture
def northgate():
    return once_made(make_northgate)


def get(client, at, role, name, query="", scope=None, **kwargs):
    client.force_login(person(at, role, scope))
    return client.get(reverse(name, kwargs={"school_slug": at.slug, **kwargs}) + query)


def statements(client, address):
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    plumbing = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    return len([each for each in made if not each["sql"].startswith(plumbing)])


def test_home_shows_what_is_due_today(client, northgate):
    talk(northgate, title="Apprenticeship talk", happened=False, days_ago=0)
    answer = get(client, northgate, "careers-leader", "home")
    assert [session.activity.title for session in answer.context["queue"].due_today] == ["Apprenticeship talk"]
    assert "It happened" in answer.content.decode()


def test_home_shows_what_waits_to_be_recorded(client, northgate):
    talk(northgate, title="Forgotten talk", happened=False)
    queue = get(client, northgate, "careers-leader", "home").context["queue"]
    assert [session.activity.title for session in queue.waiting] == ["Forgotten talk"]
    assert queue.waiting_total == 1


def test_home_shows_gaps_in_words_that_open_the_names(client, northgate):
    answer = get(client, northgate, "careers-leader", "home")
    gaps = {gap.criterion.id: gap.missed for gap in answer.context["queue"].gaps}
    assert gaps["GB24.5.1"] == 10  # two absentees and all of Year 11
    page = answer.content.decode()
    assert "have met no employer yet this year" in page
    assert reverse("criterion-missing", args=["northgate", "GB24.5.1"]) in page


def test_home_shows_catch_ups_until_one_is_planned(client, northgate):
    queue = get(client, northgate, "careers-leader", "home").context["queue"]
    assert [(each.session.activity.title, each.pupils) for each in queue.catch_ups] == [("Engineers' assembly", 2)]
    assert queue.catch_ups_total == 2
    talk(northgate, title="Catch-up", happened=False, days_ago=-3)
    with working_in(northgate.school):
        Session.objects.filter(activity__title="Catch-up").update(catches_up=northgate.sessions[0])
    assert get(client, northgate, "careers-leader", "home").context["queue"].catch_ups == []


def test_home_has_no_card_that_the_role_may_not_act_on(client, northgate):
    governor = get(client, northgate, "link-governor", "home").context["queue"]
    assert (governor.waiting, governor.catch_ups, governor.receipts) == (None, None, [])
    assert governor.gaps is not None
    teacher = get(client, northgate, "session-teacher", "home").context["queue"]
    assert (teacher.gaps, teacher.gaps_of) == (None, None)
    technician = get(client, northgate, "technician", "home").context["queue"]
    assert (technician.due_today, technician.gaps) == (None, None)


def test_home_counts_only_the_pupils_whom_the_person_may_see(client, northgate):
    """A tutor's two absentees, a SENCo's two of eight; each number is as long as the list that it opens."""
    for role, scope in (("tutor", {"tutor_groups": ["10A"]}), ("senco", {}), ("head-of-year", {"year_groups": [10]})):
        answer = get(client, northgate, role, "home", scope=scope)
        queue = answer.context["queue"]
        gaps = {gap.criterion.id: (gap.missed, gap.of) for gap in queue.gaps}
        assert (gaps["GB24.5.1"], queue.gaps_of) == ((2, 8), 8), role
        assert "Gaps</a> among your 8 pupils" in answer.content.decode() or role == "tutor"
        names = client.get(reverse("criterion-missing", args=["northgate", "GB24.5.1"]))
        assert names.context["page"].total == 2
    assert get(client, northgate, "careers-leader", "home").context["queue"].gaps_of is None


def test_home_counts_as_due_only_what_waits_and_lists_the_rest_quietly(client, northgate):
    talk(northgate, title="Recorded already", days_ago=0)
    talk(northgate, title="Still to come", happened=False, days_ago=0)
    answer = get(client, northgate, "careers-leader", "home")
    queue = answer.context["queue"]
    assert [each.activity.title for each in queue.due_today] == ["Still to come"]
    assert [each.activity.title for each in queue.recorded_today] == ["Recorded already"]
    assert f"{reverse('session-list', args=['northgate'])}?show=today" in answer.content.decode()
    listed = client.get(reverse("session-list", args=["northgate"]) + "?show=today").context["lines"]
    assert sorted(line.session.activity.title for line in listed) == ["Recorded already", "Still to come"]


def test_home_says_how_many_absences_are_not_checked(client, northgate):
    talk(northgate, title="Unchecked")
    talk(northgate, title="Unchecked too", days_ago=0)
    answer = get(client, northgate, "careers-leader", "home")
    listed = client.get(reverse("session-list", args=["northgate"]) + "?show=unchecked").context["lines"]
    assert answer.context["queue"].unchecked == len(listed) == 2
    assert "?show=unchecked" in answer.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_home_names_no_pupil(client, northgate, role):
    page = get(client, northgate, role, "home").content.decode()
    assert "Okafor" not in page
    assert "Petrov" not in page


def test_home_hides_small_numbers_from_a_governor(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    with working_in(northgate.school):
        petrov = Pupil.objects.filter(surname="Petrov")
        talk(northgate, title="For Year 11", invited=list(petrov))
    exact = get(client, northgate, "careers-leader", "home").context["queue"].gaps
    assert {gap.criterion.id: gap.missed for gap in exact}["GB24.5.1"] == 2
    gaps = get(client, northgate, "link-governor", "home").context["queue"].gaps
    assert "GB24.5.1" not in {gap.criterion.id for gap in gaps}


@pytest.mark.parametrize("number", [1, 3])
def test_home_makes_20_queries(client, number):
    at = place("northgate")
    at.school.establishment_type = "34"  # so that there is news of the rules
    at.school.save()
    made = pupils(at, number)
    talk(at, happened=False, days_ago=0)
    for _ in range(number):
        talk(at, absent=made)
        talk(at, happened=False)
    client.force_login(person(at, "careers-leader"))
    assert statements(client, reverse("home", args=["northgate"])) == 20


def test_another_schools_home_is_not_found(client, northgate):
    place("southfield")
    client.force_login(person(northgate, "careers-leader"))
    assert client.get(reverse("home", args=["southfield"])).status_code == 404
    assert client.get(reverse("home", args=["nowhere"])).status_code == 404


@pytest.mark.parametrize(
    ("words", "kind"), [("kafo", "pupils"), ("engineers", "activities"), ("water eng", "partners")]
)
def test_search_finds_any_part_of_a_word(client, northgate, words, kind):
    found = get(client, northgate, "careers-leader", "search", f"?q={words}").context["found"]
    assert getattr(found, kind)


def test_search_gives_a_governor_no_names(client, northgate):
    answer = get(client, northgate, "link-governor", "search", "?q=okafor")
    assert answer.context["found"].pupils == []
    assert "Okafor, " not in answer.content.decode()


def test_search_finds_nothing_of_another_school(client, northgate):
    other = place("southfield")
    pupils(other, 1, surname="Zebedee")
    talk(other, title="Zebedee's talk", partner_name="Zebedee and Sons")
    assert get(client, northgate, "careers-leader", "search", "?q=zebedee").context["found"].nothing
    assert get(client, northgate, "careers-leader", "search", "?q=").context["found"].nothing


def test_pupil_record_shows_everything_on_one_page(client, northgate):
    pupil = next(iter(northgate.pupils.values()))
    answer = get(client, northgate, "careers-leader", "pupil-record", pupil_id=pupil.pk)
    page = answer.content.decode()
    for words in [
        "Okafor",
        "Year 10",
        "10A",
        "Engineers&#x27; assembly",
        "Tidewater Engineering",
        "Absent",
        "SEN support",
    ]:
        assert words in page, words
    standings = {each.criterion.id: each.state for each in answer.context["record"].standings}
    assert standings["GB24.5.1"] == "missed"
    assert all(each.startswith(("GB24", "PA")) for each in standings)


def test_pupil_record_shows_what_counts_and_how_it_is_known(client, northgate):
    pupil = list(northgate.pupils.values())[5]
    answer = get(client, northgate, "careers-leader", "pupil-record", pupil_id=pupil.pk)
    (year,) = answer.context["record"].participation
    (line,) = year.lines
    assert (line.state, line.counted) == ("Attended", True)
    assert "GB24.5.1" in {criterion.id for criterion in line.counting.towards}
    assert {each.criterion.id: each.state for each in answer.context["record"].standings}["GB24.5.1"] == "met"


def test_pupil_record_says_how_far_the_pupil_has_come(client, northgate):
    pupil = list(northgate.pupils.values())[5]
    answer = get(client, northgate, "careers-leader", "pupil-record", pupil_id=pupil.pk)
    standings = {each.criterion.id: each for each in answer.context["record"].standings}
    assert (standings["PA.2"].state, standings["PA.2"].how_far) == ("not-yet", "0 of 2 so far; judged in Year 11")
    assert standings["GB24.5.1"].how_far == ""
    assert "0 of 2 so far; judged in Year 11" in answer.content.decode()


def test_pupil_record_shows_each_characteristic_once_in_words_and_what_was_different(client, northgate):
    pupil = next(iter(northgate.pupils.values()))
    with working_in(northgate.school):
        (record,) = YearRecord.objects.filter(pupil=pupil)
        record.ethnicity = "WOTH"
        record.save()
        record.pk, record.academic_year, record.year_group, record.sen = None, record.academic_year - 1, 9, "N"
        record.save()
    answer = get(client, northgate, "careers-leader", "pupil-record", pupil_id=pupil.pk)
    facts, years = answer.context["record"].facts, answer.context["record"].years
    assert dict(facts) == {
        "Sex": "Female",
        "Special educational needs": "SEN support",
        "Pupil premium": "Yes",
        "Ethnicity": "Any other White background",
    }
    assert [(year.year_group, year.differences) for year in years] == [
        (10, ()),
        (9, (("Special educational needs", "No special educational need"),)),
    ]
    assert answer.content.decode().count("Any other White background") == 1


def test_pupil_record_keeps_sensitive_facts_from_a_tutor(client, northgate):
    pupil = next(iter(northgate.pupils.values()))
    page = get(client, northgate, "tutor", "pupil-record", scope={"tutor_groups": ["10A"]}, pupil_id=pupil.pk)
    assert page.status_code == 200
    assert "SEN support" not in page.content.decode()
    assert "Pupil premium" not in page.content.decode()


def test_pupil_record_outside_a_tutors_group_is_not_there(client, northgate):
    petrov = list(northgate.pupils.values())[-1]
    assert (
        get(client, northgate, "tutor", "pupil-record", scope={"tutor_groups": ["10A"]}, pupil_id=petrov.pk).status_code
        == 404
    )


def test_pupil_record_of_another_school_is_not_found(client, northgate):
    other = place("southfield")
    (theirs,) = pupils(other, 1, surname="Zebedee")
    assert get(client, northgate, "careers-leader", "pupil-record", pupil_id=theirs.pk).status_code == 404


def test_pupil_record_refuses_a_governor(client, northgate):
    pupil = next(iter(northgate.pupils.values()))
    assert get(client, northgate, "link-governor", "pupil-record", pupil_id=pupil.pk).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_pupil_record_makes_12_queries(client, number):
    at = place("northgate")
    made = pupils(at, 1)
    for _ in range(number):
        talk(at)
    client.force_login(person(at, "careers-leader"))
    # The last says that the pupil's needs and flags were read.
    assert statements(client, reverse("pupil-record", args=["northgate", made[0].pk])) == 12


def test_school_settings_change_facts_and_the_figures_follow(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    address = reverse("school-settings", args=["northgate"])
    form = client.get(address).context["form"]
    facts = {name: form[name].value() for name in form.fields}
    facts = {name: value for name, value in facts.items() if value not in (None, False)}
    facts |= {"urn": "123456", "laestab": "123/4567", "part_counts": "on"}
    answer = client.post(address, facts)
    assert answer.status_code == 302, answer.context["form"].errors
    school = School.objects.get(slug="northgate")
    assert (school.urn, school.laestab, school.part_counts) == ("123456", "1234567", True)


def test_school_settings_say_what_is_wrong(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    answer = client.post(reverse("school-settings", args=["northgate"]), {"urn": "12x"})
    assert answer.status_code == 200
    assert "A URN is six digits" in answer.content.decode()
    assert School.objects.get(slug="northgate").urn == ""


@pytest.mark.parametrize("name", ["school-settings", "role-list", "role-new", "account-new", "role-meanings"])
@pytest.mark.parametrize("role", ["tutor", "link-governor", "headteacher"])
def test_settings_are_for_those_who_may_change_them(client, northgate, role, name):
    assert get(client, northgate, role, name).status_code == 403


@pytest.mark.parametrize(
    ("server", "words"),
    [("mail.example", "An invitation is on its way"), ("", "dekaan user invite --email ada@northgate.example")],
)
def test_a_careers_leader_gives_a_role_and_ends_it(client, northgate, settings, server, words):
    settings.EMAIL_URL = server
    leader = person(northgate, "careers-leader")
    client.force_login(leader)
    address = reverse("role-new", args=["northgate"])
    told = {"name": "Ada Vance", "email": "ada@northgate.example", "role": "tutor"}
    assert "Say which tutor group they see" in client.post(address, told).content.decode()
    answer = client.post(address, told | {"tutor_group": "10A"}, follow=True)
    given = RoleAssignment.objects.get(user__email="ada@northgate.example")
    assert (given.role, given.scope) == ("tutor", {"tutor_groups": ["10A"]})
    page = answer.content.decode()
    for each in ("Ada Vance now is Tutor or mentor here", words, "/sign-in/", "Undo"):
        assert each in page, each
    ended = client.post(reverse("role-end", args=["northgate", given.pk]), follow=True).content.decode()
    given.refresh_from_db()
    assert given.ends_on is not None
    again = f"{address}?again={given.pk}"
    assert again in ended
    begins = client.get(again).context["form"].initial
    assert begins == told | {"tutor_group": "10A", "year_group": ""}
    client.post(address, told | {"tutor_group": "10A"})
    client.force_login(given.user)
    assert client.get(reverse("home", args=["northgate"])).status_code == 200


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "0"])
def test_a_role_that_never_was_is_begun_empty(client, northgate, number):
    client.force_login(person(northgate, "careers-leader"))
    answer = client.get(reverse("role-new", args=["northgate"]), {"again": number})
    assert (answer.status_code, answer.context["form"].initial) == (200, {})


def test_role_new_says_at_the_top_what_is_wrong(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    page = client.post(reverse("role-new", args=["northgate"]), {"name": ""}).content.decode()
    assert page.index("There is a problem") < page.index("Say who it is") < page.index('for="id_name"')
    assert "Choose the role" in page


def test_role_new_offers_what_a_careers_leader_may_give(client, northgate):
    form = get(client, northgate, "careers-leader", "role-new").context["form"]
    offered = {key for key, _ in form.fields["role"].choices}
    assert {"careers-adviser", "careers-coordinator", "tutor", "senco", "link-governor"} <= offered
    assert offered & {"careers-leader", "dsl", "technician", "data-protection-officer", "headteacher"} == set()


def test_a_technician_opens_accounts_and_gives_no_role(client, northgate):
    technician = person(northgate, "technician")
    client.force_login(technician)
    told = {"name": "Me", "email": "second@northgate.example", "role": "careers-leader"}
    assert client.post(reverse("role-new", args=["northgate"]), told).url == reverse("account-new", args=["northgate"])
    assert not RoleAssignment.objects.filter(user__email="second@northgate.example").exists()
    page = client.post(reverse("account-new", args=["northgate"]), told, follow=True).content.decode()
    assert "opens nothing until a Careers Leader gives it a role" in page
    assert User.objects.filter(email="second@northgate.example").exists()
    assert not RoleAssignment.objects.filter(user__email="second@northgate.example").exists()


@pytest.mark.parametrize("role", ["technician", "careers-leader"])
def test_nobody_gives_or_ends_a_role_of_their_own(client, northgate, role):
    user = person(northgate, role)
    client.force_login(user)
    told = {"name": "Me", "email": user.email.upper(), "role": "tutor", "tutor_group": "10A"}
    client.post(reverse("role-new", args=["northgate"]), told)
    own = RoleAssignment.objects.get(user=user)
    client.post(reverse("role-end", args=["northgate", own.pk]))
    own.refresh_from_db()
    assert own.ends_on is None


def test_a_role_that_is_not_theirs_to_give_is_not_theirs_to_end(client, northgate):
    head = RoleAssignment.objects.get(user=person(northgate, "headteacher"))
    page = get(client, northgate, "careers-leader", "role-list").content.decode()
    assert reverse("role-end", args=["northgate", head.pk]) not in page
    page = client.post(reverse("role-end", args=["northgate", head.pk]), follow=True).content.decode()
    assert "is not yours to end" in page
    head.refresh_from_db()
    assert head.ends_on is None


def test_a_data_protection_officer_reads_who_holds_which_role_and_what_it_may_do(client, northgate):
    home = get(client, northgate, "data-protection-officer", "home").content.decode()
    assert reverse("role-list", args=["northgate"]) in home
    assert reverse("role-meanings", args=["northgate"]) in home
    page = get(client, northgate, "data-protection-officer", "role-meanings").content.decode()
    assert all(role.purpose.replace("'", "&#x27;") in page for role in KINDS_OF_ROLE.values())
    assert get(client, northgate, "data-protection-officer", "role-list").status_code == 200
    assert get(client, northgate, "data-protection-officer", "role-new").status_code == 403


def test_the_menu_has_people_and_roles_where_there_are_no_settings(client, northgate):
    places = {
        role: [place.name for place in get(client, northgate, role, "home").context["places"]]
        for role in ("technician", "data-protection-officer", "careers-leader", "careers-administrator")
    }
    assert places["technician"] == ["Home", "My week", "Data protection", "The service", "People and roles"]
    assert places["data-protection-officer"] == [
        "Home",
        "Programme",
        "Partners",
        "Team and plan",
        "Reports",
        "Data protection",
        "People and roles",
    ]
    assert places["careers-leader"][-1] == "Settings"
    assert places["careers-administrator"][-1] == "Staff"  # who has no settings of which it would be a room
    rooms = get(client, northgate, "careers-leader", "staff-list").context["rooms"]
    assert [(each.name, each.is_here) for each in rooms] == [
        ("The school", False),
        ("Staff", True),
        ("Data protection", False),
        ("Hand over", False),
    ]
    assert "Data protection" not in places["careers-leader"]


def test_data_protection_is_a_room_of_the_settings_for_those_who_have_them_and_else_a_place(client, northgate):
    page = get(client, northgate, "careers-leader", "data-protection-page")
    assert [each.name for each in page.context["places"] if each.is_here] == ["Settings"]
    assert [each.name for each in page.context["rooms"] if each.is_here] == ["Data protection"]
    page = get(client, northgate, "technician", "data-protection-page")
    assert [each.name for each in page.context["places"] if each.is_here] == ["Data protection"]
    assert not page.context["rooms"]


def test_everybody_who_sees_the_programme_has_a_place_for_the_team_and_nobody_more_than_nine(client, northgate):
    for role, each in KINDS_OF_ROLE.items():
        if not each.may:
            continue
        home = get(client, northgate, role, "home")
        names = [place.name for place in home.context["places"]]
        assert ("Team and plan" in names) == ("Programme" in names), role
        assert len(names) <= 9, role


def test_the_schools_name_leads_to_the_others_only_where_there_are_others(client, northgate):
    leader = person(northgate, "careers-leader")
    assert "choose another school" not in get(client, northgate, "careers-leader", "home").content.decode()
    other = place("southfield")
    give_role(user=leader, role="careers-administrator", school=other.school, by=None)
    assert "choose another school" in get(client, northgate, "careers-leader", "home").content.decode()
    page = client.get(reverse("school-choice")).content.decode()
    for slug in ("northgate", "southfield"):
        assert reverse("benchmark-picture", args=[slug]) in page


def test_whoever_works_at_several_schools_reaches_their_week_and_the_trust_in_one_press(client, northgate):
    """From the list on the left of every page, and before any school is chosen; a leader of one school has neither."""
    leader, week, trust = person(northgate, "careers-leader"), "my-week", "trust-page"

    def led_to() -> list[str]:
        page = get(client, northgate, "careers-leader", "home")
        return [each.address for each in page.context["across"]]

    assert led_to() == []
    other = place("southfield")
    give_role(user=leader, role="careers-leader", school=other.school, by=None)
    assert led_to() == [reverse(week, args=["northgate"])]  # of no trust
    trust_ = Trust.objects.create(name="Weirbrook", slug="weirbrook")
    School.objects.filter(slug__in=("northgate", "southfield")).update(trust=trust_)
    both = [reverse(name, args=["northgate"]) for name in (week, trust)]
    assert led_to() == both
    page = client.get(reverse("school-choice"))
    assert [address for _, address in page.context["of_all"]] == both
    assert all(client.get(address).status_code == 200 for address in both)
    assert "Northgate" in client.get(both[0]).content.decode()


def test_a_role_at_another_school_is_not_found(client, northgate):
    other = place("southfield")
    theirs = RoleAssignment.objects.get(user=person(other, "tutor", {}))
    client.force_login(person(northgate, "careers-leader"))
    assert client.post(reverse("role-end", args=["northgate", theirs.pk])).status_code == 404


def test_every_home_sentence_belongs_to_a_counted_criterion():
    assert any(criterion.home_sentence for criterion in counted_criteria())


def test_of_one_pupil_the_home_page_says_has_and_of_several_have():
    for each in counted_criteria():
        if each.home_sentence:
            assert each.home_sentence.startswith("have ")
        assert each.home_sentence_one == each.home_sentence.replace("have ", "has ", 1), each.id


def test_home_shows_imports_that_wait_for_a_person(client, northgate):
    with working_in(northgate.school):
        ImportRun.objects.create(kind="pupils", file_name="september.csv", state=ImportRun.State.PREVIEW)
    assert "september.csv" in get(client, northgate, "careers-leader", "home").content.decode()
    assert "september.csv" not in get(client, northgate, "link-governor", "home").content.decode()


def test_search_shows_current_pupils_first_and_says_when_the_others_left(client, northgate):
    first, second = list(northgate.pupils.values())[:2]
    with working_in(northgate.school):
        Pupil.objects.filter(pk__in=[first.pk, second.pk]).update(surname="O'Connor")
        Enrolment.objects.filter(pupil=first).update(ends_on=today())
    answer = get(client, northgate, "careers-leader", "search", "?q=o’connor")
    assert [(row.pk, row.left_on) for row in answer.context["found"].pupils] == [
        (second.pk, None),
        (first.pk, today()),
    ]
    assert f"left {today():%B %Y}" in answer.content.decode()


def test_search_makes_10_queries(client, northgate):
    client.force_login(person(northgate, "careers-leader"))
    assert statements(client, reverse("search", args=["northgate"]) + "?q=e") == 10


def test_a_partner_of_the_directory_is_found_once_and_leads_to_its_page(client, northgate):
    with working_in(northgate.school):
        college = add_organisation(name="Weir Valley College", kind="fe-college", town="Tidewell", by=None)
    talk(northgate, title="A talk", partner_name="Weir Valley College")
    client.force_login(person(northgate, "careers-leader"))
    for words in ("valley", "tidew"):
        page = client.get(reverse("search", args=["northgate"]), {"q": words}).content.decode()
        assert page.count("Weir Valley College") == 1
        assert reverse("organisation-detail", args=["northgate", college.pk]) in page


@pytest.mark.parametrize("day", ["0001-01-01", "1000-01-01", "9999-12-31"])
def test_records_begin_on_a_day_that_a_school_may_mean(client, northgate, day):
    client.force_login(person(northgate, "careers-leader"))
    address = reverse("school-settings", args=["northgate"])
    known = {name: value for name, value in client.get(address).context["form"].initial.items() if value is not None}
    answer = client.post(address, known | {"records_begin": day})
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"records_begin": ["Give a day between 1 September 2000 and today"]}


def test_home_tells_in_one_place_what_needs_somebody_and_folds_all_but_the_most_urgent(client, northgate):
    with working_in(northgate.school):
        northgate.school.establishment_type = "34"
        northgate.school.round_failed_on = date(2026, 11, 20)
        northgate.school.save()
        watch_website("https://www.northgate.example/careers/", by=None)
        page = careers_page(telephone="", name="Somebody Else")
        keep_saved_check(northgate.school, read_files([("a.html", page.encode())]), called="a.html", by=None)
    answer = get(client, northgate, "careers-leader", "home")
    queue, source = answer.context["queue"], answer.content.decode()
    assert queue.in_sight[0] == queue.notices[0]
    assert "website" in queue.in_sight
    assert len(queue.in_sight) <= 2
    assert sorted(queue.in_sight + queue.folded) == sorted(queue.notices)
    assert "rules" in queue.folded
    before, folded = source.split('<details class="folded">')
    assert f"<summary>and {len(queue.folded)} more</summary>" in folded
    assert ("Our website: " in before, "changes in the rules" in before) == (True, False)
    assert "in the rules of the last year that you have not read" in folded
    assert before.count('class="receipt') == len(queue.in_sight)


def test_every_notice_of_home_has_its_words():
    told = Path(home.__file__).parents[1].joinpath("templates/overview/notice.html").read_text(encoding="utf-8")
    assert set(re.findall(r'key == "(\w+)"', told)) == set(home.NOTICES)
    assert set(home.NOTICES) <= set(home.Queue.__dataclass_fields__)


def test_the_trust_is_a_place_for_whoever_leads_it_and_a_room_of_the_benchmarks_for_the_others(client, northgate):
    page = get(client, northgate, "careers-leader", "trust-page")
    assert [each.name for each in page.context["places"] if each.is_here] == ["Benchmarks"]
    assert [each.name for each in page.context["rooms"] if each.is_here] == ["The trust"]
    page = get(client, northgate, "trust-careers-adviser", "trust-page")
    assert [each.name for each in page.context["places"] if each.is_here] == ["The trust"]
    assert not page.context["rooms"]
    page = get(client, northgate, "trust-careers-adviser", "benchmark-picture")
    assert "The trust" not in [each.name for each in page.context["rooms"]]
