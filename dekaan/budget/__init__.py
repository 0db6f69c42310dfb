"""Money for careers, service agreements and the days of an adviser, and what it would cost to close a gap.

A *budget* is of a year: sums are *allocated* to it, *lines* say what they are planned for, *spend* is committed, paid or
cancelled, or came back as a refund. What is entered is corrected by a new row, and kept.
"""
