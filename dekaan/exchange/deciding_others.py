"""What each line of the other lists becomes: staff, teaching groups, attendance, absences, past participation."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dekaan.exchange.matching import Known, Match, Register, find_pupil
from dekaan.exchange.models import Decision
from dekaan.exchange.recorded import Key, Said, plain_title
from dekaan.exchange.staging import Line, shown
from dekaan.frameworks.queries import activity_types, attendance_codes, partner_kinds

STAFF_FIELDS = ("surname", "forename", "email", "post", "mis_id", "starts_on", "ends_on")
MARKS = ("mark", "am", "pm")
NO_MARK = {"", "-", "--"}


@dataclass
class Deciding:
    """What the lines of one list are compared with, and what has been met on the way."""

    register: Register
    today: date
    recorded: Mapping[Key, Said] = field(default_factory=dict)  # past participation in the ledger already
    members: Mapping[str, set[int]] = field(default_factory=dict)  # of teaching groups, by name
    seen: set[Any] = field(default_factory=set)
    by_pk: dict[int, Known] = field(default_factory=dict)
    occasions: dict[int, tuple[Any, tuple[str, date], list[tuple[str, Any, Any]]]] = field(default_factory=dict)
    last: tuple[Any, Known | None, Match] | None = None
    who: str = ""  # the last pupil's name

    def pupil_of(self, line: Line) -> tuple[Known | None, Match]:
        """Whom the line is about. A row of the sheet is about one pupil, however many lines it makes."""
        key = (line.row, line.choice)
        if self.last is None or self.last[0] != key or line.row is None:
            match = find_pupil(self.register, line.everything)
            pupil = self.by_pk.get(int(line.choice)) if line.choice.isdigit() else match.pupil
            self.last = (key, pupil, match)
            self.who = f"{pupil.values['surname']}, {pupil.values['forename']}" if pupil else ""
        return self.last[1:]


def decide_others(
    kind: str,
    lines: list[Line],
    register: Register,
    *,
    today: date,
    recorded: Mapping[Key, Said] | None = None,
    members: Mapping[str, set[int]] | None = None,
) -> list[Line]:
    """Every line has its decision; for teaching groups there is a line more for each who leaves one.

    `recorded` is the past participation that the ledger has already, `members` who is in which teaching group.
    """
    by_pk = {each.pk: each for each in register.known}
    deciding = Deciding(register, today, recorded or {}, members or {}, by_pk=by_pk)
    for line in lines:
        if line.decision:
            continue
        if kind == "staff":
            _decide_staff(line, register, deciding.seen)
        else:
            _decide_about_pupil(_DECIDING[kind], line, deciding)
    return lines + _leaving_groups(lines, deciding) if kind == "groups" else lines


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


def _decide_about_pupil(decide: Callable[[Line, Known, Deciding], None], line: Line, deciding: Deciding) -> None:
    if line.choice == "skip":
        line.refuse("was left out by hand")
        return
    pupil, match = deciding.pupil_of(line)
    if pupil is None and match.candidates:
        line.decision, line.reason = Decision.DOUBTFUL, match.why
        line.candidates = [each.pk for each in match.candidates]
        return
    if pupil is None:
        line.refuse("is nobody whom we know; import the pupil list first")
        return
    line.pupil_id, line.who = pupil.pk, deciding.who
    decide(line, pupil, deciding)


def _attendance(line: Line, pupil: Known, deciding: Deciding) -> None:
    seen = deciding.seen
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


def _group(line: Line, pupil: Known, deciding: Deciding) -> None:
    seen = deciding.seen
    name = line.values.get("group_name")
    if not name:
        line.refuse("has no teaching group")
    elif not pupil.is_on_roll:
        line.refuse("is not on the roll")
    elif (pupil.pk, name) in seen:
        line.refuse("repeats an earlier row")
    else:
        seen.add((pupil.pk, name))
        if pupil.pk in deciding.members.get(name, ()):
            line.decision, line.reason = Decision.UNCHANGED, "is in the group already"
            return
        line.changes = [("group_name", None, name)]
        line.decision = Decision.CHANGES


def _leaving_groups(lines: list[Line], deciding: Deciding) -> list[Line]:
    """A line for each member of a group that the list names whom it does not name in it.

    Where a row of the group could be anybody (it cannot be read, or was left out by hand) nobody leaves it, and whoever
    a doubtful row may be stays. Nor does anybody leave a group of which the list names less than half: it is a list of
    some, such as a new pupil's classes.
    """
    named: dict[str, set[int]] = {}
    unsure: set[str] = set()
    for line in lines:
        group = line.values.get("group_name")
        if line.pupil_id is None and not line.candidates and (line.column or line.choice == "skip"):
            unsure |= {group} if group else set(deciding.members)
        elif group:
            named.setdefault(group, set()).update([line.pupil_id] if line.pupil_id else line.candidates)
    return [
        Line(
            None,
            {"group_name": group},
            decision=Decision.LEAVES,
            reason=f"leaves the group {group}, and only that: the list has it without this pupil",
            who=f"{known.values['surname']}, {known.values['forename']}",
            pupil_id=known.pk,
            changes=[("group_name", group, None)],
        )
        for group, pupils in sorted(named.items())
        if group not in unsure
        if (members := deciding.members.get(group, set())) and 2 * len(members & pupils) >= len(members)
        for pk in sorted(members - pupils)
        if (known := deciding.by_pk.get(pk))
    ]


def _absence(line: Line, pupil: Known, deciding: Deciding) -> None:
    seen, today = deciding.seen, deciding.today
    day = line.values.get("day")
    if day is None:
        line.refuse("has no date")
        return
    if day > today:
        line.refuse(f"{shown(day)} has not come yet")
        return
    where, part = _where(line.values)
    if where == "?":
        line.refuse(f"“{part[:20]}” is not an attendance code")
        return
    if where:
        line.values["where"] = where  # the day's attendance is in, also where nobody is absent
    if where != "absent":
        line.decision, line.reason = Decision.UNCHANGED, _NOT_ABSENT[where]
        return
    if (pupil.pk, day, part) in seen:
        line.refuse("repeats an earlier row")
        return
    seen.add((pupil.pk, day, part))
    line.values["part"] = part
    line.changes = [("absent", None, f"{shown(day)}, {({'am': 'morning', 'pm': 'afternoon'}).get(part, 'all day')}")]
    line.decision = Decision.CHANGES


ELSEWHERE = "was elsewhere for the school, by the mark, and is not struck off"
_NOT_ABSENT = {
    "": "has no mark: nothing is said of this pupil",
    "present": "was there, by the mark",
    "elsewhere": ELSEWHERE,
}


def with_marks(lines: list[Line], meant: set[str], day: date) -> list[Line]:
    """Lines of a list that has columns for the mark or the day: one that leaves them blank says nothing of them.

    A list without a column for the day is of `day`.
    """
    for line in lines:
        for key in MARKS:
            if key in meant:
                line.values.setdefault(key, "")
        line.values.setdefault("day", None if "day" in meant else day)
    return lines


def _where(values: dict[str, Any]) -> tuple[str, str]:
    """Where the marks say that the pupil was, and for whom they have absent "am", "pm" or "day".

    "?" and the mark where it is no code; nothing where there is no mark. A list without marks is one of absentees.
    """
    if "am" in values or "pm" in values:
        halves = {half: _where_by(str(values.get(half) or "")) for half in ("am", "pm")}
        if unknown := [half for half, where in halves.items() if where == "?"]:
            return "?", str(values[unknown[0]])
        gone = [half for half, where in halves.items() if where == "absent"]
        if gone:
            return "absent", gone[0] if len(gone) == 1 else "day"
        return next((where for where in ("elsewhere", "present") if where in halves.values()), ""), ""
    if "mark" in values:
        where = _where_by(str(values["mark"]))
        if where != "absent":
            return where, str(values["mark"]) if where == "?" else ""
    said = str(values.get("part", "")).strip().lower()
    return "absent", "am" if said.startswith(("am", "morn")) else "pm" if said.startswith(("pm", "after")) else "day"


def _where_by(mark: str) -> str:
    """ "present", "elsewhere", "absent", nothing where there is no mark, "?" where it is no code."""
    code = mark.strip().upper()
    if code in NO_MARK:
        return ""
    for word in ("present", "absent"):
        if code.startswith(word[:5].upper()):
            return word
    # A school's own variants of a code add digits: I02.
    codes = attendance_codes()
    found = codes.get(code) or codes.get(code.rstrip("0123456789"))
    if not found:  # a time or the meaning may stand beside the code: "/ 08:45", "I - Illness"
        found = codes.get(re.split(r"[\s:(\[–—-]", code)[0])
    return found.where if found else "?"


def _participation(line: Line, pupil: Known, deciding: Deciding) -> None:
    said = line.values
    about = deciding.occasions.get(id(said))
    if about is None:  # many lines share what is said of an occasion
        title, day = said["activity"], said["day"]
        changes = [("activity", None, f"{title}, {shown(day)}: {said['state']}")]
        about = deciding.occasions[id(said)] = (said, (plain_title(title), day), changes)
    _, (plain, day), changes = about
    key = (pupil.pk, plain, day)
    if key in deciding.seen:
        line.refuse("repeats an earlier row")
        return
    deciding.seen.add(key)
    if deciding.recorded and (before := deciding.recorded.get(key)):
        _recorded_before(line, before)
        return
    line.decision, line.changes = Decision.CHANGES, changes


def _recorded_before(line: Line, before: Said) -> None:
    """A list has said something of this pupil and occasion already: it is not counted twice, and may say more now.

    What this list leaves blank, as who came, stays as it was said.
    """
    line.values = said = dict(line.values)
    line.target_id = before.occasion_id
    if not said.get("partner_name"):
        said |= {"partner_name": before.partner_name, "partner_kind": before.partner_kind}
    else:
        said["partner_kind"] = said.get("partner_kind") or before.partner_kind
    names = ("state", "activity_type", "partner_name", "partner_kind")
    differ = [name for name in names if getattr(before, name) != said[name]]
    if not differ:
        line.decision, line.reason = Decision.UNCHANGED, "is recorded already"
        return
    old = ", ".join(_part(name, getattr(before, name)) for name in differ)
    new = ", ".join(_part(name, said[name]) for name in differ)
    line.changes = [("activity", f"{before.title}, {shown(said['day'])}: {old}", new)]
    line.decision = Decision.CHANGES


def _part(name: str, value: str) -> str:
    """One thing said of an occasion, in words."""
    if name == "activity_type":
        return activity_types()[value].name if value in activity_types() else value
    if name == "partner_kind":
        return partner_kinds()[value].name if value in partner_kinds() else "no kind of employer or provider"
    return value or "no employer or provider"


_DECIDING = {
    "attendance": _attendance,
    "groups": _group,
    "absences": _absence,
    "participation": _participation,
}
