"""Careers and labour-market information: resources, their links, who used them, and what others publish.

A *resource* is kept elsewhere and only led to; it has an owner and a review date, and its link is looked at each week.
What it was *used* in is an activity of the programme, so that who used it stands in the ledger; a *visit* is a press on
its public link, counted and never anybody's.
"""
