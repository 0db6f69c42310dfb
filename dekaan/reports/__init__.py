"""Papers that never change after the meeting, in three forms; who had them and what governors said; the mock inspection."""
