"""Mechanics without school words: scope, page components, academic year."""
