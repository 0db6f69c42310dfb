"""Names that were typed or brought in are matched by a person, in bulk, and the matching is taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dekaan.core.scope import working_in
from dekaan.participation.models import Participation, State
from dekaan.partners.changes import add_organisation, change_organisation
from dekaan.partners.models import Organisation, OtherName
from dekaan.partners.queries import Near, names_on_offer, organisation_named, plain_name
from dekaan.programme import changes
from dekaan.programme.changes import Match
from dekaan.programme.models import Activity, NameMatching, Session
from dekaan.programme.queries import as_kept, is_as_made, names_to_match, past_with
from tests.partners.given import ago, contact, organisation, session
from tests.stock import pupil

pytestmark = pytest.mark.django_db


def past(name: str, *, title: str = "Mill visit", source: int = 1, who=None) -> None:
    """Somebody took part in something before, as a list said."""
    Participation.objects.create(
        pupil=who or pupil(f"P{source}"),
        source_kind="history",
        source_id=source,
        state=State.ATTENDED,
        known_by="confirmed",
        happened_on=ago(400),
        academic_year=2024,
        academic_day=1,
        activity_type="WVISIT",
        partner_name=name,
        partner_kind="employer",
        title=title,
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("The Mill Works Ltd.", "Millworks", True),
        ("Fox & Hound PLC", "Fox and Hound", True),
        ("O’Brien’s", "OBriens", True),
        ("Ltd", "Limited", False),
        ("Millworks North", "Millworks", False),
    ],
)
def test_names_are_compared_without_what_one_writes_and_another_leaves_out(one, other, is_same):
    assert (plain_name(one) == plain_name(other)) is is_same


@pytest.mark.once
def test_near_names_are_found_nearest_first_and_far_ones_not():
    names = [
        plain_name(each) for each in ("Millworks Engineering", "Weir Valley College", "Larkfield College", "Oakline")
    ]
    near = Near(names)
    assert near.to(plain_name("Millworks")) == ["millworksengineering"]
    assert near.to(plain_name("Wier Valley College")) == ["weirvalleycollege"]
    assert near.to(plain_name("Sundial Hotels")) == []


def test_a_name_of_the_directory_is_that_ones_when_an_activity_is_planned(in_ashdown):
    college = organisation()
    assert session("weir valley college").activity.organisation == college
    assert session("Weir Valley").activity.organisation is None


def test_a_name_that_two_have_is_nobodys_until_the_town_is_said(in_ashdown):
    one, other = organisation(town="Tidewell"), organisation(town="Larkfield")
    assert organisation_named("Weir Valley College") is None
    assert organisation_named("Weir Valley College, Larkfield") == other
    assert names_on_offer() == ["Weir Valley College, Tidewell", "Weir Valley College, Larkfield"]
    change_organisation(one, by=None, no_longer_used_on=ago(1))
    assert organisation_named("Weir Valley College") == other


def test_each_name_waits_with_where_it_stands_and_what_it_may_be(in_ashdown):
    session("Millworks", kind="employer")
    session("Millworks", kind="employer")
    past("Millworks")
    session("Weir Vally College")
    session("Oakline Ltd", kind="self-employed")
    works, college = organisation("Millworks Engineering", "employer"), organisation()
    oak = organisation("Oakline", "self-employed")
    found = {each.name: (each.activities, each.past, each.exact, each.near, each.guess) for each in names_to_match()}
    assert found == {
        "Millworks": (2, 1, [], [works], str(works.pk)),
        "Weir Vally College": (1, 0, [], [college], str(college.pk)),
        "Oakline Ltd": (1, 0, [oak], [], str(oak.pk)),
    }
    assert [each.is_sure for each in names_to_match()] == [
        False,
        False,
        False,
    ]  # “Oakline Ltd” may be another than Oakline
    organisation("OAKLINE LTD", "employer")
    change_organisation(oak, by=None, no_longer_used_on=ago(1))
    assert [each.name for each in names_to_match() if each.is_sure] == ["Oakline Ltd"]


def test_one_press_matches_activities_sessions_and_the_past_and_leaves_the_texts(in_ashdown):
    held = session("Millworks", kind="employer")
    held.partner_name = "Mill Works"
    held.save()
    past("Millworks")
    works = organisation("Millworks Engineering", "employer")
    matches = {"Millworks": Match(works), "Mill Works": Match(works)}
    kept = changes.match_names(matches, by=in_ashdown.priya)
    assert (Activity.objects.get().organisation, Session.objects.get().organisation) == (works, works)
    assert (Activity.objects.get().partner_name, Participation.objects.get().partner_name) == ("Millworks", "Millworks")
    assert [each.title for each in past_with(works)] == ["Mill visit"]
    assert names_to_match() == []
    assert len(kept.lines) == 2
    assert changes.match_names(matches, by=None).lines == []  # nothing waits any more


def test_a_new_organisation_is_made_of_a_name_and_gone_with_the_undo(in_ashdown):
    session("Oakline", kind="self-employed")
    kept = changes.match_names({"Oakline": Match(None, "self-employed")}, by=in_ashdown.priya)
    made = Organisation.objects.get()
    assert (made.name, made.kind, Activity.objects.get().organisation) == ("Oakline", "self-employed", made)
    undone = changes.unmatch_names(kept, by=in_ashdown.priya)
    assert (undone.stayed, Organisation.objects.count(), Activity.objects.get().organisation) == ([], 0, None)
    assert [each.name for each in names_to_match()] == ["Oakline"]
    with pytest.raises(changes.NothingToUndo):
        changes.unmatch_names(kept, by=None)


def test_undo_leaves_exactly_what_was_there_before(in_ashdown):
    session("Millworks", kind="employer")
    past("Millworks")
    works = organisation("Millworks Engineering", "employer")
    kept = changes.match_names({"Millworks": Match(works)}, by=None)
    changes.unmatch_names(kept, by=None)
    assert (Activity.objects.get().organisation, OtherName.objects.count()) == (None, 0)
    assert Organisation.objects.get() == works


def test_what_was_built_on_a_matching_since_stays_and_is_named(in_ashdown):
    session("Oakline", kind="self-employed")
    held = session("Millworks", kind="employer")
    works, other = organisation("Millworks Engineering", "employer"), organisation("Elsewhere", "employer")
    kept = changes.match_names({"Oakline": Match(None, "self-employed"), "Millworks": Match(works)}, by=None)
    oak = Organisation.objects.get(name="Oakline")
    contact(oak)
    changes.change_activity(held.activity, by=None, organisation=other)
    undone = changes.unmatch_names(kept, by=None)
    assert undone.stayed == [
        "Oakline stays in the directory: it was used since",
        "“Millworks”: 1 of its rows were given to another organisation since",
    ]
    held.activity.refresh_from_db()
    assert held.activity.organisation == other
    assert Activity.objects.get(partner_name="Oakline").organisation is None


def test_an_organisation_that_somebody_has_written_in_since_stays(in_ashdown):
    session("Oakline", kind="self-employed")
    kept = changes.match_names({"Oakline": Match(None, "self-employed")}, by=None)
    change_organisation(Organisation.objects.get(), by=None, town="Tidewell")
    assert changes.unmatch_names(kept, by=None).stayed == ["Oakline stays in the directory: somebody changed it since"]


def test_after_thirty_days_it_stands(in_ashdown):
    session("Oakline", kind="self-employed")
    kept = changes.match_names({"Oakline": Match(None, "self-employed")}, by=None)
    NameMatching.objects.update(at=timezone.now() - timedelta(days=30, minutes=1))
    with pytest.raises(changes.TooLateToUndo):
        changes.unmatch_names(kept, by=None)


def test_another_schools_names_and_organisations_are_not_ours(in_ashdown):
    with working_in(in_ashdown.beckford):
        session("Oakline", kind="self-employed")
        theirs = add_organisation(name="Millworks", kind="employer", by=None)
    session("Millworks", kind="employer")
    assert [each.name for each in names_to_match()] == ["Millworks"]
    assert names_to_match()[0].exact == []
    assert organisation_named("Millworks") is None
    assert not Organisation.objects.filter(pk=theirs.pk).exists()


def test_matching_names_touches_no_session_that_was_rolled_forward(in_ashdown):
    """A roll forward is undone as before: whose a name is says nothing new of the session."""
    held = session("Millworks", kind="employer")
    as_made = {"session": as_kept(held), "activity": as_kept(held.activity)}
    changes.match_names({"Millworks": Match(organisation("Millworks Engineering", "employer"))}, by=None)
    held = Session.objects.get()
    assert held.activity.organisation is not None
    assert (is_as_made(held, as_made["session"]), is_as_made(held.activity, as_made["activity"])) == (True, True)
