"""The governing body approves the very words of a version of the statement: by name, on a day, and no other words with them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.duties.queries import duty_board
from dekaan.publication import changes
from dekaan.publication.models import Page, PublishedVersion, VersionApproval
from dekaan.publication.queries import approved, differences, published, said_on
from tests.publication.test_pages import FACTS, at, client_of, everything_said, fair, told
from tests.stock import pupil

pytestmark = pytest.mark.django_db
ANN = "Ann Teasdale, chair of governors"
AWAITS = "This version awaits the approval of the governing body."


@pytest.fixture
def stock(in_ashdown):
    everything_said(in_ashdown)
    return in_ashdown


@pytest.fixture
def ellen(stock) -> Client:
    return client_of(stock.ellen)


def prepared(stock) -> PublishedVersion:
    return changes.prepare_version(stock.ashdown, Page.STATEMENT, by=stock.priya)


def approved_once(stock, on=None) -> PublishedVersion:
    """The first version is public, and Ann signed it."""
    signed = changes.Signed(ANN, on or today() - timedelta(days=60))
    return changes.approve_version(prepared(stock), by=stock.ellen, signed=signed)


def with_other_words(stock, words="Visitors ring the bell.") -> PublishedVersion:
    changes.say_words({"safeguarding": words}, by=stock.priya)
    return prepared(stock)


def s5(stock) -> tuple[str, str]:
    (line,) = [each for each in duty_board(stock.ashdown, today(), exact=True).lines if each.in_force.duty.id == "S5"]
    return line.judgement.state, line.judgement.sentence


def read() -> str:
    return Client().get(at("provider-access-page")).content.decode()


def test_new_words_do_not_carry_the_approval_of_those_before(stock, ellen):
    first = approved_once(stock)
    assert s5(stock)[0] in {"met", "at-risk"}  # at risk where the day of review is near
    assert f"Approved for the governing body by {ANN}" in read()
    second = with_other_words(stock)
    page = ellen.get(at("published-version", second.pk)).content.decode()
    assert "Has the governing body approved these words?" in page
    assert "Say who signed it" in told(ellen, at("version-approve", second.pk))
    assert published(Page.STATEMENT) == first
    said = told(ellen, at("version-approve", second.pk), awaiting="yes")
    assert "It says that it awaits the governing body’s approval." in said
    assert AWAITS in read()
    assert ANN not in read()
    assert s5(stock) == (
        "at-risk",
        (
            f"Version 2 is public since {timezone.localdate():%-d %B %Y}, and no approval of its words by the governing body is "
            "recorded. Put it before the governors, then record who signed it and when."
        ),
    )
    assert approved(first).by == ANN  # what was published before keeps who approved it


def test_an_approval_is_recorded_for_the_version_in_force_in_one_act(stock, ellen):
    approved_once(stock)
    second = changes.approve_version(with_other_words(stock), by=stock.ellen)
    address = at("version-approval-record", second.pk)
    assert client_of(stock.priya).post(address, {}).status_code == 403
    page = told(ellen, address, signed_by="Tom Abbot, vice chair", signed_on=str(today()))
    assert "Recorded: approved for the governing body by Tom Abbot, vice chair" in page
    assert "Approved for the governing body by Tom Abbot, vice chair" in read()
    assert s5(stock)[1].startswith("Shown until") or s5(stock)[1].startswith("What shows it runs out")
    event = Event.objects.get(action="approval by governors recorded", subject_id=second.pk)
    assert event.actor_id == stock.ellen.pk
    told(ellen, address, signed_by="Tom Abbott, vice chair", signed_on=str(today()))  # a slip is put right
    assert "Tom Abbott, vice chair" in read()
    assert VersionApproval.objects.filter(version=second).count() == 2


def test_governors_approve_on_paper_what_is_typed_in_later(stock, ellen):
    approved_once(stock)
    second, before = with_other_words(stock), today() - timedelta(days=10)
    told(ellen, at("version-approve", second.pk), signed_by=ANN, signed_on=str(before))
    assert (approved(second).on, published(Page.STATEMENT)) == (before, second)


def test_nobody_approved_words_before_they_approved_others(stock, ellen):
    approved_once(stock, today() - timedelta(days=60))
    second, before = with_other_words(stock), today() - timedelta(days=61)
    said = {"signed_by": ANN, "signed_on": str(before)}
    page = told(ellen, at("version-approve", second.pk), **said)
    assert f"On {today() - timedelta(days=60):%-d %B %Y} they approved other words, those of a version before." in page
    assert published(Page.STATEMENT).number == 1
    changes.approve_version(second, by=stock.ellen)
    assert "they approved other words" in told(ellen, at("version-approval-record", second.pk), **said)
    with pytest.raises(changes.OthersApprovedLater):
        changes.record_approval(second, changes.Signed(ANN, before), by=stock.ellen)
    later = {"signed_by": ANN, "signed_on": str(today() + timedelta(days=1))}
    assert "That day has not come yet." in told(ellen, at("version-approval-record", second.pk), **later)
    assert VersionApproval.objects.filter(version=second).count() == 0


def test_the_same_words_carry_the_approval_that_they_have(stock, ellen):
    approved_once(stock)
    pupil("Bo", year_group=9, tutor_group="9A")
    fair("College taster", year_groups=(9,))  # the table of the programme follows by itself, and nobody approves it
    second = prepared(stock)
    page = ellen.get(at("published-version", second.pk)).content.decode()
    assert "The governing body approved these words already" in page
    assert "Published" in told(ellen, at("version-approve", second.pk))
    assert f"Approved for the governing body by {ANN}" in read()
    assert "no approval" not in s5(stock)[1]


def test_words_that_come_back_are_approved_again(stock):
    approved_once(stock)
    changes.approve_version(with_other_words(stock), by=stock.ellen)
    third = changes.approve_version(with_other_words(stock, ""), by=stock.ellen)
    assert approved(third).by == ANN


@pytest.mark.parametrize("fact", [{"telephone": "01632 960999"}, {"statement_review_on": FACTS["next_review_on"]}])
def test_a_number_or_a_review_that_changed_is_another_word(stock, fact):
    changes.say_facts(statement_review_on=today() + timedelta(days=100), by=None)
    approved_once(stock)
    changes.say_facts(by=None, **fact)
    assert approved(changes.approve_version(prepared(stock), by=stock.ellen)) is None


def test_what_was_approved_later_was_at_risk_before(stock):
    yesterday = today() - timedelta(days=1)
    version = changes.approve_version(prepared(stock), by=stock.ellen)
    PublishedVersion.objects.update(decided_at=timezone.now() - timedelta(days=30))
    changes.record_approval(version, changes.Signed(ANN, today()), by=stock.ellen)
    assert said_on(yesterday)["statement-approved"].no_more
    assert not said_on(today())["statement-approved"].no_more


def test_a_governor_with_a_pupils_name_is_recorded_once_somebody_says_who_it_is(stock, ellen):
    version = prepared(stock)
    said = {"signed_by": "Ada Lovell, governor", "signed_on": str(today())}
    page = told(ellen, at("version-approve", version.pk), **said)
    assert "Ada Lovell is the name of a pupil, who may not be named in public." in page
    assert published(Page.STATEMENT) is None
    assert "Published" in told(ellen, at("version-approve", version.pk), **said, is_no_pupil="on")
    assert Event.objects.get(action="approval by governors recorded").detail == {"names no pupil": True}


def test_only_of_a_statement_that_is_public_is_an_approval_recorded(stock, ellen):
    version = prepared(stock)
    said = {"signed_by": ANN, "signed_on": str(today())}
    assert "Publish it first." in told(ellen, at("version-approval-record", version.pk), **said)
    assert not VersionApproval.objects.exists()


def test_a_version_of_before_keeps_in_its_words_who_approved_it(stock):
    version = changes.approve_version(prepared(stock), by=stock.ellen)
    facts = version.content["facts"] | {"statement_approved_by": ANN, "statement_approved_on": "2025-09-17"}
    PublishedVersion.objects.filter(pk=version.pk).update(content=version.content | {"facts": facts})
    assert f"Approved for the governing body by {ANN} on 17 September 2025." in read()
    assert s5(stock)[0] == "at-risk"  # perhaps of earlier words: it is recorded anew


def test_a_version_shows_old_and_new_words_side_by_side(stock, ellen):
    first = approved_once(stock)
    assert "What changed from" not in ellen.get(at("published-version", first.pk)).content.decode()
    changes.say_facts(telephone="01632 960999", by=stock.priya)
    second = with_other_words(stock, "Visitors ring the bell, show who they are and wear a badge.")
    page = ellen.get(at("published-version", second.pk)).content.decode()
    assert "What changed from version 1" in page
    for mark, said in (("del", "960123"), ("ins", "960999")):
        hidden = "removed" if mark == "del" else "added"
        assert f'<{mark}><span class="govuk-visually-hidden">[{hidden}:</span> {said}' in page
    found = {each.place: each for each in differences(first.content, second.content, "provider-access")}
    assert list(found) == ["The telephone number", "How to ask for access", "Keeping pupils safe"]
    assert [(each.words.strip(), each.mark) for each in found["Keeping pupils safe"].now][:3] == [
        ("Visitors", "same"),
        ("ring the bell,", "added"),
        ("show who they are and wear a", "same"),
    ]
    assert differences(first.content, first.content, "provider-access") == []
