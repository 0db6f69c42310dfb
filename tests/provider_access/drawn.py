"""Worked cases of provider access drawn as tables: encounters, pupils' years and schools, put there by the real changes."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import FAILED, UNKNOWN, Answers, bit_of, flags, handed_down, mask_of
from dekaan.measures.changes import recount
from dekaan.participation.changes import Mark, Occasion, record_participation
from dekaan.participation.queries import live
from dekaan.people.changes import change_pupil, join_school, leave_school
from dekaan.people.models import Group, Membership, Pupil, YearRecord
from dekaan.programme.changes import (
    Invited,
    change_session,
    correct_mark,
    it_happened,
    note_unrecorded,
    plan_activity,
    plan_catch_up,
    plan_session,
    say_of_activity,
    say_of_session,
)
from dekaan.programme.models import Activity, Session
from dekaan.programme.queries import sessions_by_law
from dekaan.provider_access.queries import attended, offered, phase
from dekaan.schools.changes import add_calendar_entry, add_school, set_term_dates
from dekaan.schools.models import School
from dekaan.schools.queries import usual_breaks

CASES = Path(__file__).parent / "cases"
PHASES = ("PA.1", "PA.2", "PA.3")
CONTENTS = {
    "offer": "offer",
    "careers": "careers-it-leads-to",
    "learning": "what-learning-is-like",
    "questions": "two-way",
    "offers": "provider-offers",
    "all": "whole-cohort",
}
FOUR = ("offer", "careers", "learning", "questions")
A_TUESDAY = "2026-11-24"

Row = dict[str, str]


@dataclass(frozen=True)
class Case:
    """A row of a table: what is drawn, what the law answers, and where that stands."""

    page: str
    said: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        return dict(self.said).get(name, "")

    @property
    def title(self) -> str:
        """What the case is called."""
        return f"{self.page}: {self['case']}"


def every_case(kind: str) -> list[Case]:
    """The cases of the pages whose tables begin with that: "encounter", "pupil" or "school"."""
    found = []
    for page in sorted(CASES.glob("*.md")):
        head: list[str] = []
        kinds = ""
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.startswith("kind: "):
                kinds = line.removeprefix("kind: ")
            if not line.startswith("|"):
                head = []
                continue
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not head:
                head = cells
            elif set(cells[0]) != {"-"} and kinds == kind:
                found.append(Case(page.stem, tuple(zip(head, cells, strict=True))))
    return found


def mask(words: str) -> int:
    """The flags of those words."""
    return sum(flags()[CONTENTS[word]].bit for word in words.split())


# --- one encounter of a year group ---------------------------------------------------------------


def make_school() -> School:
    """The school of the year group that is drawn; its term dates of 2022/23 and of 2026/27 are entered, the usual ones."""
    school = add_school(name="Drawn School", slug="drawn", records_begin=date(2020, 9, 1), establishment_type="34")
    with working_in(school):
        for year in (2022, 2026):
            set_term_dates(year, breaks=usual_breaks(year), by=None)
        add_calendar_entry(kind="inset", starts_on=date(2027, 1, 11), by=None)
        add_calendar_entry(kind="inset", starts_on=date(2027, 1, 12), by=None, year_groups=[12, 13])
        add_calendar_entry(kind="inset", starts_on=date(2027, 1, 13), by=None, year_groups=[9, 10])
        add_calendar_entry(kind="exams", starts_on=date(2027, 1, 14), by=None)
    return school


def year_ten(case: Case) -> dict[str, Pupil]:
    """Ada and Ben in 10A, Cy and Dee in 10B, in Year 10 in the year of the case; Ada and Cy are engineers.

    Eve and Flo are all of Year 9, in 9A.
    """
    found, year = {}, academic_year_of(date.fromisoformat(case["day"] or A_TUESDAY))
    for name, group in (("Ada", "10A"), ("Ben", "10A"), ("Cy", "10B"), ("Dee", "10B")):
        found[name] = join_school(
            surname="Drawn", forename=name, year_group=10, starts_on=year_start(year), by=None, tutor_group=group
        )
    for name in ("Eve", "Flo"):
        found[name] = join_school(
            surname="Drawn", forename=name, year_group=9, starts_on=year_start(year), by=None, tutor_group="9A"
        )
    engineers = Group.objects.create(kind=Group.Kind.OTHER, name="Engineers", academic_year=year)
    for name in ("Ada", "Cy"):
        Membership.objects.create(group=engineers, pupil=found[name], starts_on=year_start(year))
    return found


def invited(words: str, pupils: dict[str, Pupil]) -> Invited:
    """Year 10, tutor groups, a group or pupils by name."""
    years, groups, named = [], [], []
    for word in words.split(", "):
        if word.startswith("Year "):
            years.append(int(word.removeprefix("Year ")))
        elif word in pupils:
            named.append(pupils[word])
        else:
            groups.append(Group.objects.get(name=word))
    return Invited(tuple(years), tuple(groups), tuple(named))


def put_on(case: Case, pupils: dict[str, Pupil]) -> list[Session]:
    """The case's activity is planned, said and recorded, one session for each part of "for"; the sessions."""
    day = date.fromisoformat(case["day"] or A_TUESDAY)
    activity = plan_activity(
        title=case["case"][:200],
        activity_type=case["activity"] or "PROVTALK",
        criteria=PHASES,
        mode=case["mode"] or "in_school",
        partner_kind="" if case["with"] == "not said" else case["with"] or "fe-college",
        by=None,
    )
    no = mask(case["said no"])
    said = Answers(mask(" ".join(FOUR)) & ~no & ~mask(case["blank"]) | mask(case["said yes"]), no)
    say_of_activity(activity, Answers(said.yes & handed_down(), said.no & handed_down()), by=None)
    of_occasion = Answers(said.yes & ~handed_down(), said.no & ~handed_down())
    at, minutes = case["at"] or "10:00", case["minutes"] or "60"
    found = list[Session]()
    for words in (case["for"] or "Year 10").split("; "):
        if words.startswith("catch-up "):
            absent = invited(words.removeprefix("catch-up "), pupils).pupils
            for each in absent:
                correct_mark(found[0], pupil=each, state="absent", by=None)
            caught_up = plan_catch_up(found[0], held_on=day + timedelta(days=1), by=None, pupils=absent)
            change_session(caught_up, by=None, starts_at=found[0].starts_at, minutes=found[0].minutes)
            it_happened(caught_up, by=None)  # type: ignore[arg-type]
            found.append(caught_up)
            continue
        session = plan_session(
            activity,
            held_on=day,
            invited=invited(words, pupils),
            starts_at=None if at == "not said" else time.fromisoformat(at),
            minutes=None if minutes == "not said" else int(minutes),
            by=None,
        )
        if of_occasion:
            say_of_session(session, of_occasion, by=None)
        it_happened(session, by=None)  # type: ignore[arg-type]
        found.append(session)
    return found


def judged(session: Session, pupil: Pupil, asked: str) -> tuple[str, str, str]:
    """Whether the ledger counts the session for the pupil's phase, whether it is shown, and what stands in its way."""
    row = live().get(source_kind="session", source_id=session.pk, pupil=pupil)
    bit, second = bit_of(asked), bit_of(f"{asked}.shown")
    counts = "yes" if row.criteria & bit else "unknown" if row.criteria_unknown & bit else "no"
    (found,) = sessions_by_law([Session.objects.select_related("activity").get(pk=session.pk)]).values()
    in_the_way = [each.test.key for each in found if each.state in {FAILED, UNKNOWN}]
    if any(each.state == FAILED for each in found):
        in_the_way = [each.test.key for each in found if each.state == FAILED]
    return counts, "yes" if row.criteria & second else "no", " ".join(in_the_way)


# --- a pupil's years ------------------------------------------------------------------------------


def pupil_of(case: Case, school: School) -> Pupil:
    """The pupil in those year groups, from the first year or the day on which they joined."""
    first, groups = int(case["from"]), [int(each) for each in case["years"].split()]
    joined = date.fromisoformat(case["joined"]) if case["joined"] else year_start(first)
    begin = academic_year_of(joined)
    pupil = join_school(
        surname="Drawn",
        forename="Ada",
        year_group=groups[begin - first],
        starts_on=joined,
        status=case["status"] or "C",
        by=None,
    )
    for year, group in enumerate(groups, start=first):
        if year >= begin:
            YearRecord.objects.update_or_create(pupil=pupil, academic_year=year, defaults={"year_group": group})
    if case["cohort"]:
        change_pupil(pupil, by=None, benchmark_cohort=False)
    if case["left"]:
        leave_school(pupil, on=date.fromisoformat(case["left"]), by=None)
    recount([pupil.pk], range(first, first + len(groups)))
    return pupil


def goes_through(case: Case, pupil: Pupil, today: date) -> None:
    """What the pupil had, in the order of the case: a day and what became of it, with a college, everything said."""
    for number, words in enumerate(case["had"].split("; ") if case["had"] else [], start=1):
        day, _, state = words.partition(" ")
        held_on = date.fromisoformat(day)
        if state == "elsewhere":  # what came with a joiner
            past = Occasion("history", number, "Elsewhere", held_on, "ITPTALK", criteria=mask_of(PHASES))
            record_participation([(past, [Mark(pupil.pk, "attended", "confirmed")])], by=None)
        elif state == "caught up":
            first = Session.objects.order_by("pk").last()
            assert first
            it_happened(plan_catch_up(first, held_on=held_on, by=None, pupils=[pupil]), by=None)  # type: ignore[arg-type]
        else:
            _had(number, held_on, state, pupil)
    note_unrecorded(today)


def _had(number: int, held_on: date, state: str, pupil: Pupil) -> None:
    activity: Activity = plan_activity(
        title=f"College {number}",
        activity_type="PROVTALK",
        criteria=PHASES,
        partner_kind={"at a university": "university", "at a university that offers": "university"}.get(
            state, "fe-college"
        ),
        by=None,
    )
    say_of_activity(activity, Answers(yes=mask(" ".join(FOUR))), by=None)
    group = YearRecord.objects.get(pupil=pupil, academic_year=academic_year_of(held_on)).year_group
    at = time(18, 30) if state == "in the evening" else time(10)
    session = plan_session(
        activity, held_on=held_on, invited=Invited(year_groups=(group,)), starts_at=at, minutes=60, by=None
    )
    if state == "at a university that offers":
        say_of_session(session, Answers(yes=mask("offers")), by=None)
    if state in {"planned", "not recorded"}:
        return
    it_happened(session, by=None)  # type: ignore[arg-type]
    if state in {"absent", "part", "opted_out", "not_applicable"}:
        correct_mark(session, pupil=pupil, state=state, by=None)


def said_of(case: Case, school: School, pupil: Pupil) -> tuple[str, str]:
    """What the pupil has had in the phase, in the case's year, and been offered; "not asked" where it is not asked."""
    of = phase(int(case["phase"]))
    assert of
    year = academic_year_of(date.fromisoformat(case["today"]))
    had = [each.had for each in attended(school.pk, year, of.criterion) if each.pupil_id == pupil.pk]
    offers = [each.had for each in offered(school.pk, year, of.criterion) if each.pupil_id == pupil.pk]
    return had[0] if had else "not asked", offers[0] if offers else "not asked"
