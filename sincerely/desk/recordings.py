"""What applicants left on the phone line: to listen to, for those who answer follow-ups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.documents.models import Document
from sincerely.hiring.models import Application, FollowUp, Recording
from sincerely.hiring.models.follow_up import ALWAYS_OPEN

_SOUNDS = {"wav": "audio/wav", "mp3": "audio/mpeg"}
# Opened by itself it is a player of the browser's own, and nothing else.
_LOCKED = "default-src 'none'; media-src 'self'; frame-ancestors 'none'"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def by_follow_up(follow_ups: Iterable[FollowUp]) -> dict[UUID, list[Recording]]:
    """What was said about each on the phone line; one statement, or none."""
    # Also about what was written: who needs something may add to it by phone.
    spoken = [
        each.pk
        for each in follow_ups
        if each.channel == FollowUp.Channel.VOICEMAIL or each.topic in ALWAYS_OPEN
    ]
    if not spoken:
        return {}
    return grouped(Recording.objects.filter(follow_up__in=spoken).order_by("at"))


def grouped(recordings: Iterable[Recording]) -> dict[Any, list[Recording]]:
    """By follow-up."""
    groups: dict[Any, list[Recording]] = {}
    for each in recordings:
        groups.setdefault(each.follow_up_id, []).append(each)
    return groups


def recordings_of(application: Application) -> list[Recording]:
    """All of them, oldest first."""
    return list(Recording.objects.filter(application=application).order_by("at"))


@desk_view(recruits=True)
def recording(request: DeskRequest, reference: str, recording_id: UUID) -> HttpResponse:
    """The sound, or the part of it that a player asks for."""
    application = application_or_404(request, reference)
    rows = Recording.objects.filter(application=application, document__isnull=False)
    found = get_object_or_404(rows.select_related("document"), pk=recording_id)
    response = _part(request, found.document)
    name = f"voicemail-{application.reference}.{found.document.kind}"
    response["Content-Type"] = _SOUNDS.get(found.document.kind, "application/octet-stream")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Security-Policy"] = _LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    return response


def _part(request: DeskRequest, document: Document) -> HttpResponse:
    """Some players play nothing, and none can wind, where parts cannot be asked for (RFC 9110, 14);
    anything but one plain range is answered with the whole."""
    size = document.size
    first, last, is_part = _asked_for(request.headers.get("Range", ""), size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    try:
        with document.open() as file:
            file.seek(first)
            content = file.read(last - first + 1)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, status=206 if is_part else 200)
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _asked_for(header: str, size: int) -> tuple[int, int, bool]:
    """First and last byte, and whether a part was asked for; the first lies behind the last where
    there is no such part."""
    found = _RANGE.fullmatch(header)
    if not found or not any(found.groups()):
        return 0, size - 1, False
    begin, end = found.groups()
    if not begin:
        return max(size - int(end), 0), size - 1, True
    if end and int(end) < int(begin):
        return 0, size - 1, False
    return int(begin), min(int(end or size), size - 1), True
