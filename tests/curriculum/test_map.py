"""Who takes what, what is linked, and what that comes to for pupils: benchmark 4 as a specialist would answer it."""

from datetime import date, timedelta

import pytest

from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.core.academic_year import today, year_start
from dekaan.curriculum import changes
from dekaan.curriculum.models import CurriculumLink, Subject
from dekaan.curriculum.queries import (
    YearGroupLine,
    curriculum_map,
    lines_shown,
    subjects_of,
    taken,
    uptake,
    waiting,
)
from dekaan.measures.changes import recount
from dekaan.people.changes import change_pupil
from dekaan.people.models import Group, Membership
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db
LEADER, GOVERNOR = ROLES["careers-leader"].may, ROLES["link-governor"].may


def subject(name="English", *years, **more) -> Subject:
    return changes.add_subject(name=name, year_groups=list(years), by=None, **more)


def linked(of, year_group, *, is_taught=True, year=THIS_YEAR, **more) -> CurriculumLink:
    said = {"what": f"{of} and work", "year_group": year_group, "is_taught": is_taught, "academic_year": year}
    return changes.add_link(subject=of, by=None, **said | more)


def teaching(name, *members, subject_said, starts_on=None, ends_on=None) -> Group:
    group = Group.objects.create(
        kind=Group.Kind.TEACHING, name=name, subject=subject_said, academic_year=THIS_YEAR, year_group=10
    )
    for each in members:
        Membership.objects.create(
            group=group, pupil=each, starts_on=starts_on or year_start(THIS_YEAR), ends_on=ends_on
        )
    return group


def standing(year_group=10):
    """(of, taught, planned, lacking, unknown) of a year group."""
    (line,) = [each for each in curriculum_map(THIS_YEAR).lines if each.year_group == year_group]
    return (line.of, line.taught, line.planned, line.lacking, line.unknown)


def told(of, permissions=LEADER):
    """Who takes the subject, as that role sees it."""
    return uptake(of, taken(THIS_YEAR, subjects_of(THIS_YEAR)), THIS_YEAR, permissions)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], (1, 0, 0, 1, 0)),
        ([("English", True)], (1, 0, 0, 1, 0)),  # one subject of two is not every subject
        ([("English", True), ("Science", True)], (1, 1, 0, 0, 0)),
        ([("English", True), ("Science", False)], (1, 0, 1, 0, 0)),  # planned is not yet taught
        ([("English", True), ("English", True)], (1, 0, 0, 1, 0)),  # twice in one subject is once
    ],
)
def test_every_subject_that_ada_takes_counts(in_ashdown, links, expected):
    ada = pupil("Ada")
    subjects = {name: subject(name, 10) for name in ("English", "Science")}
    for name, is_taught in links:
        linked(subjects[name], 10, is_taught=is_taught)
    assert (ada.pk > 0, standing()) == (True, expected)


def test_of_whom_no_subject_is_known_nothing_is_said(in_ashdown):
    pupil("Ada")
    linked(subject("English", 11), 10)
    assert standing() == (1, 0, 0, 0, 1)


def test_who_takes_an_option_is_known_from_the_teaching_group_by_any_name_of_the_subject(in_ashdown):
    """Ada is in 10/Ma1 of “maths” and Ben in none; a group of tutor kind says nothing, nor does one that she has left."""
    ada, ben = pupil("Ada"), pupil("Ben")
    mathematics = subject("Mathematics", also_called="Maths, Numeracy")
    teaching("10/Ma1", ada, subject_said="MATHS ")
    teaching("10/Ma2", ben, subject_said="Numeracy", ends_on=today() - timedelta(days=1))
    assert standing() == (2, 0, 0, 1, 1)
    linked(mathematics, 10)
    assert standing() == (2, 1, 0, 0, 1)
    (line,) = told(mathematics)
    assert (line.year_group, dict(line.numbers)["All"]) == (10, "1 of 2 (50 %), 1 not known")


def test_a_teaching_group_of_a_subject_that_the_map_does_not_have_leaves_it_unknown_and_is_named(in_ashdown):
    """Ada and Ben take French, which is on no map, Ben under another name of it: of neither is it known that all was
    taught. Cy is in no such group. What is lacking already, or not taught yet, stays so."""
    ada, ben = pupil("Ada"), pupil("Ben")
    pupil("Cy")
    english = subject("English", 10)
    teaching("10/Fr1", ada, subject_said=" French")
    teaching("10/Fr2", ben, subject_said="french ")
    assert standing() == (3, 0, 0, 3, 0)
    planned = linked(english, 10, is_taught=False)
    assert standing() == (3, 0, 1, 2, 0)
    changes.change_link(planned, is_taught=True, by=None)
    assert standing() == (3, 1, 0, 0, 2)
    assert curriculum_map(THIS_YEAR).unlisted == {"French": [10]}
    french = subject("Languages", also_called="French")
    assert (standing(), curriculum_map(THIS_YEAR).unlisted) == ((3, 1, 0, 2, 0), {})
    linked(french, 10)
    assert standing() == (3, 3, 0, 0, 0)


def test_a_teaching_group_that_says_no_subject_goes_by_its_own_name_until_a_subject_has_that(in_ashdown):
    ada = pupil("Ada")
    english = subject("English", 10)
    linked(english, 10)
    teaching("10/Set 1", ada, subject_said="")
    assert (standing(), curriculum_map(THIS_YEAR).unlisted) == ((1, 0, 0, 0, 1), {"10/Set 1": [10]})
    changes.change_subject(english, also_called="10/set 1", by=None)
    assert (standing(), curriculum_map(THIS_YEAR).unlisted) == ((1, 1, 0, 0, 0), {})


def test_what_is_given_up_is_no_subject_taken_whatever_group_there_still_is(in_ashdown):
    ada = pupil("Ada")
    linked(subject("English", 10), 10)
    registration = subject("Registration")
    teaching("10/Reg", ada, subject_said="Registration")
    assert standing() == (1, 0, 0, 1, 0)
    changes.change_subject(registration, given_up_on=today(), by=None)
    assert (standing(), curriculum_map(THIS_YEAR).unlisted) == ((1, 1, 0, 0, 0), {})


def test_a_link_of_another_year_or_year_group_or_one_that_waits_does_not_count(in_ashdown):
    pupil("Ada")
    english = subject("English", 10)
    linked(english, 11)
    linked(english, 10, year=THIS_YEAR - 1)
    said = {"subject": english, "year_group": 10, "what": "x", "is_taught": True, "academic_year": THIS_YEAR}
    changes.propose(page="1", **said)
    (waits,) = waiting()
    assert standing() == (1, 0, 0, 1, 0)
    changes.accept_link(waits, by=in_ashdown.priya)
    assert standing() == (1, 1, 0, 0, 0)
    changes.put_back_link(waits, seen="accepted", by=in_ashdown.priya)
    changes.refuse_link(waits, because="Nothing of careers in it", by=in_ashdown.priya)
    assert standing() == (1, 0, 0, 1, 0)
    changes.put_back_link(waits, seen="refused", by=in_ashdown.priya)
    assert [each.pk for each in waiting()] == [waits.pk]


def test_a_subject_that_is_given_up_is_no_part_of_what_pupils_take_and_stays_in_the_year_that_had_it(in_ashdown):
    pupil("Ada")
    subject("English", 10)
    latin = subject("Latin", 10)
    linked(Subject.objects.get(name="English"), 10)
    assert standing() == (1, 0, 0, 1, 0)
    changes.change_subject(latin, given_up_on=today(), by=None)
    assert standing() == (1, 1, 0, 0, 0)
    assert "Latin" in {row.subject.name for row in curriculum_map(THIS_YEAR - 1).rows}


def test_whoever_is_outside_the_agreed_cohort_is_not_counted(in_ashdown):
    ada = pupil("Ada")
    pupil("Ben")
    subject("English", 10)
    change_pupil(ada, benchmark_cohort=False, benchmark_cohort_reason="Agreed", by=in_ashdown.priya)
    recount([ada.pk], [THIS_YEAR])
    assert standing() == (1, 0, 0, 1, 0)


def test_a_pupil_who_is_taught_out_of_year_takes_what_their_own_year_group_takes(in_ashdown):
    """By the national curriculum year of the record, not by age."""
    pupil("Ada", year_group=9, tutor_group="9A", birth_date=f"{THIS_YEAR - 15}-10-01")
    linked(subject("English", 9), 9)
    assert standing(9) == (1, 1, 0, 0, 0)


def test_gaps_are_squares_with_pupils_and_no_link(in_ashdown):
    pupil("Ada")
    pupil("Cy", year_group=11, tutor_group="11A")
    english = subject("English", 10, 11)
    linked(english, 10, is_taught=False)
    found = curriculum_map(THIS_YEAR)
    assert [[(cell.year_group, cell.words, cell.is_gap) for cell in row.cells] for row in found.rows] == [
        [(10, "1 planned", False), (11, "nothing yet", True)]
    ]
    assert found.gaps == 1


def test_role_models_are_counted_as_they_were_said_to_be(in_ashdown):
    english = subject("English", 10)
    linked(english, 10, role_model="a solicitor", role_model_is="woman")
    linked(english, 10, role_model="two apprentices", role_model_is="several")
    linked(english, 10, role_model="an author")
    linked(english, 10)
    assert curriculum_map(THIS_YEAR).role_models == {"A woman": 1, "Women and men": 1, "Not said": 1}


def test_uptake_by_sex_is_hidden_together_where_one_of_the_numbers_is_small(in_ashdown):
    for number in range(7):
        pupil(f"F{number}", sex="F")
    for number in range(2):
        pupil(f"M{number}", sex="M")
    english = subject("English", 10)
    (line,) = told(english, LEADER)
    assert dict(line.numbers) == {
        "All": "9 of 9 (100 %)",
        "Female": "7 of 7 (100 %)",
        "Male": "2 of 2 (100 %)",
        "Disadvantaged": "–",
        "Special educational needs": "–",
    }
    (line,) = told(english, GOVERNOR)
    assert dict(line.numbers) == {
        "All": "9 of 9 (100 %)",
        "Female": "hidden",
        "Male": "hidden",
        "Disadvantaged": "–",
        "Special educational needs": "–",
    }


def test_uptake_is_shown_by_disadvantage_and_need_beside_all_who_could_take_it(in_ashdown):
    """Of eight disadvantaged two take drama, of eight others all do."""
    poor = [pupil(f"D{number}", pupil_premium=True, sen="K") for number in range(8)]
    rest = [pupil(f"N{number}", pupil_premium=False, sen="N") for number in range(8)]
    drama = subject("Drama")
    subject("English", 10)
    teaching("10/Dr", *poor[:2], *rest, subject_said="Drama")
    (line,) = told(drama, LEADER)
    numbers = dict(line.numbers)
    assert (numbers["All"], numbers["Disadvantaged"]) == ("10 of 16 (62 %)", "2 of 8 (25 %)")
    assert numbers["Special educational needs"] == "2 of 8 (25 %)"
    (line,) = told(drama, GOVERNOR)
    assert dict(line.numbers)["Disadvantaged"] == "hidden"
    assert "Disadvantaged" not in dict(told(drama, ROLES["careers-administrator"].may)[0].numbers)
    on_the_map = {each.subject.name: dict(each.numbers) for each in curriculum_map(THIS_YEAR).uptake(GOVERNOR)}
    assert (on_the_map["Drama"]["All"], on_the_map["Drama"]["Disadvantaged"]) == ("10 of 16 (62 %)", "hidden")
    assert on_the_map["English"]["Disadvantaged"] == "8 of 8 (100 %)"


def test_what_is_hidden_of_a_year_group_does_not_follow_from_the_total_of_all(in_ashdown):
    for number in range(12):
        pupil(f"T{number}", sex="F" if number < 6 else "M")
    for number in range(9):
        pupil(f"E{number}", year_group=11, sex="F" if number < 7 else "M")
    subject("English", 10, 11)
    found = curriculum_map(THIS_YEAR)
    (line,) = found.uptake(GOVERNOR)
    assert dict(line.numbers)["All"] == "21 of 21 (100 %)"
    assert (dict(line.numbers)["Female"], dict(line.numbers)["Male"]) == ("hidden", "hidden")
    (line,) = found.uptake(LEADER)
    assert dict(line.numbers)["Female"] == "13 of 13 (100 %)"


def test_a_subject_is_not_said_to_be_untaught_where_nobody_knows_who_takes_what(in_ashdown):
    """Of Year 12 no subject is known; of Year 10 all are, and nobody takes drama."""
    pupil("Ada")
    pupil("Bea", year_group=12)
    subject("Drama")
    subject("English", 10)
    words = {
        (row.subject.name, cell.year_group): cell.words for row in curriculum_map(THIS_YEAR).rows for cell in row.cells
    }
    assert words == {
        ("Drama", 10): "not taken",
        ("Drama", 12): "not known",
        ("English", 10): "nothing yet",
        ("English", 12): "not known",
    }


def test_benchmark_4_is_told_taught_and_planned_until_confirmed(in_ashdown):
    for number in range(6):
        pupil(f"A{number}")
        pupil(f"B{number}", year_group=11)
        pupil(f"C{number}", year_group=12)
    english = subject("English", 10, 11)
    linked(english, 10)
    linked(english, 11, is_taught=False)
    found = curriculum_map(THIS_YEAR)
    line = found.benchmark_4(exactly=False)
    assert (line.words_taught, line.words_planned, line.unknown) == ("6 of 18 (33 %)", "12 of 18 (66 %)", 6)
    assert [said[:3] for _, said in lines_shown(found.lines, exactly=False)] == [
        ("6", "6 (100 %)", "6 (100 %)"),
        ("6", "0 (0 %)", "6 (100 %)"),
        ("6", "0 (0 %)", "0 (0 %)"),
    ]
    pupil("Lone", year_group=9)
    assert curriculum_map(THIS_YEAR).benchmark_4(exactly=False) is None


def test_numbers_that_give_a_few_away_leave_by_the_one_exit(in_ashdown):
    """Two of Year 10 lack something, so Year 11 is hidden beside it; Year 9 stands by itself."""
    lines = [
        YearGroupLine(9, 20, 12, 0, 8, 0),
        YearGroupLine(10, 20, 18, 0, 2, 0),
        YearGroupLine(11, 18, 9, 0, 9, 0),
    ]
    numbers = {line.year_group: said for line, said in lines_shown(lines, exactly=False)}
    assert numbers == {
        9: ("20", "12 (60 %)", "12 (60 %)", "8 (40 %)", "0 (0 %)"),
        10: ("hidden",) * 5,
        11: ("hidden",) * 5,
    }
    planned = [YearGroupLine(9, 20, 12, 2, 6, 0)]  # what is planned for two
    assert [said for _, said in lines_shown(planned, exactly=False)] == [("hidden",) * 5]
    assert [said[2] for _, said in lines_shown(planned, exactly=True)] == ["14 (70 %)"]


def test_two_subjects_have_two_names_whatever_the_letters(in_ashdown):
    subject("English", 10)
    with pytest.raises(changes.NamedAlready):
        subject("ENGLISH")


def test_a_link_under_no_subject_of_ours_is_not_accepted(in_ashdown):
    said = {"subject_said": "Alchemy", "year_group": 10, "what": "Gold", "academic_year": THIS_YEAR}
    changes.propose(page="1", **said)
    (waits,) = waiting()
    with pytest.raises(changes.NoSubjectOfOurs):
        changes.accept_link(waits, by=None)
    changes.change_link(waits, subject=subject("Chemistry"), by=None)
    changes.accept_link(waits, by=None)
    assert (waits.subject_name, waits.subject_said, waits.state) == ("Chemistry", "", "accepted")


def test_one_page_is_sent_once_and_a_flood_is_stopped(in_ashdown, monkeypatch):
    said = {"subject_said": "Alchemy", "year_group": 10, "what": "Gold", "academic_year": THIS_YEAR}
    assert [changes.propose(page="1", **said) for _ in range(2)] == [True, False]
    monkeypatch.setattr(changes, "MOST_WAITING", 2)
    changes.propose(page="2", **said)
    with pytest.raises(changes.TooManyWaiting):
        changes.propose(page="3", **said)
    assert CurriculumLink.objects.count() == 2


def test_a_link_goes_when_nobody_who_was_taught_it_is_on_record_any_more(in_ashdown):
    """Year 7 of 2016/17 left on 31 August 2023; their records are kept three years, as is what was refused since."""
    english = subject("English", 7)
    kept = [linked(english, 7, year=2017), linked(english, 7, year=2016)]
    changes.propose(page="1", subject=english, year_group=7, what="waits", academic_year=2020)
    changes.propose(page="2", subject=english, year_group=7, what="no", academic_year=2020)
    waits, no = CurriculumLink.objects.filter(came_by="link").order_by("pk")
    changes.refuse_link(no, because="Not ours", by=None)
    CurriculumLink.objects.filter(pk=no.pk).update(proposed_on=date(2023, 9, 1))
    CurriculumLink.objects.filter(pk=waits.pk).update(proposed_on=date(2023, 8, 31))
    CurriculumLink.objects.filter(pk__in=[each.pk for each in kept]).update(proposed_on=date(2016, 10, 1))
    assert changes.let_old_links_go(date(2023, 8, 31)) == 0
    assert changes.let_old_links_go(date(2023, 9, 1)) == 2
    assert set(CurriculumLink.objects.values_list("pk", flat=True)) == {kept[0].pk, no.pk}


def test_a_link_outlives_the_names_in_it(in_ashdown):
    english = subject("English", 10)
    old, new = (
        linked(english, 10, said_by="J. Abara", role_model="Ada Bright", role_model_is="woman") for _ in range(2)
    )
    CurriculumLink.objects.filter(pk=old.pk).update(proposed_on=today() - timedelta(days=1))
    changes.let_old_links_go(today())
    old.refresh_from_db(), new.refresh_from_db()
    assert (old.said_by, old.role_model, old.role_model_is, old.state) == ("", "", "woman", "accepted")
    assert (new.said_by, new.role_model) == ("J. Abara", "Ada Bright")
    assert (Event.objects.filter(action="old curriculum links let go").get().detail) == {"links": 0, "names": 1}
    changes.let_old_links_go(today())  # once more there is nothing to tell
    assert Event.objects.filter(action="old curriculum links let go").count() == 1
