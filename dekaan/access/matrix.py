"""The matrix: which role may do what with which class of data. Binding for every permission, page, export and search.

It is the table of the security paper, section 3, one line a role, and a data protection officer reads it on a page
of its own. `roles.py` gives permissions; tests hold them to this table, and `OPENS` says what each of them opens.

Notation: `-` nothing; `#` counts only, under 6 hidden; `r` sees; `w` changes; `rel` only what is released for that
purpose; `bg` breaks the glass; `case` only in a case. A letter after it says of whom (`SCOPES`), words in brackets
narrow it, and `[n]` is a footnote. Nothing is granted by being on the staff: what does not stand here is refused.
"""

from dekaan.access.data_classes import Access, Cell, DataClass
from dekaan.access.permissions import Permission as P  # noqa: N817 the list below is a table, and reads as one
from dekaan.access.roles import ROLES

CLASSES = tuple(DataClass)


def _line(cells: str) -> dict[DataClass, Cell]:
    return dict(zip(CLASSES, (Cell.read(cell.strip()) for cell in cells.split("|")), strict=True))


# fmt: off
# The classes, in order:  P | D | E | A | N | I | S1 | S2 | S3 | G | W | X | R | U | L | T
MATRIX: dict[str, dict[DataClass, Cell]] = {role: _line(cells) for role, cells in {
    "careers-leader":
        "rw | r s | rw s | rw s | bg [1] | rw s | r s | r s | r s | r s | rw s | rw | r | rw [2] | r [3] | rw",
    "careers-adviser":
        "r | r s | r s, w own | rw c | rw own, r c [4] | rw c | r c | r c | r c | r c | - | r | r c | - | r own | -",
    "commissioned-adviser":
        "r | r c [5] | r c, w own | rw c | rw own | rw c | r c | r c | - [6] | r c | - | - | # c | - | r own | -",
    "careers-administrator":
        "rw | r s | rw s | r s (tasks only) | - | rw s | r s | - | - | - | rw s | rw | r | - | - | -",
    "careers-coordinator":
        "rw | r s | rw s | r s | - | rw s | r s | r s | # | - | rw s | rw | r | - | - | -",
    "tutor":
        "r | r t | r t, w g | r t, w t (comment) | - | rw t | r t | - [7] | - | - | r t (dates) | - | r t | - | - | -",
    "subject-lead":
        "rw (own subject) | r g | # s, rw g | - | - | # | r g | - | - | - | - | r own | r own | - | - | -",
    "session-teacher":
        "r g | r g | w g | - | - | - | r g | - | - | - | - | - | - | - | - | -",
    "senco":
        "r | r s | r n | r n, w n (contributes) | rel (notes shared with them) [8] | rw n | rw n | rw n [9] | r n | r n"
        " | r n | - | r n | - | - | -",
    "head-of-year":
        "r | r y | r y | r y | - | rw y | r y | r y | r y | - | r y (dates and place) | - | r y | - | - | -",
    "dsl":
        "r | r s | r s | r s | rel (the hand-off), bg | r s | r s | r s | r s | rw s | r s | r (checks) | r | -"
        " | r (of the marker and of glass broken) | -",
    "slt-line-manager":
        "r, w (approves) | r s | r s | # | - | r s | - | # | # | - | - | r | r | - | - | rw",
    "headteacher":
        "r, w (approves) | r s | r s | # | - [10] | r s | - | # | # | - | r s | r | r | - | r (summary) | -",
    "link-governor":
        "r | - | # | # | - | # | - | # | # | - | - | - | # | - | - | -",
    "enterprise-adviser":
        "r | - | # | - | - | - | - | - | - | - | - | r own | # (of the programme) | - | - | -",
    "enterprise-coordinator":
        "r (as shared) | - | # | - | - | # | - | - | - | - | - | r (as shared) | # (as shared) | - | - | -",
    "trust-careers-adviser":
        "r T | rel (by a grant) [18] | # T, rel (by a grant) [18] | # T | - | # T | - | # T"
        " | # T | - | - | r T | # T | - | - | -",
    "technician":
        "- | - | - | - | - | - | - | - | - | - | - | - | - | rw [11] | r (security) | -",
    "data-protection-officer":
        "r | case | case | case | case | case | case | case | case | case [12] | case | - | # | r | r | -",
    "pupil":
        "r (published) | r m | r m, w m (reflection) | r m, w m (own actions) | rel m (on request) [13] | rw m | rw m"
        " | r m | rel m (on request) | - | r m | - | - | rw own | - | -",
    "carer":
        "r (published) | r m | r m | r m (if shared) [14] | - | r m (if shared) | r m | r m | - | - | r m [15] | -"
        " | - | rw own | - | -",
    "provider-by-link":
        "r k | - | # k | - | - | - | # k (needs) [16] | - | - | - | - | rw own | - | - | - | -",
    "employer-by-link":
        "r k | r k (name) [17] | r k, w k (feedback) | - | - | - | rel k | - | - | - | rel k | rw own | - | - | - | -",
    "local-authority":
        "- | rel | - | - | - | rel | - | rel | rel | - | - | - | - | - | - | -",
    "quality-assessor":
        "r | - | # | rel (a redacted sample) | - | # | - | # | # | - | - | - | # | - | - | -",
}.items()}
# fmt: on

# What each permission opens, at least, of which class. `tests/access/test_matrix.py` holds every role to both.
OPENS: dict[P, dict[DataClass, Access]] = {
    P.HOME_SEE: {},
    P.PUPILS_SEE: {DataClass.D: Access.READS, DataClass.E: Access.READS},
    P.PUPILS_CHANGE: {DataClass.D: Access.READS},  # and bringing in the roll, in WHO_MAY below
    P.STAFF_CHANGE: {DataClass.P: Access.WRITES},
    P.NAMES_SEE: {DataClass.D: Access.READS, DataClass.E: Access.READS},
    P.SEN_SEE: {DataClass.S2: Access.READS},
    P.SEN_COUNT: {DataClass.S2: Access.COUNTS},
    P.FLAGS_SEE: {DataClass.S3: Access.READS},
    P.FLAGS_COUNT: {DataClass.S3: Access.COUNTS},
    P.PROGRAMME_SEE: {DataClass.P: Access.READS},
    P.PROGRAMME_CHANGE: {DataClass.P: Access.WRITES},
    P.SCHEMES_CHANGE: {DataClass.P: Access.READS},  # and of it one's own schemes are changed: WHO_MAY says whose
    P.LINKS_PROPOSE: {DataClass.P: Access.READS},  # and of it something is proposed: WHO_MAY says of what
    P.REGISTER_TAKE: {DataClass.D: Access.READS, DataClass.E: Access.WRITES},
    P.PARTICIPATION_CORRECT: {DataClass.E: Access.WRITES},
    P.BENCHMARKS_SEE: {DataClass.E: Access.COUNTS},
    P.FIGURES_EXACT: {DataClass.R: Access.READS},
    P.IMPORT_MAKE: {DataClass.D: Access.READS, DataClass.E: Access.WRITES},
    P.IMPORT_CONFIRM_LEAVERS: {DataClass.D: Access.READS},
    P.EXPORT_NAMED: {DataClass.D: Access.READS, DataClass.E: Access.READS},
    P.REPORTS_SEE: {DataClass.R: Access.COUNTS},
    P.REPORTS_ISSUE: {DataClass.R: Access.READS},
    P.PUBLICATION_CHANGE: {DataClass.P: Access.WRITES},
    P.PUBLICATION_APPROVE: {DataClass.P: Access.READS},  # what was prepared, as it stands
    P.SETTINGS_CHANGE: {DataClass.U: Access.WRITES},
    P.ROLES_SEE: {DataClass.U: Access.READS},
    P.ACCOUNTS_CHANGE: {DataClass.U: Access.WRITES},
    P.ROLES_CONFIRM: {},  # the one line that waits for them, and no other account
    P.TRAIL_SEE: {DataClass.L: Access.READS},
    P.PRIVACY_SEE: {},  # about the school and its tables, no person
    P.PRIVACY_SAY: {},
    P.PRIVACY_KEEP: {},  # years and a switch, for the whole school
    P.BACKUPS_SEE: {},  # moments and sizes of files
    P.SERVICE_KEEP: {DataClass.U: Access.WRITES},  # to which account a mail has not gone out
    P.CONTACTS_RESTRICT: {DataClass.D: Access.READS, DataClass.G: Access.WRITES},
    P.CONTACTS_LIFT: {DataClass.D: Access.READS, DataClass.G: Access.WRITES},
    P.PARTNERS_SEE: {DataClass.X: Access.READS},
    P.PARTNERS_CHANGE: {DataClass.X: Access.WRITES},
    P.TEAM_SEE: {DataClass.P: Access.READS},
    P.TEAM_CHANGE: {DataClass.P: Access.WRITES},
    P.TERMS_SEE: {DataClass.T: Access.WRITES},
    P.HANDOVER_CHANGE: {DataClass.P: Access.WRITES, DataClass.X: Access.READS},  # how partners like to be asked is X
    P.PARTNERS_OFFER: {},  # organisations of the trust, and nobody at them
    P.BUDGET_SEE: {DataClass.P: Access.READS, DataClass.R: Access.COUNTS},  # to whom it was paid is of class X
    P.BUDGET_CHANGE: {DataClass.P: Access.WRITES, DataClass.R: Access.READS},
    P.PLAN_SEE: {DataClass.P: Access.READS},
    P.PLAN_CHANGE: {DataClass.P: Access.WRITES},
    P.PLAN_APPROVE: {DataClass.P: Access.READS},  # and of it the approval is kept: WHO_MAY says by whom
    P.TRUST_LEAD: {},  # words and templates of the trust, and a visit; names only by a grant, which is released by a school
    P.NAMES_GRANT: {DataClass.U: Access.WRITES},
    P.DESTINATIONS_SEE: {DataClass.I: Access.READS},
    P.DESTINATIONS_CHANGE: {DataClass.I: Access.WRITES},
    P.DESTINATIONS_COUNT: {DataClass.I: Access.COUNTS},
    P.PRIVACY_CASES: {},  # what a case opens is said of each role as `case`
}

_LEADER = frozenset({"careers-leader"})
_TEAM = frozenset({"careers-leader", "careers-administrator", "careers-coordinator"})
_ON_THE_STAFF = frozenset(
    ("careers-adviser tutor subject-lead session-teacher senco head-of-year dsl slt-line-manager headteacher").split()
)

# Who may do what, where seeing and changing a class do not say it: the action, its roles, and what is asked besides.
WHO_MAY: tuple[tuple[str, frozenset[P], frozenset[str], str], ...] = (
    (
        "Bring in pupils, and correct the roll by hand",
        frozenset({P.IMPORT_MAKE, P.PUPILS_CHANGE, P.STAFF_CHANGE}),
        _TEAM,
        "Shown first, undone for 30 days.",
    ),
    (
        "Confirm an import in which many leave, and begin the new year",
        frozenset({P.IMPORT_CONFIRM_LEAVERS}),
        _LEADER,
        "Shown first, undone until the new year's first mark.",
    ),
    (
        "Change a scheme of work",
        frozenset({P.SCHEMES_CHANGE}),
        _TEAM | _ON_THE_STAFF,
        "The careers team any; everybody else only one that names them as an owner, which the careers team says.",
    ),
    (
        "Say what lessons link to careers",
        frozenset({P.LINKS_PROPOSE}),
        _TEAM | {"subject-lead"},
        "The careers team's counts at once; a subject lead's waits until the careers team accepts it.",
    ),
    (
        "Export names",
        frozenset({P.EXPORT_NAMED}),
        _LEADER,
        "For a purpose that is kept, so many at once, marked, and told to a second person; never needs, flags or notes.",
    ),
    (
        "Correct what was recorded of others",
        frozenset({P.PARTICIPATION_CORRECT}),
        _LEADER,
        "A new line; the old one is kept.",
    ),
    ("Issue and withdraw reports", frozenset({P.REPORTS_ISSUE}), _LEADER, "Numbers under 6 hidden."),
    (
        "Say what the public careers pages are to say, and take them down",
        frozenset({P.PUBLICATION_CHANGE}),
        _LEADER,
        "No pupil can be named in them.",
    ),
    (
        "Approve what the public careers pages say",
        frozenset({P.PUBLICATION_APPROVE}),
        frozenset({"slt-line-manager", "headteacher"}),
        "Each version, before the public sees it.",
    ),
    ("Change the school's facts", frozenset({P.SETTINGS_CHANGE}), _LEADER, ""),
    (
        "Open accounts, give and end roles",
        frozenset({P.ACCOUNTS_CHANGE}),
        frozenset({"careers-leader", "technician"}),
        "Never one's own.",
    ),
    (
        "Confirm a role that opens notes or flags, or exports, before it opens anything",
        frozenset({P.ROLES_CONFIRM}),
        frozenset({"careers-leader", "headteacher", "data-protection-officer"}),
        "Neither who gave it nor who is to hold it.",
    ),
    (
        "Open a case: a request to see or erase one pupil's data, or a complaint",
        frozenset({P.PRIVACY_CASES}),
        frozenset({"careers-leader", "data-protection-officer"}),
        "Two people agree before anything goes out or is erased; the clock is shown.",
    ),
    (
        "Restrict a contact of a pupil, lift it, and clear what a restricted contact may have asked for",
        frozenset({P.CONTACTS_RESTRICT, P.CONTACTS_LIFT}),
        frozenset({"dsl"}),
        "Lifted for a reason from a list, with a fresh second factor; nobody without the marker sees the contact.",
    ),
    (
        "Read what is held about people, why and until when",
        frozenset({P.PRIVACY_SEE}),
        frozenset({"careers-leader", "headteacher", "technician", "data-protection-officer"}),
        "",
    ),
    (
        "Say who answers for the data and who handles it",
        frozenset({P.PRIVACY_SAY}),
        frozenset({"careers-leader", "technician", "data-protection-officer"}),
        "",
    ),
    (
        "Say for how long records are kept, and let them go after it",
        frozenset({P.PRIVACY_KEEP}),
        frozenset({"careers-leader", "data-protection-officer"}),
        "Having seen what goes; each record is named for 30 days before it does.",
    ),
    (
        "Keep the directory of employers and providers",
        frozenset({P.PARTNERS_CHANGE}),
        _TEAM,
        "Each person at one with a lawful basis, its day and source; two made one, undone for 30 days.",
    ),
    (
        "Say who leads careers, by what model and with what time, who answers for what, and who learns what",
        frozenset({P.TEAM_CHANGE}),
        frozenset({"careers-leader", "slt-line-manager", "headteacher"}),
        "Everybody who sees the programme sees who does what.",
    ),
    (
        "Hand careers over, say who covers, and read the successor’s book",
        frozenset({P.HANDOVER_CHANGE}),
        frozenset({"careers-leader", "slt-line-manager", "headteacher"}),
        "A second person agrees before the access goes over: who answers for the school, or leads careers.",
    ),
    (
        "See and say the terms of the post",
        frozenset({P.TERMS_SEE}),
        frozenset({"careers-leader", "slt-line-manager"}),
        "Nobody else: not the headteacher, not governors.",
    ),
    (
        "Offer employers and providers to the schools of the trust",
        frozenset({P.PARTNERS_OFFER}),
        frozenset({"trust-careers-adviser"}),
        "What they are, and nobody at them; each school has contacts and a history of its own.",
    ),
    (
        "See the budget and the service agreements",
        frozenset({P.BUDGET_SEE}),
        frozenset("careers-leader careers-administrator slt-line-manager headteacher link-governor".split()),
        "A governor sees totals, and neither to whom it was paid nor the people there.",
    ),
    (
        "Keep the budget and the service agreements",
        frozenset({P.BUDGET_CHANGE}),
        frozenset({"careers-leader", "careers-administrator"}),
        "A correction is a new line, undone for 30 days; the old one is kept.",
    ),
    (
        "Read the careers strategy, the plan, meetings and policies",
        frozenset({P.PLAN_SEE}),
        _TEAM
        | {"careers-adviser", "senco", "head-of-year", "dsl", "slt-line-manager", "headteacher", "link-governor"}
        | {"enterprise-adviser", "trust-careers-adviser"},
        "Figures as far as the role counts; no pupil is named in them.",
    ),
    (
        "Write the plan, hold meetings, give tasks to others",
        frozenset({P.PLAN_CHANGE}),
        _TEAM,
        "Whoever may come in sees and ticks their own tasks.",
    ),
    (
        "Approve the careers strategy and the plan, or enter that governors did",
        frozenset({P.PLAN_APPROVE}),
        frozenset({"slt-line-manager", "headteacher"}),
        "Each version; never whoever wrote it.",
    ),
    (
        "Say what the trust wants, offer templates and words to its schools, and log visits to them",
        frozenset({P.TRUST_LEAD}),
        frozenset({"trust-careers-adviser"}),
        "Nothing of a school is changed by it: a school takes what it wants, and changes it.",
    ),
    (
        "Let somebody of the trust read names at the school",
        frozenset({P.NAMES_GRANT}),
        _LEADER,
        "For a purpose and until a day; taken back at once; never needs, flags, records or a file.",
    ),
    (
        "See when backups were made and tried",
        frozenset({P.BACKUPS_SEE}),
        frozenset({"careers-leader", "technician"}),
        "Over live data a restore, on the server, takes a Careers Leader or headteacher who agrees.",
    ),
    (
        "See whether jobs are done and mail goes out, and send a mail again",
        frozenset({P.SERVICE_KEEP}),
        frozenset({"technician"}),
        "What a mail is about and to whom, never its words.",
    ),
)

# The letter of what each role sees (`Role.sees`); totals are of nobody.
SEES_LETTER = {
    "school": "s",
    "year": "y",
    "tutor-group": "t",
    "own-sessions": "g",
    "caseload": "c",
    "sen-register": "n",
    "trust-totals": "T",
}
# What a role's own letter is enough for: a tutor group is a group of the tutor's own.
_WIDE_ENOUGH = {"s": {"", "s"}, "t": {"", "s", "t", "g"}, "T": {"", "s", "T"}}
# Counted of the whole school, so that a narrower cell does not open it; needs are those of the register of needs.
_COUNTED_OF = {DataClass.S2: {"", "s", "T", "n"}, DataClass.S3: {"", "s", "T"}}


def cell(role: str, data_class: DataClass) -> Cell:
    """What the role may do with the class."""
    return MATRIX[role][data_class]


def opened_to(role: str, data_class: DataClass, access: Access = Access.READS) -> frozenset[str]:
    """Of whom the role may do at least that with the class: letters of `SCOPES`, "" where it is about no pupil."""
    return cell(role, data_class).scopes(access)


def opens_names(role: str) -> bool:
    """Whether the role sees any pupil by name: then whoever is invited to their own sessions is among them.

    A governor's, a volunteer's, a technician's line opens no name, so that leading a session opens none to them either.
    """
    return bool(opened_to(role, DataClass.D) & set(SEES_LETTER.values()) - {"T"})


def opens_closed(role: str) -> list[str]:
    """What of it the role opens, of anybody and by any door: notes, flags, an export of names.

    Counts with small numbers hidden open nobody's.
    """
    closed = {"notes": DataClass.N, "flags": DataClass.S3}
    found = [word for word, each in closed.items() if {part.does for part in cell(role, each).parts} - {"-", "#"}]
    return found + ["exports names"] * (P.EXPORT_NAMED in ROLES[role].may)


def needs_two(role: str) -> bool:
    """Whether the role asks for a second person: it opens notes or flags, or exports names."""
    return bool(opens_closed(role))


def allows(role: str, permission: P) -> bool:
    """Whether the matrix lets the role hold the permission, for all of whom it sees."""
    if any(permission in actions and role not in roles for _, actions, roles, _ in WHO_MAY):
        return False
    return all(_is_open(role, data_class, access) for data_class, access in OPENS[permission].items())


def _is_open(role: str, data_class: DataClass, access: Access) -> bool:
    letters = opened_to(role, data_class, access)
    # Whose lines is for the trail itself to say (an adviser reads their own); whose destinations, for each page of them.
    if data_class in {DataClass.L, DataClass.I}:
        return bool(letters)
    if access is Access.COUNTS:
        return bool(letters & _COUNTED_OF.get(data_class, letters))
    sees = SEES_LETTER.get(ROLES[role].sees, "")
    return bool(letters & _WIDE_ENOUGH.get(sees, {"", "s", sees}))
