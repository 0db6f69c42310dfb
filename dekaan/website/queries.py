"""Reads, for screens, reports and the floors above."""
