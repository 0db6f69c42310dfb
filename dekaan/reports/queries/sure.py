"""How sure the paper is: what rests on attendance that nobody checked, and what on the school's own word."""

from datetime import date

from django.db.models import Count

from dekaan.measures.queries import released_count
from dekaan.participation.models import KnownBy
from dekaan.participation.queries import live
from dekaan.reports.queries.sections import Section, counted
from dekaan.schools.models import School

LEDGER = "ledger"  # what the frozen figures call it

SELF_REPORTED = (
    "Self-reported: the percentages of Compass and what people answered in questionnaires are what the school and its "
    "people say of themselves. Nobody outside has checked them here."
)


def sure(school: School, year: int, on: date) -> Section:
    """The section: shares of what pupils took part in this year, by how it is known."""
    rows = live().filter(counts=1, academic_year=year, happened_on__lte=on, pupil__isnull=False).order_by()
    by_known = dict(rows.values_list("known_by").annotate(Count("pk")))
    whole = sum(by_known.values())
    assumed = by_known.get(KnownBy.ASSUMED, 0)
    are_told = (
        released_count(whole) and released_count(assumed) is not None and released_count(whole - assumed) is not None
    )
    says = [SELF_REPORTED]
    if whole and are_told:
        share = assumed * 100 // whole
        says.insert(
            0,
            f"Of {whole} attendances recorded this year, {assumed} ({share} %) are assumed: the session was held, and nobody "
            "ticked who was there. The rest was checked against attendance marks, or confirmed by a register.",
        )
    elif whole:
        says.insert(0, "Too few attendances are recorded this year to say how many of them are only assumed.")
    else:
        says.insert(0, "Nothing that pupils took part in is recorded for this year yet.")
    return Section(
        key="sure",
        title="How sure this is",
        says=says,
        note="The ledger of who took part, each line with how it is known.",
        figures=[
            counted(
                LEDGER,
                "assumed",
                year,
                school_id=school.pk,
                met=assumed if are_told else None,
                of=whole if are_told else None,
                unknown=0 if are_told else None,
            )
        ]
        if whole
        else [],
    )
