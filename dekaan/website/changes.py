"""Writes, each a named event in school life."""
