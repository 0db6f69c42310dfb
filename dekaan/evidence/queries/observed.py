"""Observations as the cabinet has them: pieces by themselves, with nothing entered twice and no fact of their own."""

from dataclasses import dataclass
from datetime import date

from dekaan.evidence.models import Evidence
from dekaan.schemes.models import Observation
from dekaan.schemes.queries import observations_good_on


@dataclass(frozen=True)
class Observed:
    """An observation that is good on the day, as a list or an archive tells of a piece."""

    observation: Observation

    may_name_pupils = False  # the form says that it names nobody
    set_aside_on = None
    review = Evidence.Review.CHECKED  # by whoever saw it
    facts: tuple[str, ...] = ()  # what a fact of the whole school asks for is a paper, not what somebody saw

    @property
    def pk(self) -> int:
        """Its number."""
        return self.observation.pk

    @property
    def title(self) -> str:
        """What it is called."""
        return self.observation.title

    @property
    def shows(self) -> str:
        """Nothing besides what was seen."""
        return ""

    @property
    def owner(self) -> str:
        """Who saw it."""
        return self.observation.who

    @property
    def dated_on(self) -> date:
        """The day on which it was seen."""
        return self.observation.seen_on

    @property
    def valid_until(self) -> date:
        """The last day on which it is good."""
        return self.observation.valid_until

    @property
    def criteria(self) -> list[str]:
        """What it serves, by key."""
        return list(self.observation.criteria)

    @property
    def themes(self) -> list[str]:
        """And the themes."""
        return list(self.observation.themes)


def observed_on(on: date) -> list[Observed]:
    """Every observation that is good on that day, the newest first. One statement."""
    return [Observed(each) for each in observations_good_on(on)]
