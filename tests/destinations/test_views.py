"""The list of leavers and one person's page: whose they are, who comes first, what is said, settled and allowed."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.destinations.changes import record_statement, say_wish
from dekaan.destinations.models import Statement
from dekaan.destinations.queries import asked_after_in_words, in_force, latest_wishes
from dekaan.people.changes import return_to_school
from dekaan.people.models import Group, YearRecord
from tests.destinations.given import LEFT_IN, day, leaver
from tests.isolation.world import BACKEND
from tests.stock import pupil

pytestmark = pytest.mark.django_db
FOLDED, OPEN = '<details class="folded">', '<details class="folded" open>'


def at(name, *args, slug="ashdown"):
    return reverse(name, args=[slug, *args])


def browser(user: User) -> Client:
    made = Client()
    made.force_login(user, backend=BACKEND)
    return made


def words(page) -> str:
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text))


def names(page) -> list[str]:
    """Whom the list names, in order."""
    found = re.findall(r'<th scope="row">(.*?)</th>', page.content.decode(), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


def leavers_page(user, **asked):
    return browser(user).get(at("leaver-list"), {"year": LEFT_IN} | asked)


def say(person, kind="position", source="pupil", route="college-technical", **says):
    return record_statement(person, by=None, kind=kind, source=source, route=route, **says).statement


def all_known_of(person):
    for kind in ("position", "six-months", "year-1"):
        say(person, kind)


def test_those_to_be_found_out_come_first_then_those_of_whom_sources_disagree(left):
    carys, dev = leaver("Carys", "Abbot"), leaver("Dev", "Bell")
    all_known_of(left.ada)
    all_known_of(carys)
    say(carys, "six-months", source="council", route="looking")
    say(dev, "position", route="not-found")
    page = leavers_page(left.priya)
    assert names(page) == ["Bell, Dev", "Okoro, Ben", "Abbot, Carys", "Lovell, Ada"]
    told = words(page)
    asked = f"to be found out where they were {asked_after_in_words(LEFT_IN)} 2"
    assert "on 1 November or at the end of March" in asked
    assert f"4 leavers. Of all 4: {asked} , sources disagree on 1 , known so far 1 ." in told
    assert "Bell, Dev Year 11 On 1 November asked, and not found Nothing yet" in told
    assert "Okoro, Ben Year 11 On 1 November Nothing yet" in told
    assert names(leavers_page(left.priya, standing="disagree")) == ["Abbot, Carys"]
    assert names(leavers_page(left.priya, standing="nonsense")) == names(page)


def test_every_row_that_says_that_sources_disagree_is_found_by_it_whatever_else_is_asked(left):
    say(left.ada)
    say(left.ada, source="council", route="looking")
    say(left.ada, "six-months")
    page = leavers_page(left.priya, standing="disagree")
    assert names(page) == ["Lovell, Ada"]
    assert "Sources disagree on an earlier day" in words(page)
    assert names(leavers_page(left.priya, standing="unknown")) == ["Lovell, Ada", "Okoro, Ben"]
    assert "sources disagree on 1 , known so far 0 ." in words(page)


def test_what_is_known_stands_with_who_said_it_and_whether_they_may_be_contacted(left):
    say(left.ada, provider_name="Mereside College", said_on=day(11, 3))
    say_wish(left.ada, about="in-touch", allows=True, who="pupil", until=day(6, 30), said_on=day(9, 2), by=None)
    told = words(leavers_page(left.priya, standing="unknown"))
    assert "At the end of March College: technical course, Mereside College On 1 November The pupil, 3 Nov" in told
    assert f"Ended on {day(6, 30):%-d %B %Y}" in told


def test_the_latest_year_is_shown_and_another_can_be_chosen(left):
    assert f"Leavers of {LEFT_IN}/" in words(browser(left.priya).get(at("leaver-list")))
    assert names(browser(left.priya).get(at("leaver-list"), {"year": "1066"})) == ["Lovell, Ada", "Okoro, Ben"]


def test_whoever_came_back_is_no_leaver(left):
    return_to_school(left.ada, year_group=12, starts_on=day(1, 6), tutor_group="", by=None)
    assert names(leavers_page(left.priya)) == ["Okoro, Ben"]


def test_a_tutor_sees_the_leavers_of_their_tutor_group_and_a_head_of_year_those_of_their_year(left):
    group = Group.objects.create(name="11T", kind=Group.Kind.TUTOR, academic_year=LEFT_IN, year_group=11)
    YearRecord.objects.filter(pupil=left.ada, academic_year=LEFT_IN).update(tutor_group=group)
    leaver("Carys", "Abbot", year_group=13)
    for role, scope, seen in (
        ("tutor", {"tutor_groups": ["11T"]}, ["Lovell, Ada"]),
        ("head-of-year", {"year_groups": [11]}, ["Lovell, Ada", "Okoro, Ben"]),
        ("careers-adviser", {}, []),  # of their caseload, which is not kept yet
        ("dsl", {}, ["Abbot, Carys", "Lovell, Ada", "Okoro, Ben"]),
    ):
        user = User.objects.create(email=f"{role}@new.example", name=role)
        give_role(
            user=user, role=role, school=left.stock.ashdown, scope=scope, by=None, starts_on=day(9, 1, years_on=-1)
        )
        assert names(leavers_page(user)) == seen, role
    assert "Last tutor group" in words(leavers_page(left.priya, tutor_group="11T"))
    assert names(leavers_page(left.priya, tutor_group="11T")) == ["Lovell, Ada"]
    assert names(leavers_page(left.priya, year_group="13")) == ["Abbot, Carys"]


def test_the_september_guarantee_is_offered_to_whoever_has_somebody_in_it(left):
    tutor = User.objects.create(email="tutor@new.example", name="T")
    give_role(user=tutor, role="tutor", school=left.stock.ashdown, scope={"tutor_groups": ["10A", "11B"]}, by=None)
    pupil("Flo", "Dunn", year_group=10, tutor_group="10A")
    assert "September Guarantee" not in words(leavers_page(tutor))
    pupil("Gus", "Early", year_group=11, tutor_group="11B")
    assert "September Guarantee" in words(leavers_page(tutor))


def test_nobody_who_only_counts_comes_in(left):
    governor = User.objects.create(email="governor@new.example", name="G")
    give_role(user=governor, role="link-governor", school=left.stock.ashdown, by=None)
    assert leavers_page(governor).status_code == 403


def person_page(user, person):
    return browser(user).get(at("destination-detail", person.pk))


POSITION = {"kind": "position", "source": "pupil", "confidence": "some", "said_on": str(day(11, 3))}


def test_priya_records_what_was_said_and_it_stands_on_the_page(left):
    told = POSITION | {"route": "college-technical", "provider_name": "Mereside College", "level": "3"}
    page = browser(left.priya).post(at("statement-new", left.ada.pk), told, follow=True)
    assert "Recorded: On 1 November, College: technical course, Mereside College." in words(page)
    assert "“Mereside College” is not in the directory of partners; the name is kept as it was said." in words(page)
    assert f"On 1 November {LEFT_IN + 1} On 1 November: what was said by whom" in words(page)
    assert "College: technical course, Mereside College, Level 3 The pupil" in words(page)


def test_what_is_refused_says_why_and_keeps_what_was_typed(left):
    told = POSITION | {"route": "traineeship", "provider_name": "Mereside College"}
    page = browser(left.priya).post(at("statement-new", left.ada.pk), told)
    assert page.status_code == 200
    assert "“Traineeship” ended on 31 July 2023. Use “Training programme” for what came after it." in words(page)
    assert 'value="Mereside College"' in page.content.decode()
    assert not Statement.objects.exists()
    page = browser(left.priya).post(at("statement-new", left.ada.pk), {"kind": "position"})
    assert "Choose who said it." in words(page)


def test_two_sources_are_settled_corrected_checked_and_taken_back_on_the_page(left):
    first, other = say(left.ada), say(left.ada, source="council", route="looking")
    page = words(person_page(left.priya, left.ada))
    assert "Sources disagree: say which holds" in page
    priya = browser(left.priya)
    settled = priya.post(at("statement-hold", first.pk), {"because": "She showed her timetable"}, follow=True)
    assert "Settled. It stands below with “holds”." in words(settled)
    assert "that “College: technical course” holds: She showed her timetable" in words(settled)
    assert "College: technical course holds The pupil" in words(settled)
    assert "set aside" in words(settled)
    checked = priya.post(at("statement-verify", first.pk), follow=True)
    assert "Checked by you today." in words(checked)
    again = priya.post(at("statement-verify", first.pk), follow=True)
    assert "This was corrected or taken back meanwhile." in words(again)
    back = priya.post(at("statement-withdraw", other.pk), follow=True)
    assert "taken back: On 1 November, Looking for work, learning or training" in words(back)
    (now,) = [each for each in in_force(Statement.objects.all()) if each.kind == "position"]
    told = POSITION | {"route": "t-level", "confidence": "high"}
    corrected = priya.post(at("statement-correct", now.pk), told, follow=True)
    assert "Recorded: On 1 November, T Level." in words(corrected)
    assert Statement.objects.count() == 5


def test_what_was_settled_is_left_open_again_in_one_press(left):
    first, priya = say(left.ada), browser(left.priya)
    say(left.ada, source="council", route="looking")
    priya.post(at("statement-hold", first.pk), {})
    opened = priya.post(at("statement-hold", first.pk), {"undo": "yes"}, follow=True)
    assert "It is open again which of them holds." in words(opened)
    assert "Sources disagree: say which holds" in words(opened)
    again = priya.post(at("statement-hold", first.pk), {"undo": "yes"}, follow=True)
    assert "Nobody says that this holds, or it was left open again meanwhile." in words(again)


def test_the_same_said_twice_by_the_same_source_stands_once(left):
    for said in (day(11, 3), day(11, 20), day(12, 1)):
        say(left.ada, source="provider", said_on=said)
    say(left.ada, source="council", route="looking")
    page = words(person_page(left.priya, left.ada))
    assert page.count("This holds : College: technical course") == 1
    days = [f"{each:%-d %B %Y}" for each in (day(12, 1), day(11, 20), day(11, 3))]
    assert f"The provider, {days[0]}, and before {days[1]}, {days[2]}" in page


def test_what_changed_between_intention_and_outcome_is_said_in_words(left):
    told = "Did as planned: College: technical course. At the end of March: Looking for work, learning or training."
    say(left.ada, "intention", said_on=day(9, 1), as_of=day(9, 1))
    say(left.ada)
    say(left.ada, "six-months", route="looking")
    say(left.ada, "year-1", route="looking")
    assert told in words(person_page(left.priya, left.ada))
    ben = (("intention", {"provider_name": "Alder College"}), ("position", {"provider_name": "Mereside College"}))
    for kind, more in ben:
        say(left.ben, kind, **more)
    assert (
        "The same kind of place, elsewhere: College: technical course, Mereside College. "
        "Meant: College: technical course, Alder College." in words(person_page(left.priya, left.ben))
    )
    carys = leaver("Carys", "Abbot")
    say(carys, "intention", route="apprenticeship")
    say(carys, "intention", is_backup=True)
    say(carys)
    assert "Their backup: College: technical course. Meant: Apprenticeship." in words(person_page(left.priya, carys))
    eve = leaver("Eve", "Crane")
    say(eve, "intention", route="undecided")
    assert "Was undecided" in words(leavers_page(left.priya))
    say(eve)
    assert "Was undecided. On 1 November: College: technical course." in words(person_page(left.priya, eve))
    assert "If that fails: College: technical course" in words(person_page(left.priya, carys))
    dev = leaver("Dev", "Bell")
    say(dev)
    assert "No intention was recorded. On 1 November: College: technical course." in words(person_page(left.priya, dev))


def test_who_left_college_before_1_november_is_not_where_they_meant_to_be(left):
    say(left.ada, "intention", said_on=day(9, 1), as_of=day(9, 1))
    say(left.ada, "enrolment", ends_on=day(10, 14))
    until = f"Enrolled in September: College: technical course, until {day(10, 14):%-d %B %Y}."
    page = words(person_page(left.priya, left.ada))
    assert f"{until} Not known since." in page
    assert "Did as planned" not in page
    assert f"Enrolled in September, until {day(10, 14):%-d %B %Y}" in words(leavers_page(left.priya))
    say(left.ada, "position", route="looking")
    assert f"{until} Did something else." in words(person_page(left.priya, left.ada))


def test_what_they_allow_is_recorded_and_a_parents_yes_at_16_is_refused_in_words(left):
    told = {"about": "in-touch", "allows": "yes", "who": "parent", "said_on": str(day(9, 2))}
    priya, address = browser(left.priya), at("wish-new", left.ada.pk)
    assert "They are 16 or older, so it is theirs to say" in words(priya.post(address, told))
    told |= {"who": "pupil", "until": str(day(8, 31, years_on=3)), "reached_at": "07700 900123"}
    page = words(priya.post(address, told, follow=True))
    assert f"Yes, until {day(8, 31, years_on=3):%-d %B %Y}" in page
    assert "07700 900123" in page
    told = {"about": "sharing", "allows": "no", "who": "parent", "said_on": str(day(9, 2))}
    assert "Objects" in words(priya.post(address, told, follow=True))
    assert latest_wishes([left.ada.pk])[left.ada.pk, "sharing"].allows is False


def test_a_pupil_who_is_still_here_has_plans_and_no_outcome(left):
    carys = pupil("Carys", "Abbot", year_group=11, tutor_group="11A")
    page = browser(left.priya).get(at("statement-new", carys.pk))
    assert "Where they mean to go" in words(page)
    assert "On 1 November " not in words(page).split("Of which day")[0]
    told = POSITION | {"kind": "intention", "route": "undecided", "said_on": str(today())}
    page = browser(left.priya).post(at("statement-new", carys.pk), told, follow=True)
    assert "What Carys means to do" in words(page)


def test_who_may_see_and_not_change_finds_no_way_to_change(left):
    said = say(left.ada)
    dsl = User.objects.create(email="dsl@new.example", name="D")
    give_role(user=dsl, role="dsl", school=left.stock.ashdown, by=None)
    page = person_page(dsl, left.ada)
    assert (page.status_code, "Correct" in words(page)) == (200, False)
    # Who sees everybody by one role, and changes a tutor group by another, changes that group and nobody else.
    since = day(9, 1, years_on=-1)
    group_11t = {"tutor_groups": ["11T"]}
    give_role(user=dsl, role="tutor", school=left.stock.ashdown, scope=group_11t, by=None, starts_on=since)
    assert "Correct" not in words(person_page(dsl, left.ada))
    assert browser(dsl).post(at("statement-withdraw", said.pk)).status_code == 404
    assert browser(dsl).get(at("statement-new", left.ada.pk)).status_code == 404
    group = Group.objects.create(name="11T", kind=Group.Kind.TUTOR, academic_year=LEFT_IN, year_group=11)
    YearRecord.objects.filter(pupil=left.ada, academic_year=LEFT_IN).update(tutor_group=group)
    assert "Correct" in words(person_page(dsl, left.ada))


def test_the_record_leads_to_destinations(left):
    record = browser(left.priya).get(at("pupil-record", left.ada.pk)).content.decode()
    assert at("destination-detail", left.ada.pk) in record


def test_what_is_rarely_filled_in_is_folded_until_something_stands_there(left):
    priya = browser(left.priya)
    page = priya.get(at("statement-new", left.ada.pk)).content.decode()
    assert page.index('name="source"') < page.index(FOLDED) < page.index('name="occupation"')
    page = priya.post(at("statement-new", left.ada.pk), POSITION | {"route": "t-level", "starts_on": "31/02/2026"})
    assert OPEN in page.content.decode()
