"""Everything that is held about one pupil, composed from what the areas declare; what may be about somebody else waits.

Where a value names another pupil, a parent or carer, or a colleague, or is free text, it is held back until a person has
decided (Data Protection Act 2018, Schedule 2, paragraph 16: the rights of others).
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from dekaan.access.data_classes import DataClass
from dekaan.access.models import User
from dekaan.core.academic_year import year_label
from dekaan.core.folding import folded
from dekaan.core.held import Holding
from dekaan.evidence.models import Evidence
from dekaan.exchange.models import ImportLine, ImportRun, UndoPage
from dekaan.frameworks.queries import activity_types, bit_of, counted_criteria, partner_kinds, routes
from dekaan.measures.models import PupilYear
from dekaan.people.models import Carer, Pupil, StaffMember
from dekaan.people.queries import erased_pupils
from dekaan.privacy.models import Case, Going
from dekaan.privacy.queries.holdings import held_about, model_of
from dekaan.privacy.queries.named import naming_of
from dekaan.privacy.queries.trail_kinds import Kind
from dekaan.privacy.queries.trail_words import WORDS
from dekaan.programme.models import Act, Mode
from dekaan.website.models import WebsiteCheck

HELD_BACK = "[held back: it may be about somebody else]"
COUNTER = re.compile(r"n\d+")
# What somebody typed about the pupil: read by a person before it goes out.
FREE_TEXT = {
    "destinations.Statement.words",
    "destinations.Ruling.because",
    "people.Pupil.benchmark_cohort_reason",
    "privacy.Case.asker",
    "privacy.Case.note",
    "privacy.Case.sent_to",
    "privacy.Case.extended_because",
    "privacy.Case.closed_because",
    "privacy.Hold.because",
}

READINGS = {action for action, (kind, _) in WORDS.items() if kind == Kind.READING}

# Nothing of it stands in an answer, not even its heading: what may be told of it is for the safeguarding lead to say.
# Nor does any field of class G, wherever it stands: that a case was cleared tells that a contact is restricted.
KEPT_OUT = {"people.RestrictedContact"}


@dataclass(frozen=True)
class Value:
    """One value of one row; `why` says for what reason a person must decide on it."""

    place: str  # a hash of where it stands and what it says
    name: str
    said: str
    why: str = ""


@dataclass(frozen=True)
class Part:
    """One holding, with its rows about the pupil."""

    holding: Holding
    rows: list[list[Value]]


@dataclass(frozen=True)
class Pack:
    """All parts, what was decided, and what waits for a decision."""

    parts: list[Part]
    decided: dict[str, bool] = field(default_factory=dict)

    @property
    def to_decide(self) -> list[Value]:
        """Values that may be about somebody else, each once, in the order of the parts."""
        found = {value.place: value for part in self.parts for row in part.rows for value in row if value.why}
        return list(found.values())

    @property
    def undecided(self) -> int:
        """How many of them nobody has decided on."""
        return sum(value.place not in self.decided for value in self.to_decide)

    @property
    def digest(self) -> str:
        """A hash of all that goes out, but for the case itself and what is told of readings, which the release changes."""
        kept = [part for part in self.parts if part.holding.model not in {"audit.Event", "privacy.Case"}]
        said = [(part.holding.model, [[(v.name, self.shown(v)) for v in row] for row in part.rows]) for part in kept]
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def shown(self, value: Value) -> str:
        """The value as it goes out: what may be about somebody else only where a person released it."""
        return HELD_BACK if value.why and not self.decided.get(value.place) else value.said


class Others:
    """The names of everybody but the pupil, for finding them in a text."""

    def __init__(self, pupil: Pupil) -> None:
        own = {_pair(pupil.forename, pupil.surname), _pair(pupil.known_forename, pupil.known_surname)}
        pairs: dict[tuple[str, str], str] = {}
        for kind, people in (
            ("another pupil", Pupil.objects.exclude(pk=pupil.pk)),
            ("a parent or carer", Carer.objects.all()),
            ("a colleague", StaffMember.objects.all()),
        ):
            for person in people:
                pairs.setdefault(_pair(person.forename, person.surname), kind)
                if isinstance(person, Pupil):
                    pairs.setdefault(_pair(person.known_forename, person.known_surname), kind)
        self.erased = erased_pupils()
        self.pairs = {pair: kind for pair, kind in pairs.items() if pair not in own and all(pair)}

    def named_in(self, text: str) -> str:
        """Whom the text names, in words; nothing where it names nobody else."""
        words = {folded(word) for word in re.split(r"[^\w’'-]+", text)}
        plain = folded(text)
        for (forename, surname), kind in self.pairs.items():
            if _stands(surname, words, plain) and _stands(forename, words, plain):
                return f"it names {kind}"
        return "it names somebody who was erased" if self.erased.are_named(text) else ""


def _pair(forename: str, surname: str) -> tuple[str, str]:
    return folded(forename), folded(surname)


def _stands(name: str, words: set[str], plain: str) -> bool:
    """A short name is a word of its own; a longer one may stand inside another, as in an e-mail address."""
    return name in words or (len(name) > 3 and name in plain)


def pack(pupil: Pupil, case: Case | None = None) -> Pack:
    """What is held about the pupil, with what was decided in the case."""
    others = Others(pupil)
    decided = {each.place: each.is_released for each in case.decisions.all()} if case else {}
    parts = [
        Part(holding, _rows(holding, pupil, others)) for holding in held_about("pupil") if holding.model not in KEPT_OUT
    ]
    return Pack(parts, decided)


def _rows(holding: Holding, pupil: Pupil, others: Others) -> list[list[Value]]:
    if not holding.reached_by:
        return [
            [_value(holding.model, name, said, others, why) for name, said, why in row]
            for row in _INSIDE[holding.model](pupil)
        ]
    model = model_of(holding)
    rows = model.objects.filter(**{holding.reached_by: pupil.pk}).order_by("pk")  # type: ignore[attr-defined]
    if holding.model == "audit.Event":
        rows = rows.filter(subject="pupil", school_id=pupil.school_id)
    if holding.model == "people.ErasedPupil":
        return []  # whoever is there was not erased; an old number may be there again after a restore
    related = [each.name for each in model._meta.concrete_fields if each.is_relation and each.name != "school"]
    rows = rows.select_related(*related) if related else rows
    if holding.model == "audit.Event":
        return [_row(holding, row, others) for row in _each_reading_once_a_day(rows)]
    return [_row(holding, row, others) for row in rows]


def _each_reading_once_a_day(events: Iterable[Any]) -> Iterator[Any]:
    """All that was done, and the first reading of each kind on each day: whoever looks a case through opens it many times."""
    told = set()
    for event in events:
        reading = (timezone.localtime(event.at).date(), event.action)
        if event.action not in READINGS or reading not in told:
            told.add(reading)
            yield event


def _row(holding: Holding, row: models.Model, others: Others) -> list[Value]:
    found = []
    for each in row._meta.concrete_fields:
        left_out = {"school", "school_id", holding.reached_by} | holding.not_shown
        if each.primary_key or each.name in left_out or COUNTER.fullmatch(each.name) or each.related_model is User:
            continue
        if getattr(row, "data_classes", {}).get(each.name) == DataClass.G:
            continue
        said = _said(row, each)
        if said == "":
            continue
        why = "a parent or carer" if each.related_model is Carer else _who_else_asked(row, each)
        found.append(_value(holding.model, each.name, said, others, why, name=str(each.verbose_name)))
    if isinstance(row, PupilYear):
        found += [_value(holding.model, words, said, others, "") for words, said in _standing(row).items()]
    return found


def _standing(year: PupilYear) -> dict[str, str]:
    """What the masks of a year say: which criteria the pupil met, missed, or leaves unknown, judged then or so far."""
    found: dict[str, list[str]] = {}
    for criterion in counted_criteria():
        bit = bit_of(criterion.id)
        if (year.coh | year.far) & bit:
            state = "not known" if year.unk & bit else "met" if year.met & bit else "not met"
            found.setdefault(state if year.coh & bit else f"{state} so far", []).append(
                f"{criterion.id} {criterion.title}"
            )
    return {words: "; ".join(named) for words, named in found.items()}


def _who_else_asked(row: models.Model, each: models.Field) -> str:
    """That somebody else has asked about the pupil is theirs as well."""
    asked = isinstance(row, Case) and each.name in {"asked_by", "proof"} and row.asked_by != Case.AskedBy.PUPIL
    return "it tells who asked" if asked else ""


def _said(row: models.Model, each: models.Field) -> str:
    value = getattr(row, each.name)
    if value is None or value in ("", [], {}):
        return ""
    if each.choices:
        return str(getattr(row, f"get_{each.name}_display")())
    return _CODES[each.name](value) if each.name in _CODES else in_words(value)


# What stands as a code, and is said in the words that the screens say.
_CODES: dict[str, Callable[[Any], str]] = {
    "academic_year": year_label,
    "mode": lambda code: Mode(code).label if code in Mode.values else str(code),
    "partner_kind": lambda key: partner_kinds()[key].name if key in partner_kinds() else str(key),
    "route": lambda key: routes()[key].name if key in routes() else str(key),
    "activity_type": lambda key: activity_types()[key].name if key in activity_types() else str(key),
}


def in_words(value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{local.day} {local:%B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, dict):
        return "; ".join(f"{str(name).replace('_', ' ')}: {in_words(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(in_words(each) for each in value)
    return "nothing" if value is None else str(value)


def _value(model: str, field_name: str, said: str, others: Others, why: str, *, name: str = "") -> Value:
    place = hashlib.sha256(f"{model}|{field_name}|{said}".encode()).hexdigest()[:32]
    if not why and f"{model}.{field_name}" in FREE_TEXT:
        why = "somebody typed it"
    words = (name or field_name).replace("_", " ")
    return Value(place, words[:1].upper() + words[1:], said, why or others.named_in(said))


Inside = list[list[tuple[str, str, str]]]  # rows of name, value, and why a person must decide


def _in_acts(pupil: Pupil) -> Inside:
    acts = Act.objects.select_related("session__activity").order_by("pk")
    return [
        [("in a pasted list of absences of", str(act.session), ""), ("recorded", in_words(act.at), "")]
        for act in acts
        if pupil.pk in act.absent
    ]


def _in_undo_pages(pupil: Pupil) -> Inside:
    found: Inside = []
    for page in UndoPage.objects.select_related("run").order_by("pk"):
        if isinstance(page.rows, dict):
            part = (page.rows.get("absences") or {}).get(str(pupil.pk))
            found += (
                [[("day", str(page.rows.get("day")), ""), ("absent before the list", str(part), "")]] if part else []
            )
            continue
        for model, _, pupil_id, before, after in page.rows:
            if pupil_id == pupil.pk:
                found.append(
                    [
                        ("kind of record", str(model), ""),
                        ("before the list", in_words(before), ""),
                        ("after the list", in_words(after), ""),
                    ]
                )
    return found


def _in_runs(pupil: Pupil) -> Inside:
    """Lists in which the pupil is; the uploaded file is about many, and the pupil's rows of it are shown apart."""
    with_rows = ImportLine.objects.filter(pupil=pupil).values_list("run_id", flat=True)
    runs = ImportRun.objects.filter(pk__in=with_rows).order_by("pk")
    found: Inside = [
        [
            ("list", run.file_name, ""),
            ("brought in", in_words(run.started_at), ""),
            ("the file is kept", "yes, until the time for undo has passed" if run.stored_as else "no", ""),
        ]
        for run in runs
    ]
    doubtful = ImportLine.objects.filter(pupil=None).exclude(candidates=[]).order_by("pk")
    found += [
        [("a row of a list that may be about the pupil", in_words(line.values) or line.who, "it may be about another")]
        for line in doubtful
        if pupil.pk in line.candidates
    ]
    return found


def _in_going(pupil: Pupil) -> Inside:
    rows = Going.objects.filter(kind=Going.Kind.PUPIL, record_id=pupil.pk)
    return [
        [("the record goes on", in_words(row.goes_on), ""), ("said on", in_words(row.named_on), "")] for row in rows
    ]


def _in_evidence(pupil: Pupil) -> Inside:
    """Pieces whose words name the pupil; a file is not searched, so that it is said which may name anybody."""
    names, found = naming_of(pupil), Inside()
    for piece in Evidence.objects.prefetch_related("files").order_by("pk"):
        said = [piece.title, piece.shows, piece.statement, *(each.file_name for each in piece.files.all())]
        found += [[("a piece of evidence says", each, "somebody typed it")] for each in said if names(each)]
    return found


def _in_website(pupil: Pupil) -> Inside:
    """Sentences of the school's public pages that name the pupil."""
    names = naming_of(pupil)
    return [
        [("the school's public website said", words, "")]
        for check in WebsiteCheck.objects.order_by("pk")
        for words in dict.fromkeys([*(line["sentence"] for line in check.findings), *_words_read(check)])
        if names(words)
    ]


def _words_read(check: WebsiteCheck) -> Iterator[str]:
    """What was read of the website, as far as it is kept."""
    for document in check.words_read:
        yield document["title"]
        yield document["said"]
        for block in document["blocks"]:
            yield block["words"]
        yield from (link["words"] for link in document["links"])


_INSIDE = {
    "website.WebsiteCheck": _in_website,
    "evidence.Evidence": _in_evidence,
    "privacy.Going": _in_going,
    "programme.Act": _in_acts,
    "exchange.UndoPage": _in_undo_pages,
    "exchange.ImportRun": _in_runs,
}
