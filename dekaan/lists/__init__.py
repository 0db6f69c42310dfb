"""Pupils found by a sentence, and sentences that are kept and shared.

A sentence is put together from phrases; it is data, and what it finds is worked out each time that it is asked.
"""
