"""The one place where the server asks for an address that is not its own: a school's website, links of its library, a service.

HTTP and HTTPS only, at their own ports, on the one host that is named or, for links that lead anywhere, on any name of
the public internet; only public addresses, looked at after every resolution and redirect, and the connection is made to
the very address that was looked at; limits of size and time; robots.txt respected by whoever asks; a polite name.
Listed in docs/care.md.
"""
