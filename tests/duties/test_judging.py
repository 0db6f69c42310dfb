"""Each judge by itself: what is met, at risk, broken and unknown, on which day, and that nothing is broken before records.

Written for Ashdown, a converter academy with a sixth form, whose records begin two years before this one.
"""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from dekaan.access.models import RoleAssignment
from dekaan.compass.models import RealResult, SelfEvaluation
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.core.scope import NoSchoolInScope, WrongSchool, working_in
from dekaan.duties.queries import BROKEN, JUDGES, MET, UNKNOWN, deadlines_in_law, duty_board
from dekaan.duties.queries.evaluated import counting_days
from dekaan.duties.queries.records import AtHand
from dekaan.evidence.changes import add_evidence, change_evidence
from dekaan.frameworks.queries import SHOWN, duties, mask_of
from dekaan.participation.changes import Mark, Occasion, record_participation
from dekaan.people.models import Pupil, StaffMember
from dekaan.publication.models import PublishedVersion
from dekaan.schools.changes import begin_year
from dekaan.schools.models import School
from dekaan.website.models import WebsiteCheck
from dekaan.website.queries import items
from tests import stock as stock_people
from tests.stock import pupil

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _on_the_day(settings, monkeypatch):
    settings.TODAY = str(DAY)
    monkeypatch.setattr(stock_people, "THIS_YEAR", academic_year_of(DAY))  # whatever year it is when this is run


@pytest.fixture
def school(in_ashdown) -> School:
    """Ashdown, with records since 1 September 2024 and nobody in the posts that the tests are about."""
    RoleAssignment.objects.filter(role__in=["careers-leader", "link-governor"]).delete()
    in_ashdown.ashdown.records_begin = date(2024, 9, 1)
    in_ashdown.ashdown.save()
    for year in (2024, 2025, 2026):
        begin_year(year)
    return in_ashdown.ashdown


def stands(school: School, duty: str, on: date = DAY, *, exact: bool = True) -> tuple[str, str, date | None]:
    """The state, the sentence, and the day on which to look again."""
    (line,) = [each for each in duty_board(school, on, exact=exact).lines if each.in_force.duty.id == duty]
    return line.judgement.state, line.judgement.sentence, line.judgement.next_on


def adviser(surname: str = "Bell", **details) -> StaffMember:
    return StaffMember.objects.create(surname=surname, forename="Grace", **details)


def test_every_kind_of_evidence_that_binds_a_school_has_its_judge():
    asked = {duty.evidence.judge for duty in duties().values() if any(each.binds for each in duty.versions)}
    assert asked - set(JUDGES) == {"parts"}  # a duty that is made up of others


# --- posts ------------------------------------------------------------------------------------------------


def holds(stock, role: str, since: date, until: date | None = None, who: str = "priya") -> RoleAssignment:
    return RoleAssignment.objects.create(
        user=stock.people[who], school=stock.ashdown, role=role, starts_on=since, ends_on=until
    )


def test_a_post_nobody_was_ever_named_for_is_unknown_and_never_broken(school):
    assert stands(school, "LG") == (UNKNOWN, "Nobody has said who it is.", None)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2024, 9, 30), (UNKNOWN, "Nobody has said who it is.", None)),
        (date(2024, 10, 1), (MET, "Held until 31 December 2026.", date(2026, 12, 31))),
        (date(2026, 10, 31), (MET, "Held until 31 December 2026.", date(2026, 12, 31))),
        (
            date(2026, 11, 1),
            ("at-risk", "Whoever holds the role goes on 31 December 2026, and nobody follows.", date(2026, 12, 31)),
        ),
    ],
)
def test_a_post_is_at_risk_sixty_days_before_whoever_holds_it_goes(in_ashdown, school, on, expected):
    holds(in_ashdown, "careers-leader", date(2024, 10, 1), date(2026, 12, 31))
    assert stands(school, "CL", on) == expected


def test_a_post_is_broken_from_the_day_after_and_met_where_somebody_follows(in_ashdown, school):
    holds(in_ashdown, "careers-leader", date(2024, 10, 1), date(2026, 10, 31))
    assert stands(school, "CL") == (BROKEN, "Nobody has held the role since 31 October 2026.", None)
    holds(in_ashdown, "careers-leader", date(2026, 11, 1), who="nell")
    assert stands(school, "CL") == (MET, "Somebody has held the role since 1 November 2026.", None)
    assert stands(school, "CL", date(2026, 10, 31)) == (
        MET,
        "Held until 31 October 2026, and somebody follows.",
        date(2026, 10, 31),
    )


def test_whoever_leaves_the_staff_holds_no_post_from_then_on_whatever_their_role_says(in_ashdown, school):
    holds(in_ashdown, "careers-leader", date(2024, 10, 1))
    StaffMember.objects.create(surname="Raman", forename="Priya", user=in_ashdown.priya, ends_on=date(2026, 12, 20))
    assert stands(school, "CL") == (
        "at-risk",
        "Whoever holds the role goes on 19 December 2026, and nobody follows.",
        date(2026, 12, 19),
    )


def test_a_role_that_waits_for_a_second_person_is_held_by_nobody(in_ashdown, school):
    RoleAssignment.objects.create(user=in_ashdown.moira, school=school, role="link-governor")
    assert stands(school, "LG")[0] == UNKNOWN


def test_a_post_of_another_school_says_nothing_here(in_ashdown, school):
    RoleAssignment.objects.create(
        user=in_ashdown.priya, school=in_ashdown.beckford, role="link-governor", starts_on=date(2024, 9, 1)
    )
    assert stands(school, "LG")[0] == UNKNOWN


# --- advisers: two facts -----------------------------------------------------------------------------------


def test_an_adviser_employed_here_will_do_for_the_benchmark_and_not_alone_for_the_law(school):
    """Domain paper, 8, 10."""
    adviser(guidance_qualified_from=date(2020, 9, 1), is_employed_here=True, employment_known_from=date(2024, 9, 1))
    assert stands(school, "G9") == (MET, "One adviser suitably qualified gives guidance.", None)
    assert stands(school, "L1") == (
        BROKEN,
        "Everybody who gives guidance is employed at the school, so none of it is independent.",
        None,
    )


def test_an_adviser_from_outside_who_is_not_qualified_will_do_for_the_law_and_not_for_the_benchmark(school):
    adviser(is_employed_here=False, employment_known_from=date(2024, 9, 1))
    assert stands(school, "L1") == (MET, "One adviser not employed at the school gives guidance.", None)
    assert stands(school, "G9") == (
        UNKNOWN,
        "Of whoever gives guidance nobody has said that they are qualified.",
        None,
    )


def test_while_nobody_has_said_it_of_one_of_them_it_is_unknown(school):
    adviser(guidance_qualified_from=date(2020, 9, 1), is_employed_here=True, employment_known_from=date(2024, 9, 1))
    adviser("Vale", guidance_qualified_from=date(2020, 9, 1))
    assert stands(school, "L1") == (
        UNKNOWN,
        "Of whoever gives guidance nobody has said whether the school employs them.",
        None,
    )


def test_what_is_said_since_a_day_says_nothing_of_the_days_before(school):
    adviser(guidance_qualified_from=date(2020, 9, 1), is_employed_here=False, employment_known_from=date(2026, 9, 1))
    assert stands(school, "L1", date(2026, 8, 31))[0] == UNKNOWN
    assert stands(school, "L1", date(2026, 9, 1))[0] == MET


def test_independence_that_rests_on_one_who_leaves_is_at_risk_and_gone_with_them(school):
    grace = adviser(is_employed_here=False, employment_known_from=date(2024, 9, 1), ends_on=date(2026, 12, 20))
    assert stands(school, "L1") == (
        "at-risk",
        "One adviser not employed at the school gives guidance, until 19 December 2026, and nobody follows.",
        date(2026, 12, 19),
    )
    assert [each.in_force.duty.id for each in deadlines_in_law(school, DAY, AtHand())] == ["L1"]
    adviser("Vale", is_employed_here=False, employment_known_from=date(2024, 9, 1))
    assert stands(school, "L1")[:2] == (MET, "2 advisers not employed at the school give guidance.")
    StaffMember.objects.exclude(pk=grace.pk).filter(surname="Vale").delete()
    grace.ends_on = date(2026, 11, 1)
    grace.save()
    assert stands(school, "L1") == (BROKEN, "Nobody has given guidance since 31 October 2026.", None)


def test_a_qualification_that_ends_is_at_risk_and_then_not_met(school):
    adviser(guidance_qualified_from=date(2020, 9, 1), guidance_qualified_until=date(2026, 12, 31))
    assert stands(school, "G9") == (
        "at-risk",
        "One adviser suitably qualified gives guidance, until 31 December 2026, and nobody follows.",
        date(2026, 12, 31),
    )
    StaffMember.objects.update(guidance_qualified_until=date(2026, 10, 31))
    assert stands(school, "G9") == (BROKEN, "The last qualification ended on 31 October 2026.", None)


def test_no_adviser_is_unknown_where_nobody_was_ever_said_to_be_one(school):
    StaffMember.objects.create(surname="Marsh", forename="Leo", post="Teacher")
    assert stands(school, "L1") == (UNKNOWN, "Nobody has said who gives guidance.", None)
    assert stands(school, "G9")[0] == UNKNOWN


# --- what is shown -------------------------------------------------------------------------------------------


def shown(stock, *facts: str, dated: date = date(2026, 9, 10), until: date | None = None):
    return add_evidence(
        title="The page", kind="statement", facts=list(facts), dated_on=dated, valid_until=until, by=stock.priya
    )


def test_evidence_is_met_at_risk_and_then_no_longer_known(in_ashdown, school):
    shown(in_ashdown, "website-leader", until=date(2027, 1, 23))
    assert stands(school, "W1", date(2026, 9, 9)) == (UNKNOWN, "Nobody has said.", None)
    assert stands(school, "W1", date(2026, 11, 23)) == (MET, "Shown until 23 January 2027.", date(2027, 1, 23))
    assert stands(school, "W1") == ("at-risk", "What shows it runs out on 23 January 2027.", date(2027, 1, 23))
    piece = shown(in_ashdown, "website-contact", until=date(2026, 11, 1))
    assert stands(school, "W2") == (UNKNOWN, "Shown until 1 November 2026; nobody has said since.", None)
    change_evidence(piece, valid_until=None, facts=[], by=in_ashdown.priya)
    assert stands(school, "W2") == (UNKNOWN, "Nobody has said.", None)


@pytest.mark.parametrize(
    ("duty", "fact"), [("W6", "website-review"), ("W3", "website-summary"), ("S5", "statement-approved")]
)
def test_what_must_be_renewed_is_broken_once_its_day_has_passed(in_ashdown, school, duty, fact):
    shown(in_ashdown, fact, until=date(2026, 11, 23))
    assert stands(school, duty, date(2026, 11, 23))[0] == "at-risk"
    assert stands(school, duty) == (BROKEN, "What showed it ran out on 23 November 2026.", None)


def test_a_duty_of_several_facts_names_those_of_which_nobody_has_said(in_ashdown, school):
    shown(in_ashdown, "governors-approve", "senior-leaders-back")
    assert stands(school, "G2") == (
        UNKNOWN,
        "Nobody has said, or not lately: Time and money are allocated to it.",
        None,
    )
    shown(in_ashdown, "resources-allocated", dated=date(2026, 9, 1))
    assert stands(school, "G2") == (MET, "Shown until 1 September 2027.", date(2027, 9, 1))


def test_a_duty_made_up_of_others_stands_as_the_worst_of_them(in_ashdown, school):
    facts = ["website-leader", "website-contact", "website-summary", "website-four-audiences", "website-impact"]
    shown(in_ashdown, *facts)
    assert stands(school, "L4") == (UNKNOWN, "Unknown: W6; met: W1, W2, W3, W4, W5.", date(2027, 9, 10))
    shown(in_ashdown, "website-review", until=date(2026, 12, 1))
    assert stands(school, "L4") == ("at-risk", "At risk: W6; met: W1, W2, W3, W4, W5.", date(2026, 12, 1))
    board = duty_board(school, DAY, exact=True)
    assert (board.number("at-risk", of_law=True), board.number(MET, of_law=True)) == (1, 6)  # W6; W1 to W5 and L9


def read_on(day: date, **states: str) -> WebsiteCheck:
    """The website as it was read on a day: each item present, unless another state is given."""
    found = [
        {"key": key, "state": states.get(key.replace("-", "_"), "present")}
        | dict.fromkeys(("sentence", "page", "page_called", "note", "paste"), "")
        | {"sure": "sure", "force": item.force}
        for key, item in items().items()
    ]
    at = timezone.make_aware(datetime.combine(day, time(9)))
    return WebsiteCheck.objects.create(
        state="done", address="a", asked_at=at, moved_at=at, finished_at=at, findings=found
    )


def test_what_the_website_was_last_read_to_lack_is_broken_whatever_the_cabinet_says(in_ashdown, school):
    shown(in_ashdown, "website-contact", "website-leader", "statement-procedure")
    assert [stands(school, each)[0] for each in ("W1", "W2", "S1")] == [MET, MET, MET]
    read_on(date(2026, 11, 20), W2_telephone="missing", W1="different", S1="could-not-read")
    assert stands(school, "W2") == (
        BROKEN,
        "On the website, read on 20 November 2026: the careers leader's telephone number: missing.",
        None,
    )
    assert [stands(school, each)[0] for each in ("W1", "S1")] == [BROKEN, UNKNOWN]
    assert stands(school, "W2", date(2026, 11, 19))[0] == MET  # nobody had read it yet
    read_on(date(2026, 11, 23))
    assert [stands(school, each)[0] for each in ("W1", "W2", "S1")] == [MET, MET, MET]


def test_what_the_website_was_read_to_say_meets_what_nobody_keeps_for_sixty_days(school):
    read_on(date(2026, 9, 1))
    assert stands(school, "W5", date(2026, 10, 31)) == (
        MET,
        "On the website, read on 1 September 2026: it stands there.",
        None,
    )
    assert stands(school, "W5") == (UNKNOWN, "Nobody has said.", None)


def test_a_published_name_that_is_no_more_the_careers_leaders_is_broken_and_nobodys_at_risk(in_ashdown, school):
    facts = {
        "leader_name": "Priya Raman",
        "leader_email": "priya@ashdown.example",
        "telephone": "",
        "next_review_on": None,
    }
    at = timezone.make_aware(datetime.combine(date(2026, 10, 1), time(9)))
    PublishedVersion.objects.create(
        page="careers",
        number=1,
        state="published",
        prepared_at=at,
        decided_at=at,
        content={"facts": facts, "sections": [], "year": "2026/27", "programme": []},
    )
    holds(in_ashdown, "careers-leader", date(2024, 10, 1))
    assert stands(school, "W1")[0] == MET
    RoleAssignment.objects.filter(role="careers-leader").delete()
    assert stands(school, "W1")[:2] == (
        "at-risk",
        "The published page says: The Careers Leader’s name, Priya Raman; nobody is known to be it now.",
    )
    holds(in_ashdown, "careers-leader", DAY, who="nell")
    nell = in_ashdown.people["nell"].name
    assert stands(school, "W1")[:2] == (
        BROKEN,
        f"The published page says: The Careers Leader’s name, Priya Raman; it is {nell} now.",
    )


# --- what pupils did -----------------------------------------------------------------------------------------


def met(
    who: Pupil, *days: date, criterion: str = "PA.1", activity_type: str = "ITPTALK", is_shown: bool = True
) -> None:
    seconds = ("", SHOWN) if is_shown and criterion.startswith("PA") else ("",)
    record_participation(
        [
            (
                Occasion(
                    source_kind="history",
                    source_id=10_000 * who.pk + number,
                    happened_on=day,
                    activity_type=activity_type,
                    criteria=mask_of(criterion + second for second in seconds) if criterion else 0,
                    title="Keystone",
                ),
                [Mark(who.pk, "attended", "checked")],
            )
            for number, day in enumerate(days)
        ],
        by=None,
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 2), BROKEN),  # of Year 9 then nobody had had two: Ben of Year 10 today
        (date(2026, 9, 1), "at-risk"),
        (DAY, "at-risk"),
    ],
)
def test_provider_encounters_are_at_risk_until_28_february_and_broken_after(school, on, expected):
    pupil("Ada", year_group=9, tutor_group="9A")
    pupil("Ben", year_group=10)
    assert stands(school, "PA.1", on)[0] == expected


def test_provider_encounters_by_a_day_are_those_that_had_been_by_then(school):
    ada, bea = (pupil(name, year_group=9, tutor_group="9A") for name in ("Ada", "Bea"))
    met(ada, date(2026, 3, 3), date(2026, 10, 7))
    met(bea, date(2026, 3, 3), date(2026, 11, 24))
    last = date(2027, 2, 28)
    assert stands(school, "PA.1", date(2026, 10, 6)) == (
        "at-risk",
        "0 of 2 of Year 9 have had at least 2. It can be met until 28 February 2027.",
        last,
    )
    assert stands(school, "PA.1", date(2026, 10, 7))[1][:6] == "1 of 2"
    assert stands(school, "PA.1") == (MET, "2 of 2 of Year 9 have had at least 2.", last)


def test_encounters_of_which_nobody_said_all_that_the_law_asks_are_counted_and_at_risk(school):
    """Decision 0041 and ruling 10: what is not said counts and is not shown, and so is not plainly met."""
    ada, bea = (pupil(name, year_group=9, tutor_group="9A") for name in ("Ada", "Bea"))
    met(ada, date(2026, 10, 7), date(2026, 11, 3))
    met(bea, date(2026, 10, 7), is_shown=False)
    met(bea, date(2026, 3, 3))
    assert stands(school, "PA.1")[0] == "at-risk"
    met(bea, date(2026, 10, 7), date(2026, 11, 3), is_shown=False)
    says = "2 of 2 of Year 9 have had at least 2. Counted, not shown: of 1 of 2 it is said that they were all that the law asks."
    assert stands(school, "PA.1") == ("at-risk", says, date(2027, 2, 28))
    assert stands(school, "PA.1", date(2026, 11, 23)) == ("at-risk", says, date(2027, 2, 28))


def test_where_pupils_leave_inside_a_phase_it_is_told_what_they_had_and_nothing_is_judged(school):
    """Domain paper, 10.5: a middle school whose pupils leave after Year 8."""
    school.low_age, school.high_age, school.has_sixth_form = 9, 13, False
    school.save()
    ada, _ben = (pupil(name, year_group=8, tutor_group="8A") for name in ("Ada", "Ben"))
    met(ada, date(2026, 10, 7), date(2026, 11, 3))
    why = "Pupils leave after Year 8, inside the phase, which ends at their next school."
    says = f"1 of 2 of Year 8 have had at least 2. {why} What is short is not judged here."
    assert stands(school, "PA.1") == (UNKNOWN, says, date(2027, 8, 31))
    assert stands(school, "PA.1", date(2026, 11, 23)) == (UNKNOWN, why, date(2027, 8, 31))


def test_a_special_school_without_an_official_sixth_form_is_judged_for_its_year_13(school):
    school.establishment_type, school.high_age, school.has_sixth_form = "44", 19, False
    school.save()
    pupil("Cy", year_group=13, tutor_group="13A", joined=date(2024, 9, 1))
    assert stands(school, "PA.3")[0] == "at-risk"
    assert stands(school, "L6")[0] == UNKNOWN


def test_of_a_kind_of_which_it_was_not_found_whether_the_law_names_it_that_is_said(school):
    school.establishment_type = "06"
    school.save()
    assert stands(school, "PA.1") == (UNKNOWN, "Whether it names city technology colleges was not found.", None)


def test_of_a_pupil_who_came_in_the_middle_it_is_not_known(school):
    ada = pupil("Ada", year_group=9, tutor_group="9A")
    met(ada, date(2026, 3, 3), date(2026, 10, 7))
    pupil("New", year_group=9, tutor_group="9A", joined=date(2026, 9, 1))
    said = (UNKNOWN, "1 of 2 of Year 9 have had at least 2; of 1 it is not known.", date(2027, 2, 28))
    assert stands(school, "PA.1") == said
    assert stands(school, "PA.1", date(2026, 11, 23)) == said


def test_the_third_phase_is_only_to_be_offered_so_who_stayed_away_breaks_nothing(school):
    """Domain paper, 8, 5 and 10.11, 22."""
    cy = pupil("Cy", year_group=13, tutor_group="13A", joined=date(2024, 9, 1))
    state, sentence, _ = stands(school, "PA.3")
    assert (state, sentence) == (
        "at-risk",
        "0 of 1 of Year 13 have been offered at least 2. It can be met until 28 February 2027.",
    )
    assert stands(school, "PA.3", date(2026, 11, 23))[:2] == (
        UNKNOWN,
        "0 of 1 of Year 13 have had at least 2. The duty is to offer them; what was offered is told of today.",
    )
    met(cy, date(2026, 3, 3), date(2026, 10, 7), criterion="PA.3")
    assert stands(school, "PA.3")[0] == MET


def test_whoever_may_not_see_small_numbers_is_told_none(school):
    ada = pupil("Ada", year_group=9, tutor_group="9A")
    assert stands(school, "PA.1", exact=False)[1] == (
        "Not everybody of Year 9 has had at least 2. It can be met until 28 February 2027."
    )
    met(ada, date(2026, 3, 3), date(2026, 10, 7))
    assert stands(school, "PA.1", exact=False)[1] == "Everybody of Year 9 has had at least 2."
    pupil("New", year_group=9, tutor_group="9A", joined=date(2026, 9, 1))
    assert (
        stands(school, "PA.1", exact=False)[1] == "Of some of Year 9 it is not known whether they have had at least 2."
    )
    found = duty_board(school, DAY, exact=False)
    assert [each for each in found.lines if re.search(r"\d+ (of \d|pupil)|of \d+ it", each.judgement.sentence)] == []


def placed(who: Pupil) -> None:
    met(who, date(2026, 6, 29), criterion="GB24.6.1", activity_type="WEX_B")


def test_a_placement_below_year_10_is_broken_for_a_year(school):
    placed(pupil("Ada", year_group=10))  # she was in Year 9 in June
    assert stands(school, "L9", date(2026, 6, 28))[0] == MET
    assert stands(school, "L9") == (BROKEN, "1 pupil below Year 10 had a placement in the year before.", None)
    assert stands(school, "L9", exact=False)[1] == "Some pupils below Year 10 had a placement in the year before."


def test_a_placement_of_year_10_is_as_it_should_be(school):
    placed(pupil("Ben", year_group=11, tutor_group="11A"))
    assert stands(school, "L9") == (
        MET,
        "In the year before, no placement is on record for a pupil below Year 10.",
        None,
    )


def test_work_experience_is_never_broken(school):
    """Domain paper, 10.3 and 10.11, 23."""
    pupil("Ada", year_group=11, tutor_group="11A")
    assert {stands(school, each)[0] for each in ("G7", "WX")} == {UNKNOWN}


# --- evaluations ---------------------------------------------------------------------------------------------


def test_evaluations_are_counted_on_three_days():
    assert counting_days(date(2026, 11, 24)) == (date(2026, 3, 31), date(2026, 7, 31), date(2026, 12, 31))
    assert counting_days(date(2026, 12, 31)) == (date(2026, 3, 31), date(2026, 7, 31), date(2026, 12, 31))
    assert counting_days(date(2027, 1, 1)) == (date(2026, 7, 31), date(2026, 12, 31), date(2027, 3, 31))


def kept(day: date) -> None:
    SelfEvaluation.objects.create(question_set="compass-2025", kept_on=day, answers=[])


@pytest.mark.parametrize(
    ("done", "on", "expected"),
    [
        (date(2026, 9, 3), DAY, (MET, "Last done on 3 September 2026.", date(2026, 12, 31))),
        (
            date(2026, 7, 8),
            date(2026, 11, 1),
            ("at-risk", "Last done on 8 July 2026; counted on 31 December 2026.", date(2026, 12, 31)),
        ),
        (date(2026, 7, 8), date(2026, 10, 31), (MET, "Last done on 8 July 2026.", date(2026, 12, 31))),
        (
            date(2026, 3, 31),
            DAY,
            (BROKEN, "Last done on 31 March 2026, so not for the counting of 31 July 2026.", date(2026, 12, 31)),
        ),
        (date(2026, 11, 25), DAY, (UNKNOWN, "None is kept, and no real result is typed in.", None)),
    ],
)
def test_compass_is_done_for_each_counting(school, done, on, expected):
    kept(done)
    assert stands(school, "G3", on) == expected


def real(day: date, *figures: int) -> None:
    numbers = {str(number): figure for number, figure in enumerate(figures, start=1)}
    RealResult.objects.create(question_set="compass-2025", completed_on=day, percentages=numbers)


def test_the_benchmarks_are_to_be_met_since_may_2025_and_were_only_to_be_used_before(school):
    real(date(2025, 3, 1), 100, 100, 100, 100, 100, 100, 100, 99)
    assert stands(school, "G1", date(2025, 5, 7)) == (MET, "Evaluated on 1 March 2025.", date(2026, 3, 1))
    assert stands(school, "G1", date(2025, 5, 8)) == (
        BROKEN,
        "7 of 8 in full by the real result of 1 March 2025.",
        date(2026, 3, 1),
    )
    real(date(2026, 11, 1), *[100] * 8)
    assert stands(school, "G1")[:2] == (MET, "8 of 8 in full by the real result of 1 November 2026.")
    assert stands(school, "G1", date(2026, 10, 31))[0] == UNKNOWN


# --- days that have been -------------------------------------------------------------------------------------


def test_before_records_begin_nothing_is_broken(in_ashdown, school):
    holds(in_ashdown, "careers-leader", date(2020, 9, 1), date(2021, 8, 31))
    adviser(is_employed_here=True, employment_known_from=date(2020, 9, 1))
    shown(in_ashdown, "website-review", dated=date(2020, 9, 1), until=date(2021, 8, 31))
    found = duty_board(school, date(2023, 9, 1), exact=True)
    assert {each.judgement.state for each in found.lines} == {UNKNOWN}
    (line,) = [each for each in found.lines if each.in_force.duty.id == "CL"]
    assert line.judgement.sentence == "Records begin on 1 September 2024."
    assert stands(school, "CL", date(2024, 9, 2))[0] == BROKEN


def test_what_is_dated_before_records_begin_and_shows_it_still_does(in_ashdown, school):
    shown(in_ashdown, "website-leader", dated=date(2023, 8, 1), until=date(2024, 7, 31))
    assert stands(school, "W1", date(2023, 9, 1))[0] == MET


def test_of_a_school_whose_kind_is_not_known_nothing_is_judged(in_ashdown):
    with working_in(in_ashdown.elsewhere):
        found = duty_board(in_ashdown.elsewhere, DAY, exact=True)
    assert {each.judgement.state for each in found.lines} == {UNKNOWN}
    assert {each.judgement.sentence for each in found.lines} == {
        "Whether it binds this school is not known: say its kind under Settings."
    }
    with working_in(in_ashdown.elsewhere):
        assert deadlines_in_law(in_ashdown.elsewhere, DAY, AtHand()) == []


def test_a_board_is_of_the_school_in_scope_alone(stock):
    with pytest.raises(NoSchoolInScope):
        duty_board(stock.ashdown, DAY, exact=True)
    with working_in(stock.beckford), pytest.raises(WrongSchool):
        duty_board(stock.ashdown, DAY, exact=True)


def test_the_day_before_a_year_begins_belongs_to_the_year_before(school):
    """The window of a year's Year 9 closes on 28 February and is judged until 31 August."""
    pupil("Ben", year_group=10)
    assert academic_year_of(date(2026, 8, 31)) == 2025
    assert stands(school, "PA.1", year_start(2026) - timedelta(days=1)) == (
        BROKEN,
        "0 of 1 of Year 9 have had at least 2. The last day was 28 February 2026.",
        date(2027, 2, 28),
    )
