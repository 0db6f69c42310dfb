"""Websites for every test of this folder."""

from tests.website.served import website

__all__ = ["website"]
