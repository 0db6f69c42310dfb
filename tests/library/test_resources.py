"""Resources: whose they are, until when, what needs somebody, and what the public is offered."""

from datetime import timedelta

import pytest

from dekaan.audit.models import Event
from dekaan.core.academic_year import months_after, today
from dekaan.core.scope import working_in
from dekaan.library import changes, forms, queries
from dekaan.library.models import Resource
from dekaan.library.published import kinds, link_words, starters
from dekaan.people.changes import add_staff_member, change_staff_member
from tests.library.shelf import resource

pytestmark = pytest.mark.django_db


def test_priya_adds_changes_and_reviews_one_and_it_is_on_record(in_ashdown):
    made = resource(by=in_ashdown.priya)
    changes.change_resource(made, by=in_ashdown.priya, says="What a job is like")
    changes.review_resource(made, by=in_ashdown.priya)
    assert (made.number, made.says, made.review_on) == (1, "What a job is like", months_after(today(), 12))
    found = Event.objects.filter(subject="resource", subject_id=made.pk).order_by("pk")
    assert [each.action for each in found] == ["resource added", "resource changed", "resource reviewed"]
    assert found[1].detail == {"fields": ["says"]}


def test_each_school_counts_its_own_numbers(in_ashdown):
    assert [resource("One").number, resource("Two").number] == [1, 2]
    with working_in(in_ashdown.beckford):
        assert resource("Theirs").number == 1
    assert sorted(Resource.objects.values_list("title", flat=True)) == ["One", "Two"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://10.0.0.1/", "ftp://x.example/", "http://router.local/"]
)
def test_what_is_no_address_of_a_website_is_not_kept(in_ashdown, address):
    with pytest.raises(changes.NotAnAddress):
        resource(address=address)
    assert not Resource.objects.exists()


def test_what_is_kept_on_a_shelf_needs_no_address(in_ashdown):
    made = resource(address="", kept_at="Careers office, shelf 2")
    assert (made.kept_at, queries.line_of(made).link_says) == ("Careers office, shelf 2", "")


def test_what_needs_somebody_stands_first_and_what_is_set_aside_apart(in_ashdown):
    late = resource("Zebra work", review_on=today() - timedelta(days=1))
    resource("Due today", review_on=today())
    gone = resource("Gone")
    Resource.objects.filter(pk=gone.pk).update(link_state="broken", link_reason="not-found")
    shut = resource("Shut")
    Resource.objects.filter(pk=shut.pk).update(link_state="unread", link_reason="blocked")
    old = resource("Old", review_on=today() - timedelta(days=300))
    changes.change_resource(old, by=None, set_aside_on=today())
    found = queries.library()
    assert [each.resource.title for each in found.lines] == ["Gone", "Zebra work", "Due today", "Shut"]
    assert (found.total, found.overdue, found.broken, found.unread, found.set_aside) == (4, 1, 1, 1, 1)
    assert [each.resource.pk for each in queries.to_mend()] == [gone.pk, late.pk]
    assert [each.resource.title for each in queries.library(past=True).lines] == ["Old"]
    assert [each.link_says for each in found.lines if each.link_says] == [
        "The website says that there is no such page.",
        "The website refuses programs like ours.",
    ]


def test_resources_are_found_by_words_audience_year_groups_and_kind(in_ashdown):
    resource("UCAS", kind="universities", audiences=["pupils", "carers"], key_stages=[12], subject="Applying")
    resource("Pay here", kind="labour-market", audiences=["staff"], key_stages=[7, 10])

    def titles(**asked):
        return [each.resource.title for each in queries.library(**asked).lines]

    assert titles(words="ucas apply") == ["UCAS"]
    assert (titles(audience="staff"), titles(audience="carers")) == (["Pay here"], ["UCAS"])
    assert (titles(key_stage=7), titles(key_stage=12), titles(kind="universities")) == (
        ["Pay here"],
        ["UCAS"],
        ["UCAS"],
    )
    assert titles(words="nothing like it") == []
    lines = {each.resource.title: each.key_stages for each in queries.library().lines}
    assert lines == {"UCAS": "Years 12 and 13", "Pay here": "Years 7 to 11"}


def test_another_address_is_not_known_until_it_is_looked_at(in_ashdown):
    made = resource()
    Resource.objects.filter(pk=made.pk).update(link_state="broken", link_reason="not-found")
    made.refresh_from_db()
    changes.change_resource(made, by=None, title="Another name")
    assert made.link_state == "broken"
    changes.change_resource(made, by=None, address="http://www.careers.example/moved")
    assert (made.link_state, made.link_reason, made.link_checked_at) == ("", "", None)


def test_the_public_is_offered_what_has_a_public_link_and_is_for_them(in_ashdown):
    resource("For all", audiences=["pupils", "carers"], is_public=True)
    resource("For pupils", is_public=True)
    hidden = resource("Not public")
    shelf = resource("Shelf", address="", kept_at="Shelf 2", is_public=True)
    old = resource("Old", is_public=True, set_aside_on=today())
    assert [each.resource.title for each in queries.offered("pupils")] == ["For all", "For pupils"]
    assert [each.resource.title for each in queries.offered("carers")] == ["For all"]
    assert [queries.opened_by(each.number) for each in (hidden, shelf, old)] == [None, None, None]
    assert queries.opened_by(1).title == "For all"
    with working_in(in_ashdown.beckford):
        assert queries.opened_by(1) is None


def test_whose_a_resource_is_is_asked_filled_in_with_who_adds_it_and_told_where_nobody_is(in_ashdown):
    assert not forms.ResourceDetails(None, by=in_ashdown.priya).fields["owner"].required, "there is nobody to choose"
    priya = add_staff_member(surname="Raman", forename="Priya", user=in_ashdown.priya, by=None)
    tom = add_staff_member(surname="Hale", forename="Tom", by=None)
    for form in (forms.ResourceDetails(None, by=in_ashdown.priya), forms.Starters(None, by=in_ashdown.priya)):
        assert (form["owner"].value(), form.fields["owner"].required) == (priya.pk, True)
    assert forms.ResourceDetails(None, by=in_ashdown.maeve)["owner"].value() is None
    typed = {"title": "Jobs", "address": "https://a.example/", "kind": "quiz", "audiences": ["pupils"]}
    assert forms.ResourceDetails(typed, by=in_ashdown.priya).errors["owner"] == [
        "Say whose it is: they are told when its link breaks or its review is due."
    ]
    resource("Mine", owner=priya)
    resource("His", owner=tom)
    resource("Nobody's")
    resource("Old", set_aside_on=today())
    assert queries.library().ownerless == 1
    change_staff_member(tom, by=None, ends_on=today())
    told = {each.resource.title: (each.whose, each.is_ownerless) for each in queries.library().lines}
    assert told == {
        "Mine": ("Priya Raman", False),
        "His": ("Tom Hale, who has left", True),
        "Nobody's": ("nobody’s", True),
    }
    assert [each.resource.title for each in queries.told_at_home(today(), in_ashdown.priya, of_all=True)] == ["His"]


def test_the_starter_list_is_offered_once_and_keeps_its_owner(in_ashdown):
    owner = add_staff_member(surname="Marsh", forename="Ivo", by=None, starts_on=today())
    left = queries.starters_left()
    made = changes.add_starters(left[:2], owner=owner, by=in_ashdown.priya)
    assert {(each.owner, each.review_on, each.is_public) for each in made} == {
        (owner, months_after(today(), 12), False)
    }
    assert [each.key for each in queries.starters_left()] == [each.key for each in left[2:]]


@pytest.mark.once
def test_the_files_agree_with_one_another():
    assert {each.kind for each in starters().values()} <= set(kinds())
    assert all(each.says.endswith(".") for each in link_words().values())
    assert {key for key, each in link_words().items() if each.is_broken} == {"not-found", "redirects", "no-such-name"}
