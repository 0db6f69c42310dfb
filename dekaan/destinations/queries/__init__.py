"""Reading the ledger of destinations: what is said, what it comes to, what may leave the school."""

from dekaan.destinations.queries.asked import (
    AskedPerson,
    Stands,
    asked_of,
    asked_of_link,
    asking_people,
    letters_waiting,
)
from dekaan.destinations.queries.asking import (
    Asks,
    ToAsk,
    askings_opened,
    leavers_to_ask,
    longer_until,
    pupils_to_ask,
    stage_of,
)
from dekaan.destinations.queries.asking_letters import day_asked_of, preview, question_of
from dekaan.destinations.queries.behind import Behind, behind
from dekaan.destinations.queries.calling import Call, CallList, call_list, moments_come
from dekaan.destinations.queries.cohorts import YEAR_11, Leaver, last_asked_after, leavers, told_apart, who_left
from dekaan.destinations.queries.considering import considering, considering_of, told_wrongly
from dekaan.destinations.queries.following import (
    FollowedLeaver,
    Standing,
    asked_after_in_words,
    come_by,
    contact_in_words,
    followed,
    how_many,
    is_known,
    may_be_asked,
    years_left,
)
from dekaan.destinations.queries.guarantee import (
    OFFERED_TO,
    Guarantee,
    MetBy,
    changed_by,
    guarantee_year,
    september_guarantee,
)
from dekaan.destinations.queries.intending import LEAVING, Intent, intents, usual_end
from dekaan.destinations.queries.judging import Judgement, Outcome, Verdict, Why, judged
from dekaan.destinations.queries.keeping import WELL_KEPT, HowKept, KeptShare, how_kept, how_kept_by_school
from dekaan.destinations.queries.ledger import (
    Moment,
    agree,
    bucket_of,
    code_of,
    in_force,
    is_told,
    leaving_days,
    leaving_year,
    moments_of,
    says_nothing,
)
from dekaan.destinations.queries.meaning import intention_of, meant_now
from dekaan.destinations.queries.missing import just_left, not_known_in_words, not_known_of
from dekaan.destinations.queries.person import Person, person, what_changed
from dekaan.destinations.queries.picture import as_plain, in_tenths, picture, pictured
from dekaan.destinations.queries.pressing import Pressed, pressed
from dekaan.destinations.queries.public import PublicLine, PublicTable, public_table, years_to_publish
from dekaan.destinations.queries.scope import leavers_opened, on_roll_opened, person_opened, waits_for_caseload
from dekaan.destinations.queries.shapes import BECAME, CHANGED, NOT_KNOWN, Picture
from dekaan.destinations.queries.sheets import SAME, Sheet, sheet_numbered, sheet_of
from dekaan.destinations.queries.scope import leavers_opened, on_roll_opened, person_opened
from dekaan.destinations.queries.shapes import BECAME, CHANGED, NOT_KNOWN, OTHER, Picture, place_name
from dekaan.destinations.queries.typed import RouteTyped, as_typed, outcome_routes, plan_routes, route_typed
from dekaan.destinations.queries.went import first_known
from dekaan.destinations.queries.wishes import latest_wishes, may_be_kept_in_touch, may_be_shared

__all__ = [
    "asked_after_in_words",
    "BECAME",
    "CHANGED",
    "LEAVING",
    "NOT_KNOWN",
    "OFFERED_TO",
    "SAME",
    "OTHER",
    "WELL_KEPT",
    "YEAR_11",
    "AskedPerson",
    "Asks",
    "Behind",
    "Call",
    "CallList",
    "FollowedLeaver",
    "Guarantee",
    "HowKept",
    "Intent",
    "Judgement",
    "KeptShare",
    "Leaver",
    "MetBy",
    "Moment",
    "Outcome",
    "Person",
    "Picture",
    "Pressed",
    "PublicLine",
    "PublicTable",
    "RouteTyped",
    "Sheet",
    "Standing",
    "Stands",
    "ToAsk",
    "Verdict",
    "Why",
    "agree",
    "as_plain",
    "as_typed",
    "asked_of",
    "asked_of_link",
    "asking_people",
    "askings_opened",
    "behind",
    "bucket_of",
    "call_list",
    "changed_by",
    "code_of",
    "come_by",
    "considering",
    "considering_of",
    "contact_in_words",
    "day_asked_of",
    "first_known",
    "followed",
    "guarantee_year",
    "how_kept",
    "how_kept_by_school",
    "how_many",
    "in_force",
    "in_tenths",
    "intention_of",
    "intents",
    "is_known",
    "is_told",
    "judged",
    "just_left",
    "last_asked_after",
    "latest_wishes",
    "leavers",
    "leavers_opened",
    "leavers_to_ask",
    "leaving_days",
    "leaving_year",
    "letters_waiting",
    "longer_until",
    "may_be_asked",
    "may_be_kept_in_touch",
    "may_be_shared",
    "meant_now",
    "moments_come",
    "moments_of",
    "not_known_in_words",
    "not_known_of",
    "on_roll_opened",
    "outcome_routes",
    "person",
    "person_opened",
    "picture",
    "pictured",
    "place_name",
    "plan_routes",
    "pressed",
    "preview",
    "public_table",
    "pupils_to_ask",
    "question_of",
    "route_typed",
    "says_nothing",
    "september_guarantee",
    "sheet_numbered",
    "sheet_of",
    "stage_of",
    "told_apart",
    "told_wrongly",
    "usual_end",
    "waits_for_caseload",
    "what_changed",
    "who_left",
    "years_left",
    "years_to_publish",
]
