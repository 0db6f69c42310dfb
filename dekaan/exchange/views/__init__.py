"""The screens of what comes in and goes out."""

from dekaan.exchange.views.bringing import (
    absences_upload,
    import_abandon,
    import_again,
    import_columns,
    import_confirm,
    import_list,
    import_new_year,
    import_preview,
    import_progress,
    import_receipt,
    import_taken_as,
    import_undo,
    import_upload,
)
from dekaan.exchange.views.sheets_out import (
    outgoing_sheet_change,
    outgoing_sheet_detail,
    outgoing_sheet_export,
    outgoing_sheet_list,
    outgoing_sheet_remove,
)

__all__ = [
    "absences_upload",
    "import_abandon",
    "import_again",
    "import_columns",
    "import_confirm",
    "import_list",
    "import_new_year",
    "import_preview",
    "import_progress",
    "import_receipt",
    "import_taken_as",
    "import_undo",
    "import_upload",
    "outgoing_sheet_change",
    "outgoing_sheet_detail",
    "outgoing_sheet_export",
    "outgoing_sheet_list",
    "outgoing_sheet_remove",
]
