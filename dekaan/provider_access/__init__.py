"""Provider access: whom the duty binds here, who has had their encounters, what the law says of each, and what closes it.

No tables of its own: the law's tests are the frameworks', what became of encounters is the ledger's.
"""
