"""The school's own public careers page and its provider access policy statement: the words, their versions, who approved.

What the public sees is a version as it was approved, and nothing else: no page here looks at a pupil's row. A *section* is
one thing that a page has to say; most begin with words of ours that a school may keep.
"""
