"""Who is still to be asked after: each leaver's next moment, what is known of them, and whether they may be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import QuerySet

from dekaan.core.academic_year import today
from dekaan.destinations.models import PLANS, Kind, Statement, Wish
from dekaan.destinations.queries.cohorts import Leaver, leavers
from dekaan.destinations.queries.ledger import Moment, leaving_days, leaving_year, says_nothing
from dekaan.destinations.queries.meaning import intention_of, meant_in_words
from dekaan.destinations.queries.wishes import latest_wishes
from dekaan.frameworks.queries import moments
from dekaan.people.models import Pupil


class Standing(models.TextChoices):
    """What is known of a leaver, in the order in which a list begins."""

    UNKNOWN = "unknown", "To be found out"
    DISAGREE = "disagree", "Sources disagree"
    KNOWN = "known", "Known so far"


@dataclass(frozen=True)
class FollowedLeaver:
    """One line of the list of leavers."""

    leaver: Leaver
    ask_of: str  # the moment to ask after next, by key; "" where everything that has come is known
    was_asked: bool  # after that moment already, and nobody knows
    in_touch: Wish | None

    @property
    def standing(self) -> Standing:
        """To be found out before anything else."""
        if self.ask_of:
            return Standing.UNKNOWN
        return Standing.DISAGREE if self.disagrees else Standing.KNOWN

    @property
    def disagrees(self) -> bool:
        """Whether sources disagree on any moment, whatever else is to be found out."""
        return any(each.disagrees for each in outcomes(self.leaver))

    def stands(self, standing: str) -> bool:
        """Whether it is found among those who stand so: who is to be found out may have sources that disagree as well."""
        return self.disagrees if standing == Standing.DISAGREE else self.standing == standing

    @property
    def asks(self) -> str:
        """The moment to ask after next, as it is said."""
        return Kind(self.ask_of).label if self.ask_of else ""

    @property
    def known(self) -> list[Moment]:
        """The latest moment of which somebody knows: a list of one, or of none."""
        return [each for each in outcomes(self.leaver) if is_known(each)][-1:]

    @property
    def meant(self) -> list[str]:
        """What they meant to do, in words, where nobody knows what became of it: a list of one, or of none."""
        return [] if self.known else [meant_in_words(each) for each in meant(self.leaver)]

    @property
    def contact(self) -> str:
        """Whether they may be asked, in words."""
        return contact_in_words(self.in_touch)


def outcomes(leaver: Leaver) -> list[Moment]:
    """What is said of where they were, without what they meant to do."""
    return [each for each in leaver.moments if each.kind not in PLANS]


def meant(leaver: Leaver) -> list[Statement]:
    """What they last said that they meant to do: a list of one, or of none."""
    said = [each for moment in leaver.moments for group in moment.groups for each in group]
    found = intention_of(said)
    return [found] if found else []


def is_known(moment: Moment) -> bool:
    """Whether somebody knows where they were then, rather than that they were asked and not found."""
    return not says_nothing(moment.said)


def may_be_asked(in_touch: Wish | None, on: date) -> bool:
    """Whether somebody may be contacted: not where they said no, nor after their permission has ended."""
    return in_touch is None or (in_touch.allows and (in_touch.until is None or in_touch.until >= on))


def contact_in_words(in_touch: Wish | None) -> str:
    """Whether somebody may be contacted after leaving, and until when."""
    if in_touch is None:
        return "Not asked yet"
    if not in_touch.allows:
        return "Does not want to be contacted"
    if in_touch.until is None:
        return "Yes"
    return f"{'Yes, until' if may_be_asked(in_touch, today()) else 'Ended on'} {in_touch.until:%-d %B %Y}"


def come_by(left_in: int, on: date) -> list[str]:
    """The moments of those who left in that year that have come: September only until 1 November has."""
    days = {each.key: each.day_after_leaving(left_in) for each in moments().values()}
    come = [key for key in days if days[key].replace(day=1) <= on] if on < days["position"] else []
    return come or [key for key, day in days.items() if day <= on and key != Kind.ENROLMENT]


def followed(left_in: int, of: QuerySet[Pupil], on: date | None = None) -> list[FollowedLeaver]:
    """The leavers of a year among these: those of whom something is to be found out first, then where sources disagree."""
    day = on or today()
    found = leavers(left_in, of, day)
    wishes = latest_wishes([each.pupil.pk for each in found])
    lines = [_followed(each, left_in, day, wishes.get((each.pupil.pk, Wish.About.KEEP_IN_TOUCH))) for each in found]
    return sorted(lines, key=lambda line: list(Standing).index(line.standing))


def _followed(leaver: Leaver, left_in: int, day: date, in_touch: Wish | None) -> FollowedLeaver:
    there = {each.kind: each for each in leaver.moments}
    asked = [key for key in come_by(left_in, day) if key not in there or not is_known(there[key])]
    ask_of = asked[0] if asked else ""
    return FollowedLeaver(leaver, ask_of, ask_of in there, in_touch)


def how_many(lines: Iterable[FollowedLeaver]) -> list[tuple[Standing, int]]:
    """How many are found by each; who is to be found out may have sources that disagree as well."""
    every = list(lines)
    return [(each, sum(line.stands(each) for line in every)) for each in Standing]


def asked_after_in_words(left_in: int, on: date | None = None) -> str:
    """Of which days it is to be found out where they were, in words: "on 1 November or at the end of March"."""
    said = [Kind(key).label for key in come_by(left_in, on or today())]
    return " or ".join(each[0].lower() + each[1:] for each in said)


def years_left(on: date | None = None) -> list[int]:
    """The years in which somebody left, latest first."""
    return sorted({leaving_year(day) for day in leaving_days(on=on).values()}, reverse=True)
