"""`/sink/`: the mail that the demo delivered. Everybody may read it, so only the demo has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sincerely.outbox.sink.answering import answer
from sincerely.outbox.sink.maildir import Kept, Maildir

# The mail's own page: nothing is loaded, no script runs, its links open outside of the frame.
HTML_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
LONGEST_ANSWER = 20_000
HEADERS = ("From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted")
ENVELOPE = ("Return-Path", "X-Envelope-To")


def in_demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **named)

    return never_cache(guarded)


@require_safe
@in_demo_only
def sink(request: HttpRequest) -> HttpResponse:
    mails = [_summary(kept) for kept in Maildir(settings.SINK_FOLDER).newest(200)]
    return render(request, "operator/sink.html", {"mails": mails})


@require_safe
@in_demo_only
def sink_mail(request: HttpRequest, *, name: str) -> HttpResponse:
    kept = _kept(name)
    context = {
        "kept": kept,
        "summary": _summary(kept),
        "headers": _headers(kept, HEADERS),
        "envelope": _headers(kept, ENVELOPE),
        "text": kept.body("plain"),
        "has_html": bool(kept.body("html")),
        "may_answer": bool(settings.REPLY_DOMAIN)
        and f"@{settings.REPLY_DOMAIN}" in str(kept.mail["Reply-To"]),
    }
    return render(request, "operator/sink_mail.html", context)


@require_safe
@in_demo_only
def sink_html(request: HttpRequest, *, name: str) -> HttpResponse:
    page = _kept(name).body("html")
    page = page.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(page, headers={"Content-Security-Policy": HTML_POLICY})


@require_POST
@in_demo_only
def sink_answer(request: HttpRequest, *, name: str) -> HttpResponse:
    """Answer as the person who got the mail."""
    try:
        answer(_kept(name), request.POST.get("text", "")[:LONGEST_ANSWER])
        messages.success(request, "Sent. What comes of it is here in a moment.")
    except OSError as error:
        messages.error(request, f"Nobody took it: {error}. Is `sincerely mailin` running?")
    return redirect("sink")


@require_safe
@in_demo_only
def sink_raw(request: HttpRequest, *, name: str) -> HttpResponse:
    return HttpResponse(_kept(name).raw, content_type="text/plain; charset=utf-8")


def _kept(name: str) -> Kept:
    if kept := Maildir(settings.SINK_FOLDER).get(name):
        return kept
    raise Http404


def _summary(kept: Kept) -> dict[str, Any]:
    return {
        "name": kept.name,
        "at": dt.datetime.fromtimestamp(kept.arrived, dt.UTC),
        "from": str(kept.mail["From"] or ""),
        "to": str(kept.mail["To"] or ""),
        "subject": str(kept.mail["Subject"] or "(no subject)"),
    }


def _headers(kept: Kept, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, str(kept.mail[name])) for name in names if kept.mail[name]]
