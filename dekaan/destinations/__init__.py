"""Where they mean to go and where they went: the ledger of destinations, from an aspiration to three years on.

A *statement* is what one source said of one person's plan or place, of one day; a *ruling* is a person's word on which of
several that contradict one another holds; a *wish* is whether somebody may be kept in touch with, or written of to others.
Nothing is overwritten: a correction is a new statement that takes the place of the old one.
"""
