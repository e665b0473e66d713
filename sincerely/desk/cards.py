"""Cards of the board as HTML, made without a template.

A board has up to a hundred of them. As a template with its includes they took three quarters of
the page's time; this is the one place where that is worth markup in Python.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sincerely.desk.access import DeskRequest
from sincerely.hiring.board import Card, Column
from sincerely.hiring.models import Job
from sincerely.kernel import clock

_CARD = (
    '<li class="card{late}" id="card-{reference}">'
    '{pick}<a class="card-name" href="{page}"{focus}>{name}</a>{move}'
    '<div class="card-clock"><span>{here}</span>{unreached}{clock}{law}</div></li>'
)
# Belongs to the form of desk/bulk/bar.html.
_PICK = (
    '<label class="card-pick"><input class="pick" type="checkbox" form="bulk" name="a" '
    'value="{reference}"><span class="unseen">Select {name}</span></label>'
)
_MOVE = (
    '<a class="button button-plain card-move" href="{page}move/" hx-get="{page}move/">Move'
    '<span class="unseen"> {name}</span></a>'
)
_MORE = (
    '<li class="column-more"><a class="button button-plain button-small button-wide" '
    'href="{address}" hx-get="{address}" hx-target="closest li" hx-swap="outerHTML">Show more'
    '<span class="unseen"> in {stage}</span></a></li>'
)
_TIME = (
    '<time datetime="{day:%Y-%m-%d}" title="{day:%A}, {day.day} {day:%B} {day.year}">{words}</time>'
)


def cards_html(
    request: DeskRequest, job: Job, column: Column, *, focus_first: bool = False
) -> SafeString:
    """The cards of a column, and the link to the next ones where there are any.

    `focus_first` puts the focus on the first, which came in the place of what had it.
    """
    cards = [
        card_html(request, card, focus=focus_first and not at)
        for at, card in enumerate(column.cards)
    ]
    return _joined([*cards, _more(request, job, column)] if column.after else cards)


def card_html(request: DeskRequest, card: Card, *, focus: bool = False) -> SafeString:
    """One card. Only who recruits may move it, and sees that our mail did not arrive."""
    recruits = request.membership.recruits
    page, name = f"{_desk(request.employer.slug)}applications/{card.reference}/", escape(card.name)
    lost = f'<span class="late">{_icon("bounced")} Our mail did not arrive</span>'
    html = _CARD.format(
        late=" card-late" if card.is_late else "",
        reference=card.reference,
        page=page,
        focus=" autofocus" if focus else "",
        name=name,
        pick=_PICK.format(reference=card.reference, name=name) if recruits else "",
        move=_MOVE.format(page=page, name=name) if recruits else "",
        here=_here(card.days_here),
        unreached=lost if card.unreached and recruits else "",
        clock=_clock(card),
        law=_law(card, clock.today(request.employer.time_zone)) if card.by_law else "",
    )
    return mark_safe(html)  # noqa: S308 - all that came from people is escaped above


def _more(request: DeskRequest, job: Job, column: Column) -> SafeString:
    known = {"employer": request.employer.slug, "slug": job.slug, "stage_id": column.stage.pk}
    address = f"{reverse('desk:column', kwargs=known)}?after={column.after}"
    return mark_safe(_MORE.format(address=address, stage=escape(column.stage.name)))  # noqa: S308


def _here(days: int) -> str:
    if days < 1:
        return "Here since today"
    return f"{days} day{'' if days == 1 else 's'} here"


def _clock(card: Card) -> str:
    if card.due_on is None:
        return f'<span class="late">{_icon("warning")} No date promised</span>'
    day = _day(card.due_on)
    if card.is_late:
        return f'<span class="late">{_icon("late")} Late: promised {day}</span>'
    if card.is_due:
        return f'<span class="due">{_icon("clock")} Hears by today</span>'
    return f"<span>hears by {day}</span>"


def _law(card: Card, today: dt.date) -> str:
    assert card.by_law is not None
    if card.by_law < today:
        return f'<span class="late">{_icon("warning")} By law told by {_day(card.by_law)}</span>'
    return f"<span>by law told by {_day(card.by_law)}</span>"


@cache
def _icon(name: str) -> str:
    return render_to_string("icon.html", {"name": name}).strip()


@cache
def _desk(slug: str) -> str:
    return reverse("desk:today", kwargs={"employer": slug})


def _day(day: dt.date) -> str:
    return _TIME.format(day=day, words=f"{day:%a}, {day.day} {day:%b}")


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("\n".join(parts))  # noqa: S308 - each is safe
