"""Every permission there is: area, then verb. A view names exactly one."""

from enum import StrEnum


class Permission(StrEnum):
    """What kind of thing a person may do; to whom is a matter of visibility (`people.queries`)."""

    HOME_SEE = "home.see"
    PUPILS_SEE = "pupils.see"
    PUPILS_CHANGE = "pupils.change"
    STAFF_CHANGE = "staff.change"
    SEN_SEE = "sen.see"
    SEN_COUNT = "sen.count"
    FLAGS_SEE = "flags.see"
    FLAGS_COUNT = "flags.count"
    PROGRAMME_SEE = "programme.see"
    PROGRAMME_CHANGE = "programme.change"
    SCHEMES_CHANGE = "schemes.change"
    LINKS_PROPOSE = "links.propose"
    REGISTER_TAKE = "register.take"
    PARTICIPATION_CORRECT = "participation.correct"
    BENCHMARKS_SEE = "benchmarks.see"
    FIGURES_EXACT = "figures.exact"
    NAMES_SEE = "names.see"
    IMPORT_MAKE = "import.make"
    IMPORT_CONFIRM_LEAVERS = "import.confirm-leavers"
    EXPORT_NAMED = "export.named"
    REPORTS_SEE = "reports.see"
    REPORTS_ISSUE = "reports.issue"
    PUBLICATION_CHANGE = "publication.change"
    PUBLICATION_APPROVE = "publication.approve"
    SETTINGS_CHANGE = "settings.change"
    ROLES_SEE = "roles.see"
    ACCOUNTS_CHANGE = "accounts.change"
    ROLES_CONFIRM = "roles.confirm"
    TRAIL_SEE = "trail.see"
    PRIVACY_SEE = "privacy.see"
    PRIVACY_SAY = "privacy.say"
    PRIVACY_KEEP = "privacy.keep"
    BACKUPS_SEE = "backups.see"
    SERVICE_KEEP = "service.keep"
    PRIVACY_CASES = "privacy.cases"
    CONTACTS_RESTRICT = "contacts.restrict"
    CONTACTS_LIFT = "contacts.lift"
    PARTNERS_SEE = "partners.see"
    PARTNERS_CHANGE = "partners.change"
    PARTNERS_OFFER = "partners.offer"
    BUDGET_SEE = "budget.see"
    BUDGET_CHANGE = "budget.change"
    PLAN_SEE = "plan.see"
    PLAN_CHANGE = "plan.change"
    PLAN_APPROVE = "plan.approve"
    TRUST_LEAD = "trust.lead"
    NAMES_GRANT = "names.grant"
    TEAM_SEE = "team.see"
    TEAM_CHANGE = "team.change"
    TERMS_SEE = "terms.see"
    HANDOVER_CHANGE = "handover.change"
    DESTINATIONS_SEE = "destinations.see"
    DESTINATIONS_CHANGE = "destinations.change"
    DESTINATIONS_COUNT = "destinations.count"


IN_WORDS: dict[Permission, str] = {
    Permission.HOME_SEE: "sign in to the school and see the home page",
    Permission.PUPILS_SEE: "find pupils and open their records",
    Permission.PUPILS_CHANGE: "change what is held about pupils",
    Permission.STAFF_CHANGE: "say who works here and who is qualified for guidance",
    Permission.SEN_SEE: "see special educational needs",
    Permission.SEN_COUNT: "see totals by special educational need",
    Permission.FLAGS_SEE: "see ethnicity, pupil premium, looked after and the like",
    Permission.FLAGS_COUNT: "see totals by ethnicity, pupil premium, looked after and the like",
    Permission.PROGRAMME_SEE: "see the programme",
    Permission.PROGRAMME_CHANGE: "plan and change activities and sessions",
    Permission.SCHEMES_CHANGE: "change the schemes of work that name them as an owner",
    Permission.LINKS_PROPOSE: "say what lessons of their subject link to careers, for the Careers Leader to accept",
    Permission.REGISTER_TAKE: "say that a session happened and take its register",
    Permission.PARTICIPATION_CORRECT: "correct what was recorded",
    Permission.BENCHMARKS_SEE: "see the benchmarks as totals",
    Permission.FIGURES_EXACT: "see numbers under 6",
    Permission.NAMES_SEE: "see the names behind a figure",
    Permission.IMPORT_MAKE: "bring in files",
    Permission.IMPORT_CONFIRM_LEAVERS: "confirm an import with many leavers",
    Permission.EXPORT_NAMED: "export names",
    Permission.REPORTS_SEE: "read reports",
    Permission.REPORTS_ISSUE: "issue reports",
    Permission.PUBLICATION_CHANGE: "say what the public careers pages are to say, and take them down",
    Permission.PUBLICATION_APPROVE: "approve what the public careers pages say",
    Permission.SETTINGS_CHANGE: "change the school's facts",
    Permission.ROLES_SEE: "see who holds which role",
    Permission.ACCOUNTS_CHANGE: "open accounts",
    Permission.ROLES_CONFIRM: "confirm or decline a role that somebody else gave",
    Permission.TRAIL_SEE: "read the audit trail, as far as the role goes",
    Permission.PRIVACY_SEE: "read what is held about people, why and until when",
    Permission.BACKUPS_SEE: "see when backups were made and tried",
    Permission.SERVICE_KEEP: "see whether jobs are done and mail goes out, and send a mail again",
    Permission.PRIVACY_CASES: "open a case: a request to see or erase one pupil's data, or a complaint",
    Permission.CONTACTS_RESTRICT: "restrict a contact of a pupil, and see which are restricted",
    Permission.CONTACTS_LIFT: "lift a restriction, and clear a request that a restricted contact may have made",
    Permission.PARTNERS_SEE: "see the people at employers and providers, and what was said with them",
    Permission.PARTNERS_CHANGE: "keep the directory of employers and providers",
    Permission.PARTNERS_OFFER: "offer employers and providers to the schools of the trust",
    Permission.BUDGET_SEE: "see the budget and the service agreements",
    Permission.BUDGET_CHANGE: "keep the budget and the service agreements",
    Permission.PLAN_SEE: "read the careers strategy, the plan, meetings and policies",
    Permission.PLAN_CHANGE: "write the plan, hold meetings and give tasks",
    Permission.PLAN_APPROVE: "approve the plan, or enter that governors did",
    Permission.TRUST_LEAD: "say what the trust wants of careers, offer it to its schools, and log visits to them",
    Permission.NAMES_GRANT: "let somebody of the trust read names at the school, and take it back",
    Permission.TEAM_SEE: "see who does what for careers",
    Permission.TEAM_CHANGE: "say who leads careers and who does what",
    Permission.TERMS_SEE: "see and say the terms on which careers is led",
    Permission.HANDOVER_CHANGE: "hand careers over, say who covers, and read the book",
    Permission.DESTINATIONS_SEE: "see where pupils mean to go and where leavers went",
    Permission.DESTINATIONS_CHANGE: "record where pupils mean to go and where leavers went",
    Permission.DESTINATIONS_COUNT: "see totals of where pupils mean to go and where leavers went",
    Permission.PRIVACY_SAY: "say who answers for the data and who handles it",
    Permission.PRIVACY_KEEP: "say for how long records are kept, and let them go after it",
}

# Whoever uses one of these is asked for the second factor again when they gave it more than a quarter of an hour ago.
ASKED_AGAIN = frozenset(
    {
        Permission.EXPORT_NAMED,
        Permission.ACCOUNTS_CHANGE,
        Permission.ROLES_CONFIRM,
        Permission.PRIVACY_CASES,
        Permission.PRIVACY_KEEP,
        Permission.CONTACTS_LIFT,
    }
)

# What it takes to see totals by a characteristic, and to see those under 6 too; whoever may not has no such table.
COUNTED_BY = {
    "sen": (Permission.SEN_COUNT, Permission.SEN_SEE),
    "pupil-premium": (Permission.FLAGS_COUNT, Permission.FLAGS_SEE),
    "ethnicity": (Permission.FLAGS_COUNT, Permission.FLAGS_SEE),
    "eal": (Permission.FLAGS_COUNT, Permission.FLAGS_SEE),
    "looked-after": (Permission.FLAGS_COUNT, Permission.FLAGS_SEE),
}
