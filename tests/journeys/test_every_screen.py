"""Every screen in the table of addresses, full, for the Careers Leader: axe finds nothing, nothing scrolls sideways.

Generated: a new screen is looked at on the day it appears.
"""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.compass.changes import answer_otherwise
from dekaan.compass.questions import question_sets
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.curriculum.changes import refuse_link
from dekaan.curriculum.models import CurriculumLink, LinkDoor
from dekaan.curriculum.queries import waiting
from dekaan.demo.build import build
from dekaan.destinations.changes import record_statement
from dekaan.destinations.queries import leavers
from dekaan.exchange.changes import import_file, keep_sheet
from dekaan.exchange.models import ImportRun
from dekaan.exchange.sheets_out import guessed_columns
from dekaan.frameworks.queries import Answers
from dekaan.handover.changes import plan_hand_over
from dekaan.jobs.changes import write_mail
from dekaan.jobs.models import Mail
from dekaan.lists.changes import plan_for_found
from dekaan.partners.changes import add_organisation
from dekaan.people.changes import restrict_contact
from dekaan.people.models import Group, Pupil, StaffMember
from dekaan.privacy.changes import hold_pupil, open_case
from dekaan.programme.changes import ask_meaning, merge_organisations, roll_forward, say_by_link
from dekaan.programme.models import Carousel, Session
from dekaan.programme.queries import flags_asked_of, propose
from dekaan.quality.models import Collection
from dekaan.reports.changes import issue_report
from dekaan.reports.models import ApprovalLink, Report
from dekaan.schools.models import School
from dekaan.trusts.changes import grant_names
from tests.exchange.lists import as_csv, faulty, pupils
from tests.house.test_other_school import EXAMPLES, OF_A_SCHOOL, model_of
from tests.house.test_views import addresses
from tests.journeys.visit import NARROW, WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# The state in which each screen of an import is seen.
STATES = {
    "import-columns": "columns",
    "import-preview": "preview",
    "import-receipt": "done",
    "import-progress": "waiting",
}


def rows_of(entry: URLPattern) -> list[dict]:
    """Arguments for the address, from what the demonstration school holds: each state of a session once."""
    choices: list[dict] = [{}]
    for name in entry.pattern.converters:
        if name == "school_slug":
            continue
        if name in EXAMPLES:
            found = [EXAMPLES[name]()]
        elif name == "session_id":
            found = some_sessions()
        elif name == "import_id":
            found = list(
                ImportRun.objects.filter(state=STATES.get(entry.name, "done")).values_list("pk", flat=True)[:1]
            )
        else:
            found = list(model_of(name).objects.values_list("pk", flat=True)[:1])
        assert found, f"nothing for {name} of {entry.name}"
        choices = [given | {name: each} for given in choices for each in found]
    return choices


def some_sessions() -> list[int]:
    """One held, one due today, one to come."""
    ordered = Session.objects.order_by("-held_on")
    kinds = (
        ordered.filter(recorded_at__isnull=False),
        ordered.filter(held_on=today(), recorded_at=None),
        ordered.filter(held_on__gt=today()),
    )
    return [first.pk for kind in kinds if (first := kind.first())]


def a_leaver() -> Pupil:
    """Somebody who left last year."""
    return leavers(academic_year_of(today()) - 1, Pupil.objects.all())[0].pupil


@pytest.fixture
def full(settings, tmp_path):
    """The demonstration trust, with imports in every state and a report."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = "mailto:security@weirbrook.example", "2099-01-01"
    build(pupils=150, years=2)
    school, priya = School.objects.get(slug="ashdown"), User.objects.get(email="priya@ashdown.example")
    path = tmp_path / "list.csv"
    with working_in(school):
        goes, comes = (StaffMember.objects.get(user__email=f"{name}@ashdown.example") for name in ("priya", "nell"))
        keep_sheet("Weirbrook Council", guessed_columns(["Surname", "Forename", "DOB", "Activity code"]), by=priya)
        plan_hand_over(school, from_=goes, to=comes, starts_on=today() + timedelta(days=30), by=priya)
        path.write_bytes(faulty(pupils(60))[0])
        import_file(path, kind="pupils", by=priya, preview_only=True, whole_roll=False)
        path.write_text("Staff Code,Surname,Forename\nZZ9,Abbott,Ann\n")
        import_file(path, kind="staff", by=priya)
        path.write_text(as_csv(pupils(5)))
        for state in ("columns", "waiting"):
            run = import_file(path, kind="pupils", by=priya, preview_only=True, whole_roll=False)
            ImportRun.objects.filter(pk=run.run_id).update(state=state)
        issue_report(school, on=today(), by=priya, summary="A good term.", concerns="Year 11.", asks="Time.")
        asks = Pupil.objects.filter(carers__isnull=False).first() or Pupil.objects.first()
        open_case(
            kind="access", asked_by="pupil", proof="known", received_on=today(), pupil=asks, note="Everything", by=priya
        )
        for role in ("dsl", "technician", "slt-line-manager"):  # whose screens are looked at too
            give_role(user=priya, role=role, school=school, by=None)
        give_role(user=priya, role="trust-careers-adviser", trust=school.trust, by=None)
        write_mail("<one@ashdown.example>", to=priya.email, words=b"Subject: Choose a new password\r\n\r\nOpen")
        Mail.objects.update(state=Mail.State.IN_DOUBT, why="WorkerEnded")
        restrict_contact(asks.carers.first(), by=priya)
        open_case(kind="access", asked_by="carer", proof="known", received_on=today(), pupil=asks, by=priya)
        plan_for_found(
            title="Catching up", activity_type="TALK", held_on=today(), pupils=list(Pupil.objects.all()[:7]), by=priya
        )
        for source, route in (("pupil", "t-level"), ("council", "looking")):
            record_statement(a_leaver(), by=priya, kind="position", source=source, route=route)
        hold_pupil(asks, because="A complaint is open", by=priya)
        day = today()
        grant_names(school, to=priya, purpose="A visit", starts_on=day, ends_on=day, by=priya)
        year = academic_year_of(today())
        one, other = (
            add_organisation(name=name, kind="itp", by=priya) for name in ("Ridge Skills", "Ridge Skills Ltd")
        )
        merge_organisations(one, other, by=priya)
        first = next(each for each in propose(year) if not each.barred)
        roll_forward(year, days={first.pk: today() + timedelta(days=30)}, by=priya)
        _say_and_decide(priya)
    return school, priya


def _say_and_decide(priya: User) -> None:
    """One session was said to be meaningful by a link, another is asked about; a curriculum link is refused, an answer
    is the school's own."""
    said, asked = _held()[:2]
    for session in (said, asked):
        link = ask_meaning(session, open_until=today() + timedelta(days=7), by=priya)
        if session == said:
            flags = flags_asked_of(session)
            say_by_link(link, Answers(yes=flags[0].bit, no=flags[1].bit), said_by="R. Mill of Millworks")
    refuse_link(waiting()[0], because="Not a subject of ours", by=priya)
    of = question_sets()[0]
    own = of.question("5.1")
    answer_otherwise(own, of, answer="All", reason="The register was lost.", instead_of="Most", by=priya)


def _held() -> list[Session]:
    """Sessions that are recorded and that are asked about, the latest first."""
    held = Session.objects.filter(recorded_at__isnull=False, held_on__lte=today()).select_related("activity")
    return [each for each in held.order_by("-held_on", "-pk") if len(flags_asked_of(each)) > 1]


def in_other_states(school: School, client: Client) -> dict[str, str]:
    """Pages that an address alone does not show with rows on them, and words that stand there only then."""

    def at(name: str, *more: object, query: str = "") -> str:
        return reverse(name, args=[school.slug, *more]) + query

    def leads_to(address: str, part: str) -> str:
        """The first link of that page whose address has such a part."""
        found = re.search(rf'href="([^"]*{re.escape(part)}[^"]*)"', client.get(address).content.decode())
        assert found, (address, part)
        return html.unescape(found[1])

    said, asked = _held()[:2]
    day = Carousel.objects.get()
    around = Group.objects.get(name=day.groups[0], academic_year=academic_year_of(day.held_on)).year_group
    gap = at("gap-detail")
    decided = {each.state: each.pk for each in CurriculumLink.objects.all()}
    collection = Collection.objects.filter(session__isnull=False)[0]
    door = LinkDoor.objects.get()
    approved = ApprovalLink.objects.get()
    return {
        at(
            "planner-cell", query=f"?year={academic_year_of(day.held_on)}&year_group={around}"
        ): "which the planner counts as",
        leads_to(at("programme-planner"), "planner/cell/?"): "<strong>None.</strong>",
        gap: "The fewest sessions that would do",
        at("gap-detail", query="?criterion=GB24.5.1"): "Planned already",
        leads_to(gap, "/gap/plan/"): "Plan something for",
        at("sentence-plan", query="?who_0=year-group:10"): 'name="pupils"',
        at("session-meaning", said.pk): "R. Mill of Millworks said on",
        at("session-meaning", asked.pk): "/was-it-meaningful/",
        f"/go/{school.slug}/1/": "Open it without being counted",
        at("resource-list", query="?past=1&words=zzz"): "No resource fits",
        f"/was-it-meaningful/{school.slug}/{asked.meaning_link.made_key}/": "Send",
        f"/curriculum-link/{school.slug}/{door.key_to_show}/": "Send",
        f"/answer/{school.slug}/{collection.key_to_show}/": "Send",
        at("curriculum-link-change", decided["refused"]): "Not a subject of ours",
        at("curriculum-link-change", decided["accepted"]): "Accepted",
        at("compass-question", "compass-2025", "5.1"): "The register was lost.",
        at("activity-feedback", collection.session.activity_id): f"/feedback/{collection.pk}/",
        at("destination-detail", a_leaver().pk): "Sources disagree: say which holds",
        at("leaver-list", query="?standing=unknown"): "Ask next",
        at("evidence-list", query="?by=theme"): "Evidence by theme",
        at("report-detail", Report.objects.filter(kind="leaders")[0].pk): "What senior leaders should know",
        at("report-detail", approved.report_id): "by Ann Teasdale, Chair of governors",
        at("report-governors", query="?term=2000-spring"): "No report on",
        f"/paper/{school.slug}/{approved.key_to_show}/": "You said on",
    }


def screens(school: School, client: Client) -> list[str]:
    """Every address that answers a GET with a page."""
    found = []
    with working_in(school):
        asked = [
            reverse(entry.name, kwargs={"school_slug": school.slug, **given})
            for entry in OF_A_SCHOOL
            for given in rows_of(entry)
        ]
        for address, words in in_other_states(school, client).items():
            assert words in client.get(address).content.decode(), (address, words)
            asked.append(address)
    asked += [
        reverse(entry.name)
        for path, entry in addresses()
        if not entry.pattern.converters and "school_slug" not in path and "(?P" not in path
    ]
    for address in asked:
        answer = client.get(address)
        assert answer.status_code in {200, 302, 405}, (address, answer.status_code)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found.append(address)
    return found


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_screen_is_accessible_and_fits(visit, full, width):
    school, priya = full
    client = Client()
    client.force_login(priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    person, wrong = visit(priya, width=width), []
    found = screens(school, client)
    assert len(found) > 35
    for address in found:
        person.open(address)
        wrong += [(address, each) for each in person.violations()]
        if person.is_too_wide():
            wrong.append((address, "scrolls sideways"))
    assert wrong == []
    assert person.failures == []
