"""What others judge by a pupil's kept years is what the counting room judges."""

from collections import Counter, defaultdict
from random import Random

import pytest

from dekaan.core.scope import working_in
from dekaan.measures.definitions.rules import rules
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import KeptYear, is_open, year_opened
from tests.lists.test_finding import invent

NOTHING = KeptYear(0, 0)  # a year of which no year group has come in


@pytest.mark.django_db
def test_what_is_open_is_what_the_counting_room_leaves_unknown_at_schools_of_any_kind():
    """Joiners, returners, repeated years, records that begin late, attendance that nobody recorded."""
    seen: Counter[bool] = Counter()
    for seed in range(8):
        at, _ = invent(Random(seed), f"kept{seed}")
        with working_in(at.school):
            years: dict[int, dict[int, KeptYear]] = defaultdict(dict)
            for row in PupilYear.objects.all():
                years[row.pupil_id][row.academic_year] = KeptYear(row.year_group, row.known, row.unrecorded)
            for row in PupilYear.objects.all():
                for rule in rules():
                    bit, asked = 1 << rule.bit, (row.coh | row.far) & 1 << rule.bit
                    if rule.this_year_only or rule.cohort or not asked or row.met & bit:
                        continue
                    if row.year_group not in rule.year_groups:
                        continue
                    said = is_open(years[row.pupil_id], row.academic_year, rule.from_year, rule.to_year, rule.mask)
                    assert said == bool(row.unk & bit), (seed, rule.criterion_id, years[row.pupil_id], row)
                    seen[said] += 1
    assert min(seen[True], seen[False]) > 50


@pytest.mark.once
@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({2024: KeptYear(7, 1), 2025: KeptYear(8, 1), 2026: KeptYear(9, 1)}, False),
        (
            {2024: KeptYear(7, 0), 2025: KeptYear(8, 1), 2026: KeptYear(9, 1)},
            True,
        ),  # elsewhere, or before records began
        ({2025: KeptYear(8, 1), 2026: KeptYear(9, 1)}, True),  # joined in Year 8
        ({2024: KeptYear(7, 1), 2026: KeptYear(9, 1)}, True),  # was away for a year
        (
            {2023: KeptYear(7, 1), 2024: KeptYear(7, 1), 2025: KeptYear(8, 1), 2026: KeptYear(9, 1)},
            False,
        ),  # repeated one
        ({2024: KeptYear(7, 1), 2025: KeptYear(8, 1, 4), 2026: KeptYear(9, 1)}, True),  # nobody recorded who was there
        ({2024: KeptYear(7, 1), 2025: KeptYear(8, 1, 8), 2026: KeptYear(9, 1)}, False),  # nor of something else
        ({2022: KeptYear(5, 0), 2024: KeptYear(7, 1), 2025: KeptYear(8, 1), 2026: KeptYear(9, 1)}, False),
        ({2024: KeptYear(7, 1), 2025: KeptYear(8, 1), 2026: KeptYear(9, 1), 2027: KeptYear(10, 0)}, False),  # to come
        ({}, True),
        ({2026: NOTHING}, True),
    ],
)
def test_from_year_7_to_year_9_of_2026(years, expected):
    assert is_open(years, 2026, 7, 9, 4) is expected


@pytest.mark.once
def test_the_year_in_which_a_window_opened_is_the_first_in_that_year_group_or_above():
    years = {2023: KeptYear(7, 1), 2024: KeptYear(7, 1), 2026: KeptYear(10, 1)}
    assert [year_opened(years, 2026, group) for group in (7, 8, 11)] == [2023, 2026, None]
    assert year_opened(years, 2025, 8) is None
