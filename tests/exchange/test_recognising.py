"""Pairs of a row and a leaver: what each piece of evidence weighs, and what is asked of a person."""

from datetime import date

import pytest

from dekaan.exchange.matching import Known, Register
from dekaan.exchange.recognising import LastKnown, Leavers
from dekaan.exchange.schools_named import OurSchool, leave_out_schools
from dekaan.exchange.staging import Line
from dekaan.schools.models import School

BORN, ALSO_BORN = date(2008, 3, 14), date(2008, 8, 9)
ASHDOWN = OurSchool.of(School(name="Ashdown School", urn="149321", laestab="8934001", predecessor_urn="123456"))
ADA = {"surname": "Lovell", "forename": "Ada"}


def known(pk, **says):
    blank = dict.fromkeys(
        ("preferred_surname", "preferred_forename", "upn", "uln", "admission_number", "mis_id", "email"), ""
    )
    return Known(pk, blank | {"birth_date": BORN} | says)


def leavers(*people):
    return Leavers(Register(people), {each.pk: LastKnown(11, "11T") for each in people}, ASHDOWN)


def asked(row, *people):
    """Whom it surely is, whom it may be, and why that is asked."""
    found = leavers(*(people or [known(1, **ADA)])).find(row)
    return found.pupil.pk if found.pupil else None, [each.pk for each in found.candidates], found.why


@pytest.mark.parametrize(
    ("values", "is_ours"),
    [
        ({"school_name": "Ashdown School"}, True),
        ({"school_name": "ASHDOWN"}, True),
        ({"school_name": "The Ashdown Academy"}, True),
        ({"school_name": "Beckford Academy"}, False),
        ({"school_name": "Academy"}, None),
        ({"school_name": ""}, None),
        ({}, None),
        ({"school_number": "893/4001"}, True),
        ({"school_number": "8934001"}, True),
        ({"school_number": "149321"}, True),
        ({"school_number": "123456"}, True),  # before it was an academy
        ({"school_name": "149321"}, True),  # a number in a column of schools
        ({"school_number": "149999"}, False),
        ({"school_number": "none"}, None),
        ({"school_name": "Beckford", "school_number": "149321"}, True),
    ],
)
def test_which_school_a_row_names(values, is_ours):
    assert ASHDOWN.is_named(values) is is_ours


def test_a_school_of_whom_a_part_of_the_name_is_said_may_be_ours_or_another():
    weald = OurSchool.of(School(name="Ashdown Weald School"))
    assert weald.is_named({"school_name": "Ashdown Primary"}) is None
    assert weald.is_named({"school_number": "149321"}) is None  # we do not know our own number


def test_this_school_makes_sure_of_nobody_by_a_name_alone_and_another_makes_a_sure_one_doubtful():
    row = ADA | {"birth_date": BORN}
    assert asked(row) == (1, [], "")
    assert asked(row | {"school_name": "Ashdown"}) == (1, [], "")
    assert asked(row | {"school_name": "Beckford Academy"}) == (
        None,
        [1],
        "fits this pupil, but came from another school",
    )
    assert asked(ADA | {"school_name": "Ashdown"}) == (None, [1], "fits by name and school only")


def test_a_number_outweighs_another_schools_name():
    assert asked(ADA | {"upn": "A1", "school_name": "Beckford"}, known(1, **ADA, upn="A1"))[0] == 1


def test_a_twins_number_beside_the_other_twins_name_is_put_to_a_person():
    tia = known(1, surname="Twin", forename="Tia", uln="1000000005")
    row = {"surname": "Twin", "forename": "Tom", "uln": "1000000005", "birth_date": BORN}
    why = "has the ULN of one pupil, and the name of another"
    for number in ("1000000013", ""):
        tom = known(2, surname="Twin", forename="Tom", uln=number)
        assert asked(row, tia, tom) == (None, [1, 2], why)
        assert asked(row | {"forename": "Tia"}, tia, tom)[0] == 1
    assert asked(row, tia)[0] == 1  # another forename alone, of nobody else here
    samuel = known(1, surname="Twin", forename="Samuel", uln="1000000005")
    assert asked(row | {"forename": "Sam"}, samuel, known(2, surname="Twin", forename="Tom"))[0] == 1


def test_a_short_form_in_our_own_tutor_group_is_sure_and_in_another_schools_of_that_name_is_not():
    ben = known(2, surname="Okoro", forename="Benjamin")
    row = {"surname": "Okoro", "forename": "Ben", "tutor_group": "11T"}
    assert asked(row, ben) == (None, [2], "fits by surname and a short form of the forename and tutor group only")
    assert asked(row | {"school_name": "Ashdown School"}, ben)[0] == 2
    assert asked(row | {"school_name": "Beckford"}, ben)[0] is None


def test_two_alike_stay_doubtful_whatever_school_is_named():
    twins = known(1, **ADA), known(2, **ADA)
    for school in ({}, {"school_name": "Ashdown"}, {"school_name": "Beckford"}):
        assert asked(ADA | {"birth_date": BORN} | school, *twins) == (None, [1, 2], "fits two pupils alike")


def test_a_name_with_another_birth_date_and_another_school_is_nobody_and_with_one_of_the_two_a_question():
    row = ADA | {"birth_date": ALSO_BORN}
    assert asked(row)[1] == [1]
    assert asked(row | {"school_name": "Ashdown"})[1] == [1]
    assert asked(row | {"school_name": "Beckford"}) == (None, [], "")
    assert asked(ADA | {"school_name": "Beckford"})[1] == [1]


def test_what_fits_and_what_differs_names_the_school():
    (found,) = leavers(known(1, **ADA)).weighed(ADA | {"birth_date": BORN, "school_name": "Beckford"})
    assert (found.fits, found.differs) == (("name", "date of birth"), ("school",))


def test_where_no_row_names_this_school_the_sender_calls_it_otherwise_and_the_column_says_nothing():
    lines = [Line(row, ADA | {"school_name": name}) for row, name in enumerate(("AHS", "AHS", "Beckford"))]
    assert leave_out_schools(lines, ASHDOWN)
    assert [line.values for line in lines] == [ADA] * 3
    lines = [Line(row, ADA | {"school_name": name}) for row, name in enumerate(("Ashdown", "Beckford", ""))]
    assert not leave_out_schools(lines, ASHDOWN)
    assert [line.values["school_name"] for line in lines] == ["Ashdown", "Beckford", ""]
    assert not leave_out_schools([Line(1, dict(ADA))], ASHDOWN)
