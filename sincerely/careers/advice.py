"""“Should I call?” For any employer and without a login; the answers are in the address alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sincerely.careers.advice_calendar import calendar_file
from sincerely.careers.advice_page import address, context_of
from sincerely.hiring.advice import advice_on, inquiry_of
from sincerely.hiring.tone_check import LONGEST_DRAFT, check_tone
from sincerely.kernel.text import some_lines


@require_safe
@never_cache
def advice(request: Any) -> HttpResponse:
    """The next question, or the verdict; 400 with the question that has a wrong answer."""
    inquiry = inquiry_of(request.GET.dict()).missing(request.GET.get("form", ""))
    context = context_of(inquiry, request.GET.get("ask", ""))
    # A step of the form puts the focus at its result, also where the browser loaded the whole page.
    context["focus_heading"] = bool(request.htmx) or "form" in request.GET
    template = "step" if request.htmx else "page"
    status = 400 if inquiry.problems else 200
    response = render(request, f"careers/advice/{template}.html", context, status=status)
    response["HX-Push-Url"] = "false" if inquiry.problems else context["here"]
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@never_cache
def calendar(request: HttpRequest) -> HttpResponse:
    """The day on which the next step opens, as a file for a calendar."""
    inquiry = inquiry_of(request.GET.dict())
    page = address(inquiry.answers)
    if inquiry.problems or inquiry.open_question:
        return redirect(page)
    advice = advice_on(inquiry)
    if advice.remind_on is None:
        return redirect(page)
    content = calendar_file(inquiry, advice, request.build_absolute_uri(page))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ask-{advice.remind_on}.ics"'
    return response


# No CSRF token: nothing is stored or changed, and nobody is signed in.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tone(request: Any) -> HttpResponse:
    """The tone of somebody's own draft; the answers in the address lead back to the verdict."""
    inquiry = inquiry_of(request.GET.dict())
    text = some_lines(request.POST.get("text", ""))
    kind = "speech" if request.POST.get("kind") == "speech" else "email"
    context: dict[str, Any] = {
        "text": text,
        "kind": kind,
        "tone_action": address(inquiry.answers, "advice_tone"),
        "back": address(inquiry.answers),
        "start": address({}),
        "has_answers": "sent" in inquiry.answers,
    }
    if request.method == "POST":
        context |= _checked(text, kind)
    template = "tone" if request.htmx else "tone_page"
    status = 422 if "tone_problem" in context else 200
    return render(request, f"careers/advice/{template}.html", context, status=status)


def _checked(text: str, kind: str) -> dict[str, Any]:
    if not text:
        return {"tone_problem": "There is no text yet. Paste or write what you would send."}
    if len(text) > LONGEST_DRAFT:
        return {
            "tone_problem": f"These are {len(text):,} characters, and {LONGEST_DRAFT:,} can be read"
            " at once. A question like yours needs about 60 words."
        }
    return {"tone": check_tone(text, spoken=kind == "speech")}
