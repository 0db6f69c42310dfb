"""Backups that restore, and the drill that shows it.

A **backup** is one file that the ordinary age tool opens: the database as it stood at one moment, the uploads and the
keys, each part with its hash, and the checksum of every school's meaning (`queries.canonical`) at that moment. A
**drill** restores one into an empty place and compares. A **restore** builds the whole beside what is live, looks at it,
and only then puts it in its place; what was there is kept **aside**, so that one can go back.
"""
