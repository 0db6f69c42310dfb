"""Judges of the self-evaluation: whether it is done each term, and how many benchmarks its real result met in full."""

from datetime import date

from dekaan.duties.queries.judging import AT_RISK, BROKEN, MET, SOON, UNKNOWN, Judgement, Link, in_words, judges
from dekaan.duties.queries.records import A_YEAR, Records
from dekaan.frameworks.queries import DutyInForce, benchmarks_in_force

COUNTED_ON = ((3, 31), (7, 31), (12, 31))  # the days on which evaluations are counted nationally (domain paper, 6.2)
IN_FULL = 100
BEHIND = (Link("Compass before now", "compass-history"),)


def counting_days(on: date) -> tuple[date, date, date]:
    """The last two days of counting before that day, and the next, which may be that day."""
    days = sorted(date(year, *each) for year in range(on.year - 1, on.year + 2) for each in COUNTED_ON)
    place = next(number for number, each in enumerate(days) if each >= on)
    return days[place - 2], days[place - 1], days[place]


@judges("termly")
def termly(_line: DutyInForce, records: Records) -> Judgement:
    """Whether it was kept or completed before each counting: at risk in the last sixty days before the next."""
    if not records.evaluated_on:
        return Judgement(UNKNOWN, "None is kept, and no real result is typed in.", BEHIND)
    last = records.evaluated_on[-1]
    before, counted, next_on = counting_days(records.on)
    if last > counted:
        return Judgement(MET, f"Last done on {in_words(last)}.", BEHIND, next_on)
    if last <= before:
        return Judgement(
            BROKEN, f"Last done on {in_words(last)}, so not for the counting of {in_words(counted)}.", BEHIND, next_on
        )
    if next_on <= records.on + SOON:
        return Judgement(AT_RISK, f"Last done on {in_words(last)}; counted on {in_words(next_on)}.", BEHIND, next_on)
    return Judgement(MET, f"Last done on {in_words(last)}.", BEHIND, next_on)


@judges("benchmarks")
def benchmarks(line: DutyInForce, records: Records) -> Judgement:
    """Used: an evaluation of the last year shows it. To be met: by the real result of the last year, all in full."""
    if line.version.stance == "use":
        last = next((each for each in reversed(records.evaluated_on) if each > records.on - A_YEAR), None)
        if last is None:
            return Judgement(UNKNOWN, "No evaluation of the year before is kept or typed in.", BEHIND)
        return Judgement(MET, f"Evaluated on {in_words(last)}.", BEHIND, last + A_YEAR)
    newest = next((each for each in records.real_results if each.completed_on > records.on - A_YEAR), None)
    if newest is None:
        return Judgement(UNKNOWN, "No real result of the year before is typed in.", BEHIND)
    asked = len(benchmarks_in_force(records.on).benchmarks)
    full = sum(figure is not None and figure >= IN_FULL for figure in newest.percentages.values())
    said = f"{full} of {asked} in full by the real result of {in_words(newest.completed_on)}."
    return Judgement(MET if full >= asked else BROKEN, said, BEHIND, newest.completed_on + A_YEAR)
