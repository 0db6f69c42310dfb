"""A file becomes lines, each with what it will become. Reading is done outside any transaction."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today, year_label, year_start
from dekaan.core.folding import folded
from dekaan.core.many import not_collecting
from dekaan.core.scope import schools_in_scope
from dekaan.exchange.changes.keeping import delete_file, sheet_of
from dekaan.exchange.changes.lines import keep_lines
from dekaan.exchange.columns import Table, fingerprint, guessed, is_unmistakable, name_run_together, plain, understood
from dekaan.exchange.deciding import decide, matched, spoken_for_by
from dekaan.exchange.deciding_destinations import decide_destinations, leavers_of
from dekaan.exchange.deciding_others import ELSEWHERE, decide_others, with_marks
from dekaan.exchange.erased import leave_out_erased
from dekaan.exchange.fields import fields_of
from dekaan.exchange.history import spread_lines
from dekaan.exchange.matching import find_pupil
from dekaan.exchange.models import Decision, ImportLine, ImportRun, Mapping
from dekaan.exchange.reading.dates import date_inside, in_words
from dekaan.exchange.reading.sheet import Sheet, Unreadable
from dekaan.exchange.recorded import members_of_teaching_groups, said_on
from dekaan.exchange.register import register_of_pupils, register_of_staff
from dekaan.exchange.rollover import rollover_lines
from dekaan.exchange.said_of_leavers import guessed_about, unknown_words
from dekaan.exchange.schools_named import OurSchool, leave_out_schools
from dekaan.exchange.settled import settle_as_before, still_asked_after
from dekaan.exchange.staging import Line, day_order, revived, typed_lines
from dekaan.exchange.stopping import entry_years, lists_whole_roll, reasons_to_stop
from dekaan.exchange.strangers import providers_asked_about, words_asked_about
from dekaan.partners.queries import plain_name
from dekaan.people.queries import erased_pupils

SAME_SENDER = 0.7  # of the headings; a sender adds a column now and then
TAKEN_AS = {
    "all": "Taken as the whole roll: whoever is missing from it has left.",
    "some": "Taken as a list of some pupils: nobody leaves.",
}
EARLIEST = timedelta(days=100)  # before the first day of the year to come


class TooEarly(Exception):
    """The next academic year is planned from June on."""


def read_table(run: ImportRun) -> tuple[Sheet, Table]:
    """The file as a sheet and as a table. Raises Unreadable. Touches no database."""
    sheet = sheet_of(run)
    if sheet.kind == "ctf" and run.kind != "pupils":
        raise Unreadable("A Common Transfer File is a list of pupils; choose Pupils as the kind of list.")
    return sheet, understood(sheet, run.kind)


@transaction.atomic
def refuse(run: ImportRun, problem: Any) -> None:
    """The file cannot be used, for the reason given in words; nothing has changed, and nothing of it is kept."""
    delete_file(run)
    run.state, run.problem, run.percent_done = ImportRun.State.REFUSED, str(problem)[:500], 100
    run.save(update_fields=["state", "problem", "percent_done", "stored_as"])


@transaction.atomic
def prepare(run: ImportRun, sheet: Sheet, table: Table) -> bool:
    """The columns are guessed, as the school settled them last time where it did.

    True where nothing needs asking, so that the file is compared at once: the headings are those of last time; or they
    are unmistakable, and no sensitive column is among them that nobody has been asked about yet.
    """
    remembered = remembered_of(run.kind, table)
    meanings = guessed(table.columns, run.kind, remembered.meanings if remembered else None)
    order = day_order(table, meanings)
    known = bool(remembered and remembered.fingerprint == fingerprint(table.columns))
    asked_about = {*remembered.meanings.values()} if remembered else set()
    is_new = any(_is_sensitive(run.kind, key) and key not in asked_about for key in meanings.values())
    run.columns = [
        {
            "place": column.place,
            "letters": column.letters,
            "heading": column.heading,
            "examples": [] if _is_sensitive(run.kind, meanings[column.place]) else list(column.examples),
        }
        for column in table.columns
    ]
    run.meanings = {str(place): key for place, key in meanings.items()}
    fields = fields_of(run.kind)
    run.switched_on = [key for key in (remembered.switched_on if remembered else []) if key in fields]
    run.day_first, run.ambiguous_date = order.day_first, order.example if order.day_first is None else ""
    if run.ambiguous_date and known and remembered and remembered.day_first is not None:
        run.day_first, run.ambiguous_date = remembered.day_first, ""
    run.notes = list(sheet.notes)
    if example := name_run_together(table, meanings):
        surname, _, forename = example.partition(" ")
        run.notes.append(
            f"Names in one column are read surname first: “{example[:60]}” as {forename[:40]}, surname {surname[:40]}."
        )
    if run.kind == "absences":
        _settle_day(run, table, meanings)
    if run.kind == "destinations":
        said = remembered.answers if remembered else {}
        run.occasions = {
            **guessed_about(table, meanings, run.file_name, today()),
            **said,
            "words": said.get("words", {}),
            "providers": said.get("providers", {}),
        }
        run.occasions["sender"] = remembered.sender if remembered else ""
        run.occasions["unknown"] = [
            word for word in unknown_words(table, meanings) if folded(word) not in run.occasions["words"]
        ]
    if sheet.kind == "ctf":
        run.coverage, run.coverage_reason = "some", "A transfer file is about those who move: nobody leaves."
        run.sent_elsewhere = _sent_elsewhere(run, sheet)
    is_plain = run.kind == "pupils" and is_unmistakable(table, meanings) and not is_new
    asks_nothing = known or sheet.kind == "ctf" or is_plain
    if run.ambiguous_date or run.kind in {"participation", "destinations"}:
        asks_nothing = False
    run.state, run.percent_done = (ImportRun.State.STAGING, 40) if asks_nothing else (ImportRun.State.COLUMNS, 30)
    run.save()
    return asks_nothing


def remembered_of(kind: str, table: Table) -> Mapping | None:
    """How the school reads such files; of destinations, those of the sender whose headings they are."""
    every = list(Mapping.objects.filter(kind=kind).order_by("-saved_at", "-pk"))
    if kind != "destinations":
        return every[0] if every else None
    own = {plain(column.heading) for column in table.columns} - {""}

    def shared(each: Mapping) -> float:
        theirs = {*each.fingerprint.split("|")} - {""}
        return len(own & theirs) / max(len(own | theirs), 1)

    likest = max(every, key=shared, default=None)
    return likest if likest and shared(likest) >= SAME_SENDER else None


def _is_sensitive(kind: str, key: str) -> bool:
    field = fields_of(kind).get(key)
    return bool(field and field.sensitive)


def _sent_elsewhere(run: ImportRun, sheet: Sheet) -> str:
    """What a transfer file says of itself where it was sent to another school."""
    estab = sheet.about.get("destination_authority", "") + sheet.about.get("destination_establishment", "")
    own = run.school.laestab
    if own and estab.isdigit() and len(estab) == 7 and estab != own:
        return (
            f"The file was sent to the school {estab[:3]}/{estab[3:]}, and this is {own[:3]}/{own[3:]}. "
            "Is it another school's file?"
        )
    return ""


def _settle_day(run: ImportRun, table: Table, meanings: dict[int, str]) -> None:
    """The day of marks whose rows name none: the one above the headings, else that of the session, else today."""
    if "day" in meanings.values():
        return
    titles = [cell for row in table.set_aside for cell in row.cells if row.number < table.heading_row]
    found = next((day for cell in titles if (day := date_inside(cell)[0])), None)
    day = found or (date.fromisoformat(run.occasions["day"]) if run.occasions.get("day") else today())
    run.occasions = {"day": day.isoformat()}
    run.notes.append(f"No column holds a date: all of it is taken to be of {in_words(day)}.")


@transaction.atomic
def choose_columns(
    run: ImportRun,
    *,
    meanings: dict[int, str],
    switched_on: list[str],
    day_first: bool | None,
    by: User | None,
    occasions: dict[str, Any] | None = None,
) -> None:
    """The columns mean this, now and for the school's next file with these headings.

    What was said of headings that this file does not have is still remembered.
    """
    run.meanings = {str(place): key for place, key in meanings.items()}
    run.switched_on = switched_on
    if occasions is not None:
        run.occasions = occasions
    if day_first is not None:
        run.day_first = day_first
    run.state, run.percent_done, run.leased_until = ImportRun.State.STAGING, 40, None
    run.save()
    headings = {column["place"]: plain(column["heading"]) for column in run.columns}
    sender = run.occasions.get("sender", "") if run.kind == "destinations" else ""
    before = Mapping.objects.filter(kind=run.kind, sender=sender).first()
    elsewhere = {*before.switched_on} - {*meanings.values()} if before else set()
    Mapping.objects.update_or_create(
        kind=run.kind,
        sender=sender,
        defaults={
            "answers": {
                name: run.occasions[name] for name in ("source", "words", "providers") if name in run.occasions
            },
            "meanings": (before.meanings if before else {})
            | {headings[place]: key for place, key in meanings.items() if headings.get(place)},
            "fingerprint": "|".join(sorted(headings.values())),
            "switched_on": sorted({*switched_on} | elsewhere),
            "day_first": before.day_first if before and day_first is None else day_first,
            "saved_by": by,
        },
    )
    detail = {"sensitive": switched_on}
    record(action="import's columns chosen", by=by, subject="import", subject_id=run.pk, detail=detail)


def stage(run: ImportRun, sheet: Sheet, table: Table) -> None:
    """Every row of the file is a line with its decision, and the preview can be looked at.

    Long lists are kept a piece at a time, so that nobody waits for the writer; cut short, it begins again.
    """
    with not_collecting():
        lines = decided(run, lines_of(run, sheet, table))
        if run.kind == "destinations":  # what is asked where the columns are looked at again
            words, meanings = run.occasions.get("words", {}), {int(place): key for place, key in run.meanings.items()}
            unknown = [word for word in unknown_words(table, meanings) if folded(word) not in words]
            run.occasions = {**run.occasions, "unknown": unknown}
        if away := sum(line.reason == ELSEWHERE for line in lines):
            run.notes.append(f"{away} rows say that the pupil was elsewhere for the school: these are not struck off.")
        keep_lines(run, lines)
    run.state, run.percent_done = ImportRun.State.PREVIEW, 100
    run.save()


def lines_of(run: ImportRun, sheet: Sheet, table: Table) -> list[Line]:
    """The rows as typed lines, those set aside too."""
    meanings = {int(place): key for place, key in run.meanings.items()}
    lines = typed_lines(
        sheet,
        table,
        run.kind,
        meanings,
        set(run.switched_on),
        day_first=run.day_first is not False,
        today=today(),
    )
    if run.kind == "participation":
        lines = spread_lines(run, table, lines)
    if run.kind == "destinations" and leave_out_schools(lines, OurSchool.of(run.school)):
        note = (
            f"No row names {run.school.name} as the school that somebody left, so nobody is recognised by that column."
        )
        run.notes = [*(each for each in run.notes if each != note), note]
    if run.kind == "absences":
        day = date.fromisoformat(run.occasions["day"]) if run.occasions.get("day") else today()
        lines = with_marks(lines, set(meanings.values()), day)
    aside = [
        Line(row.number, {}, decision=Decision.SET_ASIDE, reason=row.why, who=" · ".join(filter(None, row.cells))[:200])
        for row in table.set_aside
    ]
    return lines + aside


def decided(run: ImportRun, lines: list[Line]) -> list[Line]:
    """The lines with their decisions, and the run with its counts and reasons to stop."""
    open_lines = [line for line in lines if line.decision != Decision.SET_ASIDE]
    aside = [line for line in lines if line.decision == Decision.SET_ASIDE]
    if run.kind == "rollover":
        _, done = rollover_lines(run.school, today())
        run.held = []
    elif run.kind == "pupils":
        register = register_of_pupils(today())
        matches = matched(open_lines, register)
        leave_out_erased(run, open_lines, matches, erased_pupils())
        run.whole_roll = run.coverage == "all"
        if not run.coverage:
            run.whole_roll, run.coverage_reason = lists_whole_roll(spoken_for_by(matches), register)
        elif not run.coverage_reason:
            run.coverage_reason = TAKEN_AS[run.coverage]
        done = decide(open_lines, register, whole_roll=run.whole_roll, today=today(), matches=matches)
        reasons = reasons_to_stop(done, register, entry_years(run.school), whole_roll=run.whole_roll)
        run.held = [run.sent_elsewhere, *reasons] if run.sent_elsewhere else reasons
    elif run.kind == "destinations":
        leavers = leavers_of(today())
        found = [leavers.find(line.values) for line in open_lines]
        leave_out_erased(run, open_lines, found, erased_pupils())
        settle_as_before(run, open_lines, found)
        done = decide_destinations(open_lines, leavers, found, run.occasions)
        run.occasions = {
            **run.occasions,
            "still_asked": still_asked_after(done, run.occasions),
            "strangers": providers_asked_about(done),
            "refused": words_asked_about(done, run.occasions.get("words", {})),
        }
        run.held = []
    else:
        register = register_of_staff(today()) if run.kind == "staff" else register_of_pupils(today())
        erased = erased_pupils()
        if erased.people and run.kind != "staff":
            found = [find_pupil(register, line.everything) for line in open_lines]
            leave_out_erased(run, open_lines, found, erased)
        days = {line.values["day"] for line in open_lines if line.values.get("day")}
        recorded = said_on(days) if run.kind == "participation" else {}
        members = members_of_teaching_groups(today()) if run.kind == "groups" else {}
        done = decide_others(run.kind, open_lines, register, today=today(), recorded=recorded, members=members)
        run.held = []
    run.counts = dict(Counter(str(line.decision) for line in done + aside))
    return done + aside


@transaction.atomic
def settle_doubts(run: ImportRun, choices: dict[int, str], *, by: User | None) -> None:
    """A person has said who the doubtful lines are: `choices` maps a line to "new", "skip" or a pupil's id."""
    rows = list(ImportLine.objects.filter(run=run))
    offered = {
        row.pk: {"new", "skip", *(str(pk) for pk in row.candidates)}
        for row in rows
        if row.decision == Decision.DOUBTFUL
    }
    for row in rows:
        if choices.get(row.pk) in offered.get(row.pk, ()):
            row.choice = choices[row.pk]
    keep_lines(run, decided(run, again(rows)))
    run.save(update_fields=["held", "counts", "occasions"])
    record(action="doubtful lines settled", by=by, subject="import", subject_id=run.pk)


@transaction.atomic
def say_what_is_meant(run: ImportRun, words: dict[str, str], providers: dict[str, str], *, by: User | None) -> None:
    """A sender's words and codes mean these routes, and its names these organisations ("" for none): now and next time."""
    kept = {
        "words": {**run.occasions.get("words", {}), **{folded(text): key for text, key in words.items()}},
        "providers": {**run.occasions.get("providers", {}), **{plain_name(name): pk for name, pk in providers.items()}},
    }
    run.occasions = {**run.occasions, **{name: {k: v for k, v in said.items() if v} for name, said in kept.items()}}
    for each in Mapping.objects.filter(kind=run.kind, sender=run.occasions.get("sender", "")):
        each.answers = {**each.answers, **{name: run.occasions[name] for name in kept}}
        each.save()
    keep_lines(run, decided(run, again(list(run.lines.all()))))
    run.save(update_fields=["held", "counts", "occasions"])
    record(action="sender's words explained", by=by, subject="import", subject_id=run.pk)


@transaction.atomic
def plan_rollover(*, by: User | None) -> ImportRun:
    """A dry run of the new academic year lies ready: who goes up, who leaves. Nothing has changed. Raises TooEarly."""
    run = ImportRun(kind="rollover", started_by=by, state=ImportRun.State.PREVIEW, percent_done=100)
    (run.school_id,) = schools_in_scope()
    year, _ = rollover_lines(run.school, today())
    if year_start(year) - today() > EARLIEST:
        raise TooEarly
    run.file_name = f"The year {year_label(year)}"
    run.occasions = {"year": year}
    run.save()
    keep_lines(run, decided(run, []))
    run.save()
    record(action="new academic year planned", by=by, subject="import", subject_id=run.pk)
    return run


@transaction.atomic
def take_as(run: ImportRun, coverage: str, *, by: User | None) -> None:
    """A person says what the file lists: "all" of the roll, or "some" pupils, so that nobody leaves for being missing."""
    run.coverage, run.coverage_reason = coverage, ""
    keep_lines(run, decided(run, again(list(run.lines.all()))))
    run.save(update_fields=["coverage", "coverage_reason", "whole_roll", "held", "counts"])
    record(action="import taken otherwise", by=by, subject="import", subject_id=run.pk, detail={"coverage": coverage})


def again(rows: list[ImportLine]) -> list[Line]:
    """Kept lines as lines to decide once more: what was wrong in the file stays wrong, what was compared is open."""
    found = []
    for row in rows:
        if row.sheet_row is None:
            continue
        stays = row.decision == Decision.SET_ASIDE or (row.decision == Decision.REFUSED and row.column)
        found.append(
            Line(
                row.sheet_row,
                revived(row.values),
                decision=row.decision if stays else "",
                reason=row.reason if stays else "",
                column=row.column,
                who=row.who,
                warnings=row.warnings,
                choice=row.choice,
            )
        )
    return found
