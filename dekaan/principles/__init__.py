"""The six key principles, checked against what a school holds, and the milestones of leading careers. No tables of its own."""
