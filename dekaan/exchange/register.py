"""Everyone whom the school knows, loaded in a handful of statements for recognising."""

from datetime import date

from dekaan.core.academic_year import academic_year_of
from dekaan.exchange.deciding import OWN_FIELDS, YEAR_FIELDS
from dekaan.exchange.matching import Known, Register
from dekaan.people.models import Enrolment, FormerIdentifier, Pupil, StaffMember, YearRecord
from dekaan.people.queries import not_ended


def register_of_pupils(today: date) -> Register:
    """Every pupil, past ones too, as they stand on the day; those who are to join, as they will in the year they join."""
    known = {
        row[0]: Known(row[0], dict(zip(OWN_FIELDS, row[1:], strict=True)))
        for row in Pupil.objects.order_by("pk").values_list("pk", *OWN_FIELDS)
    }
    for pk, upn in FormerIdentifier.objects.filter(kind="upn").values_list("pupil_id", "value"):
        known[pk].former_upns.add(upn)
    stays = Enrolment.objects.filter(not_ended(today)).order_by("-starts_on")  # a stay of now before one to come
    for pk, *stay in stays.values_list("pupil_id", "status", "starts_on", "ends_on"):
        known[pk].is_on_roll = True
        known[pk].status, known[pk].starts_on, known[pk].ends_on = stay
    this_year = academic_year_of(today)
    records = YearRecord.objects.filter(academic_year__gte=this_year).order_by()
    for pk, year, tutor_group, *row in records.values_list(
        "pupil_id", "academic_year", "tutor_group__name", *YEAR_FIELDS
    ):
        if year == max(this_year, academic_year_of(known[pk].starts_on or today)):
            known[pk].year = dict(zip(YEAR_FIELDS, row, strict=True))
            known[pk].tutor_group = tutor_group or ""
    return Register(known.values())


def register_of_staff(today: date) -> Register:
    """Every member of staff."""
    names = ("surname", "forename", "email", "post", "mis_id", "starts_on", "ends_on")
    return Register(
        Known(
            row[0],
            dict(zip(names, row[1:], strict=True)),
            is_on_roll=row[-1] is None or row[-1] > today,
        )
        for row in StaffMember.objects.order_by("pk").values_list("pk", *names)
    )
