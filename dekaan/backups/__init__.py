"""Backups that restore, and the drill that shows it."""
