"""How long what a person did can be undone: everywhere the same."""

from datetime import timedelta

UNDO_FOR = timedelta(days=30)
