"""Data rights: what is held and why, subject access, erasure, retention, the audit trail read.

A *holding* is declared by the area that has it (`personal_data.py`); a *case* is one request about one pupil's data.
"""
