"""The directory: organisations that work with the school, the people at them, and what was said with whom and when.

An organisation is the school's own; one that a trust holds is offered to its schools, and each that takes it up has a
row, contacts and a history of its own. What an organisation offers is said with a day and a source, never guessed from
its kind. Sessions name it from the floor above (`programme`), which also shows what they come to.
"""
