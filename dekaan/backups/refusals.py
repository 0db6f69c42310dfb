"""What a backup is refused for: each is a sentence that says what, where and what to do."""


class Refusal(Exception):
    """Nothing was changed, and these words say why."""


class Damaged(Refusal):
    """The file is not whole, or is none of ours."""


class WrongKey(Refusal):
    """The key does not open the file."""


class TooNew(Refusal):
    """The backup was made by a newer Dekaan than this one."""


class OtherDatabase(Refusal):
    """A backup of SQLite for PostgreSQL, or the other way round."""


class PlaceNotEmpty(Refusal):
    """Schools or accounts are where the backup would go, and nobody said to put it over them."""


class NotTheSame(Refusal):
    """What was built from the backup is not what the backup says it holds."""


class NothingThere(Refusal):
    """There is no backup, key or kept state of that name."""


class Busy(Refusal):
    """Another backup or restore is running, or the database is held by somebody."""
