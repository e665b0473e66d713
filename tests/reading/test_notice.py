"""Bounces in plain words, in the forms that mail servers have given them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sincerely.reading.bounce import read_bounce
from tests.reading.letters import ENVELOPE, letter

DAEMON = {"From": "MAILER-DAEMON@mx.example.org", "Subject": "failure notice", "To": ENVELOPE}


@pytest.mark.parametrize(
    "said",
    [
        "Hi. This is qmail.\nI was not able to deliver it.\n\n<jo@example.org>:\nNo mailbox here.",
        "The following address(es) failed:\n\n  jo@example.org\n    550 unknown user",
        "<jo@example.org>: host mx.example.org said: 550 5.1.1\n    <jo@example.org>... unknown",
        "   ----- The following addresses had permanent fatal errors -----\n<jo@example.org>\n",
        "did not reach the following recipient(s):\n\nJO@EXAMPLE.ORG on Mon, 2 Nov 2026 09:00",
        "c=US;a= ;p=BLUE;dda:SMTP=jo@example.org; on Mon\n    The name is not recognised",
        "Delivery has failed to these recipients:\n\nJo Smith (jo@example.org)\nNot found.",
        "Your message wasn't delivered to jo@example.org because the address couldn't be found.",
        "was not delivered to:\n  jo@example.org\nbecause:\n  User jo not listed in Directory",
        "The message was undeliverable to the following:\n\tjo@example.org (user not found)",
        "Unknown user: jo@example.org\n\nRCPT TO got this response:\n553 <jo@example.org>",
        "--> Error description:\n\nError-for:  jo@example.org\nError-Code: 3",
        "    Recipient: <jo@example.org>\n    >>> RCPT TO:<jo@example.org>\n    <<< 550 unknown",
        "以下のメールアドレスへの送信に失敗しました。\njo@example.org",
        "User's mailbox is full: <jo@example.org>\nUnable to deliver mail.",
        "Error.\n  MAIL FROM: us@example.net\n  RCPT TO: jo@example.org\n550 no such user",
        "<html><body><p>I could not deliver it to:</p><br>jo@example.org<br></body></html>",
    ],
)
def test_the_failed_address_is_found(said: str) -> None:
    kind = "text/html" if said.startswith("<html") else "text/plain; charset=utf-8"
    ours = "\n\n----- Original message -----\nFrom: us@example.net\nTo: jo@example.org\n"
    bounce = read_bounce(letter({**DAEMON, "Content-Type": kind}, said + ours))
    assert bounce.kind == "failed"
    assert [address.lower() for address in bounce.recipients] == ["jo@example.org"]
    assert not bounce.may_answer


def test_several_addresses_are_found_each_once() -> None:
    said = "Failed:\n\n<jo@example.org>:\nfull\n\n<hugo@example.org>:\nfull\n\n<Jo@example.org>"
    assert read_bounce(letter(DAEMON, said)).recipients == ("jo@example.org", "hugo@example.org")


def test_who_runs_the_server_is_not_who_could_not_be_reached() -> None:
    said = "Not delivered.\nFor help, contact admin@mx.example.org\n\n<jo@example.org>: no"
    assert read_bounce(letter(DAEMON, said)).recipients == ("jo@example.org",)


def test_an_example_in_the_advice_is_nobody_s_address() -> None:
    said = "Not delivered: no match.\nIf jo.smith@example.org fails, try j.smith@example.org."
    assert read_bounce(letter(DAEMON, said)).recipients == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            "has not yet been delivered to:\n  jo@example.org\nDelivery attempts will continue.",
            "delayed",
        ),
        ("could not be delivered for 4 hours; we will keep trying:\n  jo@example.org", "delayed"),
        ("Eventually it will give up. No action is required:\n  jo@example.org", "delayed"),
        (
            "I'm not going to try again; it has been in the queue too long:\n<jo@example.org>",
            "failed",
        ),
    ],
)
def test_a_server_that_still_tries_is_told_from_one_that_gave_up(said: str, kind: str) -> None:
    assert read_bounce(letter(DAEMON, said)).kind == kind


def test_the_server_s_own_header_is_believed_first() -> None:
    headers = {**DAEMON, "X-Failed-Recipients": "jo@example.org, hugo@example.org"}
    bounce = read_bounce(letter(headers, "Failed:\n  rosa@example.org"))
    assert bounce.recipients == ("jo@example.org", "hugo@example.org")


def test_whom_the_returned_message_went_to_is_a_guess_unless_the_server_names_the_domain() -> None:
    ours = "\n--- Below this line is a copy of the message.\n\nTo: jo@example.org\n"
    named = read_bounce(
        letter(DAEMON, f"421 example.org: Connection timed out, cannot send.{ours}")
    )
    assert named.recipients == ("jo@example.org",)
    assert read_bounce(letter(DAEMON, f"It could not be delivered.{ours}")).recipients == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"Subject": "Delivery failed"},
        {"Subject": "Undeliverable: my application", "In-Reply-To": "<receipt@mail.example.net>"},
    ],
)
def test_a_person_who_pastes_a_bounce_is_heard(headers: dict[str, str]) -> None:
    said = "Hello, my mail came back:\n\n<jobs@example.net>: 550 unknown\n\nIs it still open?"
    bounce = read_bounce(letter(headers, said))
    assert (bounce.kind, bounce.recipients, bounce.may_answer) == ("none", (), True)


def test_a_report_that_a_filter_wrapped_is_unwrapped() -> None:
    inner = (
        "From: postmaster@mx.example.org\nTo: us@example.net\nSubject: Failure\n"
        'Content-Type: multipart/report; boundary="in"\n\n--in\n'
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822;jo@example.org\nAction: failed\nStatus: 5.1.1\n\n--in--\n"
    )
    raw = (
        "From: postmaster@mx.example.org\nTo: us@example.net\nSubject: Failure\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="out"\n\n--out\nContent-Type: message/rfc822\n\n'
        f"{inner}\n--out\nContent-Type: text/plain\n\nThis e-mail is confidential.\n\n--out--\n"
    )
    bounce = read_bounce(raw.encode())
    assert (bounce.kind, bounce.recipients) == ("failed", ("jo@example.org",))
    forwarded = raw.replace("From: postmaster@mx.example.org", "From: hugo@example.com", 1)
    assert read_bounce(forwarded.encode()).kind == "none"


def test_a_mail_with_the_line_ends_of_an_old_macintosh_is_read() -> None:
    raw = letter(DAEMON, "I could not deliver it.\n\n<jo@example.org>:\nfull").replace(b"\n", b"\r")
    assert read_bounce(raw).recipients == ("jo@example.org",)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>@.':=\\n aA1é-_+…", max_size=2_000))
def test_no_words_raise(said: str) -> None:
    read_bounce(letter(DAEMON, said))
