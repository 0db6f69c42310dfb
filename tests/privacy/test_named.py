"""Texts of the school that name whom an erasure is about: found by place wherever they stand, and told without their words."""

import html

import pytest
from django.apps import apps
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.models import ImportRun
from dekaan.participation.models import Participation
from dekaan.people.changes import change_pupil
from dekaan.privacy.changes import erase_pupil, hold_pupil, open_case
from dekaan.privacy.queries.named import CALLED, LEFT_OUT, Place, places_naming, places_naming_erased, texts_of
from dekaan.programme.changes import Invited, change_activity, it_happened, plan_activity, plan_session, strike_off
from dekaan.reports.changes import issue_report
from dekaan.schools.models import SchoolOwned
from tests.house.test_models import ours
from tests.stock import pupil

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def chloe(in_ashdown):
    return pupil("Chloé", "O’Brien-Łuczak", preferred_forename="Clo")


def titled(title, priya):
    return plan_activity(title=title, activity_type="ASSEM", partner_kind="employer", by=priya)


FOUND = [
    "Prize for Chloé O’Brien-Łuczak",
    "prize for CHLOE O'BRIEN LUCZAK's class",
    "Obrien-Luczak, Chloe",
    "Chloe\u0301 O Brien Łuczak",  # the accent as a letter of its own
    "Clo O’Brien-Łuczak",
]
NOT_FOUND = [
    "Prize for Chloé",
    "O’Brien-Łuczak prize",
    "Cloé Brien",
    "Chloéline O’Brien-Łuczak",
    "Chloé O’Brien-Łuczakova",
]


@pytest.mark.parametrize("title", FOUND)
def test_both_names_word_by_word_in_any_case_and_accent_are_found(chloe, in_ashdown, title):
    activity = titled(title, in_ashdown.priya)
    assert places_naming(chloe) == [Place("An activity planned", "title", today(), ("activity-detail", (activity.pk,)))]


@pytest.mark.parametrize("title", NOT_FOUND)
def test_one_name_alone_or_inside_another_word_is_not(chloe, in_ashdown, title):
    titled(title, in_ashdown.priya)
    assert places_naming(chloe) == []


def test_every_text_that_is_left_is_found_by_its_place_and_what_goes_with_the_record_is_not(chloe, in_ashdown):
    priya, name = in_ashdown.priya, "Chloe O'Brien Luczak"
    ben = pupil("Ben", "Keeper")
    activity = plan_activity(title=f"For {name}", activity_type="ASSEM", partner_kind="employer", by=priya)
    session = plan_session(activity, held_on=today(), invited=Invited(pupils=(chloe, ben)), by=priya, place=name)
    it_happened(session, by=priya)
    change_pupil(ben, benchmark_cohort=False, benchmark_cohort_reason=f"Moves with {name}", by=priya)
    hold_pupil(ben, because=f"A quarrel with {name}", by=priya)
    his = open_case(kind="access", asked_by="pupil", received_on=today(), pupil=ben, note=f"All but {name}", by=priya)
    open_case(kind="access", asked_by="pupil", received_on=today(), pupil=chloe, note=name, by=priya)
    report = issue_report(in_ashdown.ashdown, on=today(), by=priya, summary=name, concerns="", asks="")
    left = {
        ("An activity planned", "title", ("activity-detail", (activity.pk,)), 1),
        ("A session", "place", ("session-detail", (session.pk,)), 1),
        ("What somebody took part in", "title", None, 1),  # Ben; hers goes
        ("Another pupil’s record", "benchmark cohort reason", None, 1),  # a need: no way leads there
        ("A hold on another record, set", "because", ("retention", ()), 1),
        ("Another case, received", "note", ("case-detail", (his.pk,)), 1),
        ("A report with figures of", "What governors should know", ("report-detail", (report.pk,)), 1),
        ("A report with figures of", "content", ("report-detail", (report.pk,)), 1),  # as it was frozen
    }
    assert {(each.called, each.field, each.way, each.times) for each in places_naming(chloe)} == left
    erase_pupil(chloe, by=priya)
    after = places_naming_erased(forename="chloe", surname="OBRIEN-LUCZAK")
    assert {(each.called, each.field, each.way, each.times) for each in after} == left


def test_a_title_that_is_changed_names_nobody_in_rows_that_were_corrected_either(chloe, in_ashdown):
    priya, ben = in_ashdown.priya, pupil("Ben", "Keeper")
    activity = plan_activity(title="After Chloé O’Brien-Łuczak fell", activity_type="ASSEM", by=priya)
    session = plan_session(activity, held_on=today(), invited=Invited(pupils=(chloe, ben)), by=priya)
    it_happened(session, by=priya)
    strike_off(session, absent=[ben.pk], by=priya)
    erase_pupil(chloe, by=priya)
    found = places_naming_erased(forename="Chloé", surname="O’Brien-Łuczak")
    assert sum(each.times for each in found if each.called == "What somebody took part in") == 2
    change_activity(activity, title="After the fall", by=priya)
    assert places_naming_erased(forename="Chloé", surname="O’Brien-Łuczak") == []
    assert set(Participation.objects.values_list("title", flat=True)) == {"After the fall"}


def test_only_the_name_of_somebody_who_was_erased_here_is_looked_for(chloe, in_ashdown, stock):
    titled("Prize for Ben Keeper and Chloé O’Brien-Łuczak", in_ashdown.priya)
    pupil("Ben", "Keeper")
    assert places_naming_erased(forename="Ben", surname="Keeper") is None
    erase_pupil(chloe, by=None)
    assert len(places_naming_erased(forename="Chloé", surname="O’Brien-Łuczak")) == 1
    with working_in(stock.beckford):
        assert places_naming_erased(forename="Chloé", surname="O’Brien-Łuczak") is None


def test_every_model_with_texts_is_looked_through_or_says_why_not():
    """A field that is new is looked through by itself; a table that no school owns has to say why it is not."""
    with_texts = {model._meta.label for model in ours() if texts_of(model)}
    searched = {model._meta.label for model in ours() if issubclass(model, SchoolOwned)} - set(LEFT_OUT)
    assert with_texts - searched - set(LEFT_OUT) == set()
    assert set(LEFT_OUT) <= {model._meta.label for model in ours()}
    for label, (_, page, by) in CALLED.items():
        fields = {each.attname for each in apps.get_model(label)._meta.concrete_fields} | {"pk", ""}
        assert by in fields, (label, page)


@pytest.fixture
def case(chloe, in_ashdown):
    return open_case(kind="erasure", asked_by="pupil", received_on=today(), pupil=chloe, by=in_ashdown.priya)


def page_of(client, who, case, **typed):
    client.force_login(who, backend=BACKEND)
    address = reverse("case-names", args=["ashdown", case.pk])
    answer = client.post(address, typed) if typed else client.get(address)
    return html.unescape(answer.content.decode())


def test_the_page_tells_the_place_with_a_link_for_those_who_may_open_it_and_never_the_words(
    chloe, case, in_ashdown, client
):
    activity = titled("Prize Sunflowerword for Chloé O’Brien-Łuczak", in_ashdown.priya)
    ben = pupil("Ben", "Keeperword")
    reason = "Moves Tulipword with Chloé O’Brien-Łuczak"
    change_pupil(ben, benchmark_cohort=False, benchmark_cohort_reason=reason, by=None)
    for who in (in_ashdown.olive, in_ashdown.priya):
        page = page_of(client, who, case)
        assert "2 texts hold both names" in page
        assert "it may be somebody else" in page
        assert reverse("activity-detail", args=["ashdown", activity.pk]) in page
        assert "Another pupil’s record" in page
        assert reverse("pupil-record", args=["ashdown", ben.pk]) not in page
        for word in ("Sunflowerword", "Tulipword", "Keeperword"):
            assert word not in page, word
    said = Event.objects.filter(action="texts looked through for a name", subject="case", subject_id=case.pk)
    assert [each.actor_id for each in said.order_by("pk")] == [in_ashdown.olive.pk, in_ashdown.priya.pk]


def test_a_link_is_for_those_who_may_open_it(chloe, case, in_ashdown, client):
    """An officer sees no lists that were brought in."""
    run = ImportRun.objects.create(kind="staff", file_name="Chloé O’Brien-Łuczak.csv", state="done")
    way = reverse("import-progress", args=["ashdown", run.pk])
    assert way in page_of(client, in_ashdown.priya, case)
    page = page_of(client, in_ashdown.olive, case)
    assert "A list brought in" in page
    assert way not in page


def test_after_the_erasure_the_name_is_typed_and_not_kept(chloe, case, in_ashdown, client):
    titled("Prize for Chloé O’Brien-Łuczak", in_ashdown.priya)
    erase_pupil(chloe, by=None)
    olive = in_ashdown.olive
    assert "type it as it stood on the record" in page_of(client, olive, case)
    assert "Say the first name." in page_of(client, olive, case, forename="", surname="X")
    assert "Nobody of that name was erased here" in page_of(client, olive, case, forename="Ben", surname="Keeper")
    assert not Event.objects.filter(action="texts looked through for a name").exists()
    assert "1 text holds both names" in page_of(client, olive, case, forename="Chloe", surname="O'Brien-Luczak")


def test_who_asks_to_see_it_may_be_named_in_other_texts_too(chloe, in_ashdown, client):
    titled("Prize for Chloé O’Brien-Łuczak", in_ashdown.priya)
    asked = open_case(kind="access", asked_by="pupil", received_on=today(), pupil=chloe, by=None)
    page = page_of(client, in_ashdown.olive, asked)
    assert "1 text holds both names" in page
    assert "look whether one belongs in it" in page
