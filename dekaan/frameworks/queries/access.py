"""Provider access: what the law asks of an encounter, test by test, and which schools it binds.

A test is passed, failed, or not known. What fails a test is recorded and does not count; of whom it is not known whether
they are a provider of the kind meant, nothing is known; what is merely not said counts, and is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from dekaan.frameworks.queries.meaning import SHOWN, Answers, flags
from dekaan.frameworks.queries.published import framework, mask_of, partner_kinds, read, registry

ACCESS = "provider-access"
PASSED, FAILED, UNKNOWN = "passed", "failed", "unknown"
# For whom a session is: everybody of a year group, those who missed it, a part that others may complete, or chosen pupils.
WHOLE, CATCH_UP, PART, CHOSEN = "whole", "catch-up", "part", "chosen"
RECORDED = "recorded"
SATURDAY = 5


@dataclass(frozen=True)
class AccessTest:
    """One thing that the law asks of an encounter; `until_said` is what to say where nobody has said it."""

    key: str
    name: str
    in_force_from: date
    asks: str
    until_said: str
    source: str
    confidence: str
    by: str = ""


@dataclass(frozen=True)
class ProviderEncounter:
    """What is known of one encounter with a provider.

    `offers` is what is said of this very provider, and wins over its kind; `waiting` names those of the year group for
    whom nothing is planned yet.
    """

    held_on: date
    partner_kind: str = ""
    activity_type: str = ""
    offers: bool | None = None
    mode: str = ""
    starts_at: time | None = None
    minutes: int | None = None
    school_day: tuple[time, time] = (time(8, 30), time(15, 30))
    invited: str = PART
    waiting: tuple[str, ...] = ()
    answers: Answers = field(default_factory=Answers)


@dataclass(frozen=True)
class Tested:
    """A test's answer: "passed", "failed" or "unknown", and why in a sentence."""

    test: AccessTest
    state: str
    why: str


@cache
def access_tests() -> tuple[AccessTest, ...]:
    """Every test, in the order in which they are asked."""
    return tuple(AccessTest(**row) for row in read("provider-tests.toml")["test"])


@cache
def access_mask() -> int:
    """The criteria of provider access; without their second counts."""
    law = framework(ACCESS)
    assert law is not None
    return mask_of(each.id for each in law.counted)


@cache
def _shown_mask() -> int:
    law = framework(ACCESS)
    assert law is not None
    return mask_of(each.id + SHOWN for each in law.counted if each.id + SHOWN in registry().bits)


@cache
def usual_school_day() -> tuple[time, time]:
    """When a school's day begins and ends until it says so itself."""
    data = read("provider-tests.toml")
    return data["school_day_begins"], data["school_day_ends"]


def by_law(encounter: ProviderEncounter) -> tuple[Tested, ...]:
    """What each test that is in force on the day of the encounter says of it."""
    answered = {
        "duty": _of_duty,
        "provider": _of_provider,
        "day": _of_day,
        "cohort": _of_cohort,
        "live": _of_live,
    }
    found = []
    for test in access_tests():
        if test.in_force_from <= encounter.held_on:
            state, why = answered[test.key](encounter) if test.key in answered else _of_content(encounter, test)
            found.append(Tested(test, state, why))
    return tuple(found)


def judged_access(mask: int, found: Sequence[Tested]) -> tuple[int, int]:
    """What an encounter so tested counts for and what it leaves unknown, from what it would count for."""
    ours, states = mask & access_mask(), {each.test.key: each.state for each in found}
    without = mask & ~(access_mask() | _shown_mask())
    if FAILED in states.values():
        return without, 0
    if states.get("provider") == UNKNOWN:
        return without, ours
    if UNKNOWN in states.values():
        return without | ours, 0
    return without | ours | mask & _shown_mask(), 0


def _of_duty(encounter: ProviderEncounter) -> tuple[str, str]:
    law = framework(ACCESS)
    assert law is not None
    if encounter.held_on < law.in_force_from:
        had = "schools had to give providers an opportunity, and " if encounter.held_on >= _opportunity() else ""
        return FAILED, f"It was before {law.in_force_from:%-d %B %Y}: until then {had}no number was asked for."
    return PASSED, f"Six encounters are asked for since {law.in_force_from:%-d %B %Y}."


@cache
def _opportunity() -> date:
    """Since when schools had to give providers an opportunity."""
    since: date = read("provider-tests.toml")["opportunity_since"]
    return since


def _of_provider(encounter: ProviderEncounter) -> tuple[str, str]:
    kinds = _kinds()
    known = partner_kinds().get(encounter.partner_kind)
    name = known.name if known else ""
    if encounter.offers is True:
        return PASSED, "It is said that this provider offers such qualifications or apprenticeships, or acts for one."
    if encounter.offers is False:
        return FAILED, "It is said that this provider offers no such qualifications or apprenticeships."
    if not name:
        if encounter.activity_type in kinds["activity_types"]:
            return PASSED, "An activity of this kind is with a provider of training or apprenticeships."
        return UNKNOWN, "Nobody has said what kind of provider it is."
    if encounter.partner_kind in kinds["offer"]:
        return PASSED, f"{name}: offers such qualifications or apprenticeships."
    if encounter.partner_kind in kinds["may_offer"]:
        return (
            UNKNOWN,
            f"{name}: some offer such qualifications or apprenticeships, and nobody has said it of this one.",
        )
    return (
        FAILED,
        f"{name}: offers no such qualifications or apprenticeships, and nobody has said that it acts for one.",
    )


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """Kinds of partner that offer, and may offer, what the law means; and kinds of activity that are with such ones."""
    return {name: tuple(kinds) for name, kinds in read("provider-tests.toml")["kinds"].items()}


def kinds_that_offer() -> frozenset[str]:
    """Kinds of partner that offer by what they are what the law means."""
    return frozenset(_kinds()["offer"])


def _of_day(encounter: ProviderEncounter) -> tuple[str, str]:
    begins, ends = encounter.school_day
    hours = f"{begins:%H:%M} to {ends:%H:%M}"
    if encounter.held_on.weekday() >= SATURDAY:
        return FAILED, f"It was on a {encounter.held_on:%A}."
    starts = encounter.starts_at
    if starts is None:
        return UNKNOWN, "Nobody has said when it began."
    if starts >= ends:
        return FAILED, f"It began at {starts:%H:%M}, after the school day ({hours})."
    if not encounter.minutes:
        return UNKNOWN, f"It began at {starts:%H:%M}, and nobody has said how long it took."
    day = encounter.held_on
    over = datetime.combine(day, starts) + timedelta(minutes=encounter.minutes)
    inside = min(over, datetime.combine(day, ends)) - max(datetime.combine(day, starts), datetime.combine(day, begins))
    minutes = max(0, int(inside.total_seconds() // 60))
    if not minutes:
        return FAILED, f"It was over at {over:%H:%M}, before the school day ({hours})."
    if minutes < (least := read("provider-tests.toml")["reasonable_minutes"]):
        return UNKNOWN, (
            f"{minutes} minutes of it lie in the school day ({hours}). The law asks for a reasonable period and gives no "
            f"number; of less than {least} minutes we cannot say it."
        )
    return PASSED, f"{minutes} minutes of it lie in the school day ({hours})."


def _of_cohort(encounter: ProviderEncounter) -> tuple[str, str]:
    said = encounter.answers.of(flags()["whole-cohort"])
    if said:
        whole = said == "yes"
        return (
            (PASSED, "It is said that it was for everybody.")
            if whole
            else (FAILED, "It is said that pupils were chosen.")
        )
    if encounter.invited == WHOLE:
        return PASSED, "It invites everybody of the year group."
    if encounter.invited == CATCH_UP:
        return PASSED, "It is for those who missed it."
    if encounter.invited == CHOSEN:
        return FAILED, "It is for chosen pupils, and not for everybody of the year group."
    if encounter.waiting:
        return UNKNOWN, f"This year it is not planned yet for {', '.join(encounter.waiting)}."
    return UNKNOWN, "It is not known whether it was for everybody of the year group."


def _of_live(encounter: ProviderEncounter) -> tuple[str, str]:
    if encounter.mode == RECORDED:
        return FAILED, "It was recorded: nobody answers pupils' questions."
    return PASSED, "Live."


def _of_content(encounter: ProviderEncounter, test: AccessTest) -> tuple[str, str]:
    flag = flags()[test.by]
    said = encounter.answers.of(flag)
    if said == "yes":
        return PASSED, "Somebody has said so."
    if said == "no":
        return FAILED, f"Without {flag.missing}." if test.key != "questions" else "Pupils could ask no questions."
    return UNKNOWN, "Nobody has said."


@dataclass(frozen=True)
class AccessDuty:
    """Whether the duty binds a school of that type: None where that is not known; with its source and how sure."""

    binds: bool | None
    says: str
    source: str = ""
    confidence: str = ""


def access_duty_of(establishment_type: str) -> AccessDuty:
    """Whether provider access law binds a school of that type, by the code of the register of schools."""
    for row in read("provider-tests.toml")["school"]:
        if establishment_type in row["types"]:
            return AccessDuty(row["binds"], row["says"], row["source"], row["confidence"])
    if not establishment_type:
        return AccessDuty(
            None, "The type of the school is not said in its settings, so it is not known whether it is bound."
        )
    return AccessDuty(
        None, "Whether the section names schools of this type was not found. The numbers are as if it did."
    )
