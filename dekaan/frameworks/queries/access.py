"""Provider access: what the law asks of an encounter, test by test, and which schools it binds.

A test is passed, failed, or not known. What fails a test is recorded and does not count; of whom it is not known whether
they are a provider of the kind meant, nothing is known; what is merely not said counts, and is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from dekaan.frameworks.queries.duties import duties, group_of
from dekaan.frameworks.queries.meaning import SHOWN, Answers, flags
from dekaan.frameworks.queries.published import framework, mask_of, partner_kinds, read, registry

ACCESS = "provider-access"
PASSED, FAILED, UNKNOWN = "passed", "failed", "unknown"
# For whom a session is: everybody of a year group, a part that others may complete, or chosen pupils.
WHOLE, PART, CHOSEN = "whole", "part", "chosen"
OF_COHORT = {WHOLE: "passed", PART: "unknown", CHOSEN: "failed"}
RECORDED = "recorded"


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
    to_provider: str = ""

    @property
    def is_content(self) -> bool:
        """Whether it is one of the things that an encounter must cover."""
        return bool(self.to_provider)


@dataclass(frozen=True)
class ProviderEncounter:
    """What is known of one encounter with a provider.

    `offers` is what is said of this very provider, and wins over its kind. `is_school_day` is None where the year's term
    dates are not entered, and `closed_by` says why it is none. `invited` is for whom it is at best, `by_year` for whom of
    each year group; of a catch-up that is the answer of what it makes up for. `waiting` names those of the year group for
    whom nothing is planned yet.
    """

    held_on: date
    school_day: tuple[time, time]
    partner_kind: str = ""
    activity_type: str = ""
    offers: bool | None = None
    mode: str = ""
    starts_at: time | None = None
    minutes: int | None = None
    is_school_day: bool | None = None
    closed_by: str = ""
    invited: str = PART
    by_year: tuple[tuple[int, str], ...] = ()
    is_catch_up: bool = False
    waiting: tuple[str, ...] = ()
    answers: Answers = field(default_factory=Answers)


@dataclass(frozen=True)
class Tested:
    """A test's answer: "passed", "failed" or "unknown", and why in a sentence; at best, where year groups differ in it."""

    test: AccessTest
    state: str
    why: str
    by_year: tuple[tuple[int, str], ...] = ()


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


def by_law(encounter: ProviderEncounter) -> tuple[Tested, ...]:
    """What each test that is in force on the day of the encounter says of it."""
    answered = {
        "duty": _of_duty,
        "provider": _of_provider,
        "term": _of_term,
        "day": _of_day,
        "cohort": _of_cohort,
        "live": _of_live,
    }
    found = []
    for test in access_tests():
        if test.in_force_from <= encounter.held_on:
            state, why = answered[test.key](encounter) if test.key in answered else _of_content(encounter, test)
            by_year = _cohort_by_year(encounter) if test.key == "cohort" else ()
            found.append(Tested(test, state, why, by_year))
    return tuple(found)


def judged_access(mask: int, found: Sequence[Tested]) -> tuple[int, int]:
    """What an encounter so tested counts for and what it leaves unknown, from what it would count for."""
    states = {each.test.key: each.state for each in found}
    without = mask & ~(access_mask() | _shown_mask())
    if FAILED in states.values():
        return without, 0
    by_year = dict(next((each.by_year for each in found if each.test.key == "cohort"), ()))
    ours = mask & access_mask() & ~mask_of(_phases_that_are(by_year, {FAILED}))
    if states.get("provider") == UNKNOWN:
        return without, ours
    if UNKNOWN in states.values():
        return without | ours, 0
    not_shown = mask_of(each + SHOWN for each in _phases_that_are(by_year, {FAILED, UNKNOWN}))
    return without | ours | mask & _shown_mask() & ~not_shown, 0


def _phases_that_are(by_year: dict[int, str], states: set[str]) -> list[str]:
    """The phases of whose year groups the best answer is one of these; not those of which nobody is invited."""
    law, found = framework(ACCESS), []
    assert law is not None
    for each in law.counted:
        (rule,) = each.expectations
        answers = {state for year, state in by_year.items() if rule.from_year <= year <= rule.to_year}
        best = next((state for state in (PASSED, UNKNOWN, FAILED) if state in answers), None)
        if best in states:
            found.append(each.id)
    return found


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
    return UNKNOWN, f"{name}: some offer such qualifications or apprenticeships, and nobody has said it of this one."


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """Kinds of partner that offer what the law means by what they are; and kinds of activity that are with such ones."""
    return {name: tuple(kinds) for name, kinds in read("provider-tests.toml")["kinds"].items()}


def kinds_that_offer() -> frozenset[str]:
    """Kinds of partner that offer by what they are what the law means."""
    return frozenset(_kinds()["offer"])


def _of_term(encounter: ProviderEncounter) -> tuple[str, str]:
    if encounter.is_school_day is False:
        return FAILED, f"Pupils are not in that day: {encounter.closed_by}."
    if encounter.is_school_day is None:
        usually = f" By the usual dates it is in none: {encounter.closed_by}." if encounter.closed_by else ""
        return UNKNOWN, f"The term dates of that year are not entered.{usually}"
    return PASSED, "Pupils are in that day."


def _of_day(encounter: ProviderEncounter) -> tuple[str, str]:
    begins, ends = encounter.school_day
    hours = f"{begins:%H:%M} to {ends:%H:%M}"
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
        return PASSED, f"{'It is for those who missed it' if encounter.is_catch_up else _whole(encounter)}."
    if encounter.invited == CHOSEN:
        if encounter.is_catch_up:
            return FAILED, "What it makes up for was for chosen pupils, and not for everybody of the year group."
        return FAILED, "It is for chosen pupils, and not for everybody of the year group."
    if encounter.waiting:
        return UNKNOWN, f"This year it is not planned yet for {', '.join(encounter.waiting)}."
    return UNKNOWN, "It is not known whether it was for everybody of the year group."


def _whole(encounter: ProviderEncounter) -> str:
    others = [f"Year {year}" for year, how in encounter.by_year if how == CHOSEN]
    if not others:
        return "It invites everybody of the year group"
    years = [f"Year {year}" for year, how in encounter.by_year if how == WHOLE]
    return f"It invites everybody of {' and '.join(years)}; of {' and '.join(others)} it is for chosen pupils"


def _cohort_by_year(encounter: ProviderEncounter) -> tuple[tuple[int, str], ...]:
    """The answer for each year group, where nobody has said it of all."""
    if encounter.answers.of(flags()["whole-cohort"]):
        return ()
    return tuple((year, OF_COHORT[how]) for year, how in encounter.by_year)


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


@cache
def access_duty_of(establishment_type: str) -> AccessDuty:
    """Whether provider access law binds a school of that type, by the code of the register of schools."""
    version, group = duties()[read("provider-tests.toml")["duty"]].versions[-1], group_of(establishment_type)
    if not establishment_type:
        return AccessDuty(
            None, "The type of the school is not said in its settings, so it is not known whether it is bound."
        )
    if group is None:
        return AccessDuty(
            None, "The type of the school is not one that Dekaan knows. The numbers are as if it were bound."
        )
    said = {"source": version.source, "confidence": version.confidence}
    if group.key in version.binds:
        return AccessDuty(True, f"The duty binds {group.name}.", **said)
    if group.not_found:
        return AccessDuty(None, f"{group.not_found} The numbers are as if it did.", **said)
    return AccessDuty(False, f"The duty does not bind {group.name}. The numbers are there all the same.", **said)
