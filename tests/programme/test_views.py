"""The screens of the programme: the errand, the refusal, the other school, and how many questions a page asks."""

from datetime import timedelta

import pytest
from django.forms import BaseForm
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.participation.queries import live
from dekaan.people.models import StaffMember
from dekaan.programme import changes, forms
from dekaan.programme.changes import Invited
from dekaan.programme.queries import register
from dekaan.schools.models import CalendarEntry
from tests.stock import pupil


def at(name: str, *arguments) -> str:
    return reverse(name, args=["ashdown", *arguments])


def session_for(stock, pupils, **otherwise):
    activity = changes.plan_activity(title="Talk", activity_type="TALK", by=stock.priya, partner_kind="employer")
    given = {"held_on": today(), "invited": Invited(pupils=tuple(pupils)), "by": stock.priya} | otherwise
    return changes.plan_session(activity, **given)


def marks() -> dict[str, str]:
    return {row.pupil.forename: row.state for row in live().select_related("pupil")}


def test_priya_presses_it_happened_and_sees_the_receipt(in_ashdown, client):
    session = session_for(in_ashdown, [pupil("Ada"), pupil("Ben")])
    client.force_login(in_ashdown.priya)
    page = client.post(at("session-happened", session.pk), follow=True)
    assert "2 recorded, 0 to catch up · absences not checked" in " ".join(page.content.decode().split())
    page = client.post(at("session-absences", session.pk), {"absent": "ben lovell"}, follow=True)
    assert "1 recorded, 1 to catch up" in page.content.decode()
    assert marks() == {"Ada": "attended", "Ben": "absent"}
    press_undo(client, page, session)
    assert marks() == {"Ada": "attended", "Ben": "attended"}
    stale = press_undo(client, page, session)  # the same button once more
    assert "It is undone already" in stale.content.decode()
    assert marks() == {"Ada": "attended", "Ben": "attended"}
    page = press_undo(client, client.get(at("session-detail", session.pk)), session)
    assert "Undone: It happened. Now nobody is recorded for this session." in page.content.decode()
    assert marks() == {}


def press_undo(client, page, session):
    """The Undo button of that page."""
    return client.post(at("session-undo", session.pk), {"act": page.context["undo"].pk}, follow=True)


def test_undo_names_what_was_corrected_since_and_stays(in_ashdown, client):
    ada, ben = pupil("Ada"), pupil("Ben")
    session = session_for(in_ashdown, [ada, ben])
    client.force_login(in_ashdown.priya)
    client.post(at("session-happened", session.pk))
    client.post(at("session-correct", session.pk, ben.pk), {"state": "part"})
    page = press_undo(client, client.get(at("session-detail", session.pk)), session)
    assert "Undone: It happened. 1 corrected since stay: Lovell, Ben." in page.content.decode()


def test_a_doubtful_line_is_put_to_priya_and_nothing_is_struck_off_meanwhile(in_ashdown, client):
    one, other = pupil("Ben", "Smith"), pupil("Ben", "Smith")
    session = session_for(in_ashdown, [one, other, pupil("Ada")])
    client.force_login(in_ashdown.priya)
    client.post(at("session-happened", session.pk))
    page = client.post(at("session-absences", session.pk), {"absent": "Ben Smith\nAda Lovell"})
    assert "Nothing is struck off yet" in page.content.decode()
    assert set(marks().values()) == {"attended"}
    ada = page.context["form"].initial["matched"]
    client.post(at("session-absences", session.pk), {"matched": ada, "line_0": str(other.pk)})
    assert sorted(live().filter(state="absent").values_list("pupil__surname", flat=True)) == ["Lovell", "Smith"]
    assert live().get(pupil=one).state == "attended"


def test_the_register_is_saved(in_ashdown, client):
    ada, ben = pupil("Ada"), pupil("Ben")
    session = session_for(in_ashdown, [ada, ben])
    client.force_login(in_ashdown.priya)
    client.post(at("session-register", session.pk), {"present": [ada.pk]})
    assert marks() == {"Ada": "attended", "Ben": "absent"}


def test_the_register_says_who_was_there_otherwise(in_ashdown, client):
    ada, ben, cy = pupil("Ada"), pupil("Ben"), pupil("Cy")
    session = session_for(in_ashdown, [ada, ben, cy])
    client.force_login(in_ashdown.priya)
    page = client.post(
        at("session-register", session.pk), {"present": [ada.pk], "part": [ben.pk], "opted_out": [ben.pk]}
    )
    assert "Say one thing only of Lovell, Ben." in page.content.decode()
    client.post(
        at("session-register", session.pk), {"present": [ada.pk, ben.pk], "part": [ben.pk], "opted_out": [cy.pk]}
    )
    assert marks() == {"Ada": "attended", "Ben": "part", "Cy": "opted_out"}


def test_the_register_refuses_a_pupil_of_another_school(in_ashdown, client):
    ada = pupil("Ada")
    with working_in(in_ashdown.beckford):
        stranger = pupil("Stranger")
    session = session_for(in_ashdown, [ada])
    client.force_login(in_ashdown.priya)
    page = client.post(at("session-register", session.pk), {"present": [ada.pk, stranger.pk]})
    assert "That pupil is not on this register." in page.content.decode()
    assert marks() == {}


def test_a_session_teacher_sees_the_session_they_lead_and_no_other(in_ashdown, client):
    leo = StaffMember.objects.create(surname="Marsh", forename="Leo", user=in_ashdown.leo)
    mine, other = session_for(in_ashdown, [pupil("Ada")], led_by=leo), session_for(in_ashdown, [pupil("Ben")])
    client.force_login(in_ashdown.leo)
    assert "Ada" in client.get(at("session-register", mine.pk)).content.decode()
    assert client.get(at("session-register", other.pk)).status_code == 404


def test_sam_takes_the_register_of_the_own_tutor_group_only(in_ashdown, client):
    ada, ben = pupil("Ada", tutor_group="10A"), pupil("Ben", tutor_group="10B")
    session = session_for(in_ashdown, [ada, ben])
    client.force_login(in_ashdown.sam)
    page = client.get(at("session-register", session.pk)).content.decode()
    assert ("Ada" in page, "Ben" in page) == (True, False)
    page = client.post(at("session-register", session.pk), {"present": []}, follow=True).content.decode()
    assert marks() == {"Ada": "absent"}
    assert "Your pupils: 0 there, 1 to catch up" in page
    assert "1 register to come" in page
    assert "Undo the register" in page
    client.post(at("session-undo", session.pk), {"act": session.acts.get().pk})
    assert marks() == {}


@pytest.mark.parametrize("name", ["session-happened", "session-absences", "session-undo"])
def test_sam_may_not_speak_for_the_pupils_of_others(in_ashdown, client, name):
    session = session_for(in_ashdown, [pupil("Ada", tutor_group="10A"), pupil("Ben", tutor_group="10B")])
    client.force_login(in_ashdown.sam)
    assert "It happened" not in client.get(at("session-detail", session.pk)).content.decode()
    if name != "session-happened":
        changes.it_happened(session, by=in_ashdown.priya)
    page = client.get(at("session-detail", session.pk)).content.decode()
    assert ("Undo" in page, "Strike off" in page) == (False, False)
    before = marks()
    act = session.acts.first()
    assert client.post(at(name, session.pk), {"act": act.pk if act else ""}).status_code == 403
    assert marks() == before


def test_sam_may_record_the_whole_session_that_sam_leads(in_ashdown, client):
    sam = StaffMember.objects.create(surname="Okoro", forename="Sam", user=in_ashdown.sam)
    session = session_for(in_ashdown, [pupil("Ada", tutor_group="10A"), pupil("Ben", tutor_group="10B")], led_by=sam)
    client.force_login(in_ashdown.sam)
    client.post(at("session-happened", session.pk))
    assert marks() == {"Ada": "attended", "Ben": "attended"}
    client.post(at("session-undo", session.pk), {"act": session.acts.get().pk})
    assert marks() == {}


def test_a_governor_reads_the_programme_and_no_name(in_ashdown, client):
    session = session_for(in_ashdown, [pupil("Canary")])
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent=set(live().values_list("pupil_id", flat=True)), by=in_ashdown.priya)
    client.force_login(in_ashdown.moira)
    page = client.get(at("session-detail", session.pk))
    assert (page.status_code, "Canary" in page.content.decode()) == (200, False)
    assert client.get(at("session-register", session.pk)).status_code == 403
    assert client.post(at("session-happened", session.pk)).status_code == 403


def test_an_unplanned_talk_is_planned_and_recorded_in_one_form(in_ashdown, client):
    pupil("Ada", year_group=10)
    client.force_login(in_ashdown.tom)
    page = client.post(
        at("session-unplanned"),
        {"title": "A surprise", "activity_type": "TALK", "held_on": str(today()), "year_groups": ["10"]},
        follow=True,
    )
    assert "1 recorded, 0 to catch up" in page.content.decode()
    assert "Counts towards: An employer every year · no employer named" in page.content.decode()


def test_an_employer_named_for_a_talk_is_taken_for_an_employer(in_ashdown, client):
    pupil("Ada", year_group=10)
    client.force_login(in_ashdown.tom)
    form = {"title": "A surprise", "activity_type": "TALK", "held_on": str(today()), "year_groups": ["10"]}
    client.post(at("session-unplanned"), form | {"partner_name": "Millworks"})
    assert live().get().partner_kind == "employer"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"held_on": str(today() + timedelta(days=7))}, "That day has not come yet"),
        ({"held_on": "31/02/2026"}, "Give the date as day, month and year"),
        ({"year_groups": []}, "Choose at least one year group or tutor group."),
        ({"partner_name": "Millworks", "activity_type": "ASSEM"}, "Say what kind of employer or provider it is"),
        ({"activity_type": ""}, "Choose the kind"),
        ({"held_on": ""}, "Give the day on which it was."),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words_and_keeps_what_was_typed(in_ashdown, client, typed, words):
    pupil("Ada", year_group=10)
    client.force_login(in_ashdown.tom)
    form = {"title": "Kept words", "activity_type": "TALK", "held_on": str(today()), "year_groups": ["10"]} | typed
    page = client.post(at("session-unplanned"), form).content.decode()
    assert (words in page, "Kept words" in page) == (True, True)
    assert marks() == {}


def test_every_refusal_of_a_form_is_in_plain_words():
    """Never "This field is required", whatever is left out."""
    for form in vars(forms).values():
        if isinstance(form, type) and issubclass(form, BaseForm):
            for name, field in form.base_fields.items():
                said = {str(words) for words in field.error_messages.values()} if field.required else set()
                assert not any(words.startswith(("This field", "Enter a", "Select a")) for words in said), (form, name)


def test_small_numbers_are_hidden_from_a_governor_and_shown_to_priya(in_ashdown, client):
    few, many = [pupil(f"P{each}") for each in range(3)], [pupil(f"Q{each}") for each in range(12)]
    for invited in (few, many):
        session = session_for(in_ashdown, invited)
        changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent=[each.pk for each in many[:6]], by=in_ashdown.priya)
    told = {}
    for person in ("moira", "priya"):
        client.force_login(in_ashdown.people[person])
        lines = client.get(at("session-list")).context["lines"]
        told[person] = [(line.invited, line.tally and (line.tally.recorded, line.tally.to_catch_up)) for line in lines]
    assert told == {
        "moira": [("fewer than 6 pupils", None), ("12 pupils", (6, 6))],
        "priya": [("3 pupils", (3, 0)), ("12 pupils", (6, 6))],
    }


@pytest.mark.parametrize("name", ["session-list", "programme-calendar", "session-detail", "activity-detail"])
def test_no_page_tells_a_governor_a_small_number(in_ashdown, client, name):
    session = session_for(in_ashdown, [pupil(f"P{each}") for each in range(5)])
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent=live().values_list("pupil_id", flat=True)[:2], by=in_ashdown.priya)
    row = {"session-detail": session.pk, "activity-detail": session.activity_id}
    client.force_login(in_ashdown.moira)
    page = client.get(at(name, *[row[name]] if name in row else [])).content.decode()
    body = " ".join(page.partition("<main")[2].split())
    assert "fewer than 6 pupils" in body
    for told in ("5 pupils", "3 there", "3 recorded", "2 to catch up", '"number">3', '"number">2'):
        assert told not in body


def test_a_planned_session_names_the_invited_to_those_who_may_see_them(in_ashdown, client):
    ada, ben = pupil("Ada", tutor_group="10A"), pupil("Ben", tutor_group="10B")
    session = session_for(in_ashdown, [ada, ben], held_on=today() + timedelta(days=7))
    seen = {}
    for person in ("priya", "sam", "moira"):
        client.force_login(in_ashdown.people[person])
        page = client.get(at("session-detail", session.pk)).content.decode()
        seen[person] = ("Lovell, Ada" in page, "Lovell, Ben" in page)
    assert seen == {"priya": (True, True), "sam": (True, False), "moira": (False, False)}


def test_priya_changes_a_planned_session_and_whom_it_invites(in_ashdown, client):
    ada, ben = pupil("Ada"), pupil("Ben")
    pupil("Cy", "Jones", admission_number="004099")
    session = session_for(in_ashdown, [ada, ben])
    client.force_login(in_ashdown.priya)
    told = {
        "held_on": str(today() + timedelta(days=3)),
        "place": "Hall",
        "pupils": [ben.pk],
        "more": "Nobody Here\nJones",
    }
    page = client.post(at("session-change", session.pk), told).content.decode()
    assert "“Nobody Here” is nobody at this school." in page
    assert "“Jones” may be Jones, Cy: write the whole name, or a number." in page
    page = client.post(at("session-change", session.pk), told | {"more": "4099"}, follow=True).content.decode()
    assert ("Jones, Cy" in page, "Lovell, Ben" in page) == (True, True)
    session.refresh_from_db()
    assert {row.name for row in register(session)} == {"Jones, Cy", "Lovell, Ben"}
    assert (session.place, session.held_on) == ("Hall", today() + timedelta(days=3))


def test_priya_corrects_the_day_of_what_is_recorded_and_adds_who_was_there(in_ashdown, client):
    session = session_for(in_ashdown, [pupil("Ada")])
    pupil("Cy", "Jones")
    changes.it_happened(session, by=in_ashdown.priya)
    client.force_login(in_ashdown.priya)
    address, tomorrow = at("session-change", session.pk), today() + timedelta(days=1)
    assert "year_groups" not in client.get(address).context["form"].fields
    assert "its day cannot be one to come" in client.post(address, {"held_on": str(tomorrow)}).content.decode()
    yesterday = today() - timedelta(days=1)
    client.post(address, {"held_on": str(yesterday), "more": "cy jones"})
    assert set(live().values_list("pupil__forename", "happened_on")) == {("Ada", yesterday), ("Cy", yesterday)}


def test_what_was_called_off_is_put_back_on(in_ashdown, client):
    session = session_for(in_ashdown, [pupil("Ada")])
    changes.cancel_session(session, because="cancelled by us", by=in_ashdown.priya)
    client.force_login(in_ashdown.tom)
    assert "It is on after all" in client.get(at("session-detail", session.pk)).content.decode()
    assert "It happened" in client.post(at("session-put-back", session.pk), follow=True).content.decode()


def test_a_catch_up_is_preset_on_a_school_day_a_week_later_and_told_apart(in_ashdown, client):
    add_closed_day(in_ashdown, today() + timedelta(days=7))
    session = session_for(in_ashdown, [pupil("Ada")])
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent=live().values_list("pupil_id", flat=True), by=in_ashdown.priya)
    client.force_login(in_ashdown.priya)
    preset = client.get(at("catch-up-new", session.pk)).context["form"].initial["held_on"]
    assert (preset > today() + timedelta(days=7), preset.weekday() < 5) == (True, True)
    client.post(at("catch-up-new", session.pk), {"held_on": str(preset)})
    assert "Catch-up: Talk" in client.get(at("session-list")).content.decode()


def add_closed_day(stock, day) -> None:
    CalendarEntry.objects.create(starts_on=day, ends_on=day, kind=CalendarEntry.Kind.INSET)


def test_a_line_that_says_half_a_name_or_somebody_elses_is_put_to_priya(in_ashdown, client):
    ada, ben = pupil("Ada", "Jones"), pupil("Ben", "Jones")
    pupil("Amy", "Brook", year_group=9, tutor_group="9A")
    session = session_for(in_ashdown, [ada, ben])
    changes.it_happened(session, by=in_ashdown.priya)
    client.force_login(in_ashdown.priya)
    page = client.post(at("session-absences", session.pk), {"absent": "Jones\nBrook, Amy\nZebedee"})
    words = " ".join(page.content.decode().split())
    assert "Amy Brook is in Year 9 and not on this list." in words
    assert "Nobody on this list is called “Zebedee”" in words
    assert page.context["form"].fields["line_0"].choices == [
        ("", "nobody on this list"),
        (str(ada.pk), "Jones, Ada (10A)"),
        (str(ben.pk), "Jones, Ben (10A)"),
    ]
    client.post(at("session-absences", session.pk), {"matched": "", "line_0": str(ben.pk)})
    assert marks() == {"Ada": "attended", "Ben": "absent"}


def questions(client, address: str, counter) -> int:
    client.get(address)
    with counter() as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def counter(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


@pytest.mark.parametrize("name", ["session-register", "session-detail", "session-register-print"])
def test_a_page_asks_as_much_of_forty_pupils_as_of_one(in_ashdown, client, counter, name):
    client.force_login(in_ashdown.priya)
    asked = []
    for number in (1, 3, 40):
        session = session_for(in_ashdown, [pupil(f"P{each}") for each in range(number)])
        changes.it_happened(session, by=in_ashdown.priya)
        asked.append(questions(client, at(name, session.pk), counter))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 16


@pytest.mark.parametrize("name", ["programme-calendar", "session-list"])
def test_a_list_asks_as_much_of_thirty_sessions_as_of_one(in_ashdown, client, counter, name):
    client.force_login(in_ashdown.priya)
    ada, asked = pupil("Ada"), []
    for number in (1, 3, 30):
        for _ in range(number):
            session_for(in_ashdown, [ada])
        asked.append(questions(client, at(name), counter))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 12
