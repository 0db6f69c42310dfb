"""A request about one pupil's data: its clock, what may be about somebody else, two people, the answer."""

import json
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.db import models
from django.urls import reverse
from pypdf import PdfReader

from dekaan.access.changes import end_role, give_role
from dekaan.access.models import RoleAssignment
from dekaan.audit.models import Event
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.destinations.changes import begin_asking, draft_asking, record_statement, say_wish
from dekaan.destinations.models import Ruling
from dekaan.destinations.queries import ToAsk
from dekaan.exchange.models import ImportLine
from dekaan.frameworks.queries import bit_of, counted_criteria
from dekaan.measures.models import PupilYear
from dekaan.participation.models import Participation
from dekaan.people.changes import add_carer, add_carer_of, change_pupil, place_in_tutor_group
from dekaan.people.models import Carer, Pupil, YearRecord
from dekaan.privacy.changes import (
    AwaitsProof,
    CaseClosed,
    LeftClosed,
    NoReason,
    NotAgreed,
    NotAllDecided,
    NotReleased,
    SamePerson,
    StillNeeded,
    agree_to_case,
    close_case,
    decide_about_others,
    end_hold,
    erase_pupil,
    extend_case,
    hold_pupil,
    open_case,
    pause_clock,
    prove_asker,
    release_pack,
    reopen_case,
    start_clock,
)
from dekaan.privacy.models import Case, CaseDecision, CasePause
from dekaan.privacy.queries.cases import cases_for_second
from dekaan.privacy.queries.clock import clock_in_words, due_on
from dekaan.privacy.queries.holdings import held_about, model_of
from dekaan.privacy.queries.pack import HELD_BACK, in_words, pack
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session, record_day_absences, strike_off
from tests.privacy.test_erasing import BACKEND, HEADINGS, a_list, bring_in, somebody
from tests.stock import pupil


@pytest.fixture
def both(in_ashdown):
    """Ada and Ben Canaryben took part in the same things; a list, an absence and a title name them both."""
    priya = in_ashdown.priya
    a, b = (
        somebody(1) | {"surname": "Canaryada", "forename": "Adaone", "upn": "A815400120001"},
        somebody(2) | {"surname": "Canaryben", "forename": "Bentwo", "tutor_group": "10CANB"},
    )
    bring_in(a_list([a, b], *HEADINGS), priya)
    bring_in(a_list([a | {"tutor_group": "10B"}, b], "upn", "surname", "forename", "tutor_group"), priya)
    ada, ben = (Pupil.objects.get(surname=name) for name in ("Canaryada", "Canaryben"))
    change_pupil(ada, benchmark_cohort=False, benchmark_cohort_reason="Follows Sunflowerplan", by=priya)
    change_pupil(ben, benchmark_cohort=False, benchmark_cohort_reason="Canarybenreason", by=priya)
    add_carer(surname="Canarymother", forename="Iris", pupils=[ada], email="iris@canarymother.example", by=priya)
    add_carer(surname="Canaryfather", forename="Abel", pupils=[ben], by=priya)
    for title, invited in (("Engineers", (ada, ben)), ("Prize for Bentwo Canaryben", (ada, ben)), ("Own", (ada,))):
        activity = plan_activity(title=title, activity_type="ASSEM", partner_kind="employer", by=priya)
        session = plan_session(activity, held_on=today(), invited=Invited(pupils=invited), by=priya)
        it_happened(session, by=priya)
        strike_off(session, absent=[each.pk for each in invited], by=priya)
    record_day_absences(today(), {ada.pk: "am", ben.pk: "pm"}, by=priya)
    for person, words in ((ada, "Wants to be with Bentwo Canaryben"), (ben, "Canarybenwish")):
        plan = {"kind": "intention", "source": "pupil", "route": "t-level", "provider_name": "Sunflower College"}
        said = record_statement(person, by=priya, words=words, course="Engineering", sector="Making", **plan).statement
        Ruling.objects.create(pupil=person, statement=said, because="Told by the college", ruled_by=priya)
        say_wish(person, about="in-touch", allows=True, who="pupil", reached_at=f"at {person.name}’s", by=priya)
    who = {
        "contact_name": "Priya Raman",
        "contact_email": "careers@ashdown.example",
        "contact_telephone": "01632 960001",
    }
    asking = draft_asking(kind="intention", left_in=None, here="https://dekaan.example", **who)
    people = [ToAsk(each, f"{each.forename.lower()}@home.example", is_of_school=False) for each in (ada, ben)]
    begin_asking(asking, in_ashdown.ashdown, people, by=priya)
    return ada, ben


@pytest.fixture
def case(both, in_ashdown):
    return open_case(
        kind="access", asked_by="pupil", proof="known", received_on=today(), pupil=both[0], by=in_ashdown.olive
    )


def release_all(case, *, but=()):
    held = pack(case.pupil, case)
    decisions = {value.place: not any(word in value.said for word in but) for value in held.to_decide}
    decide_about_others(case, decisions, by=None)


def released(case, client, stock):
    """The three files of the answer, fetched by the data protection officer, as text."""
    client.force_login(stock.olive, backend=BACKEND)
    answer = client.post(reverse("case-release", args=["ashdown", case.pk]), {"sent_to": "Handed to Ada"})
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(files["answer.pdf"])).pages)
    return {
        "answer.html": files["answer.html"].decode(),
        "answer.pdf": "".join(text.replace("\u200b", "").split()),
        "answer.json": files["answer.json"].decode(),
    }


def agreed(case, stock):
    agree_to_case(case, by=stock.olive)
    agree_to_case(case, by=stock.priya)
    case.refresh_from_db()


# --- the answer ---------------------------------------------------------------------------------


def test_the_answer_about_ada_holds_nothing_of_ben_and_all_of_ada(case, both, in_ashdown, client):
    ada, _ben = both
    decide_about_others(case, {value.place: False for value in pack(ada, case).to_decide}, by=in_ashdown.olive)
    agreed(case, in_ashdown)
    for name, text in released(case, client, in_ashdown).items():
        folded = text.casefold()
        for word in ("canaryben", "bentwo", "canarymother", "canaryfather", "10canb", "canadm002", "a815400120002"):
            assert word not in folded, (name, word)
        for word in ("canaryada", "adaone", "a815400120001", "canadm001", "engineers"):
            assert word in folded, (name, word)


def test_a_brother_of_the_same_group_and_mother_is_not_in_the_answer_though_everything_is_released(
    case, both, in_ashdown, client
):
    """What Ada shares with him is hers too: the group, the mother. Who else the mother has is his."""
    _ada, ben = both
    mother = Carer.objects.get(forename="Iris")
    add_carer_of(mother, ben, relationship="Canarystepmother", by=None)
    place_in_tutor_group(ben, "10B", on=today(), by=None)
    theirs = json.dumps([[value.said for value in row] for part in pack(ben).parts for row in part.rows])
    for word in ("Iris Canarymother", "Canarystepmother", "Canaryben", "Bentwo", "CANADM002"):
        assert word in theirs, word  # or it could not leak
    release_all(case, but=("Canaryben",))
    agreed(case, in_ashdown)
    for name, text in released(case, client, in_ashdown).items():
        folded = text.casefold()
        for word in ("canaryben", "bentwo", "canaryfather", "canarystepmother", "canadm002", "a815400120002"):
            assert word not in folded, (name, word)
        for word in ("canaryada", "canarymother", "10b"):
            assert word in folded, (name, word)


def test_the_answer_says_which_criteria_ada_met_and_which_not(both, in_ashdown):
    change_pupil(both[0], benchmark_cohort=True, benchmark_cohort_reason="", by=in_ashdown.priya)
    (part,) = [each for each in pack(both[0]).parts if each.holding.model == "measures.PupilYear"]
    said = {value.name: value.said for value in part.rows[-1]}
    row = PupilYear.objects.filter(pupil_id=both[0].pk).order_by("pk").last()
    stands = {
        each.id: ("not known" if row.unk & bit else "met" if row.met & bit else "not met")
        for each in counted_criteria()
        if (row.coh | row.far) & (bit := bit_of(each.id))
    }
    assert len(stands) > 3
    for criterion, state in stands.items():
        told = {name for name, words in said.items() if f"{criterion} " in words}
        assert [name.removesuffix(" so far").casefold() for name in told] == [state], criterion
    assert not {"In cohort", "Known"} & set(said)


def test_bens_words_were_there_to_be_found(both):
    """Or the test above could not fail."""
    ada, ben = both
    said = json.dumps([[value.said for value in row] for part in pack(ben).parts for row in part.rows]).casefold()
    for word in ("canaryben", "bentwo", "canaryfather", "10canb", "canadm002", "canarybenreason"):
        assert word in said
    shared = Participation.objects.filter(pupil=ada, title__contains="Canaryben")
    assert shared.exists()


def test_the_answer_is_complete_against_the_models(both):
    """Every value of every row that points at Ada is in it, but for what the declarations say is not shown."""
    ada, _ = both
    parts = {(part.holding.model, part.holding.reached_by): part for part in pack(ada).parts}
    missing, looked_at = [], 0
    for holding in held_about("pupil"):
        if not holding.reached_by or holding.model in {"audit.Event", "people.ErasedPupil", "people.RestrictedContact"}:
            continue
        rows = model_of(holding).objects.filter(**{holding.reached_by: ada.pk}).order_by("pk")
        part = parts[holding.model, holding.reached_by]
        assert len(part.rows) == rows.count(), holding.model
        for row, values in zip(rows, part.rows, strict=True):
            said = " ".join(value.said for value in values)
            for field in row._meta.concrete_fields:
                value = getattr(row, field.attname)
                if field.name in holding.not_shown | {"school", holding.reached_by} or field.is_relation:
                    continue
                if isinstance(field, models.CharField) and value and not field.choices:
                    looked_at += 1
                    is_code = field.name in {
                        "mode",
                        "partner_kind",
                        "activity_type",
                        "route",
                    }  # said in words, under its name
                    headings = {value.name.lower().replace(" ", "_") for value in values}
                    if (field.name not in headings) if is_code else (in_words(value) not in said):
                        missing.append(f"{holding.model}.{field.name}")
    assert looked_at > 20
    assert missing == []


def test_where_she_means_to_go_is_said_in_words_and_what_was_typed_of_it_waits_for_a_person(both):
    held = {part.holding.model: part.rows for part in pack(both[0]).parts}
    (said,), (ruling,) = held["destinations.Statement"], held["destinations.Ruling"]
    by_name = {value.name: value for value in said}
    assert (by_name["Route"].said, by_name["Provider name"].said) == ("T Level", "Sunflower College")
    assert (by_name["Words"].why, by_name["Route"].why) == ("somebody typed it", "")
    assert {value.name: value.why for value in ruling}["Because"] == "somebody typed it"


def test_every_kind_of_thing_that_is_held_of_her_has_rows(both):
    """The pupil of these tests is one about whom nearly everything is held."""
    empty = {part.holding.model for part in pack(both[0]).parts if not part.rows}
    assert empty == {
        "evidence.Evidence",
        "people.ErasedPupil",
        "people.FormerIdentifier",
        "privacy.Case",
        "privacy.Going",
        "privacy.Hold",
        "website.WebsiteCheck",
    }


def test_a_parent_and_a_title_that_names_another_and_free_text_wait_for_a_person(case, both):
    waiting = {(value.said, value.why) for value in pack(both[0], case).to_decide}
    assert ("Prize for Bentwo Canaryben", "it names another pupil") in waiting
    assert ("Follows Sunflowerplan", "somebody typed it") in waiting
    assert ("Iris Canarymother", "a parent or carer") in waiting
    assert not any(said == "Engineers" for said, _ in waiting)


def test_what_nobody_decided_on_is_held_back_and_nothing_goes_out(case, both, in_ashdown):
    held = pack(both[0], case)
    assert held.undecided == len(held.to_decide) > 2
    assert {held.shown(value) for value in held.to_decide} == {HELD_BACK}
    with pytest.raises(NotAllDecided) as refusal:
        agree_to_case(case, by=in_ashdown.olive)
    assert refusal.value.left == held.undecided


def test_what_was_released_goes_out(case, both, in_ashdown, client):
    release_all(case, but=("Canaryben",))
    agreed(case, in_ashdown)
    page = released(case, client, in_ashdown)["answer.html"]
    assert "Iris Canarymother" in page
    assert "Follows Sunflowerplan" in page
    assert "Canaryben" not in page


def test_a_row_that_may_be_about_her_waits(case, both):
    line = ImportLine.objects.filter(pupil=both[1]).first()
    ImportLine.objects.filter(pk=line.pk).update(pupil=None, candidates=[both[0].pk], values={"surname": "Doubtword"})
    values = [value for value in pack(both[0], case).to_decide if "Doubtword" in value.said]
    assert [value.why for value in values] == ["it may be about another"]


# --- two people -----------------------------------------------------------------------------------


def left(who):
    end_role(RoleAssignment.objects.get(user=who), on=today() - timedelta(days=1), by=None)


def test_nobody_is_erased_on_the_word_of_one_who_stayed(both, in_ashdown):
    """The first has left meanwhile: who comes next is the first again."""
    case = open_case(
        kind="erasure", asked_by="pupil", proof="known", received_on=today(), pupil=both[0], by=in_ashdown.olive
    )
    agree_to_case(case, by=in_ashdown.olive)
    left(in_ashdown.olive)
    agree_to_case(case, by=in_ashdown.priya)
    case.refresh_from_db()
    assert (case.first_by, case.second_by) == (in_ashdown.priya, None)
    assert Pupil.objects.filter(pk=both[0].pk).exists()


def test_nothing_goes_out_on_the_word_of_one_who_stayed(case, in_ashdown):
    release_all(case)
    agreed(case, in_ashdown)
    left(in_ashdown.olive)
    with pytest.raises(NotAgreed):
        release_pack(case, by=in_ashdown.priya, sent_to="Handed over")


def test_two_people_agree_before_it_goes_out(case, in_ashdown):
    release_all(case)
    with pytest.raises(NotAgreed):
        release_pack(case, by=in_ashdown.olive, sent_to="Handed over")
    agree_to_case(case, by=in_ashdown.olive)
    with pytest.raises(SamePerson):
        agree_to_case(case, by=in_ashdown.olive)
    agree_to_case(case, by=in_ashdown.priya)
    release_pack(case, by=in_ashdown.priya, sent_to="Handed over")
    case.refresh_from_db()
    assert (case.outcome, case.closed_on) == ("released", today())
    assert Event.objects.filter(action="subject access answer released", subject_id=case.pupil_id).exists()
    with pytest.raises(CaseClosed):
        pause_clock(case, reason="identity", by=None)


def test_a_new_decision_asks_both_again(case, in_ashdown):
    release_all(case)
    agree_to_case(case, by=in_ashdown.olive)
    release_all(case)
    case.refresh_from_db()
    assert case.first_by is None


def test_the_second_agreement_to_an_erasure_erases(both, in_ashdown, client):
    ada, ben = both
    case = open_case(
        kind="erasure",
        asked_by="carer",
        proof="known",
        received_on=today(),
        pupil=ada,
        note="About Adaone Canaryada",
        by=in_ashdown.priya,
    )
    agree = reverse("case-agree", args=["ashdown", case.pk])
    client.force_login(in_ashdown.priya, backend=BACKEND)
    for _ in range(2):
        client.post(agree)
        assert Pupil.objects.filter(pk=ada.pk).exists()
    client.force_login(in_ashdown.olive, backend=BACKEND)
    client.post(agree)
    assert list(Pupil.objects.all()) == [ben]
    case.refresh_from_db()
    assert (case.pupil, case.note, case.outcome) == (None, "", "erased")
    assert not Carer.objects.filter(surname="Canarymother").exists()
    assert not YearRecord.objects.filter(pupil_id=ada.pk).exists()
    page = client.get(reverse("case-detail", args=["ashdown", case.pk])).content.decode()
    assert "Canaryada" not in page


# --- the clock --------------------------------------------------------------------------------------

MONTH = [
    (date(2026, 3, 3), date(2026, 4, 3)),
    (date(2026, 8, 31), date(2026, 9, 30)),  # the month after is shorter
    (date(2027, 1, 29), date(2027, 3, 1)),  # 28 February is a Sunday
    (date(2026, 10, 21), date(2026, 11, 23)),  # a Saturday
]


@pytest.mark.parametrize(("received", "due"), MONTH)
def test_one_calendar_month(received, due):
    case = Case(kind="access", received_on=received)
    assert due_on(case, [], received) == due


def test_the_clock_stands_still_while_the_school_waits():
    case = Case(kind="access", received_on=date(2026, 3, 3))
    pauses = [
        CasePause(reason="identity", starts_on=date(2026, 3, 5), ends_on=date(2026, 3, 10)),
        CasePause(reason="clarification", starts_on=date(2026, 3, 8), ends_on=date(2026, 3, 12)),
    ]
    assert due_on(case, pauses, date(2026, 3, 20)) == date(2026, 4, 10)
    still = [CasePause(reason="identity", starts_on=date(2026, 3, 5))]
    assert clock_in_words(case, still, date(2026, 3, 8)) == (
        "The clock stands still, waiting for proof of who is asking; were it to run from today, due by 6 April 2026."
    )


def test_two_further_months_and_thirty_days_for_a_complaint():
    assert due_on(
        Case(kind="access", received_on=date(2026, 3, 3), extended_because="Many"), [], date(2026, 3, 3)
    ) == date(2026, 6, 3)
    complaint = Case(kind="complaint", received_on=date(2026, 7, 1))
    assert clock_in_words(complaint, [], date(2026, 7, 30)) == "To be acknowledged by 31 July 2026: 1 day left."
    assert "2 days late" in clock_in_words(complaint, [], date(2026, 8, 2))


def test_pausing_and_going_on_are_kept(case, in_ashdown):
    pause_clock(case, reason="clarification", by=in_ashdown.olive)
    with time_machine.travel(f"{date.fromordinal(today().toordinal() + 9)}T12:00:00Z"):
        start_clock(case, by=in_ashdown.olive)
        (pause,) = case.pauses.all()
        assert (pause.ends_on - pause.starts_on).days == 9
    extend_case(case, because="Many lists", by=in_ashdown.olive)
    assert Case.objects.get().extended_because == "Many lists"


# --- the screens --------------------------------------------------------------------------------------


def test_the_officer_opens_a_case_by_the_pupils_number(both, in_ashdown, client):
    client.force_login(in_ashdown.olive, backend=BACKEND)
    said = {"kind": "access", "asked_by": "pupil", "received_on": str(today()), "note": "Everything"}
    answer = client.post(reverse("case-new", args=["ashdown"]), said | {"about": "a815400120001"})
    case = Case.objects.get()
    assert answer.url == reverse("case-detail", args=["ashdown", case.pk])
    assert case.pupil == both[0]
    page = client.get(answer.url).content.decode()
    for words in ("Adaone Canaryada", "Prize for Bentwo Canaryben", "Due by", case.reference):
        assert words in page
    decide = {f"place-{value.place}": "hold" for value in pack(both[0], case).to_decide}
    client.post(reverse("case-decide", args=["ashdown", case.pk]), decide)
    assert pack(both[0], case).undecided == 0
    assert case.reference in client.get(reverse("case-list", args=["ashdown"])).content.decode()


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("Nobody Atall", "Nobody here is"),
        ("Ada Twice", "2 pupils are called"),
        ("", "Say whose data"),
    ],
)
def test_a_name_that_is_nobodys_or_two_peoples_is_said(in_ashdown, client, about, words):
    for _ in range(2):
        pupil("Ada", "Twice")
    client.force_login(in_ashdown.olive, backend=BACKEND)
    page = client.post(
        reverse("case-new", args=["ashdown"]),
        {"kind": "access", "asked_by": "pupil", "received_on": "2099-01-01", "about": about},
    ).content.decode()
    assert words in page
    assert "still to come" in page
    assert not Case.objects.exists()


def test_a_complaint_about_nobody_is_acknowledged_and_closed(in_ashdown, client):
    client.force_login(in_ashdown.olive, backend=BACKEND)
    client.post(
        reverse("case-new", args=["ashdown"]),
        {"kind": "complaint", "asked_by": "carer", "asker": "Iris May", "received_on": str(today()), "about": ""},
    )
    case = Case.objects.get()
    client.post(reverse("case-acknowledge", args=["ashdown", case.pk]))
    close = reverse("case-close", args=["ashdown", case.pk])
    nothing_chosen = client.post(close, {"outcome": ""}, follow=True).content.decode()
    assert "Say what became of the case before you close it" in nothing_chosen
    assert Case.objects.get().is_open
    client.post(close, {"outcome": "answered"})
    case.refresh_from_db()
    assert (case.acknowledged_on, case.outcome) == (today(), "answered")


@pytest.mark.parametrize("name", ["case-list", "case-new"])
def test_a_headteacher_opens_no_case(stock, client, name):
    client.force_login(stock.david, backend=BACKEND)
    assert client.get(reverse(name, args=["ashdown"])).status_code == 403


def test_nobody_is_erased_while_the_record_is_held_or_another_asks_about_them(case, both, in_ashdown):
    olive, priya = in_ashdown.olive, in_ashdown.priya
    erasure = open_case(kind="erasure", asked_by="pupil", proof="known", received_on=today(), pupil=both[0], by=olive)
    with pytest.raises(StillNeeded):
        agree_to_case(erasure, by=priya)
    close_case(case, outcome="withdrawn", because="They wrote so", by=olive)
    hold = hold_pupil(both[0], because="A court asks for it", by=olive)
    with pytest.raises(StillNeeded):
        agree_to_case(erasure, by=priya)
    end_hold(hold, by=olive)
    agree_to_case(erasure, by=priya)
    agree_to_case(erasure, by=olive)
    assert list(Pupil.objects.all()) == [both[1]]


def test_what_was_withdrawn_does_not_go_out(case, in_ashdown):
    release_all(case)
    agree_to_case(case, by=in_ashdown.olive)
    agree_to_case(case, by=in_ashdown.priya)
    close_case(case, outcome="withdrawn", because="They wrote so", by=in_ashdown.olive)
    with pytest.raises(CaseClosed):
        release_pack(case, by=in_ashdown.olive, sent_to="Handed over")


# --- closing by hand ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["access", "erasure"])
def test_nobody_closes_as_answered_what_is_answered_by_the_answer_alone(both, in_ashdown, kind):
    case = open_case(
        kind=kind, asked_by="pupil", proof="known", received_on=today(), pupil=both[0], by=in_ashdown.olive
    )
    for outcome in ("answered", "released", "erased"):
        with pytest.raises(NotReleased):
            close_case(case, outcome=outcome, because="Done", by=in_ashdown.olive)
    assert Case.objects.get().is_open


def test_a_refusal_says_why_and_who_closed_it_and_can_be_undone(case, in_ashdown, client):
    release_all(case)
    agree_to_case(case, by=in_ashdown.priya)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    page = reverse("case-detail", args=["ashdown", case.pk])
    assert ">Answered<" not in client.get(page).content.decode()
    close = reverse("case-close", args=["ashdown", case.pk])
    unsaid = client.post(close, {"outcome": "refused", "because": " "}, follow=True).content.decode()
    assert "Say why it is refused or withdrawn" in unsaid
    assert Case.objects.get().is_open
    closed = client.post(close, {"outcome": "refused", "because": "Asked for the third time"}, follow=True)
    for words in ("Asked for the third time", in_ashdown.olive.name, "Undo: open the case again"):
        assert words in closed.content.decode()
    case.refresh_from_db()
    assert (case.outcome, case.closed_by, case.closed_on) == ("refused", in_ashdown.olive, today())
    client.post(reverse("case-reopen", args=["ashdown", case.pk]))
    case.refresh_from_db()
    assert (case.is_open, case.outcome, case.closed_because, case.first_by) == (True, "", "", None)
    actions = Event.objects.filter(subject="case", subject_id=case.pk).order_by("pk").values_list("action", "detail")
    assert list(actions)[-2:] == [
        ("case closed", {"outcome": "refused", "reference": case.reference}),
        ("case opened again", {"reference": case.reference}),
    ]


def test_a_reason_is_no_blank_whoever_calls(case, in_ashdown):
    with pytest.raises(NoReason):
        close_case(case, outcome="refused", because="  ", by=in_ashdown.olive)


def test_what_was_released_or_closed_long_ago_stays_closed(case, in_ashdown):
    close_case(case, outcome="withdrawn", because="They wrote so", by=in_ashdown.olive)
    for days, is_too_late in ((30, False), (31, True)):
        day = date.fromordinal(today().toordinal() + days)
        with time_machine.travel(f"{day}T12:00:00Z"):
            if is_too_late:
                with pytest.raises(LeftClosed):
                    reopen_case(case, by=in_ashdown.olive)
            else:
                reopen_case(case, by=in_ashdown.olive)
                assert Case.objects.get().is_open
        Case.objects.update(closed_on=today(), outcome="withdrawn")
    Case.objects.update(outcome="released")
    with pytest.raises(LeftClosed):
        reopen_case(case, by=in_ashdown.olive)


def test_nobody_agrees_and_nothing_goes_out_until_it_is_said_how_the_school_knows_who_asks(case, in_ashdown, client):
    release_all(case)
    agree_to_case(case, by=in_ashdown.priya)
    pause_clock(case, reason="identity", by=in_ashdown.olive)
    for refused in (lambda: agree_to_case(case, by=in_ashdown.olive), lambda: start_clock(case, by=in_ashdown.olive)):
        with pytest.raises(AwaitsProof):
            refused()
    client.force_login(in_ashdown.olive, backend=BACKEND)
    detail = reverse("case-detail", args=["ashdown", case.pk])
    page = client.get(detail).content.decode()
    assert "Waits for proof of who is asking" in page
    assert "Agree that the answer goes out" not in page
    prove = reverse("case-prove", args=["ashdown", case.pk])
    assert "Say how you know that it is they." in client.post(prove, follow=True).content.decode()
    proved = client.post(prove, {"proof": "document"}, follow=True).content.decode()
    assert "A document with a photograph was looked at" in proved
    assert "Agree that the answer goes out" in proved
    assert not case.pauses.filter(ends_on=None).exists()
    for each in (in_ashdown.priya, in_ashdown.olive):
        agree_to_case(case, by=each)
    pause_clock(case, reason="identity", by=in_ashdown.olive)
    with pytest.raises(AwaitsProof):
        release_pack(case, by=in_ashdown.olive, sent_to="Handed over")
    done = Event.objects.filter(action="case's asker proved").values_list("subject_id", "actor_id", "detail")
    assert list(done) == [(case.pk, in_ashdown.olive.pk, {"proof": "document"})]


def test_whoever_asks_for_a_pupil_is_named_and_the_name_goes_with_the_pupil(both, in_ashdown, client):
    client.force_login(in_ashdown.olive, backend=BACKEND)
    new = reverse("case-new", args=["ashdown"])
    asked = {"kind": "erasure", "about": both[0].upn, "asked_by": "other", "received_on": str(today())}
    assert "Say who it is, so that the answer goes to them." in client.post(new, asked).content.decode()
    client.post(new, asked | {"asker": "Tamsin Lawe", "proof": "authority"})
    case = Case.objects.get()
    assert (case.asker, case.proof) == ("Tamsin Lawe", "authority")
    assert "Tamsin Lawe" in client.get(reverse("case-detail", args=["ashdown", case.pk])).content.decode()
    agreed(case, in_ashdown)
    case.refresh_from_db()
    assert (case.outcome, case.asker) == ("erased", "")


def test_an_answer_goes_to_somebody_and_the_case_says_to_whom(case, in_ashdown, client):
    release_all(case)
    agreed(case, in_ashdown)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    release = reverse("case-release", args=["ashdown", case.pk])
    refused = client.post(release, {"sent_to": " "}, follow=True).content.decode()
    assert "Say to whom it goes, and how: nothing was released." in refused
    assert Case.objects.get().is_open
    assert client.post(release, {"sent_to": "Handed to Ada in room 12"})["Content-Type"] == "application/zip"
    assert Case.objects.get().sent_to == "Handed to Ada in room 12"
    assert client.post(release)["Content-Type"] == "application/zip"  # once more, to where it went before
    detail = reverse("case-detail", args=["ashdown", case.pk])
    assert "Handed to Ada in room 12" in client.get(detail).content.decode()


def test_whoever_has_agreed_is_not_asked_again(case, in_ashdown, client):
    release_all(case)
    agree_to_case(case, by=in_ashdown.priya)
    page = reverse("case-detail", args=["ashdown", case.pk])
    for who, is_asked in ((in_ashdown.priya, False), (in_ashdown.olive, True)):
        client.force_login(who, backend=BACKEND)
        said = client.get(page).content.decode()
        assert ("Agree that the answer goes out" in said) is is_asked
        assert ("You have agreed." in said) is not is_asked
        assert "both must agree again" in said


def test_the_answer_is_read_as_it_would_go_out_before_anybody_agrees(case, both, in_ashdown, client):
    client.force_login(in_ashdown.olive, backend=BACKEND)
    preview = reverse("case-preview", args=["ashdown", case.pk])
    assert preview in client.get(reverse("case-detail", args=["ashdown", case.pk])).content.decode()
    undecided = client.get(preview).content.decode()
    assert f"Still to decide, and held back here: {pack(both[0], case).undecided}." in undecided
    release_all(case, but=("Canaryben",))
    said = client.get(preview).content.decode()
    for words in ("Everything is decided.", "Iris Canarymother", "Follows Sunflowerplan", "Engineers", HELD_BACK):
        assert words in said
    assert "Canaryben" not in said
    kept = Event.objects.filter(action="case looked through", subject_id=both[0].pk, actor_id=in_ashdown.olive.pk)
    assert kept.count() == 3
    close_case(case, outcome="withdrawn", because="They wrote so", by=in_ashdown.olive)
    assert client.get(preview).url == reverse("case-detail", args=["ashdown", case.pk])


def test_home_tells_the_second_person_and_not_the_first_that_a_case_waits(case, in_ashdown, client):
    release_all(case)
    agree_to_case(case, by=in_ashdown.priya)
    home = reverse("home", args=["ashdown"])
    for who, is_told in ((in_ashdown.priya, False), (in_ashdown.olive, True)):
        client.force_login(who, backend=BACKEND)
        said = client.get(home).content.decode()
        assert ("1 case about somebody's data waits for you as the second person to agree." in said) is is_told
        assert "Canaryada" not in said


def test_the_answer_says_codes_in_words_and_each_reading_once_a_day(case, both, in_ashdown, client):
    """A school's own words: nobody who asks what is held knows what `in_school` is, or how often a case was opened."""
    client.force_login(in_ashdown.olive, backend=BACKEND)
    preview = reverse("case-preview", args=["ashdown", case.pk])
    for _ in range(3):
        said = client.get(preview).content.decode()
    assert "In school" in said
    assert "in_school" not in said
    assert f"Academic year: {year_label(academic_year_of(today()))}" in said
    assert Event.objects.filter(action="case looked through", subject_id=both[0].pk).count() == 3
    assert said.count("case looked through") == 1


# --- who agreed, and what went out ---------------------------------------------------------------


def test_whoever_has_left_agrees_to_nothing_and_somebody_else_takes_their_place(case, in_ashdown, client):
    release_all(case)
    agreed(case, in_ashdown)
    left(in_ashdown.olive)
    client.force_login(in_ashdown.priya, backend=BACKEND)
    detail = reverse("case-detail", args=["ashdown", case.pk])
    page = client.get(detail).content.decode()
    assert "You have agreed. Somebody else who may open cases must agree too." in page
    assert "Release the answer" not in page
    with pytest.raises(SamePerson):
        agree_to_case(case, by=in_ashdown.priya)
    give_role(user=in_ashdown.david, role="data-protection-officer", school=in_ashdown.ashdown, by=None)
    agree_to_case(case, by=in_ashdown.david)
    assert "Release the answer" in client.get(detail).content.decode()
    release_pack(case, by=in_ashdown.david, sent_to="Handed over")


def test_nobody_is_offered_to_erase_where_whoever_agreed_first_has_left(both, in_ashdown, client):
    case = open_case(
        kind="erasure", asked_by="pupil", proof="known", received_on=today(), pupil=both[0], by=in_ashdown.olive
    )
    agree_to_case(case, by=in_ashdown.priya)
    left(in_ashdown.priya)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    page = client.get(reverse("case-detail", args=["ashdown", case.pk])).content.decode()
    assert "Agree to the erasure" in page
    assert "Agree and erase" not in page


def test_what_went_out_is_fetched_again_for_a_month_and_only_as_it_was(case, both, in_ashdown, client):
    release_all(case)
    agreed(case, in_ashdown)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    release = reverse("case-release", args=["ashdown", case.pk])
    detail = reverse("case-detail", args=["ashdown", case.pk])
    assert client.post(release, {"sent_to": "Handed to Ada"})["Content-Type"] == "application/zip"
    assert client.post(release)["Content-Type"] == "application/zip"
    year = YearRecord.objects.filter(pupil=both[0]).latest("academic_year")
    YearRecord.objects.filter(pk=year.pk).update(looked_after=True)
    changed = client.post(release, follow=True).content.decode()
    assert "What is held has changed since the answer went out" in changed
    YearRecord.objects.filter(pk=year.pk).update(looked_after=year.looked_after)
    assert client.post(release)["Content-Type"] == "application/zip"
    Case.objects.update(closed_on=today() - timedelta(days=31))
    assert "Download the answer again" not in client.get(detail).content.decode()
    assert "open a new case" in client.post(release, follow=True).content.decode()


def test_a_doubt_about_who_asks_has_both_agree_again(case, in_ashdown):
    release_all(case)
    agreed(case, in_ashdown)
    pause_clock(case, reason="identity", by=in_ashdown.olive)
    prove_asker(case, proof="address", by=in_ashdown.olive)
    with pytest.raises(NotAgreed):
        release_pack(case, by=in_ashdown.olive, sent_to="somebody@else.example")


def test_a_pupil_is_not_told_undecided_that_somebody_had_authority_to_ask(both, in_ashdown):
    open_case(
        kind="access",
        asked_by="other",
        asker="Tamsin Lawe",
        proof="authority",
        received_on=today(),
        pupil=both[0],
        by=in_ashdown.olive,
    )
    waits = {(value.name, value.said) for value in pack(both[0]).to_decide}
    assert {("Asked by", "Somebody for them, such as a solicitor"), ("Asker", "Tamsin Lawe")} <= waits
    assert ("Proof", "Their signed authority to ask for the pupil was looked at") in waits


def test_no_hash_of_what_was_decided_outlives_the_pupil(case, both, in_ashdown):
    release_all(case)
    agree_to_case(case, by=in_ashdown.priya)
    assert CaseDecision.objects.filter(case=case).exists()
    erase_pupil(both[0], by=None)
    assert not CaseDecision.objects.filter(case=case).exists()
    assert Case.objects.get(pk=case.pk).agreed_to == ""


def test_every_change_of_a_day_is_in_the_answer(both, in_ashdown):
    for surname in ("One", "Two", "Three"):
        change_pupil(both[0], surname=surname, by=in_ashdown.priya)
    events = next(part for part in pack(both[0]).parts if part.holding.model == "audit.Event")
    told = [value.said for row in events.rows for value in row if value.name == "Action"]
    assert (
        told.count("pupil changed") == Event.objects.filter(action="pupil changed", subject_id=both[0].pk).count() >= 3
    )


def test_where_a_complaint_is_about_nobody_there_is_no_name_to_look_for(in_ashdown, client):
    case = open_case(kind="complaint", asked_by="pupil", received_on=today(), by=in_ashdown.olive)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    assert client.get(reverse("case-names", args=["ashdown", case.pk])).status_code == 404


def test_where_an_answer_went_is_no_control_character(case, in_ashdown, client):
    release_all(case)
    agreed(case, in_ashdown)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    answer = client.post(reverse("case-release", args=["ashdown", case.pk]), {"sent_to": "a\x00b"}, follow=True)
    assert "Null characters are not allowed." in answer.content.decode()
    assert Case.objects.get().is_open


def test_nobody_is_told_to_agree_while_who_asks_is_not_known(case, in_ashdown, client):
    release_all(case)
    agree_to_case(case, by=in_ashdown.priya)
    assert cases_for_second(in_ashdown.olive) == [case]
    Case.objects.update(proof="")
    assert cases_for_second(in_ashdown.olive) == []


def test_an_agreement_is_to_the_answer_as_it_was_read(case, both, in_ashdown, client):
    release_all(case)
    agree_to_case(case, by=in_ashdown.olive)
    change_pupil(both[0], preferred_forename="Adi", by=in_ashdown.priya)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    page = client.get(reverse("case-detail", args=["ashdown", case.pk])).content.decode()
    assert "Changed since it was agreed to" in page
    assert "Agree that the answer goes out" in page
    assert (agree_to_case(case, by=in_ashdown.priya).first_by, case.second_by) == (in_ashdown.priya, None)
    agree_to_case(case, by=in_ashdown.olive)
    change_pupil(both[0], preferred_forename="Ada", by=in_ashdown.priya)
    with pytest.raises(NotAgreed):
        release_pack(case, by=in_ashdown.olive, sent_to="Handed over")


def test_whoever_is_erased_is_still_somebody_else_in_the_answer_about_another(case, both, in_ashdown):
    """Ben's name in a title that Ada took part in waits for a decision whether or not he is still here."""
    named = {value.said: value.why for value in pack(both[0], case).to_decide if "Canaryben" in value.said}
    assert "it names another pupil" in named["Prize for Bentwo Canaryben"]
    erase_pupil(both[1], by=None)
    left = {value.said: value.why for value in pack(both[0], case).to_decide if "Canaryben" in value.said}
    assert left["Prize for Bentwo Canaryben"] == "it names somebody who was erased"


def test_whoever_erases_is_told_that_it_is_done(both, in_ashdown, client):
    case = open_case(
        kind="erasure", asked_by="pupil", proof="known", received_on=today(), pupil=both[0], by=in_ashdown.olive
    )
    agree_to_case(case, by=in_ashdown.priya)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    done = client.post(reverse("case-agree", args=["ashdown", case.pk]), follow=True).content.decode()
    assert "The record is erased." in done


def test_a_clock_that_waits_to_hear_what_is_wanted_runs_again_though_who_asks_is_not_known(case, in_ashdown, client):
    Case.objects.update(proof="")
    pause_clock(case, reason="clarification", by=in_ashdown.olive)
    client.force_login(in_ashdown.olive, backend=BACKEND)
    page = client.get(reverse("case-detail", args=["ashdown", case.pk])).content.decode()
    assert "It has come: let the clock run" in page
    assert "Keep it, and let the clock run" not in page
    client.post(reverse("case-resume", args=["ashdown", case.pk]))
    assert not case.pauses.filter(ends_on=None).exists()
