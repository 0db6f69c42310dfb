"""What each line of a pupil list becomes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from dekaan.core.academic_year import academic_year_of
from dekaan.core.folding import folded
from dekaan.exchange.matching import Known, Match, Register, plain_number
from dekaan.exchange.models import Decision
from dekaan.exchange.staging import Line, shown

OWN_FIELDS = (
    "surname", "forename", "preferred_surname", "preferred_forename", "birth_date", "upn", "uln", "admission_number",
    "mis_id", "email",
)  # fmt: skip
YEAR_FIELDS = (
    "year_group", "sex", "sen", "sen_need", "pupil_premium", "free_school_meals", "ethnicity", "eal", "looked_after",
    "young_carer", "service_child", "attendance_percent",
)  # fmt: skip
ONE_PERSONS = ("upn", "uln", "admission_number", "mis_id")
LABELS = {"upn": "UPN", "uln": "ULN", "admission_number": "admission number", "mis_id": "information system's number"}


def decide(
    lines: list[Line], register: Register, *, whole_roll: bool, today: date, matches: list[Match] | None = None
) -> list[Line]:
    """Every line has its decision; lines for pupils who are missing from a list of the whole roll are added."""
    _same_person_twice(lines)
    found = matches or matched(lines, register)
    match_of = {id(line): match for line, match in zip(lines, found, strict=True)}
    claimed = _claims(lines, match_of)
    spoken_for = spoken_for_by(found) | {int(line.choice) for line in lines if line.choice.isdigit()}
    newcomers: dict[tuple[str, str, date | None], Line] = {}
    # Those with a number come first: of two new pupils alike, the one without a number is the doubtful one.
    for line in sorted(lines, key=lambda line: not _has_number(line)):
        if not line.decision:
            _decide(line, match_of[id(line)], register, claimed, newcomers, today)
    if whole_roll:
        lines += [_missing(pupil, today) for pupil in register.known if pupil.is_on_roll and pupil.pk not in spoken_for]
    return lines


def matched(lines: list[Line], register: Register) -> list[Match]:
    """For each line whom it is about, as far as its own words say."""
    return [register.match(line.values) for line in lines]


def spoken_for_by(matches: Iterable[Match]) -> set[int]:
    """The pupils whom the lines are, or may be, about."""
    found: set[int] = set()
    for match in matches:
        found |= {match.pupil.pk} if match.pupil else {each.pk for each in match.candidates}
    return found


def _decide(
    line: Line,
    match: Match,
    register: Register,
    claimed: dict[int, list[Line]],
    newcomers: dict[tuple[str, str, date | None], Line],
    today: date,
) -> None:
    chosen = _chosen(line, register)
    if chosen is not None:
        others = [other for other in claimed[chosen.pk] if other is not line and not other.choice]
        if others and match.pupil is not chosen:
            line.refuse(f"is the same pupil as row {others[0].row}, by your choice; that row is the one recorded")
        else:
            _existing(line, chosen, today)
    elif line.choice == "skip":
        line.refuse("was left out by hand")
    elif match.pupil and line.choice != "new":
        if len(claimed[match.pupil.pk]) > 1:
            rows = ", ".join(str(other.row) for other in claimed[match.pupil.pk])
            _doubt(line, [match.pupil], f"and others (rows {rows}) all look like this one pupil")
        else:
            _existing(line, match.pupil, today)
    else:
        others_it_may_be = [
            each
            for each in match.candidates
            if match.is_contradicted or not _is_told_apart(line, each, claimed.get(each.pk, []))
        ]
        if others_it_may_be and line.choice != "new":
            _doubt(line, others_it_may_be, match.why)
        else:
            _new(line, today, newcomers, is_alike=bool(match.candidates or match.pupil))


def _has_number(line: Line) -> bool:
    return any(line.values.get(number) for number in ONE_PERSONS)


def _is_told_apart(line: Line, pupil: Known, claims: list[Line]) -> bool:
    """Whether another row is surely the pupil, and a number of the same kind says that this row is somebody else."""
    return any(
        (said := plain_number(key, line.values.get(key)))
        and (theirs := plain_number(key, pupil.values.get(key)) or plain_number(key, claim.values.get(key)))
        and said != theirs
        for claim in claims
        for key in ONE_PERSONS
    )


def _chosen(line: Line, register: Register) -> Known | None:
    if not line.choice.isdigit():
        return None
    return next((each for each in register.known if each.pk == int(line.choice)), None)


def _claims(lines: list[Line], match_of: dict[int, Match]) -> dict[int, list[Line]]:
    """The lines that are surely about each pupil: by their numbers, else by a person's choice."""
    claimed: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pupil = match_of[id(line)].pupil
        if pupil and not line.decision and not line.choice:
            claimed[pupil.pk].append(line)
    for line in lines:
        chosen = int(line.choice) if line.choice.isdigit() else None
        own = match_of[id(line)].pupil
        if chosen is not None and (chosen not in claimed or (own and own.pk == chosen)):
            claimed[chosen].append(line)
    return claimed


def _same_person_twice(lines: list[Line]) -> None:
    """Two lines with one person's number: the same person repeated, or a mistake in the file."""
    first: dict[tuple[str, str], Line] = {}
    for line in lines:
        for key in ONE_PERSONS:
            number = plain_number(key, line.values.get(key))
            if not number:
                continue
            other = first.setdefault((key, number), line)
            if other is line or line.decision == Decision.REFUSED:
                continue
            if _alike(line, other):
                line.refuse(f"repeats row {other.row}: the same {LABELS[key]} and name")
            else:
                words = f"have the same {LABELS[key]} {line.values[key]} but different names; correct the file"
                line.refuse(f"rows {other.row} and {line.row} {words}")
                other.refuse(f"rows {other.row} and {line.row} {words}")


def _alike(one: Line, other: Line) -> bool:
    names = [
        (folded(each.values.get("surname") or ""), folded(each.values.get("forename") or "")) for each in (one, other)
    ]
    births = {each.values.get("birth_date") for each in (one, other)} - {None}
    return names[0] == names[1] and len(births) < 2


def _doubt(line: Line, candidates: Iterable[Known], why: str) -> None:
    line.decision, line.reason = Decision.DOUBTFUL, why
    line.candidates = [each.pk for each in candidates]


def _new(line: Line, today: date, newcomers: dict[tuple[str, str, date | None], Line], *, is_alike: bool) -> None:
    said = line.values
    for key, label in (("surname", "surname"), ("forename", "forename")):
        if not said.get(key):
            line.refuse(f"has no {label}, and no number by which we know the pupil")
            return
    if said.get("ends_on") and said["ends_on"] <= today:
        line.refuse(f"left on {shown(said['ends_on'])} and is nobody whom we know, so is not added")
        return
    if said.get("year_group") is None:
        line.refuse("has no year group; the information system says which it is")
        return
    newcomer = (folded(said["surname"]), folded(said["forename"]), said.get("birth_date"))
    twin = newcomers.setdefault(newcomer, line)
    if twin is not line and line.choice != "new":
        told_apart = any(
            said.get(number) and twin.values.get(number) and said[number] != twin.values[number]
            for number in ONE_PERSONS
        )
        if not told_apart:
            line.decision = Decision.DOUBTFUL
            line.reason = f"is alike in name and birth date to row {twin.row}, with no number to tell them apart"
            return
        line.warnings.append(f"alike in name and birth date to row {twin.row}: two people, by their numbers")
    elif is_alike:
        line.warnings.append("is much like a pupil whom we know: added as another person")
    _say_when_joining(line, today)
    line.decision = Decision.JOINS
    line.changes = [(name, None, said[name]) for name in (*OWN_FIELDS, *YEAR_FIELDS, "tutor_group") if name in said]


def _existing(line: Line, pupil: Known, today: date) -> None:
    """The line is about a pupil whom we know: nothing that it does not say changes."""
    said = line.values
    line.pupil_id = pupil.pk
    line.who = ", ".join(filter(None, (pupil.values["surname"], pupil.values["forename"])))
    has_left = said.get("ends_on") and said["ends_on"] <= today
    if said.get("ends_on") and not has_left:
        line.warnings.append(f"is to leave on {shown(said['ends_on'])}; that is not recorded until it has happened")
    line.changes = _differences(line, pupil)
    if has_left and pupil.is_on_roll:
        line.decision = Decision.LEAVES
        line.reason = f"left on {shown(said['ends_on'])}"
        line.changes = []
    elif has_left:
        line.decision, line.changes = Decision.UNCHANGED, []
        line.reason = "had left already"
    elif not pupil.is_on_roll:
        if said.get("year_group") is None:
            line.refuse("is back, but has no year group; the information system says which it is")
        else:
            _say_when_joining(line, today)
            line.decision = Decision.RETURNS
    else:
        line.changes += _another_day_to_join(line, pupil, today)
        line.decision = Decision.CHANGES if line.changes else Decision.UNCHANGED


def _another_day_to_join(line: Line, pupil: Known, today: date) -> list[tuple[str, Any, Any]]:
    """[field, old, new] where somebody still to come is to come on another day; of those who are here the day stays."""
    old, new = pupil.starts_on, line.values.get("starts_on")
    if not new or not old or old <= today or new == old:
        return []
    if pupil.ends_on and new > pupil.ends_on:
        line.warnings.append(
            f"the date of admission {shown(new)} is after the pupil is to leave, {shown(pupil.ends_on)}, so is left out"
        )
        return []
    if academic_year_of(new) == academic_year_of(old):
        return [("starts_on", old, new)]
    line.warnings.append(
        f"the date of admission {shown(new)} lies in another academic year than {shown(old)}, on which the pupil is to "
        f"join, so is left out: undo the list that said {shown(old)} if that is wrong"
    )
    return []


def _say_when_joining(line: Line, today: date) -> None:
    """A day to come is said; one beyond the next academic year is a slip."""
    starts_on = line.values.get("starts_on")
    if not starts_on or starts_on <= today:
        return
    if academic_year_of(starts_on) > academic_year_of(today) + 1:
        line.values.pop("starts_on")
        line.warnings.append(f"the date of admission {shown(starts_on)} is too far ahead, so is left out: joins today")
    else:
        line.warnings.append(f"is on the roll from {shown(starts_on)}")


def _differences(line: Line, pupil: Known) -> list[tuple[str, Any, Any]]:
    """[field, old, new] for whatever the line says otherwise; blanks say nothing."""
    said, found = line.values, []
    for name in OWN_FIELDS:
        if name not in said or said[name] == pupil.values.get(name):
            continue
        old, new = pupil.values.get(name), said[name]
        if name.endswith(("surname", "forename")) and old and _only_louder(old, new):
            continue
        if name in {"admission_number", "mis_id"} and plain_number(name, old) == plain_number(name, new):
            continue  # a spreadsheet dropped the zeros
        if name == "upn" and new in pupil.former_upns:
            line.warnings.append(f"has the former UPN {new}; the newer one {old} stays")
            continue
        found.append((name, old, new))
    has_year = "year_group" in pupil.year or said.get("year_group") is not None
    for name in YEAR_FIELDS:
        if name in said and has_year and said[name] != pupil.year.get(name):
            found.append((name, pupil.year.get(name), said[name]))
    if said.get("tutor_group") and said["tutor_group"] != pupil.tutor_group and has_year:
        found.append(("tutor_group", pupil.tutor_group, said["tutor_group"]))
    if said.get("status") and pupil.is_on_roll and said["status"] != pupil.status:
        found.append(("status", pupil.status, said["status"]))
    if not has_year and set(said) & {*YEAR_FIELDS, "tutor_group"}:
        line.warnings.append("the year's details were left out: the pupil has no year group this year")
    return found


def _only_louder(old: str, new: str) -> bool:
    """Results files write names in capitals and without accents; that renames nobody."""
    return old != new and new == new.upper() and folded(old) == folded(new)


def _missing(pupil: Known, today: date) -> Line:
    who = ", ".join(filter(None, (pupil.values["surname"], pupil.values["forename"])))
    if pupil.starts_on and pupil.starts_on > today:
        # The information system does not list those to come among those who are there.
        reason = f"is to join on {shown(pupil.starts_on)}: that stays"
        return Line(None, {}, decision=Decision.KEPT, reason=reason, who=who, pupil_id=pupil.pk)
    if pupil.ends_on:
        reason = f"has a leaving date already, {shown(pupil.ends_on)}: that stays"
        return Line(None, {}, decision=Decision.KEPT, reason=reason, who=who, pupil_id=pupil.pk)
    reason = "is on the roll but not in the file"
    return Line(None, {"ends_on": today}, decision=Decision.LEAVES, reason=reason, who=who, pupil_id=pupil.pk)
