"""Providers who ask to meet pupils: the form without an account, the inbox with its clock, replies drafted from the policy.

A request proposes: it is matched to no activity and no organisation by itself. A reply is seen before it is sent, and
a request stands as its last reply says. The log keeps every request without names, for an inspector or a complaint.
"""
