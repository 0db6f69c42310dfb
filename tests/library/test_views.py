"""The screens of the library, and the public link that nobody is known by."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.library import changes
from dekaan.library.models import LinkRound, Resource, ResourceUse, Visits
from dekaan.participation.queries import live
from dekaan.people.changes import add_staff_member
from dekaan.publication.models import Page
from dekaan.publication.queries import draft, left_out, named_in
from tests.databases import ON_POSTGRES
from tests.isolation.world import BACKEND
from tests.library.shelf import lesson, resource
from tests.publication.test_pages import everything_said, made_public
from tests.stock import pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(in_ashdown, client) -> Client:
    client.force_login(in_ashdown.priya, backend=BACKEND)
    return client


@pytest.fixture
def anybody() -> Client:
    return Client()


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def words(answer) -> str:
    return html.unescape(answer.content.decode())


def test_priya_begins_with_public_services_and_adds_one_of_her_own(priya):
    assert "The library is empty" in words(priya.get(at("resource-list")))
    page = priya.post(at("resource-starters"), {"chosen": ["ncs-profiles", "faa"]}, follow=True)
    assert "In the library: 2 resources." in words(page)
    told = {
        "title": "Jobs here", "address": "www.weirbrook.example/jobs", "kind": "labour-market", "audiences": ["pupils", "staff"],
        "key_stages": ["7"], "review_on": today().isoformat(), "is_public": "on",
    }  # fmt: skip
    page = words(priya.post(at("resource-new"), told, follow=True))
    assert "In the library: Jobs here." in page
    made = Resource.objects.get(title="Jobs here")
    assert (made.address, made.key_stages, made.number) == ("https://www.weirbrook.example/jobs", [7], 3)
    assert "/go/ashdown/3/" in page
    assert words(priya.get(at("resource-starters"))).count('type="checkbox"') == 10


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"address": ""}, "Give its address, or say below where it is kept."),
        ({"address": "", "kept_at": "Shelf 2", "is_public": "on"}, "Only what has an address on the web can have a public link."),
        ({"address": "javascript:alert(1)"}, "This is not an address."),
        ({"address": "http://10.0.0.7/"}, "not the number of a machine"),
        ({"kind": "nonsense"}, "Choose what it is."),
        ({"audiences": []}, "Say whom it is for."),
        ({"review_on": "soon"}, "Give the date as day, month and year"),
        ({"title": "x" * 121}, "Say it in 120 letters or fewer."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(priya, told, says):
    good = {
        "title": "Jobs",
        "says": "Kept words",
        "address": "https://a.example/",
        "kind": "quiz",
        "audiences": ["pupils"],
    }
    page = words(priya.post(at("resource-new"), good | told))
    assert says in page
    assert 'value="Kept words"' in page
    assert not Resource.objects.exists()


def test_a_broken_link_and_an_overdue_review_stand_at_the_top(priya, in_ashdown):
    made = resource("Gone", review_on=today().replace(year=today().year - 1))
    Resource.objects.filter(pk=made.pk).update(link_state="broken", link_reason="not-found", link_checked_at="2026-11-01T09:00Z")  # fmt: skip
    page = words(priya.get(at("resource-list")))
    assert "1 broken link<" in page
    assert "1 review overdue" in page
    page = words(priya.get(at("resource-detail", made.pk)))
    assert "The link is broken. The website says that there is no such page." in page
    page = words(priya.post(at("resource-reviewed", made.pk), follow=True))
    assert "Reviewed: Gone. The next review is on" in page
    assert "no review overdue" in words(priya.get(at("resource-list")))


@pytest.mark.parametrize(("criterion_id", "is_said"), [("GB24.2.1", True), ("GB14.2.2", True), ("GB24.5.1", False)])
def test_where_the_benchmark_is_judged_it_is_said_how_the_library_stands(priya, criterion_id, is_said):
    address = at("criterion-detail", criterion_id)
    assert ("library</a> is empty" in words(priya.get(address))) == is_said
    made = resource(review_on=today().replace(year=today().year - 1))
    Resource.objects.filter(pk=made.pk).update(link_state="broken", link_reason="not-found")
    page = words(priya.get(address))
    assert ("has 1 resource;" in page, "1 broken link<" in page, "1 review overdue<" in page) == (is_said,) * 3


def test_one_press_asks_for_a_look_at_every_link_and_a_second_for_none(priya):
    resource()
    for _ in range(2):
        page = priya.post(at("resource-links-check"), follow=True)
    assert "The links are being looked at already." in words(page)
    assert "the links are being looked at now" in words(page)
    assert (LinkRound.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_a_use_is_recorded_in_one_form_and_leads_to_who_was_absent(priya, in_ashdown):
    pupil("Ada")
    one = resource()
    page = words(priya.get(at("resource-use-new") + f"?resource={one.pk}"))
    assert "Used Job profiles" in page
    told = {"resources": [one.pk], "title": "Job search", "activity_type": "TUTOR", "held_on": today().isoformat(), "year_groups": ["10"]}  # fmt: skip
    page = words(priya.post(at("resource-use-new"), told, follow=True))
    assert "1 recorded. Strike off below whoever was absent." in page
    assert "Counts towards: Used labour market information in each key stage" in page
    for missing, says in [
        ({"resources": []}, "Choose at least one resource."),
        ({"year_groups": []}, "Choose at least one year group or tutor group."),
        ({"held_on": "2090-01-01"}, "That day has not come yet"),
        ({"resources": ["999999"]}, "is not one of the available choices|Choose among the resources on the list."),
    ]:
        assert re.search(says, words(priya.post(at("resource-use-new"), told | missing))), missing
    assert ResourceUse.objects.count() == 1


def test_what_an_activity_uses_is_chosen_on_it(priya, in_ashdown):
    activity = lesson(pupil("Ada"), by=in_ashdown.priya)
    one = resource()
    assert at("activity-resources-change", activity.pk) in words(priya.get(at("activity-detail", activity.pk)))
    page = words(priya.post(at("activity-resources-change", activity.pk), {"resources": [one.pk]}, follow=True))
    assert "Saved. Used in it: Job profiles." in page
    assert "2.1 Used labour market information in each key stage" in page
    with working_in(in_ashdown.beckford):
        theirs = resource("Theirs")
    refused = words(priya.post(at("activity-resources-change", activity.pk), {"resources": [theirs.pk]}))
    assert "Choose among the resources on the list." in refused
    assert list(ResourceUse.objects.values_list("resource_id", flat=True)) == [one.pk]


def test_a_governor_reads_it_and_changes_nothing_and_small_numbers_are_hidden(in_ashdown):
    changes.choose_resources(lesson(pupil("Ada"), by=in_ashdown.priya), [resource()], by=in_ashdown.priya)
    governor = Client()
    governor.force_login(in_ashdown.moira, backend=BACKEND)
    page = words(governor.get(at("resource-list")))
    assert '<span class="quiet">hidden</span>' in page
    assert "Add a resource" not in page
    assert governor.get(at("resource-new")).status_code == 403


# --- the public link ---------------------------------------------------------------------------------------------------


def test_a_pupil_presses_is_counted_and_led_to_the_stored_address(in_ashdown, anybody):
    resource(audiences=["pupils", "carers"], key_stages=[7, 10], is_public=True)
    link = reverse("resource-go", args=["ashdown", 1])
    page = anybody.get(link)
    assert re.findall(r'name="who" value="([^"]+)"', words(page)) == ["pupils-7", "pupils-10", "carers-7", "carers-10"]
    assert not Visits.objects.exists()  # looking is not pressing, and whatever fetches pages ahead does not press
    answer = anybody.post(link, {"who": "pupils-10"})
    assert answer["Location"] == reverse("resource-on", args=["ashdown", 1])
    for _ in range(2):
        on = anybody.get(answer["Location"])
    assert on["Refresh"] == "0; url=http://www.careers.example/profiles"
    assert [(each.audience, each.key_stage, each.presses) for each in Visits.objects.all()] == [("pupils", 10, 1)]
    assert not live().exists()
    assert dict(anybody.cookies) == {}
    assert not re.search(r"https?://(?!www\.careers\.example/)", words(page))  # nothing of anybody else's


@pytest.mark.parametrize(
    "who", ["staff-0", "pupils-12", "pupils-999999999999", "nobody", "pupils-10; DROP", "\x00", "" * 3]
)
def test_whoever_it_is_not_for_is_not_counted_and_asked_again(in_ashdown, anybody, who):
    resource(key_stages=[7, 10], is_public=True)
    answer = anybody.post(reverse("resource-go", args=["ashdown", 1]), {"who": who, "url": "http://evil.example/"})
    assert (answer.status_code, Visits.objects.count()) == (200, 0)
    assert "evil.example" not in words(answer)


def test_it_leads_nowhere_but_to_the_stored_address(in_ashdown, anybody):
    resource(is_public=True)
    for name in ("resource-go", "resource-on"):
        answer = anybody.get(reverse(name, args=["ashdown", 1]) + "?url=http://evil.example/&next=//evil.example")
        assert "evil" not in words(answer)
        assert "evil" not in str(answer.headers)


def test_what_is_not_public_not_there_or_another_schools_is_answered_alike(in_ashdown, anybody):
    resource()
    with working_in(in_ashdown.beckford):
        changes.add_resource(title="x", address="https://x.example/", kind="quiz", audiences=["pupils"], key_stages=[7], is_public=True, by=None)  # fmt: skip
    found = [
        anybody.get(address)
        for address in (
            "/go/ashdown/1/",
            "/go/ashdown/77/",
            "/go/nowhere/1/",
            "/go/ashdown/1/on/",
            f"/go/ashdown/{10**15}/",
        )
    ]
    assert {each.status_code for each in found} == {404}
    assert len({words(each) for each in found}) == 1
    assert anybody.get("/go/beckford/1/").status_code == 200


def broken(title, **more) -> Resource:
    made = resource(title, is_public=True, **more)
    Resource.objects.filter(pk=made.pk).update(link_state="broken", link_reason="not-found", link_checked_at="2026-11-01T09:00Z")  # fmt: skip
    return made


def test_a_broken_link_leaves_the_approved_page_and_says_so_itself_until_it_is_mended(in_ashdown, anybody):
    everything_said(in_ashdown)
    made = resource("Gone for now", is_public=True)
    resource("Still there", is_public=True)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown, Page.CAREERS)

    def offered():
        page = words(anybody.get(at("careers-page")))
        return [each for each in ("Gone for now", "Still there") if each in page]

    go = at("resource-go", made.number)
    assert offered() == ["Gone for now", "Still there"]
    Resource.objects.filter(pk=made.pk).update(link_state="broken")
    assert offered() == ["Still there"], "without another version"
    for answer in (anybody.get(go), anybody.post(go, {"who": "pupils-7"}), anybody.get(at("resource-on", made.number))):
        assert "Gone for now is being mended" in words(answer)
        assert (answer.status_code, answer.get("Refresh")) == (200, None)
        assert made.address not in words(answer)
    assert Visits.objects.count() == 0
    Resource.objects.filter(pk=made.pk).update(link_state="fine")
    assert offered() == ["Gone for now", "Still there"]
    assert "being mended" not in words(anybody.get(go))


def test_the_careers_page_opens_to_somebody_who_comes_from_outside_every_school(stock, anybody):
    """Nothing is in scope when the public asks, as it is not in the test after the page was made."""
    with working_in(stock.ashdown):
        everything_said(stock)
        resource("Still there", is_public=True)
        broken("Gone for now")
        made_public(stock, Page.STATEMENT)
        made_public(stock, Page.CAREERS)
    for name in ("careers-page", "careers-embed", "provider-access-page", "careers-calendar"):
        answer = anybody.get(at(name))
        assert answer.status_code == 200, name
        assert b"Gone for now" not in answer.content, name
    assert "Still there" in words(anybody.get(at("careers-page")))


def test_home_tells_the_careers_team_of_every_broken_link_with_its_owner_and_a_colleague_of_their_own(
    priya, in_ashdown
):
    assert "To mend in the library" not in words(priya.get("/ashdown/"))
    hers = add_staff_member(surname="Doyle", forename="Maeve", user=in_ashdown.maeve, by=None)
    broken("Gone")
    broken("Hers", owner=hers)
    page = words(priya.get("/ashdown/"))
    assert re.search(
        r"Gone</a> \(its link is broken; nobody’s\), <a[^>]*>Hers</a> \(its link is broken; Maeve Doyle\)", page
    )
    maeve = Client()
    maeve.force_login(in_ashdown.maeve, backend=BACKEND)
    page = words(maeve.get("/ashdown/"))
    assert ("Hers</a> (its link is broken; Maeve Doyle)" in page, "Gone" in page) == (True, False)


def test_at_a_narrow_window_who_was_reached_is_read_without_pushing_it_aside(priya):
    resource()
    page = words(priya.get(at("library-reach")))
    table = page[page.index("Who was reached, by key stage") - 90 :].split("</table>")[0]
    assert 'class="dense stack"' in table
    cells = re.findall(r"<td([^>]*)>", table)
    assert cells
    assert all("data-label=" in each for each in cells)


def test_the_careers_page_offers_each_audience_its_own(in_ashdown):
    resource("For pupils", says="Find a job", is_public=True)
    resource("For parents", audiences=["carers"], is_public=True)
    resource("Hidden")
    pupil("Ada", "Lovell")
    resource("What Ada Lovell found", is_public=True)
    content = draft(in_ashdown.ashdown, Page.CAREERS)
    assert content["resources"]["carers"] == [{"number": 2, "title": "For parents", "says": ""}]
    assert [each["title"] for each in content["resources"]["pupils"]] == ["For pupils", "What Ada Lovell found"]
    assert named_in(content) == [("Ada Lovell", "the resources for pupils")]
    assert [each["title"] for each in left_out(content)["resources"]["pupils"]] == ["For pupils"]
    assert "resources" not in draft(in_ashdown.ashdown, Page.STATEMENT)


ASKED = {"list": 11, "one": 9, "reach": 10}  # statements, the session and the person's roles among them


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_as_much_of_one_as_of_three(priya, in_ashdown, number):
    for each in range(number):
        one = resource(f"Resource {each}")
        changes.choose_resources(lesson(pupil(f"Ada{each}"), by=in_ashdown.priya), [one], by=in_ashdown.priya)
    asked = {}
    for name, address in {"list": at("resource-list"), "one": at("resource-detail", one.pk), "reach": at("library-reach")}.items():  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            assert priya.get(address).status_code == 200
        asked[name] = len(seen)
    assert asked == {name: asks + 2 * ON_POSTGRES for name, asks in ASKED.items()}
