"""Trouble with the application system: whom to ask, what to tell them, and what is safe.

The person who applies gets the operator's own channels: an employer cannot see what went wrong
here, and should not be called for it (docs/protocol.md, incident-support).
"""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from sincerely.kernel.context import support

_CODE = re.compile(r"[2-9A-Z]{3}-[2-9A-Z]{3}")
_LETTER = """What I did:

What I saw:

When:
"""


def support_page(request: HttpRequest, code: str = "") -> HttpResponse:
    """What to do now, with the code of an error page where there was one."""
    code = code.upper()
    if code and not _CODE.fullmatch(code):
        raise Http404
    subject = f"Trouble with an application ({code})" if code else "Trouble with an application"
    letter = urlencode({"subject": subject, "body": _LETTER}).replace("+", "%20")
    mailto = f"mailto:{support(request)['support_email']}?{letter}"
    return render(request, "operator/help.html", {"code": code, "mailto": mailto})
