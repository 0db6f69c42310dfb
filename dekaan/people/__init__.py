"""Pupils, staff, parents and carers, and the groups they belong to. A person outlives an enrolment."""
