"""What destinations get that is wrong, by each way in: a file, a person's page, the grid of calls (decision 0062).

| what comes | by a file | on a person's page | by the grid |
| --- | --- | --- | --- |
| a leaver who has returned | the row is refused and says so | refused, what was typed stands | refused, what was typed is told |
| two people alike | put to a person, side by side | is of one person already | told apart by the day of birth |
| a file with last year's codes or days | each row is refused and says so | ended routes say until when | refused, what was typed stands |
| a code that no longer exists | refused, with what to use | refused, with what to use | has routes only: as above |
| an outcome dated before leaving | refused, with both days | refused, what was typed stands | asks no day: it is the moment's |
| a provider unknown | kept as said, and told | kept as said, and told | kept as said, and told |
| two sources that disagree | both kept, and told | both kept, and told | both kept, and told |
| a reply after opt-out | has its own tests beside the leavers' survey | | |
"""

from datetime import date, timedelta

import pytest

from dekaan.core.academic_year import year_label, year_start
from dekaan.destinations.models import Statement
from dekaan.exchange import changes
from dekaan.exchange.queries import tables
from dekaan.people.changes import return_to_school
from dekaan.people.models import Enrolment
from tests.destinations.conftest import left  # noqa: F401 Ada and Ben, who left two summers ago
from tests.destinations.given import LEFT_IN, LEFT_ON, day, leaver
from tests.destinations.test_calling import grid, line
from tests.destinations.test_views import POSITION, at, browser, say, words
from tests.exchange.test_destinations import ADA_BORN, COUNCIL, bring, decisions, priya, reasons, uploads  # noqa: F401
from tests.stock import THIS_YEAR

ON_THE_ROLL = (
    "They are on the roll of this school, so they have gone nowhere yet. If they have left, say so on their record"
)
ADA = f"Lovell,Ada,{ADA_BORN}"


@pytest.fixture
def leader(priya):  # noqa: F811
    return browser(priya)


def back(person):
    return_to_school(person, starts_on=year_start(THIS_YEAR), year_group=12, by=None)


def typed(leader, person, **says):
    return leader.post(at("statement-new", person.pk), POSITION | {"route": "college-technical"} | says, follow=True)


def told():
    return [(each.pupil.forename, each.source, each.route or each.code) for each in Statement.objects.order_by("pk")]


# A leaver who has returned.


def test_a_row_of_somebody_who_came_back_is_refused_and_the_others_are_recorded(left, priya):  # noqa: F811
    back(left.ada)
    run = bring(f"{COUNCIL}{ADA},230,X\nOkoro,Ben,{left.ben.birth_date},310,Y\n", priya, source="council")
    assert (decisions(run), reasons(run)[0].startswith(ON_THE_ROLL)) == (["refused", "changes"], True)
    assert told() == [("Ben", "council", "310")]


def test_a_page_left_open_until_they_came_back_says_why_and_keeps_what_was_typed(left, leader):  # noqa: F811
    back(left.ada)
    page = typed(leader, left.ada, provider_name="Mereside College")
    assert (page.status_code, ON_THE_ROLL in words(page), told()) == (200, True, [])
    assert 'value="Mereside College"' in page.content.decode()


def test_a_grid_left_open_until_they_came_back_says_why_and_what_was_typed_and_records_the_others(left, leader):  # noqa: F811
    back(left.ada)
    page = leader.post(grid(), line(left.ada, "app 3", "Rowan Motors") | line(left.ben, "looking"))
    assert "1 line could not be recorded" in words(page)
    assert f"Ada Lovell : {ON_THE_ROLL}" in words(page)
    assert "Typed was: app 3, Rowan Motors." in words(page)
    assert told() == [("Ben", "pupil", "looking")]


def test_a_grid_left_open_until_their_leaving_day_was_corrected_sends_to_the_year_they_left_in(left, leader):  # noqa: F811
    Enrolment.objects.filter(pupil=left.ada).update(ends_on=LEFT_ON + timedelta(days=40))
    page = leader.post(grid(), line(left.ada, "app 3"))
    left_on = LEFT_ON + timedelta(days=40)
    assert (
        f"They left on {left_on:%-d %B %Y}, so they are none of the leavers of {year_label(LEFT_IN)}. Record it from the list "
        "of the year in which they left. Typed was: app 3."
    ) in words(page)
    assert told() == []


def test_a_line_of_a_pupil_whom_nobody_knows_or_with_nothing_typed_is_no_line(left, leader):  # noqa: F811
    page = leader.post(grid(), {"99999999-route": "app", "x-route": "app", "9" * 30 + "-route": "app"} | line(left.ben))
    assert (page.status_code, told()) == (302, [])


# Two people alike.


def test_two_of_one_name_are_told_apart_on_the_list_and_in_the_grid(left, leader):  # noqa: F811
    leaver("Ada", "Lovell", birth_date=date(LEFT_IN - 15, 8, 9))
    first, second = f"born 14 March {LEFT_IN - 15}", f"born 9 August {LEFT_IN - 15}"
    for page in (leader.get(grid()), leader.get(at("leaver-list"), {"year": LEFT_IN})):
        said = words(page)
        assert (said.count(first), said.count(second), said.count("born")) == (1, 1, 2)


def test_two_of_one_name_without_birth_dates_are_told_apart_by_number_and_in_a_file_by_a_person(left, priya, leader):  # noqa: F811
    for number in ("001", "002"):
        leaver("Cy", "Young", admission_number=number)
    assert "admission number 001" in words(leader.get(grid()))
    run = bring(f"{COUNCIL}Young,Cy,,230,X\n", priya, source="council")
    assert (decisions(run), told()) == (["doubtful"], [])


# Last year's codes and days, and a code that no longer exists.


def test_a_route_that_has_ended_is_refused_on_every_way_in(left, priya, leader):  # noqa: F811
    ended = "“Traineeship” ended on 31 July 2023. Use “Training programme” for what came after it."
    heading = "Surname,Forename,DOB,Destination\n"
    assert reasons(bring(f"{heading}{ADA},Traineeship\n", priya, source="council")) == [ended]
    assert ended in words(typed(leader, left.ada, route="traineeship"))
    assert ended in words(leader.post(grid(), line(left.ada, "trainee")))
    assert told() == []


def test_a_code_that_no_longer_exists_is_refused_in_a_file_and_on_the_page_with_what_to_use(left, priya, leader):  # noqa: F811
    ended = "Code 450 (Traineeship) was in force until 31 July 2023. Use 430 (Other training) if it says the same."
    assert reasons(bring(f"{COUNCIL}{ADA},450,X\n", priya, source="council")) == [ended]
    assert ended in words(typed(leader, left.ada, route="", code="450", source="council"))
    page = typed(leader, left.ada, route="", code="999", source="council")
    assert (page.status_code, "Choose one of those on the list." in words(page), told()) == (200, True, [])


def test_of_a_file_of_old_codes_whatever_still_holds_is_recorded(left, priya):  # noqa: F811
    run = bring(f"{COUNCIL}{ADA},450,X\nOkoro,Ben,{left.ben.birth_date},230,Y\n", priya, source="council")
    assert (decisions(run), told()) == (["refused", "changes"], [("Ben", "council", "230")])


# An outcome dated before leaving.


def test_an_outcome_dated_before_leaving_is_refused_with_both_days(left, priya, leader):  # noqa: F811
    early = LEFT_ON - timedelta(days=40)
    says = f"{early:%-d %B %Y} is before they left, on {LEFT_ON:%-d %B %Y}. Give a day since then, or correct the leaving date"
    text = f"Surname,Forename,DOB,Activity Code,Status date\n{ADA},230,{early}\n"
    assert reasons(bring(text, priya, source="council"))[0].startswith(says)
    assert says in words(typed(leader, left.ada, as_of=str(early)))
    assert told() == []


def test_the_grid_asks_no_day_so_that_none_is_before_leaving(left, leader):  # noqa: F811
    leader.post(grid(), line(left.ada, "app 3"))
    assert [each.as_of for each in Statement.objects.all()] == [day(11, 1)]


# A provider unknown.


def test_a_provider_that_nobody_knows_is_kept_as_it_was_said_and_told_on_every_way_in(left, priya, leader):  # noqa: F811
    run = bring(f"{COUNCIL}{ADA},230,Nowhere College\n", priya, source="council")
    assert run.occasions["strangers"] == [["Nowhere College", 1]]
    assert "“Nowhere College” is not in the directory of partners; the name is kept as it was said." in words(
        typed(leader, left.ada, provider_name="Nowhere College")
    )
    page = leader.post(grid(), line(left.ben, "college tech", "Nowhere College"), follow=True)
    assert "Nowhere College (not in the directory of partners; kept as it was said)" in words(page)
    assert [*Statement.objects.values_list("provider_name", "provider")] == [("Nowhere College", None)] * 3


# Two sources that disagree.


def test_where_two_sources_disagree_both_are_kept_and_it_is_told_on_every_way_in(left, priya, leader):  # noqa: F811
    say(left.ada, source="parent", route="looking")
    run = bring(f"{COUNCIL}{ADA},230,\n", priya, source="council")
    assert "both are kept, and a person says which holds" in run.lines.get().warnings[0]
    assert "It contradicts what another source said. Both are kept" in words(typed(leader, left.ada, route="t-level"))
    say(left.ben, source="council", route="looking")
    page = leader.post(grid(), line(left.ben, "app 3"), follow=True)
    says = "Ben Okoro: this contradicts what another source said. Both are kept; their page asks which holds."
    assert says in words(page)
    assert len(told()) == 5


def test_a_row_of_another_school_that_fits_one_of_ours_is_asked_and_shown_with_its_school(left, priya):  # noqa: F811
    heading = "Surname,Forename,DOB,School,Activity Code,Postcode\n"
    rows = f"{ADA},Beckford Academy,230,SY1 2AB\nOkoro,Ben,{left.ben.birth_date},Ashdown,310,SY3 4CD\n"
    run = bring(f"{heading}{rows}", priya, source="council")
    assert (decisions(run), told()) == (["doubtful", "changes"], [("Ben", "council", "310")])
    (table, _) = tables(run, may_see_sensitive=False)
    assert table.lines[0].says.endswith("postcode SY1 2AB, from Beckford Academy.")
    assert ["postcode" in line.values for line in run.lines.all()] == [True, False]  # of whoever is sure it is not kept
    changes.settle_doubts(run, {table.lines[0].pk: "skip"}, by=priya)
    assert "postcode" not in run.lines.first().values
    assert table.lines[0].beside[0][1].endswith("fits: name, date of birth; differs: school")
    run = bring(f"{heading}{ADA},AHS,230\n", priya, source="council")
    assert (decisions(run), run.notes) == (
        ["changes"],
        ["No row names Ashdown School as the school that somebody left, so nobody is recognised by that column."],
    )
