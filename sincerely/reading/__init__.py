"""Turns what people send us into plain data: bytes in, dataclasses out.

Pure: no Django, no clock, no database, no files of its own. Everything here may be handed
hostile bytes, so every reader is bounded and answers bad data with a named problem, never
with an exception.
"""
