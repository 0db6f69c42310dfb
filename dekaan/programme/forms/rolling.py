"""What may be ticked and typed in the review of a roll forward."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.programme.queries import Proposal
from dekaan.schools.queries import Calendar, calendar

FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass
class ReviewLine:
    """A line of the review as it is shown: the proposal, whether it is ticked, its day as typed, what is wrong with it.

    A day given by hand that the calendar keeps free is told of, and kept when it is sent again.
    """

    proposal: Proposal
    is_ticked: bool
    typed: str
    error: str = ""
    warning: str = ""
    warned_of: date | None = None


@dataclass
class Review:
    """The review, as proposed or as sent. Lines that no longer stand there (taken meanwhile) are passed over."""

    into_year: int
    lines: list[ReviewLine]
    days: dict[int, date] = field(default_factory=dict)

    @classmethod
    def of(cls, into_year: int, proposals: list[Proposal], data: Any = None) -> "Review":
        """The lines; where something was sent, as it was sent."""
        review = cls(into_year, [])
        year = calendar(into_year) if data is not None else None
        ticked = set(data.getlist("take")) if data is not None else set()
        for each in proposals:
            shown = each.day.isoformat() if each.day else ""
            if data is None or each.barred:
                review.lines.append(ReviewLine(each, each.is_ticked, shown))
                continue
            line = ReviewLine(each, str(each.pk) in ticked, data.get(f"day-{each.pk}", shown).strip())
            review.lines.append(line)
            if line.is_ticked and year:
                review._read(line, year, data)
        return review

    def _read(self, line: ReviewLine, year: Calendar, data: Any) -> None:
        for form in FORMATS:
            try:
                day = datetime.strptime(line.typed, form).date()  # noqa: DTZ007 a day has no zone
            except ValueError:
                continue
            if academic_year_of(day) != self.into_year:
                line.error = f"That day is not in {year_label(self.into_year)}."
                return
            self.days[line.proposal.pk] = day
            kept_free = year.keeps_free(day, line.proposal.called) if day != line.proposal.day else ""
            if kept_free:
                line.warned_of = day
                if data.get(f"kept-{line.proposal.pk}", "") != day.isoformat():
                    line.warning = f"On that day: {kept_free}. Press again to keep it, or give another day."
            return
        line.error = "Give the date as day, month and year, such as 24/11/2026."

    @property
    def errors(self) -> list[ReviewLine]:
        """The ticked lines whose day cannot be."""
        return [each for each in self.lines if each.error]

    @property
    def warnings(self) -> list[ReviewLine]:
        """The ticked lines whose day the calendar keeps free, and of which nobody has been told yet."""
        return [each for each in self.lines if each.warning]

    @property
    def parts(self) -> list[tuple[str, list[ReviewLine]]]:
        """What goes along, what waits to be ticked, and what stays behind, each under its heading."""
        going = [each for each in self.lines if each.proposal.is_ticked]
        waiting = [each for each in self.lines if not each.proposal.is_ticked and not each.proposal.barred]
        found = [("To be planned", going), ("Left out unless you tick them", waiting)]
        return [(heading, lines) for heading, lines in found if lines]

    @property
    def barred(self) -> list[ReviewLine]:
        """What cannot be taken along."""
        return [each for each in self.lines if each.proposal.barred]

    @property
    def ticked(self) -> int:
        """How many are ticked."""
        return sum(each.is_ticked for each in self.lines)
