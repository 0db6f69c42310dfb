"""The school's own website as it stands: visited weekly or on demand, judged item by item against what must stand there.

Three parts know nothing of the database: `reading` turns a page or PDF into words, `fetching` is the one place where the
server asks for an address that a person gave, and `judging` says of each item whether it is there, with the words to paste.
What could not be read is never called missing.
"""
