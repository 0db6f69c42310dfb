"""What each page has to say, from the data files."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dekaan.publication.models import Page


@dataclass(frozen=True)
class Section:
    """One thing that a page says: what it answers of the checklist, with what force, and the usual words."""

    key: str
    heading: str
    items: tuple[str, ...]
    force: str
    asks: str
    usual: str
    shows: tuple[str, ...] = ()  # facts of the evidence cabinet
    leads: str = ""  # the sentence right before what follows by itself, after whatever the school says
    follows: str = ""  # what it says by itself: a part of the policy on providers' requests, or where leavers went


@dataclass(frozen=True)
class PublicPage:
    """A page that is published."""

    page: Page
    title: str
    says: str
    sections: tuple[Section, ...]


@cache
def public_page(page: Page) -> PublicPage:
    """The page with its sections in order."""
    name = {Page.CAREERS: "careers-page.toml", Page.STATEMENT: "statement.toml"}[page]
    data = tomllib.loads(files("dekaan.publication").joinpath("data", name).read_text(encoding="utf-8"))
    return PublicPage(
        page,
        data["title"],
        data["says"],
        tuple(
            Section(
                **{
                    **row,
                    "items": tuple(row["items"]),
                    "usual": row["usual"].strip(),
                    "shows": tuple(row.get("shows", ())),
                }
            )
            for row in data["section"]
        ),
    )
