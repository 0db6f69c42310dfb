"""Three schools, each full of words of its own: one for every class of data, and for whose it is.

`ours` and `sister` are of one trust, `elsewhere` of none. In each, Year 10 is *inside* what a narrower role sees (its
pupils have special needs, are of the tutor group 10A, and were at the session that the session's teacher leads) and
Year 11 is *outside*.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.destinations.changes import record_statement
from dekaan.evidence.changes import add_evidence, add_version
from dekaan.evidence.files import Checked
from dekaan.exchange.models import ImportLine, ImportRun
from dekaan.lists.models import SavedList
from dekaan.participation.models import Participation
from dekaan.people.changes import add_carer, restrict_contact
from dekaan.people.models import CarerOf, Group, Pupil, StaffMember
from dekaan.reports.changes import issue_report
from dekaan.schools.changes import add_trust
from dekaan.schools.models import School, SchoolOwned
from tests.databases import ON_POSTGRES
from tests.factories.schools import Place, person, place, pupils, talk
from tests.house.test_other_school import OF_A_SCHOOL, arguments_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
INSIDE, OUTSIDE, ANYBODYS = "Inside", "Outside", "Anybodys"
SCOPES = {"tutor": {"tutor_groups": ["10A"]}, "head-of-year": {"year_groups": [10]}}
# Values from a list, which no word can be written into: the label that a page would show.
LABELS = {INSIDE: ("WIRT", "Traveller of Irish heritage"), OUTSIDE: ("WROM", "Gypsy or Roma")}
LEFT_ALONE = {
    Participation: "insert-only: its words were written when it was recorded",
    Group: "a tutor's scope is the group's name",
}


@dataclass(frozen=True)
class Word:
    """A word that stands in one school, in one class of data, of one kind of pupil."""

    text: str
    school: str
    data_class: str
    whose: str


def word(slug: str, data_class: str, whose: str = ANYBODYS) -> str:
    """No word is part of another, and none is changed by an address, a file or a page."""
    return f"Kanari{slug.title()}{data_class}{whose}Q"


@dataclass
class Corner:
    """One of the three schools, and the rows that addresses name."""

    at: Place
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def school(self) -> School:
        return self.at.school

    def arguments(self, entry: URLPattern) -> dict:
        """Arguments for the address that name rows of this school."""
        missing = [name for name in entry.pattern.converters if name != "school_slug" and name not in self.rows]
        if missing:
            self.rows |= {name: value for name, value in arguments_of(entry, self.school).items() if name in missing}
        return {name: self.rows[name] for name in entry.pattern.converters if name != "school_slug"}


@dataclass
class World:
    """All of it."""

    ours: Corner
    sister: Corner
    elsewhere: Corner
    words: list[Word]

    @property
    def corners(self) -> tuple[Corner, Corner, Corner]:
        return self.ours, self.sister, self.elsewhere


def build() -> World:
    """The three schools, full."""
    trust = add_trust(name="Both", slug="both")
    corners = [_corner(slug, None if slug == "elsewhere" else trust) for slug in ("ours", "sister", "elsewhere")]
    words = [
        Word(word(corner.school.slug, each, whose), corner.school.slug, each, whose)
        for corner in corners
        for each in ("P", "D", "E", "I", "S2", "S3", "G", "R", "U", "X")
        for whose in (INSIDE, OUTSIDE, ANYBODYS)
    ]
    return World(*corners, words)


def _corner(slug: str, trust: object) -> Corner:
    at = place(slug)
    at.school.trust = trust  # type: ignore[assignment]
    at.school.save()
    corner, leader = Corner(at), person(at, "careers-leader")
    inside = pupils(at, 7, surname="Inside", sen="K", looked_after=True, ethnicity=LABELS[INSIDE][0])
    outside = pupils(at, 7, surname="Outside", year_group=11, tutor_group="11A", sen="N", ethnicity=LABELS[OUTSIDE][0])
    teacher = _on_staff(at, "session-teacher")
    held = talk(at, title=word(slug, "E", INSIDE), partner_name=word(slug, "E", INSIDE), invited=inside)
    talk(at, title=word(slug, "E", OUTSIDE), partner_name=word(slug, "E", OUTSIDE), invited=outside, days_ago=2)
    with working_in(at.school):
        held.led_by = teacher
        held.save()
        run = ImportRun.objects.create(
            kind="pupils", file_name="list.csv", state="preview", started_by=leader, counts={"changes": 1}
        )
        ImportLine.objects.create(run=run, decision="changes", pupil=outside[0], changes=[_closed(slug)])
        corner.rows = {
            "pupil_id": inside[0].pk,
            "session_id": held.pk,
            "activity_id": held.activity_id,
            "import_id": run.pk,
            "group_id": Group.objects.get(name="10A").pk,
        }
        sentence = {"version": 1, "who": ["year-group:10"], "had": []}
        kept = SavedList.objects.create(name="Kept", sentence=sentence, owner=leader, shared_with="school")
        corner.rows["saved_list_id"] = kept.pk
        for number, each in enumerate((outside[0], inside[0])):
            carer = add_carer(surname=f"Quill{number}", forename="Rose", pupils=[each], by=None)
            row = restrict_contact(CarerOf.objects.get(carer=carer), by=None)
            corner.rows["restricted_contact_id"] = row.pk
        for each in (outside[0], inside[0]):
            plan = {"kind": "intention", "source": "pupil", "route": "t-level", "words": word(slug, "I", _whose(each))}
            corner.rows["statement_id"] = record_statement(each, by=leader, **plan).statement.pk
        piece = add_evidence(title="Minutes", kind="file", owner=teacher, by=leader)
        version = add_version(piece, Checked("m.txt", "txt", word(slug, "E").encode()), by=leader)
        add_evidence(title="Policy", kind="statement", statement="So it is", may_name_pupils=True, by=leader)
        corner.rows |= {"evidence_id": piece.pk, "evidence_file_id": version.pk}
        for entry in OF_A_SCHOOL:
            corner.arguments(entry)
        _marked(slug, {pupil.pk for pupil in inside})
        report = issue_report(at.school, on=today(), by=leader, **dict.fromkeys(REPORT_WORDS, word(slug, "R")))
        corner.rows["report_id"] = report.pk
    at.school.refresh_from_db()
    return corner


def _whose(pupil: Pupil) -> str:
    return INSIDE if pupil.surname == INSIDE else OUTSIDE


REPORT_WORDS = ("summary", "concerns", "asks")


def _closed(slug: str) -> list[str]:
    """A change of a flag, as a line of an import keeps it."""
    return ["ethnicity", "", word(slug, "S3", OUTSIDE)]


def _on_staff(at: Place, role: str) -> StaffMember:
    user = person(at, role)
    with working_in(at.school):
        return StaffMember.objects.create(surname="Leads", forename=role, user=user)


def _marked(slug: str, inside: set[int]) -> None:
    """Every free text of every row says the word of its class."""
    for model in apps.get_models():
        if not issubclass(model, SchoolOwned) or model in LEFT_ALONE:
            continue
        if ON_POSTGRES and hasattr(model, "may_update"):
            continue  # insert-only there, by privilege: its words are looked for on SQLite
        for whose, rows in _shares(model, inside):
            said = {name: word(slug, model.data_classes[name], whose) for name in _texts(model)}
            if said:
                rows.update(**said)


def _shares(model: type[models.Model], inside: set[int]) -> list[tuple[str, models.QuerySet]]:
    """The rows of those who are inside, of those who are outside, and of nobody in particular."""
    if model is Pupil:
        key = "pk"
    elif any(field.name == "pupil" for field in model._meta.concrete_fields):
        key = "pupil_id"
    else:
        return [(ANYBODYS, model.objects.all())]
    among = {f"{key}__in": inside}
    return [(INSIDE, model.objects.filter(**among)), (OUTSIDE, model.objects.exclude(**among))]


def _texts(model: type[models.Model]) -> list[str]:
    return [
        each.name
        for each in model._meta.concrete_fields
        if isinstance(each, models.CharField | models.TextField)
        and not isinstance(each, models.EmailField)
        and not each.choices
        and (each.max_length or 99) >= 40
        and each.name not in {"stored_as", "sha256", "activity_type", "batch", "link_hash"}
    ]


def somebody(role: str, world: World, *, ended: bool = False) -> tuple[Client, set[str]]:
    """A person of the role at `ours` (a trust role: at its trust), and the schools whose doors are open to them."""
    at, trust_role = world.ours.at, ROLES[role].sees == "trust-totals"
    if ended or trust_role:
        user = User.objects.create_user(email=f"{role}-{ended}@ours.example", name="Somebody", password=None)
        where = {"trust": at.school.trust} if trust_role else {"school": at.school}
        until = today() - timedelta(days=1) if ended else None
        give_role(user=user, role=role, by=None, starts_on=today() - timedelta(days=400), ends_on=until, **where)
    else:
        user = person(at, role, SCOPES.get(role))
    client = Client()
    client.force_login(user, backend=BACKEND)
    places = {"ours", "sister"} if trust_role else {"ours"}
    return client, set() if ended else places
