"""Where a person arrives: the home queue, search, one pupil's whole record, the school's own settings.

It sits on top because it reads every floor; it has no tables.
"""
