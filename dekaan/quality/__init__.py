"""How we know that the programme is good: questionnaires, what was answered, what was learnt and changed.

Answers are kept beside the activity and never beside a name.
"""
