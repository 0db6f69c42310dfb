"""Reading the policy, requests, when a provider could come, and the letters."""

from dekaan.provider_requests.policy import Usual, usual
from dekaan.provider_requests.queries import letters
from dekaan.provider_requests.queries.clock import WorkingDays, due_in_words
from dekaan.provider_requests.queries.free import Free, Slot, Taken, free_slots, in_the_way_of
from dekaan.provider_requests.queries.inbox import (
    Gap,
    Line,
    Log,
    Sent,
    free_for,
    lacking,
    line_of,
    log,
    opens_contacts,
    phase_gaps,
    providers_waiting,
    pupils_in,
    replies_to,
    requests,
    slots_offered,
    was_late,
    years_of_log,
)
from dekaan.provider_requests.queries.letters import Letter
from dekaan.provider_requests.queries.rules import (
    access_rules,
    digits,
    free_times,
    ground_lines,
    grounds,
    public_contact,
    rules_said,
)

__all__ = [
    "Free",
    "Gap",
    "Letter",
    "Line",
    "Log",
    "Sent",
    "Slot",
    "Taken",
    "Usual",
    "WorkingDays",
    "access_rules",
    "digits",
    "due_in_words",
    "free_for",
    "free_slots",
    "free_times",
    "ground_lines",
    "grounds",
    "in_the_way_of",
    "lacking",
    "letters",
    "line_of",
    "log",
    "opens_contacts",
    "phase_gaps",
    "providers_waiting",
    "public_contact",
    "pupils_in",
    "replies_to",
    "requests",
    "rules_said",
    "slots_offered",
    "usual",
    "was_late",
    "years_of_log",
]
