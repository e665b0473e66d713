"""A mail server for the demo and the tests: takes every mail, keeps it, and reports on it.

It stands where a real provider stands: it speaks SMTP with delivery reports (RFC 3461) and sends
genuine reports (RFC 3464) back to the envelope sender through `mailin`.
"""
