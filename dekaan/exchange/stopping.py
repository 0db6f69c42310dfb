"""Whether a list names the whole roll, and when a list as a whole looks wrong."""

from collections import Counter
from collections.abc import Collection

from dekaan.exchange.deciding import LABELS
from dekaan.exchange.matching import Register
from dekaan.exchange.models import Decision
from dekaan.exchange.staging import Line
from dekaan.schools.models import School

MOVING = {"year_group", "tutor_group", "attendance_percent"}  # these change for everybody, every year
TOO_MANY = 0.10
TOO_MANY_CHANGES = 0.20
A_FEW = 10
# A list that names at least this share of the roll means to name all of it, and may have been cut short.
MEANS_EVERYBODY = 0.5


def lists_whole_roll(named: Collection[int], register: Register) -> tuple[bool, str]:
    """Whether a file that names these pupils lists everybody on the roll, and that in words.

    Taken for a list of some it makes no leaver, so where a file names few of the roll that is what it is taken for.
    """
    on_roll = {pupil.pk for pupil in register.known if pupil.is_on_roll}
    if not on_roll:
        return True, "Nobody is on the roll yet: this is the first list."
    there = len(on_roll.intersection(named))
    if there == len(on_roll):
        return True, f"Taken as the whole roll: it names all {there} pupils on the roll."
    share = f"{there} of the {len(on_roll)} pupils on the roll"
    if there >= len(on_roll) * MEANS_EVERYBODY:
        return True, f"Taken as the whole roll, since it names {share}: whoever is missing from it has left."
    if there:
        return False, f"Taken as a list of some pupils, since it names {share}: nobody leaves."
    return False, "Taken as a list of new pupils, since it names nobody on the roll: nobody leaves."


def entry_years(school: School) -> set[int]:
    """The year groups in which the school takes its intake: its youngest, Year 7 of an all-through school, Year 12."""
    youngest = school.low_age - 4  # a pupil of Year 7 turns 12
    found = {youngest, 7} if youngest < 7 <= school.high_age - 5 else {youngest}
    return found | {12} if school.has_sixth_form else found


def reasons_to_stop(
    lines: list[Line], register: Register, entry_years: Collection[int] = (), *, whole_roll: bool = True
) -> list[str]:
    """Why the list as a whole looks wrong, so that a Careers Leader looks before anything changes.

    New pupils of the year groups in which the school takes its intake are what such a list is for: they stop nobody.
    Nor do a few of other year groups in a list of some pupils, such as a transfer file of one who moves.
    """
    on_roll = sum(pupil.is_on_roll for pupil in register.known)
    if not on_roll:
        return []
    counts = Counter(line.decision for line in lines)
    found = []
    if counts["leaves"] > on_roll * TOO_MANY:
        found.append(
            f"{counts['leaves']} of {on_roll} pupils on the roll would leave. More than one in ten: is this the whole list?"
        )
    known = [line for line in lines if line.pupil_id and line.row is not None]
    joins = [line for line in lines if line.decision == Decision.JOINS]
    elsewhere = sum(line.values.get("year_group") not in entry_years for line in joins)
    is_a_few = not whole_roll and elsewhere <= A_FEW
    if joins and not known and elsewhere > len(joins) * TOO_MANY and not is_a_few:
        found.append("None of the pupils in the file is on the roll. Is it another school's file?")
    elif elsewhere > max(on_roll * TOO_MANY_CHANGES * 2, A_FEW):
        found.append(f"{counts['joins']} pupils would join a roll of {on_roll}. Is it this school's file?")
    fields = Counter(
        name for line in known for name, old, _ in line.changes if old not in (None, "") and name not in MOVING
    )
    for name, times in fields.items():
        if times > len(known) * TOO_MANY_CHANGES and times > 5:
            label = LABELS.get(name, name.replace("_", " "))
            found.append(f"{times} of {len(known)} pupils would get another {label}. Are the columns right?")
    moved = [new - old for line in known for name, old, new in line.changes if name == "year_group" and old is not None]
    down, up = sum(step < 0 for step in moved), sum(step > 0 for step in moved)
    if down > len(known) * TOO_MANY_CHANGES and down > 5:
        found.append(f"{down} of {len(known)} pupils would go down a year. Is it last year's file?")
    if up > len(known) * TOO_MANY_CHANGES and up > 5:
        # In August information systems are in the new year already; from September on there is no year group to go up from.
        found.append(
            f"{up} of {len(known)} pupils would go up a year before this one has ended. Is it next year's list? "
            "Bring it in from 1 September on."
        )
    return found
