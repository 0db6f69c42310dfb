"""Which phrases a person may use, each in words; and what is wrong with phrases that they may not, or nobody can."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from dekaan.access.data_classes import DataClass
from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.core.numbers import row_numbers
from dekaan.frameworks.queries import (
    Criterion,
    activity_types,
    benchmarks_in_force,
    criterion,
    framework,
    frameworks,
    partner_kinds,
)
from dekaan.lists.queries.sentences import OF_CRITERIA, OF_ENCOUNTERS, THIS_YEAR, VERBS, VERSION, WINDOWS, Had, Sentence
from dekaan.people.models import Group, Sex
from dekaan.people.queries import narrowed_to, tutor_groups, year_groups
from dekaan.programme.models import Activity, Audience
from dekaan.programme.queries import activities_visible_to

# A phrase that tells what a pupil is needs what seeing it needs, and finds those of whom the class is open.
TELLS: dict[str, tuple[Permission, DataClass]] = {
    "sen": (Permission.SEN_SEE, DataClass.S2),
    **dict.fromkeys(("pupil-premium", "eal", "looked-after", "ethnic-group"), (Permission.FLAGS_SEE, DataClass.S3)),
}
CLASSES_IN_WORDS = {DataClass.S2: "special educational needs", DataClass.S3: "flags such as pupil premium or ethnicity"}
# What can be said of who pupils are, where the school's own groups do not come into it: kind, title, value → words.
SAID: dict[str, tuple[str, dict[str, str]]] = {
    "pupil-premium": ("Disadvantaged", {"yes": "disadvantaged", "no": "not disadvantaged"}),
    "sen": (
        "Special educational needs",
        {
            "any": "with special educational needs",
            "K": "on SEN support",
            "E": "with an education, health and care plan",
            "N": "without special educational needs",
        },
    ),
    "sex": ("Sex", {value: str(name).lower() for value, name in Sex.choices}),
    "eal": (
        "Language",
        {"yes": "with English as an additional language", "no": "with English as first language"},
    ),
    "looked-after": ("Looked after", {"yes": "looked after", "no": "not looked after"}),
    "attendance": ("Attendance this year", {"90": "attendance under 90 %", "95": "attendance under 95 %"}),
    "cohort": (
        "Benchmark cohort",
        {"in": "in the benchmark cohort", "out": "outside the benchmark cohort"},
    ),
}
THINGS = {
    "any": ("encounter of any kind", "encounters of any kind"),
    "employer": ("encounter with an employer", "encounters with an employer"),
    "workplace": ("workplace visit", "workplace visits"),
    "provider": ("encounter with a provider", "encounters with a provider"),
    "guidance": ("guidance meeting", "guidance meetings"),
}
HALF_DAYS = "half-days"


@cache
def ethnic_groups() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The broad groups: key → name and codes."""
    text = files("dekaan.lists").joinpath("data", "ethnic-groups.toml").read_text(encoding="utf-8")
    return {each["key"]: (each["name"], tuple(each["codes"])) for each in tomllib.loads(text)["group"]}


def criteria_in_force(on: date) -> list[Criterion]:
    """Those counted that can be asked about: of the benchmarks in force, and of the law."""
    current = benchmarks_in_force(on)
    return [
        each
        for of in frameworks()
        if of.key == current.key or (not of.is_benchmarks and of.is_in_force(on))
        for each in of.counted
    ]


@dataclass(frozen=True)
class Problem:
    """A phrase by which nobody is found, and why; `is_closed` where it is the person's role that does not open it."""

    phrase: "str | Had"
    words: str
    is_closed: bool = False


@dataclass(frozen=True)
class Offered:
    """What one person may put together today: lines of a drop-down, by title."""

    who: dict[str, dict[str, str]]  # title → phrase → words
    what: dict[str, dict[str, str]]
    on: date
    permissions: frozenset[Permission] = field(repr=False)
    is_narrowed: bool = False
    names: dict[str, str] = field(default_factory=dict, repr=False)  # of groups and activities that are past

    @property
    def phrases(self) -> dict[str, str]:
        """Every phrase of who they are, in words."""
        return {value: words for group in self.who.values() for value, words in group.items()}

    @property
    def things(self) -> dict[str, str]:
        """Everything that they may have had, in words."""
        return {value: words for group in self.what.values() for value, words in group.items()}


def offered_to(
    user: User, assignments: Sequence[RoleAssignment], permissions: frozenset[Permission], on: date
) -> Offered:
    """The phrases that the roles open: of the year groups and tutor groups in which the person sees anybody."""
    year, mine = academic_year_of(on), narrowed_to(assignments, DataClass.E)
    who = {
        "Year group": {f"year-group:{each}": f"Year {each}" for each in year_groups(year, mine)},
        "Tutor group": {f"tutor-group:{each.pk}": each.name for each in tutor_groups(year, mine)},
    }
    for kind, (title, values) in SAID.items():
        if _is_open(kind, permissions):
            who[title] = {f"{kind}:{value}": words for value, words in values.items()}
    if _is_open("ethnic-group", permissions):
        who["Ethnic group"] = {
            f"ethnic-group:{key}": f"ethnic group: {name}" for key, (name, _) in ethnic_groups().items()
        }
    return Offered(who, _things(user, assignments, on), on, permissions, mine is not None)


def _is_open(kind: str, permissions: frozenset[Permission]) -> bool:
    return kind not in TELLS or TELLS[kind][0] in permissions


def _things(user: User, assignments: Sequence[RoleAssignment], on: date) -> dict[str, dict[str, str]]:
    short = {each.key: each.short for each in frameworks()}
    held = activities_visible_to(user, assignments).filter(
        audience=Audience.PUPILS,
        sessions__recorded_at__isnull=False,
        sessions__held_on__gte=year_start(academic_year_of(on)),
    )
    return {
        "Encounters": {key: one for key, (one, _) in THINGS.items()},
        "With a provider or employer of one kind": {
            f"partner:{each.key}": each.name for each in partner_kinds().values()
        },
        "Kinds of activity": {
            f"type:{each.key}": each.name for each in activity_types().values() if each.audience == Audience.PUPILS
        },
        "What counts for a criterion": {
            f"criterion:{each.id}": f"{short[each.framework]} · {each.code} {each.title}"
            for each in criteria_in_force(on)
        },
        "Absent from": {HALF_DAYS: "half-days of school"}
        | {f"activity:{pk}": title for pk, title in held.order_by("title").values_list("pk", "title").distinct()},
    }


def problems_of(sentence: Sentence, offered: Offered) -> list[Problem]:
    """Every phrase by which nobody is found, in the order of the sentence."""
    if sentence.version != VERSION:
        said = "It was put together with other phrases than this version has."
        return [*(Problem(each, said) for each in sentence.who), *(Problem(each, said) for each in sentence.had)]
    phrases, things = offered.phrases, offered.things
    found = [_problem_of_who(each, offered) for each in sentence.who if each not in phrases]
    return found + [
        Problem(each, words) for each in sentence.had if (words := _problem_of_had(each, things, offered.on))
    ]


def _problem_of_who(phrase: str, offered: Offered) -> Problem:
    kind, _, value = phrase.partition(":")
    if not _is_open(kind, offered.permissions):
        closed = CLASSES_IN_WORDS[TELLS[kind][1]]
        return Problem(
            phrase, f"Your role does not open {closed}, so this phrase finds nobody for you.", is_closed=True
        )
    if kind == "year-group":
        whose = "You see no pupil" if offered.is_narrowed else "The school has no pupil"
        return Problem(phrase, f"{whose} in Year {value} this year.")
    if kind == "tutor-group":
        return Problem(phrase, "There is no such tutor group this year, or you see no pupil in it.")
    return Problem(phrase, "There is no such phrase.")


def _problem_of_had(had: Had, things: dict[str, str], on: date) -> str:
    """Why nobody is found by the phrase; empty where it can be asked."""
    if had.verb not in VERBS or had.when not in WINDOWS or had.least < 1:
        return "There is no such phrase."
    if had.verb == "joined":
        return "" if had.since else "Give the day since when they joined."
    if had.is_counted and had.when == "since" and had.since is None:
        return "Give the day since when."
    if had.what in things:
        return mismatch(had)
    known = criterion(had.value) if had.kind == "criterion" else None
    of = framework(known.framework) if known else None
    if of is not None and not of.is_in_force(on):
        return f"{of.short} is no longer in force, so that nobody is asked for “{known.title if known else ''}”."
    if had.kind == "activity":
        return "No session of that activity has been recorded this year."
    return "There is no such phrase."


def mismatch(had: Had) -> str:
    """What does not go together: nobody meets an activity, or is absent from a criterion."""
    if had.verb in OF_CRITERIA and had.kind != "criterion":
        return "Choose a criterion: only criteria are met or missed."
    if had.verb == "absent" and had.kind not in {"activity", HALF_DAYS}:
        return "Choose an activity, or half-days of school, under “Absent from”."
    if had.verb in OF_ENCOUNTERS and had.kind in {"activity", HALF_DAYS}:
        return "Choose a kind of encounter; activities by name go with “were absent from”."
    if had.what == HALF_DAYS and had.when not in {*THIS_YEAR, "since"}:
        return "Half-days of absence can be counted this year, or since a day."
    return ""


def in_words(sentence: Sentence, offered: Offered, past: dict[str, str]) -> str:
    """ "Year 10, disadvantaged, no workplace visit since 1 September 2026"; `past` names groups that are no longer offered."""
    phrases = _every_phrase() | past | offered.phrases
    parts = [
        " or ".join(phrases.get(f"{kind}:{value}", _unnamed(kind, value)) for value in values)
        for kind, values in sentence.kinds.items()
    ]
    things = past | offered.things
    said = ", ".join([*parts, *(had_in_words(each, things) for each in sentence.had)])
    return said[:1].upper() + said[1:]


def _unnamed(kind: str, value: str) -> str:
    return f"Year {value}" if kind == "year-group" else f"a {kind.replace('-', ' ')} that is no more"


@cache
def _every_phrase() -> dict[str, str]:
    said = {f"{kind}:{value}": words for kind, (_, values) in SAID.items() for value, words in values.items()}
    return said | {f"ethnic-group:{key}": f"ethnic group: {name}" for key, (name, _) in ethnic_groups().items()}


def had_in_words(had: Had, things: dict[str, str]) -> str:
    """One phrase: "no workplace visit since 1 September 2026"."""
    if had.verb == "joined":
        return f"joined since {_day(had.since)}"
    name = things.get(had.what, "")
    if had.kind == "criterion" and (known := criterion(had.value)):
        name = known.title
    if had.verb in OF_CRITERIA:
        words = {"meets": "meets", "misses": "misses", "not-known": "not known for", "not-yet": "not there yet for"}
        return f"{words[had.verb]} “{name}”"
    when = f"since {_day(had.since)}" if had.when == "since" else WINDOWS.get(had.when, "")
    if had.what == HALF_DAYS:
        return f"absent on {had.least} or more half-days {when}"
    if had.verb == "absent":
        return f"absent from “{name or 'an activity that is no more'}” and not caught up"
    one, many = THINGS.get(had.what) or _named(had.kind, name)
    if had.verb == "had":
        return f"at least one {one} {when}" if had.least == 1 else f"at least {had.least} {many} {when}"
    return f"no {one} {when}" if had.least == 1 else f"fewer than {had.least} {many} {when}"


def _named(kind: str, name: str) -> tuple[str, str]:
    of = {"partner": "with: ", "type": "of the kind: ", "criterion": "that counts for: "}.get(kind, "")
    return f"encounter {of}“{name}”", f"encounters {of}“{name}”"


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "a day that is not given"


def names_that_are_past(sentences: Iterable[Sentence], offered: Offered) -> dict[str, str]:
    """What groups and activities of these sentences are called that are no longer offered, in a statement of each kind."""
    said = [phrase for each in sentences for phrase in (*each.who, *(had.what for had in each.had))]
    wanted = {phrase for phrase in said if phrase not in offered.phrases and phrase not in offered.things}
    found: dict[str, str] = {}
    for kind, model, name in (("tutor-group", Group, "name"), ("activity", Activity, "title")):
        pks = row_numbers([each.partition(":")[2] for each in wanted if each.startswith(f"{kind}:")])
        if pks:
            found |= {f"{kind}:{pk}": said for pk, said in model.objects.filter(pk__in=pks).values_list("pk", name)}
    return found
