"""What happens to a file on its way in.

It is uploaded, read, its columns are settled, it is compared, confirmed, recorded, and perhaps undone.
"""

from dekaan.exchange.changes.recording import (
    AlreadyRecorded,
    ChangedSincePreview,
    NeedsCareersLeader,
    NotReady,
    confirm,
    record_run,
)
from dekaan.exchange.changes.staging import choose_columns, list_only_some, prepare, settle_doubts, stage
from dekaan.exchange.changes.undoing import NothingToUndo, TooLateToUndo, delete_old_files, undo
from dekaan.exchange.changes.uploading import Upload, abandon, import_at_once, import_file, start_import

__all__ = [
    "AlreadyRecorded",
    "ChangedSincePreview",
    "NeedsCareersLeader",
    "NotReady",
    "NothingToUndo",
    "TooLateToUndo",
    "Upload",
    "abandon",
    "choose_columns",
    "confirm",
    "delete_old_files",
    "import_at_once",
    "import_file",
    "list_only_some",
    "prepare",
    "record_run",
    "settle_doubts",
    "stage",
    "start_import",
    "undo",
]
