"""The careers programme: activities, the sessions on which they are put on, who is invited, and *It happened*.

This is the area to imitate; its register is the slice to copy.
"""
