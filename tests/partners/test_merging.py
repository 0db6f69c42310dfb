"""Two organisations that are one are found, made one by a person, and made two again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.partners.changes import change_organisation, keep_apart
from dekaan.partners.models import Organisation
from dekaan.partners.queries import Asked, duplicates, organisation_named, organisations
from dekaan.programme import changes
from dekaan.programme.models import Activity, Merge, Session
from tests.partners.given import contact, organisation, session, spoken

pytestmark = pytest.mark.django_db


def why() -> dict[tuple[str, str], tuple[str, ...]]:
    return {(each.one.name, each.other.name): each.because for each in duplicates()}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            {"name": "Keystone", "town": "Weirbrook"},
            {"name": "Keystone Ltd", "town": "weirbrook"},
            "the same name and town",
        ),
        ({"name": "Keystone", "town": "Weirbrook"}, {"name": "Keystone Ltd", "town": "Tidewell"}, ""),
        ({"name": "Keystone", "ukprn": "10990002"}, {"name": "KT Group", "ukprn": "10990002"}, "the same UKPRN"),
        ({"name": "Keystone", "urn": "999101"}, {"name": "KT Group", "urn": "999101"}, "the same URN"),
        ({"name": "Keystone"}, {"name": "KT Group"}, ""),
    ],
)
def test_pairs_are_found_by_name_and_town_and_by_their_numbers(in_ashdown, one, other, expected):
    organisation(kind="itp", **one)
    organisation(kind="itp", **other)
    assert list(why().values()) == ([(expected,)] if expected else [])


def test_pairs_are_found_by_the_domain_of_their_peoples_addresses_but_not_by_anybodys(in_ashdown):
    for name, address in (
        ("A", "ida@keystone.example"),
        ("B", "ben@Keystone.example"),
        ("C", "cy@gmail.com"),
        ("D", "di@gmail.com"),
    ):
        contact(organisation(name), email=address)
    assert why() == {("A", "B"): ("people with e-mail addresses of the same domain",)}


@pytest.fixture
def two(in_ashdown) -> tuple[Organisation, Organisation]:
    """The college twice: each with a person, a contact noted, and a session."""
    kept, gone = (
        organisation("Keystone", "itp"),
        organisation("Keystone Ltd", "itp", town="Weirbrook", ukprn="10990002"),
    )
    for each, name in ((kept, "Ida Ward"), (gone, "Ben Abara")):
        spoken(each, contact=contact(each, name))
    session("Weir")
    session("Ltd")
    Activity.objects.filter(partner_name="Weir").update(organisation=kept)
    Activity.objects.filter(partner_name="Ltd").update(organisation=gone)
    Session.objects.filter(activity__partner_name="Ltd").update(organisation=gone)
    return kept, gone


def standing() -> dict[str, list]:
    """Whose everything is, by the name of the organisation, and what each says."""
    found = {}
    for each in Organisation.objects.order_by("pk"):
        found[each.name] = [
            sorted(str(one) for one in getattr(each, what).all())
            for what in ("contacts", "conversations", "other_names", "activities", "sessions")
        ] + [each.town, each.ukprn, each.technical, each.technical_on, each.technical_source, each.merged_into_id]
    return found


def test_everything_of_the_one_is_the_others_and_moves_back(two):
    kept, gone = two
    said = {"technical": "yes", "technical_on": today(), "technical_source": "Their prospectus"}
    change_organisation(gone, by=None, **said)
    before = standing()
    merge = changes.merge_organisations(kept, gone, by=None)
    kept.refresh_from_db()
    assert sorted(each.name for each in kept.contacts.all()) == ["Ben Abara", "Ida Ward"]
    assert (kept.conversations.count(), kept.activities.count(), kept.sessions.count()) == (2, 2, 1)
    assert (kept.town, kept.ukprn, kept.technical, kept.technical_source) == (
        "Weirbrook",
        "10990002",
        "yes",
        "Their prospectus",
    )
    assert organisations(Asked()) == [kept]
    assert organisation_named("Keystone Ltd") == kept
    undone = changes.part_organisations(merge, by=None)
    assert undone.stayed == []
    assert standing() == before
    with pytest.raises(changes.NothingToUndo):
        changes.part_organisations(merge, by=None)


def test_what_was_added_since_stays_with_the_kept_one_and_is_named(two):
    kept, gone = two
    merge = changes.merge_organisations(kept, gone, by=None)
    contact(kept, "New Person")
    session("Later", organisation=kept)
    kept.refresh_from_db()
    change_organisation(kept, by=None, town="Tidewell")
    undone = changes.part_organisations(merge, by=None)
    assert undone.stayed == [
        "1 contact added since: with Keystone",
        "1 activity added since: with Keystone",
        "What was changed in Keystone since: town",
    ]
    kept.refresh_from_db()
    assert (kept.town, kept.ukprn) == ("Tidewell", "")
    assert sorted(each.name for each in kept.contacts.all()) == ["Ida Ward", "New Person"]
    assert [each.name for each in gone.contacts.all()] == ["Ben Abara"]


def test_what_was_said_since_with_somebody_who_moves_back_goes_with_them(two):
    kept, gone = two
    ben = gone.contacts.get()
    merge = changes.merge_organisations(kept, gone, by=None)
    ben.refresh_from_db()
    later = spoken(kept, contact=ben, said="Since")
    changes.part_organisations(merge, by=None)
    later.refresh_from_db()
    ben.refresh_from_db()
    assert (later.organisation, ben.organisation) == (gone, gone)


def test_a_merge_on_which_another_stands_is_not_half_undone(two):
    kept, gone = two
    merge = changes.merge_organisations(kept, gone, by=None)
    third = organisation("Third", "itp")
    kept.refresh_from_db()
    later = changes.merge_organisations(third, kept, by=None)
    before = standing()
    with pytest.raises(changes.MergedSince):
        changes.part_organisations(merge, by=None)
    assert standing() == before
    changes.part_organisations(later, by=None)
    assert changes.part_organisations(merge, by=None).stayed == []


def test_what_is_one_already_is_not_made_one_again(two):
    kept, gone = two
    changes.merge_organisations(kept, gone, by=None)
    with pytest.raises(changes.MergedSince):
        changes.merge_organisations(kept, gone, by=None)
    with pytest.raises(changes.SameOrganisation):
        changes.merge_organisations(kept, kept, by=None)


def test_after_thirty_days_they_stay_one(two):
    merge = changes.merge_organisations(*two, by=None)
    Merge.objects.update(at=timezone.now() - timedelta(days=30, minutes=1))
    with pytest.raises(changes.TooLateToUndo):
        changes.part_organisations(merge, by=None)


def test_two_that_somebody_said_are_two_are_not_shown_any_more(in_ashdown):
    one, other = organisation("Keystone", "itp"), organisation("Keystone Ltd", "itp")
    keep_apart(other, one, by=in_ashdown.priya)
    keep_apart(one, other, by=in_ashdown.priya)
    assert duplicates() == []
    assert Event.objects.filter(action="organisations kept apart").count() == 1
    organisation("The Keystone", "itp")
    assert list(why()) == [("Keystone", "The Keystone")]
