"""An independent count of the raw export agrees with every figure and every name that the counting room keeps."""

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.demo.build import build
from dekaan.exchange.queries import export_school
from dekaan.frameworks.queries import frameworks
from dekaan.measures.cells import BREAKDOWNS
from dekaan.measures.models import Coverage
from dekaan.measures.queries import coverage, misses, not_yet, unknowns
from dekaan.people.models import Group
from dekaan.schools.models import School
from tests.measures.oracle import ASKED, Counted, count

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(db):
    return build(pupils=150).schools


def judged(school: School, folder) -> Counted:
    export_school(school.pk, folder)
    assert school.records_begin
    return count(folder, records_begin=school.records_begin, today=today())


def kept(school: School, years) -> dict:
    names = {str(group.pk): group.name for group in Group.objects.all()}

    def said(figure) -> str:
        return names.get(figure.value, figure.value) if figure.breakdown == "tutor-group" else figure.value

    return {
        (year, figure.criterion, breakdown, said(figure)): (figure.of, figure.met, figure.unknown)
        for year in years
        for each in frameworks()
        for breakdown in BREAKDOWNS
        for figure in coverage(school.pk, year, each, breakdown=breakdown)
        if figure.of
    }


def test_the_judge_agrees_with_every_figure_of_three_schools(trust, tmp_path):
    for school in trust:
        with working_in(school):
            said = judged(school, tmp_path / school.slug)
            years = sorted(
                {year for year, *_ in said.cells} | set(Coverage.objects.values_list("academic_year", flat=True))
            )
            assert len(years) >= 3
            assert kept(school, years) == said.cells


def test_the_judge_agrees_with_every_name(trust, tmp_path):
    for school in trust:
        with working_in(school):
            said = judged(school, tmp_path / school.slug)
            for year, criterion in said.missed:
                assert misses(school.pk, year, criterion) == sorted(said.missed[year, criterion])
                assert unknowns(school.pk, year, criterion) == sorted(said.unknown[year, criterion])
                assert not_yet(school.pk, year, criterion) == sorted(said.not_yet[year, criterion])
            assert any(said.missed.values())
            assert any(said.unknown.values())


def test_the_judge_judges_what_the_frameworks_count():
    assert {asked.criterion for asked in ASKED} == {each.id for version in frameworks() for each in version.counted}
