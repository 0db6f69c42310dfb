"""Screens of data rights, one module per noun."""
