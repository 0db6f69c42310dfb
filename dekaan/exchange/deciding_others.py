"""What each line of the other lists becomes: staff, teaching groups, attendance, absences, past participation."""

from datetime import date
from typing import Any

from dekaan.exchange.matching import Known, Register, find_pupil
from dekaan.exchange.models import Decision
from dekaan.exchange.staging import Line, shown

STAFF_FIELDS = ("surname", "forename", "email", "post", "mis_id", "starts_on", "ends_on")
# Codes of the national attendance code list (2024) that mean the pupil is not there. B, K, P, V and W are educated elsewhere.
ABSENT_MARKS = set("CEGHIMNORSTUXQYDZ#") | {"C1", "C2", "J1", "I", "I1", "I2", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}
PRESENT_MARKS = set("/\\LBKPVW1") | {"PRESENT", "P"}


def decide_others(kind: str, lines: list[Line], register: Register, *, today: date) -> list[Line]:
    """Every line has its decision."""
    seen: set[Any] = set()
    for line in lines:
        if line.decision:
            continue
        if kind == "staff":
            _decide_staff(line, register, seen)
        else:
            _decide_about_pupil(kind, line, register, seen, today)
    return lines


def _decide_staff(line: Line, register: Register, seen: set[Any]) -> None:
    match = register.match(line.values)
    if line.choice == "skip":
        line.refuse("was left out by hand")
        return
    known = match.pupil
    if line.choice.isdigit():
        known = next((each for each in register.known if each.pk == int(line.choice)), known)
    if known is None and match.candidates and line.choice != "new":
        line.decision, line.reason = Decision.DOUBTFUL, match.why
        line.candidates = [each.pk for each in match.candidates]
        return
    if known is None:
        if not (line.values.get("surname") and line.values.get("forename")):
            line.refuse("has no surname and forename")
            return
        key = tuple(str(line.values.get(name, "")).casefold() for name in ("surname", "forename", "email", "mis_id"))
        if key in seen:
            line.refuse("repeats an earlier row")
            return
        seen.add(key)
        line.decision = Decision.JOINS
        line.changes = [(name, None, line.values[name]) for name in STAFF_FIELDS if name in line.values]
        return
    if known.pk in seen:
        line.refuse("repeats an earlier row")
        return
    seen.add(known.pk)
    line.target_id = known.pk
    line.changes = [
        (name, known.values[name], line.values[name])
        for name in STAFF_FIELDS
        if name in line.values and line.values[name] != known.values[name]
    ]
    line.decision = Decision.CHANGES if line.changes else Decision.UNCHANGED


def _decide_about_pupil(kind: str, line: Line, register: Register, seen: set[Any], today: date) -> None:
    match = find_pupil(register, line.values)
    pupil = match.pupil
    if line.choice == "skip":
        line.refuse("was left out by hand")
        return
    if line.choice.isdigit():
        pupil = next((each for each in register.known if each.pk == int(line.choice)), None)
    if pupil is None and match.candidates:
        line.decision, line.reason = Decision.DOUBTFUL, match.why
        line.candidates = [each.pk for each in match.candidates]
        return
    if pupil is None:
        line.refuse("is nobody whom we know; import the pupil list first")
        return
    line.pupil_id = pupil.pk
    line.who = f"{pupil.values['surname']}, {pupil.values['forename']}"
    _DECIDING[kind](line, pupil, seen, today)


def _attendance(line: Line, pupil: Known, seen: set[Any], _today: date) -> None:
    value = line.values.get("attendance_percent")
    if value is None:
        line.refuse("has no attendance percentage")
    elif pupil.year.get("year_group") is None:
        line.refuse("has no year group this year, so no attendance can be kept")
    elif pupil.pk in seen:
        line.refuse("repeats an earlier row")
    else:
        seen.add(pupil.pk)
        old = pupil.year.get("attendance_percent")
        line.changes = [("attendance_percent", old, value)] if old != value else []
        line.decision = Decision.CHANGES if line.changes else Decision.UNCHANGED


def _group(line: Line, pupil: Known, seen: set[Any], _today: date) -> None:
    name = line.values.get("group_name")
    if not name:
        line.refuse("has no teaching group")
    elif not pupil.is_on_roll:
        line.refuse("is not on the roll")
    elif (pupil.pk, name) in seen:
        line.refuse("repeats an earlier row")
    else:
        seen.add((pupil.pk, name))
        line.changes = [("group_name", None, name)]
        line.decision = Decision.CHANGES


def _absence(line: Line, pupil: Known, seen: set[Any], today: date) -> None:
    day = line.values.setdefault("day", today)
    if day > today:
        line.refuse(f"{shown(day)} has not come yet")
        return
    part = absent_part(line.values)
    if part is None:
        line.decision, line.reason = Decision.UNCHANGED, "was there, by the mark"
    elif part == "?":
        line.refuse("has a mark that is not an attendance code")
    else:
        if (pupil.pk, day, part) in seen:
            line.refuse("repeats an earlier row")
            return
        seen.add((pupil.pk, day, part))
        line.values["part"] = part
        line.changes = [
            ("absent", None, f"{shown(day)}, {({'am': 'morning', 'pm': 'afternoon'}).get(part, 'all day')}")
        ]
        line.decision = Decision.CHANGES


def absent_part(values: dict[str, Any]) -> str | None:
    """ "am", "pm" or "day" where the marks say absent, None where they say present, "?" where they say neither."""
    if "am" in values or "pm" in values:
        away = {half: _is_absent(str(values.get(half, ""))) for half in ("am", "pm")}
        if "?" in away.values():
            return "?"
        gone = [half for half, is_gone in away.items() if is_gone]
        return "day" if len(gone) == 2 else gone[0] if gone else None
    if "mark" in values:
        away_all = _is_absent(str(values["mark"]))
        if away_all is not True:
            return "?" if away_all == "?" else None
    said = str(values.get("part", "")).strip().lower()
    return "am" if said.startswith(("am", "morn")) else "pm" if said.startswith(("pm", "after")) else "day"


def _is_absent(mark: str) -> bool | str:
    code = mark.strip().upper()
    if not code or code in PRESENT_MARKS:
        return False
    if code in ABSENT_MARKS or code.startswith("ABSEN"):
        return True
    return "?"


def _participation(line: Line, pupil: Known, seen: set[Any], _today: date) -> None:
    key = (pupil.pk, line.values["activity"], line.values["day"])
    if key in seen:
        line.refuse("repeats an earlier row")
        return
    seen.add(key)
    line.changes = [
        ("activity", None, f"{line.values['activity']}, {shown(line.values['day'])}: {line.values['state']}")
    ]
    line.decision = Decision.CHANGES


_DECIDING = {
    "attendance": _attendance,
    "groups": _group,
    "absences": _absence,
    "participation": _participation,
}
