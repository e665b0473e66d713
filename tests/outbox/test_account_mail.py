from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.kernel import clock
from sincerely.outbox.jobs import NotYet, forget_account_mail
from sincerely.outbox.models import AccountMail
from tests.outbox.mail_server import Manners

Run = Callable[..., list[str]]


def ask_for_a_code(client: Client, rosa: Identity) -> None:
    answer = client.post("/accounts/login/code/", {"email": rosa.email})
    assert answer.status_code == 302


def test_a_login_code_goes_out_by_a_job(
    client: Client, rosa: Identity, run_jobs: Run, mail_server: Manners
) -> None:
    ask_for_a_code(client, rosa)
    assert mail_server.got == []
    assert "deliver_account" in run_jobs()
    (got,) = mail_server.got
    assert got.recipients == [rosa.email]
    assert got.mail["Auto-Submitted"] == "auto-generated"
    assert got.mail["Message-ID"].endswith("@localhost>")
    assert not AccountMail.objects.exists()


def test_a_page_that_sends_mail_does_not_wait_for_the_mail_server(
    client: Client, rosa: Identity, no_mail_server: None
) -> None:
    ask_for_a_code(client, rosa)
    mail = AccountMail.objects.get()
    assert message_from_bytes(bytes(mail.raw), policy=policy.default)["To"] == rosa.email


def test_a_code_that_could_not_be_sent_is_kept_for_the_next_try(
    client: Client, rosa: Identity, run_jobs: Run, no_mail_server: None
) -> None:
    ask_for_a_code(client, rosa)
    with pytest.raises(NotYet, match="ConnectionRefused"):
        run_jobs()
    assert AccountMail.objects.exists()


def test_what_was_never_sent_is_forgotten_in_the_end(
    client: Client, rosa: Identity, no_mail_server: None
) -> None:
    ask_for_a_code(client, rosa)
    forget_account_mail.func(timestamp=0)
    assert AccountMail.objects.exists()
    with clock.clock_at(clock.now() + dt.timedelta(hours=13)):
        forget_account_mail.func(timestamp=0)
    assert not AccountMail.objects.exists()
