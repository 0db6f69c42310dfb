"""Accounts, roles and permissions: who may do what, at which school, and the one door every view is behind."""
