"""What each subject links to careers: departments, the subjects that pupils take, links and their evidence.

A link is proposed by whoever taught it, by QR without an account too, and counts once the careers team accepts it.
Nothing here is taken from lesson registers.
"""
