"""Whom a page names: nobody who is a pupil, unless a person said that it is somebody else of that name."""

from dataclasses import dataclass

from dekaan.people.queries import pupils_named
from dekaan.publication.queries.drafting import FACTS_IN_WORDS, RESOURCES_FOR, Content, information

# What of them each page shows in the words that somebody typed.
FACTS_OF_BOTH = ("leader_name", "leader_email", "telephone", "provider_contact", "provider_email", "provider_telephone")
FACTS_OF_CAREERS = (*FACTS_OF_BOTH, "own_page")
FACTS_OF_STATEMENT = FACTS_OF_BOTH
CALENDAR = "the dates for parents and carers"


def _texts(content: Content) -> list[tuple[str, str]]:
    """(where it stands, the words) of everything that somebody typed."""
    of_page = FACTS_OF_STATEMENT if "calendar" not in content else FACTS_OF_CAREERS
    found = [(FACTS_IN_WORDS[each], str(content["facts"].get(each) or "")) for each in of_page]
    found += [(each["heading"], _all_words(each)) for each in content["sections"]]
    for group in content.get("programme", []):
        found += [(f"the programme of Year {group['year_group']}", line["what"]) for line in group["lines"]]
    found += [(CALENDAR, f"{each['what']} {each['where']}") for each in content.get("calendar", [])]
    for audience, lines in content.get("resources", {}).items():
        found += [(RESOURCES_FOR[audience], f"{each['title']} {each['says']}") for each in lines]
    return found


def _all_words(section: Content) -> str:
    """Paragraphs, lists and tables."""
    points = [item for each in section.get("lists", []) for item in each["points"]]
    cells = [cell["words"] for row in section.get("table", {"rows": []})["rows"] for cell in row["cells"]]
    return "\n".join([*section["paragraphs"], *points, *cells])


@dataclass(frozen=True)
class Named:
    """A pupil's name that stands on a page, in which places, and whom a person said it to be instead, if anybody did."""

    name: str
    places: tuple[str, ...]
    who: str = ""


def names_in(content: Content) -> list[Named]:
    """Every pupil's name that somebody typed on the page, each with where it stands; said to be somebody else's or not."""
    texts, found = _texts(content), dict[str, list[str]]()
    for place, name in pupils_named([words for _, words in texts]):
        places = found.setdefault(name, [])
        if texts[place][0] not in places:
            places.append(texts[place][0])
    others = {each["name"]: each for each in information().others_named}
    named = []
    for name, places in sorted(found.items()):
        said = others.get(name, {"places": [], "who": ""})
        for who in dict.fromkeys([said["who"], ""]):
            if here := tuple(each for each in places if (each in said["places"]) == bool(who)):
                named.append(Named(name, here, who))
    return named


def named_in(content: Content) -> list[tuple[str, str]]:
    """(the pupil's name, where it stands) of every pupil of the school whom the words name: none may be published.

    But for whom a person said, in that place, to be somebody else of the same name.
    """
    return sorted((each.name, place) for each in names_in(content) if not each.who for place in each.places)


def left_out(content: Content) -> Content:
    """The content without the lines of programme, dates and resources that name a pupil; its sections stay as they are."""
    content = dict(content)
    if "programme" not in content:
        return content
    where = {f"the programme of Year {group['year_group']}" for group in content["programme"]} | {CALENDAR}
    where |= {RESOURCES_FOR[audience] for audience in content.get("resources", {})}
    if all(place not in where for _, place in named_in(content)):
        return content
    said = {(each["name"], place) for each in information().others_named for place in each["places"]}
    lines = [(text, place) for place, text in _texts(content) if place in where]
    named = {
        lines[number]
        for number, name in pupils_named([text for text, _ in lines])
        if (name, lines[number][1]) not in said
    }
    content["programme"] = [
        group | {"lines": kept}
        for group in content["programme"]
        if (
            kept := [
                line
                for line in group["lines"]
                if (line["what"], f"the programme of Year {group['year_group']}") not in named
            ]
        )
    ]
    content["calendar"] = [
        each for each in content["calendar"] if (f"{each['what']} {each['where']}", CALENDAR) not in named
    ]
    if "resources" in content:
        content["resources"] = {
            audience: [each for each in of if (f"{each['title']} {each['says']}", RESOURCES_FOR[audience]) not in named]
            for audience, of in content["resources"].items()
        }
    return content
