"""What each subject links to careers: subjects with their departments, links with their evidence, and the map of both.

A link is proposed by whoever taught or plans it, by a code without an account too, and counts once the careers team
accepts it. Who takes a subject is known from teaching groups, or said for whole year groups; never from lesson registers.
"""
