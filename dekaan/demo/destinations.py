"""What is known of those who left: plans asked each term, offers, wishes, and where they went by whose word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.demo.asking import ask_leavers
from dekaan.demo.names import PROVIDERS
from dekaan.destinations.changes import (
    correct_statement,
    record_statement,
    say_which_holds,
    tell,
    verify_statement,
    withdraw_statement,
)
from dekaan.destinations.models import Confidence, Kind, OfferState, Source, Statement, Wish
from dekaan.destinations.queries import followed_until, leavers
from dekaan.frameworks.queries import moments
from dekaan.partners.models import Organisation
from dekaan.partners.queries import organisation_named
from dekaan.people.models import Pupil, YearRecord

COLLEGE, SIXTH_FORM_COLLEGE = PROVIDERS["fe-college"], PROVIDERS["sixth-form-college"]
# Year group → route, where, level, and how many of a hundred mean to go there.
MEANT: dict[int, tuple[tuple[str, str, int | None, int], ...]] = {
    11: (
        ("sixth-form-college", SIXTH_FORM_COLLEGE, 3, 24),
        ("college-technical", COLLEGE, 3, 22),
        ("college-academic", COLLEGE, 3, 9),
        ("college-level-2", COLLEGE, 2, 7),
        ("t-level", COLLEGE, 3, 9),
        ("apprenticeship", PROVIDERS["itp"], 2, 8),
        ("apprenticeship", PROVIDERS["apprenticeship-employer"], 3, 6),
        ("utc", PROVIDERS["utc"], 3, 3),
        ("armed-forces", "", None, 2),
        ("job-with-training", "Redhill Logistics", None, 2),
        ("undecided", "", None, 8),
    ),
    13: (
        ("university", PROVIDERS["university"], 6, 54),
        ("university-abroad", "", 6, 2),
        ("foundation-year", PROVIDERS["university"], 4, 4),
        ("apprenticeship", PROVIDERS["apprenticeship-employer"], 4, 9),
        ("apprenticeship", PROVIDERS["itp"], 3, 6),
        ("higher-technical", PROVIDERS["he-in-fe"], 4, 4),
        ("gap-with-place", "", None, 5),
        ("job-with-training", "Sundial Hotels", None, 6),
        ("volunteering", "", None, 2),
        ("undecided", "", None, 8),
    ),
}
# What becomes of those who do not go where they meant to.
ELSE: dict[int, tuple[tuple[str, str, int | None, int], ...]] = {
    11: (
        ("college-technical", COLLEGE, 3, 28),
        ("college-level-2", COLLEGE, 2, 18),
        ("sixth-form-college", SIXTH_FORM_COLLEGE, 3, 12),
        ("job-without-training", "Sundial Hotels", None, 10),
        ("training-programme", PROVIDERS["itp"], None, 8),
        ("looking", "", None, 16),
        ("not-available", "", None, 5),
        ("abroad", "", None, 3),
    ),
    13: (
        ("job-with-training", "Redhill Logistics", None, 20),
        ("job-without-training", "Sundial Hotels", None, 22),
        ("university", PROVIDERS["university"], 6, 16),
        ("gap-with-place", "", None, 14),
        ("apprenticeship", PROVIDERS["apprenticeship-employer"], 4, 8),
        ("looking", "", None, 16),
        ("abroad", "", None, 4),
    ),
}
UNKNOWN = 5  # of every fifth nobody says anything after they have left
AS_MEANT = 0.72
STAYS = 0.86  # in the same place from one moment to the next
FEW = 8  # of every eighth of last summer's leavers somebody has already said where they are
OBJECTS = 20  # every twentieth, or a parent of theirs
BOUND_FOR_11, BOUND_FOR_13 = (11, 12), (13,)


@dataclass(frozen=True)
class Place:
    """Where somebody means to go or went."""

    route: str
    provider: str
    level: int | None


class Ledger:
    """What is to be said, gathered and then written at once: the demonstration's own import."""

    def __init__(self, rng: Random, *, by: User, today: date) -> None:
        self.rng, self.by, self.today = rng, by, today
        self.statements: list[Statement] = []
        self.wishes: list[Wish] = []
        named = {each for rows in (*MEANT.values(), *ELSE.values()) for _, each, _, _ in rows if each}
        self.providers: dict[str, Organisation | None] = {each: organisation_named(each) for each in sorted(named)}

    def place(self, rows: tuple[tuple[str, str, int | None, int], ...]) -> Place:
        """One of them, by how many of a hundred go there."""
        route, provider, level, _ = self.rng.choices(rows, [each[3] for each in rows])[0]
        return Place(route, provider, level)

    def say(self, pupil: Pupil, kind: str, at: Place, *, said_on: date, as_of: date | None = None, **more: Any) -> None:
        """One statement, unless the day on which it is said is still to come."""
        if said_on > self.today or (as_of or said_on) > self.today:
            return
        self.statements.append(
            Statement(
                pupil=pupil,
                kind=kind,
                as_of=as_of or said_on,
                said_on=said_on,
                route=at.route,
                provider=self.providers.get(at.provider),
                provider_name=at.provider,
                level=at.level,
                recorded_by=self.by,
                **{"source": Source.PUPIL, "confidence": Confidence.SOME, **more},
            )
        )

    def wish(self, pupil: Pupil, about: str, *, allows: bool, said_on: date, **more: Any) -> None:
        """One wish, unless the day is still to come."""
        if said_on <= self.today:
            self.wishes.append(
                Wish(
                    pupil=pupil,
                    about=about,
                    allows=allows,
                    said_on=said_on,
                    recorded_by=self.by,
                    **{"who": Wish.SaidBy.PUPIL, **more},
                )
            )

    def write(self) -> None:
        """Everything gathered is in the database."""
        Statement.objects.bulk_create(self.statements, batch_size=500)
        Wish.objects.bulk_create(self.wishes, batch_size=500)
        tell({each.pupil_id for each in self.statements})


def write_destinations(rng: Random, *, by: User, today: date) -> None:
    """Those who leave this year are asked; little is known of last summer's leavers, most of the two years before."""
    this_year = academic_year_of(today)
    ledger = Ledger(rng, by=by, today=today)
    bound = YearRecord.objects.filter(academic_year=this_year, year_group__in=(*BOUND_FOR_11, *BOUND_FOR_13))
    for record in bound.select_related("pupil").order_by("pupil_id"):
        _ask(ledger, record.pupil, record.year_group, this_year)
    by_year = {
        left_in: sorted(leavers(left_in, Pupil.objects.all(), today), key=lambda each: each.pupil.pk)
        for left_in in (this_year - 2, this_year - 1, this_year - 3)
    }
    for left_in, found in by_year.items():
        for number, each in enumerate(found):
            meant = _ask(ledger, each.pupil, each.year_group, left_in)
            _allow(ledger, each.pupil, left_in, objects=number % OBJECTS == 5)
            if left_in == this_year - 1:
                if number % FEW == FEW // 2:
                    _enrol(ledger, each.pupil, meant or ledger.place(ELSE[_leaves(each.year_group)]), left_in)
            else:
                _follow(ledger, each.pupil, each.year_group, meant, left_in, is_lost=number % UNKNOWN == UNKNOWN // 2)
    _say_of_who_came_back(ledger, this_year)
    ledger.write()
    _dispute([each.pupil for each in by_year[this_year - 1]], this_year - 1, by=by, today=today)
    ask_leavers(this_year - 1, by=by, today=today)
    _settle([each.pupil for each in by_year[this_year - 2]], this_year - 2, by=by, today=today)


def _leaves(year_group: int) -> int:
    return 11 if year_group in BOUND_FOR_11 else 13


def _ask(ledger: Ledger, pupil: Pupil, year_group: int, year: int) -> Place | None:
    """What they mean to do, each term of the year; nothing is asked of a fifth in any one term."""
    rows = MEANT[_leaves(year_group)]
    meant = ledger.place(rows)
    asked: Place | None = None
    for day in (date(year, 10, 14), date(year + 1, 2, 3), date(year + 1, 5, 12)):
        answers, changes_mind = ledger.rng.random() < 0.8, ledger.rng.random() < 0.12
        if changes_mind:
            meant = ledger.place(rows)
        if answers:
            asked = meant
            sure = ledger.rng.choices((Confidence.HIGH, Confidence.SOME, Confidence.LOW), (3, 5, 2))[0]
            ledger.say(pupil, Kind.INTENTION, meant, said_on=day, confidence=sure)
    if asked is None or asked.route == "undecided":
        return None
    if ledger.rng.random() < 0.3:
        ledger.say(
            pupil,
            Kind.INTENTION,
            ledger.place(ELSE[_leaves(year_group)][:3]),
            said_on=date(year + 1, 2, 3),
            is_backup=True,
        )
    if asked.provider and ledger.rng.random() < 0.8:
        for day, states, weights in (
            (date(year, 11, 20), (OfferState.APPLIED, OfferState.INTERVIEWED), (4, 1)),
            (date(year + 1, 3, 17), (OfferState.CONDITIONAL, OfferState.ACCEPTED, OfferState.REJECTED), (4, 4, 1)),
        ):
            state = ledger.rng.choices(states, weights)[0]
            ledger.say(pupil, Kind.OFFER, asked, said_on=day, offer_state=state)
    return asked


def _allow(ledger: Ledger, pupil: Pupil, left_in: int, *, objects: bool) -> None:
    """Whether they may be kept in touch with, asked before they go, and who objects to sharing."""
    asked_on, answer, who_says = date(left_in + 1, 5, 12), ledger.rng.random(), ledger.rng.random()
    if answer < 0.1:
        ledger.wish(pupil, Wish.About.KEEP_IN_TOUCH, allows=False, said_on=asked_on)
    elif answer < 0.85:
        ends = date(left_in + 1, 9, 30) if answer < 0.2 else followed_until(left_in)
        reached_at = f"{pupil.forename}.{pupil.admission_number}@home.example".lower()
        ledger.wish(pupil, Wish.About.KEEP_IN_TOUCH, allows=True, said_on=asked_on, until=ends, reached_at=reached_at)
    if objects:
        who = Wish.SaidBy.PARENT if who_says < 0.4 else Wish.SaidBy.PUPIL
        ledger.wish(pupil, Wish.About.SHARING, allows=False, said_on=date(left_in + 1, 6, 9), who=who)


def _enrol(ledger: Ledger, pupil: Pupil, at: Place, left_in: int) -> None:
    day = date(left_in + 1, 9, 12)
    ledger.say(
        pupil, Kind.ENROLMENT, at, said_on=date(left_in + 1, 9, 18), as_of=day, starts_on=date(left_in + 1, 9, 4)
    )


def _follow(ledger: Ledger, pupil: Pupil, year_group: int, meant: Place | None, left_in: int, *, is_lost: bool) -> None:
    """From September to a year on, of those who left three summers ago to two years on; in one place or from one to another."""
    if is_lost:
        if ledger.rng.random() < 0.3:
            ledger.say(
                pupil,
                Kind.POSITION,
                Place("not-found", "", None),
                said_on=date(left_in + 1, 11, 20),
                as_of=moments()[Kind.POSITION].day_after_leaving(left_in),
                source=Source.COUNCIL,
                code="810",
            )
        return
    elsewhere = ELSE[_leaves(year_group)]
    at = meant if meant and ledger.rng.random() < AS_MEANT else ledger.place(elsewhere)
    if ledger.rng.random() < 0.5:
        _enrol(ledger, pupil, at, left_in)
    says_since = ledger.rng.random() < 0.85
    for kind, known, sources in (
        (Kind.POSITION, 0.97, (Source.PROVIDER, Source.PUPIL, Source.COUNCIL)),
        (Kind.SIX_MONTHS, 0.92, (Source.PUPIL, Source.PROVIDER, Source.PARENT)),
        (Kind.YEAR_1, 0.6, (Source.PUPIL, Source.SCHOOL)),
        (Kind.YEAR_2, 0.4, (Source.PUPIL, Source.SCHOOL)),
    ):
        if kind == Kind.YEAR_2 and moments()[kind].day_after_leaving(left_in) > ledger.today:
            continue
        if ledger.rng.random() > STAYS:
            at = ledger.place(elsewhere)
        day = moments()[kind].day_after_leaving(left_in)
        source, is_known, is_checked = (
            ledger.rng.choice(sources),
            ledger.rng.random() < known,
            ledger.rng.random() < 0.2,
        )
        if is_known:
            said_on = date.fromordinal(day.toordinal() + ledger.rng.randint(2, 25))
            more: dict[str, Any] = {"verified_by": ledger.by, "verified_on": said_on} if is_checked else {}
            if kind == Kind.POSITION and says_since:
                more["starts_on"] = date(left_in + 1, 9, 4)
            ledger.say(pupil, kind, at, said_on=said_on, as_of=day, source=source, **more)


def _say_of_who_came_back(ledger: Ledger, this_year: int) -> None:
    """Of those who left and are here again, what was said while they were away; they are no leavers any more."""
    away = Pupil.objects.filter(
        enrolments__starts_on__gt=year_start(this_year),
        enrolments__ends_on=None,
        year_records__academic_year=this_year - 1,
    )
    for pupil in away.distinct().order_by("pk")[:1]:
        ledger.say(
            pupil, Kind.CHANGE, Place("home-education", "", None), said_on=date(this_year, 5, 6), source=Source.PARENT
        )


def _dispute(found: Sequence[Pupil], left_in: int, *, by: User, today: date) -> None:
    """Of two of last summer's leavers a college and the pupil say different things, and nobody has said which holds."""
    said_on = date(left_in + 1, 10, 6)
    if said_on > today:
        return
    for pupil in _some(2, found):
        usual: dict[str, Any] = {
            "kind": Kind.ENROLMENT,
            "as_of": date(left_in + 1, 9, 20),
            "said_on": said_on,
            "by": by,
        }
        record_statement(pupil, source=Source.PROVIDER, route="college-technical", provider_name=COLLEGE, **usual)
        record_statement(
            pupil, source=Source.PARENT, route="job-without-training", provider_name="Sundial Hotels", **usual
        )


def _some(number: int, of: Sequence[Pupil]) -> list[Pupil]:
    """So many of them, from all along the list."""
    return [of[len(of) * (at + 1) // (number + 1)] for at in range(number)] if len(of) > number else []


def _settle(found: Sequence[Pupil], left_in: int, *, by: User, today: date) -> None:
    """Of the year before: one dispute that stands, one that was settled, one word corrected and one taken back."""
    day = moments()[Kind.POSITION].day_after_leaving(left_in)
    said_on = date(left_in + 1, 11, 24)
    chosen = _some(4, found)
    if said_on > today or len(chosen) < 4:
        return
    usual: dict[str, Any] = {"kind": Kind.POSITION, "as_of": day, "said_on": said_on, "by": by}
    for pupil in chosen[:2]:
        held = record_statement(pupil, source=Source.PROVIDER, route="college-level-2", provider_name=COLLEGE, **usual)
        record_statement(pupil, source=Source.COUNCIL, route="looking", code="619", **usual)
    say_which_holds(held.statement, because="The college sent its register of 1 November.", by=by)
    slip = record_statement(
        chosen[2], source=Source.PUPIL, kind=Kind.CHANGE, route="part-time-job", said_on=said_on, by=by
    )
    mended = correct_statement(slip.statement, route="job-with-training", by=by)
    verify_statement(mended.statement, on=said_on, by=by)
    other = record_statement(chosen[3], source=Source.PARENT, kind=Kind.CHANGE, route="looking", said_on=said_on, by=by)
    withdraw_statement(other.statement, by=by)
