"""What each line of the audit trail says, in words, and of what kind it is. A house test finds an action without any.

`{who}` did it; `{whom}` is to whom or to what, looked up as it is shown; `{fields}` are the names of what was changed.
Whatever else stands in braces stands in the line itself.
"""

from dekaan.privacy.queries.trail_careers import CAREERS
from dekaan.privacy.queries.trail_kinds import Kind

_WORDS: dict[Kind, dict[str, str]] = {
    Kind.CAREERS: CAREERS,
    Kind.READING: {
        "needs or flags read": "{who} read {whom}'s {classes}",
        "texts looked through for a name": "{who} looked for texts that name whom a case is about",
        "case looked through": "{who} looked through what is held about {whom}, in a case",
        "list of needs read": "{who} read a list that tells needs or flags",
    },
    Kind.EXPORT: {
        "names granted to the trust": "{who} let {whom} of the trust read names here until {until}",
        "names granted taken back": "{who} took back that {whom} of the trust reads names here",
        "names read by the trust": "{who} of the trust read who misses {criterion}",
        "school exported": "{who} exported the school's records ({names} pupils): {purpose}",
        "names exported": "{who} exported {names} names behind a figure: {purpose}",
        "evidence exported": "{who} exported an archive of evidence, with {names} pieces that may name pupils: {purpose}",
        "evidence archive taken": "{who} took an archive of evidence in which nothing names a pupil: {pieces} pieces",
        "budget exported": "{who} took out the rows of the budget that began in {year}",
        "log of providers exported": "{who} took out the log of providers' requests of {year}",
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
        "role passed on": "{who} passed the role {role} on to {whom}",
        "role given": "{who} gave {whom} the role {role}",
        "role asked for": "{who} gave {whom} the role {role}, which waits for a second person",
        "named as having agreed": "{who} named {whom} on the server as having agreed to the role {role}",
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
