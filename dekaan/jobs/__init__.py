"""Jobs that outlive the worker that had them in hand.

Jobs are rows of the library of tasks; here is what it leaves open: who is alive, what a killed worker left, and what
fails again and again.
"""
