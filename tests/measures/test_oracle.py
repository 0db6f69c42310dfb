"""The demonstration school, counted again from its exported files by somebody who never saw the definitions."""

import pytest
from django.apps import apps

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.demo.build import build
from dekaan.exchange.queries import export_school
from dekaan.frameworks.queries import frameworks
from dekaan.measures.cells import BREAKDOWNS
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import coverage
from dekaan.measures.tables import TABLES
from dekaan.people.models import Group
from tests.measures.engines import MASKS, engine, masks
from tests.measures.oracle import Oracle


@pytest.fixture
def school(db, settings, tmp_path):
    settings.DATA = tmp_path
    return build(schools=1, pupils=220).schools[0]


def test_every_figure_equals_an_independent_count(school, tmp_path):
    with working_in(school):
        export_school(school.pk, tmp_path / "export")
        forms = {str(group.pk): group.name for group in Group.objects.all()}
        oracle = Oracle(tmp_path / "export", records_begin=school.records_begin, today=today())
        compared, this_year = 0, academic_year_of(today())
        for framework in frameworks():
            for year in (this_year - 2, this_year - 1, this_year):
                for breakdown in BREAKDOWNS:
                    kept = coverage(school.pk, year, framework, breakdown=breakdown)
                    for criterion in framework.counted:
                        ours = {
                            forms.get(figure.value, figure.value) if breakdown == "tutor-group" else figure.value: (
                                figure.met,
                                figure.of,
                                figure.unknown,
                            )
                            for figure in kept
                            if figure.criterion == criterion.id and figure.of
                        }
                        assert ours == oracle.figures(criterion.id, year, breakdown), (criterion.id, year, breakdown)
                        compared += len(ours)
    assert compared > 500


@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_other_engines_judge_every_pupil_alike(school, name):
    with working_in(school):
        tables = flat_tables(school)
        kept = {
            (row["pupil_id"], row["academic_year"]): {mask: row[mask] for mask in MASKS}
            for row in PupilYear.objects.values("pupil_id", "academic_year", *MASKS)
        }
    with engine(name) as asked:
        found = masks(asked, tables, today())
    assert {key: {mask: row[mask] for mask in MASKS} for key, row in found.items()} == kept


def flat_tables(school) -> dict[str, list[dict]]:
    """The flat tables as the database has them."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    tables = {}
    for name, columns in TABLES.items():
        if name == "measures_pupil_year":
            continue
        rows = models[name].objects.all()
        if name == "schools_school":
            rows = rows.filter(pk=school.pk)
        tables[name] = list(rows.values(*columns))
    for row in tables["participation_participation"]:
        row["superseded_at"] = row["superseded_at"] and row["superseded_at"].replace(tzinfo=None)
    return tables
