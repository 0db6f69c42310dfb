"""The cast, small: two schools in one trust, one in another, one person per role, and a handful of pupils.

The same people as in `make demo` and in the pictures, so that a test reads as a sentence about someone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from dekaan.access.changes import give_role, open_account
from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.core.scope import working_in
from dekaan.demo.people import ASHDOWN, BECKFORD, CAST, PASSWORD, TRUST
from dekaan.measures.changes import recount
from dekaan.people.changes import join_school, place_in_tutor_group
from dekaan.people.models import Pupil, YearRecord
from dekaan.schools.changes import add_school, add_trust
from dekaan.schools.models import School, Trust
from tests.kept import once_made

THIS_YEAR = academic_year_of(today())


@dataclass
class Stock:
    """Everybody and everything that a test may name."""

    weirbrook: Trust
    ashdown: School
    beckford: School
    elsewhere: School
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        """`stock.priya` is Priya Raman, Careers Leader of Ashdown School."""
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def make_stock() -> Stock:
    """Two schools in the trust and one elsewhere, each with records since two years ago, and the whole cast."""
    begin = year_start(THIS_YEAR - 2)
    trust = add_trust(**TRUST)
    ashdown = add_school(name=ASHDOWN.name, slug=ASHDOWN.slug, trust=trust, records_begin=begin, **ASHDOWN.details)
    beckford = add_school(name=BECKFORD.name, slug=BECKFORD.slug, trust=trust, records_begin=begin, **BECKFORD.details)
    elsewhere = add_school(name="Farfield High", slug="farfield", records_begin=begin)
    stock = Stock(trust, ashdown, beckford, elsewhere)
    schools = {"ashdown": ashdown, "beckford": beckford}
    for person in CAST:
        user = open_account(email=person.email, name=person.name, password=PASSWORD)
        for role, slug in person.roles:
            if slug in schools:
                give_role(user=user, role=role, school=schools[slug], scope=person.scope, by=None, starts_on=begin)
            elif not slug:
                give_role(user=user, role=role, trust=trust, by=None, starts_on=begin)
        stock.people[person.name.split()[0].lower()] = user
    dora = open_account(email="dora@farfield.example", name="Dora Quill", password=PASSWORD)
    give_role(user=dora, role="careers-leader", school=elsewhere, by=None, starts_on=begin)
    stock.people["dora"] = dora
    return stock


@pytest.fixture
def stock(db: None) -> Stock:
    """The stock people and schools."""
    return once_made(make_stock)


@pytest.fixture
def in_ashdown(stock: Stock) -> Iterator[Stock]:
    """The stock, working in Ashdown School."""
    with working_in(stock.ashdown):
        yield stock


def pupil(
    forename: str = "Ada",
    surname: str = "Lovell",
    *,
    year_group: int = 10,
    tutor_group: str = "10A",
    joined: date | None = None,
    by: User | None = None,
    **characteristics: object,
) -> Pupil:
    """A pupil of the school in scope, on the roll since Year 7 or since the day given.

    Records of the school's earlier years are there too, a year group lower each.
    """
    starts = joined or year_start(THIS_YEAR - (year_group - 7))
    details = {name: characteristics.pop(name) for name in list(characteristics) if hasattr(Pupil, name)}
    made = join_school(
        surname=surname,
        forename=forename,
        year_group=year_group - (THIS_YEAR - academic_year_of(starts)),
        starts_on=starts,
        by=by,
        details=details,
    )
    for year in range(academic_year_of(starts), THIS_YEAR + 1):
        YearRecord.objects.update_or_create(
            pupil=made, academic_year=year, defaults={"year_group": year_group - (THIS_YEAR - year), **characteristics}
        )
    if tutor_group:
        place_in_tutor_group(made, tutor_group, on=max(starts, year_start(THIS_YEAR)), by=by)
    recount([made.pk], range(academic_year_of(starts), THIS_YEAR + 1))
    return made
