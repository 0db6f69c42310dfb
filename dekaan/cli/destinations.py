"""Where the leavers of a year went."""

import click

from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_in, permissions_in
from dekaan.cli.words import Refused, as_json, at, in_words, the_person, the_school
from dekaan.core.academic_year import year_label
from dekaan.destinations.queries import CHANGED, Picture, as_plain, picture, pictured
from dekaan.measures.queries import SMALL
from dekaan.people.models import Pupil

APART = (
    "Year groups are told apart only to whoever may see leavers by name: beside what is told of all of them, small numbers "
    "would follow. Ask without --year-group."
)


@click.command()
@click.option("--school", "slug", required=True)
@click.option(
    "--leavers",
    "left_in",
    type=click.IntRange(1990, 2200),
    required=True,
    help="Who left in the academic year that starts then: 2025 are those of the summer of 2026.",
)
@click.option(
    "--as", "email", help="The person who asks; their role decides whom they see and whether numbers are told."
)
@click.option("--year-group", type=click.IntRange(11, 14), help="Only who left from that year group.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
@in_words
def destinations(
    slug: str,
    left_in: int,
    email: str | None,
    year_group: int | None,
    json_: bool,  # noqa: FBT001 click passes options by name
) -> None:
    """Where leavers meant to go, where they went, and whether that lasted, by both mappings. No name is told."""
    school = the_school(slug)
    with at(school):
        if email:
            user = the_person(email, school, Permission.DESTINATIONS_COUNT)
            permissions = permissions_in(user, school)
            if year_group and Permission.DESTINATIONS_SEE not in permissions:
                raise Refused(APART)
            drawn = pictured(left_in, assignments_in(user, school), permissions, year_group)
        else:
            drawn = picture(left_in, Pupil.objects.all(), year_group=year_group)
    if json_:
        as_json({"school": school.slug} | as_plain(drawn))
        return
    for line in _lines(drawn):
        click.echo(line)


def _lines(drawn: Picture) -> list[str]:
    """The picture as lines of text."""
    lines = [
        f"Leavers of {year_label(drawn.left_in)}{f' from Year {drawn.year_group}' if drawn.year_group else ''}: {_number(drawn.pupils)}; not known: {_number(drawn.not_known)}",
        "",
    ]
    lines += [f"{'':50} {'leavers':>8} {'sustained':>10} {'not sust.':>10} {'not capt.':>10} {'unknown':>10}"]
    for name, judged in (("As the council counts", drawn.council), ("As the published measure would", drawn.measure)):
        lines.append(
            f"{name:50} {_number(drawn.pupils):>8} " + " ".join(f"{_number(each):>10}" for each in judged.numbers)
        )
    for line in drawn.routes:
        lines += ["", f"{line.name:50} {_number(line.pupils):>8}"]
        for name, judged in (("  council", line.council), ("  measure", line.measure)):
            lines.append(f"{name:50} {'':>8} " + " ".join(f"{_number(each):>10}" for each in judged.numbers))
    lines += ["", "From what they meant to what became of it"]
    lines += [f"{each.meant_name} → {each.became_name}: {_number(each.pupils)}" for each in drawn.flows]
    lines += ["", *(f"{CHANGED[key]}: {_number(number)}" for key, number in drawn.changed)]
    if drawn.is_released:
        lines.append(f"–: hidden, since a number under {SMALL} would follow")
    return lines


def _number(number: int | None) -> str:
    return "–" if number is None else str(number)
