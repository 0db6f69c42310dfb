"""The counting room: every figure about many pupils, defined once, kept true the moment the ledger changes.

It imports nobody above it: it knows the ledger and the roll only as flat tables, by name (`tables`).
"""
