"""What a sender's words mean: which route, how far an application, which moment, whose word; and what is guessed of a file."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from dekaan.core.folding import folded
from dekaan.destinations.models import Kind, OfferState, Source
from dekaan.destinations.queries import outcome_routes, plan_routes, route_typed
from dekaan.exchange.columns import Table
from dekaan.exchange.reading.dates import date_inside
from dekaan.exchange.values import activity_code
from dekaan.frameworks.queries import activity_codes, routes

ASKED_WORDS = 12  # of a sender's words that are not known, asked about at once; more than that is another column
_ROUTES = {
    "school-sixth-form": "school sixth|6th form|sixth form|school 6th form|school sixth form ft|sixth form at school|school",
    "sixth-form-college": "sixth form college|6th form college|sfc|sixth form college ft",
    "college": "further education|fe|fe college|college|fe ft|fe full time|further education full time|college of further education",
    "college-technical": "vocational|college vocational|btec|fe college vocational|technical|fe technical|nvq",
    "college-academic": "a levels|a level|as levels|college a levels|academic|fe academic",
    "college-level-2": "level 1|level 2|entry level|foundation learning|gcse resits|level 2 or below",
    "t-level": "t level|t levels|tlevel",
    "utc": "utc|studio school|university technical college",
    "apprenticeship": "apprentice|apprenticeship|apprenticeships|modern apprenticeship|higher apprenticeship|degree apprenticeship|advanced apprenticeship|intermediate apprenticeship",
    "supported-internship": "supported internship|supported intern",
    "special-post-16": "special college|specialist college|independent specialist college|special post 16",
    "training-programme": "training|training provider|study programme|work based learning|wbl|bootcamp",
    "re-engagement": "re engagement|reengagement|princes trust|kings trust|pre employment programme",
    "university": "university|he|higher education|degree|hei|undergraduate",
    "university-abroad": "university abroad|overseas university|study abroad",
    "foundation-year": "foundation year|art foundation|foundation diploma|foundation art",
    "higher-technical": "hnc|hnd|htq|higher national|foundation degree",
    "gap-with-place": "gap year|deferred|deferred entry|gap year deferred place|deferred place",
    "job-with-training": "employment with training|job with training|employed with training|full time job with training|jwt",
    "job-without-training": "employment|employed|job|work|full time employment|employment without training|job without training|jwot|full time job|fte",
    "part-time-job": "part time employment|part time job|part time work|pt work",
    "self-employed": "self employed|self employment|own business|freelance",
    "armed-forces": "army|navy|raf|royal navy|armed forces|forces|military",
    "volunteering": "voluntary work|volunteering|volunteer|voluntary",
    "home-education": "home educated|ehe|elective home education|home schooled|educated at home",
    "custody": "custody|yoi|prison|young offender institution",
    "abroad": "moved abroad|emigrated|overseas|left the country|moved out of area abroad|moved to scotland|moved to wales",
    "looking": "neet|unemployed|seeking|seeking work|seeking eet|looking for work|job seeking|neet seeking|available to labour market|neet available",
    "start-agreed": "start date agreed|neet start date agreed|waiting to start",
    "not-available": "not available|neet not available|ill|illness|pregnant|carer|young carer|parent|teenage parent",
    "not-found": "unknown|not known|no contact|nk|cannot be contacted|destination unknown|current situation not known|unable to contact|no response",
    "did-not-start": "did not enrol|not enrolled|never enrolled|did not start|never started|no show|did not attend|withdrew before start|did not take up place|did not take up",
    "refused": "refused|refused to say|refused to disclose|declined to say",
    "undecided": "undecided|unsure|dont know",
}  # fmt: skip
_OFFERS = {
    OfferState.APPLIED: "applied|application received|pending|received|awaiting decision|awaiting",
    OfferState.INTERVIEWED: "interviewed|interview|interview held|invited to interview",
    OfferState.CONDITIONAL: "conditional|conditional offer|c|offer conditional|offered with conditions",
    OfferState.UNCONDITIONAL: "unconditional|unconditional offer|u|offer|offered|offer made|offer unconditional",
    OfferState.ACCEPTED: "accepted|offer accepted|firm|cf|uf|accept|placed|enrolled|conditional firm|unconditional firm",
    OfferState.DECLINED: "declined|offer declined|d|declined by default|decline",
    OfferState.REJECTED: "rejected|unsuccessful|turned down|r|no offer|reject",
    OfferState.WITHDRAWN: "withdrawn|w|application withdrawn|withdrew|cancelled",
}
_SOURCES = {
    Source.PUPIL: "pupil|student|young person|self|learner|yp",
    Source.PARENT: "parent|carer|mother|father|parent or carer|parentcarer",
    Source.SCHOOL: "school|careers adviser|adviser|tutor",
    Source.PROVIDER: "provider|college|employer|training provider|university|establishment",
    Source.COUNCIL: "council|local authority|la|connexions|ccis|nccis",
    Source.PUBLISHED: "published|published data|dfe|department",
}
_MOMENTS = {
    Kind.ENROLMENT: "september|enrolment|enrolled|september offer",
    Kind.POSITION: "november|1 november|activity survey|annual activity survey|position",
    Kind.SIX_MONTHS: "march|six months|6 months|end of march|march check",
    Kind.OFFER: "offer|application|september guarantee",
    Kind.INTENTION: "intention|intended|intended destination",
    Kind.YEAR_1: "year 1|one year on|1 year on",
    Kind.YEAR_2: "year 2|two years on|2 years on",
    Kind.YEAR_3: "year 3|three years on|3 years on",
}


def _inverted(table: dict[Any, str], names: dict[Any, str]) -> dict[str, str]:
    """Every way of writing it, folded; our own names and keys first, which a file that went out has."""
    found = {folded(text): str(key) for key, texts in table.items() for text in texts.split("|")}
    return (
        found | {folded(name): str(key) for key, name in names.items()} | {folded(str(key)): str(key) for key in names}
    )


OFFERS = _inverted(_OFFERS, dict(OfferState.choices))
SOURCES = _inverted(_SOURCES, dict(Source.choices))
MOMENTS = _inverted(_MOMENTS, dict(Kind.choices))
ROUTE_WORDS = _inverted(_ROUTES, {})


def route_of(text: str, taught: dict[str, str] | None = None) -> str:
    """The route that the words mean, as a person said of this sender, as we know them, or by how they begin; "" for none."""
    plain = folded(text)
    if taught and plain in taught:
        return taught[plain]
    if text in routes():
        return text
    named = {folded(each.name): each.key for each in routes().values()}
    if found := named.get(plain) or ROUTE_WORDS.get(plain):
        return found
    if plain in {"n", "r"}:
        return ""  # short forms of our own grid, which no sender means
    for among in (outcome_routes(), plan_routes()):
        may_be = route_typed(text, among).may_be
        if len(may_be) == 1 and len(plain) > 3:
            return may_be[0].key
    return ""


def code_inside(text: str) -> str:
    """The council's code where a column of words begins with one: "230 FE full time"."""
    try:
        found = activity_code(text)
    except ValueError:
        return ""
    return found if found in activity_codes() else ""


def unknown_words(table: Table, meanings: dict[int, str]) -> list[str]:
    """A sender's words for where somebody is that mean nothing to us yet, the most used first."""
    keys = {*meanings.values()}
    place = next((place for place, key in meanings.items() if key == "route"), None)
    if place is None or "code" in keys:
        return []
    texts = Counter(row.cells[place].strip() for row in table.rows if place < len(row.cells) and row.cells[place])
    return [text for text, _ in texts.most_common() if not route_of(text) and not code_inside(text)][:ASKED_WORDS]


def guessed_about(table: Table, meanings: dict[int, str], file_name: str, today: date) -> dict[str, str]:
    """What is guessed of a file before anybody is asked: moment, whose word it is, of which day."""
    keys = {*meanings.values()}
    above = [cell for row in table.set_aside if row.number < table.heading_row for cell in row.cells if cell]
    day = next((found for cell in (*above, file_name) if (found := date_inside(cell)[0])), None)
    if day and day > today:
        day = None
    return {
        "moment": _moment([*above, file_name], keys, day or today),
        "source": Source.COUNCIL if "code" in keys or _says(above, "council") else Source.PROVIDER,
        "day": day.isoformat() if day else "",
    }


def _says(texts: Iterable[str], word: str) -> bool:
    return any(word in text.casefold() for text in texts)


def _moment(texts: list[str], keys: set[str], day: date) -> str:
    if "offer_state" in keys:
        return Kind.OFFER
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()) for text in texts)
    if "intend" in words or "intention" in words:
        return Kind.INTENTION
    if "enrol" in words or day.month in {9, 10}:
        return Kind.ENROLMENT
    return Kind.POSITION if day.month in {11, 12, 1, 2} else Kind.SIX_MONTHS
