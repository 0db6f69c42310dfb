"""Data rights: what is held and why, subject access, erasure, retention, the audit trail read."""
