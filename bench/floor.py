"""The floors: real Django pages behind the same session and sign-in, at most 15 lines each, with no base template."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.utils import timezone

from dekaan.access.door import Permission, SchoolRequest, needs, signed_in
from dekaan.participation.models import KnownBy, Participation, State
from dekaan.people.models import Pupil
from dekaan.schools.models import School

LIST = """<!doctype html><title>Floor</title><table>{% for pupil in pupils %}<tr><td>{{ pupil.surname }}</td>
<td>{{ pupil.forename }}</td><td>{{ pupil.upn }}</td></tr>{% endfor %}</table>"""


@signed_in
def one_row(request: HttpRequest) -> HttpResponse:
    """A page that reads one row."""
    return HttpResponse(f"<!doctype html><title>Floor</title><h1>{School.objects.order_by('pk')[0].name}</h1>")


def _table(pupils: object) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(LIST).render({"pupils": pupils}))


@needs(Permission.PUPILS_SEE)
def rows(request: SchoolRequest, how_many: int) -> HttpResponse:
    """A page of so many rows."""
    return _table(Pupil.objects.all()[:how_many])


@needs(Permission.PUPILS_SEE)
def anti_join(request: SchoolRequest) -> HttpResponse:
    """Pupils without a row in the ledger."""
    return _table(Pupil.objects.exclude(pk__in=Participation.objects.filter(counts=1).values("pupil_id")))


@needs(Permission.PARTICIPATION_CORRECT)
def bare_insert(request: SchoolRequest, how_many: int) -> HttpResponse:
    """So many rows in the ledger, marked as superseded so that they never count."""
    now = timezone.now()
    same = {"source_kind": "floor", "source_id": 1, "state": State.ATTENDED, "known_by": KnownBy.ASSUMED}
    when = {"happened_on": date(2026, 11, 2), "academic_year": 2026, "academic_day": 62, "superseded_at": now}
    pupils = Pupil.objects.values_list("pk", flat=True)[:how_many]
    Participation.objects.bulk_create(
        [Participation(pupil_id=pk, activity_type="ASSEM", **same, **when) for pk in pupils]
    )
    return HttpResponse("<!doctype html><title>Floor</title>")
