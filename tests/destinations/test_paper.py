"""Intentions on paper: a sheet whose lines and routes have numbers, typed back by number."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.destinations.models import Statement
from dekaan.destinations.queries import in_force, sheet_numbered, sheet_of
from dekaan.people.changes import leave_school
from dekaan.people.models import Group
from tests.destinations.test_views import at, browser, say, words
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def eleven_a(left):
    """Carys, Dev and Eve are in 11A, and Fay in 11B; of Carys something was recorded five weeks ago."""
    left.carys, left.dev, left.eve = (
        pupil(forename, surname, year_group=11, tutor_group="11A")
        for forename, surname in (("Carys", "Abbot"), ("Dev", "Bell"), ("Eve", "Crane"))
    )
    left.fay = pupil("Fay", "Dunn", year_group=11, tutor_group="11B")
    left.group = Group.objects.get(name="11A", academic_year=THIS_YEAR)
    left.before = today() - timedelta(days=35)
    say(left.carys, "intention", provider_name="Alder College", course="Plumbing", said_on=left.before)
    return left


def typed(of, lines, number=None, **more):
    sent = {"number": number or sheet_of(of.group).number, "lines": lines, "source": "pupil", "said_on": str(today())}
    return browser(of.priya).post(f"{at('intention-type')}?group={of.group.pk}", sent | more, follow=True)


def recorded(of) -> list[tuple]:
    said = Statement.objects.filter(said_on__gt=of.before).order_by("pk")
    return [
        (each.pupil.forename, each.route, each.level, each.confidence, each.provider_name, each.is_backup)
        for each in said
    ]


def route(of, key) -> int:
    """Its number on the sheet."""
    return next(number for number, each in sheet_of(of.group).numbered_routes if each.key == key)


def text_of(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(" ".join(each.extract_text().split()) for each in PdfReader(io.BytesIO(answer.content)).pages)


def test_the_sheet_has_a_number_for_each_pupil_and_route_and_says_nothing_of_what_was_meant(eleven_a):
    told = text_of(browser(eleven_a.priya).get(f"{at('intention-sheet')}?group={eleven_a.group.pk}"))
    assert f"Sheet {sheet_of(eleven_a.group).number}." in told
    for said in ("1 Abbot, Carys 2 Bell, Dev 3 Crane, Eve", "0 The same as last time", "1 School sixth form"):
        assert said in told
    for kept_back in ("Alder", "Plumbing", "Dunn", "custody"):
        assert kept_back not in told


def test_a_sheet_is_typed_back_by_number_and_undone_in_one_step(eleven_a):
    app, sixth = route(eleven_a, "apprenticeship"), route(eleven_a, "school-sixth-form")
    page = typed(eleven_a, f"2 {app} 1 {sixth} level 3 Rowan Motors\n\n3 {sixth}\n1 0")
    assert recorded(eleven_a) == [
        ("Dev", "apprenticeship", 3, "high", "Rowan Motors", False),
        ("Dev", "school-sixth-form", None, "some", "", True),
        ("Eve", "school-sixth-form", None, "some", "", False),
        ("Carys", "college-technical", None, "some", "Alder College", False),
    ]
    assert Statement.objects.latest("pk").course == "Plumbing"
    assert "4 recorded. Dev Bell : Apprenticeship, Rowan Motors, Level 3" in words(page)
    back = {"batch": Statement.objects.latest("pk").batch, "group": eleven_a.group.pk, "back": "intention-type"}
    page = browser(eleven_a.priya).post(at("intention-undo"), back, follow=True)
    assert "Undone: 4 taken back." in words(page)
    assert "Number of the sheet" in words(page)
    assert [each.said_on for each in in_force(Statement.objects.all())] == [eleven_a.before]


def test_the_same_as_last_time_may_be_said_with_another_certainty_and_another_way_out(eleven_a):
    typed(eleven_a, f"1 0 3 {route(eleven_a, 'looking')}")
    assert recorded(eleven_a) == [
        ("Carys", "college-technical", None, "low", "Alder College", False),
        ("Carys", "looking", None, "some", "", True),
    ]
    assert Statement.objects.order_by("pk")[1].course == "Plumbing"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("4 1", "The sheet has no line 4: its lines are 1 to 3."),
        ("0 1", "The sheet has no line 0"),
        ("2", "Nothing is said of Dev Bell. Give the number of a route, or leave the line out."),
        ("2 99", "99 is no route of this sheet: they are 1 to 23, and 0 is the same as last time."),
        ("2 1 4", "How sure is 1, 2 or 3, and not 4."),
        ("2 1 1 0", "0 is no route of this sheet"),
        ("2 1 1 2 5", "These are too many numbers"),
        ("Dev 1", "Begin with the number of the line"),
        ("2 0", "Nothing is recorded of Dev Bell that could be the same."),
        ("1 0 Mereside", "0 says that it is the same as last time. Give the number of the route"),
        ("<script>alert(1)</script>", "Begin with the number of the line"),
        ("99999999999999999999 1", "Begin with the number of the line"),
    ],
)
def test_a_line_that_cannot_be_read_stays_with_what_is_wrong_and_the_others_are_recorded(eleven_a, line, says):
    page = typed(eleven_a, f"3 1\n{line}")
    assert page.status_code == 200
    assert "1 line could not be recorded" in words(page)
    assert says in words(page)
    assert [each[0] for each in recorded(eleven_a)] == ["Eve"]
    assert page.context["form"]["lines"].value() == line
    assert "1 recorded. Eve Crane" in words(page)


def test_words_after_the_numbers_are_the_place_also_where_they_hold_figures(eleven_a):
    typed(eleven_a, "2,1,1 16-19 Academy\n3. 2. 2. L2 Beacon")
    assert [each[1:5] for each in recorded(eleven_a)] == [
        ("school-sixth-form", None, "high", "16-19 Academy"),
        ("sixth-form-college", 2, "some", "Beacon"),
    ]


def test_nobody_is_said_of_twice(eleven_a):
    page = typed(eleven_a, "2 1\n3 1\n2 2")
    assert words(page).count("Dev Bell stands here more than once.") == 2
    assert [each[0] for each in recorded(eleven_a)] == ["Eve"]


def test_a_sheet_of_before_somebody_joined_or_left_keeps_its_numbers(eleven_a):
    printed = sheet_of(eleven_a.group).number
    new = pupil("Bo", "Aaron", year_group=11, tutor_group="11A", joined=today())
    leave_school(eleven_a.dev, on=today(), by=None)
    assert [each.surname for each in sheet_of(eleven_a.group).pupils] == ["Aaron", "Abbot", "Crane"]
    assert sheet_of(eleven_a.group).number != printed
    page = typed(eleven_a, "3 1\n2 1", number=printed)
    assert [each[0] for each in recorded(eleven_a)] == ["Eve"]
    assert "Dev Bell is not in this group any more, or not yours to record." in words(page)
    typed(eleven_a, "1 1")
    assert recorded(eleven_a)[-1][0] == new.forename


def test_a_number_that_no_list_of_the_group_had_records_nothing_and_keeps_the_lines(eleven_a):
    number = sheet_of(eleven_a.group).number
    wrong = next(each for each in range(1000, 9999) if sheet_numbered(eleven_a.group, each) is None)
    assert sheet_numbered(eleven_a.group, number)
    for sent in (wrong, "x", "", "٣٤٥٦", "99999999999999999999999"):
        page = typed(eleven_a, "2 1", number=sent or " ")
        assert "Nothing was recorded" in words(page)
        assert page.context["form"]["lines"].value() == "2 1"
    assert "These are more than 200 lines." in words(typed(eleven_a, "2 1\n" * 201))
    assert recorded(eleven_a) == []
    assert "had not come yet" in words(typed(eleven_a, "2 1", said_on=str(today() + timedelta(days=2))))


def test_a_tutor_prints_and_types_back_their_own_group_only(eleven_a):
    tutor = User.objects.create(email="tutor@new.example", name="T")
    give_role(user=tutor, role="tutor", school=eleven_a.stock.ashdown, scope={"tutor_groups": ["11B"]}, by=None)
    other = f"{at('intention-sheet')}?group={eleven_a.group.pk}"
    assert "1 Dunn, Fay" in text_of(browser(tutor).get(other))  # the only group on offer
    sent = {"number": sheet_of(eleven_a.group).number, "lines": "2 1", "source": "pupil", "said_on": str(today())}
    page = browser(tutor).post(f"{at('intention-type')}?group={eleven_a.group.pk}", sent)
    assert "No list of this group had that number." in words(page)
    assert recorded(eleven_a) == []
    adviser = User.objects.create(email="adviser@new.example", name="A")
    give_role(user=adviser, role="careers-adviser", school=eleven_a.stock.ashdown, by=None)
    for page in ("intention-sheet", "intention-type"):
        assert "No tutor group whose intentions you record" in words(browser(adviser).get(at(page)))
