from __future__ import annotations

import pytest

from sincerely.reading.mail import MailRefused, body_text, header, outer_parts, parse_mail
from tests.reading.letters import letter, nested


def test_a_large_attachment_is_no_reason_to_refuse() -> None:
    raw = (
        b'From: jo@example.org\nContent-Type: multipart/mixed; boundary="x"\n\n'
        b"--x\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
        + b"QUJD\n" * 200_000
        + b"--x--\n"
    )
    assert len(list(outer_parts(parse_mail(raw)))) == 2


def test_headers_of_an_inner_part_are_measured_too() -> None:
    raw = (
        b'From: jo@example.org\nContent-Type: multipart/mixed; boundary="x"\n\n--x\nX-Long: '
        + b"x" * 70_000
    )
    with pytest.raises(MailRefused, match="64 KB"):
        parse_mail(raw)


def test_depth_is_measured_before_parsing() -> None:
    with pytest.raises(MailRefused, match="50 deep"):
        parse_mail(nested(51))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("boundary", ["x", "x" * 200])
def test_parts_are_counted_before_parsing_however_lines_end(end: str, boundary: str) -> None:
    head = f'From: jo@example.org\nContent-Type: multipart/mixed; boundary="{boundary}"\n\n'
    mail = (head + f"--{boundary}\n\nHello.\n" * 1_001).replace("\n", end)
    with pytest.raises(MailRefused, match="1,000 parts"):
        parse_mail(mail.encode())


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_depth_is_measured_however_lines_end(end: str) -> None:
    mail = nested(51).replace(b"\n", end.encode()) + b"\n"
    with pytest.raises(MailRefused, match="50 deep"):
        parse_mail(mail)


def test_a_folded_header_is_one_line_and_a_missing_one_is_empty() -> None:
    message = parse_mail(letter({"Subject": "a long\n one"}))
    assert header(message, "Subject") == "a long one"
    assert header(message, "X-Missing") == ""


def test_a_body_in_an_unknown_charset_is_still_text() -> None:
    raw = letter({"Content-Type": "text/plain; charset=no-such"}, "Zoë")
    assert body_text(parse_mail(raw)).strip() == "Zoë"
