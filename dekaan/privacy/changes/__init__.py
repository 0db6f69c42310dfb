"""What happens to people's rights over their data."""

from dekaan.privacy.changes.facts import say_data_protection

__all__ = ["say_data_protection"]
