"""Where we stand: the picture of a year, one criterion, who is missing, and what would close the gap.

No tables: figures come from the counting room as numbers and pupil ids, and ids become pupils whom the person asking
may see. No benchmark is named in code; the frameworks' files say what there is.
"""
