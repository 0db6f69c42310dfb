"""What the public reads of a school: made here, approved by a senior leader, and never with a pupil's name in it."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from dekaan.programme.changes import Invited, cancel_session, change_session, plan_activity, plan_session
from dekaan.provider_requests.changes import add_free_time, say_rules
from dekaan.publication import changes
from dekaan.publication.models import CareersInformation, Page, PublishedVersion
from dekaan.publication.queries import (
    draft,
    facts_now,
    lacking,
    left_out,
    named_in,
    needed,
    published,
    said_on,
    standing,
)
from dekaan.publication.queries.needing import AWAITING
from tests.databases import ON_POSTGRES
from tests.isolation.world import BACKEND
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db
MAY = date(THIS_YEAR + 1, 5, 12)
ANN = changes.Signed("Ann Teasdale, chair of governors", today())
JULY = date(THIS_YEAR + 1, 7, 1)
FACTS = {
    "telephone": "01632 960123",
    "next_review_on": JULY,
    "own_page": "https://www.ashdown.example/careers",
    "statement_review_on": JULY,
}


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def priya(in_ashdown) -> Client:
    return client_of(in_ashdown.priya)


@pytest.fixture
def ellen(in_ashdown) -> Client:
    """Ellen Frost, the senior leader who line-manages the Careers Leader."""
    return client_of(in_ashdown.ellen)


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def fair(title="Careers fair", on=MAY, **invited):
    activity = plan_activity(title=title, activity_type="FAIR", by=None)
    return plan_session(activity, held_on=on, invited=Invited(**(invited or {"year_groups": (10,)})), by=None)


def everything_said(stock) -> None:
    pupil("Ada", year_group=10, tutor_group="10A")
    fair()
    changes.say_facts(by=stock.priya, **FACTS)


def made_public(stock, page=Page.CAREERS) -> PublishedVersion:
    version = changes.prepare_version(stock.ashdown, page, by=stock.priya)
    return changes.approve_version(version, by=stock.ellen, signed=ANN if page == Page.STATEMENT else None)


def told(client, address, **data) -> str:
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_facts_are_those_of_whoever_holds_the_role_until_others_are_said(in_ashdown):
    facts = facts_now(in_ashdown.ashdown)
    assert (facts.leader_name, facts.leader_email) == (in_ashdown.priya.name, in_ashdown.priya.email)
    changes.say_facts(leader_email="careers@ashdown.example", by=in_ashdown.priya)
    facts = facts_now(in_ashdown.ashdown)
    assert (facts.leader_name, facts.leader_email) == (in_ashdown.priya.name, "careers@ashdown.example")


def test_the_programme_is_of_whole_year_groups_without_days_places_and_partners(in_ashdown):
    ada = pupil("Ada", year_group=10, tutor_group="10A")
    fair()
    fair(on=date(THIS_YEAR + 1, 6, 3))
    fair("Talk with an adviser", pupils=(ada,))
    activity = plan_activity(title="Options evening", activity_type="OPTEVE", audience="carers", by=None)
    evening = plan_session(activity, held_on=MAY, invited=Invited(), by=None, place="Hall")
    content = draft(in_ashdown.ashdown, Page.CAREERS)
    assert content["programme"] == [
        {
            "year_group": 10,
            "lines": [{"what": "Careers fair", "when": f"May {THIS_YEAR + 1}, June {THIS_YEAR + 1}"}],
        }
    ]
    assert content["calendar"] == [
        {"on": evening.held_on.isoformat(), "at": "", "time": "", "what": "Options evening", "where": "Hall",
         "session": evening.pk}
    ]  # fmt: skip


def test_the_checklist_names_what_the_law_still_asks_for(in_ashdown):
    def short(page, **said):
        changes.say_facts(by=None, **said)
        content = draft(in_ashdown.ashdown, page)
        every = needed(content, page, in_ashdown.ashdown, statement_is_published=False)
        return {(each.items, each.what): each.says for each in every if each.is_law and not each.is_there}

    assert short(Page.CAREERS) == {
        (("W2",), "The Careers Leader’s telephone number"): "",
        (("W6",), "When this information is reviewed next"): "",
        (("W7",), "The provider access statement"): "It is not published yet.",
        (("W3",), f"What each year group does in {draft(in_ashdown.ashdown, Page.CAREERS)['year']}"): "",
    }
    past = short(Page.CAREERS, next_review_on=date(2020, 7, 1))
    assert past[("W6",), "When this information is reviewed next"] == "1 July 2020 is past."
    far = short(Page.CAREERS, next_review_on=date(THIS_YEAR + 4, 7, 1))
    assert far[("W6",), "When this information is reviewed next"] == "It is to be reviewed at least once a year."
    assert short(Page.STATEMENT) == {
        (("S5",), "The governing body’s approval of these words"): AWAITING,
        (("S5",), "When it is reviewed next"): "",
    }
    assert short(Page.STATEMENT, **FACTS) == {(("S5",), "The governing body’s approval of these words"): AWAITING}
    made_public(in_ashdown, Page.STATEMENT)
    assert short(Page.STATEMENT, **FACTS) == {}


def test_a_version_short_of_the_law_is_not_prepared(in_ashdown, priya):
    page = told(priya, at("version-prepare", "careers"))
    assert "The law asks that it also says" in page
    assert "telephone number" in page
    assert not PublishedVersion.objects.exists()


@pytest.mark.parametrize(("kind", "is_refused"), [("34", True), ("14", False), ("11", False), ("06", False)])
def test_what_does_not_bind_a_school_of_its_kind_keeps_no_page_from_the_public(in_ashdown, kind, is_refused):
    in_ashdown.ashdown.establishment_type = kind
    in_ashdown.ashdown.save()
    content = draft(in_ashdown.ashdown, Page.CAREERS)
    short = lacking(content, Page.CAREERS, in_ashdown.ashdown, statement_is_published=True)
    assert bool(short) is is_refused
    every = needed(content, Page.CAREERS, in_ashdown.ashdown, statement_is_published=True)
    assert "The Careers Leader’s telephone number" in {each.what for each in every if not each.is_there}


def test_ellen_approves_what_priya_prepared_and_anybody_reads_it(in_ashdown, priya, ellen):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    assert Client().get(at("careers-page")).status_code == 404
    page = told(priya, at("version-prepare", "careers"))
    assert "It waits for a senior leader" in page
    version = PublishedVersion.objects.get(page="careers")
    assert "1 version of the public careers pages waits for your approval" in ellen.get(at("home")).content.decode()
    assert priya.post(at("version-approve", version.pk)).status_code == 403
    assert Client().get(at("careers-page")).status_code == 404
    assert "Published: Careers page, version 1." in told(ellen, at("version-approve", version.pk))
    answer = Client().get(at("careers-page"))
    page = answer.content.decode()
    assert answer.status_code == 200
    for said in (in_ashdown.priya.name, in_ashdown.priya.email, "01632 960123", "Careers fair", "Year 10", "1 July"):
        assert said in page
    assert at("provider-access-page") in page
    actions = Event.objects.filter(action__startswith="public page").order_by("pk")
    assert list(actions.values_list("action", flat=True))[-2:] == ["public page prepared", "public page published"]


def test_what_is_changed_is_not_public_until_it_is_approved_too(in_ashdown, ellen):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    changes.say_facts(telephone="01632 960999", by=in_ashdown.priya)
    changes.say_words({"impact": "We ask everybody, twice."}, by=in_ashdown.priya)
    assert standing(in_ashdown.ashdown, Page.CAREERS).changed == ["The telephone number", "How we know that it helps"]
    assert "01632 960123" in Client().get(at("careers-page")).content.decode()
    second = changes.prepare_version(in_ashdown.ashdown, Page.CAREERS, by=in_ashdown.priya)
    assert "01632 960123" in Client().get(at("careers-page")).content.decode()
    page = told(ellen, at("version-send-back", second.pk), because="")
    assert "Say why" in page
    assert "Sent back" in told(ellen, at("version-send-back", second.pk), because="The number is the caretaker’s.")
    assert published(Page.CAREERS).number == 1
    assert "decided on it meanwhile" in told(ellen, at("version-approve", second.pk))
    changes.say_facts(telephone="01632 960124", by=in_ashdown.priya)
    assert made_public(in_ashdown).number == 3
    assert "01632 960124" in Client().get(at("careers-page")).content.decode()


def test_no_pupil_is_named_in_public_whatever_was_typed(in_ashdown, priya):
    everything_said(in_ashdown)
    ada = Pupil.objects.get()
    changes.say_words({"impact": f"{ada.forename}  {ada.surname.upper()}’s visit was the best."}, by=None)
    content = draft(in_ashdown.ashdown, Page.STATEMENT)
    assert named_in(content) == []
    made_public(in_ashdown, Page.STATEMENT)
    page = told(priya, at("version-prepare", "careers"))
    assert f"It names a pupil: {ada.forename} {ada.surname} in “How we know that it helps”" in page
    assert PublishedVersion.objects.filter(page="careers").count() == 0
    assert CareersInformation.objects.get().own_words["impact"]  # nothing typed is lost


@pytest.mark.parametrize(
    ("page", "fact", "where"),
    [
        ("careers", {"leader_name": "Ada Lovell"}, "The Careers Leader’s name"),
        ("careers", {"leader_email": "ada.lovell@ashdown.example"}, "The Careers Leader’s e-mail address"),
        ("careers", {"telephone": "ask for Ada Lovell"}, "The telephone number"),
    ],
)
def test_a_pupil_is_not_named_in_a_fact_either(in_ashdown, priya, page, fact, where):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    changes.say_facts(by=None, **fact)
    assert f"Ada Lovell in “{where}”" in told(priya, at("version-prepare", page))
    assert PublishedVersion.objects.count() == 1


def test_a_colleague_with_a_pupils_name_is_published_once_a_person_says_who_it_is(in_ashdown, priya, ellen):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    changes.say_facts(leader_name="Ada Lovell", by=None)
    fair("Talk by Ada Lovell")
    room = priya.get(at("public-pages")).content.decode()
    assert "It is somebody else of that name" in room
    address = at("publication-others-named")
    assert "Who is the Ada Lovell named in “The Careers Leader’s name”" in priya.get(address).content.decode()
    assert ellen.get(address).status_code == 403
    assert "Saved." in told(priya, address, who_adalovell="our Careers Leader, and no pupil")
    assert Event.objects.filter(action="public name said to be another’s").count() == 1
    assert "It waits for a senior leader" in told(priya, at("version-prepare", "careers"))
    version = PublishedVersion.objects.get(page="careers")
    assert "Talk by Ada Lovell" in str(version.content["programme"])
    assert (
        "it is somebody else: our Careers Leader, and no pupil"
        in ellen.get(at("published-version", version.pk)).content.decode()
    )
    assert "Published" in told(ellen, at("version-approve", version.pk))
    changes.say_words({"impact": "Ada Lovell won a prize."}, by=None)  # elsewhere it may be the pupil
    assert "Ada Lovell in “How we know that it helps”" in told(priya, at("version-prepare", "careers"))
    assert "Saved." in told(priya, address, who_adalovell="")
    changes.say_words({"impact": ""}, by=None)
    assert "Ada Lovell in “The Careers Leader’s name”" in told(priya, at("version-prepare", "careers"))


def test_a_line_of_the_programme_with_a_name_is_left_out(in_ashdown):
    everything_said(in_ashdown)
    ada = Pupil.objects.get()
    fair(f"{ada.surname}, {ada.forename}: a talk by her uncle")
    made_public(in_ashdown, Page.STATEMENT)
    version = made_public(in_ashdown)
    assert [line["what"] for group in version.content["programme"] for line in group["lines"]] == ["Careers fair"]
    assert left_out(version.content) == version.content


def test_a_pupil_who_joins_while_a_version_waits_keeps_it_from_the_public(in_ashdown, ellen):
    everything_said(in_ashdown)
    changes.say_words({"safeguarding": "Ask Wilf Tansy at the gate."}, by=None)
    version = changes.prepare_version(in_ashdown.ashdown, Page.STATEMENT, by=in_ashdown.priya)
    Pupil.objects.create(forename="Wilf", surname="Tansy")
    assert "It names a pupil: Wilf Tansy" in told(ellen, at("version-approve", version.pk), awaiting="yes")
    assert published(Page.STATEMENT) is None


def test_a_page_that_is_taken_down_shows_nothing_of_before_either(in_ashdown, priya):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    changes.say_words({"safeguarding": "Visitors ring the bell."}, by=None)
    made_public(in_ashdown, Page.STATEMENT)
    assert "Say why" in told(priya, at("page-take-down", "provider-access"), because="")
    assert "Taken down" in told(priya, at("page-take-down", "provider-access"), because="A wrong name")
    assert Client().get(at("provider-access-page")).status_code == 404
    assert [each.state for each in PublishedVersion.objects.order_by("number")] == ["published", "taken-down"]


def test_a_school_that_there_is_not_and_one_that_published_nothing_answer_alike(in_ashdown):
    answers = [Client().get(reverse("careers-page", args=[slug])) for slug in ("nowhere", "beckford")]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content.replace(b"beckford", b"nowhere")


def test_the_page_of_one_school_says_nothing_of_another(in_ashdown):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    with working_in(in_ashdown.beckford):
        assert published(Page.CAREERS) is None
        assert facts_now(in_ashdown.beckford).telephone == ""


RULES = {
    "contact_name": "Joan Ferry",
    "contact_email": "providers@ashdown.example",
    "contact_telephone": "01632 960199",
    "weeks_notice": 4,
    "decision_days": 8,
    "offers": ["assembly", "fair"],
    "premises": "The hall, with a screen.",
    "is_open": True,
}


def test_the_statement_says_the_policy_by_which_requests_are_answered(in_ashdown):
    everything_said(in_ashdown)
    say_rules(granting=["It is in the school day."], refusing=["It clashes with examinations."], by=None, **RULES)
    add_free_time(weekday=2, starts_at=time(9), minutes=40, name="Assembly", place="Hall", year_groups=[8, 9], by=None)
    said = {each["key"]: each for each in draft(in_ashdown.ashdown, Page.STATEMENT)["sections"]}
    assert said["granting"]["lists"] == [
        {"lead": "Providers may be offered:", "points": ["An assembly", "A stand at a careers fair"]},
        {"lead": "We say yes where:", "points": ["It is in the school day."]},
        {"lead": "We may refuse where:", "points": ["It clashes with examinations."]},
    ]
    assert said["encounters"]["lists"] == [
        {
            "lead": "Times of the week that usually suit:",
            "points": ["Tuesday 09:00 to 09:40, Assembly: Years 8 and 9"],
        }
    ]
    assert said["premises"]["paragraphs"] == ["The hall, with a screen."]
    assert said["requests"]["paragraphs"] == [
        (
            "Write to Joan Ferry at providers@ashdown.example or telephone 01632 960199. Please write at least 4 weeks "
            "ahead, and say what you would like to do, with which year group, how many people would come and what you "
            "need. We answer every request within 8 working days."
        )
    ]


def test_a_ground_that_changed_waits_for_approval_before_the_public_reads_it(in_ashdown):
    everything_said(in_ashdown)
    say_rules(granting=["It is in the school day."], refusing=["It clashes with examinations."], by=None, **RULES)
    made_public(in_ashdown, Page.STATEMENT)
    say_rules(granting=["It is in the school day."], refusing=["No room is free."], by=None, **RULES)
    assert standing(in_ashdown.ashdown, Page.STATEMENT).changed == ["When we say yes, and when we cannot"]
    page = Client().get(at("provider-access-page")).content.decode()
    assert "It clashes with examinations." in page
    assert "No room is free." not in page


def test_a_pupil_is_not_named_in_public_by_a_ground_either(in_ashdown, priya):
    everything_said(in_ashdown)
    ada = Pupil.objects.get()
    refusing = [f"{ada.forename} {ada.surname} sits an examination."]
    say_rules(granting=[], refusing=refusing, by=None, **RULES)
    page = told(priya, at("version-prepare", "provider-access"))
    assert f"It names a pupil: {ada.forename} {ada.surname} in “When we say yes, and when we cannot”" in page


@pytest.mark.parametrize("is_open", [True, False])
def test_both_pages_lead_to_the_form_while_it_takes_requests(in_ashdown, is_open):
    everything_said(in_ashdown)
    say_rules(granting=[], refusing=[], by=None, **RULES | {"is_open": is_open})
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    for page in ("careers-page", "provider-access-page"):
        assert (at("provider-request-new") in Client().get(at(page)).content.decode()) == is_open


def test_only_the_schools_own_website_may_frame_the_page(in_ashdown):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    framed, page = Client().get(at("careers-embed")), Client().get(at("careers-page"))
    assert "frame-ancestors https://www.ashdown.example" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_the_page_is_small_and_asks_little(in_ashdown):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    client = Client()
    client.get(at("careers-page"))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(at("careers-page"))
    assert len(asked) == 4 + 2 * ON_POSTGRES, [each["sql"] for each in asked]
    assert answer["Cache-Control"] == "public, max-age=300"
    found = re.findall(r'(?:src|href)="([^"]+)"', answer.content.decode())
    assert [each for each in found if each.startswith("http")] == []


def test_what_machines_read_is_the_same_as_what_people_read(in_ashdown):
    everything_said(in_ashdown)
    activity = plan_activity(title="Options </script> evening", activity_type="OPTEVE", audience="carers", by=None)
    plan_session(activity, held_on=MAY, invited=Invited(), by=None, place="Hall")
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    page = Client().get(at("careers-page")).content.decode()
    assert page.count("</script>") == 1
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*)</script>', page).group(1))
    about, event = data["@graph"][0]["about"], data["@graph"][1]
    assert about["contactPoint"] == {
        "@type": "ContactPoint",
        "contactType": "Careers Leader",
        "name": in_ashdown.priya.name,
        "email": in_ashdown.priya.email,
        "telephone": "01632 960123",
    }
    assert about["identifier"]["value"] == in_ashdown.ashdown.urn
    assert (event["name"], event["startDate"]) == ("Options </script> evening", MAY.isoformat())


def test_words_left_as_they_are_usually_stay_ours(in_ashdown, priya):
    page = priya.get(at("publication-words-change", "careers")).content.decode()
    assert "Ask your tutor" in page
    fields = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL))
    import html

    typed = {name: html.unescape(words) for name, words in fields.items()} | {"impact": "We ask everybody."}
    assert "Saved." in told(priya, at("publication-words-change", "careers"), **typed)
    assert CareersInformation.objects.get().own_words == {"impact": "We ask everybody."}
    assert "4000 letters" in told(priya, at("publication-words-change", "careers"), **typed | {"impact": "a" * 4001})


def test_a_pupil_who_is_named_is_told_of_when_the_words_are_saved_and_the_words_are_kept(in_ashdown, priya):
    import html

    everything_said(in_ashdown)
    page = priya.get(at("publication-words-change", "careers")).content.decode()
    fields = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL))
    typed = {name: html.unescape(words) for name, words in fields.items()}
    named = typed | {"impact": "Ada Lovell’s visit was the best."}
    answer = told(priya, at("publication-words-change", "careers"), **named)
    assert "Saved, and kept as a draft that cannot be published yet." in answer
    assert "It names a pupil: Ada Lovell in “How we know that it helps”" in answer
    assert CareersInformation.objects.get().own_words["impact"] == "Ada Lovell’s visit was the best."
    assert "It names a pupil" not in told(priya, at("publication-words-change", "careers"), **typed)
    assert "It names a pupil: Ada Lovell in" in told(priya, at("publication-facts"), leader_name="Ada Lovell")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"leader_email": "priya"}, "That is not an e-mail address."),
        ({"next_review_on": "soon"}, "Give the date as day, month and year"),
    ],
)
def test_what_cannot_be_is_refused_in_words(in_ashdown, priya, typed, says):
    assert says in told(priya, at("publication-facts"), **typed)
    assert not CareersInformation.objects.exists()


@pytest.mark.parametrize(
    ("page", "key", "leads", "follows"),
    [
        ("careers", "programme", "Below is what we do in", "<h3>Year 10</h3>"),
        ("provider-access", "opportunities", "Below is what there is in", "<table"),
    ],
)
def test_a_sentence_of_the_schools_own_stands_before_the_one_that_leads_to_the_list(
    in_ashdown, priya, page, key, leads, follows
):
    everything_said(in_ashdown)
    fields = re.findall(
        rf'<textarea name="{key}"[^>]*>\s*(.*?)</textarea>',
        told(priya, at("publication-words-change", page)),
        re.DOTALL,
    )
    changes.say_words({key: f"{fields[0]} We are proud of it."}, by=in_ashdown.priya)
    said = priya.get(at("publication-preview", page)).content.decode()
    assert said.index("We are proud of it.") < said.index(leads) < said.index(follows)
    assert said[said.index(leads) : said.index(follows)].count("<p>") == 0


def test_a_second_press_finds_that_one_waits_or_that_nothing_has_changed(in_ashdown, priya):
    everything_said(in_ashdown)
    address = at("version-prepare", "provider-access")
    told(priya, address)
    assert "waits for approval already" in told(priya, address)
    version = PublishedVersion.objects.get()
    assert "Taken back" in told(priya, at("version-take-back", version.pk))
    made_public(in_ashdown, Page.STATEMENT)
    assert "nothing has changed since" in told(priya, address)
    assert priya.get(at("publication-words-change", "nonsense")).status_code == 404


def test_what_was_public_on_a_day_shows_that_it_was_said_until_its_review(in_ashdown):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    said = said_on(today())
    assert {key for key in said if key.startswith("website")} == {
        "website-leader",
        "website-contact",
        "website-summary",
        "website-four-audiences",
        "website-impact",
        "website-review",
        "website-accessible",
    }
    assert {key for key in said if key.startswith("statement")} == {
        "statement-published",
        "statement-approved",
        "statement-procedure",
        "statement-grounds",
        "statement-premises",
        "statement-encounters",
    }
    assert said["website-impact"].valid_until == JULY
    assert said["website-summary"].valid_until == date(THIS_YEAR + 1, 8, 31)
    assert said_on(date(2020, 1, 1)) == {}
    changes.take_page_down(Page.CAREERS, because="A wrong name", by=in_ashdown.priya)
    assert not any(key.startswith("website") for key in said_on(today()))


def evening(title="Options evening", on=MAY):
    activity = plan_activity(title=title, activity_type="OPTEVE", audience="carers", by=None)
    return plan_session(activity, held_on=on, invited=Invited(), by=None, place="Hall")


@pytest.mark.parametrize("what", ["over", "off", "moved"])
def test_a_date_that_is_over_called_off_or_moved_is_not_public_any_more(in_ashdown, monkeypatch, what):
    everything_said(in_ashdown)
    first, other = evening(), evening("Careers evening", JULY)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    before = Client().get(at("careers-page")).content.decode()
    assert before.count("Options evening") == before.count("Careers evening") == 2  # for people, and for machines
    if what == "over":
        monkeypatch.setattr("dekaan.publication.queries.drafting.today", lambda: MAY + timedelta(days=1))
    elif what == "off":
        cancel_session(first, because="Snow", by=None)
    else:
        change_session(first, held_on=MAY + timedelta(days=7), by=None)
    plan_session(other.activity, held_on=JULY + timedelta(days=1), invited=Invited(), by=None, place="Gym")
    after = Client().get(at("careers-page")).content.decode()
    assert "Options evening" not in after
    assert after.count("Careers evening") == 2
    assert "Gym" not in after  # what nobody approved is not shown either
    assert "Options evening" in published(Page.CAREERS).content["calendar"][0]["what"]  # the version stays as approved


def test_the_statement_has_a_table_of_opportunities_by_term_and_where_pupils_went(in_ashdown):
    everything_said(in_ashdown)
    fair("College taster", on=date(THIS_YEAR, 10, 6), year_groups=(9,))
    fair("A talk by Ada Lovell", on=date(THIS_YEAR, 10, 7), year_groups=(9,))
    fair("Dream jobs", year_groups=(7,))
    changes.say_words({"destinations": "Nearly all went on to college, work or an apprenticeship."}, by=None)
    said = {each["key"]: each for each in draft(in_ashdown.ashdown, Page.STATEMENT)["sections"]}
    assert [
        [row["of"], *(cell["words"] for cell in row["cells"])] for row in said["opportunities"]["table"]["rows"]
    ] == [
        ["Year 9", "College taster", "", ""],
        ["Year 10", "", "", "Careers fair"],
    ]
    assert said["destinations"]["paragraphs"] == ["Nearly all went on to college, work or an apprenticeship."]
    made_public(in_ashdown, Page.STATEMENT)
    page = Client().get(at("provider-access-page")).content.decode()
    assert '<td data-label="Autumn term">College taster</td>' in page


def test_whom_providers_write_to_is_said_beside_the_careers_leader_where_they_differ(in_ashdown):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    assert "Providers write to" not in Client().get(at("careers-page")).content.decode()
    say_rules(granting=[], refusing=[], by=None, **RULES)
    assert "Whom providers write to" in standing(in_ashdown.ashdown, Page.CAREERS).changed
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    for name in ("careers-page", "provider-access-page"):
        page = Client().get(at(name)).content.decode()
        assert "<dt>Careers Leader</dt><dd>Priya" in page
        assert "<dt>Providers write to</dt><dd>Joan Ferry" in page


def test_a_website_that_is_not_the_schools_any_more_may_not_frame_the_page(in_ashdown):
    everything_said(in_ashdown)
    made_public(in_ashdown, Page.STATEMENT)
    made_public(in_ashdown)
    changes.say_facts(own_page="", by=None)
    framed = Client().get(at("careers-embed"))
    assert "frame-ancestors 'none'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "DENY"
