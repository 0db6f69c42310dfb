"""The tables read row by row in plain Python: whom a sentence finds, and of whom it is not known.

Written apart from the queries, so that the two can be held against each other.
"""

from datetime import date

from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.frameworks.queries import activity_types, partner_kinds, registry
from dekaan.measures.models import PupilYear
from dekaan.participation.models import Participation
from dekaan.people.models import Enrolment, Pupil, YearRecord
from dekaan.programme.models import DayAbsence, DayAttendance, Session
from dekaan.schools.models import AcademicYear, School

YES, NO, PERHAPS = "yes", "no", "perhaps"
_READ: dict[type, list] = {}


def rows_of(model):
    """The whole table, read once until `read_anew`."""
    if model not in _READ:
        _READ[model] = list(model.objects.all())
    return _READ[model]


def read_anew() -> None:
    """Forget what was read of another school."""
    _READ.clear()


# Only these rest on who held the meeting; whether an encounter was meaningful is another matter.
GUIDANCE = [registry().bits["GB14.8.1"], registry().bits["GB24.8.1"]]
WORKPLACES = [registry().bits[each] for each in ("GB14.6.1", "GB14.6.2", "GB24.6.1", "GB24.6.2")]
GROUPS = {"W": "white", "M": "mixed", "A": "asian", "C": "chinese", "B": "black", "O": "other"}


def read(school: School, sentence, on: date) -> tuple[set[int], set[int]]:
    """Ids of those found, and of those of whom it is not known."""
    found, unknown = set(), set()
    for pupil in rows_of(Pupil):
        if not any(holds(stay, on) for stay in stays_of(pupil)):
            continue
        said = [who(pupil, kind, values, on) for kind, values in sentence.kinds.items()]
        said += [had(school, pupil, each, on) for each in sentence.had]
        if all(each == YES for each in said):
            found.add(pupil.pk)
        elif NO not in said:
            unknown.add(pupil.pk)
    return found, unknown


def stays_of(pupil):
    return [each for each in rows_of(Enrolment) if each.pupil_id == pupil.pk and each.starts_on]


def holds(stay, day):
    return stay.starts_on <= day and (stay.ends_on is None or day < stay.ends_on)


def record_of(pupil, on):
    for each in rows_of(YearRecord):
        if each.pupil_id == pupil.pk and each.academic_year == academic_year_of(on):
            return each
    return None


def who(pupil, kind, values, on):
    record = record_of(pupil, on)
    if kind == "cohort":
        return YES if ("in" if pupil.benchmark_cohort else "out") in values else NO
    if kind == "tutor-group":
        return YES if record and str(record.tutor_group_id) in values else NO
    if record is None:
        return PERHAPS
    if kind == "year-group":
        return YES if str(record.year_group) in values else NO
    if kind == "attendance":
        if record.attendance_percent is None:
            return PERHAPS
        return YES if any(record.attendance_percent < int(each) for each in values) else NO
    if kind == "ethnic-group":
        if record.ethnicity in {"", "REFU", "NOBT"}:
            return PERHAPS
        group = "black" if record.ethnicity == "BOTH" else GROUPS[record.ethnicity[0]]
        return YES if group in values else NO
    held = {
        "sex": record.sex,
        "sen": record.sen,
        "pupil-premium": record.pupil_premium,
        "eal": record.eal,
        "looked-after": record.looked_after,
    }[kind]
    if held is None or held == "":
        return PERHAPS
    held = {True: "yes", False: "no"}.get(held, held)
    if kind == "sen" and "any" in values and held in "KE":
        return YES
    return YES if held in values else NO


def had(school, pupil, phrase, on):
    if phrase.verb in {"meets", "misses", "not-known", "not-yet"}:
        return stands(pupil, phrase, on)
    if phrase.verb == "joined":
        return YES if joined(pupil, on) >= phrase.since else NO
    if phrase.what == "half-days":
        return half_days(pupil, phrase, on)
    rows = [each for each in rows_of(Participation) if each.pupil_id == pupil.pk and not each.superseded_at]
    rows = [each for each in rows if inside(pupil, phrase, each, on)]
    if phrase.verb == "absent":
        sessions = {each.pk for each in rows_of(Session) if f"activity:{each.activity_id}" == phrase.what}
        rows = [each for each in rows if each.source_kind == "session" and each.source_id in sessions]
        if any(each.counts for each in rows):
            return NO
        if any(each.state == "invited" for each in rows):
            return PERHAPS
        return YES if any(each.state == "absent" for each in rows) else NO
    verdicts = [counts(each, phrase) for each in rows]
    if verdicts.count(YES) >= phrase.least:
        return YES if phrase.verb == "had" else NO
    if not on_record(school, pupil, phrase, on):
        return PERHAPS
    if verdicts.count(YES) + verdicts.count(PERHAPS) >= phrase.least:
        return PERHAPS
    return NO if phrase.verb == "had" else YES


def counts(row, phrase):
    """Whether a row of the ledger is what the phrase asks for."""
    if phrase.what.startswith("criterion:"):
        bit = registry().bits[phrase.what.removeprefix("criterion:")]
        if row.counts and row.criteria >> bit & 1:
            return YES
        return PERHAPS if row.criteria_unknown >> bit & 1 else NO
    if phrase.what == "any":
        if row.counts and row.criteria:
            return YES
        return PERHAPS if row.criteria_unknown else NO
    kind = partner_kinds().get(row.partner_kind)
    is_guidance = activity_types()[row.activity_type].needs_qualified_adviser
    fits = {
        "employer": bool(kind and kind.is_employer and row.mode != "recorded"),
        "provider": bool(kind and not kind.is_employer and row.mode != "recorded"),
        "workplace": row.mode == "workplace"
        and (
            bool({"GB14.6.1", "GB24.6.1"} & set(activity_types()[row.activity_type].criteria))
            or any(row.criteria >> bit & 1 for bit in WORKPLACES)
        ),
        "guidance": is_guidance,
        f"partner:{row.partner_kind}": row.mode != "recorded",
        f"type:{row.activity_type}": True,
    }
    if not fits.get(phrase.what, False):
        return NO
    if phrase.what == "guidance" and row.counts and any(row.criteria_unknown >> bit & 1 for bit in GUIDANCE):
        return PERHAPS
    return YES if row.counts else PERHAPS if row.state == "invited" else NO


def stage(year_group):
    return next((years for years in registry().key_stages if year_group in years), None)


def begins(pupil, phrase, on):
    """The first day of the phrase's stretch of time; None where it is not on record which that is."""
    this_year = academic_year_of(on)
    if phrase.when in ("year", "september"):
        return year_start(this_year)
    if phrase.when == "since":
        return phrase.since
    record = record_of(pupil, on)
    records = kept_of(pupil, this_year)
    if phrase.when == "key-stage":
        if record is None or stage(record.year_group) is None:
            return None
        first = stage(record.year_group)[0]
    else:
        first = 7 if record is None else min(7, record.year_group)
        if first < 7:
            return year_start(this_year)  # of a primary year: nothing is asked of the years before
    years = [each.academic_year for each in records if each.year_group >= first]
    if not years:
        return None
    return year_start(min(years))


def kept_of(pupil, until):
    """What the counting room keeps of the pupil: years that are counted back from the first record among them."""
    return [each for each in rows_of(PupilYear) if each.pupil_id == pupil.pk and each.academic_year <= until]


def inside(pupil, phrase, row, on):
    if phrase.when == "ever":
        return True
    if phrase.when == "since":
        return row.happened_on >= phrase.since
    if phrase.when in ("year", "september"):
        return row.academic_year == academic_year_of(on)
    first = begins(pupil, phrase, on)
    return first is None or row.academic_year >= first.year


def joined(pupil, on):
    stays = stays_of(pupil)
    day = next(each for each in stays if holds(each, on)).starts_on
    while before := [each for each in stays if each.starts_on < day and (each.ends_on is None or each.ends_on >= day)]:
        day = min(each.starts_on for each in before)
    return day


def on_record(school, pupil, phrase, on):
    """Whether all of the stretch is on record here: every year of it, the first from the day on that it asks for."""
    first, this_year = begins(pupil, phrase, on), academic_year_of(on)
    if first is None:
        return False
    kept = {each.academic_year: each for each in kept_of(pupil, this_year)}
    asked = 0
    if phrase.when in {"key-stage", "ever"}:
        record = record_of(pupil, on)
        asked = stage(record.year_group)[0] if phrase.when == "key-stage" else 7
        lowest = min((each.year_group for each in kept.values() if each.year_group), default=99)
        if phrase.when == "ever" and record is not None and record.year_group < 7:
            asked = 0
        elif lowest > asked:
            return False
    missing = [
        year
        for year in range(academic_year_of(first), this_year + 1)
        if year not in kept or not kept[year].known or kept[year].year_group < asked
    ]
    if phrase.when == "since" and missing == [academic_year_of(first)]:
        day = max(joined(pupil, on), school.records_begin or date.min)
        for each in rows_of(AcademicYear):
            if each.start_year == academic_year_of(joined(pupil, on)) and joined(pupil, on) <= each.joined_by:
                day = max(min(joined(pupil, on), each.starts_on), school.records_begin or date.min)
        return day <= first
    return not missing


def half_days(pupil, phrase, on):
    first = year_start(academic_year_of(on)) if phrase.when in ("year", "september") else phrase.since
    if not any(first <= each.day <= on for each in rows_of(DayAttendance)):
        return PERHAPS
    absences = [each for each in rows_of(DayAbsence) if each.pupil_id == pupil.pk and first <= each.day <= on]
    return YES if sum(2 if each.part == "day" else 1 for each in absences) >= phrase.least else NO


def stands(pupil, phrase, on):
    bit = registry().bits[phrase.what.removeprefix("criterion:")]
    kept = [each for each in rows_of(PupilYear) if each.pupil_id == pupil.pk]
    for each in kept:
        if each.academic_year != academic_year_of(on):
            continue
        now, later, met, unknown = (mask >> bit & 1 for mask in (each.coh, each.far, each.met, each.unk))
        if not now and not later:
            return NO
        if phrase.verb == "not-known":
            return YES if unknown and not met else NO
        if phrase.verb == "meets":
            return YES if met else PERHAPS if unknown else NO
        if met or not (now if phrase.verb == "misses" else later):
            return NO
        return PERHAPS if unknown else YES
    return NO
