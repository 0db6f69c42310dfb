"""What happens to people's rights over their data."""

from dekaan.privacy.changes.erasing import erase_pupil, reapply_erasures
from dekaan.privacy.changes.facts import say_data_protection

__all__ = ["erase_pupil", "reapply_erasures", "say_data_protection"]
