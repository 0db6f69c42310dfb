"""The duty board: how a school stands to each duty on a day, by what evidence, until when; and what changed in the rules.

What is asked, of whom and since when are the frameworks' files (duties.toml). Here each kind of evidence has one judge,
which says *met*, *at risk*, *broken* or *unknown*, and why in a sentence.
"""
