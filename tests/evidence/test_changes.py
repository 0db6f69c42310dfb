"""What happens in the cabinet: each rule and each refusal."""

from datetime import date, timedelta

import pytest

from dekaan.audit.models import Event
from dekaan.core.academic_year import months_after, today
from dekaan.core.scope import working_in
from dekaan.evidence import changes
from dekaan.evidence.models import Evidence, FactTerm
from dekaan.evidence.queries import serves
from dekaan.people.models import StaffMember
from dekaan.privacy.changes import erase_pupil
from dekaan.schemes.models import ThemeName
from tests.stock import pupil

STATEMENT = Evidence.Kind.STATEMENT


def test_evidence_of_a_fact_is_good_for_as_long_as_the_fact_usually_is(in_ashdown):
    policy = changes.add_evidence(
        title="Careers policy",
        kind=STATEMENT,
        facts=["programme-written"],
        dated_on=date(2026, 9, 1),
        by=in_ashdown.priya,
    )
    assert policy.valid_until == date(2027, 9, 1)
    both = changes.add_evidence(
        title="Evaluation",
        kind=STATEMENT,
        facts=["evaluated", "published"],
        dated_on=date(2026, 9, 1),
        by=in_ashdown.priya,
    )
    assert both.valid_until == date(2027, 9, 1)  # the shorter of three years and one
    said = changes.add_evidence(title="Photo wall", kind=STATEMENT, by=in_ashdown.priya)
    assert (said.dated_on, said.valid_until) == (today(), None)


def test_what_ashdown_says_of_a_term_holds_from_then_on(in_ashdown):
    changes.say_what_is_asked(
        names={"review-1": " Vision", "review-2": ""}, months={"published": 6, "alumni": 12}, by=in_ashdown.priya
    )
    page = changes.add_evidence(
        title="Web page", kind=STATEMENT, facts=["published"], dated_on=date(2026, 8, 31), by=in_ashdown.priya
    )
    assert page.valid_until == date(2027, 2, 28)
    assert [(each.fact, each.months) for each in FactTerm.objects.all()] == [("published", 6)]  # as usual is not kept
    assert [(each.theme, each.name) for each in ThemeName.objects.all()] == [("review-1", " Vision")]
    with working_in(in_ashdown.beckford):
        assert changes.usual_expiry(["published"], date(2026, 8, 31)) == date(2027, 8, 31)


def test_a_term_of_nothing_does_not_run_out(in_ashdown):
    changes.say_what_is_asked(names={}, months={"alumni": 0}, by=in_ashdown.priya)
    assert changes.usual_expiry(["alumni"], today()) is None
    assert changes.usual_expiry(["alumni", "published"], today()) == months_after(today(), 12)


def test_keys_stand_in_the_order_of_the_files_and_once(in_ashdown):
    piece = changes.add_evidence(
        title="Minutes",
        kind=STATEMENT,
        criteria=["GB14.1.1", "GB24.1.1", "GB14.1.1"],
        facts=["governors-approve", "programme-written"],
        themes=["review-1", "quality-leadership"],
        by=in_ashdown.priya,
    )
    assert piece.criteria == ["GB24.1.1", "GB14.1.1"]
    assert piece.facts == ["programme-written", "governors-approve"]
    assert piece.themes == ["quality-leadership", "review-1"]
    assert serves(piece) == {"GB24.1.1", "GB14.1.1"}


@pytest.mark.parametrize("given", [{"criteria": ["GB99.1.1"]}, {"facts": ["moon"]}, {"themes": ["review-7"]}])
def test_a_key_that_no_file_has_is_refused(in_ashdown, given):
    with pytest.raises(changes.UnknownKey):
        changes.add_evidence(title="Odd", kind=STATEMENT, by=in_ashdown.priya, **given)
    assert Evidence.objects.count() == 0


def test_evidence_is_set_aside_on_the_day_and_taken_up_again(in_ashdown):
    piece = changes.add_evidence(title="Old plan", kind=STATEMENT, by=in_ashdown.priya)
    changes.change_evidence(piece, review="set-aside", by=in_ashdown.priya)
    assert piece.set_aside_on == today()
    changes.change_evidence(piece, review="checked", by=in_ashdown.priya)
    assert Evidence.objects.get().set_aside_on is None


def test_a_piece_of_the_repealed_text_serves_the_one_in_force_too(in_ashdown):
    piece = changes.add_evidence(title="Web page", kind=STATEMENT, criteria=["GB14.1.2"], by=in_ashdown.priya)
    changes.also_serve(piece, "GB24.1.2", by=in_ashdown.priya)
    assert Evidence.objects.get().criteria == ["GB24.1.2", "GB14.1.2"]


def test_every_change_is_in_the_trail_by_the_names_of_fields(in_ashdown):
    piece = changes.add_evidence(title="Minutes", kind=STATEMENT, by=in_ashdown.priya)
    changes.change_evidence(piece, title="Minutes of May", shows="Approved", by=in_ashdown.priya)
    changes.change_evidence(piece, title="Minutes of May", by=in_ashdown.priya)  # nothing new
    lines = Event.objects.filter(subject="evidence").order_by("pk").values_list("action", "detail")
    assert list(lines) == [("evidence added", {}), ("evidence changed", {"fields": ["title", "shows"]})]


def test_words_that_name_an_erased_pupil_are_gone_and_to_be_checked(in_ashdown):
    ada = pupil("Ada", "Lovell")
    named = changes.add_evidence(
        title="What Ada Lovell said", kind=STATEMENT, statement="Good.", review="checked", by=in_ashdown.priya
    )
    other = changes.add_evidence(title="What pupils said", kind=STATEMENT, review="checked", by=in_ashdown.priya)
    erase_pupil(ada, by=in_ashdown.priya)
    named.refresh_from_db()
    other.refresh_from_db()
    assert (named.title, named.statement, named.review) == (changes.NAMED_SOMEBODY, "Good.", "to-check")
    assert (other.title, other.review) == ("What pupils said", "checked")


def test_an_owner_who_is_gone_leaves_the_piece_without_one(in_ashdown):
    bell = StaffMember.objects.create(surname="Bell", forename="Grace")
    piece = changes.add_evidence(
        title="Plan", kind=STATEMENT, owner=bell, valid_until=today() + timedelta(days=1), by=in_ashdown.priya
    )
    bell.delete()
    piece.refresh_from_db()
    assert piece.owner is None
