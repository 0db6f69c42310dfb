"""Names as people type them: without accents, capitals, apostrophes, hyphens and spaces."""

import unicodedata
from collections.abc import Iterable

# Letters that are no letter-with-a-mark to Unicode, though a keyboard without them says otherwise.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"})

_MARKS = {code: None for code in range(128) if not chr(code).isalnum()}


def folded(text: str) -> str:
    """ "O’Connor-Łuczak, Chloé" → "oconnorluczakchloe"."""
    text = text.casefold()
    if text.isascii():  # nearly all are, and this way is much the quicker
        return text.translate(_MARKS)
    for _ in range(2):  # taken apart, some letters are capitals again, and those take apart once more
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    return "".join(character for character in text if character.isalnum())


def folded_words(typed: str) -> list[str]:
    """The words of what was typed, folded; those of marks alone are left out."""
    return [word for each in typed.split() if (word := folded(each))]


def holds(words: Iterable[str], *texts: str) -> bool:
    """Whether every folded word stands somewhere in the texts, none across two of them."""
    plain = "\n".join(folded(text) for text in texts)
    return all(word in plain for word in words)
