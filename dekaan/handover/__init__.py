"""Handing careers over: to a successor on a day, or to whoever covers from today; and the book that a successor reads.

A *hand-over* says from whom, to whom and on which day. A second person agrees to it where access goes with it. On the
day everything that the one holds and is still open is the other's, area by area, and so is the role; what is over stays
with whoever did it. Each row that moved is kept with how it was, so that it can be put back for 30 days. *Cover* lends
the role until a day and moves nothing. The *book* keeps itself: every line of it is read from the records as it is
opened. The *first fortnight* is a list of steps for whoever is new, each known from records where records can tell.
"""
