"""What can happen in backups, and what is refused."""
