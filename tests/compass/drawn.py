"""Small schools drawn as tables, put into the database, and the answers that a specialist would give."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from dekaan.compass.changes import answer_otherwise
from dekaan.compass.questions import QuestionSet, question_set
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.core.scope import working_in
from dekaan.curriculum.changes import add_link, add_subject, propose
from dekaan.destinations.changes import record_statement
from dekaan.evidence.changes import add_evidence
from dekaan.evidence.models import Evidence
from dekaan.frameworks.queries import SHOWN, registry
from dekaan.measures.changes import recount
from dekaan.participation.changes import Mark, Occasion, record_participation
from dekaan.people.models import Enrolment, Group, Membership, Pupil, YearRecord
from dekaan.quality.models import Answer, Collection
from dekaan.quality.models import Mark as QuestionMark
from dekaan.schools.changes import add_school
from dekaan.schools.models import School

CASES = Path(__file__).parent / "cases"
FIRST_YEAR = 2018

Row = dict[str, str]


@dataclass
class Drawn:
    """One drawn case: its settings, its tables by their first column, in the order of the page."""

    title: str
    settings: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on which it is asked."""
        return date.fromisoformat(self.settings.get("today", "2026-11-24"))

    @property
    def of(self) -> QuestionSet:
        """The set of questions that is asked."""
        found = question_set(self.settings["set"])
        assert found, self.title
        return found


def every_case() -> list[Drawn]:
    """The cases of all pages."""
    return [case for page in sorted(CASES.glob("*.md")) for case in _cases(page.read_text(encoding="utf-8"))]


def _cases(text: str) -> list[Drawn]:
    found = []
    for part in text.split("\n## ")[1:]:
        lines = part.splitlines()
        case, head = Drawn(lines[0]), list[str]()
        for line in lines[1:]:
            if not line.startswith("|"):
                head = []
                if ": " in line:
                    name, said = line.split(": ", 1)
                    case.settings[name] = said
                continue
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not head:
                head = cells
                key = (
                    "did"
                    if "did" in head
                    else "plan"
                    if "means to go to" in head
                    else "went"
                    if "went to" in head
                    else head[0]
                )
                case.tables[key] = []
            elif set(cells[0]) != {"-"}:
                case.tables[key].append(dict(zip(head, cells, strict=True)))
        found.append(case)
    return found


def build(case: Drawn, slug: str = "drawn") -> School:
    """The school that the case draws, counted."""
    begin = date.fromisoformat(case.settings.get("records begin", f"{FIRST_YEAR}-09-01"))
    school = add_school(
        name=f"{slug.title()} School",
        slug=slug,
        records_begin=begin,
        has_sixth_form=case.settings.get("sixth form") == "yes",
    )
    with working_in(school):
        pupils = {
            name: _pupil(name, row, case) for row in case.tables.get("pupil", ()) for name in row["pupil"].split(", ")
        }
        for number, row in enumerate(case.tables.get("did", ()), start=1):
            _did(number, row, [pupils[name] for name in row["pupil"].split(", ")])
        recount([each.pk for each in pupils.values()], [FIRST_YEAR])
        for row in case.tables.get("plan", ()):
            for name in row["pupil"].split(", "):
                record_statement(
                    pupils[name],
                    by=None,
                    kind="intention",
                    source="pupil",
                    route=row["means to go to"],
                    said_on=date.fromisoformat(row["said on"]),
                )
        for row in case.tables.get("went", ()):
            for name in row["pupil"].split(", "):
                said_on = date.fromisoformat(row["said on"])
                says = {"kind": row["of"], "source": "pupil", "route": row["went to"], "said_on": said_on}
                record_statement(pupils[name], by=None, **says)
        _draw_curriculum(case, pupils)
        for row in case.tables.get("fact", ()):
            add_evidence(
                title=row["fact"][:60],
                kind=Evidence.Kind.STATEMENT,
                facts=row["fact"].split(", "),
                dated_on=date.fromisoformat(row["dated"]),
                valid_until=date.fromisoformat(row["until"]),
                review=row.get("review", Evidence.Review.CHECKED),
                by=None,
            )
        for row in case.tables.get("asked for feedback", ()):
            _asked(row)
        for row in case.tables.get("own answer to", ()):
            question = case.of.question(row["own answer to"])
            assert question
            answer_otherwise(question, case.of, answer=row["is"], reason=row["because"], instead_of="", by=None)
    return school


def _pupil(name: str, row: Row, case: Drawn) -> Pupil:
    """On the roll since 1 September of the year, a year group higher each year unless the groups are drawn."""
    since, now = int(row["since"]), academic_year_of(case.today)
    groups = [int(each) for each in row.get("groups", "").split()]
    groups = groups or list(range(int(row["now"]) - (now - since), int(row["now"]) + 1))
    pupil = Pupil.objects.create(forename=name, surname="Drawn", benchmark_cohort=row.get("cohort", "") != "outside")
    left = row.get("left", "")
    Enrolment.objects.create(
        pupil=pupil,
        starts_on=year_start(since),
        ends_on=date.fromisoformat(left) if left else None,
        status=row.get("status", "") or "C",
    )
    for year, group in zip(range(since, now + 1), groups, strict=True):
        YearRecord.objects.create(pupil=pupil, academic_year=year, year_group=group)
    return pupil


def _draw_curriculum(case: Drawn, pupils: dict[str, Pupil]) -> None:
    """Subjects with the year groups that take them whole, who is in a teaching group, and what was linked."""
    subjects = {
        row["subject"]: add_subject(
            name=row["subject"], year_groups=[int(each) for each in row["all of"].split()], by=None
        )
        for row in case.tables.get("subject", ())
    }
    for row in case.tables.get("in a group of", ()):
        group, _ = Group.objects.get_or_create(
            kind=Group.Kind.TEACHING,
            name=row["in a group of"],
            subject=row["in a group of"],
            academic_year=academic_year_of(case.today),
        )
        for name in row["pupil"].split(", "):
            Membership.objects.create(
                group=group, pupil=pupils[name], starts_on=year_start(academic_year_of(case.today))
            )
    for row in case.tables.get("link", ()):
        said = {"what": "How it is used at work", "year_group": int(row["year group"]), "academic_year": int(row["in"])}
        if row["link"] in subjects and row["state"] != "proposed":
            add_link(subject=subjects[row["link"]], is_taught=row["state"] == "taught", by=None, **said)
        else:
            propose(page=f"{row}", subject=subjects.get(row["link"]), subject_said=row["link"], is_taught=True, **said)


def _asked(row: Row) -> None:
    """Somebody asked a group for feedback, and so many answered a week later."""
    opened, data = date.fromisoformat(row["on"]), {"teachers": ("staff", 1), "other staff": ("staff", 2)}
    audience, role = data.get(row["asked for feedback"], (row["asked for feedback"], 0))
    collection = Collection.objects.create(
        questionnaire=audience,
        version=1,
        audience=audience,
        academic_year=academic_year_of(opened),
        opened_on=opened,
        closes_on=opened + timedelta(days=14),
        link_hash=f"{audience} {opened}",
    )
    for _ in range(int(row["answered"])):
        answer = Answer.objects.create(collection=collection, came_by="link", given_on=opened + timedelta(days=7))
        if role:
            QuestionMark.objects.create(answer=answer, question="role", value=role)


def _did(number: int, row: Row, pupils: list[Pupil]) -> None:
    tag, _, kind = row["did"].partition(" ")
    is_shown = row.get("meaningful", "") == "shown"
    mask = sum(1 << registry().bits[each] for each in ([tag, tag + SHOWN] if is_shown else [tag]))
    occasion = Occasion(
        source_kind="session",
        source_id=number,
        title=row["did"],
        happened_on=date.fromisoformat(row["on"]),
        activity_type="TALK",
        criteria=mask,
        partner_kind=kind,
    )
    state, known = row.get("state", "") or "attended", row.get("known", "") or "checked"
    record_participation([(occasion, [Mark(each.pk, state, known) for each in pupils])], by=None)
