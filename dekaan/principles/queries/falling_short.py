"""What of the principles is not in place, as a first plan can take it up."""

from datetime import date

from dekaan.plan.queries import Shortfall
from dekaan.principles.checks import wanted
from dekaan.principles.queries.judging import NOT_MET
from dekaan.principles.queries.verdicts import IN_PART, NOT_IN_PLACE, Looked, Verdict, standing
from dekaan.schools.models import School


def falling_short(school: School, on: date) -> list[Shortfall]:
    """One for each principle of which something that is needed is not so; those not in place at all first."""
    found = [(each, _lacking(each)) for each in standing(school, on, []).now if each.state in {NOT_IN_PLACE, IN_PART}]
    found.sort(key=lambda pair: pair[0].state == IN_PART)
    return [_shortfall(verdict, lacking) for verdict, lacking in found if lacking]


def _lacking(verdict: Verdict) -> Looked | None:
    """The first that it needs and that is not so."""
    return next((each for each in verdict.looked if each.check.needed and each.found.state == NOT_MET), None)


def _shortfall(verdict: Verdict, lacking: Looked) -> Shortfall:
    words = wanted()[verdict.principle.key]
    return Shortfall(
        title=f"{verdict.principle.name}: {verdict.words.lower()}",
        why=lacking.found.sentence,
        objective=words.objective,
        action=lacking.check.to_do,
        outcome=words.outcome,
        success=lacking.check.asks,
        owner=words.owner,
        owner_words=words.owner_words,
        criteria=words.criteria,
    )
