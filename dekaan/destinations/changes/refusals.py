"""Why something cannot be recorded of a destination: a named exception each, and what is said of it wherever it is met.

One place for the words, since a page, a grid, a file and the command line all meet them.
"""

from datetime import date

from dekaan.core.academic_year import year_label
from dekaan.frameworks.queries import ActivityCode, Route, activity_codes, routes


class Refused(Exception):
    """It cannot be recorded so."""

    words = "It cannot be recorded so."

    def __str__(self) -> str:
        """What is wrong, and what to do."""
        return self.words


class HasNotLeft(Refused):
    """The pupil is on the roll: never left, leaves on a day to come, or has come back."""

    words = (
        "They are on the roll of this school, so they have gone nowhere yet. If they have left, say so on their record; if "
        "they came back, what was recorded before is kept, and they are among the leavers again when they leave."
    )


class NoneOfOurs(HasNotLeft):
    """The pupil is not here and is none of the leavers: this never was their main school, or they are still to come."""

    words = (
        "They are none of the leavers of this school, which was not their main school: the other one follows where they "
        "went. If it was, correct the enrolment on their record."
    )


class NotOfThatYear(Refused):
    """The pupil left, but in another academic year than the page is about."""

    def __init__(self, left_on: date, left_in: int) -> None:
        super().__init__()
        self.words = (
            f"They left on {left_on:%-d %B %Y}, so they are none of the leavers of {year_label(left_in)}. Record it from the "
            "list of the year in which they left."
        )


class BeforeLeaving(Refused):
    """It is said of a day on which the pupil was still here."""

    def __init__(self, day: date, left_on: date) -> None:
        super().__init__()
        self.words = (
            f"{day:%-d %B %Y} is before they left, on {left_on:%-d %B %Y}. Give a day since then, or correct the leaving "
            "date on their record."
        )


class BeforeBirth(Refused):
    """It is said of a day before the pupil was born, or before anybody at a school can have been."""

    def __init__(self, day: date, birth_date: date | None) -> None:
        super().__init__()
        born = f", on {birth_date:%-d %B %Y}" if birth_date else ""
        self.words = (
            f"{day.day} {day:%B} {day.year} is before they were born{born}. Look at the year that was typed"
            f"{', or correct the day of birth on their record' if birth_date else ''}."
        )


class StillToCome(Refused):
    """It is said of a day that has not come, or was said before the day of which it is said."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.words = f"{day:%-d %B %Y} had not come yet when this was said. Record what is planned as an intention, or wait for the day."


class StoppedBeforeItBegan(Refused):
    """They are said to have been there since a day after their last."""

    def __init__(self, starts_on: date, ends_on: date) -> None:
        super().__init__()
        self.words = (
            f"They cannot be there since {starts_on:%-d %B %Y} when it is said of {ends_on:%-d %B %Y}, which is earlier. "
            "Change one of the two days."
        )


class HadStopped(Refused):
    """They had left by the day of which it is said that they were there."""

    def __init__(self, ends_on: date, as_of: date) -> None:
        super().__init__()
        self.words = (
            f"If {ends_on:%-d %B %Y} was their last day there, they had stopped by {as_of:%-d %B %Y}. Record it as a change on "
            "another day, or leave out the last day."
        )


class LastYears(Refused):
    """They are said to be in learning there since a day on which they were still here."""

    def __init__(self, starts_on: date, left_on: date) -> None:
        super().__init__()
        self.words = (
            f"They were still here on {starts_on:%-d %B %Y} and left on {left_on:%-d %B %Y}, so this looks like last year’s. Give "
            "the day since when they have been there, or leave it out if nobody knows."
        )


class NothingSaid(Refused):
    """Neither a route nor a code, nor words where words would do."""

    words = "It does not say where they are. Choose a route, or “Asked, and not found”."


class NoSuchRoute(Refused):
    """No route has that name."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.words = f"“{key}” is no route that is known here. Choose one from the list."


class RouteNoLongerUsed(Refused):
    """Nobody could take that route on the day of which it is said."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        successor = routes().get(route.successor)
        self.words = f"“{route.name}” ended on {route.in_force_until:%-d %B %Y}. " + (
            f"Use “{successor.name}” for what came after it." if successor else "Choose another from the list."
        )


class IsNoDestination(Refused):
    """It is a plan, or the want of one, and nowhere that anybody can be."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.words = (
            f"“{route.name}” is a plan and not where somebody is. Choose where they are, or “Asked, and not found”."
        )


class NoSuchCode(Refused):
    """The council's list has no such code."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.words = (
            f"“{code}” is no activity code of the lists that are known here (210 to 830). Look it up in the council’s own "
            "list, and choose the route that says the same."
        )


class CodeNoLongerUsed(Refused):
    """The council's code was not in force on the day of which it is said."""

    def __init__(self, code: ActivityCode) -> None:
        super().__init__()
        successor = activity_codes().get(code.successor)
        self.words = f"Code {code.code} ({code.name}) was in force until {code.in_force_until:%-d %B %Y}. " + (
            f"Use {successor.code} ({successor.name}) if it says the same."
            if successor
            else "Choose another from the list."
        )


class AlreadyCorrected(Refused):
    """Another statement has taken its place, or it was taken back."""

    words = "This was corrected or taken back meanwhile. Look at what is in force now, and change that."


class SaidMeanwhile(Refused):
    """What was to be said again is not what stands any more."""

    words = "A colleague recorded something else meanwhile. Look at the line, and say it again if it still is the same."


class SaidAlready(Refused):
    """It was said on that day or later, so it need not be said again."""

    def __init__(self, said_on: date) -> None:
        super().__init__()
        self.words = f"They said so on {said_on:%-d %B %Y} already. Give a later day, or leave the line as it is."


class NothingSettled(Refused):
    """Nobody has said that it holds, or somebody left it open again."""

    words = "Nobody says that this holds, or it was left open again meanwhile. Look at what stands now."


class NothingToSettle(Refused):
    """Nobody contradicts it."""

    words = "Nothing contradicts this, so there is nothing to decide."


class NotTheirsToSay(Refused):
    """From 16 it is the young person who says, and not a parent (Education and Skills Act 2008, section 72)."""

    words = "They are 16 or older, so it is theirs to say and not a parent’s. Ask them, and record what they say as said by the pupil."


class NoEnd(Refused):
    """It was to end before it was said."""

    words = "The last day of the permission is before the day on which it was given. Change one of the two days."


class SharingHasNoEnd(Refused):
    """A last day was given for sharing, of which nothing ends by itself."""

    words = "Sharing has no last day: it goes on until somebody objects. Leave “Until” empty, and record an objection when it is made."
