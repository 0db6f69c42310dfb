"""The trust: its schools side by side, its clusters, its vision, what it offers to its schools, its visits to them.

The trust's adviser supports schools and line-manages nobody: totals of every school, and the names of one only where
that school has granted it. A *grant* is a school's word that somebody of the trust may read names there, for a purpose
and until a day. An *item* of the trust is a template or words in a version; a school takes a copy, and changes it.
"""
