"""Trusts, schools and their academic years; what it means for a row to be a school's own."""
