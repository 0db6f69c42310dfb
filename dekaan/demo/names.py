"""Invented names from many places, and the trust's invented employers and providers."""

import tomllib
from importlib.resources import files

_NAMES = tomllib.loads(files("dekaan.demo").joinpath("data", "names.toml").read_text(encoding="utf-8"))
SURNAMES: list[str] = _NAMES["surnames"]
GIRLS: list[str] = _NAMES["girls"]
BOYS: list[str] = _NAMES["boys"]
SHORT: dict[str, str] = _NAMES["short"]  # what some of them are called

# Name, kind.
EMPLOYERS = (
    ("Millworks Engineering", "employer"),
    ("Larkfield General Hospital", "employer"),
    ("Weir Valley Council", "authority"),
    ("Brightwater Homes", "employer"),
    ("Oakline Joinery", "self-employed"),
    ("Copper Fox Games", "employer"),
    ("Hollins Farm", "self-employed"),
    ("Northgate Solicitors", "employer"),
    ("Redhill Logistics", "apprenticeship-employer"),
    ("Sundial Hotels", "apprenticeship-employer"),
    ("Tidewell Energy", "apprenticeship-employer"),
    ("Pennine Film Studio", "employer"),
    ("Ashdown Alumni", "alumni"),
)
PROVIDERS = {
    "fe-college": "Weir Valley College",
    "sixth-form": "Ashdown Sixth Form",
    "sixth-form-college": "Larkfield Sixth Form College",
    "university": "University of Weirdale",
    "he-in-fe": "Weir Valley University Centre",
    "itp": "Keystone Training",
    "apprenticeship-employer": "Tidewell Energy",
    "utc": "Northern Rail University Technical College",
}

ETHNICITIES = (
    ("WBRI", 62),
    ("WOTH", 7),
    ("WIRI", 1),
    ("WROM", 1),
    ("MWBC", 2),
    ("MWAS", 2),
    ("MOTH", 2),
    ("AIND", 4),
    ("APKN", 6),
    ("ABAN", 2),
    ("AOTH", 2),
    ("CHNE", 1),
    ("BCRB", 1),
    ("BAFR", 4),
    ("OOTH", 2),
    ("REFU", 1),
)
