"""What somebody who knows the engine would write by hand to count the schools once: the floor of a rebuild.

Three passes (what each pupil did in a year, where that leaves them, how many that is by group), with nothing kept that
is not needed, no locks and no upserts. It gives the same numbers, and the bench checks that it does.
"""

from django.db import connection

from dekaan.core.academic_year import today
from dekaan.frameworks.queries import higher_education
from dekaan.measures.definitions.counting import CONSIDERS, ELSEWHERE, NOTHING
from dekaan.measures.definitions.rules import Rule, Term, counters, rules

GROUPS = ("''", "year_group", "tutor_group_id", "pupil_premium", "sen", "sex", "ethnicity", "eal", "looked_after")


# The last that was said of plans, in this year or an earlier one.
SAID_LAST = "MAX(CASE WHEN p.considers > 0 THEN p.year * 10 + p.considers ELSE 0 END) % 10"


def _counter(column: str, mask: int, kinds: tuple[str, ...], until: int | None) -> str:
    also = f" AND partner_kind IN ({', '.join(map(repr, kinds))})" if kinds else ""
    also += f" AND academic_day <= {until}" if until is not None else ""
    return f"SUM(CASE WHEN counts = 1 AND (criteria & {mask}) <> 0{also} THEN 1 ELSE 0 END) AS {column}"


def _reached(rule: Rule) -> str:
    return " AND ".join(f"({' + '.join(_term(rule, term) for term in need)}) >= {rule.at_least}" for need in rule.needs)


def _term(rule: Rule, term: Term) -> str:
    column = counters()[term.counter]
    when = "p.year = n.year" if rule.this_year_only else f"p.yg BETWEEN {term.from_year} AND {term.to_year}"
    return f"SUM(CASE WHEN {when} THEN p.{column} ELSE 0 END)"


def _status(number: int, rule: Rule) -> str:
    first, here = rule.from_year, f"n.in_cohort = 1 AND n.yg IN ({', '.join(map(str, rule.judged))})"
    window = "p.year = n.year" if rule.this_year_only else f"p.yg BETWEEN {first} AND {rule.to_year}"
    open_ = f"MAX(CASE WHEN {window} AND (p.unrecorded & {rule.mask}) <> 0 THEN 1 ELSE 0 END) = 1"
    if rule.this_year_only:
        open_ += " OR MAX(CASE WHEN p.year = n.year THEN p.known ELSE 0 END) = 0"
    else:
        known = f"SUM(CASE WHEN p.yg >= {first} THEN p.known ELSE 0 END)"
        since = f"MIN(CASE WHEN p.yg >= {first} THEN p.year ELSE 9999 END)"
        open_ += f" OR MIN(CASE WHEN p.yg > 0 THEN p.yg ELSE 99 END) > {first} OR {known} < n.year - {since} + 1"
    if (
        rule.cohort
    ):  # whoever last said that they mean to go elsewhere is not asked; of whom nothing is said it is unknown
        here += f" AND {SAID_LAST} <> {ELSEWHERE}"
        open_ += f" OR {SAID_LAST} <> {CONSIDERS}"
    reached = _reached(rule) + (f" AND {SAID_LAST} = {CONSIDERS}" if rule.cohort else "")
    return f"CASE WHEN NOT ({here}) THEN 0 WHEN {reached} THEN 3 WHEN {open_} THEN 2 ELSE 1 END AS s{number}"


def statements() -> list[str]:
    """To be run one after the other; the last table holds (breakdown, value, year, n, met, …) rows."""
    did = ", ".join(_counter(column, each.mask, each.kinds, each.until_day) for each, column in counters().items())
    bits = sorted({rule.mask for rule in rules()})
    unrecorded = " + ".join(
        f"MAX(criteria_unknown & {1 << bit})" for bit in range(63) if any(m >> bit & 1 for m in bits)
    )
    columns = ", ".join(f"COALESCE(d.{column}, 0) AS {column}" for column in counters().values())
    day = f"'{today().isoformat()}'"
    cells = ", ".join(
        f"SUM(CASE WHEN s{number} > 0 THEN 1 ELSE 0 END) AS n{number}, "
        f"SUM(CASE WHEN s{number} = 3 THEN 1 ELSE 0 END) AS met{number}"
        for number, _ in enumerate(rules())
    )
    n_by = "n.pupil_id, n.year, n.yg, n.tutor_group_id, n.in_cohort, n.sex, n.sen, n.pupil_premium, n.ethnicity, n.eal, n.looked_after"
    did_ = (
        f"CREATE TEMPORARY TABLE hand_did AS SELECT pupil_id, academic_year AS year, {did}, {unrecorded} AS unrecorded "
        "FROM participation_participation WHERE superseded_at IS NULL AND pupil_id IS NOT NULL GROUP BY 1, 2"
    )
    roll = (
        "CREATE TEMPORARY TABLE hand_roll AS SELECT e.pupil_id, y.start_year AS year, "
        f"MAX(CASE WHEN e.status IN ('C', 'M') AND e.starts_on <= {day} AND e.starts_on <= y.roll_on AND "
        f"(e.ends_on IS NULL OR e.ends_on > {day} OR e.ends_on > y.roll_on) THEN 1 ELSE 0 END) AS on_roll, "
        "MAX(CASE WHEN e.starts_on <= y.joined_by AND (e.ends_on IS NULL OR e.ends_on > y.joined_by) "
        "AND s.records_begin <= y.starts_on THEN 1 ELSE 0 END) AS known FROM people_enrolment e "
        "JOIN schools_school s ON s.id = e.school_id JOIN schools_academicyear y ON y.school_id = e.school_id "
        "AND e.starts_on <= y.ends_on AND (e.ends_on IS NULL OR e.ends_on > y.starts_on) GROUP BY 1, 2"
    )
    year = (
        "CREATE TEMPORARY TABLE hand_year AS SELECT r.pupil_id, r.academic_year AS year, r.year_group AS yg, "
        "r.tutor_group_id, r.sex, r.sen, r.pupil_premium, r.ethnicity, r.eal, r.looked_after, "
        "COALESCE(l.on_roll, 0) * CASE WHEN p.benchmark_cohort THEN 1 ELSE 0 END AS in_cohort, "
        f"COALESCE(l.known, 0) AS known, COALESCE(d.unrecorded, 0) AS unrecorded, {columns}, "
        f"CASE WHEN c.says IS NULL THEN {NOTHING} WHEN r.year_group >= {higher_education().from_year} THEN c.says "
        f"WHEN c.names_it = 1 THEN {CONSIDERS} ELSE {NOTHING} END AS considers FROM people_yearrecord r "
        "JOIN people_pupil p ON p.id = r.pupil_id "
        "LEFT JOIN hand_roll l ON l.pupil_id = r.pupil_id AND l.year = r.academic_year "
        "LEFT JOIN hand_did d ON d.pupil_id = r.pupil_id AND d.year = r.academic_year "
        "LEFT JOIN measures_considering c ON c.pupil_id = r.pupil_id AND c.academic_year = r.academic_year"
    )
    status = (
        f"CREATE TEMPORARY TABLE hand_status AS SELECT {n_by.replace('n.yg', 'n.yg AS year_group')}, "
        + ", ".join(_status(number, rule) for number, rule in enumerate(rules()))
        + f" FROM hand_year n JOIN hand_year p ON p.pupil_id = n.pupil_id AND p.year <= n.year GROUP BY {n_by}"
    )
    groups = " UNION ALL ".join(
        f"SELECT {place} AS place, CAST({group} AS TEXT) AS value, year, {cells} FROM hand_status GROUP BY 1, 2, 3"
        for place, group in enumerate(GROUPS)
    )
    # What is kept has its keys, like the tables that a rebuild leaves.
    return [
        did_,
        roll,
        year,
        "CREATE UNIQUE INDEX hand_year_once ON hand_year (pupil_id, year)",
        "CREATE INDEX hand_year_group ON hand_year (year, yg)",
        status,
        "CREATE UNIQUE INDEX hand_status_once ON hand_status (pupil_id, year)",
        f"CREATE TEMPORARY TABLE hand_cell AS {groups}",
        "CREATE UNIQUE INDEX hand_cell_once ON hand_cell (place, value, year)",
    ]


def count() -> list[tuple]:
    """Everything is counted; answers with the rows of everybody, a year each. The tables are gone afterwards."""
    with connection.cursor() as cursor:
        for text in statements():
            cursor.execute(text)
        cursor.execute("SELECT * FROM hand_cell WHERE place = 0")
        rows = cursor.fetchall()
        for table in ("did", "roll", "year", "status", "cell"):
            cursor.execute(f"DROP TABLE hand_{table}")
    return rows


def count_by_bit() -> dict[tuple[int, int], list[int]]:
    """(bit, year) → [n, met] of everybody, to hold against what is kept."""
    found: dict[tuple[int, int], list[int]] = {}
    for row in count():
        for number, rule in enumerate(rules()):
            cell = found.setdefault((rule.bit, row[2]), [0, 0])
            for place in (0, 1):
                cell[place] += row[3 + 2 * number + place]
    return {key: cell for key, cell in found.items() if cell[0]}
