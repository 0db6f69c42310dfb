"""`make bench`: each figure as a ratio to a floor measured in the same run; printed, and written to bench/latest.json.

`DEKAAN_TEST_DATABASE` chooses SQLite or PostgreSQL. Nothing here ever fails a build.
"""

import csv
import gzip
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import databases  # first: it says where the database is

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import by_hand, importing, server, trust
from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.demo.build import build
from dekaan.demo.people import PASSWORD
from dekaan.exchange.changes import import_file
from dekaan.frameworks.queries import benchmarks_in_force
from dekaan.measures.changes import rebuild
from dekaan.measures.models import Coverage
from dekaan.participation.models import Participation
from dekaan.people.models import Pupil
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.programme.models import Session
from dekaan.schools.changes import add_school
from dekaan.schools.models import School

RESULTS = Path(__file__).resolve().parent / "latest.json"
TIMES = 15
# The pages of the programme year and of the twin, for which the paper gives no ratio of their own.
YEAR_PAGES = (
    "programme-planner",
    "gap-detail",
    "compass-review",
    "evidence-list",
    "curriculum-map",
    "scheme-list",
    "observation-list",
    "learning-coverage",
    "clash-list",
    "feedback-list",
    "sentence-list",
)


def seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def ratio(work: Callable[[], Any], floor: Callable[[], Any], times: int = TIMES) -> dict[str, float]:
    """Medians in milliseconds after a warm-up, the two interleaved."""
    work(), floor()
    pairs = [(seconds(work), seconds(floor)) for _ in range(times)]
    ours, least = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    return {"ms": round(ours, 2), "floor_ms": round(least, 2), "ratio": round(ours / least, 2)}


class Bench:
    """The demonstration trust, and its Careers Leader at the browser."""

    def __init__(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("grant_web_role")
        if databases.ON_POSTGRES:
            databases.connect_as(databases.WEB_ROLE)
        build(pupils=1200)
        if connection.vendor == "postgresql":
            databases.connect_as(databases.OWNER)
            connection.cursor().execute("ANALYZE")
            databases.connect_as(databases.WEB_ROLE)
        settings.ROOT_URLCONF = "bench.urls"
        self.school = School.objects.get(slug="ashdown")
        self.leader = User.objects.get(email="priya@ashdown.example")
        self.client = self.at_the_browser(self.leader)

    def at_the_browser(self, user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    def get(self, name: str, client: Client | None = None, slug: str = "ashdown", **given: Any) -> Callable[[], Any]:
        return self.fetch(reverse(name, kwargs={"school_slug": slug, **given}), client)

    def fetch(self, address: str, client: Client | None = None, method: str = "get") -> Callable[[], Any]:
        def ask() -> Any:
            answer = getattr(client or self.client, method)(address)
            assert answer.status_code in {200, 302}, (address, answer.status_code)
            return answer

        return ask

    def pages(self) -> dict[str, Any]:
        row, counted = self.fetch("/floor/row/"), benchmarks_in_force(today()).counted
        with working_in(self.school):
            pupil = Pupil.objects.order_by("pk")[0].pk
            session = Session.objects.filter(recorded_at=None, held_on=today()).first()
            assert session
        # The criterion of the most names.
        missing = max(
            (self.get("criterion-missing", criterion_id=each.id) for each in counted),
            key=lambda ask: len(ask().content),
        )
        return {
            "P1 benchmarks page": ratio(self.get("benchmark-picture"), row) | {"must": 4},
            "P2 names of those who miss a criterion": ratio(missing, row) | {"must": 5},
            "P4 one pupil's record": ratio(self.get("pupil-record", pupil_id=pupil), row) | {"must": 6},
            "P5 register": ratio(
                self.get("session-register", session_id=session.pk), self.fetch("/ashdown/floor/rows/240/")
            )
            | {"must": 4},
            "P6 list of 1,200 pupils": ratio(self.get("pupil-list"), self.fetch("/ashdown/floor/rows/50/"))
            | {"must": 4},
            "P16 coverage question": ratio(missing, self.fetch("/ashdown/floor/anti-join/")) | {"must": 3},
        }

    def year_pages(self) -> dict[str, Any]:
        """Each page of the programme year and the twin, against the bare page that reads one row."""
        row, anna = self.fetch("/floor/row/"), self.at_the_browser(User.objects.get(email="anna@weirbrook.example"))
        found = {f"page {name}": ratio(self.get(name), row, 9) for name in YEAR_PAGES}
        return found | {"page compass-schools, the trust": ratio(self.get("compass-schools", anna), row, 9)}

    def it_happened(self) -> dict[str, Any]:
        with working_in(self.school):
            talk = plan_activity(title="Bench", activity_type="ASSEM", by=self.leader, partner_kind="employer")
            waiting = [
                plan_session(talk, held_on=today(), invited=Invited(year_groups=(10,)), by=self.leader).pk
                for _ in range(TIMES + 1)
            ]

        def press() -> None:
            pressed.append(waiting.pop())
            self.fetch(f"/ashdown/programme/sessions/{pressed[-1]}/happened/", method="post")()

        pressed: list[int] = []
        happened = reverse("session-happened", kwargs={"school_slug": "ashdown", "session_id": waiting[0]})
        assert happened == f"/ashdown/programme/sessions/{waiting[0]}/happened/", happened
        press()
        with working_in(self.school):
            recorded = Participation.objects.filter(source_kind="session", source_id=pressed[0]).count()
        waiting.append(waiting[0])
        return ratio(press, self.fetch(f"/ashdown/floor/insert/{recorded}/", method="post"), TIMES - 2) | {
            "must": 8,
            "rows": recorded,
        }

    def statements(self) -> dict[str, Any]:
        """Statements a page, in a school of about 1,200 and one of about 140."""
        femi = self.at_the_browser(User.objects.get(email="femi@weirbrook.example"))
        found = {}
        for name in ("home", "benchmark-picture", "pupil-list", *YEAR_PAGES):
            counts = []
            for slug, client in (("ashdown", self.client), ("calder", femi)):
                ask = self.get(name, client, slug)
                ask()
                with CaptureQueriesContext(connection) as asked:
                    ask()
                counts.append(len(asked))
            found[name] = counts
        return found

    def rebuild(self) -> dict[str, Any]:
        """The whole trust counted anew, and the same by hand; they must agree before they are compared."""
        schools = list(School.objects.all())

        def again() -> None:
            with working_in(*schools):
                rebuild()

        def by_hand_once() -> None:
            with working_in(*schools):
                by_hand.count()

        self.tidy("measures_pupil_year", "measures_coverage")
        found = ratio(again, by_hand_once, 9) | {"must": 1.6}
        with working_in(*schools):
            assert by_hand.count_by_bit() == kept_by_bit()
        return found

    def tidy(self, *tables: str) -> None:
        """What PostgreSQL does by itself in the background, done now."""
        if connection.vendor == "postgresql":
            databases.connect_as(databases.OWNER)
            for table in tables:
                connection.cursor().execute(f"VACUUM ANALYZE {table}")
            databases.connect_as(databases.WEB_ROLE)

    def weight(self) -> dict[str, Any]:
        """Of home, and of the page of the year that weighs most; each with every file that it asks for."""
        sizes = {name: self.weight_of(name) for name in ("home", *YEAR_PAGES)}
        heaviest = max(YEAR_PAGES, key=lambda name: sizes[name]["kb"])
        return sizes["home"] | {"heaviest": heaviest, "its_kb": sizes[heaviest]["kb"], "must": 100}

    def weight_of(self, name: str) -> dict[str, Any]:
        page = self.get(name)().content
        files = [word.split('"')[0] for word in page.decode().replace('src="', 'href="').split('href="/static/')[1:]]
        sizes = [len(gzip.compress(page))]
        sizes += [len(gzip.compress(Path(finders.find(each)).read_bytes())) for each in dict.fromkeys(files)]
        return {"kb": round(sum(sizes) / 1024, 1), "requests": len(sizes)}

    def importing(self) -> dict[str, Any]:
        """1,200 new pupils from file to done, into a school of their own."""
        with working_in(self.school):
            known = list(Pupil.objects.values("surname", "forename", "birth_date")[:1200])
        school, other = (add_school(name=name, slug=name.lower()) for name in ("Importing", "Inserting"))
        file = settings.DATA / "bench.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(["Adno", "Surname", "Forename", "DOB", "Year", "Reg Group"])
            for number, pupil in enumerate(known):
                born = f"{pupil['birth_date']:%d/%m/%Y}"
                group = 7 + number % 5
                writer.writerow([number, pupil["surname"], pupil["forename"], born, group, f"{group}A"])

        def bring_in() -> None:
            with working_in(school):
                report = import_file(file, kind="pupils", by=None, leader_has_looked=True)
                assert report.state == "done", report

        def insert() -> None:
            with working_in(other):
                Pupil.objects.bulk_create([Pupil(admission_number=str(n), **each) for n, each in enumerate(known)])

        took, floor = seconds(bring_in), seconds(insert)
        return {
            "ms": round(took * 1000),
            "floor_ms": round(floor * 1000),
            "ratio": round(took / floor, 1),
            "must_ms": 1000,
        }


def kept_by_bit() -> dict[tuple[int, int], list[int]]:
    """(bit, year) → [n, met] of everybody, as kept."""
    cells = Coverage.objects.filter(breakdown="all").values_list("bit", "academic_year").order_by()
    sums = cells.annotate(of=Sum("n"), done=Sum("met"))
    return {(bit, year): [of, done] for bit, year, of, done in sums if of}


def main() -> None:
    """Measure, print, keep."""
    bench = Bench()
    if "--trust" in sys.argv:  # only what concerns several schools
        tell(trust.measure(bench, ratio))
        return
    found = bench.pages() | bench.year_pages()
    found["P7 It happened"] = bench.it_happened()
    found["P10 statements a page, 1,200 and 140 pupils"] = bench.statements()
    found["P8 rebuild of the trust"] = bench.rebuild()
    requests = 1000 if "--short" in sys.argv else 10_000
    found[f"P12 memory after {requests:,} requests"] = server.memory("ashdown", bench.leader.email, PASSWORD, requests)
    found["P13 weight of a first visit"] = bench.weight()
    found["P9 100,000 lines staged"] = importing.past_lines()
    found["P15 import of 1,200 pupils"] = bench.importing()
    tell(found | trust.measure(bench, ratio))


def tell(found: dict[str, Any]) -> None:
    """It is on the screen, and kept beside what was measured before."""
    print(f"\n{connection.vendor}, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    for name, figures in found.items():
        print(f"  {name:46} " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(kept | {connection.vendor: kept.get(connection.vendor, {}) | found}, indent=2) + "\n")
    connection.close()
    databases.pytest_unconfigure()


if __name__ == "__main__":
    main()
