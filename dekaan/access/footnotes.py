"""What stands below the matrix: its footnotes, and those of it who hold no account yet."""

# Those of the table who hold no account yet: there is no way in for them until their part is built.
WITHOUT_ACCOUNT = {
    "provider-by-link": "Provider, by a link",
    "employer-by-link": "Employer of a placement, by a link",
    "local-authority": "Local authority's tracking (a file, no account)",
    "quality-assessor": "Quality assessor (dated, reads only)",
}

FOOTNOTES: dict[int, str] = {
    1: "The Leader is not party to the meeting: they see that it happened, when, with whom, and the action plan. "
    "Reading notes to assure quality breaks the glass. A Leader who is also an adviser holds both roles.",
    2: "Gives and ends roles in their own school up to Coordinator and adviser; never their own, nor those of the "
    "safeguarding lead, technician or data protection officer. A role that opens closed data or exports needs a "
    "second person.",
    3: "Careers activity and exports of their own school; not the security log.",
    4: "Advisers of one team read each other's notes of a pupil on their caseload, unless the author keeps a note to "
    "themselves.",
    5: "Only pupils booked with or referred to them, from 14 days before to 28 days after. No search of the school, "
    "no export.",
    6: "Unless the Leader releases a flag of that pupil, with a reason.",
    7: "Tutors know special educational needs from the school's own system. They get the support summary.",
    8: "The adviser may share one note with a named colleague; the pupil is told.",
    9: "Changed by hand only where it does not come from the school's information system.",
    10: "With the data protection officer, in a complaint or a legal case: opened as a case, not as a role.",
    11: "Opens accounts and mends sign-in; gives nobody a role that opens data without a second authorised person; "
    "sees no pupil; holds backups, but not the backup key alone.",
    12: "Kept out of packs until the safeguarding lead clears it (serious harm).",
    13: "Pupils always see their record of advice and actions. Notes come by sharing, or by a request for access.",
    14: "Under 13 shared unless said otherwise; from 13 the pupil chooses. The school's policy may differ.",
    15: "Not where the safeguarding lead has restricted the contact: the account looks as usual, but shows no dates "
    "and no place.",
    16: "Words without names (“one person needs step-free access”), released by the Leader; not hidden when small.",
    17: "Forename and initial until the employer confirms; the full name until 14 days after the placement; then the "
    "link dies.",
    18: "By the school's Careers Leader, to one person of the trust, for a purpose and until a day, at that school alone: "
    "names, year and tutor group behind one figure, and nothing else. Taken back at once; each reading is on record.",
}
