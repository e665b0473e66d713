from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sincerely.reading.bounce import read_bounce
from tests.reading.letters import (
    ENVELOPE,
    MESSAGE_ID,
    TOKEN,
    block,
    letter,
    nested,
    report,
)


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", "failed"),
        ("failed", "4.4.7", "failed"),  # given up after days: the action decides
        ("Failed (no such user)", "5.1.1", "failed"),
        ("delayed", "4.4.1", "delayed"),
        ("delivered", "2.0.0", "delivered"),
        ("relayed", "2.1.9", "relayed"),
        ("expanded", "2.1.5", "relayed"),
        ("", "5.2.2", "failed"),  # some servers forget the action
    ],
)
def test_a_report_says_what_became_of_our_message(action: str, status: str, kind: str) -> None:
    bounce = read_bounce(report(block(action, status)))
    assert bounce.kind == kind
    assert bounce.recipients == ("jo@example.org",)
    assert (bounce.status, bounce.message_id, bounce.token) == (status, MESSAGE_ID, TOKEN)
    assert not bounce.may_answer


def test_the_worst_outcome_counts_and_names_only_whom_it_concerns() -> None:
    raw = report(
        block("delivered", "2.0.0", "rosa@example.org"),
        block("failed", "5.1.1", "jo@example.org"),
        block("delayed", "4.2.1", "hugo@example.org"),
    )
    bounce = read_bounce(raw)
    assert (bounce.kind, bounce.recipients, bounce.status) == (
        "failed", ("jo@example.org",), "5.1.1",
    )  # fmt: skip


def test_the_address_we_wrote_to_is_named_not_where_it_was_forwarded() -> None:
    forwarded = block(
        "failed", "5.1.1", "old@other.example", Original_Recipient="rfc822;jo@example.org"
    )
    assert read_bounce(report(forwarded)).recipients == ("jo@example.org",)


@pytest.mark.parametrize(
    "raw",
    [
        report(block("failed", "5.1.1"), to=ENVELOPE.upper()),
        report(block("failed", "5.1.1"), to=f"Somebody <{ENVELOPE}>"),
        report(
            block("failed", "5.1.1"), to="x@example.net", about=f"Original-Envelope-Id: {TOKEN}"
        ),
        report(
            block("failed", "5.1.1"),
            to="x@example.net",
            original=f"Return-Path: <{ENVELOPE}>\nMessage-ID: {MESSAGE_ID}",
        ),
        b"Delivered-To: "
        + ENVELOPE.encode()
        + b"\n"
        + report(block("failed", "5.1.1"), to="x@example.net"),
    ],
)
def test_our_token_is_found_wherever_the_server_left_it(raw: bytes) -> None:
    assert read_bounce(raw).token == TOKEN


def test_a_report_that_knows_no_message_id_falls_back_to_what_it_answers() -> None:
    raw = b"In-Reply-To: <other@x.example>\n" + report(block("failed", "5.1.1"), original="none")
    assert read_bounce(raw).message_id == "<other@x.example>"


def test_a_whole_original_message_gives_its_message_id() -> None:
    raw = report(block("failed", "5.1.1"), original=f"From: a@b.example\nMessage-Id: {MESSAGE_ID}")
    raw = raw.replace(b"text/rfc822-headers", b"message/rfc822")
    assert read_bounce(raw).message_id == MESSAGE_ID


def test_a_report_in_base64_is_read() -> None:
    blocks = f"Reporting-MTA: dns; mx\n\n{block('failed', '5.1.1')}\n"
    coded = base64.encodebytes(blocks.encode()).decode()
    raw = report(about=coded, encoding="base64")
    assert (read_bounce(raw).kind, read_bounce(raw).recipients) == ("failed", ("jo@example.org",))


def test_a_report_without_the_block_about_the_message_is_read() -> None:
    assert read_bounce(report(block("failed", "5.1.1"), about="")).kind == "failed"


def test_folded_lines_and_windows_line_ends_are_read() -> None:
    reason = "smtp; 550 5.1.1\n no such user"
    raw = report(block("failed", "5.1.1", Diagnostic_Code=reason)).replace(b"\n", b"\r\n")
    assert read_bounce(raw).diagnostic == "smtp; 550 5.1.1 no such user"


def test_an_internationalised_report_is_read() -> None:
    raw = report(block("failed", "5.1.1", "josé@example.org"))
    raw = raw.replace(b"message/delivery-status", b"message/global-delivery-status")
    assert read_bounce(raw).recipients == ("josé@example.org",)


def test_a_bounce_that_somebody_merely_attached_is_none() -> None:
    inner = report(block("failed", "5.1.1")).decode()
    raw = (
        "From: Mallory <mallory@example.com>\nTo: jobs@example.net\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="outer"\n\n'
        f"--outer\nContent-Type: message/rfc822\n\n{inner}\n--outer--\n"
    ).encode()
    assert read_bounce(raw).kind == "none"


def test_a_report_without_any_outcome_is_none() -> None:
    assert read_bounce(report("Final-Recipient: rfc822; jo@example.org")).kind == "none"


def test_a_complaint_is_told_from_a_bounce() -> None:
    raw = (
        f"From: feedback@isp.example\nTo: abuse@example.net\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="xx"\n\n'
        "--xx\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
        f"Original-Mail-From: <{ENVELOPE}>\nOriginal-Rcpt-To: <jo@example.org>\n\n"
        f"--xx\nContent-Type: message/rfc822\n\nMessage-ID: {MESSAGE_ID}\n\nHi\n--xx--\n"
    ).encode()
    bounce = read_bounce(raw)
    assert (bounce.kind, bounce.recipients, bounce.token, bounce.message_id) == (
        "complaint", ("jo@example.org",), TOKEN, MESSAGE_ID,
    )  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated; owner=x"},
        {"X-Autoreply": "yes"},
        {"X-Autorespond": "away"},
        {"Precedence": "auto_reply"},
        {"X-Auto-Response-Suppress": "All"},
    ],
)
def test_an_automatic_reply_is_known_by_its_headers(headers: dict[str, str]) -> None:
    bounce = read_bounce(letter({"In-Reply-To": MESSAGE_ID, "To": ENVELOPE, **headers}))
    assert bounce.kind == "auto-reply"
    assert bounce.recipients == ("jo@example.org",)
    assert (bounce.message_id, bounce.token) == (MESSAGE_ID, TOKEN)
    assert not bounce.may_answer


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Auto-Submitted": "no"},
        {"Auto-Submitted": "No (a person)", "X-Auto-Response-Suppress": "OOF"},
        {"Subject": "Automatic reply: out of office"},  # a subject proves nothing
        {"X-Auto-Response-Suppress": "OOF"},  # a wish of its writer, not an answer
    ],
)
def test_a_person_is_a_person(headers: dict[str, str]) -> None:
    bounce = read_bounce(letter(headers))
    assert (bounce.kind, bounce.may_answer) == ("none", True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Precedence": "bulk"},
        {"List-Id": "<jobs.example.org>"},
        {"Return-Path": "<>"},
        {"From": ""},
    ],
)
def test_lists_and_senders_without_address_are_never_answered(headers: dict[str, str]) -> None:
    bounce = read_bounce(letter(headers))
    assert (bounce.kind, bounce.may_answer) == ("none", False)


@pytest.mark.parametrize(
    "raw",
    [
        b"X-Long: " + b"x" * 70_000 + b"\n\nbody",
        report(block("failed", "5.1.1")) + b"--xx\n" * 1_001,
        nested(60),
    ],
)
def test_mail_built_to_be_slow_is_refused_before_it_is_parsed(raw: bytes) -> None:
    bounce = read_bounce(raw)
    assert (bounce.kind, bounce.may_answer) == ("none", False)
    assert bounce.problem


def test_forty_levels_are_read() -> None:
    assert read_bounce(nested(40)).problem == ""


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=900), st.binary(max_size=60), st.booleans())
def test_a_mangled_report_never_raises(place: int, junk: bytes, cut: bool) -> None:
    raw = report(block("failed", "5.1.1"))
    end = b"" if cut else raw[place + len(junk) :]
    assert read_bounce(raw[:place] + junk + end).kind in {"failed", "none", "auto-reply"}


@given(st.binary(max_size=300))
def test_no_bytes_raise(raw: bytes) -> None:
    assert read_bounce(raw).recipients == ()


def test_a_bounce_as_json_has_the_promised_keys() -> None:
    found = read_bounce(report(block("failed", "5.1.1"))).as_json()
    assert {"kind", "recipients", "status", "message_id", "token"} <= set(found)
    assert found["recipients"] == ["jo@example.org"]
