"""Dekaan: what a Careers Leader in an English secondary school opens in the morning."""

__version__ = "0.1.0"
