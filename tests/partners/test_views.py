"""The pages of the directory: what each role is shown, what is refused in words, and that nothing is lost."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.partners.changes import load_register, offer_organisation
from dekaan.partners.models import Contact, Conversation, Organisation, RegisterEntry, TrustOrganisation
from dekaan.programme.changes import it_happened
from dekaan.programme.models import Activity, Merge, NameMatching, Session
from tests.databases import ON_POSTGRES
from tests.isolation.world import BACKEND
from tests.partners.given import contact, organisation, session, spoken
from tests.stock import pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(in_ashdown, client) -> Client:
    client.force_login(in_ashdown.priya, backend=BACKEND)
    return client


def at(name, *args, school="ashdown"):
    return reverse(name, args=[school, *args])


def read(client, name, /, *args, **asked) -> str:
    return html.unescape(client.get(at(name, *args), asked, follow=True).content.decode())


def sent(client, address, **told) -> str:
    return html.unescape(client.post(address, told, follow=True).content.decode())


TOLD = {"name": "Weir Valley College", "kind": "fe-college", "technical": "unknown", "apprenticeships": "unknown"}


def test_priya_adds_a_provider_from_the_register_with_its_numbers_filled_in(in_ashdown, priya):
    load_register(b"UKPRN,name,Town\n10990001,Weir Valley College,Weirbrook\n", by=None)
    page = read(priya, "organisation-new", name="valley")
    assert "Weir Valley College" in page
    entry = page.split("?entry=")[1].split('"')[0]
    page = read(priya, "organisation-new", entry=entry)
    assert ('value="10990001"' in page, 'value="Weirbrook"' in page) == (True, True)
    page = sent(priya, at("organisation-new"), **TOLD, ukprn="1099 0001", postcode="wb1  1aa")
    assert "In the directory: Weir Valley College." in page
    made = Organisation.objects.get()
    assert (made.ukprn, made.postcode, made.technical) == ("10990001", "WB1 1AA", "unknown")


@pytest.mark.parametrize("entry", ["0", "999999", "x", "9" * 30])
def test_an_entry_that_is_not_there_begins_an_empty_form(in_ashdown, priya, entry):
    assert priya.get(at("organisation-new"), {"entry": entry}).status_code == 200


def test_one_that_is_there_already_is_said_before_it_is_added_twice(in_ashdown, priya):
    organisation()
    assert "In your directory already:" in read(priya, "organisation-new", name="weir valley college ltd")


def test_what_is_said_of_an_offer_needs_its_day_and_source_and_nothing_is_lost(in_ashdown, priya):
    page = sent(priya, at("organisation-new"), **TOLD | {"technical": "yes", "town": "Weirbrook"})
    assert "Give the day on which it was said." in page
    assert "Say who said so, or where it stands." in page
    assert 'value="Weirbrook"' in page
    told = TOLD | {"technical": "yes", "technical_on": str(today()), "technical_source": "Ms Ward"}
    sent(priya, at("organisation-new"), **told)
    assert Organisation.objects.get().is_provider == "yes"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"ukprn": "123"}, "“123” does not look like a UKPRN, which is eight digits, the first a 1. Leave it blank"),
        ({"urn": "12"}, "“12” does not look like a URN"),
        ({"name": ""}, "Give the organisation its name."),
        ({"kind": "circus"}, "Choose the kind."),
        ({"technical": "perhaps"}, "Say yes, no or not known."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(in_ashdown, priya, told, said):
    assert said in sent(priya, at("organisation-new"), **TOLD | told)
    assert Organisation.objects.count() == 0


def test_priya_adds_a_person_with_the_usual_basis_shown_and_dated(in_ashdown, priya):
    college = organisation()
    page = read(priya, "contact-new", college.pk)
    assert ("Public task." in page, f'value="{today()}"' in page) == (True, True)
    told = {
        "name": "Ida Ward",
        "email": "ida@",
        "basis": "public-task",
        "basis_on": str(today()),
        "basis_source": "Fair",
    }
    assert "Give the address as name@example.org." in sent(priya, at("contact-new", college.pk), **told)
    page = sent(priya, at("contact-new", college.pk), **told | {"email": "ida@weir.example"})
    assert ("Added: Ida Ward" in page, "Public task (Article 6(1)(e))" in page, "Fair" in page) == (True, True, True)
    assert Contact.objects.get().added_by == in_ashdown.priya


def test_a_basis_that_is_none_of_the_six_is_refused(in_ashdown, priya):
    told = {"name": "Ida Ward", "basis": "curiosity", "basis_on": str(today()), "basis_source": "Fair"}
    assert "Choose the lawful basis." in sent(priya, at("contact-new", organisation().pk), **told)


def test_a_contact_is_noted_and_stands_with_the_sessions_in_one_history(in_ashdown, priya):
    college = organisation()
    session("Weir Valley College", days_ago=3)
    told = {"how": "telephone", "held_on": str(today()), "said": "Comes in May"}
    page = sent(priya, at("conversation-new", college.pk), **told)
    assert page.index("Comes in May") < page.index("Talk by Weir Valley College")
    assert Conversation.objects.get().by == in_ashdown.priya
    late = {"how": "telephone", "held_on": "2099-01-01"}
    assert "That day has not come yet." in sent(priya, at("conversation-new", college.pk), **late)


def test_all_that_is_held_of_a_person_stands_on_a_page_and_is_erased_from_there(in_ashdown, priya):
    college = organisation()
    ida = contact(college, email="ida@weir.example", telephone="01632 960001")
    spoken(college, contact=ida, said="Comes in May")
    page = read(priya, "contact-detail", ida.pk)
    assert all(each in page for each in ("ida@weir.example", "01632 960001", "Comes in May", "Public task"))
    page = sent(priya, at("contact-erase", ida.pk))
    assert "Erased." in page
    assert ("Ida Ward" in page, "Comes in May" in page, Contact.objects.count()) == (False, False, 0)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("priya", True),
        ("grace", True),
        ("nell", True),
        ("ellen", True),
        ("david", True),
        ("anna", True),
        ("sam", False),
        ("moira", False),
        ("joan", False),
        ("viktor", False),
        ("maeve", False),
    ],
)
def test_people_are_shown_to_those_whom_the_matrix_lets_see_them(in_ashdown, client, who, sees):
    college = organisation(notes="Ask for Ida")
    ida = contact(college, email="ida@weir.example")
    spoken(college, contact=ida, said="Comes in May")
    client.force_login(getattr(in_ashdown, who), backend=BACKEND)
    page = read(client, "organisation-detail", college.pk)
    assert "Weir Valley College" in page
    told = ("Ida Ward", "ida@weir.example", "Comes in May", "Ask for Ida")
    assert [each in page for each in told] == [sees] * 4
    assert client.get(at("contact-detail", ida.pk)).status_code == (200 if sees else 403)


def test_a_session_teacher_sees_of_the_history_their_own_sessions_alone(in_ashdown, client):
    college = organisation()
    session("Weir Valley College")
    client.force_login(in_ashdown.leo, backend=BACKEND)
    page = read(client, "organisation-detail", college.pk)
    assert "Talk by Weir Valley College" not in page


def test_another_schools_organisation_is_not_found(in_ashdown, priya):
    with working_in(in_ashdown.beckford):
        theirs = organisation("Theirs")
    assert priya.get(at("organisation-detail", theirs.pk)).status_code == 404
    ours = organisation("Ours")
    assert priya.get(at("merge-new"), {"one": ours.pk, "other": theirs.pk}).status_code == 404
    session("Elsewhere")
    told = {"name_0": "Elsewhere", "take_0": "on", "whose_0": str(theirs.pk)}
    assert "Say whose name “Elsewhere” is." in sent(priya, at("partner-names"), **told)


def test_choosing_one_of_the_directory_fills_name_and_kind_of_an_activity(in_ashdown, priya):
    pupil("Ada")
    college = organisation()
    page = read(priya, "activity-new")
    assert '<option value="Weir Valley College">' in page
    told = {"title": "Talk", "activity_type": "TALK", "held_on": str(today()), "year_groups": ["10"]}
    sent(priya, at("activity-new"), **told, partner_name="weir valley COLLEGE")
    activity = Activity.objects.get()
    assert (activity.organisation, activity.partner_name, activity.partner_kind) == (
        college,
        "Weir Valley College",
        "fe-college",
    )
    told = {"title": "Talk", "mode": "in_school", "partner_name": "Somebody else", "partner_kind": "employer"}
    sent(priya, at("activity-change", activity.pk), **told)
    activity.refresh_from_db()
    assert (activity.organisation, activity.partner_name) == (None, "Somebody else")


def test_a_session_with_another_than_usual_is_that_ones_and_the_ledger_says_so(in_ashdown, priya):
    ada = pupil("Ada")
    organisation()
    training = organisation("Keystone Training", "itp")
    held = session("Weir Valley College")
    it_happened(held, by=in_ashdown.priya)
    told = {"held_on": str(held.held_on), "partner_name": "keystone training"}
    assert "Changed: Talk by Weir Valley College." in sent(priya, at("session-change", held.pk), **told)
    held.refresh_from_db()
    assert (held.organisation, held.partner_name, held.partner_kind) == (training, "Keystone Training", "itp")
    row = ada.participations.get(superseded_at=None)
    assert (row.partner_name, row.partner_kind) == ("Keystone Training", "itp")
    told = {"held_on": str(held.held_on), "partner_name": "Somebody else"}
    assert "Say what kind of employer or provider it is" in sent(priya, at("session-change", held.pk), **told)
    told = {"held_on": str(held.held_on), "partner_name": "Weir Valley College", "partner_kind": "itp"}
    sent(priya, at("session-change", held.pk), **told)
    held.refresh_from_db()
    assert (held.organisation, held.partner_name, held.partner_kind) == (None, "", "")  # it is the usual one
    told = {"held_on": str(today()), "year_groups": ["10"], "partner_name": "Keystone Training"}
    sent(priya, at("session-new", held.activity_id), **told)
    assert Session.objects.exclude(pk=held.pk).get().organisation == training


def test_something_unplanned_with_one_of_the_directory_is_its_own(in_ashdown, priya):
    pupil("Ada")
    college = organisation()
    told = {"title": "Talk", "activity_type": "TALK", "held_on": str(today()), "year_groups": ["10"]}
    sent(priya, at("session-unplanned"), **told, partner_name="Weir Valley College")
    assert Session.objects.get().activity.organisation == college


def test_names_are_matched_in_one_press_and_taken_back(in_ashdown, priya):
    works = organisation("Millworks Engineering", "employer")
    session("Millworks", kind="employer")
    session("Oakline", kind="self-employed")
    page = read(priya, "partner-names")
    assert "Millworks Engineering" in page
    told = {
        "name_0": "Millworks", "take_0": "on", "whose_0": str(works.pk),
        "name_1": "Oakline", "take_1": "on", "whose_1": "new", "kind_1": "self-employed",
    }  # fmt: skip
    page = sent(priya, at("partner-names"), **told)
    assert "2 names matched" in page
    assert Activity.objects.filter(organisation=None).count() == 0
    page = sent(priya, at("name-matching-undo", NameMatching.objects.get().pk))
    assert "Undone: the names wait to be matched again." in page
    assert Activity.objects.exclude(organisation=None).count() == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"whose_0": "new"}, "Say what kind “Millworks” is"),
        ({"whose_0": "new", "kind_0": "circus"}, "Say what kind “Millworks” is"),
        ({"whose_0": "12345678901234567890"}, "Say whose name “Millworks” is."),
        ({"whose_0": ""}, "Say whose name “Millworks” is."),
        ({"whose_0": "new", "other_0": "Nobody"}, "“Nobody” is not in your directory."),
        ({"whose_0": "new", "other_0": "Twice"}, "“Twice” is in your directory more than once: type it with its town."),
    ],
)
def test_what_cannot_be_said_of_a_name_stops_all_and_keeps_what_was_ticked(in_ashdown, priya, line, said):
    organisation("Twice", town="A")
    organisation("Twice", town="B")
    session("Millworks", kind="")
    page = sent(priya, at("partner-names"), name_0="Millworks", take_0="on", **line)
    assert said in page
    assert "checked" in page
    assert NameMatching.objects.count() == 0


def test_nothing_ticked_is_nothing_matched(in_ashdown, priya):
    session("Millworks", kind="employer")
    page = sent(priya, at("partner-names"), name_0="Millworks", whose_0="new")
    assert "Nothing is ticked, so nothing was matched." in page
    assert NameMatching.objects.count() == 0


def test_another_of_the_directory_is_typed_where_none_was_suggested(in_ashdown, priya):
    works = organisation("Larkfield Hospital", "employer")
    session("The infirmary", kind="employer")
    sent(priya, at("partner-names"), name_0="The infirmary", take_0="on", whose_0="new", other_0="larkfield hospital")
    assert Activity.objects.get().organisation == works


def test_two_are_shown_side_by_side_made_one_and_parted(in_ashdown, priya):
    one, other = organisation("Keystone", "itp"), organisation("Keystone Ltd", "itp")
    contact(other, "Ben Abara")
    page = read(priya, "organisation-duplicates")
    assert "The same name and town" in page
    address = at("merge-new") + f"?one={one.pk}&other={other.pk}"
    assert "Say which one is kept." in sent(priya, address)
    assert "They are two:" in sent(priya, address, apart="1")
    page = sent(priya, address, keep=str(one.pk))
    assert ("They are one" in page, "1 contact" in page) == (True, True)
    assert read(priya, "organisation-detail", other.pk).count("Ben Abara")  # leads to the one that is kept
    page = sent(priya, at("merge-undo", Merge.objects.get().pk))
    assert "Undone: they are two again." in page
    assert [each.name for each in other.contacts.all()] == ["Ben Abara"]


def test_a_trust_offers_one_and_a_school_takes_it_up_with_a_press(in_ashdown, client):
    client.force_login(in_ashdown.anna, backend=BACKEND)
    page = sent(client, at("trust-organisation-new"), **TOLD)
    assert "Offered to the schools of Weirbrook Learning Trust: Weir Valley College." in page
    offered = TrustOrganisation.objects.get()
    client.force_login(in_ashdown.priya, backend=BACKEND)
    assert client.get(at("trust-organisation-new")).status_code == 403
    page = sent(client, at("trust-organisation-take", offered.pk))
    assert "In your directory: Weir Valley College." in page
    made = Organisation.objects.get()
    assert (made.taken_up_from, made.contacts.count()) == (offered, 0)
    assert "in your directory already" in sent(client, at("trust-organisation-take", offered.pk))
    client.force_login(in_ashdown.bea, backend=BACKEND)
    assert "In your directory: Weir Valley College." in sent(
        client, at("trust-organisation-take", offered.pk, school="beckford")
    )


def test_what_a_trust_offers_is_nothing_to_a_school_outside_it(in_ashdown, client):
    offered = offer_organisation(trust=in_ashdown.weirbrook, name="Weir Valley College", kind="fe-college", by=None)
    client.force_login(in_ashdown.dora, backend=BACKEND)
    page = html.unescape(client.get(at("trust-organisation-list", school="farfield")).content.decode())
    assert ("Weir Valley College" in page, "is in no trust" in page) == (False, True)
    assert client.post(at("trust-organisation-take", offered.pk, school="farfield")).status_code == 404


def test_what_the_trust_changes_later_leaves_a_schools_own_row(in_ashdown, client):
    offered = offer_organisation(trust=in_ashdown.weirbrook, name="Weir Valley College", kind="fe-college", by=None)
    client.force_login(in_ashdown.priya, backend=BACKEND)
    sent(client, at("trust-organisation-take", offered.pk))
    client.force_login(in_ashdown.anna, backend=BACKEND)
    told = TOLD | {"name": "Weir Valley Group", "is_withdrawn": "on"}
    sent(client, at("trust-organisation-change", offered.pk), **told)
    assert Organisation.objects.get().name == "Weir Valley College"
    client.force_login(in_ashdown.bea, backend=BACKEND)
    assert "does not offer it any more" in sent(client, at("trust-organisation-take", offered.pk, school="beckford"))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("organisation-list", 11),
        ("organisation-detail", 12),
        ("partner-links", 11),
        ("partner-names", 12),
        ("organisation-duplicates", 8),
    ],
)
def test_a_page_asks_as_much_of_three_organisations_as_of_one(in_ashdown, priya, name, number):
    asked = []
    for count in (1, 3):
        for each in range(count):
            college = organisation(f"College {count} {each}")
            spoken(college, contact=contact(college))
            session(f"College {count} {each}")
            session(f"Unknown {count} {each}")
        address = at(name, *([Organisation.objects.first().pk] if name == "organisation-detail" else []))
        with CaptureQueriesContext(connection) as made:
            assert priya.get(address).status_code == 200
        asked.append(len(made))
    assert asked == [number + 2 * ON_POSTGRES] * 2


def ticked(page: str) -> list[str]:
    """Names whose box is ticked before anybody did."""
    boxes = re.findall(r'name="name_(\d+)" value="([^"]+)".*?<input type="checkbox"([^>]*)>', page, re.DOTALL)
    return [name for _, name, box in boxes if "checked" in box]


def test_only_names_written_exactly_as_in_the_directory_are_ticked_beforehand(in_ashdown, priya):
    for name in ("millworks", "The Tidewater Engineering Ltd.", "Keystones", "Somebody else"):
        session(name, kind="employer")
    for name in ("Millworks", "Tidewater Engineering", "Keystone"):
        organisation(name, "employer")
    page = read(priya, "partner-names")
    assert ticked(page) == ["millworks"]
    assert "Ticked beforehand are only those written exactly as one name of your directory." in page


@pytest.mark.parametrize("longer", ["Keystone", "Keystone Ltd"])
def test_of_two_the_one_with_the_longer_history_is_chosen_beforehand(in_ashdown, priya, longer):
    one, other = organisation("Keystone", "itp"), organisation("Keystone Ltd", "itp")
    for each in (one, other):
        spoken(each)
    chosen = {each.name: each for each in (one, other)}[longer]
    spoken(chosen, days_ago=9)
    page = read(priya, "merge-new", one=one.pk, other=other.pk)
    found = re.findall(r'<input[^>]*name="keep"[^>]*>', page)
    assert [f'value="{chosen.pk}"' in each for each in found if "checked" in each] == [True]
    assert "Chosen beforehand: the one with the longer history." in page


def test_what_is_not_said_of_an_organisation_stands_on_its_page_with_where_to_say_it(in_ashdown, priya):
    one = organisation("Millworks", "employer", sector="")
    page = read(priya, "organisation-detail", one.pk)
    change = at("organisation-change", one.pk)
    for field, words in (("sector", "Sector"), ("size", "Size")):
        assert f"<dt>{words}</dt><dd>Not said" in page
        assert f'href="{change}#id_{field}"' in page
        assert f'id="id_{field}"' in read(priya, "organisation-change", one.pk)
    assert f'href="{change}#id_technical"' in page
    assert 'id="id_technical' in read(priya, "organisation-change", one.pk)


def test_whoever_may_not_change_an_organisation_is_led_to_no_form(in_ashdown, client):
    client.force_login(in_ashdown.moira, backend=BACKEND)
    page = read(client, "organisation-detail", organisation("Millworks", "employer").pk)
    assert "Not said" in page
    assert "/change/" not in page
    assert "registers" not in page


REGISTER = b"UKPRN,name\n10990002,Keystone Training\n"


def test_the_registers_are_looked_up_from_the_directory(in_ashdown, priya):
    page = read(priya, "organisation-list")
    assert f'action="{at("organisation-new")}"' in page
    assert "Look up a school, college or training provider in the registers" in page
    assert "No register of schools or learning providers is loaded here" in read(priya, "organisation-new", name="key")
    load_register(REGISTER, by=None)
    assert "Keystone Training" in read(priya, "organisation-new", name="key")


def test_an_organisation_is_filled_in_from_the_registers_and_nothing_is_written_over(in_ashdown, priya):
    one = organisation("Keystone", "itp", town="Weirbrook")
    load_register(REGISTER, by=None)
    entry = RegisterEntry.objects.get()
    look = f"{at('organisation-change', one.pk)}?name=Keystone"
    assert look in read(priya, "organisation-detail", one.pk)
    assert f'href="?entry={entry.pk}"' in html.unescape(priya.get(look).content.decode())
    page = priya.get(at("organisation-change", one.pk), {"entry": entry.pk})
    source = html.unescape(page.content.decode())
    assert 'value="10990002"' in source
    assert 'value="Weirbrook"' in source  # the register says no town
    one.refresh_from_db()
    assert one.ukprn == ""  # nothing is saved by looking
    form = page.context["form"]
    assert form.errors == {}
    told = {name: form[name].value() or "" for name in form.fields if name != "is_given_up"}
    told["as_read"] = re.search(r'name="as_read" value="([^"]+)"', source).group(1)
    Organisation.objects.filter(pk=one.pk).update(town="Tidewell")  # somebody else, meanwhile
    assert "Saved: Keystone Training." not in sent(
        priya, at("organisation-change", one.pk), **told | {"town": "Elsewhere"}
    )
    assert "Saved: Keystone Training." in sent(priya, at("organisation-change", one.pk), **told | {"town": "Tidewell"})
    one.refresh_from_db()
    assert (one.name, one.ukprn, one.town) == ("Keystone Training", "10990002", "Tidewell")
