"""The matrix binds the roles: none may more than it says, and what each does without has its reason."""

import pytest

from dekaan.access.data_classes import CLASS_NAMES, CLOSED, Access, Cell, DataClass
from dekaan.access.footnotes import FOOTNOTES, WITHOUT_ACCOUNT
from dekaan.access.matrix import MATRIX, OPENS, WHO_MAY, allows, opened_to
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES

pytestmark = pytest.mark.once

NO_SCREENS_YET = "its screens come with guidance and caseloads"
ITS_OWN_GROUP = "figures of part of the school are not kept yet, and those of the whole are not its own"
_PAGES = {Permission.HOME_SEE, Permission.PROGRAMME_SEE, Permission.TEAM_SEE, Permission.BENCHMARKS_SEE}
# What the matrix would allow and a role does without.
DOES_WITHOUT = {
    "commissioned-adviser": (
        {
            Permission.PUPILS_SEE,
            Permission.SEN_SEE,
            Permission.NAMES_SEE,
            Permission.BENCHMARKS_SEE,
            Permission.REPORTS_SEE,
        },
        NO_SCREENS_YET,
    ),
    "tutor": ({Permission.BENCHMARKS_SEE, Permission.FIGURES_EXACT, Permission.REPORTS_SEE}, ITS_OWN_GROUP),
    "subject-lead": (
        {Permission.PUPILS_SEE, Permission.NAMES_SEE, Permission.PROGRAMME_CHANGE, Permission.REPORTS_SEE},
        "sees the names of own sessions in their registers; a subject's own part is not told apart yet",
    ),
    "session-teacher": (
        {Permission.PUPILS_SEE, Permission.NAMES_SEE, Permission.BENCHMARKS_SEE},
        "sees names in the register of the session, and nowhere else",
    ),
    "senco": ({Permission.FIGURES_EXACT}, ITS_OWN_GROUP),
    "head-of-year": ({Permission.FIGURES_EXACT}, ITS_OWN_GROUP),
    "dsl": (
        {Permission.FIGURES_EXACT, Permission.PARTNERS_SEE},
        "small numbers are hidden outside the careers team, and of partners they read checks, which are not kept yet",
    ),
    "slt-line-manager": (
        {Permission.FIGURES_EXACT, Permission.PROGRAMME_CHANGE},
        "small numbers are hidden outside the careers team, and what is approved is not built yet",
    ),
    "headteacher": (
        {Permission.FIGURES_EXACT, Permission.PROGRAMME_CHANGE},
        "small numbers are hidden outside the careers team, and what is approved is not built yet",
    ),
    "enterprise-adviser": ({Permission.REPORTS_SEE}, "a report is more than the programme"),
    "enterprise-coordinator": (
        {Permission.REPORTS_SEE, Permission.PARTNERS_SEE},
        "a school shares neither its reports nor its contacts yet",
    ),
    "pupil": (
        _PAGES | {Permission.DESTINATIONS_SEE, Permission.DESTINATIONS_CHANGE, Permission.DESTINATIONS_COUNT},
        "pupils have no screens yet",
    ),
    "carer": (
        _PAGES | {Permission.DESTINATIONS_SEE, Permission.DESTINATIONS_COUNT},
        "parents and carers have no screens yet",
    ),
}


def test_every_role_has_a_line_and_every_line_a_role():
    assert set(MATRIX) == set(ROLES) | set(WITHOUT_ACCOUNT)
    assert {tuple(line) for line in MATRIX.values()} == {tuple(DataClass)}


def test_every_class_has_a_name_and_every_permission_opens_something_said():
    assert set(CLASS_NAMES) == set(DataClass)
    assert set(OPENS) == set(Permission)
    assert set().union(*(actions for _, actions, _, _ in WHO_MAY)) <= set(Permission)
    assert set().union(*(roles for _, _, roles, _ in WHO_MAY)) <= set(ROLES)


def test_every_footnote_is_pointed_at_and_every_mark_has_one():
    marks = {number for line in MATRIX.values() for cell in line.values() for number in cell.notes}
    assert marks == set(FOOTNOTES) == set(range(1, 19))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_the_matrix_says_and_no_more(role):
    allowed = {each for each in Permission if allows(role, each)}
    assert ROLES[role].may - allowed == set()
    assert allowed - ROLES[role].may == DOES_WITHOUT.get(role, (set(), ""))[0]


def test_no_role_reads_closed_data_across_schools():
    """R1: counts at most, in the scope of a trust."""
    assert [(role, each) for role in MATRIX for each in CLOSED if "T" in opened_to(role, each, Access.READS)] == []


def test_nobody_reads_notes_without_a_note_of_their_own_a_case_or_breaking_the_glass():
    assert {role: MATRIX[role][DataClass.N].written for role in MATRIX if opened_to(role, DataClass.N)} == {
        "careers-adviser": "rw own, r c [4]",
        "commissioned-adviser": "rw own",
    }


def test_the_roles_that_the_matrix_closes_special_needs_and_flags_to_see_neither():
    for role in ("tutor", "careers-administrator", "link-governor", "technician", "slt-line-manager", "headteacher"):
        assert not opened_to(role, DataClass.S2), role
        assert not opened_to(role, DataClass.S3), role
        assert {Permission.SEN_SEE, Permission.FLAGS_SEE} & ROLES[role].may == set()


def test_a_cell_is_read_as_it_is_written():
    cell = Cell.read("r s, w own [4]")
    assert [(part.does, part.scope, part.only) for part in cell.parts] == [("r", "s", ""), ("w", "own", "")]
    assert cell.notes == (4,)
    assert cell.scopes(Access.READS) == {"s", "own"}
    assert cell.scopes(Access.WRITES) == {"own"}
    assert cell.in_words == "sees of the whole school; changes of their own making"
    assert Cell.read("r y (dates and place)").in_words == "sees of one year group (dates and place)"
    assert Cell.read("#").scopes(Access.COUNTS) == {""}
    assert not Cell.read("#").opens(Access.READS)
    assert [Cell.read(closed).opens(Access.COUNTS) for closed in ("-", "case", "bg", "rel k")] == [False] * 4
    with pytest.raises(ValueError, match="anything"):
        Cell.read("anything")
