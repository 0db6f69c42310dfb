"""What a cell says, field by field. Each raises ValueError with the reason in words."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from dekaan.core.identifiers import normal_uln, normal_upn, uln_problem, upn_problem
from dekaan.exchange.reading.dates import read_date

_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?:nc\s*)?(?:curriculum\s+)?(?:year|yr|y|grade)?\s*(?:group\s*)?0?(\d{1,2})(?:th)?", re.IGNORECASE)
_CODE = re.compile(r"(\d{3})(?:\.0+)?(?:\s*[-–—:]?\s+.*|[-–—:].*)?")
_LEVEL = re.compile(r"(?:level|lvl|l|nvq)?\s*([1-8])(?:\.0+)?", re.IGNORECASE)
_ENTRY = re.compile(r"(?:entry|el|e)\s*(?:level|lvl)?\s*[1-3]?(?:\.0+)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_YES = {"y", "yes", "true", "t", "1", "x", "✓", "✔", "p", "eligible", "current"}
_NO = {"n", "no", "false", "f", "0", "-", "not eligible", "none"}
_SEN = {
    "n": "N", "none": "N", "no": "N", "no sen": "N", "no special educational need": "N", "no special educational needs": "N",
    "k": "K", "sen support": "K", "support": "K", "sen s": "K", "a": "K", "p": "K", "school action": "K",
    "school action plus": "K", "yes": "K",
    "e": "E", "ehcp": "E", "ehc plan": "E", "education health and care plan": "E", "ehc": "E",
    "education, health and care plan": "E", "s": "E", "statement": "E", "statemented": "E",
}  # fmt: skip
_SEX = {"f": "F", "female": "F", "girl": "F", "m": "M", "male": "M", "boy": "M"}
_ETHNICITIES = {
    "WBRI", "WIRI", "WIRT", "WROM", "WOTH", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH", "CHNE",
    "BCRB", "BAFR", "BOTH", "OOTH", "REFU", "NOBT",
}  # fmt: skip
_ETHNICITY_WORDS = {
    "white british": "WBRI", "white - british": "WBRI", "british": "WBRI", "white irish": "WIRI", "white - irish": "WIRI",
    "indian": "AIND", "pakistani": "APKN", "bangladeshi": "ABAN", "chinese": "CHNE", "caribbean": "BCRB",
    "black caribbean": "BCRB", "african": "BAFR", "black african": "BAFR", "white and black caribbean": "MWBC",
    "white and black african": "MWBA", "white and asian": "MWAS", "refused": "REFU", "not yet obtained": "NOBT",
    "information not yet obtained": "NOBT", "any other white background": "WOTH", "any other mixed background": "MOTH",
    "any other asian background": "AOTH", "any other black background": "BOTH", "any other ethnic group": "OOTH",
    "gypsy / roma": "WROM", "gypsy/roma": "WROM", "traveller of irish heritage": "WIRT",
}  # fmt: skip
_NEEDS = {"SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH", "NSA", "DS"}
_STATUS = {
    "c": "C", "current": "C", "single registration": "C", "m": "M", "main": "M", "dual main": "M",
    "current main dual registration": "M", "s": "S", "subsidiary": "S", "dual subsidiary": "S", "g": "G", "guest": "G",
    "f": "F", "fe college": "F", "o": "O", "other provider": "O",
}  # fmt: skip


def name(text: str) -> str:
    """A name as it is written, one space between words."""
    if len(text) > 100:
        raise ValueError("the name is longer than 100 letters")
    if not any(character.isalpha() for character in text) and text.isdigit():
        raise ValueError(f"“{text[:40]}” is a number, not a name")
    return text


def number_text(text: str) -> str:
    """An identifier kept as text, leading zeros too."""
    if _EXPONENT.fullmatch(text):
        raise ValueError(f"“{text}” has lost its digits in a spreadsheet; format the column as text and export again")
    return text


def upn(text: str) -> str:
    """A UPN; wrong check letters pass, with a warning from `warning_of`."""
    number_text(text)
    found = normal_upn(text)
    if len(found) > 13:
        raise ValueError(f"“{text[:40]}” is too long for a UPN")
    return found


def uln(text: str) -> str:
    """A ULN; the placeholder is as good as blank."""
    number_text(text)
    found = normal_uln(text)
    if found in {"9999999999", "0", "0000000000"}:
        return ""
    if len(found) > 10:
        raise ValueError(f"“{text[:40]}” is too long for a ULN")
    return found


def email(text: str) -> str:
    """An e-mail address in small letters."""
    if not _EMAIL.fullmatch(text):
        raise ValueError(f"“{text[:60]}” is not an e-mail address")
    return text.lower()


def year_group(text: str) -> int:
    """9 from "9", "Year 9", "Y09" or "NC Year 9"."""
    if text.strip().lower() in {"r", "reception"}:
        return 0
    match = _YEAR.fullmatch(text.strip())
    if not match or int(match.group(1)) > 15:
        raise ValueError(f"“{text[:40]}” is not a year group")
    return int(match.group(1))


def truth(text: str) -> bool:
    """Yes or no in the usual spellings."""
    said = text.strip().lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise ValueError(f"“{text[:40]}” is neither yes nor no")


def _coded(table: dict[str, str], what: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        said = text.strip().lower()
        found = table.get(said) or table.get(said.split(" - ")[0].strip())
        if found is None:
            raise ValueError(f"“{text[:40]}” is not a code for {what} that we know")
        return found

    return read


def ethnicity(text: str) -> str:
    """The main code; a local extended code goes to the main one that it begins with."""
    said = text.strip()
    code = said.upper()[:4]
    if code in _ETHNICITIES and (len(said) == 4 or " " not in said[:5]):
        return code
    found = _ETHNICITY_WORDS.get(said.lower())
    if found is None:
        raise ValueError(f"“{text[:40]}” is not an ethnicity code that we know")
    return found


def need(text: str) -> str:
    """The first SEN type of need."""
    code = re.split(r"[\s,;/\-]", text.strip().upper())[0]
    if code not in _NEEDS:
        raise ValueError(f"“{text[:40]}” is not a code for a special educational need that we know")
    return code


def percent(text: str) -> Decimal:
    """A percentage from 0 to 100; 0.953 of a spreadsheet's percent format is 95.3."""
    said = text.replace("%", "").strip()
    try:
        value = Decimal(said)
    except InvalidOperation:
        raise ValueError(f"“{text[:40]}” is not a percentage") from None
    if not value.is_finite() or not 0 <= value <= 100:
        raise ValueError(f"“{text[:40]}” is not between 0 and 100")
    return value.quantize(Decimal("0.01"))


def split_name(text: str, *, surname_first: bool = True) -> tuple[str, str]:
    """Surname and forename from one column: "Surname, Forename", else the first word is the surname, as SIMS writes it.

    Where the heading says that the forename comes first, the last word is the surname.
    """
    if "," in text:
        surname, _, forename = text.partition(",")
    elif not surname_first:
        forename, _, surname = text.rpartition(" ")
    else:
        surname, _, forename = text.partition(" ")
    if not surname.strip() or not forename.strip():
        raise ValueError(f"“{text[:60]}” does not hold a surname and a forename")
    return name(surname.strip()), name(forename.strip())


def _group(text: str) -> str:
    if len(text) > 60:
        raise ValueError("the group's name is longer than 60 letters")
    return text


def activity_code(text: str) -> str:
    """A council's code as its list has it: "230" also of "230.0", "'230" and "230 - Further education"."""
    match = _CODE.fullmatch(text.strip().lstrip("'"))
    if not match:
        raise ValueError(f"“{text[:40]}” is not an activity code of three digits, such as 230")
    return match.group(1)


def level(text: str) -> int:
    """3 from "3", "L3" or "Level 3"; 0 from "E3" or "Entry Level 2", which are below Level 1."""
    if _ENTRY.fullmatch(text.strip()):
        return 0
    match = _LEVEL.fullmatch(text.strip())
    if not match:
        raise ValueError(f"“{text[:40]}” is not a level from 1 to 8, or Entry level")
    return int(match.group(1))


READERS: dict[str, Callable[[str], Any]] = {
    "surname": name,
    "forename": name,
    "preferred_surname": name,
    "preferred_forename": name,
    "upn": upn,
    "former_upn": upn,
    "uln": uln,
    "admission_number": number_text,
    "mis_id": number_text,
    "email": email,
    "year_group": year_group,
    "tutor_group": _group,
    "group_name": _group,
    "sex": _coded(_SEX, "sex"),
    "sen": _coded(_SEN, "SEN provision"),
    "sen_need": need,
    "status": _coded(_STATUS, "enrolment status"),
    "ethnicity": ethnicity,
    "pupil_premium": truth,
    "free_school_meals": truth,
    "eal": truth,
    "looked_after": truth,
    "young_carer": truth,
    "service_child": truth,
    "attendance_percent": percent,
    "code": activity_code,
    "level": level,
}
DATES = {"birth_date", "starts_on", "ends_on", "day", "as_of", "said_on"}
LONGEST = {
    "admission_number": 20, "mis_id": 50, "post": 100, "subject": 60, "activity": 200, "partner_name": 200, "route": 100,
    "provider_name": 200, "course": 200, "sector": 60, "occupation": 100, "words": 500, "postcode": 10,
}  # fmt: skip


def read(key: str, text: str, *, day_first: bool, from_1904: bool) -> Any:
    """The value of a field, or None where the cell says there is none. Raises ValueError with the reason."""
    if not text:
        return None
    if key in DATES:
        return read_date(text, day_first=day_first, from_1904=from_1904)
    found = READERS.get(key, str)(text)
    if isinstance(found, str) and len(found) > LONGEST.get(key, 254):
        raise ValueError(f"the cell holds more than {LONGEST.get(key, 254)} letters")
    return None if found == "" else found


def warning_of(key: str, value: Any, today: date) -> str:
    """What is odd about a value that is kept all the same."""
    if key in {"upn", "former_upn"}:
        return upn_problem(value)
    if key == "uln":
        return uln_problem(value)
    if key == "birth_date" and not 3 <= today.year - value.year <= 25:
        return f"was born in {value.year}, which is unusual for a pupil"
    return ""
