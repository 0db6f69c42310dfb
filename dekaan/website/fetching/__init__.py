"""The one place where the server asks for an address that a person gave: the school's registered website, and no other.

HTTP and HTTPS only, at their own ports, on the registered host; only public addresses, looked at after every resolution
and redirect, and the connection is made to the very address that was looked at; limits of size and time; robots.txt
respected; a polite name. Listed in docs/care.md.
"""
