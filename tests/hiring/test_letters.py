"""Every mail about one application stands in one thread, and none offers to unsubscribe."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity, Role
from sincerely.hiring import late_drafts
from sincerely.hiring.compose import compose_reply
from sincerely.hiring.letters import send
from sincerely.hiring.link_again import send_link
from sincerely.hiring.members import invite
from sincerely.hiring.models import Application, ApplicationDraft, Job, Referral
from sincerely.hiring.wording import LABELS, Wording
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Answer, Message
from tests.hiring.test_quiet_hours import LATE, MORNING

# As long as Exchange makes them, which some mail programs break in two.
LONG_ID = f"<{'DB9PR01MB7323' * 4}@EURP190.PROD.OUTLOOK.COM>"
assert len(LONG_ID) == 79


def headers(message: Message, name: str) -> list[str]:
    """As they went over the wire, unfolded as RFC 5322 (2.2.3) has it."""
    found = message_from_bytes(bytes(message.raw)).get_all(name, [])
    return [value.replace("\r\n", "") for value in found]


def newest(application: Application, kind: str) -> Message:
    return application.messages().filter(kind=kind).newest_first()[0]


@pytest.fixture
def jo_at_diner(at_diner: Employer, jo: Application) -> Application:
    return jo


def test_the_receipt_is_the_root_and_every_later_mail_refers_to_it(
    jo_at_diner: Application, rosa: Identity, at_diner: Employer
) -> None:
    receipt = jo_at_diner.receipt
    assert receipt
    assert headers(receipt, "References") == headers(receipt, "In-Reply-To") == []
    jo_at_diner.move(at_diner.stages.get(name="Interview"), by=rosa)
    send_link(jo_at_diner)
    jo_at_diner.decline(by=rosa)
    for kind in ("moved", "link", "declined"):
        later = newest(jo_at_diner, kind)
        assert headers(later, "References") == [receipt.message_id]
        assert headers(later, "In-Reply-To") == [receipt.message_id]


def test_an_answer_to_a_reply_stands_below_that_reply(
    jo_at_diner: Application, rosa: Identity
) -> None:
    receipt = jo_at_diner.receipt
    assert receipt
    Answer.objects.note(receipt, f" {LONG_ID}")
    send(jo_at_diner, "reply", compose_reply(jo_at_diner, "Yes, it is.", by=rosa))
    reply = newest(jo_at_diner, "reply")
    assert headers(reply, "In-Reply-To") == [LONG_ID]
    assert headers(reply, "References") == [f"{receipt.message_id} {LONG_ID}"]
    assert LONG_ID.encode() in bytes(reply.raw)  # neither folded nor encoded


def test_a_thread_survives_a_change_of_words(jo_at_diner: Application, rosa: Identity) -> None:
    closure = jo_at_diner.decline(by=rosa)
    assert closure.message
    closure.message.edit(text="Dear Jo, not this time.")
    assert headers(closure.message, "References") == [jo_at_diner.receipt.message_id]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "hostile",
    [
        "<a@b>\r\nBcc: everybody@example.org",
        "<a b@c>",
        "no id",
        "",
        "<\u2028@x>",
        f"<{'x' * 900}@b>",
    ],
)
def test_no_header_of_a_stranger_s_gets_into_ours(jo_at_diner: Application, hostile: str) -> None:
    Answer.objects.note(jo_at_diner.receipt, hostile)
    assert [row.mail_id for row in Answer.objects.all()] in ([], ["<a@b>"])


def test_a_mail_that_was_taken_back_is_no_root(
    cook: Job, apply: Callable[..., Application], at_diner: Employer, rosa: Identity
) -> None:
    walk_in = apply(cook, email="")
    Application.objects.filter(pk=walk_in.pk).update(email="jo@example.org")
    walk_in.refresh_from_db()
    walk_in.move(at_diner.stages.get(name="Interview"), by=rosa)
    walk_in.undo(by=rosa)
    walk_in.decline(by=rosa)
    assert headers(newest(walk_in, "declined"), "References") == []


def test_no_mail_about_an_application_offers_to_unsubscribe(jo_at_diner: Application) -> None:
    for kind in LABELS:
        message = send(jo_at_diner, kind, Wording("A subject", "A text"))
        assert message
        for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "Precedence"):
            assert headers(message, name) == []


def test_who_has_not_applied_is_not_written_to_at_night_either(
    at_diner: Employer, cook: Job, refer: Callable[..., Referral], rosa: Identity, ada: Identity
) -> None:
    at_diner.quiet_from, at_diner.quiet_until = LATE.time(), MORNING.time()
    at_diner.save()
    cook.employer = at_diner
    draft = ApplicationDraft.objects.create(job=cook, name="Jo Smith", email="jo@example.org")
    with clock_at(LATE):
        late_drafts.decline(draft, by=rosa, message=late_drafts.TOO_LATE)
        refer(cook)
        invite(at_diner, email="hugo@blue-spoon.example", name="Hugo", role=Role.RECRUITER, by=ada)
    held: dict[str, Any] = dict(Message.objects.values_list("kind", "hold_until"))
    waiting = {kind for kind, until in held.items() if until == MORNING}
    at_once = {kind for kind, until in held.items() if until is None}
    assert {"too_late", "referral"} <= waiting
    assert {"referral_thanks", "invitation"} <= at_once
