"""The paper in a few plain sentences: how the school stands, what is asked, how sure all of it is."""

from collections.abc import Iterable, Sequence

from dekaan.duties.queries import AT_RISK, BROKEN, MET, UNKNOWN
from dekaan.measures.queries import Figure
from dekaan.reports.queries.groups import is_too_unknown
from dekaan.reports.queries.law import DUTIES
from dekaan.reports.queries.leading import TO_DECIDE
from dekaan.reports.queries.picture import at_least
from dekaan.reports.queries.sections import Section, counted, listed
from dekaan.reports.queries.sure import LEDGER
from dekaan.schools.models import School

SHORT = "short"  # what the frozen figures call it
MOST_PUPILS = 75  # per cent: "at least three quarters"
WHAT_IT_IS = (
    "Careers guidance is how pupils learn about work, training and study, and are helped to choose. The governing body answers "
    "for what the law asks of it; this paper says how that stands."
)


def short(
    school: School, year: int, judged: Iterable[Figure], sections: Sequence[Section], *, asks: str, days: str = ""
) -> Section:
    """The section, from the figures of the others: `judged` are the released ones of the whole school.

    `days` says of which day what is, where a paper about a year that is over counts pupils as on another.
    """
    found = {(each.framework, each.criterion, each.value): each for part in sections for each in part.figures}
    own = _shares([each for each in judged if each.of != 0])
    says = [WHAT_IT_IS, days, _of_law(found), _of_pupils(own), *_of_plan(found)]
    to_decide = [
        row[0] for part in sections for table in part.tables if table.caption == TO_DECIDE for row in table.rows
    ]
    if to_decide:
        says.append(f"Governors are asked to decide: {listed([words[:1].lower() + words[1:] for words in to_decide])}.")
    if asks.strip():
        says.append(f"What {'else ' if to_decide else ''}is asked of governors stands below.")
    elif not to_decide:
        says.append("Governors are asked for no decision in this paper; their questions are welcome.")
    says.append(_how_sure(found.get((LEDGER, "assumed", ""))))
    return Section(
        key="short",
        title="In short",
        says=[each for each in says if each],
        figures=[
            counted(SHORT, what, year, school_id=school.pk, met=met, of=sum(own.values())) for what, met in own.items()
        ],
    )


def _of_law(found: dict[tuple[str, str, str], Figure]) -> str:
    """ "What the law asks: of 21 duties 11 are met; 3 broken; 3 may not be in time; of 4 it is not recorded."."""
    by_state = {state: found.get((DUTIES, "law", state)) for state in (MET, BROKEN, AT_RISK, UNKNOWN)}
    met = by_state[MET]
    if met is None or not met.of:
        return ""
    words = {BROKEN: "broken", AT_RISK: "at risk", UNKNOWN: "not recorded either way"}
    rest = [f"{one.met} {said}" for state, said in words.items() if (one := by_state[state]) and one.met]
    return f"What the law asks: of {met.of} duties {met.met} are met" + (f"; {listed(rest)}." if rest else ".")


def _shares(judged: Sequence[Figure]) -> dict[str, int]:
    """How many things are known of most pupils, of fewer, and not known or not shown."""
    unknown = [each for each in judged if at_least(each) is None or is_too_unknown(each)]
    most = [each for each in judged if each not in unknown and (at_least(each) or 0) >= MOST_PUPILS]
    return {"most": len(most), "fewer": len(judged) - len(most) - len(unknown), "not-known": len(unknown)}


def _of_pupils(shares: dict[str, int]) -> str:
    whole = sum(shares.values())
    if not whole:
        return "Pupils: nobody is judged on anything yet this year."
    said = [
        f"{number} {words}"
        for number, words in (
            (shares["most"], "reached at least three in four of the pupils who should have had it"),
            (shares["fewer"], "reached fewer"),
            (shares["not-known"], "cannot be told: too much is unknown, or numbers are too small to show"),
        )
        if number
    ]
    return f"Pupils: of {whole} {'thing' if whole == 1 else 'things'} that are counted pupil by pupil, {listed(said)}."


def _of_plan(found: dict[tuple[str, str, str], Figure]) -> list[str]:
    done, late = (found.get(("plan", what, "")) for what in ("actions-done", "actions-overdue"))
    if done is None or late is None or not done.of:
        return []
    return [f"This year’s plan: of {done.of} actions {done.met or 'none'} done, {late.met or 'none'} overdue."]


def _how_sure(figure: Figure | None) -> str:
    """What rests on nobody's check, and on the school's own word."""
    own = "What people answered, and the results of the self-evaluation called Compass, are the school’s own word."
    if figure is None or not figure.of or figure.met is None:
        return f"How sure this is: {own[0].lower()}{own[1:]}"
    share = figure.met * 100 // figure.of
    return f"How sure this is: {share} % of the attendances counted here are assumed, since nobody ticked who was there. {own}"
