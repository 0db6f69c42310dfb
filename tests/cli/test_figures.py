"""Figures, names, the governors' report, and whether what is kept is true."""

import io

import pytest
from pypdf import PdfReader

from dekaan.audit.models import Event
from dekaan.cli.figures import OF_BEFORE
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.destinations.changes import record_statement
from dekaan.frameworks.queries import frameworks
from dekaan.measures.models import Considering, Coverage, PupilYear
from dekaan.participation.queries import live
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session, strike_off
from dekaan.reports.changes import issue_report
from dekaan.reports.models import Report
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.once

KEYS = ["school", "year", "framework", "criterion", "breakdown", "value", "met", "of", "unknown", "band"]


@pytest.fixture
def a_talk(stock):
    """Ada was at the employers' talk; Ben and Cy of 10A and Di of 11B were not. Beckford has a pupil too."""
    with working_in(stock.beckford):
        pupil("Bruno", "Canary")
    with working_in(stock.ashdown):
        stock.ada = pupil("Ada", pupil_premium=True, sen="N")
        ben = pupil("Ben", pupil_premium=False, sen="K")
        cy = pupil("Cy", pupil_premium=False, sen="N")
        pupil("Di", year_group=11, tutor_group="11B", pupil_premium=False, sen="N")
        talk = plan_activity(title="Talk", activity_type="TALK", by=stock.priya, partner_kind="employer")
        invited = Invited(pupils=(stock.ada, ben, cy))
        it_happened(plan_session(talk, held_on=today(), invited=invited, by=stock.priya), by=stock.priya)
        session_id = live().values_list("source_id", flat=True).first()
        strike_off(talk.sessions.get(pk=session_id), absent={ben.pk, cy.pk}, by=stock.priya)
    return stock


def figure(**given) -> dict:
    return {
        "school": "ashdown",
        "year": THIS_YEAR,
        "framework": "gatsby-2024",
        "criterion": "GB24.5.1",
        "breakdown": "all",
        "value": "",
        "met": 1,
        "of": 4,
        "unknown": 0,
        "band": "A few",
    } | given


ONE = ("coverage", "--school", "ashdown", "--criterion", "GB24.5.1")


def test_a_figure_is_met_of_so_many_with_its_band(run, a_talk):
    assert run(*ONE, "--json").json == [figure()]
    assert run(*ONE, "--json", "--year", THIS_YEAR, "--framework", "gatsby-2024").json == [figure()]


def test_every_counted_criterion_has_a_figure_with_the_keys_that_were_promised(run, a_talk):
    found = run("coverage", "--school", "ashdown", "--json").json
    assert [each["criterion"] for each in found] == [each.id for one in frameworks() for each in one.counted]
    assert {tuple(each) for each in found} == {tuple(KEYS)}
    assert {(each["school"], each["year"], each["breakdown"], each["value"]) for each in found} == {
        ("ashdown", THIS_YEAR, "all", "")
    }


def test_a_framework_is_asked_by_its_key(run, a_talk):
    for framework in frameworks():
        found = run("coverage", "--school", "ashdown", "--framework", framework.key, "--json").json
        assert [each["criterion"] for each in found] == [each.id for each in framework.counted]


def test_figures_by_group_have_a_value_each(run, a_talk):
    found = run(*ONE, "--by", "pupil-premium", "--json").json
    assert found == [
        figure(breakdown="pupil-premium", value="no", met=0, of=3, band="None"),
        figure(breakdown="pupil-premium", value="yes", met=1, of=1, band="All"),
    ]


def test_a_tutor_group_is_called_by_its_name(run, a_talk):
    found = run(*ONE, "--by", "tutor-group", "--json").json
    assert {(each["value"], each["met"], each["of"]) for each in found} == {("10A", 1, 3), ("11B", 0, 1)}


WANTED = ("--names", "--for", "follow-up", "--as")
FOR = (*WANTED, "priya@ashdown.example")


def test_names_are_those_who_miss_it_and_each_row_says_who_took_them_and_what_for(run, a_talk):
    (found,) = run(*ONE, *FOR, "--json").json
    mark = found.pop("mark")
    assert found == figure(missing=["Lovell, Ben", "Lovell, Cy", "Lovell, Di"])
    assert list(found) == [*KEYS, "missing"]
    assert mark.startswith("Exported from Dekaan by Priya ")
    assert mark.endswith(
        ": Ashdown School, 3 names, to follow up with these pupils in school. Keep it no longer than that takes."
    )


def test_names_in_groups_are_those_of_the_group(run, a_talk):
    found = run(*ONE, *FOR, "--by", "tutor-group", "--json").json
    assert {each["value"]: each["missing"] for each in found} == {
        "10A": ["Lovell, Ben", "Lovell, Cy"],
        "11B": ["Lovell, Di"],
    }


@pytest.mark.parametrize("breakdown", ["sen", "pupil-premium", "ethnicity", "eal", "looked-after"])
def test_names_by_a_sensitive_group_leave_in_no_list(run, a_talk, breakdown):
    """Priya may see on a page who has special needs; a list would tell wherever it goes."""
    said = run(*ONE, *FOR, "--by", breakdown)
    assert (said.code, said.out, "does not leave in a list" in said.err) == (1, "", True)
    assert not Event.objects.filter(action="names exported").exists()


@pytest.mark.parametrize(
    ("email", "breakdown", "is_told"),
    [
        ("ruth@ashdown.example", "sen", False),  # a subject lead counts nobody by needs
        ("ruth@ashdown.example", "year-group", True),
        ("tom@ashdown.example", "pupil-premium", False),  # nor the administrator by flags
        ("moira@governors.example", "sen", True),
        ("priya@ashdown.example", "looked-after", True),
    ],
)
def test_figures_by_a_sensitive_group_are_for_those_who_may_count_it(run, a_talk, email, breakdown, is_told):
    said = run(*ONE, "--as", email, "--by", breakdown)
    assert (said.code == 0, "may not do this" in said.err) == (is_told, not is_told)


def test_asking_for_names_is_recorded_and_told_to_a_second_person(run, a_talk):
    run(*ONE, *FOR)
    event = Event.objects.get(action="names exported")
    assert (event.actor_id, event.school_id) == (a_talk.priya.pk, a_talk.ashdown.pk)
    assert event.detail == {
        "criterion": "GB24.5.1",
        "year": THIS_YEAR,
        "by": "all",
        "purpose": "follow-up",
        "names": 3,
        "told": [a_talk.david.pk, a_talk.olive.pk],
    }


def test_more_names_than_the_school_lets_out_at_once_wait_for_a_second_person(run, a_talk):
    a_talk.ashdown.export_limit = 2
    a_talk.ashdown.save()
    said = run(*ONE, *FOR)
    assert (said.code, said.out, "Say --agreed-by" in said.err) == (1, "", True)
    assert run(*ONE, *FOR, "--agreed-by", "priya@ashdown.example").code == 1
    assert "Lovell, Ben" in run(*ONE, *FOR, "--agreed-by", a_talk.olive.email).out
    assert Event.objects.get(action="names exported").detail["agreed_by"] == a_talk.olive.pk


def test_figures_are_said_to_people_too(run, a_talk):
    said = run(*ONE, *FOR).out.splitlines()
    assert said[0].startswith("Exported from Dekaan by Priya ")
    assert said[1].split() == ["GB24.5.1", "1", "of", "4,", "0", "unknown", "A", "few"]
    assert [line.strip() for line in said[2:]] == ["Lovell, Ben", "Lovell, Cy", "Lovell, Di"]


def test_somebody_outside_the_careers_team_is_told_no_number_under_six(run, a_talk):
    """Moira is a link governor; Priya leads careers."""
    asked = (*ONE, "--json", "--as")
    assert run(*asked, "priya@ashdown.example").json == [figure()]
    assert run(*asked, "moira@governors.example").json == [figure(met=None, of=None, unknown=None, band="")]
    assert "hidden" in run(*ONE, "--as", "moira@governors.example").out
    assert run(*asked, "kit@weirbrook.example").code == 1


def test_a_year_without_records_has_nobody_in_it(run, a_talk):
    assert run(*ONE, "--year", 2001, "--json").json == [figure(year=2001, met=0, of=0, band="Not applicable")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--school", "nowhere"], "There is no school called “nowhere”. Schools here: ashdown, beckford, farfield."),
        (["--school", ""], "There is no school called “”."),
        (["--school", "ashdown", "--criterion", "GB24.9.9"], "“GB24.9.9” is not a criterion that is counted."),
        (["--school", "ashdown", "--criterion", "GB24.1.1"], "“GB24.1.1” is not a criterion that is counted."),
        (
            ["--school", "ashdown", "--framework", "gatsby-2014", "--criterion", "GB24.5.1"],
            "“GB24.5.1” is not a criterion that is counted.",
        ),
        (["--school", "ashdown", "--names"], "say who asks with --as EMAIL"),
        (["--school", "ashdown", "--names", "--as", "priya@ashdown.example"], "Names leave for a purpose: say --for"),
        (["--school", "ashdown", *WANTED, "nobody@x.example"], "There is no account with the address"),
        (["--school", "ashdown", *WANTED, "moira@governors.example"], "may not do this at Ashdown School"),
        (["--school", "ashdown", *WANTED, "sam@ashdown.example"], "may not do this at Ashdown School"),
        (["--school", "ashdown", *WANTED, "bea@beckford.example"], "may not do this at Ashdown School"),
        (["--school", "beckford", *WANTED, "priya@ashdown.example"], "may not do this at Beckford Academy"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(run, a_talk, words, why):
    said = run("coverage", *words, "--json")
    assert (said.code, said.out, why in said.err) == (1, "", True), said


def test_the_report_for_governors_is_a_pdf_about_the_school_and_freezes_nothing(run, a_talk, tmp_path):
    paper = tmp_path / "governors.pdf"
    said = run("report", "governors", "--school", "ashdown", "-o", paper)
    assert (said.code, said.out) == (0, f"{paper}\n")
    assert paper.read_bytes().startswith(b"%PDF-")
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.read_bytes())).pages)
    assert ("Ashdown School" in words, "Beckford" in words, "Lovell" in words) == (True, False, False)
    with working_in(a_talk.ashdown):
        assert not Report.objects.exists()


@pytest.mark.parametrize("place", ["missing/folder/paper.pdf", "file/paper.pdf"])
def test_a_report_that_cannot_be_written_is_refused_in_words(run, stock, tmp_path, place):
    (tmp_path / "file").write_text("in the way")
    said = run("report", "governors", "--school", "ashdown", "-o", tmp_path / place)
    assert (said.code, said.out, "could not be written" in said.err) == (1, "", True)


def test_a_report_is_not_written_over_a_folder(run, stock, tmp_path):
    assert run("report", "governors", "--school", "ashdown", "-o", tmp_path).code == 2


def test_what_is_kept_is_true(run, a_talk):
    assert run("measures", "verify").out == "What is kept is true.\n"
    assert run("measures", "verify", "--school", "ashdown").out == "What is kept is true.\n"


def test_verify_names_a_pupils_row_that_was_tampered_with_and_rebuild_mends_it(run, a_talk):
    with working_in(a_talk.ashdown):
        PupilYear.objects.filter(pupil_id=a_talk.ada.pk, academic_year=THIS_YEAR).update(met=0)
    for _ in range(2):  # it changes nothing, so it says so again
        said = run("measures", "verify")
        assert said.code == 1
        assert said.err.splitlines()[0].startswith(f"ashdown: pupil {a_talk.ada.pk} in {THIS_YEAR}: kept ")
        assert said.err.splitlines()[-1] == "1 differences. Mend them with: dekaan measures rebuild"
    assert run("measures", "rebuild", "--school", "ashdown").out == "Ashdown School: rebuilt.\n"
    assert run("measures", "verify").code == 0


def test_verify_names_a_cell_that_was_tampered_with_and_only_in_its_school(run, a_talk):
    with working_in(a_talk.ashdown):
        Coverage.objects.filter(academic_year=THIS_YEAR, bit=13, breakdown="all").update(met=4)
    assert run(*ONE, "--json").json[0]["met"] == 4
    said = run("measures", "verify")
    assert said.err.startswith(f"ashdown: cell ({a_talk.ashdown.pk}, {THIS_YEAR}, 13, 'all', ''): kept (4, 4, 0, 0)")
    assert run("measures", "verify", "--school", "beckford").code == 0
    run("measures", "rebuild")
    assert run("measures", "verify").code == 0
    assert run(*ONE, "--json").json == [figure()]


def test_verify_misses_nobody_who_was_taken_out(run, a_talk):
    with working_in(a_talk.ashdown):
        PupilYear.objects.filter(pupil_id=a_talk.ada.pk).delete()
    assert f"pupil {a_talk.ada.pk} in {THIS_YEAR}: kept None" in run("measures", "verify").err


@pytest.mark.parametrize("command", ["verify", "rebuild"])
def test_measures_of_an_unknown_school_are_refused(run, stock, command):
    assert (run("measures", command, "--school", "nowhere").code, run("measures", command).code) == (1, 0)


# --- figures of a paper --------------------------------------------------------------------------


def test_every_figure_that_a_paper_froze_is_found_again_by_coverage(run, a_talk):
    """The paper's own walk finds all of them; and each that is of a criterion, the plain command too."""
    with working_in(a_talk.ashdown):
        for number in range(20):
            pupil(f"Pupil{number}", pupil_premium=True, sen="N")
        report = issue_report(a_talk.ashdown, on=today(), by=a_talk.priya)
        frozen = list(report.figures.all())
    again = run("coverage", "--school", "ashdown", "--report", str(report.pk), "--json").json
    assert len(again) == len(frozen) > 40
    assert {row["same"] for row in again} == {True}
    assert {row["source"] for row in again} >= {"The ledger of who took part", "The duty board", "The twin of Compass"}
    counted_here = {each.key for each in frameworks()}
    asked = {(each.framework, each.academic_year, each.breakdown) for each in frozen if each.framework in counted_here}
    found = {
        (row["year"], row["criterion"], row["breakdown"], row["value"]): (row["met"], row["of"], row["unknown"])
        for framework, year, breakdown in asked
        for row in run(
            *("coverage", "--school", "ashdown", "--framework", framework, "--year", str(year)),
            *("--by", breakdown, "--json"),
        ).json
    }
    told = [each for each in frozen if each.framework in counted_here and each.met is not None]
    assert any(each.of for each in told)
    for each in told:
        key = (each.academic_year, each.criterion, each.breakdown, each.value)
        assert found[key] == (each.met, each.of, each.unknown)


def test_coverage_of_a_report_says_what_has_changed_since(run, a_talk):
    with working_in(a_talk.ashdown):
        report = issue_report(a_talk.ashdown, on=today(), by=a_talk.priya)
        for number in range(20):
            pupil(f"Later{number}")
    said = run("coverage", "--school", "ashdown", "--report", str(report.pk)).out
    assert "now " in said
    assert "the same" in said
    refused = run("coverage", "--school", "beckford", "--report", str(report.pk))
    assert (refused.code, refused.out) == (1, "")
    assert f"has no report {report.pk}." in refused.err


def test_coverage_says_of_whom_a_criterion_is_asked_and_verify_what_was_told_wrongly(run, a_talk):
    said = run("coverage", "--school", "ashdown", "--criterion", "GB24.7.2").out
    assert "GB24.7.2: Asked of whoever considers higher education" in said
    assert "Asked of" not in run(*ONE).out
    with working_in(a_talk.ashdown):
        oldest = pupil("Oldest", year_group=13, tutor_group="")
        record_statement(oldest, by=None, kind="intention", source="pupil", route="university")
        Considering.objects.update(says=2)
    said = run("measures", "verify")
    assert said.err.startswith(f"ashdown: pupil {oldest.pk} in {THIS_YEAR}: told (2, 1) of higher education, is (3, 1)")
    run("measures", "rebuild")
    assert run("measures", "verify").code == 0


def test_a_paper_of_before_all_that_it_prints_was_frozen_says_so_and_still_tells_what_it_froze(run, a_talk):
    with working_in(a_talk.ashdown):
        report = issue_report(a_talk.ashdown, on=today(), by=a_talk.priya)
        asked = ("coverage", "--school", "ashdown", "--report", str(report.pk))
        assert OF_BEFORE not in run(*asked).out
        report.figures.exclude(framework__in=[each.key for each in frameworks()]).delete()
    lines = run(*asked).out.splitlines()
    assert lines[0] == OF_BEFORE
    assert len(lines) > 1
    assert {row["same"] for row in run(*asked, "--json").json} == {True}
    with working_in(a_talk.ashdown):
        report.figures.all().delete()  # the very first kept none of some kinds, and may have been of nobody
    assert run(*asked).out.splitlines() == [OF_BEFORE]
