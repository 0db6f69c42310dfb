"""Websites for every test of this folder."""

from tests.website.served import served, website

__all__ = ["served", "website"]
