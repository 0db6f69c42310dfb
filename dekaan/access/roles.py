"""Every role there is, in one sentence each, with what it may do (security paper, section 3).

These are the permissions of the areas that exist; `matrix.py` binds them, and a test holds every role to it.
"""

from dataclasses import dataclass

from dekaan.access.permissions import Permission as P  # noqa: N817 the list below is a table, and reads as one

# They give no role, and none of them is given in the product: no giver can make a second person for themselves.
_ANSWER_FOR_THE_SCHOOL = frozenset({"headteacher", "data-protection-officer"})


@dataclass(frozen=True)
class Role:
    """One kind of person: what they are for, what they may do, and how much of the school they may see."""

    key: str
    name: str
    purpose: str
    may: frozenset[P]
    # "school", "year", "tutor-group", "own-sessions", "caseload", "sen-register", "totals", "trust-totals", "none"
    sees: str = "none"
    # Whose holders may give and end it, nobody their own; the others are given on the command line.
    given_by: frozenset[str] = frozenset()

    @property
    def confirmed_by(self) -> frozenset[str]:
        """Whose holders may be the second person, where the role asks for one (`matrix.needs_two`)."""
        return self.given_by | _ANSWER_FOR_THE_SCHOOL


# The one that a hand-over passes from person to person (`changes.passing`), and that is otherwise given by nobody here.
PASSED_ON = "careers-leader"
_BY_THE_LEADER = frozenset({"careers-leader"})
_SEES_THE_PICTURE = {P.HOME_SEE, P.PROGRAMME_SEE, P.TEAM_SEE, P.PLAN_SEE, P.BENCHMARKS_SEE, P.REPORTS_SEE}
# What the matrix writes as "#" for special educational needs and other flags; whoever may see them may count them.
_TOTALS_BY_GROUP = {P.SEN_COUNT, P.FLAGS_COUNT}
# Where leavers went: of whom, the matrix says of each role (a caseload, a tutor group, a year group).
_FOLLOWS_LEAVERS = {P.DESTINATIONS_SEE, P.DESTINATIONS_COUNT}
_ASKS_LEAVERS = _FOLLOWS_LEAVERS | {P.DESTINATIONS_CHANGE}
_RUNS_THE_WEEK = (
    _SEES_THE_PICTURE
    | _ASKS_LEAVERS
    | {
        P.PLAN_CHANGE,
        P.PUPILS_SEE,
        P.PUPILS_CHANGE,
        P.STAFF_CHANGE,
        P.NAMES_SEE,
        P.PROGRAMME_CHANGE,
        P.SCHEMES_CHANGE,
        P.LINKS_PROPOSE,
        P.REGISTER_TAKE,
        P.FIGURES_EXACT,
        P.IMPORT_MAKE,
        P.PARTNERS_SEE,
        P.PARTNERS_CHANGE,
    }
)

SEES_IN_WORDS = {
    "school": "everybody at the school",
    "year": "the pupils of one year group",
    "tutor-group": "the pupils of one tutor group",
    "own-sessions": "those invited to their own sessions",
    "caseload": "the pupils on their caseload",
    "sen-register": "everybody by name, and the records of pupils with special educational needs",
    "totals": "totals only, no names",
    "trust-totals": "totals of every school of the trust, no names",
    "none": "nobody",
}

ROLES: dict[str, Role] = {
    role.key: role
    for role in [
        Role(
            "careers-leader",
            "Careers Leader",
            "Leads, manages, coordinates and networks the school's careers programme.",
            frozenset(
                _RUNS_THE_WEEK
                | _TOTALS_BY_GROUP
                | {
                    P.SEN_SEE,
                    P.FLAGS_SEE,
                    P.PARTICIPATION_CORRECT,
                    P.IMPORT_CONFIRM_LEAVERS,
                    P.EXPORT_NAMED,
                    P.REPORTS_ISSUE,
                    P.PUBLICATION_CHANGE,
                    P.SETTINGS_CHANGE,
                    P.ROLES_SEE,
                    P.ACCOUNTS_CHANGE,
                    P.ROLES_CONFIRM,
                    P.TEAM_CHANGE,
                    P.TERMS_SEE,
                    P.HANDOVER_CHANGE,
                    P.TRAIL_SEE,
                    P.PRIVACY_SEE,
                    P.PRIVACY_SAY,
                    P.PRIVACY_KEEP,
                    P.BACKUPS_SEE,
                    P.PRIVACY_CASES,
                    P.BUDGET_SEE,
                    P.BUDGET_CHANGE,
                    P.NAMES_GRANT,
                }
            ),
            "school",
        ),
        Role(
            "careers-adviser",
            "Careers Adviser",
            "Holds guidance meetings with pupils and writes action plans with them; employed at the school.",
            frozenset(
                _SEES_THE_PICTURE
                | _ASKS_LEAVERS
                | {P.PUPILS_SEE, P.NAMES_SEE, P.TRAIL_SEE, P.SCHEMES_CHANGE, P.PARTNERS_SEE}
            ),  # needs and flags: of their caseload, with it
            "school",
            _BY_THE_LEADER,
        ),
        Role(
            "commissioned-adviser",
            "Careers Adviser (commissioned)",
            "Holds guidance meetings for the school under an agreement, with the pupils on their caseload.",
            frozenset({P.HOME_SEE, P.PROGRAMME_SEE, P.TEAM_SEE, P.TRAIL_SEE} | _ASKS_LEAVERS),
            "caseload",
            _BY_THE_LEADER,
        ),
        Role(
            "careers-administrator",
            "Careers Administrator",
            "Imports, books, chases paperwork and prints for the careers team.",
            frozenset(_RUNS_THE_WEEK | {P.BUDGET_SEE, P.BUDGET_CHANGE}),
            "school",
            _BY_THE_LEADER,
        ),
        Role(
            "careers-coordinator",
            "Careers Coordinator",
            "Runs the programme day by day; the older title for the person beside the Careers Leader.",
            frozenset(_RUNS_THE_WEEK | _TOTALS_BY_GROUP | {P.SEN_SEE}),
            "school",
            _BY_THE_LEADER,
        ),
        Role(
            "tutor",
            "Tutor or mentor",
            "Knows a tutor group, refers its pupils and takes registers.",
            frozenset(
                {
                    P.HOME_SEE,
                    P.PROGRAMME_SEE,
                    P.TEAM_SEE,
                    P.PUPILS_SEE,
                    P.NAMES_SEE,
                    P.REGISTER_TAKE,
                    P.SCHEMES_CHANGE,
                }
                | _ASKS_LEAVERS
            ),
            "tutor-group",
            _BY_THE_LEADER,
        ),
        Role(
            "subject-lead",
            "Subject lead or careers representative",
            "Links the subject's lessons to careers and takes registers of its sessions.",
            frozenset(
                {
                    P.HOME_SEE,
                    P.PROGRAMME_SEE,
                    P.TEAM_SEE,
                    P.BENCHMARKS_SEE,
                    P.REGISTER_TAKE,
                    P.SCHEMES_CHANGE,
                    P.LINKS_PROPOSE,
                    P.DESTINATIONS_COUNT,
                }
            ),
            "own-sessions",
            _BY_THE_LEADER,
        ),
        Role(
            "session-teacher",
            "Session teacher",
            "Takes the register of one session.",
            frozenset({P.HOME_SEE, P.PROGRAMME_SEE, P.TEAM_SEE, P.REGISTER_TAKE, P.SCHEMES_CHANGE}),
            "own-sessions",
            _BY_THE_LEADER,
        ),
        Role(
            "senco",
            "SENCo",
            "Looks after pupils with special educational needs.",
            frozenset(
                _SEES_THE_PICTURE
                | _ASKS_LEAVERS
                | {P.PUPILS_SEE, P.NAMES_SEE, P.SEN_SEE, P.SEN_COUNT, P.FLAGS_SEE, P.SCHEMES_CHANGE}
            ),
            "sen-register",
            _BY_THE_LEADER,
        ),
        Role(
            "head-of-year",
            "Head of year",
            "Looks after the pupils of one year group.",
            frozenset(
                _SEES_THE_PICTURE
                | _ASKS_LEAVERS
                | {P.PUPILS_SEE, P.NAMES_SEE, P.SEN_SEE, P.FLAGS_SEE, P.SCHEMES_CHANGE}
            ),
            "year",
            _BY_THE_LEADER,
        ),
        Role(
            "dsl",
            "Designated safeguarding lead",
            "Keeps children safe, and is the hand-off for any worry about safety.",
            frozenset(
                _SEES_THE_PICTURE
                | _TOTALS_BY_GROUP
                | _FOLLOWS_LEAVERS
                | {
                    P.PUPILS_SEE,
                    P.NAMES_SEE,
                    P.SEN_SEE,
                    P.FLAGS_SEE,
                    P.TRAIL_SEE,
                    P.CONTACTS_RESTRICT,
                    P.CONTACTS_LIFT,
                    P.SCHEMES_CHANGE,
                }
            ),
            "school",
        ),
        Role(
            "slt-line-manager",
            "Senior leader (line manager)",
            "Line-manages the Careers Leader and approves plans.",
            frozenset(
                _SEES_THE_PICTURE
                | _TOTALS_BY_GROUP
                | _FOLLOWS_LEAVERS
                | {P.PUPILS_SEE, P.NAMES_SEE, P.SCHEMES_CHANGE, P.PARTNERS_SEE, P.PUBLICATION_APPROVE}
                | {P.PLAN_APPROVE, P.BUDGET_SEE, P.TEAM_CHANGE, P.TERMS_SEE, P.HANDOVER_CHANGE}
            ),
            "school",
            _BY_THE_LEADER,
        ),
        Role(
            "headteacher",
            "Headteacher",
            "Answers for the school and approves its policies.",
            frozenset(
                _SEES_THE_PICTURE
                | _TOTALS_BY_GROUP
                | _FOLLOWS_LEAVERS
                | {P.PUPILS_SEE, P.NAMES_SEE, P.ROLES_CONFIRM, P.TRAIL_SEE, P.PRIVACY_SEE, P.SCHEMES_CHANGE}
                | {
                    P.PARTNERS_SEE,
                    P.PUBLICATION_APPROVE,
                    P.PLAN_APPROVE,
                    P.BUDGET_SEE,
                    P.TEAM_CHANGE,
                    P.HANDOVER_CHANGE,
                }
            ),
            "school",
        ),
        Role(
            "link-governor",
            "Link governor",
            "Challenges and supports careers on the governing body; sees totals, never names.",
            frozenset(_SEES_THE_PICTURE | _TOTALS_BY_GROUP | {P.BUDGET_SEE, P.DESTINATIONS_COUNT}),
            "totals",
            _BY_THE_LEADER,
        ),
        Role(
            "enterprise-adviser",
            "Enterprise Adviser",
            "A volunteer from business who helps to plan; sees totals, never names.",
            frozenset({P.HOME_SEE, P.PROGRAMME_SEE, P.TEAM_SEE, P.PLAN_SEE, P.BENCHMARKS_SEE}),
            "totals",
            _BY_THE_LEADER,
        ),
        Role(
            "enterprise-coordinator",
            "Enterprise coordinator or hub lead",
            "Supports many schools from the hub; sees what a school shares.",
            frozenset({P.HOME_SEE, P.PROGRAMME_SEE, P.TEAM_SEE, P.BENCHMARKS_SEE, P.DESTINATIONS_COUNT}),
            "totals",
            _BY_THE_LEADER,
        ),
        Role(
            "trust-careers-adviser",
            "Trust careers lead",
            "Supports the trust's schools without line-managing them; sees totals, and names only where a school grants it.",
            frozenset(
                _SEES_THE_PICTURE
                | _TOTALS_BY_GROUP
                | {P.PARTNERS_SEE, P.PARTNERS_OFFER, P.TRUST_LEAD, P.DESTINATIONS_COUNT}
            ),
            "trust-totals",
        ),
        Role(
            "technician",
            "Technician",
            "Keeps the service running and helps people sign in; sees no pupil.",
            frozenset(
                {
                    P.HOME_SEE,
                    P.ROLES_SEE,
                    P.ACCOUNTS_CHANGE,
                    P.TRAIL_SEE,
                    P.PRIVACY_SEE,
                    P.PRIVACY_SAY,
                    P.BACKUPS_SEE,
                    P.SERVICE_KEEP,
                }
            ),
        ),
        Role(
            "data-protection-officer",
            "Data protection officer",
            "Checks that personal data is held rightly; opens data only in a case.",
            frozenset(
                {
                    P.HOME_SEE,
                    P.PROGRAMME_SEE,
                    P.TEAM_SEE,
                    P.REPORTS_SEE,
                    P.ROLES_SEE,
                    P.ROLES_CONFIRM,
                    P.TRAIL_SEE,
                    P.PRIVACY_SEE,
                    P.PRIVACY_SAY,
                    P.PRIVACY_KEEP,
                    P.PRIVACY_CASES,
                }
            ),
        ),
        Role("pupil", "Pupil", "Sees their own record.", frozenset()),
        Role("carer", "Parent or carer", "Sees their own child's record.", frozenset()),
    ]
}
