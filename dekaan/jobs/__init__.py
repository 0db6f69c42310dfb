"""Jobs and mail that are never lost and never done twice, and what the technician is told of them.

Jobs are rows of the library of tasks; here is what it leaves open: who is alive, what a killed worker left, and what
fails again and again.
"""
