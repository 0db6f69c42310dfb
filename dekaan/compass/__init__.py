"""The Compass twin: what our records would answer, question by question, in the evaluation's own order.

Called a readiness estimate, never a Compass score; the percentages of the real one are typed in beside it.
"""
