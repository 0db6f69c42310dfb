"""One person from plan to place: what is said, by whom, what it comes to, and what became of what they meant to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dekaan.destinations.models import PLANS, Ruling, Statement, Wish
from dekaan.destinations.queries.following import is_known
from dekaan.destinations.queries.judging import Judgement, judged
from dekaan.destinations.queries.ledger import (
    Moment,
    agree,
    away,
    in_force,
    leaving_year,
    leavings_of,
    moments_of,
    with_places,
)
from dekaan.destinations.queries.meaning import intention_of, meant_in_words
from dekaan.destinations.queries.went import settled_by
from dekaan.destinations.queries.wishes import objection
from dekaan.people.models import Pupil


@dataclass(frozen=True)
class Earlier:
    """What is said of where somebody was when they had left before, and came back since."""

    left_on: date | None  # none where it is said of days before any leaving that is on record
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Person:
    """What is known of one person."""

    pupil: Pupil
    left_on: date | None
    plans: tuple[Statement, ...]  # latest first
    moments: tuple[Moment, ...]
    changed: tuple[str, ...]  # from what they meant to what became of it, a sentence each
    judgement: Judgement | None  # of whoever has left
    before: tuple[Statement, ...]  # corrected or taken back since, and what took it back
    wishes: tuple[Wish, ...]  # latest first
    earlier: tuple[Earlier, ...] = ()  # latest first
    is_here: bool = False  # on the roll today

    @property
    def left_in(self) -> int | None:
        """The year in which they left."""
        return leaving_year(self.left_on) if self.left_on else None

    @property
    def in_touch(self) -> Wish | None:
        """What counts about keeping in touch."""
        return self._latest(Wish.About.KEEP_IN_TOUCH)

    @property
    def sharing(self) -> Wish | None:
        """What counts about sharing: an objection that stands before anything else."""
        return objection(self.wishes, self.pupil.birth_date) or self._latest(Wish.About.SHARING)

    def _latest(self, about: str) -> Wish | None:
        return next((each for each in self.wishes if each.about == about), None)


def person(pupil: Pupil) -> Person:
    """Everything of the ledger that is about this pupil. Four questions."""
    every = list(with_places(Statement.objects.filter(pupil=pupil)).select_related("recorded_by", "verified_by"))
    rulings = list(Ruling.objects.filter(pupil=pupil).select_related("ruled_by", "statement"))
    wishes = list(Wish.objects.filter(pupil=pupil).select_related("recorded_by").order_by("-said_on", "-pk"))
    left, left_on, is_here = leavings_of(pupil.pk)
    standing = in_force(every)
    plans = tuple(each for each in reversed(standing) if each.kind in PLANS)
    outcomes = [each for each in every if each.kind not in PLANS]
    told = tuple(moments_of(outcomes, rulings, since=left_on)) if left_on else ()
    return Person(
        pupil=pupil,
        left_on=left_on,
        plans=plans,
        moments=told,
        changed=tuple(what_changed(plans, told, settled_by(left_on) if left_on else None)),
        judgement=judged(every, rulings, leaving_year(left_on)) if left_on else None,
        before=tuple(each for each in every if each not in standing),
        wishes=tuple(wishes),
        earlier=_earlier(outcomes, rulings, left, left_on),
        is_here=is_here,
    )


def _earlier(
    outcomes: Sequence[Statement], rulings: Sequence[Ruling], left: Sequence[date], left_on: date | None
) -> tuple[Earlier, ...]:
    """What is said of each absence before the one that goes on, if one does."""
    times = {away(left, each.as_of) for each in in_force(outcomes) if left_on is None or each.as_of < left_on}
    told = [Earlier(since, tuple(moments_of(outcomes, rulings, since, before))) for since, before in times]
    return tuple(sorted(told, key=lambda each: each.left_on or date.min, reverse=True))


def is_disputed(statement: Statement) -> bool:
    """Whether what is said of its moment contradicts itself, and nobody has said which holds."""
    said = with_places(Statement.objects.filter(pupil_id=statement.pupil_id))
    ruled = Ruling.objects.filter(pupil_id=statement.pupil_id)
    there = moments_of(said, ruled, *away(leavings_of(statement.pupil_id).left, statement.as_of))
    return any(each.disagrees and statement in sum(each.groups, ()) for each in there)


def what_changed(plans: Sequence[Statement], moments: Sequence[Moment], settled: date | None = None) -> list[str]:
    """From what they meant to what became of it, in sentences; nothing where either is not known.

    A place that they had left by the day `settled` is told with its last day, and is not what became of it.
    """
    meant, instead = intention_of(plans), intention_of(plans, is_backup=True)
    known = [each for each in moments if is_known(each)]
    if not known:
        return []
    stopped = [each for each in known if settled and each.stopped_on and each.stopped_on < settled]
    said = [f"{each.name}: {_where(each)}, until {each.stopped_on:%-d %B %Y}." for each in stopped]
    if known[-1:] == stopped[-1:]:
        return [*said, "Not known since."]
    first, *later = [each for each in known if each not in stopped]
    said.append(_became(meant, instead, first))
    at = first
    for each in later:
        if not each.disagrees and not at.disagrees and agree(at.said, each.said):
            continue
        said.append(f"{each.name}: {_where(each)}.")
        at = each
    return said


def _became(meant: Statement | None, instead: Statement | None, moment: Moment) -> str:
    if meant is None:
        return f"No intention was recorded. {moment.name}: {_where(moment)}."
    before = meant_in_words(meant)
    if moment.disagrees:
        return f"{before}. {moment.name}: {_where(moment)}."
    there = moment.said
    if agree(meant, there):
        return f"Did as planned: {there.where}."
    if instead and agree(instead, there):
        return f"Their backup: {there.where}. {before}."
    if meant.route and meant.route == there.route:
        return f"The same kind of place, elsewhere: {there.where}. {before}."
    if before == "Was undecided":
        return f"{before}. {moment.name}: {there.where}."
    return f"Did something else. {before}. {moment.name}: {there.where}."


def _where(moment: Moment) -> str:
    if moment.disagrees:
        return f"sources disagree ({' or '.join(group[0].where for group in moment.groups)})"
    return moment.said.where
