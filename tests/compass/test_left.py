"""Whether destinations are shared with the council, as the record of what left with names answers it."""

from datetime import timedelta

import pytest

from dekaan.access.exporting import let_out
from dekaan.compass.queries import answers
from dekaan.compass.questions import question_set
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in

pytestmark = pytest.mark.django_db


def shared(stock, on=None) -> tuple[str, str, str]:
    of = question_set("compass-2018")
    assert of is not None
    with working_in(stock.ashdown):
        found = next(each for each in answers(stock.ashdown, of, on or today()) if each.question.id == "3.9")
    return found.said, found.sure, found.why


def goes_out(stock, *, school=None, listed="council's sheet", purpose="law", names=12) -> None:
    school = school or stock.ashdown
    with working_in(school):
        let_out(school, by=stock.priya, names=names, purpose=purpose, detail={"list": listed})


def test_a_council_s_sheet_that_left_this_year_says_so_with_the_day(in_ashdown):
    nothing = ("", "nothing shows it yet", "Nothing in the cabinet shows it.")
    assert shared(in_ashdown) == nothing
    goes_out(in_ashdown, listed="leavers")
    goes_out(in_ashdown, purpose="leaders")
    goes_out(in_ashdown, names=0)
    goes_out(in_ashdown, school=in_ashdown.beckford)
    assert shared(in_ashdown) == nothing
    goes_out(in_ashdown)
    why = f"The council's sheet left here on {today():%-d %B %Y}, for the council or another body, as the law asks."
    assert shared(in_ashdown) == ("Yes", "by the record of what left with names; that it arrived nobody says", why)
    assert shared(in_ashdown, today() - timedelta(days=1)) == nothing
    assert shared(in_ashdown, today() + timedelta(days=400)) == nothing
