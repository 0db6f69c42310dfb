"""For how long what was seen is taken to be so, from the data file."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def holds_months() -> int:
    """For how many months an observation is good, from its day."""
    text = files("dekaan.schemes").joinpath("data", "observations.toml").read_text(encoding="utf-8")
    return int(tomllib.loads(text)["holds_months"])
