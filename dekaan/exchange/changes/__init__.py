"""What happens to a file on its way in.

It is uploaded, read, its columns are settled, it is compared, confirmed, recorded, and perhaps undone.
"""

from dekaan.exchange.changes.erasing import sift_out
from dekaan.exchange.changes.recording import (
    AlreadyRecorded,
    ChangedSincePreview,
    NeedsCareersLeader,
    NotReady,
    confirm,
    record_run,
)
from dekaan.exchange.changes.sheets_out import SheetNamed, change_sheet, keep_sheet, remove_sheet
from dekaan.exchange.changes.staging import (
    TooEarly,
    choose_columns,
    plan_rollover,
    prepare,
    say_what_is_meant,
    settle_doubts,
    stage,
    take_as,
)
from dekaan.exchange.changes.taking_up import StillMoving, take_up, try_again
from dekaan.exchange.changes.undoing import (
    EverythingBuiltUpon,
    MarksSince,
    NothingToUndo,
    TooLateToUndo,
    delete_old_files,
    undo,
)
from dekaan.exchange.changes.uploading import Upload, abandon, import_at_once, import_file, start_import

__all__ = [
    "AlreadyRecorded",
    "ChangedSincePreview",
    "EverythingBuiltUpon",
    "MarksSince",
    "NeedsCareersLeader",
    "NotReady",
    "NothingToUndo",
    "SheetNamed",
    "StillMoving",
    "TooEarly",
    "TooLateToUndo",
    "Upload",
    "abandon",
    "change_sheet",
    "choose_columns",
    "confirm",
    "delete_old_files",
    "import_at_once",
    "import_file",
    "keep_sheet",
    "plan_rollover",
    "prepare",
    "record_run",
    "remove_sheet",
    "say_what_is_meant",
    "settle_doubts",
    "sift_out",
    "stage",
    "start_import",
    "take_as",
    "take_up",
    "try_again",
    "undo",
]
