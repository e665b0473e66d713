"""Mallory, who is a member of another employer, walks every address of the product.

New addresses are covered by themselves. A new word in an address must be given a value in `known`
below, and a new door must say in DOORS who may enter it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLPattern, URLResolver

from sincerely.accounts.models import Identity, Membership
from sincerely.documents.models import Document
from sincerely.hiring.asking import ask
from sincerely.hiring.by_voice import Left, hear_voicemail
from sincerely.hiring.models import (
    Application,
    ApplicationDraft,
    BulkDecision,
    Call,
    Failure,
    Hold,
    Job,
    PolicyVersion,
)
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel import clock
from sincerely.outbox.models import Suppression
from tests.desk.conftest import signed_in
from tests.hiring.meetings import agreed
from tests.inbound.kept import kept_mail

MEMBERS, PUBLIC = "members only: 404 for everybody else", "public: shows nobody's application"
# How an address begins → who may enter. The longest beginning counts.
DOORS = {
    "desk/<slug:employer>/": MEMBERS,
    "desk/": PUBLIC,  # the choice between one's own desks
    "accounts/": PUBLIC,  # one's own login
    "hooks/voice/": PUBLIC,  # signed by the provider: tests/inbound/voice has who may enter
    "operator/": PUBLIC,  # tests/operator has who may enter
    "": PUBLIC,
}
_PLACE = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every route below a resolver, as it is written in the URL lists."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern) and isinstance(entry.pattern, RoutePattern):
            yield route


ROUTES = sorted(set(addresses(get_resolver())))


def door_of(route: str) -> str:
    return DOORS[max((door for door in DOORS if route.startswith(door)), key=len)]


CLOSED = [route for route in ROUTES if door_of(route) == MEMBERS]
OPEN = [route for route in ROUTES if door_of(route) == PUBLIC]


@pytest.fixture
def known(
    cook: Job, jo: Application, resume: Document, rosa: Identity, refer: Any
) -> dict[str, Any]:
    """Real rows of the diner for every word that stands in an address."""
    with jo.employer.scope():
        message = jo.messages().first()
        vouch = refer().vouches.get()
        left = {"call": "CA1", "sid": "RE1", "number": "", "account": "", "address": ""}
        recording, _ = hear_voicemail(jo, Left(**left, seconds=9))
        recording.keep(resume)
        call = jo.log_call(Call.Kind.CALL, by=rosa)
        asked = ask(jo, Topic.ADJUSTMENT, text="Is there a lift?")
        draft = ApplicationDraft.objects.create(job=cook, name="Late Lee", email="lee@example.org")
        decision = BulkDecision.objects.create(made={str(jo.pk): ""}, by="Rosa")
        tomorrow = clock.today("UTC") + dt.timedelta(days=1)
        hold = Hold.objects.put(rosa, "due", jo.pk, until=tomorrow)
        policy = PolicyVersion.objects.create(job=cook)
        failure = Failure.objects.create(
            job=cook, code="K7X-4QD", failed_at=clock.now(), escalated_at=clock.now()
        )
        stop = Suppression.objects.suppress("jo@example.org", "asked us to stop", by=rosa)
        jo.move(jo.employer.stages.get(name="Interview"), by=rosa)
        interview = agreed(jo, by=rosa, start=clock.now() + dt.timedelta(days=2))
    return {
        "employer": jo.employer.slug,
        "slug": cook.slug,
        "reference": jo.reference,
        "document_id": resume.pk,
        "message_id": message.pk,
        "call_id": call.pk,
        "recording_id": recording.pk,
        "draft_id": draft.pk,
        "mail_id": kept_mail(jo.employer).pk,
        "hold_id": hold.pk,
        "vouch_id": vouch.pk,
        "decision_id": decision.pk,
        "follow_up_id": asked.pk,
        "failure_id": failure.pk,
        "stage_id": jo.stage_id,
        "interview_id": interview.pk,
        "version_id": policy.pk,
        "membership_id": Membership.objects.get(identity=rosa).pk,
        "kind": "declined",
        "figure": "promises",
        "part": "greeting",
        "provider": "mailgun",
        "suppression_id": stop.pk,
        # Of public addresses: nothing that was signed, handed out, or belongs to another login.
        "token": "not-a-token",
        "key": "not-a-key",
        "signed": "not-signed",
        "code": "K7X-4QD",
        "name": "nothing",
        "step": "pin",
        "pk": 1,
    }


def filled(route: str, known: dict[str, Any]) -> str:
    def value(place: re.Match[str]) -> str:
        if place["name"] not in known:
            pytest.fail(
                f"{route} has a word that tests/desk/test_strangers.py does not know: "
                f"give `{place['name']}` a value of the diner's in the fixture `known`."
            )
        return str(known[place["name"]])

    return "/" + _PLACE.sub(value, route)


def outcomes(client: Client, address: str) -> dict[str, int]:
    return {
        method: getattr(client, method)(address).status_code
        for method in ("get", "post", "put", "delete")
    }


def tells_of(application: Application, response: Any) -> bool:
    """Whether a page (one that did not fail) names an applicant."""
    assert response.status_code < 500
    body = b"" if response.streaming else response.content
    return application.email.encode() in body or application.reference.encode() in body


def test_there_are_addresses_to_walk() -> None:
    assert len(CLOSED) > 10


def test_a_member_of_another_employer_finds_nothing(
    known: dict[str, Any], mallory: Identity
) -> None:
    client = signed_in(mallory)
    let_in = {
        route: answers
        for route in CLOSED
        if set((answers := outcomes(client, filled(route, known))).values()) != {404}
    }
    assert let_in == {}


def test_who_is_not_signed_in_is_asked_to(known: dict[str, Any]) -> None:
    answers = {route: Client().get(filled(route, known)) for route in CLOSED}
    assert {
        route
        for route, answer in answers.items()
        if not answer.headers.get("Location", "").startswith("/accounts/login/")
    } == set()


def test_a_hiring_manager_finds_nothing_of_a_job_that_is_not_theirs(
    known: dict[str, Any], hugo: Identity
) -> None:
    client = signed_in(hugo)
    let_in = {
        route: answers
        for route in CLOSED
        if {"reference", "slug", "follow_up_id"}
        & {place["name"] for place in _PLACE.finditer(route)}
        and set((answers := outcomes(client, filled(route, known))).values()) != {404}
    }
    assert let_in == {}


def test_no_page_tells_a_hiring_manager_of_a_job_that_is_not_theirs(
    known: dict[str, Any], hugo: Identity, jo: Application
) -> None:
    client = signed_in(hugo)
    telling = {
        route for route in CLOSED if tells_of(jo, client.get(filled(route, known), {"q": "Smith"}))
    }
    assert telling == set()


def test_no_public_page_shows_an_application(
    known: dict[str, Any], mallory: Identity, jo: Application
) -> None:
    client = signed_in(mallory)
    telling = {route for route in OPEN if tells_of(jo, client.get(filled(route, known)))}
    assert telling == set()


def test_a_stranger_cannot_tell_an_address_that_exists_from_one_that_does_not(
    jo: Application, mallory: Identity, page_of: Any
) -> None:
    there = signed_in(mallory).get(page_of(jo))
    nowhere = signed_in(mallory).get("/desk/blue-spoon/applications/1234567890/")
    assert there.content == nowhere.content
