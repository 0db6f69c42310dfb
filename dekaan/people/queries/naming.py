"""Whether words name a pupil: for what leaves the school, where no pupil may be named."""

from collections.abc import Sequence

from dekaan.core.folding import folded_words
from dekaan.people.models import Pupil


def pupils_named(texts: Sequence[str]) -> list[tuple[int, str]]:
    """(place of the text, the pupil's name) wherever a forename and a surname of one pupil stand side by side.

    In either order, by the names of birth or those preferred, also with “’s”; whoever has left counts too. One statement.
    """
    plain = [f" {' '.join(folded_words(text))} " for text in texts]
    every, found = "\n".join(plain), set()
    fields = ("forename", "preferred_forename", "surname", "preferred_surname")
    for forename, preferred, surname, known_by in Pupil.objects.order_by().values_list(*fields):
        for first in {forename, preferred} - {""}:
            for last in {surname, known_by} - {""}:
                one, other = " ".join(folded_words(first)), " ".join(folded_words(last))
                for said in (f" {one} {other}", f" {other} {one}"):
                    if said in every:
                        named = [place for place, text in enumerate(plain) if f"{said} " in text or f"{said}s " in text]
                        found |= {(place, f"{first} {last}") for place in named}
    return sorted(found)
