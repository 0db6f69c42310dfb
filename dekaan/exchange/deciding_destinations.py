"""What each line of a file of destinations becomes: a statement in the ledger, a question who it is, or a refusal in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dekaan.core.academic_year import today
from dekaan.core.folding import folded
from dekaan.core.scope import schools_in_scope
from dekaan.destinations.changes import BEGAN_BEFORE, TWO_THINGS, Refused, try_statement
from dekaan.destinations.models import PLANS, Kind, Source, Statement
from dekaan.destinations.queries import (
    agree,
    in_force,
    is_since,
    leaving_days,
    leaving_year,
    of_list,
    says_nothing,
    with_places,
)
from dekaan.exchange.matching import Known, Match
from dekaan.exchange.models import Decision, ImportLine
from dekaan.exchange.reading.dates import in_words as in_full
from dekaan.exchange.recognising import Evidence, LastKnown, Leavers
from dekaan.exchange.register import register_of_pupils
from dekaan.exchange.said_of_leavers import MOMENTS, OFFERS, SOURCES, code_inside, route_and_level_of
from dekaan.exchange.schools_named import KEYS, OurSchool
from dekaan.exchange.staging import Line, revived
from dekaan.frameworks.queries import activity_codes, routes, routes_of_codes
from dekaan.partners.queries import plain_name
from dekaan.people.models import Pupil, YearRecord
from dekaan.schools.models import School

AS_SAID = (
    "provider_name",
    "course",
    "level",
    "starts_on",
    "ends_on",
    "as_of",
    "said_on",
    "sector",
    "occupation",
    "words",
)
# What makes a statement the same as one that stands already; the days only where the file says them.
SAYS = ("code", "route", "provider_name", "course", "level", "starts_on", "ends_on", "sector", "occupation", "words",
        "offer_state")  # fmt: skip
NAMELESS = "is nobody whom we know: neither a leaver nor in these years now. Somebody of another school, perhaps"


def leavers_of(on: date) -> Leavers:
    """Everybody whom such a file may be about, as they were when they were last in a year group."""
    left = leaving_days(on=on)
    records = YearRecord.objects.order_by("academic_year", "pk")
    last = {
        pk: LastKnown(year_group, group or "", left.get(pk))
        for pk, year, year_group, group in records.values_list(
            "pupil_id", "academic_year", "year_group", "tutor_group__name"
        )
        if pk not in left or year <= leaving_year(left[pk])
    }
    (school_id,) = schools_in_scope()
    return Leavers(register_of_pupils(on), last, OurSchool.of(School.objects.get(pk=school_id)))


@dataclass
class _Deciding:
    """What the lines are compared with, and what has been met on the way."""

    leavers: Leavers
    asked: dict[str, Any]
    pupils: dict[int, Pupil]
    standing: dict[int, list[Statement]]
    claimed: dict[int, Line] = field(default_factory=dict)
    met: dict[int, list[tuple[Line, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))


def decide_destinations(
    lines: Sequence[Line], leavers: Leavers, matches: Sequence[Match], asked: dict[str, Any]
) -> list[Line]:
    """Every line has its decision. `asked` is what a person said of the file: moment, source, day, sender, words."""
    by_pk = {each.pk: each for each in leavers.register.known}
    people = {id(line): _pupil(line, match, by_pk) for line, match in zip(lines, matches, strict=True)}
    ids = {each.pk for each in people.values() if each}
    standing: dict[int, list[Statement]] = defaultdict(list)
    for each in in_force(with_places(Statement.objects.filter(pupil_id__in=ids))):
        standing[each.pupil_id].append(each)
    deciding = _Deciding(leavers, asked, Pupil.objects.in_bulk(ids), standing)
    for line, match in zip(lines, matches, strict=True):
        if not line.decision:
            _decide(line, people[id(line)], match, deciding)
        if line.decision != Decision.DOUBTFUL:
            line.values.pop(
                "postcode", None
            )  # a person looks it up where it is asked who the row is about, and nobody else
    return list(lines)


def _pupil(line: Line, match: Match, by_pk: dict[int, Known]) -> Known | None:
    if line.decision:
        return None
    return by_pk.get(int(line.choice)) if line.choice.isdigit() else match.pupil


def _decide(line: Line, known: Known | None, match: Match, deciding: _Deciding) -> None:
    if line.choice == "skip":
        line.refuse("was left out by hand")
        return
    if known is None and match.candidates:
        _doubt(line, match.candidates, match.why)
        return
    if known is None:
        line.refuse(NAMELESS if line.who else "names nobody")
        return
    first = deciding.claimed.setdefault(known.pk, line)
    if first is not line and not line.choice and _forename(first) != _forename(line):
        _doubt(line, (known,), f"looks like the pupil of row {first.row}, who has another forename there")
        return
    line.pupil_id, line.who = known.pk, f"{known.values['surname']}, {known.values['forename']}"
    last = deciding.leavers.last.get(known.pk)
    says = says_of(line.values, deciding.asked, last.left_on if last else None)
    if isinstance(says, str):
        line.refuse(says)
        return
    _compare(line, deciding.pupils[known.pk], says, deciding)


def _forename(line: Line) -> str:
    return folded(line.values.get("forename") or "")


def _doubt(line: Line, people: Sequence[Known], why: str) -> None:
    line.decision, line.reason, line.candidates = Decision.DOUBTFUL, why, [each.pk for each in people]


def says_of(values: dict[str, Any], asked: dict[str, Any], left_on: date | None) -> dict[str, Any] | str:
    """What a row says of somebody who left then, as the ledger is told of it; a sentence where its words mean nothing."""
    says: dict[str, Any] = {name: values[name] for name in AS_SAID if values.get(name) not in (None, "")}
    kind = MOMENTS.get(folded(values["moment"])) if values.get("moment") else asked.get("moment", Kind.POSITION)
    source = SOURCES.get(folded(values["said_by"])) if values.get("said_by") else asked.get("source", Source.PROVIDER)
    if kind is None:
        return f"“{values['moment'][:40]}” is no moment that we know, such as On 1 November"
    if source is None:
        return f"“{values['said_by'][:40]}” says nothing of who said it, such as the pupil or the council"
    says |= {"kind": kind, "source": source}
    says = of_list(says, date.fromisoformat(asked["day"]) if asked.get("day") else None, left_on)
    if problem := _where(says, values, asked):
        return problem
    if values.get("offer_state"):
        state = OFFERS.get(folded(values["offer_state"]))
        if state is None:
            return f"“{values['offer_state'][:40]}” is no stage of an application that we know, such as offered or declined"
        says["offer_state"] = state
    # A college's own list need not name the college in every row.
    if source == Source.PROVIDER and asked.get("sender") and not says.get("provider_name"):
        says["provider_name"] = asked["sender"]
    # Which organisation of the directory a sender's name for it means; the name stays as it was said.
    if said := asked.get("providers", {}).get(plain_name(says.get("provider_name", ""))):
        says["provider_id"] = int(said)
    return says


def _where(says: dict[str, Any], values: dict[str, Any], asked: dict[str, Any]) -> str:
    code, text = values.get("code", ""), str(values.get("route", ""))
    code = code or code_inside(text)
    if code and (meant := asked.get("words", {}).get(folded(str(code)))):  # a code that a person said the meaning of
        says["route"] = meant
        return ""
    is_said = text and text != code and not code_inside(text)
    route, level = route_and_level_of(text, asked.get("words")) if is_said else ("", None)
    if code:
        says["code"] = code
    if route:
        found = routes()[route]
        if level and not says.get("level"):  # a column of its own says it first
            says["level"] = level
        is_our_word = text == route or folded(text) == folded(found.name)
        says["route"] = route if is_our_word else found.at(says.get("course", ""), says.get("level"))
    elif text and not code_inside(text):
        if code:
            says["words"] = "; ".join(filter(None, (text, says.get("words", ""))))[:500]
        else:
            return (
                f"“{text[:60]}” is no route that we know. Say in the preview what it means: that is kept for this sender’s "
                "next file"
            )
    return ""


def _compare(line: Line, pupil: Pupil, says: dict[str, Any], deciding: _Deciding) -> None:
    """The line beside what stands in the ledger and what the file said before of the same person."""
    last = deciding.leavers.last.get(pupil.pk)
    there = [
        each
        for each in deciding.standing[pupil.pk]
        if each.kind == says["kind"] and is_since(each, last.left_on if last else None)
    ]
    if any(_is_same(each, says, deciding.asked) for each in there):
        line.decision, line.reason = Decision.UNCHANGED, "is recorded already"
        return
    earlier = deciding.met[pupil.pk]
    if repeats := next((other for other, said in earlier if said == says), None):
        line.refuse(f"repeats row {repeats.row}")
        return
    try:
        tried = try_statement(pupil, **says)
    except Refused as refusal:
        line.refuse(str(refusal))
        return
    for words, applies in ((BEGAN_BEFORE, tried.began_before_leaving), (TWO_THINGS, tried.says_two_things)):
        if applies:
            line.note(words[0].lower() + words[1:].rstrip("."))
    if says["kind"] not in PLANS and not says_nothing(tried.statement):
        for each in there:
            if not says_nothing(each) and not agree(each, tried.statement):
                line.note(
                    f"{each.get_source_display()} said “{in_words(each)}” of the same moment; both are kept, and a person "
                    "says which holds"
                )
        if other := next((other for other, said in earlier if said["kind"] == says["kind"]), None):
            line.note(f"row {other.row} says otherwise of the same person; both are kept")
    earlier.append((line, says))
    line.changes = [("destination", None, f"{tried.statement.get_kind_display()}: {with_days(tried.statement)}")]
    line.decision = Decision.CHANGES


def _is_same(statement: Statement, says: dict[str, Any], asked: dict[str, Any]) -> bool:
    """Whether it stands already. Our own file that comes back says nothing of who said it, unless a column does."""
    is_ours = asked.get("source") == Source.SCHOOL and says["source"] == Source.SCHOOL
    if statement.source != says["source"] and not is_ours:
        return False
    if says.get("as_of") and statement.as_of != says["as_of"]:
        return False
    told = {name: "" if (value := getattr(statement, name)) is None else value for name in SAYS}
    new = {name: "" if (value := says.get(name)) is None else value for name in SAYS}
    for said in (told, new):  # a route has its code, whether the file writes it or not
        route = routes().get(said["route"]) or routes_of_codes().get(str(said["code"]))
        said |= {"code": said["code"] or (route.code if route else ""), "provider_name": folded(said["provider_name"])}
        said["route"] = route.key if route else said["route"]
    return told == new


def side_by_side(lines: Iterable[ImportLine]) -> dict[int, tuple[str, list[tuple[str, str]]]]:
    """Of each doubtful line what the row says of the person, and each whom it may be with what fits and what differs."""
    leavers = leavers_of(today())
    found = {}
    for line in lines:
        said = revived(line.values)
        about = [
            f"born {in_full(said['birth_date'])}" if said.get("birth_date") else "",
            said.get("tutor_group", ""),
            f"postcode {said['postcode']}" if said.get("postcode") else "",
            *(f"from {said[key]}" for key in KEYS if said.get(key)),
            *(f"{label} {said[key]}" for key, label in (("upn", "UPN"), ("uln", "ULN")) if said.get(key)),
        ]
        by_pk = {each.known.pk: each for each in leavers.weighed(said)}
        people = [(str(pk), _beside(by_pk[pk], leavers)) for pk in line.candidates if pk in by_pk]
        words = ", ".join(filter(None, about))
        found[line.pk] = (f"The row says: {words}." if words else "", people)
    return found


def _beside(evidence: Evidence, leavers: Leavers) -> str:
    known, last = evidence.known, leavers.last.get(evidence.known.pk, LastKnown())
    said = [
        f"born {in_full(known.values['birth_date'])}" if known.values.get("birth_date") else "",
        f"last in {last.tutor_group or f'Year {last.year_group}'}" if last.year_group else "",
        f"left on {in_full(last.left_on)}" if last.left_on else "on the roll",
        f"fits: {', '.join(evidence.fits)}" if evidence.fits else "",
        f"differs: {', '.join(evidence.differs)}" if evidence.differs else "",
    ]
    return f"{known.values['surname']}, {known.values['forename']} – {'; '.join(filter(None, said))}"


def in_words(statement: Statement) -> str:
    """Where somebody is said to be, in a few words."""
    route, code = routes().get(statement.route), activity_codes().get(statement.code)
    where = route.name if route else f"{code.code} {code.name}" if code else statement.words
    return ", ".join(filter(None, (where, statement.course, statement.level_name, statement.provider_name)))


def with_days(statement: Statement) -> str:
    """Where somebody is said to be, since when and until when."""
    since = f"since {in_full(statement.starts_on)}" if statement.starts_on else ""
    until = f"last day {in_full(statement.ends_on)}" if statement.ends_on else ""
    return ", ".join(filter(None, (in_words(statement), since, until)))
