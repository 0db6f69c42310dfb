"""Office files without the machine's day: the same parts give the same bytes, whenever and wherever."""

import io
import zipfile

NO_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say


def without_a_day(packed: bytes) -> bytes:
    """The same file, its parts all of one day."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return kept.getvalue()
