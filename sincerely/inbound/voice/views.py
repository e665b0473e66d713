"""What the telephony provider calls: each answer says what it does next. Nobody else gets in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sincerely.accounts.models import Employer
from sincerely.hiring.phone_line import employer_called
from sincerely.inbound.voice import prompts
from sincerely.inbound.voice.call import carried_by, number_called, read_call
from sincerely.inbound.voice.carried import Carried, NotCarried
from sincerely.inbound.voice.dialogue import LATER, STEPS
from sincerely.inbound.voice.signature import HEADER, is_signed
from sincerely.inbound.voice.twiml import Verb, write
from sincerely.kernel.failures import note_failure


# No CSRF token: the provider's signature is checked instead, and no cookie plays a part.
@csrf_exempt
@require_POST
@never_cache
def step(request: HttpRequest, step: str = "begin") -> HttpResponse:
    """One step of a call, or what the provider tells later."""
    try:
        carried, is_ours = carried_by(request), True
    except NotCarried:
        carried, is_ours = None, False
    if not is_from_provider(request, number_called(request, carried)):
        return HttpResponse(status=403)
    if step in LATER:
        return _later(request, step, carried)
    if step not in STEPS:
        raise Http404
    return _answer(request, step, carried) if is_ours else _say(prompts.TOO_LONG)


def is_from_provider(request: HttpRequest, number: str) -> bool:
    """Whether the provider of the number that was called has signed the request. PUBLIC_URL says
    to which address it was sent, whatever stands between."""
    own = settings.VOICE_AUTH_TOKEN_OF.get(number)
    tokens = [own] if own else settings.VOICE_AUTH_TOKENS
    address = settings.PUBLIC_URL + request.get_full_path()
    fields = dict(request.POST.lists())
    return is_signed(request.headers.get(HEADER, ""), address, fields, tokens)  # type: ignore[arg-type]


def _answer(request: HttpRequest, step: str, carried: Carried | None) -> HttpResponse:
    employer = None
    try:
        employer = employer_called(number_called(request, carried))
        if employer is None:
            return _say(prompts.NOBODYS)
        with _acting_for(employer):
            verbs = STEPS[step](read_call(request, employer, carried))
    except NotCarried:
        verbs = [prompts.TOO_LONG]
    except Exception as error:
        # To the provider an error page says nothing, and the caller would hear a robot give up.
        verbs = [prompts.fault(note_failure(request, error))]
    return _say(*verbs, employer=employer)


def _later(request: HttpRequest, step: str, carried: Carried | None) -> HttpResponse:
    """Nobody listens any more. What was carried by nobody, or too long ago, changes nothing."""
    employer = employer_called(carried.number) if carried else None
    if employer:
        with _acting_for(employer), suppress(NotCarried):
            LATER[step](read_call(request, employer, carried))
    return HttpResponse(status=204)


@contextmanager
def _acting_for(employer: Employer) -> Iterator[None]:
    with employer.scope(), timezone.override(ZoneInfo(employer.time_zone)):
        yield


def _say(*verbs: Verb, employer: Employer | None = None) -> HttpResponse:
    body = write(list(verbs), language=prompts.language_of(employer))
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
