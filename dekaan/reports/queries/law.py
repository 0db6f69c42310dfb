"""The legal position: how the school stands to each duty, what its website says, provider access by phase."""

from collections.abc import Mapping, Sequence
from datetime import date

from dekaan.duties.queries import AT_RISK, BROKEN, MET, UNKNOWN, Line, duty_board
from dekaan.frameworks.queries import criterion
from dekaan.measures.queries import Figure
from dekaan.reports.queries.picture import in_words
from dekaan.reports.queries.sections import Section, Table, counted, listed, number
from dekaan.schools.models import School
from dekaan.website.queries import reading, told_of

ROWS = 8
DUTIES = "duties"  # what the frozen figures call them
# What stands after "3" or "one".
STANDS = {MET: "met", AT_RISK: "at risk", BROKEN: "broken", UNKNOWN: "not known to be met"}


def law(school: School, year: int, on: date, of_access: Sequence[Figure], a_year_ago: Sequence[Figure]) -> Section:
    """The section; `of_access` are the released figures of provider access, now and of the year before."""
    board = duty_board(school, on, exact=False)
    of_law = [each for each in board.lines if each.is_law and not each.is_whole]
    other = [each for each in board.lines if not each.is_law and not each.is_whole]
    open_ = [each for each in of_law if each.judgement.state != MET]
    tables = []
    if open_:
        rows = [
            (each.words, each.in_force.duty.title, each.judgement.sentence, _day(each.judgement.next_on))
            for each in open_
        ]
        head = ("State", "What the law asks", "Why", "Look again")
        tables.append(Table("Duties in law that are not known to be met", head, (0, 3, 5, 0), rows).cut_to(ROWS))
    if phases := _phases(of_access, a_year_ago, {each.in_force.duty.evidence.criterion: each for each in of_law}):
        tables.append(
            Table(
                "Technical colleges and apprenticeship providers met by pupils, by phase",
                ("Phase", "Pupils", "Share", "A year ago", "In law"),
                (4, 2, 0, 0, 0),
                phases,
            )
        )
    says = [_in_all("law that bind this school", of_law, STANDS)]
    if other:
        says.append(_in_all("guidance and the like, which are not law", other, STANDS | {BROKEN: "not met"}))
    says.append(website_says(on)[0])
    return Section(
        key="law",
        title="What the law asks",
        says=says,
        tables=tables,
        note=f"Counted on the duty board ({board.on.day} {board.on:%B %Y}): Benchmarks, Duties. Each line there says by "
        "what evidence it is judged. “Unknown” is what nobody has recorded, never a breach.",
        figures=[
            counted(
                DUTIES,
                "law" if is_law else "guidance",
                year,
                school_id=school.pk,
                breakdown="state",
                value=state,
                met=_standing(lines, state),
                of=len(lines),
                unknown=_standing(lines, UNKNOWN),
            )
            for is_law, lines in ((True, of_law), (False, other))
            for state in STANDS
        ],
    )


def _in_all(of_what: str, lines: Sequence[Line], stands: Mapping[str, str]) -> str:
    """ "Of 17 duties in law that bind this school, 9 are met, 2 at risk, one broken and 5 not known to be met."."""
    if not lines:
        return f"No duty in {of_what}."
    found = [(_standing(lines, state), words) for state, words in stands.items()]
    if found[0][0] == len(lines):
        return f"All {number(len(lines), 'duty', 'duties')} in {of_what}: met."
    said = [f"{'one' if how_many == 1 else how_many} {words}" for how_many, words in found if how_many]
    return f"Of {number(len(lines), 'duty', 'duties')} in {of_what}: {listed(said)}."


def _standing(lines: Sequence[Line], state: str) -> int:
    return sum(each.judgement.state == state for each in lines)


def website_says(on: date) -> tuple[str, bool]:
    """What the last check of the website found, in a sentence, and whether all that the law asks for stands there."""
    read = reading(on)
    if read is None:
        return "Nobody has checked the school's website here yet.", False
    wrong = told_of(read)
    if wrong is None:
        return f"The website, {read.read_when}, says all that the law asks for.", True
    return f"The website, {read.read_when}, does not say as the law asks: {wrong.words}.", False


def _phases(
    figures: Sequence[Figure], before: Sequence[Figure], by_criterion: Mapping[str, Line]
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    then = {each.criterion: in_words(each) for each in before}
    for figure in figures:
        about = criterion(figure.criterion)
        if about is None or figure.of == 0:
            continue
        said, line = in_words(figure), by_criterion.get(figure.criterion)
        ago = then[figure.criterion]["share"] if figure.criterion in then else ""
        assumed = f"\n{said['assumed']}" if said["assumed"] else ""
        words = line.words if line else "–"
        rows.append((about.title, f"{said['says']}{assumed}", said["share"] or "–", ago or "–", words))
    return rows


def _day(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else "–"
