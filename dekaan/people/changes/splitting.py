"""A year group is split into groups for a day."""

from datetime import date, timedelta

from django.db import transaction

from dekaan.core.academic_year import academic_year_of
from dekaan.people.models import Group, Membership, Pupil
from dekaan.people.queries import in_year_groups


class TooFewToSplit(Exception):
    """There are fewer pupils than groups."""


@transaction.atomic
def split_year_group(year_group: int, *, into: int, on: date) -> list[Group]:
    """The year group's pupils on the roll that day are in so many groups for that day, as even as can be, by name.

    Split twice alike they are the same groups. Raises TooFewToSplit.
    """
    pupils = list(Pupil.objects.filter(in_year_groups([year_group], on)).order_by("surname", "forename", "pk"))
    if len(pupils) < into:
        raise TooFewToSplit
    year, groups = academic_year_of(on), []
    for number in range(into):
        name = f"Year {year_group}, {number + 1} of {into}, {on:%-d %B}"
        group, is_new = Group.objects.get_or_create(
            kind=Group.Kind.OTHER, name=name, academic_year=year, defaults={"year_group": year_group}
        )
        members = pupils[len(pupils) * number // into : len(pupils) * (number + 1) // into]
        if is_new:
            Membership.objects.bulk_create(
                [Membership(group=group, pupil=each, starts_on=on, ends_on=on + timedelta(days=1)) for each in members]
            )
        groups.append(group)
    return groups
