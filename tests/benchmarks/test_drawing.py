"""The tables of the picture, as they are drawn."""

from dekaan.benchmarks.drawing import criteria
from dekaan.benchmarks.queries.picture import Bar
from dekaan.benchmarks.queries.shares import Share
from dekaan.frameworks.queries import criterion
from dekaan.measures.queries import Figure

WORKPLACES = "GB24.6.1"


def of_year(met: int, unknown: int) -> Share:
    return Share(Figure(1, 2025, "gatsby-2024", WORKPLACES, "all", "", met, 54, unknown, 0, ""))


def row(before: Share) -> str:
    about = criterion(WORKPLACES)
    assert about is not None
    return str(
        criteria([Bar(about, of_year(10, 0), before)], "/", year=2026, this_year=True, before="2025/26", opens=False)
    )


def test_a_year_before_of_which_nothing_is_known_is_unknown_and_not_nought():
    assert '<td data-label="2025/26">unknown</td>' in row(of_year(0, 54))
    assert '<td data-label="2025/26">0 %</td>' in row(of_year(0, 0))
    assert '<td data-label="2025/26">50 to 100 %</td>' in row(of_year(27, 27))
