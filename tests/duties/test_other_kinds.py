"""The duty board of schools that are no academies, on the same six days: whom each duty binds, by kind and year groups.

Worked out by hand from the record of the law (domain paper, 1.6, 3.1 to 3.4, 6.5 and 10.5). A community school and a pupil
referral unit of 11 to 16, a voluntary controlled middle school of 9 to 13 and an independent school of 11 to 18. Records
begin on 1 September 2024 and say of one pupil alone: Ada, of Year 9 at the community school, has met no provider. In a
table `-` is *does not bind this school*, and `?` that nobody has said.
"""

from datetime import date

import pytest

from dekaan.core.academic_year import academic_year_of
from dekaan.core.scope import working_in
from dekaan.duties.queries import duty_board
from dekaan.measures.changes import recount
from dekaan.people.changes import join_school
from dekaan.people.models import YearRecord
from dekaan.schools.changes import add_school
from dekaan.schools.models import School
from tests.kept import once_made

DAY = date(2026, 11, 24)
KINDS = {
    "maintained": ("01", 11, 16, False, "secondary"),
    "pru": ("14", 11, 16, False, "not-applicable"),
    "middle": ("03", 9, 13, False, "middle"),
    "independent": ("11", 11, 18, True, "secondary"),
}
WORDS = {"?": "unknown"}

# duty | community school | pupil referral unit | middle school | independent school | why, and where it stands
ON_1_SEPTEMBER_2017 = """
L1 | ? | ? | ? | - | 3.1: community, voluntary and foundation schools and units, Years 8 to 13; not independent ones
L3 | ? | ? | ? | - | 3.1: with section 42A
L5 | ? | ? | ? | ? | 3.1: schools and colleges
L6 | - | - | - | ? | 3.1: whoever leaves at 16 or 17; three of them end before Year 12
L7 | - | - | - | - | 3.1: the local authority
L8 | ? | ? | ? | ? | 3.1: every school
L9 | ? | ? | ? | ? | 3.1: every school
L10 | - | - | - | - | 3.1: the local authority
"""

ON_1_SEPTEMBER_2018 = (
    ON_1_SEPTEMBER_2017
    + """
L2 | ? | ? | ? | - | 3.1 and 6.5: section 42B, since January
L4 | ? | - | ? | - | 3.1: maintained schools by the regulations, and units are not among them
W1 | ? | - | ? | - | 3.2: with L4
W2 | ? | - | ? | - | 3.2
W3 | ? | - | ? | - | 3.2
W4 | ? | - | ? | - | 3.2
W5 | ? | - | ? | - | 3.2
W6 | ? | - | ? | - | 3.2
W7 | ? | ? | ? | - | 3.2: with section 42B, which names units
W9 | ? | ? | ? | - | 1.1: statutory guidance, and 6.5
W11 | ? | ? | - | - | 3.2: results of Year 11, which a middle school has not
S1 | ? | ? | ? | - | 3.3
S2 | ? | ? | ? | - | 3.3
S3 | ? | ? | ? | - | 3.3
S5 | ? | ? | ? | - | 3.3
CL | ? | ? | ? | - | 3.1: guidance
LG | ? | ? | ? | - | 3.4
G1 | ? | ? | ? | - | 3.4
G2 | ? | ? | ? | - | 3.4
G3 | ? | ? | ? | - | 3.4
G4 | ? | ? | ? | - | 3.4
G9 | ? | ? | ? | - | 3.4
"""
)

ON_1_SEPTEMBER_2022 = (
    ON_1_SEPTEMBER_2018
    + """
W12 | ? | ? | ? | - | 3.2: public bodies
"""
)

ON_1_SEPTEMBER_2023 = (
    ON_1_SEPTEMBER_2022
    + """
PA.1 | ? | ? | ? | - | 3.3: since January; 10.5: a middle school's pupils are in the first phase
PA.2 | ? | ? | - | - | 3.3: Years 10 and 11
PA.3 | - | - | - | - | 3.3: Years 12 and 13; 6.5
S4 | ? | ? | ? | - | 10.5
G5 | ? | ? | ? | - | 3.4
G6 | ? | ? | ? | - | 3.4
"""
)

ON_1_SEPTEMBER_2025 = (
    ON_1_SEPTEMBER_2023.replace("L9 | ? | ? | ? | ?", "L9 | met | met | met | met")
    + """
W8 | ? | ? | ? | - | 1.2: since that day
W10 | ? | ? | ? | - | 1.2
G7 | ? | ? | ? | - | 10.3
WX | ? | ? | ? | - | 10.3
"""
)

ON_24_NOVEMBER_2026 = (
    ON_1_SEPTEMBER_2025.replace("PA.1 | ? | ? | ?", "PA.1 | at-risk | ? | ?").replace(
        "L2 | ? | ? | ?", "L2 | at-risk | ? | ?"
    )
    + """
G8 | ? | ? | ? | - | 3.4: 2026
"""
)

EXPECTED = {
    date(2017, 9, 1): ON_1_SEPTEMBER_2017,
    date(2018, 9, 1): ON_1_SEPTEMBER_2018,
    date(2022, 9, 1): ON_1_SEPTEMBER_2022,
    date(2023, 9, 1): ON_1_SEPTEMBER_2023,
    date(2025, 9, 1): ON_1_SEPTEMBER_2025,
    DAY: ON_24_NOVEMBER_2026,
}


def make_schools() -> dict[str, School]:
    """The four of them, and Ada of Year 9."""
    found = {
        slug: add_school(
            name=slug.title(),
            slug=slug,
            establishment_type=code,
            low_age=low,
            high_age=high,
            has_sixth_form=has_sixth_form,
            phase=phase,
            records_begin=date(2024, 9, 1),
        )
        for slug, (code, low, high, has_sixth_form, phase) in KINDS.items()
    }
    with working_in(found["maintained"]):
        ada = join_school(surname="Okafor", forename="Ada", year_group=7, starts_on=date(2024, 9, 1), by=None)
        for year, group in ((2025, 8), (2026, 9)):
            YearRecord.objects.update_or_create(pupil=ada, academic_year=year, defaults={"year_group": group})
        YearRecord.objects.update_or_create(pupil=ada, academic_year=2024, defaults={"year_group": 7})
        recount([ada.pk], range(2024, academic_year_of(DAY) + 1))
    return found


@pytest.fixture
def schools(db, settings) -> dict[str, School]:
    settings.TODAY = str(DAY)
    once_made(make_schools)
    return {each.slug: each for each in School.objects.filter(slug__in=KINDS)}


def table(text: str) -> dict[str, dict[str, str]]:
    """School → duty → state."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line]
    return {
        slug: {row[0]: WORDS.get(row[number], row[number]) for row in rows}
        for number, slug in enumerate(KINDS, start=1)
    }


def as_table(school: School, on: date) -> dict[str, str]:
    with working_in(school):
        found = duty_board(school, on, exact=True)
    return {line.in_force.duty.id: line.judgement.state for line in found.lines} | {
        each.duty.id: "-" for each in found.elsewhere
    }


@pytest.mark.parametrize("on", EXPECTED)
def test_the_boards_of_a_community_school_a_unit_a_middle_and_an_independent_school(schools, on):
    assert {slug: as_table(schools[slug], on) for slug in KINDS} == table(EXPECTED[on])
