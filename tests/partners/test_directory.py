"""Organisations and the people at them: what is said with its source, what is held and erased, and when a link is live."""

import pytest
from django.db import IntegrityError, transaction

from dekaan.audit.models import Event
from dekaan.core.academic_year import months_after, today
from dekaan.core.identifiers import ukprn_problem, urn_problem
from dekaan.frameworks.queries import partner_kinds
from dekaan.partners import changes
from dekaan.partners.models import Contact, Conversation, Organisation, Said
from dekaan.partners.queries import Asked, lawful_bases, link_kinds, organisations, usual_basis
from dekaan.privacy.changes import let_records_go, run_retention
from dekaan.privacy.queries.retention import retention_plan
from dekaan.programme.changes import cancel_session
from dekaan.programme.queries import organisation_lines, organisations_met_since, provider_links
from tests.partners.given import ago, contact, organisation, session, spoken

pytestmark = pytest.mark.django_db


def test_a_provider_in_law_is_one_that_is_said_to_offer_either_and_never_by_its_kind(in_ashdown):
    college = organisation(kind="fe-college")
    assert college.is_provider == Said.UNKNOWN
    said = {"apprenticeships": "yes", "apprenticeships_on": today(), "apprenticeships_source": "Their prospectus"}
    changes.change_organisation(college, by=in_ashdown.priya, **said)
    assert college.is_provider == Said.YES
    neither = {"apprenticeships": "no", "technical": "no", "technical_on": today(), "technical_source": "Ms Ward"}
    changes.change_organisation(college, by=in_ashdown.priya, **neither)
    assert college.is_provider == Said.NO


def test_the_database_takes_no_yes_without_a_day_and_a_source(in_ashdown):
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation(technical="yes", technical_on=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation(technical="no", technical_source="Somebody")
    assert Organisation.objects.count() == 0


def test_a_contact_has_a_lawful_basis_with_its_day_and_source_from_the_first(in_ashdown):
    ida = contact(organisation())
    assert (ida.basis, ida.basis_on) == (usual_basis().key, today())
    assert ida.basis_source
    assert ida.basis_name == "Public task (Article 6(1)(e))"
    assert {each.article for each in lawful_bases().values()} == {f"6(1)({letter})" for letter in "abcdef"}


def test_an_erased_contact_leaves_days_and_no_word(in_ashdown):
    college = organisation()
    ida, ben = contact(college), contact(college, "Ben Abara")
    spoken(college, contact=ida, said="Ida Ward comes on Monday")
    spoken(college, contact=ben, said="Ben comes")
    changes.erase_contact(ida, by=in_ashdown.priya)
    left = list(Conversation.objects.order_by("pk").values_list("contact", "said", "held_on"))
    assert left == [(None, "", ago(1)), (ben.pk, "Ben comes", ago(1))]
    assert list(Contact.objects.all()) == [ben]
    event = Event.objects.filter(action="contact erased").get()
    assert (event.subject, event.subject_id, event.detail) == ("organisation", college.pk, {})


def test_what_is_noted_with_somebody_is_with_somebody_there(in_ashdown):
    elsewhere = contact(organisation("Elsewhere"))
    with pytest.raises(changes.NotOfThatOrganisation):
        spoken(organisation(), contact=elsewhere)


def test_it_is_found_by_any_part_of_a_word_of_its_name_its_town_or_another_name(in_ashdown):
    college = organisation(town="Weirbrook")
    organisation("Keystone Training", "itp", town="Tidewell")
    changes.call_also(college, "WVC Group")
    found = {words: [each.name for each in organisations(Asked(words))] for words in ("valley", "IRB coll", "wvc", "q")}
    assert found == {
        "valley": ["Weir Valley College"],
        "IRB coll": ["Weir Valley College"],
        "wvc": ["Weir Valley College"],
        "q": [],
    }
    assert [each.name for each in organisations(Asked(kind="itp"))] == ["Keystone Training"]


def test_what_is_no_longer_used_is_shown_only_when_asked_for(in_ashdown):
    college = organisation(no_longer_used_on=today())
    assert organisations(Asked()) == []
    assert organisations(Asked(also_given_up=True)) == [college]


def test_a_name_is_of_one_organisation(in_ashdown):
    changes.call_also(organisation(), "WVC")
    with pytest.raises(changes.NamedOtherwise):
        changes.call_also(organisation("Keystone Training"), "WVC")


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("nothing", (None, None, False)),
        ("spoken lately", (ago(1), None, True)),
        ("spoken on the first day", (months_after(today(), -24), None, True)),
        ("spoken a day before", (ago((today() - months_after(today(), -24)).days + 1), None, False)),
        ("came", (ago(3), None, True)),
        ("comes", (None, ago(-3), True)),
        ("was cancelled", (None, None, False)),
    ],
)
def test_a_link_is_live_that_was_used_or_is_to_be_within_two_years(in_ashdown, what, expected):
    college = organisation()
    if what.startswith("spoken"):
        spoken(college, days_ago=(today() - expected[0]).days)
    elif what in {"came", "comes", "was cancelled"}:
        held = session("Weir Valley College", days_ago=-3 if what == "comes" else 3)
        if what == "was cancelled":
            cancel_session(held, because="cancelled by them", by=in_ashdown.priya)
    (line,) = organisation_lines(Asked())
    assert (line.last, line.next, line.is_live) == expected
    assert organisation_lines(Asked(), "yes" if expected[2] else "no") == [line]
    assert organisation_lines(Asked(), "no" if expected[2] else "yes") == []


def test_a_session_with_another_partner_than_its_activity_is_that_ones(in_ashdown):
    college, training = organisation(), organisation("Keystone Training", "itp")
    held = session("Weir Valley College", days_ago=5)
    held.partner_name, held.organisation = "Keystone Training", training
    held.save()
    assert {each.organisation: each.last for each in organisation_lines(Asked())} == {college: None, training: ago(5)}


def test_the_map_has_each_kind_of_provider_with_and_without(in_ashdown):
    live = organisation("Weir Valley College")
    idle = organisation("Tidewell College")
    spoken(live)
    organisation("Millworks", "employer")
    found = {
        each.kind.key: ([x.organisation for x in each.live], [x.organisation for x in each.idle])
        for each in provider_links()
    }
    assert found == {
        "further-education": ([live], [idle]),
        "sixth-form": ([], []),
        "utc": ([], []),
        "university": ([], []),
        "training-provider": ([], []),
        "apprenticeship-employer": ([], []),
    }


@pytest.mark.once
def test_the_map_names_kinds_that_there_are(in_ashdown):
    assert {key for each in link_kinds() for key in each.kinds} <= set(partner_kinds())


@pytest.mark.once
def test_numbers_are_looked_at_as_they_are_issued():
    assert [bool(ukprn_problem(each)) for each in ("10060309", "20060309", "1006030", "1006030x")] == [
        False,
        True,
        True,
        True,
    ]
    assert [bool(urn_problem(each)) for each in ("100000", "10000", "1000000", "10000x")] == [False, True, True, True]


def test_people_with_whom_there_was_no_business_for_years_go_by_themselves(in_ashdown):
    """Neither with them, nor with their organisation, nor a session; and whoever has left waits for no session."""
    old = {"basis_on": ago(2000)}
    forgotten, met, spoken_with, left = (organisation(name) for name in ("A", "B", "C", "D"))
    people = [contact(each, f"At {each}", **old) for each in (forgotten, met, spoken_with, left)]
    Contact.objects.update(added_on=ago(2000))
    changes.change_contact(people[3], by=None, left_on=ago(1500))
    session("B", days_ago=10)
    spoken(spoken_with, days_ago=10)
    session("D", days_ago=10)
    before = ago(1000)
    gone = changes.let_old_contacts_go(before, met_since=organisations_met_since(before))
    assert (gone, sorted(each.name for each in Contact.objects.all())) == (2, ["At B", "At C"])


def test_somebody_entered_lately_stays(in_ashdown):
    contact(organisation())
    assert changes.let_old_contacts_go(ago(1000), met_since=set()) == 0


@pytest.mark.parametrize("is_on", [True, False])
def test_the_morning_lets_old_contacts_go_once_records_go_by_themselves(in_ashdown, is_on):
    contact(organisation(), basis_on=ago(2500))
    Contact.objects.update(added_on=ago(2500))
    if is_on:
        let_records_go(in_ashdown.ashdown, seen=retention_plan(today()).mark, by=in_ashdown.priya)
    run_retention(in_ashdown.ashdown, today())
    assert Contact.objects.exists() is not is_on
