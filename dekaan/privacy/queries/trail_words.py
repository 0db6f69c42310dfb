"""What each line of the audit trail says, in words, and of what kind it is. A house test finds an action without any.

`{who}` did it; `{whom}` is to whom or to what, looked up as it is shown; `{fields}` are the names of what was changed.
Whatever else stands in braces stands in the line itself.
"""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of line, by which roles may read them and by which they are looked for."""

    CAREERS = "careers"
    READING = "reading"
    EXPORT = "export"
    CLOSED = "closed"
    SECURITY = "security"

    @property
    def words(self) -> str:
        """As a person would say it."""
        return KINDS_IN_WORDS[self]


KINDS_IN_WORDS = {
    Kind.CAREERS: "Careers work",
    Kind.READING: "Needs and flags read",
    Kind.EXPORT: "Exports and lists of names",
    Kind.CLOSED: "Closed data",
    Kind.SECURITY: "Accounts, roles and the service",
}

_WORDS: dict[Kind, dict[str, str]] = {
    Kind.CAREERS: {
        "pupil joined": "{who} put {whom} on the roll",
        "pupil returned": "{who} put {whom} back on the roll",
        "pupil left": "{who} said when {whom} leaves",
        "pupil's leaving taken back": "{who} took back that {whom} leaves",
        "pupil changed": "{who} changed {whom}'s {fields}",
        "pupil's year changed": "{who} changed {whom}'s {fields} in a year's record",
        "pupil placed in a tutor group": "{who} changed {whom}'s tutor group",
        "pupil left the tutor group": "{who} took {whom} out of the tutor group",
        "pupil erased": "{who} erased {whom}",
        "erasures applied again": "{who} erased {pupils} pupils again after a restore",
        "parent or carer added": "{who} added a parent or carer",
        "pupil's carer added": "{who} added a parent or carer of {whom}",
        "parent or carer changed": "{who} changed a parent or carer's {fields}",
        "pupil's carer removed": "{who} removed a parent or carer of {whom}",
        "parent or carer removed": "{who} removed a parent or carer",
        "parent or carer forgotten": "{who} forgot the name of a parent or carer of nobody here",
        "staff member forgotten": "{who} forgot the name of a former colleague",
        "staff member added": "{who} added {whom} to the staff",
        "staff member changed": "{who} changed {whom}'s {fields}",
        "staff list updated": "{who} updated the staff list",
        "roll updated": "{who} updated the roll for {pupils} pupils, in {whom}",
        "roll put back": "{who} put the roll back for {pupils} pupils, undoing {whom}",
        "teaching groups filled": "{who} filled teaching groups: {memberships} joined, {ended} left",
        "activity planned": "{who} planned {whom}",
        "activity changed": "{who} changed the {fields} of {whom}",
        "session planned": "{who} planned {whom}",
        "session changed": "{who} changed the {fields} of {whom}",
        "session cancelled": "{who} cancelled {whom}",
        "session put back on": "{who} put {whom} back on",
        "it happened": "{who} said that {whom} happened, with {people} people",
        "absences checked": "{who} checked who was absent from {whom}: {absent}",
        "register taken": "{who} took the register of {whom}: {present} there",
        "mark corrected": "{who} corrected a mark of {whom}",
        "day's absences recorded": "{who} recorded the absences of {day}: {absent}",
        "day's absences forgotten": "{who} took back the absences of {day}",
        "attendance forgotten": "{who} took the day's attendance off {whom}",
        "undone: happened": "{who} took back that {whom} happened",
        "undone: absences": "{who} took back the absences checked for {whom}",
        "undone: register": "{who} took back the register of {whom}",
        "undone: attendance": "{who} took back the day's attendance for {whom}",
        "file uploaded": "{who} uploaded a file ({kind}) as {whom}",
        "import abandoned": "{who} abandoned {whom}",
        "doubtful lines settled": "{who} settled the doubtful lines of {whom}",
        "new academic year planned": "{who} prepared the new academic year",
        "import taken otherwise": "{who} said what {whom} covers",
        "import's columns chosen": "{who} said which columns of {whom} are read",
        "import confirmed": "{who} confirmed {whom}",
        "import recorded": "{who} recorded {whom}",
        "import tried again": "{who} tried {whom} again",
        "import undone": "{who} undid {whom}",
        "report issued": "{who} issued {whom}",
        "report withdrawn": "{who} withdrew {whom}",
        "academic year closed": "{who} closed the academic year that began in {whom}",
        "academic year reopened": "{who} reopened the academic year that began in {whom}",
        "school changed": "{who} changed the school's {fields}",
        "data protection said": "{who} changed the {fields} of the data protection page",
        "case opened": "{who} opened a case about somebody's data ({kind})",
        "case's clock paused": "{who} stopped a case's clock ({reason})",
        "case's clock started again": "{who} started a case's clock again",
        "case extended": "{who} gave a case two further months",
        "complaint acknowledged": "{who} acknowledged a complaint about data protection",
        "case decided about others": "{who} decided what a case's answer says of others, in {decisions} places",
        "case agreed to": "{who} agreed to the case {reference}",
        "case closed": "{who} closed the case {reference} ({outcome})",
        "case opened again": "{who} opened the case {reference} again",
        "retention run": "{who} erased what was kept long enough: {erased}",
        "records let go": "{who} said that records go by themselves when their time is over",
        "records kept": "{who} said that no record goes by itself",
        "record held": "{who} held the record of {whom} beyond its time",
        "hold ended": "{who} ended the hold of {whom}'s record",
    },
    Kind.READING: {
        "needs or flags read": "{who} read {whom}'s {classes}",
        "texts looked through for a name": "{who} looked for texts that name whom a case is about",
        "case looked through": "{who} looked through what is held about {whom}, in a case",
        "list of needs read": "{who} read a list that tells needs or flags",
    },
    Kind.EXPORT: {
        "school exported": "{who} exported the school's records ({names} pupils): {purpose}",
        "names exported": "{who} exported {names} names behind a figure: {purpose}",
        "exports seen": "{who} saw which exports there were",
        "subject access answer released": "{who} released the answer about {whom}",
        "report downloaded": "{who} downloaded {whom}",
    },
    Kind.CLOSED: {
        "contact restricted": "{who} restricted a contact of {child}",
        "contact restricted again": "{who} added or changed a contact of {child} with the same {mark} as a restricted one: "
        "restricted too",
        "contact's restriction lifted": "{who} lifted the restriction of a contact of {child}: {reason}",
        "restricted contacts read": "{who} was shown a restricted contact of {child}",
        "restricted contacts listed": "{who} read the list of restricted contacts",
        "case cleared": "{who} cleared a case that a restricted contact may have asked for",
    },
    Kind.SECURITY: {
        "account opened": "{who} opened an account for {whom}",
        "account closed": "{who} closed the account of {whom}",
        "account opened again": "{who} opened the account of {whom} again",
        "first account offered": "{who} made a code for the school's first account",
        "invited": "{who} invited {whom}",
        "password chosen by invitation": "{who} chose a password by invitation",
        "signed in": "{who} signed in, with {with}",
        "signed out everywhere": "{who} signed {whom} out everywhere",
        "second factor forgotten": "{who} took away the second factor of {whom}",
        "factor reset asked for": "{who} asked that the second factor of {whom} be reset",
        "factor reset agreed": "{who} agreed that the second factor of {whom} is reset a day later",
        "factor reset agreed in person": "{who}, who had seen {whom}, agreed that their second factor is reset",
        "factor reset stopped": "{who} stopped the reset of the second factor of {whom}",
        "factor reset stopped by signing in": "{who} signed in with a second factor, which stopped its reset",
        "factor reset": "{who} reset the second factor of {whom}, as two people had agreed",
        "single sign-on unlinked": "{who} took their single sign-on off their account",
        "authenticator app set up": "{who} set up an authenticator app",
        "authenticator app removed": "{who} removed their authenticator app",
        "passkey added": "{who} added a passkey",
        "passkey removed": "{who} removed a passkey",
        "recovery codes made": "{who} made new recovery codes",
        "password changed": "{who} changed their password",
        "mail sent again": "{who} had a mail to {whom} sent again",
        "mail left unsent": "{who} left a mail to {whom} unsent",
        "job tried again": "{who} had a job tried again ({job})",
        "job left undone": "{who} left a job undone ({job})",
        "password changed by a link": "{who} changed their password by a link sent to them",
        "password set": "{who} set a password",
        "single sign-on linked": "{who} linked their single sign-on with their account",
        "account linked": "{who} linked {whom} with their account",
        "account unlinked": "{who} took {whom}'s account off the staff list",
        "role given": "{who} gave {whom} the role {role}",
        "role asked for": "{who} gave {whom} the role {role}, which waits for a second person",
        "role confirmed": "{who} confirmed {whom}'s role {role}",
        "role declined": "{who} declined {whom}'s role {role}",
        "role ended": "{who} ended {whom}'s role {role}",
        "roles reviewed": "{who} looked through who may see the school: {kept} roles kept, {ended} ended",
        "trust added": "{who} added the trust",
        "school added": "{who} added the school",
        "backup restored": "{who} had a backup put in place: {file}",
        "state of before a restore put back": "{who} had the state of before a restore put back",
        "trail accepted as it stands": "{who} accepted the audit trail as it stood: {because}",
    },
}

WORDS: dict[str, tuple[Kind, str]] = {
    action: (kind, sentence) for kind, sentences in _WORDS.items() for action, sentence in sentences.items()
}

# What the school says of a column, where its name does not say it.
FIELDS = {"sen": "special educational needs", "eal": "English as an additional language", "upn": "UPN", "uln": "ULN"}
