"""Pupils of an invented school over three years: cohorts that move up, joiners, leavers, returners."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from dekaan.core.academic_year import year_end, year_start
from dekaan.demo.names import BOYS, ETHNICITIES, GIRLS, SHORT, SURNAMES
from dekaan.demo.people import InventedSchool
from dekaan.people.models import Carer, CarerOf, Enrolment, Group, Membership, Pupil, StaffMember, YearRecord

LETTERS = "ABCDEF"
EARLIER = 90_000  # the first number of those who left before the records begin, beyond every other
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@dataclass
class InventedPupil:
    """A pupil before the database knows them: who they are, and the year group they are in each year."""

    pupil: Pupil
    years: dict[int, int]  # academic year → year group
    starts_on: date
    ends_on: date | None
    letter: str
    characteristics: dict[str, Any]
    keenness: float  # how likely they are to be there
    enrolments: list[tuple[date, date | None]] = field(default_factory=list)


def upn(laestab: str, entered: int, serial: int) -> str:
    """A UPN with its check letter."""
    body = f"{laestab}{entered % 100:02d}{serial:03d}"
    total = sum(int(digit) * weight for weight, digit in enumerate(body, start=2))
    return CHECK_LETTERS[total % 23] + body


def invent_pupils(rng: Random, school: InventedSchool, this_year: int, first_year: int) -> list[InventedPupil]:
    """Every pupil on the roll at any time since `first_year`, oldest cohort first."""
    last_group = max(school.year_groups)
    sixth_form = last_group > 11
    # A cohort is known by the year in which it was in Year 7.
    size = _cohort_size(school, sixth_form=sixth_form)
    found: list[InventedPupil] = []
    serial = 0
    for cohort in range(first_year - (last_group - 7), this_year + 1):
        for _ in range(size + rng.randint(-4, 4) if size > 50 else size):
            serial += 1
            joined_late = rng.random() < 0.04
            joins = cohort + rng.randint(0, 4) if joined_late else cohort
            joins = min(joins, this_year)
            starts = (
                year_start(joins) + timedelta(days=rng.randint(40, 170))
                if joined_late and joins > cohort
                else year_start(joins)
            )
            starts = min(starts, year_start(this_year) + timedelta(days=45))
            ends = _leaves(rng, school, cohort, joins, starts, this_year, sixth_form=sixth_form)
            years = {
                year: 7 + year - cohort
                for year in range(max(joins, first_year), this_year + 1)
                if 7 + year - cohort <= last_group and (ends is None or year_start(year) < ends)
            }
            if not years:
                continue
            found.append(_person(rng, school, cohort, serial, starts, ends, years))
    _make_some_return(rng, found, this_year)
    _make_two_alike(found, this_year)
    return found


def invent_earlier_leavers(rng: Random, school: InventedSchool, left_in: int) -> list[InventedPupil]:
    """Those who left in the year before the records begin, so that what became of them two years on can be told.

    They have a record of their last year, and no more. Their numbers are nobody's else (UPNs by the year of entry).
    """
    sixth_form = max(school.year_groups) > 11
    size = _cohort_size(school, sixth_form=sixth_form)
    found: list[InventedPupil] = []
    ends = year_end(left_in)
    for year_group, share in ((11, 0.55 if sixth_form else 1.0), (13, 0.45 if sixth_form else 0.0)):
        cohort = left_in - (year_group - 7)
        for _ in range(round(size * share)):
            serial = EARLIER + len(found)
            found.append(_person(rng, school, cohort, serial, year_start(cohort), ends, {left_in: year_group}))
    return found


def _cohort_size(school: InventedSchool, *, sixth_form: bool) -> int:
    """So many a year that the roll comes to about the school's number."""
    weight = 5 + (0.45 * 2 if sixth_form and not school.is_special else 2 if sixth_form else 0)
    return round(school.pupils / weight)


def _leaves(
    rng: Random, school: InventedSchool, cohort: int, joins: int, starts: date, this_year: int, *, sixth_form: bool
) -> date | None:
    """When they leave: at the end of Year 11 or 13, now and then in mid-year; None while they are still here."""
    stays_on = sixth_form and (school.is_special or rng.random() < 0.45)
    last = cohort + (6 if stays_on else 4)
    ends = year_end(last)
    if rng.random() < 0.015:
        early = year_start(rng.randint(joins, max(joins, min(last, this_year)))) + timedelta(days=rng.randint(90, 260))
        if starts + timedelta(days=60) < early:
            ends = min(ends, early)
    return ends if ends < year_end(this_year) else None


def _person(
    rng: Random,
    school: InventedSchool,
    cohort: int,
    serial: int,
    starts: date,
    ends: date | None,
    years: dict[int, int],
) -> InventedPupil:
    is_girl = rng.random() < 0.49
    ethnicity = rng.choices([code for code, _ in ETHNICITIES], [weight for _, weight in ETHNICITIES])[0]
    special = school.is_special
    premium = rng.random() < (0.45 if special else 0.26)
    sen = "E" if special else rng.choices("NKE", [82, 14, 4])[0]
    attendance = max(52.0, min(100.0, rng.gauss(92.5 - 4 * premium, 5.5)))
    born = date(cohort - 12, 9, 1) + timedelta(days=rng.randrange(365))
    forename = rng.choice(GIRLS if is_girl else BOYS)
    pupil = Pupil(
        surname=rng.choice(SURNAMES).replace("-", " "),
        forename=forename,
        preferred_forename=SHORT.get(forename, "") if rng.random() < 0.12 else "",
        birth_date=born,
        upn=upn(school.details["laestab"], cohort, serial % 1000) if rng.random() > 0.01 else "",
        admission_number=f"{serial + 4000:06d}",
        email=f"{serial + 4000}@pupils.{school.slug}.example",
        benchmark_cohort=not (special and rng.random() < 0.2),
    )
    if not pupil.benchmark_cohort:
        pupil.benchmark_cohort_reason = "Follows a pre-formal curriculum; goals set at the annual review"
        pupil.benchmark_cohort_review_on = year_end(max(years))
    return InventedPupil(
        pupil=pupil,
        years=years,
        starts_on=starts,
        ends_on=ends,
        letter=LETTERS[serial % (2 if special else 6)],
        characteristics={
            "sex": "F" if is_girl else "M",
            "sen": sen,
            "pupil_premium": premium,
            "free_school_meals": premium and rng.random() < 0.8,
            "ethnicity": ethnicity,
            "eal": rng.random() < (0.05 if ethnicity.startswith("WBRI") else 0.5),
            "looked_after": rng.random() < 0.008,
            "attendance_percent": round(attendance, 1),
        },
        keenness=attendance / 100,
        enrolments=[(starts, ends)],
    )


def _make_some_return(rng: Random, found: list[InventedPupil], this_year: int) -> None:
    """Two pupils left last year and came back this autumn."""
    steady = [
        each for each in found if each.ends_on is None and this_year - 1 in each.years and this_year in each.years
    ]
    for each in rng.sample(steady, min(2, len(steady))):
        back = year_start(this_year) + timedelta(days=36)
        each.enrolments = [(each.starts_on, year_start(this_year - 1) + timedelta(days=200)), (back, None)]


def _make_two_alike(found: list[InventedPupil], this_year: int) -> None:
    """Two of last summer's leavers have one name between them."""
    left = [each for each in found if each.ends_on == year_end(this_year - 1) and each.years.get(this_year - 1) == 11]
    for one, other in zip(left[2:3], left[9:10], strict=False):
        other.pupil.surname, other.pupil.forename = one.pupil.surname, one.pupil.forename
        other.pupil.preferred_forename = ""


def save_pupils(rng: Random, found: list[InventedPupil], tutors: list[StaffMember], this_year: int) -> None:
    """The pupils, their enrolments, years and tutor groups are in the database."""
    Pupil.objects.bulk_create([each.pupil for each in found], batch_size=500)
    Enrolment.objects.bulk_create(
        [
            Enrolment(pupil=each.pupil, starts_on=starts, ends_on=ends)
            for each in found
            for starts, ends in each.enrolments
        ],
        batch_size=500,
    )
    names = sorted({(year, group, each.letter) for each in found for year, group in each.years.items()})
    groups = {
        (year, group, letter): Group(
            kind=Group.Kind.TUTOR,
            name=f"{group}{letter}",
            academic_year=year,
            year_group=group,
            tutor=tutors[index % len(tutors)],
        )
        for index, (year, group, letter) in enumerate(names)
    }
    Group.objects.bulk_create(groups.values(), batch_size=500)
    records, memberships = [], []
    for each in found:
        for year, group in each.years.items():
            form = groups[year, group, each.letter]
            records.append(
                YearRecord(
                    pupil=each.pupil, academic_year=year, year_group=group, tutor_group=form, **each.characteristics
                )
            )
            ends = None if year == this_year else year_end(year)
            memberships.append(
                Membership(pupil=each.pupil, group=form, starts_on=max(each.starts_on, year_start(year)), ends_on=ends)
            )
    YearRecord.objects.bulk_create(records, batch_size=500)
    Membership.objects.bulk_create(memberships, batch_size=500)
    _save_carers(rng, found, this_year)


def _save_carers(rng: Random, found: list[InventedPupil], this_year: int) -> None:
    """A parent of everybody in Year 11, and of last summer's leavers, whom somebody has to ring."""
    names = GIRLS + BOYS
    here = [each for each in found if each.years.get(this_year) == 11]
    left = [each for each in found if this_year not in each.years and each.years.get(this_year - 1) in {11, 13}]
    forenames = [rng.choice(names) for _ in here] + [names[index % len(names)] for index, _ in enumerate(left)]
    pupils = here + left
    carers = [
        Carer(
            surname=each.pupil.surname,
            forename=forename,
            email=f"carer{index}@home.example",
            telephone=f"01632 960 {index % 1000:03d}",
        )
        for index, (each, forename) in enumerate(zip(pupils, forenames, strict=True))
    ]
    Carer.objects.bulk_create(carers, batch_size=500)
    CarerOf.objects.bulk_create(
        [
            CarerOf(carer=carer, pupil=each.pupil, relationship="Parent")
            for carer, each in zip(carers, pupils, strict=True)
        ],
        batch_size=500,
    )
