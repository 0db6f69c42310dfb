"""Whether words name a pupil, however people write names."""

import pytest

from dekaan.people.queries import pupils_named
from tests.stock import pupil

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there(in_ashdown):
    pupil("Chidi", "Okafor")
    pupil("Zoë", "O’Brien-Smith")
    pupil("Mary-Jane", "De La Cruz")
    pupil("Will", "Grant")
    pupil("Wanda", "Wolak", preferred_forename="Wanda-Lee")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Our film was made by Chidi Okafor.", "Chidi Okafor"),
        ("OKAFOR, Chidi", "Chidi Okafor"),
        ("Chidi E. Okafor spoke", "Chidi Okafor"),
        ("Chidi E Okafor’s film", "Chidi Okafor"),
        ("Chidi Emeka Okafor", "Chidi Okafor"),
        ("Chidi “Chuck” Okafor", "Chidi Okafor"),
        ("Chidi (Chuck) Okafor", "Chidi Okafor"),
        ("chidi emeka okafor", "Chidi Okafor"),
        ("write to chidi.okafor@ashdown.example", "Chidi Okafor"),
        ("https://ashdown.example/stories/chidi-okafor.html", "Chidi Okafor"),
        ("the Chidi Okafors of tomorrow", "Chidi Okafor"),
        ("Zoë O'Brien-Smith", "Zoë O’Brien-Smith"),
        ("Zoë O’Brien Smith", "Zoë O’Brien-Smith"),
        ("ZOE OBRIENSMITH", "Zoë O’Brien-Smith"),
        ("Zoe\u0308 Anne O'Brien-Smith", "Zoë O’Brien-Smith"),
        ("Zoë Smith", "Zoë O’Brien-Smith"),
        ("Zoë O’Brien’s prize", "Zoë O’Brien-Smith"),
        ("Zoë Anne Louise Smith", "Zoë O’Brien-Smith"),
        ("Mary Jane Cruz", "Mary-Jane De La Cruz"),
        ("Mary de la Cruz", "Mary-Jane De La Cruz"),
        ("Wanda Wolak", "Wanda-Lee Wolak"),
    ],
)
def test_a_pupil_is_found_however_the_name_is_written(words, name):
    assert pupils_named(["Nothing here.", words]) == [(1, name)]


@pytest.mark.parametrize(
    "words",
    [
        "Chidi spoke, and Mrs Okafor listened",
        "Ask Chidi. Mrs Okafor answers",
        "Chidi, Grace Okafor",
        "Chidi and Grace Okafor",
        "Chidi Ada Grace Louise Okafor",
        "A visitor will meet Ms Grant",
        "Zoë and Ann Smith",
        "Smith and Zoë",
        "Mary La Roche",
    ],
)
def test_words_that_only_stand_near_each_other_name_nobody(words):
    assert pupils_named([words]) == []
