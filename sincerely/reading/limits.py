"""How much of a stranger's file we are willing to look at."""

from __future__ import annotations

MAX_UPLOAD_BYTES = 10 * 1024 * 1024
"""Size of one uploaded document."""

MAX_PAGES = 100
"""Pages read of one PDF; the rest is left out and the text marked as truncated."""

MAX_CHARACTERS = 300_000
"""Characters kept of one document; about a hundred dense pages."""

MAX_UNPACKED_BYTES = 100 * 1024 * 1024
"""What all members of a zip may claim to unpack to, together."""

MAX_XML_BYTES = 30 * 1024 * 1024
"""What is unpacked of one XML member before we give up on it."""

MAX_ZIP_MEMBERS = 5_000
MAX_ZIP_DIRECTORY_BYTES = 2 * 1024 * 1024

MAX_XML_DEPTH = 400
"""Nesting of elements; Word's own documents stay below 60."""

MAX_LINKS = 200
"""Hyperlinks kept of one document."""
