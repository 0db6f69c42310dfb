"""The screens: setting up in five questions, two at once, terms for two alone, reading, files, who may what."""

import html
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from dekaan.access.changes import give_role
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.editing import AS_READ
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import responsibilities
from dekaan.people.models import StaffMember
from dekaan.team import changes, queries
from dekaan.team.models import Acknowledgement, AgreedDescription, Leadership, Post, TermsOfPost, Training
from tests.access.test_pressing import Forms
from tests.databases import ON_POSTGRES
from tests.isolation.world import BACKEND
from tests.team.given import LONG_AGO, at_work, colleague, held

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def words(answer) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def signed_in(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def typed(client, address) -> dict:
    """What the form would send as it stands when it is opened."""
    page = client.get(address)
    sent = next(sent for where, sent in Forms(page.content.decode(), address).found if AS_READ in sent)
    form = page.context["form"]
    stands = {}
    for name, field in form.fields.items():
        value = field.widget.format_value(field.prepare_value(form.get_initial_for_field(field, name)))
        stands[name] = value if isinstance(value, list) else ["" if value is None else value]
    return {AS_READ: sent[AS_READ]} | stands


@pytest.fixture
def priya(in_ashdown, client):
    return signed_in(client, in_ashdown.priya)


def test_setting_up_leads_from_question_to_question_and_can_be_left(in_ashdown, priya):
    leader, ellen = colleague(user=in_ashdown.priya), colleague("Ellen", "Frost", user=in_ashdown.ellen)
    assert f'href="{at("team-model-change")}">Begin' in priya.get(at("team-page")).content.decode()
    said = typed(priya, at("team-model-change")) | {"model": ["middle"], "reporting_line": ["Deputy Head"]}
    assert priya.post(at("team-model-change"), said)["Location"] == at("team-people-change")
    people = typed(priya, at("team-people-change"))
    assert people["who_leader"] == [str(leader.pk)]  # filled in beforehand, from who holds the role's account
    assert people["who_line-manager"] == [str(ellen.pk)]
    tom = f"account:{in_ashdown.tom.pk}"  # has an account, and does not stand on the staff list
    assert people["who_administrator"] == [tom]
    assert people["name_link-governor"] == [in_ashdown.moira.name]  # by the account, without a place on the staff list
    people |= {"who_administrator": [""], "who_adviser": [""]}
    page = words(priya.get(at("team-page")))
    assert ("is not finished" in page, "Carry on" in page) == (True, True)
    assert f'href="{at("team-people-change")}">Carry on' in priya.get(at("team-start")).content.decode()
    answer = priya.post(at("team-people-change"), people | {"name_link-governor": ["Moira Lunt"]})
    assert answer["Location"] == at("team-needs-change")
    needs = typed(priya, at("team-needs-change")) | {"check_backing": ["yes"], "check_seat-pastoral": ["no"]}
    assert priya.post(at("team-needs-change"), needs)["Location"] == at("team-time-change")
    empty = priya.post(at("team-time-change"), typed(priya, at("team-time-change")), follow=True)
    assert "Nothing was said of “Time and help”, so it stays open" in words(empty)
    assert "nothing said yet" in words(priya.get(at("team-start")))
    time = typed(priya, at("team-time-change")) | {"days_a_week": ["1.5"], "admin_hours": ["6"]}
    assert priya.post(at("team-time-change"), time)["Location"] == at("responsibilities-change")
    grid = typed(priya, at("responsibilities-change"))
    assert (grid["COO2_responsible"], grid["LEAD3_accountable"]) == (["role:administrator"], ["role:line-manager"])
    assert priya.post(at("responsibilities-change"), grid)["Location"] == at("team-receipt")
    receipt = words(priya.get(at("team-receipt")))
    assert "The Careers Leader has no seat at pastoral meetings." in receipt
    assert (
        "Keep the careers section of the website right: Nobody is responsible: Careers Administrator: nobody."
        in receipt
    )
    assert "Priya Raman alone is responsible for 29 of 30" in receipt
    assert [each.holder for each in Post.objects.filter(role="link-governor")] == ["Moira Lunt"]
    assert len(queries.assignments(today())) == 30
    assert priya.post(at("team-time-change"), typed(priya, at("team-time-change")))["Location"] == at("team-page")


def test_whoever_is_chosen_by_their_account_stands_on_the_staff_list_from_then_on(in_ashdown, priya):
    colleague(user=in_ashdown.priya)
    tom = StaffMember.objects.filter(user=in_ashdown.tom)
    assert not tom.exists()
    for _ in range(2):  # and is no second time
        priya.post(at("team-people-change"), typed(priya, at("team-people-change")))
        assert [(str(each), each.email) for each in tom] == [("Tom Okafor", "tom@ashdown.example")]
    assert Post.objects.get(role="administrator").staff == tom.get()
    assert Event.objects.filter(action="staff member added", subject_id=tom.get().pk).count() == 1


def test_where_there_is_no_staff_list_names_are_written_and_an_account_is_known_by_its_name(in_ashdown, priya):
    page = words(priya.get(at("team-people-change")))
    assert ("No staff list is here yet" in page, "Somebody who is not on the staff" in page) == (True, False)
    people = typed(priya, at("team-people-change"))
    assert people["name_leader"] == ["Priya Raman"]
    written = people | {
        "name_senco": ["PRIYA RAMAN"],
        "name_pshe-lead": ["Ada Wren"],
        "name_link-governor": ["Ellen Frost"],
    }
    priya.post(at("team-people-change"), written)
    held = {each.role: each for each in Post.objects.all()}
    assert held["leader"].staff == held["senco"].staff == StaffMember.objects.get(user=in_ashdown.priya)
    assert (held["pshe-lead"].staff, held["pshe-lead"].name) == (None, "Ada Wren")
    # A governor has no row on the staff list, whatever their name.
    assert (held["link-governor"].staff, held["link-governor"].name) == (None, "Ellen Frost")


def test_what_is_asked_out_of_turn_leads_to_the_first_question(in_ashdown, priya):
    for name in ("team-needs-change", "team-time-change"):
        assert priya.get(at(name))["Location"] == at("team-model-change")


def test_days_that_cannot_be_are_refused_in_words(in_ashdown, priya):
    at_work()
    said = typed(priya, at("team-model-change"))
    later = str(today() + timedelta(days=1))
    page = words(priya.post(at("team-model-change"), said | {"starts_on": [later]}))
    assert "That day is still to come." in page
    page = words(priya.post(at("team-model-change"), said | {"starts_on": [str(today() - timedelta(days=999))]}))
    assert "Give that day or a later one." in page
    page = words(priya.post(at("team-model-change"), said | {"starts_on": ["0203-01-01"]}))
    assert "Give a year between" in page
    time = typed(priya, at("team-time-change"))
    assert "Give a number from 0 to 5" in words(priya.post(at("team-time-change"), time | {"days_a_week": ["-1"]}))
    post = {
        "role": "leader",
        "starts_on": str(today()),
        "ends_on": str(today() - timedelta(days=1)),
        "somebody_else": "Ada",
    }
    assert "It cannot end before it begins." in words(priya.post(at("post-new"), post))
    nobody = {"role": "leader", "starts_on": str(today())}
    assert "Choose a colleague, or write the name" in words(priya.post(at("post-new"), nobody))
    assert Leadership.objects.count() == 1


def test_time_and_needs_said_otherwise_begin_a_term_and_the_one_before_stays(in_ashdown, priya):
    at_work()
    since = today() - LONG_AGO
    time = typed(priya, at("team-time-change"))
    assert time["starts_on"] == [str(since)]  # nobody had said anything: it is so since careers is led so
    priya.post(at("team-time-change"), time | {"days_a_week": ["1.5"]})
    assert [(each.starts_on, each.days_a_week) for each in Leadership.objects.all()] == [(since, Decimal("1.5"))]
    time = typed(priya, at("team-time-change"))
    assert time["starts_on"] == [str(today())]
    priya.post(at("team-time-change"), time)  # as it was: no term begins
    assert Leadership.objects.count() == 1
    priya.post(at("team-time-change"), time | {"days_a_week": ["2"], "starts_on": [str(today() - timedelta(days=9))]})
    priya.post(at("team-needs-change"), typed(priya, at("team-needs-change")) | {"check_seat-pastoral": ["no"]})
    assert [(each.starts_on, each.days_a_week, each.checks["seat-pastoral"]) for each in Leadership.objects.all()] == [
        (since, Decimal("1.5"), "yes"),
        (today() - timedelta(days=9), Decimal(2), "yes"),
        (today(), Decimal(2), "no"),
    ]
    page = words(priya.post(at("team-time-change"), time | {"starts_on": [str(today() + timedelta(days=1))]}))
    assert "That day is still to come." in page
    before = f"What holds now was said to hold since {today():%-d %B %Y}."
    assert before in words(priya.post(at("team-time-change"), time | {"starts_on": [str(since)]}))


def test_whoever_else_holds_a_role_that_the_model_needs_is_shown_and_stays(in_ashdown, priya):
    at_work()
    changes.lead_by(starts_on=today(), model="several", checks={"kept": "yes"}, by=None)
    nell, bea = colleague("Nell", "Hartley"), colleague("Bea", "Lindqvist")
    held("operational-lead", nell)
    held("operational-lead", bea)
    needs = typed(priya, at("team-needs-change"))
    page = words(priya.get(at("team-needs-change")))
    assert "Nell Hartley, Bea Lindqvist. Several hold it, and all of them stay" in page
    day = str(today() + timedelta(days=20))
    assert priya.post(at("team-needs-change"), needs | {"next_meeting_on": [day]}).status_code == 302
    assert {each.staff for each in Post.objects.filter(role="operational-lead", ends_on=None)} == {nell, bea}
    assert str(Leadership.objects.latest("starts_on").next_meeting_on) == day


def test_two_who_say_who_holds_the_roles_are_shown_each_others(in_ashdown, priya, client):
    at_work()
    ada = colleague("Ada", "Wren")
    mine = typed(priya, at("team-people-change"))
    changes.fill_roles({"senco": (ada, "")}, on=today(), by=in_ashdown.ellen)
    answer = priya.post(at("team-people-change"), mine | {"name_link-governor": ["Kit Barnes"]})
    assert (answer.status_code, "Saved meanwhile: Ada Wren" in words(answer)) == (200, True)
    assert Post.objects.get(role="senco").staff == ada


def test_two_leaders_are_taken_and_told(in_ashdown, priya):
    at_work()
    page = words(
        priya.post(
            at("post-new"), {"role": "leader", "somebody_else": "Bea Lindqvist", "starts_on": str(today())}, follow=True
        )
    )
    assert "Two people are Careers Leader: Priya Raman and Bea Lindqvist." in page


def test_terms_are_seen_by_the_leader_and_the_line_manager_alone(in_ashdown, client):
    at_work()
    post = Post.objects.get(role="leader")
    signed_in(client, in_ashdown.priya)
    said = typed(client, at("terms-change", post.pk)) | {"grade": ["Leadership point 8"], "teaching_hours": ["12"]}
    assert client.post(at("terms-change", post.pk), said)["Location"] == at("team-page")
    assert TermsOfPost.objects.get().grade == "Leadership point 8"
    assert "Leadership point 8" in words(signed_in(client, in_ashdown.ellen).get(at("terms-change", post.pk)))
    for who in (in_ashdown.david, in_ashdown.moira, in_ashdown.tom, in_ashdown.nell):
        signed_in(client, who)
        assert client.get(at("terms-change", post.pk)).status_code == 403
        for name in ("team-page", "job-description", "responsibility-list", "team-receipt", "training-list"):
            page = client.get(at(name))
            assert (page.status_code, "Leadership point 8" in words(page)) == (200, False), (who, name)


def test_terms_of_somebody_without_an_account_are_the_line_managers_and_no_leaders(in_ashdown, client):
    """Grace signs in nowhere, and Moira Lunt is no colleague: whose their terms are no leader can show."""
    at_work()
    posts = [Post.objects.get(role=role) for role in ("adviser", "link-governor")]
    for post in posts:
        TermsOfPost.objects.create(post=post, grade="Leadership point 8")
    for who, answer in ((in_ashdown.priya, 404), (in_ashdown.ellen, 200)):
        signed_in(client, who)
        assert {client.get(at("terms-change", post.pk)).status_code for post in posts} == {answer}
        assert any(at("terms-change", post.pk) in words(client.get(at("team-page"))) for post in posts) == (
            answer == 200
        )


def test_everybody_sees_who_does_what_and_three_roles_change_it(in_ashdown, client):
    at_work()
    for who in (in_ashdown.sam, in_ashdown.tom, in_ashdown.moira):
        signed_in(client, who)
        assert "Priya Raman" in words(client.get(at("team-page")))
        assert client.get(at("responsibilities-change")).status_code == 403
    for who in (in_ashdown.priya, in_ashdown.ellen, in_ashdown.david):
        assert signed_in(client, who).get(at("responsibilities-change")).status_code == 200


def test_sam_says_that_he_has_read_his_page_and_cannot_say_so_of_tom(in_ashdown, client):
    people = at_work()
    people["tom"].user = in_ashdown.tom
    people["tom"].save()
    signed_in(client, in_ashdown.tom)
    page = client.get(at("meaning-page", "administrator"))
    assert "Keep the careers section of the website right" in words(page)
    digest = page.context["page"].digest
    grace = colleague("Grace", "Hill")
    held("administrator", grace)
    digest = client.get(at("meaning-page", "administrator")).context["page"].digest
    read = at("meaning-acknowledge", "administrator")
    assert client.post(read, {"digest": digest, "staff": grace.pk}).status_code == 404
    assert "The page has changed since you opened it." in words(
        client.post(read, {"digest": "old", "staff": people["tom"].pk}, follow=True)
    )
    assert "You read this on" in words(client.post(read, {"digest": digest, "staff": people["tom"].pk}, follow=True))
    signed_in(client, in_ashdown.priya).post(read, {"digest": digest, "staff": grace.pk})
    assert {(each.staff, each.given_by) for each in Acknowledgement.objects.all()} == {
        (people["tom"], in_ashdown.tom),
        (grace, in_ashdown.priya),
    }
    assert client.get(at("meaning-page", "nothing")).status_code == 404


def test_the_job_description_goes_out_as_word_and_pdf_and_is_agreed(in_ashdown, priya):
    at_work()
    word, pdf = priya.get(at("job-description-word")), priya.get(at("job-description-pdf"))
    assert "Priya Raman" in "".join(cell.text for cell in Document(io.BytesIO(word.content)).tables[0].columns[1].cells)
    assert (pdf.content[:5], pdf["Content-Disposition"]) == (
        b"%PDF-",
        'attachment; filename="job-description-ashdown-school.pdf"',
    )
    form = priya.get(at("job-description")).context["form"]
    said = {"agreed_by": "David Ansah", "capacity": "headteacher", "agreed_on": str(today())}
    digest = {"digest": form.initial["digest"]}
    page = words(priya.post(at("job-description-agree"), said | digest, follow=True))
    assert f"Agreed on {today():%-d %B %Y} by David Ansah, headteacher." in page
    page = words(priya.post(at("job-description-agree"), said | {"digest": "old"}))
    assert "has changed since you opened it" in page
    later = {"agreed_on": str(today() + timedelta(days=1))}
    assert "That day is still to come." in words(priya.post(at("job-description-agree"), said | digest | later))
    assert AgreedDescription.objects.count() == 1


def test_training_is_logged_changed_and_removed(in_ashdown, priya):
    staff = colleague()
    said = {"staff": staff.pk, "title": "Course", "done_on": str(today()), "hours": "2.5", "serves": ["LEAD6", "COO1"]}
    page = words(priya.post(at("training-new"), said, follow=True))
    assert ("Logged: Course." in page, "training of 2.5 hours is logged" in page) == (True, True)
    row = Training.objects.get()
    assert row.serves == ["LEAD6", "COO1"]
    late = said | {"done_on": str(today() + timedelta(days=1))}
    assert "Log it once it is done." in words(priya.post(at("training-new"), late))
    priya.post(at("training-change", row.pk), typed(priya, at("training-change", row.pk)) | {"title": ["Long course"]})
    assert Training.objects.get().title == "Long course"
    priya.post(at("training-remove", row.pk))
    assert Training.objects.count() == 0


def test_a_colleagues_plan_comes_of_their_background(in_ashdown, priya):
    staff = colleague()
    profile = typed(priya, at("profile-change", staff.pk)) | {"background": ["teacher"], "mentor_name": ["Anna Weir"]}
    priya.post(at("profile-change", staff.pk), profile)
    page = words(priya.get(at("colleague-development", staff.pk)))
    assert ("Anna Weir" in page, "Put these on the plan" in page) == (True, True)
    assert "On the plan of Priya Raman: 3 more." in words(priya.post(at("needs-usual-add", staff.pk), follow=True))
    network = {"kind": "hub", "name": "Weirdale careers hub", "met_on": str(today())}
    priya.post(at("network-new", staff.pk), network)
    assert "Weirdale careers hub" in words(priya.get(at("colleague-development", staff.pk)))


def test_a_colleague_of_another_school_can_neither_be_chosen_nor_opened(in_ashdown, stock, priya):
    with working_in(stock.beckford):
        theirs = colleague("Bea", "Lindqvist")
    assert priya.get(at("colleague-development", theirs.pk)).status_code == 404
    said = {"role": "leader", "staff": theirs.pk, "starts_on": str(today())}
    assert "Choose somebody of the staff on the list." in words(priya.post(at("post-new"), said))
    at_work()
    grid = typed(priya, at("responsibilities-change")) | {"LEAD1_responsible": [f"staff:{theirs.pk}"]}
    assert priya.post(at("responsibilities-change"), grid).status_code == 200
    assert queries.assignments(today()) == {}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_as_much_for_three_of_everything_as_for_one(in_ashdown, priya, rows):
    for number in range(rows):
        staff = colleague(f"Ada{number}", "Wren")
        held("head-of-year", staff, of_what=f"Year {7 + number}")
        changes.log_training(Training(), staff=staff, done_on=today(), title="Course", by=None)
    changes.lead_by(starts_on=today(), model="middle", by=None)
    changes.assign(dict.fromkeys(responsibilities(), ("role:leader", "role:leader")), on=today(), by=None)
    asked = {}
    for name in ("team-page", "responsibility-list", "responsibilities-change", "meaning-list", "training-list"):
        priya.get(at(name))
        with CaptureQueriesContext(connection) as made:
            assert priya.get(at(name)).status_code == 200
        asked[name] = len(made) - 2 * ON_POSTGRES  # there the school is brought into scope
    assert asked == {
        "team-page": 8,
        "responsibility-list": 9,
        "responsibilities-change": 10,
        "meaning-list": 15,
        "training-list": 9,
    }


def test_the_terms_of_somebody_without_an_account_are_for_whoever_goes_by_that_name(in_ashdown, client):
    own, hers = held("leader", in_ashdown.priya.name), held("leader", "Bea Lindqvist")
    opened = [signed_in(client, in_ashdown.priya).get(at("terms-change", each.pk)).status_code for each in (own, hers)]
    assert opened == [200, 404]
    assert signed_in(client, in_ashdown.ellen).get(at("terms-change", hers.pk)).status_code == 200


def test_the_terms_of_another_leader_are_not_for_whoever_leads_after_or_covers(in_ashdown, client):
    people = at_work()
    people["priya"].user = in_ashdown.priya
    people["priya"].save()
    post = Post.objects.get(role="leader")
    give_role(user=in_ashdown.nell, role="careers-leader", school=in_ashdown.ashdown, by=None)
    asked = {
        name: signed_in(client, getattr(in_ashdown, name)).get(at("terms-change", post.pk)).status_code
        for name in ("priya", "ellen", "nell")
    }
    assert asked == {"priya": 200, "ellen": 200, "nell": 404}
    assert at("terms-change", post.pk) not in words(signed_in(client, in_ashdown.nell).get(at("team-page")))
