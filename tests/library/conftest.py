"""A shelf of resources, and websites for every test of this folder."""

from tests.website.served import served, website

__all__ = ["served", "website"]
