"""Last year's leavers of whom it is due to be known where they went, and is not: those whom their list begins with."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from dekaan.core.academic_year import academic_year_of, year_end, year_label, year_start
from dekaan.destinations.models import Kind
from dekaan.destinations.queries.cohorts import YEAR_11
from dekaan.destinations.queries.following import come_by
from dekaan.destinations.queries.keeping import last_stays, telling
from dekaan.destinations.queries.ledger import ONE_DAY
from dekaan.people.models import Enrolment, Pupil, YearRecord

DAYS_IN_WORDS = {
    Kind.ENROLMENT: "where they went in September",
    Kind.POSITION: "where they were on 1 November",
    Kind.SIX_MONTHS: "at the end of March",
}


def just_left(on: date) -> int:
    """The academic year whose leavers are followed through this one."""
    return academic_year_of(on) - 1


def not_known_of(of: QuerySet[Pupil], on: date) -> QuerySet[Enrolment]:
    """The last stay of each leaver of last year among these of whom a moment that has come is not known.

    As many as `followed` lists as to be found out; to be counted within another statement.
    """
    left_in = just_left(on)
    ended = {"ends_on__gte": year_start(left_in) + ONE_DAY, "ends_on__lte": min(on, year_end(left_in) + ONE_DAY)}
    old_enough = YearRecord.objects.filter(pupil=OuterRef("pupil"), academic_year=left_in, year_group__gte=YEAR_11)
    open_still = Q(pk__in=[])
    for kind in come_by(left_in, on):
        open_still |= Q(~Exists(telling(kind=kind)))
    return last_stays(on).filter(Exists(old_enough), open_still, pupil__in=of, **ended)


def not_known_in_words(number: int, on: date) -> str:
    """ "23 leavers of 2024/25: not known where they were on 1 November"."""
    left_in = just_left(on)
    asked = " or ".join(DAYS_IN_WORDS[Kind(kind)] for kind in come_by(left_in, on))
    return f"{number} leaver{'' if number == 1 else 's'} of {year_label(left_in)}: not known {asked}"
