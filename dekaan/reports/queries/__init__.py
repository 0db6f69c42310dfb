"""Reading reports: the papers issued, and what a paper of today would say, a file for each of its parts."""
