"""P3 and P11: a trust of 32 schools in four clusters, and an installation that grows from 8 schools to 128.

The schools are copies, made set by set: a secondary school has the kept tables of Ashdown (about 1,200 pupils, every
year), a special one those of Calder View, a primary one none. What the pages read is there in full; the ledger and the
roll behind the copies are not, so that nothing here says how long those take to fill.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.access.changes import give_role, open_account
from dekaan.core.scope import working_in
from dekaan.schools.changes import add_school, add_trust
from dekaan.schools.models import School, Trust
from dekaan.trusts.changes import make_cluster
from dekaan.trusts.queries import GROUPS

if TYPE_CHECKING:
    from bench.__main__ import Bench

CLUSTERS = 4
OF_A_CLUSTER = ("secondary",) * 6 + ("special", "primary")
DETAILS: dict[str, dict[str, Any]] = {
    "secondary": {
        "establishment_type": "34",
        "phase": "secondary",
        "low_age": 11,
        "high_age": 18,
        "has_sixth_form": True,
    },
    "special": {
        "establishment_type": "44",
        "phase": "not-applicable",
        "low_age": 11,
        "high_age": 19,
        "has_sixth_form": True,
    },
    "primary": {"establishment_type": "34", "phase": "primary", "low_age": 4, "high_age": 11},
}
COPIED = {"secondary": "ashdown", "special": "calder"}
KEPT = {"measures_coverage": (), "measures_pupil_year": ("pupil_id",)}
APART = 1_000_000  # between the pupils' numbers of one copy and the next


def copy_of(kind: str, trust: Trust, number: int) -> School:
    """A school of that kind with the kept tables of one like it, in a statement a table."""
    made = add_school(name=f"Copy {number:03d}", slug=f"copy-{number}", trust=trust, **DETAILS[kind])
    if kind not in COPIED:
        return made
    like = School.objects.get(slug=COPIED[kind])
    with working_in(like, made), connection.cursor() as cursor:
        for table, keys in KEPT.items():
            columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            columns.remove("id")
            said = {"school_id": str(made.pk)} | {each: f"{each} + {made.pk * APART}" for each in keys}
            values = ", ".join(said.get(each, each) for each in columns)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE school_id = %s",
                [like.pk],
            )
    return made


def measure(bench: "Bench", ratio: Callable[..., dict[str, float]]) -> dict[str, Any]:
    """The page of 32 schools by each group, its statements; and what 8 and 128 schools make of the pages."""
    row = bench.fetch("/floor/row/")
    others = add_trust(name="Others", slug="others")
    for number in range(5):  # with the demonstration's three there are eight
        copy_of("secondary", others, number)
    of_eight = growing(bench, ratio, row)
    trust = add_trust(name="Thirty-two", slug="thirty-two")
    for cluster in range(CLUSTERS):
        first = 100 + cluster * len(OF_A_CLUSTER)
        schools = [copy_of(kind, trust, first + place) for place, kind in enumerate(OF_A_CLUSTER)]
        make_cluster(trust, name=f"Cluster {cluster + 1}", schools=schools, by=None)
    user = open_account(email="adviser@thirty-two.example", name="Adviser", password=None)
    give_role(user=user, role="trust-careers-adviser", trust=trust, by=None)
    client = bench.at_the_browser(user)
    tidy(bench)
    found: dict[str, Any] = {}
    asks = {
        each.name: bench.fetch(f"{reverse('trust-page', args=['copy-100'])}?group={each.key}", client)
        for each in GROUPS
    }
    for name, ask in asks.items():
        with CaptureQueriesContext(connection) as asked:
            kb = len(ask().content) / 1024
        statements = len(asked)
        found[f"P3 32 schools: {name.lower()}"] = ratio(ask, row) | {
            "must": 6, "statements": statements, "page_kb": round(kb),
        }  # fmt: skip
    everybody = asks[GROUPS[0].name]
    before = ratio(everybody, row)
    while School.objects.count() < 128:
        copy_of("secondary", others, 1000 + School.objects.count())
    tidy(bench)
    after, of_many = ratio(everybody, row), growing(bench, ratio, row)
    for name, figures in (of_eight | {"P3 in 40": before}).items():
        now = of_many.get(name, after)
        found[f"P11 {name.split(' in ')[0]}, {'40' if ' in ' in name else '8'} to 128 schools"] = {
            "ms": figures["ms"], "then_ms": now["ms"], "ratio": figures["ratio"], "then_ratio": now["ratio"],
            "growth": round(now["ratio"] / figures["ratio"], 2), "must": 1.3,
        }  # fmt: skip
    return found


def growing(bench: "Bench", ratio: Callable[..., dict[str, float]], row: Callable[[], Any]) -> dict[str, Any]:
    """P1, P2 and P7 as the installation is."""
    missing = bench.get("criterion-missing", criterion_id="GB24.5.1")
    return {
        "P1": ratio(bench.get("benchmark-picture"), row),
        "P2": ratio(missing, row),
        "P7": bench.it_happened(),
    }


def tidy(bench: "Bench") -> None:
    """What PostgreSQL does by itself in the background, done now."""
    bench.tidy("measures_coverage", "measures_pupil_year")
