"""Schemes of work for careers, lesson by lesson with shared owners; and observations of what is taught, which are evidence.

A scheme is of no year: what is planned and taught of it this year is counted from the programme. It holds nothing about
pupils, and neither does an observation, which is about the programme and not about anybody's performance.
"""
