"""Where they went, as a picture with its tables."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import year_label
from dekaan.core.charts import Stream, flow
from dekaan.destinations import queries
from dekaan.destinations.views.lists import years_to_choose
from dekaan.library.queries import about_measures, destinations_of

YEAR_GROUPS = range(queries.YEAR_11, 15)
OPEN = {"not-known", "disagree"}


@needs(Permission.DESTINATIONS_COUNT)
def destination_picture(request: SchoolRequest) -> HttpResponse:
    """From what the leavers of a year meant to where they went: unknowns first, by group, beside what is published."""
    years, left_in = years_to_choose(request)
    names = Permission.DESTINATIONS_SEE in request.permissions
    asked = request.GET.get("year_group", "")
    year_group = next((each for each in YEAR_GROUPS if names and asked == str(each)), None)
    drawn = queries.pictured(left_in, request.assignments, request.permissions, year_group)
    which = {"year": left_in} | ({"year_group": year_group} if year_group else {})
    context = {
        "drawn": drawn,
        "svg": _svg(drawn),
        "shown": [each for each in drawn.flows if each.became != queries.OTHER],
        "together": sum(each.pupils or 0 for each in drawn.flows if each.became == queries.OTHER),
        "sides": [
            (title, [(queries.place_name(key), number) for key, number in side])
            for title, side in (("Meant", drawn.meant), ("Went", drawn.went))
        ],
        "changed": [(key, queries.CHANGED[key], number) for key, number in drawn.changed if number != 0],
        "became": [(queries.BECAME[key], number) for key, number in drawn.became],
        "encounters": [(row.name, [queries.in_tenths(each) for each in row.each]) for row in drawn.encounters],
        "published": destinations_of(request.school),
        "about": about_measures(),
        "years": [(each, year_label(each)) for each in years],
        "year": left_in,
        "year_label": year_label(left_in),
        "names": names,
        "opens": f"{reverse('leaver-list', args=[request.school.slug])}?{urlencode(which)}" if names else "",
        "year_groups": drawn.year_groups if names else (),
    }
    return render(request, "destinations/destination_picture.html", context)


def _svg(drawn: queries.Picture) -> str:
    """The picture; nothing where there is nothing to draw, or most of it is hidden."""
    if not drawn.streams:
        return ""
    streams = [
        Stream(each.meant_name, each.became_name, each.pupils or 0, each.became in OPEN) for each in drawn.streams
    ]
    told = "; ".join(f"{each.of} to {each.to}: {each.number}" for each in streams)
    says = f"Leavers of {year_label(drawn.left_in)}, from what they meant on the left to where they went on the right"
    left, right = ([(queries.place_name(key), number) for key, number in side] for side in (drawn.meant, drawn.went))
    return flow(streams, left=left, right=right, says=says, describes=f"{told}. The same stands in the table after it.")
