"""Every permission there is: area, then verb. A view names exactly one."""

from enum import StrEnum


class Permission(StrEnum):
    """What kind of thing a person may do; to whom is a matter of visibility (`people.queries`)."""

    HOME_SEE = "home.see"
    PUPILS_SEE = "pupils.see"
    PUPILS_CHANGE = "pupils.change"
    STAFF_CHANGE = "staff.change"
    SEN_SEE = "sen.see"
    FLAGS_SEE = "flags.see"
    PROGRAMME_SEE = "programme.see"
    PROGRAMME_CHANGE = "programme.change"
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
    SETTINGS_CHANGE = "settings.change"
    ACCOUNTS_CHANGE = "accounts.change"
