"""The map and its pages, and the door by which a colleague without an account proposes a link."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.scope import working_in
from dekaan.curriculum import changes
from dekaan.curriculum.models import CurriculumLink, LinkDoor, Subject
from dekaan.people.models import StaffMember
from tests.curriculum.test_map import linked, subject, teaching
from tests.databases import ON_POSTGRES
from tests.isolation.world import BACKEND
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(in_ashdown, client) -> Client:
    client.force_login(in_ashdown.priya, backend=BACKEND)
    return client


@pytest.fixture
def anybody() -> Client:
    """A browser in which nobody is signed in."""
    return Client()


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def door_of(stock, school="ashdown") -> str:
    """The address of the school's door, opened anew."""
    with working_in(getattr(stock, school)):
        return reverse("link-propose", args=[school, changes.open_door(by=None).key_to_show])


def sent(client, address, **said) -> dict:
    page = re.search(r'name="page" value="([^"]+)"', client.get(address).content.decode()).group(1)
    return {"page": page, "year_group": "10", "what": "How a surveyor works", "is_taught": "taught"} | said


def test_priya_puts_a_subject_on_the_map_and_a_link_to_it(in_ashdown, priya):
    pupil("Ada")
    told = {"name": "Mathematics", "also_called": "Maths", "year_groups": ["10"]}
    page = priya.post(at("subject-new"), told, follow=True).content.decode()
    assert "Saved: Mathematics." in page
    made = Subject.objects.get()
    assert (made.year_groups, made.names) == ([10], {"mathematics", "maths"})
    told = {"subject": made.pk, "year_group": "10", "what": "Trigonometry at work", "is_taught": "on"}
    page = priya.post(at("curriculum-link-new"), told, follow=True).content.decode()
    assert "On the map: Mathematics, Year 10." in page
    assert "Trigonometry at work" in page
    assert "1 taught" in priya.get(at("curriculum-map")).content.decode()


def test_a_subject_that_teaching_groups_have_and_the_map_has_not_is_named_and_put_there_in_two_presses(
    in_ashdown, priya, client
):
    teaching("10/Fr1", pupil("Ada"), subject_said="French & Latin")
    page = priya.get(at("curriculum-map")).content.decode()
    address = html.unescape(re.search(r'href="([^"]+)">French &amp; Latin</a>', page).group(1))
    page = priya.get(address).content.decode()
    assert 'value="French &amp; Latin"' in page
    as_read = re.search(r'name="as_read" value="([^"]*)"', page)
    told = {"name": "French & Latin"} | ({"as_read": as_read.group(1)} if as_read else {})
    assert "Saved: French" in priya.post(address, told, follow=True).content.decode()
    assert "Taken, and not on the map" not in priya.get(at("curriculum-map")).content.decode()


def test_only_whoever_may_mend_the_map_is_told_what_it_has_not(in_ashdown, client):
    teaching("10/Fr1", pupil("Ada"), subject_said="French")
    client.force_login(in_ashdown.joan, backend=BACKEND)
    page = client.get(at("curriculum-map"))
    assert (page.status_code, "French" in page.content.decode()) == (200, False)


def test_a_name_that_is_there_already_is_refused_in_words_and_nothing_is_lost(in_ashdown, priya):
    subject("English", 10)
    page = priya.post(at("subject-new"), {"name": "english", "department": "Letters"}).content.decode()
    assert "There is a subject of that name already." in page
    assert 'value="Letters"' in page


def test_a_colleague_without_an_account_proposes_and_priya_accepts_with_one_press(in_ashdown, priya, anybody):
    pupil("Ada")
    english = subject("English", 10)
    address = door_of(in_ashdown)
    answer = anybody.post(address, sent(anybody, address, subject=english.pk, said_by="J. Abara"), follow=True)
    assert "Thank you" in answer.content.decode()
    link = CurriculumLink.objects.get()
    assert (link.state, link.came_by, link.said_by, link.proposed_by) == ("proposed", "link", "J. Abara", None)
    page = priya.get(at("curriculum-map")).content.decode()
    assert ("1 waits for you" in page, "J. Abara" in page) == (True, True)
    page = priya.post(at("curriculum-link-accept", link.pk), follow=True).content.decode()
    assert "It counts: English, Year 10." in page
    assert "waits for you" not in page
    actions = set(Event.objects.filter(subject="curriculum link").values_list("action", flat=True))
    assert actions == {"curriculum link accepted"}


def test_a_made_up_subject_waits_until_it_is_given_one_of_ours(in_ashdown, priya, anybody):
    pupil("Ada")
    english = subject("English", 10)
    address = door_of(in_ashdown)
    refused = anybody.post(address, sent(anybody, address, subject="another")).content.decode()
    assert "Say which subject it is." in refused
    assert "How a surveyor works" in refused
    for made_up in ("999999", "alchemy"):
        page = anybody.post(address, sent(anybody, address, subject=made_up)).content.decode()
        assert "Choose the subject." in page
    anybody.post(address, sent(anybody, address, subject="another", subject_said="Alchemy"))
    link = CurriculumLink.objects.get()
    assert (link.subject, link.subject_name) == (None, "Alchemy")
    page = priya.post(at("curriculum-link-accept", link.pk), follow=True).content.decode()
    assert "“Alchemy” is no subject of yours." in page
    told = {"subject": english.pk, "year_group": "10", "what": link.what, "is_taught": "on", "accept": "1"}
    priya.post(at("curriculum-link-change", link.pk), told)
    link.refresh_from_db()
    assert (link.state, link.subject_name, link.subject_said) == ("accepted", "English", "")


def test_what_was_typed_beside_a_subject_of_ours_is_asked_about_and_never_lost(in_ashdown, anybody):
    pupil("Ada")
    english = subject("English", 10, also_called="English language")
    address = door_of(in_ashdown)
    page = anybody.post(address, sent(anybody, address, subject=english.pk, subject_said="Latin")).content.decode()
    assert "You chose English and typed “Latin”. Choose “Another subject” if it is Latin, or empty this box." in page
    assert ('value="Latin"' in page, CurriculumLink.objects.exists()) == (True, False)
    anybody.post(address, sent(anybody, address, subject=english.pk, subject_said="english Language"))
    assert CurriculumLink.objects.get().subject == english


def test_whether_it_was_taught_is_asked_and_nothing_is_chosen_beforehand(in_ashdown, anybody):
    pupil("Ada")
    english = subject("English", 10)
    address = door_of(in_ashdown)
    assert "checked" not in anybody.get(address).content.decode()
    page = anybody.post(address, sent(anybody, address, subject=english.pk, is_taught="")).content.decode()
    assert "Say whether it was taught, or is planned." in page
    anybody.post(address, sent(anybody, address, subject=english.pk, is_taught="planned"))
    assert not CurriculumLink.objects.get().is_taught


def test_accepting_a_link_that_nobody_takes_says_so(in_ashdown, priya):
    pupil("Ada")
    english, latin = subject("English", 10), subject("Latin")
    for each in (english, latin):
        changes.propose(page=each.name, subject=each, year_group=10, what=f"{each} at work", academic_year=THIS_YEAR)
    page = priya.get(at("curriculum-map")).content.decode()
    assert page.count("nobody is known to take it") == 1
    of = {each.subject.name: each.pk for each in CurriculumLink.objects.all()}
    page = priya.post(at("curriculum-link-accept", of["Latin"]), follow=True).content.decode()
    assert "It counts for nobody so far: nobody is known to take Latin in Year 10." in page
    page = priya.post(at("curriculum-link-accept", of["English"]), follow=True).content.decode()
    assert "It counts for nobody" not in page


def test_ruth_proposes_for_the_subject_for_which_she_speaks_and_priya_accepts(in_ashdown, priya):
    pupil("Ada")
    ruth = Client()
    ruth.force_login(in_ashdown.ruth, backend=BACKEND)
    speaks = StaffMember.objects.create(forename="Ruth", surname="Adeyemi", user=in_ashdown.ruth)
    english, other = subject("English", 10, representative=speaks), subject("Science", 10)
    assert "Propose a link" in ruth.get(at("curriculum-map")).content.decode()
    form = ruth.get(at("curriculum-link-new")).context["form"]
    assert [name for _, name in form.fields["subject"].choices] == [english]
    told = {"subject": other.pk, "year_group": "10", "what": "Poems about work", "is_taught": "taught"}
    assert "Choose the subject." in ruth.post(at("curriculum-link-new"), told).content.decode()
    page = ruth.post(at("curriculum-link-new"), told | {"subject": english.pk}, follow=True).content.decode()
    assert "It counts once the careers team accepts it." in page
    assert "Waits for the careers team" in page
    link = CurriculumLink.objects.get()
    assert (link.state, link.proposed_by, link.is_taught) == ("proposed", in_ashdown.ruth, True)
    assert ruth.post(at("curriculum-link-accept", link.pk)).status_code == 403
    assert str(in_ashdown.ruth) in priya.get(at("curriculum-map")).content.decode()
    assert "1 proposal of what lessons link to careers waits for you." in priya.get("/ashdown/").content.decode()
    priya.post(at("curriculum-link-accept", link.pk))
    assert "proposal of what lessons" not in priya.get("/ashdown/").content.decode()


def test_a_subject_lead_for_whom_no_subject_is_named_may_propose_for_any(in_ashdown, client):
    subject("English", 10)
    subject("Science", 10)
    client.force_login(in_ashdown.ruth, backend=BACKEND)
    form = client.get(at("curriculum-link-new")).context["form"]
    assert [str(name) for _, name in form.fields["subject"].choices] == ["Choose the subject", "English", "Science"]


def test_a_link_is_refused_with_a_reason_and_the_decision_taken_back(in_ashdown, priya):
    subject("English", 10)
    changes.propose(page="1", subject_said="Alchemy", year_group=10, what="Gold", academic_year=THIS_YEAR)
    link = CurriculumLink.objects.get()
    assert "Say why it does not count." in priya.post(at("curriculum-link-refuse", link.pk)).content.decode()
    page = priya.post(at("curriculum-link-refuse", link.pk), {"because": "No careers in it"}, follow=True)
    assert "No careers in it" in page.content.decode()
    priya.post(at("curriculum-link-put-back", link.pk), {"seen": "refused"})
    link.refresh_from_db()
    assert (link.state, link.because, link.decided_on) == ("proposed", "", None)


@pytest.mark.parametrize("pressed", ["curriculum-link-accept", "curriculum-link-refuse", "curriculum-link-change"])
def test_what_a_colleague_has_refused_meanwhile_stays_refused_with_its_reason(in_ashdown, priya, pressed):
    english = subject("English", 10)
    changes.propose(page="1", subject=english, year_group=10, what="Letters", academic_year=THIS_YEAR)
    link = CurriculumLink.objects.get()
    page = priya.get(at("curriculum-map")).content.decode()
    assert reverse("curriculum-link-accept", args=["ashdown", link.pk]) in page
    changes.refuse_link(link, because="Not taught any more", by=in_ashdown.joan)
    told = {
        "subject": english.pk,
        "year_group": "10",
        "what": "Letters, anew",
        "accept": "1",
        "because": "I do not like it",
    }
    page = priya.post(at(pressed, link.pk), told, follow=True).content.decode()
    assert f"{in_ashdown.joan} has refused it meanwhile: Not taught any more. Nothing is changed by you" in page
    link.refresh_from_db()
    now = (link.state, link.because, link.decided_by, link.what)
    assert now == ("refused", "Not taught any more", in_ashdown.joan, "Letters")


def test_a_decision_is_taken_back_only_where_it_is_the_one_that_was_seen(in_ashdown, priya):
    changes.propose(page="1", subject=subject("English", 10), year_group=10, what="Letters", academic_year=THIS_YEAR)
    link = CurriculumLink.objects.get()
    changes.accept_link(link, by=in_ashdown.joan)
    page = priya.post(at("curriculum-link-put-back", link.pk), {"seen": "refused"}, follow=True).content.decode()
    assert f"{in_ashdown.joan} has accepted it meanwhile." in page
    for words in ("It waits to be decided on again.", "That decision was taken back meanwhile: it waits."):
        page = priya.post(at("curriculum-link-put-back", link.pk), {"seen": "accepted"}, follow=True).content.decode()
        assert words in page


def test_the_door_opens_with_its_own_key_only_and_says_the_same_to_every_other(in_ashdown, anybody):
    theirs = door_of(in_ashdown, "beckford")
    key = theirs.rstrip("/").rsplit("/", 1)[1]
    wrong = [reverse("link-propose", args=[school, said]) for school, said in (("ashdown", key), ("no", key))]
    answers = [anybody.get(each) for each in wrong]
    assert ({each.status_code for each in answers}, len({each.content for each in answers})) == ({404}, 1)
    assert anybody.get(theirs).status_code == 200


def test_a_new_code_ends_the_one_before_and_a_closed_door_opens_nothing(in_ashdown, priya, anybody):
    before = door_of(in_ashdown)
    priya.post(at("link-door"), {"what": "open"})
    page = priya.get(at("link-door")).content.decode()
    now = re.search(r"/curriculum-link/ashdown/[^/]+/", page).group()
    assert [anybody.get(each).status_code for each in (before, now)] == [404, 200]
    priya.post(at("link-door"), {"what": "close"})
    assert anybody.get(now).status_code == 404
    assert not LinkDoor.objects.get().is_open


def test_the_door_shows_no_name_of_anybody(in_ashdown, anybody):
    pupil("Canary")
    page = anybody.get(door_of(in_ashdown)).content.decode()
    assert ("Canary" in page, "Priya" in page, "Year 10" in page) == (False, False, True)


def test_a_governor_sees_the_map_and_no_small_number_and_nothing_to_press(in_ashdown, client):
    for number in range(3):
        pupil(f"P{number}")
    linked(subject("English", 10), 10)
    client.force_login(in_ashdown.moira, backend=BACKEND)
    words = client.get(at("curriculum-map")).content.decode()
    assert ("hidden" in words, "Add a link" in words, "1 taught" in words) == (True, False, True)
    assert client.get(at("curriculum-link-new")).status_code == 403


def test_another_schools_links_are_not_ours(in_ashdown, priya):
    with working_in(in_ashdown.beckford):
        theirs = linked(subject("Alchemy", 10), 10)
    assert "Alchemy" not in priya.get(at("curriculum-map")).content.decode()
    assert priya.get(at("curriculum-link-change", theirs.pk)).status_code == 404


@pytest.mark.parametrize(("name", "number"), [("curriculum-map", 10), ("subject-detail", 11)])
def test_a_page_asks_as_much_of_three_subjects_as_of_one(in_ashdown, priya, name, number):
    asked = []
    for count in (1, 3):
        for each in range(count):
            pupil(f"P{count}{each}")
            linked(subject(f"Subject {count} {each}", 10), 10)
        address = at(name, *([Subject.objects.first().pk] if name == "subject-detail" else []))
        with CaptureQueriesContext(connection) as made:
            assert priya.get(address).status_code == 200
        asked.append(len(made))
    assert asked == [number + 2 * ON_POSTGRES] * 2
