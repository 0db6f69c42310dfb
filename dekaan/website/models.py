"""Rows: fields, constraints, choices, properties that need no query."""
