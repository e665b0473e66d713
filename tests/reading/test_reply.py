"""Answers to our mails, as they come."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from sincerely.reading.reply import read_reply


def mail(text: str = "", html: str = "", **headers: str) -> EmailMessage:
    message = EmailMessage()
    fields = {"From": "Jo Smith <Jo@Example.org>", "To": "r@x", "Subject": "Re: Receipt"} | headers
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    if text or not html:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message


def test_the_text_the_intent_and_who_says_they_wrote_it() -> None:
    reply = read_reply(mail("Is it still open?\n\n> Hello Jo,\n> thank you").as_bytes())
    assert (reply.text, reply.intent, reply.sender) == (
        "Is it still open?",
        "status",
        "jo@example.org",
    )
    assert not reply.auto
    assert reply.may_answer


@pytest.mark.parametrize(
    "quoted",
    [
        '<div class="gmail_quote"><div class="gmail_attr">On Mon, 2 Nov 2026 at 09:12, X &lt;'
        'x@example.org&gt; wrote:<br></div><blockquote class="gmail_quote">Hello Jo</blockquote>',
        "<blockquote><div>Hello Jo</div></blockquote>",
        '<div id="divRplyFwdMsg"><b>From:</b> X<br><b>Sent:</b> Monday</div><div>Hello Jo</div>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><b>From:</b> X</div>Hello Jo',
    ],
)
def test_of_a_mail_in_html_alone_the_quoted_part_is_left_out(quoted: str) -> None:
    page = f"<div>What should I bring?</div>{quoted}</div>"
    assert read_reply(mail(html=page).as_bytes()).text == "What should I bring?"


def test_an_answer_below_or_between_quoted_html_is_kept() -> None:
    page = "<blockquote>Which day?</blockquote>Tuesday.<blockquote>When?</blockquote><p>Ten.</p>"
    assert read_reply(mail(html=page).as_bytes()).text.split() == ["Tuesday.", "Ten."]


def test_the_plain_part_is_read_where_both_are_there() -> None:
    assert read_reply(mail("plain", "<p>fancy</p>").as_bytes()).text == "plain"


def test_an_automatic_answer_is_one_whatever_it_says() -> None:
    raw = mail("Where does my application stand?", Auto_Submitted="auto-replied").as_bytes()
    reply = read_reply(raw)
    assert reply.auto
    assert not reply.may_answer


def test_auto_submitted_no_is_a_person() -> None:
    assert not read_reply(mail("Hello?", Auto_Submitted="no").as_bytes()).auto


def test_a_word_in_the_subject_of_a_new_mail_is_read() -> None:
    assert read_reply(mail(Subject="STATUS").as_bytes()).intent == "status"
    assert read_reply(mail(Subject="Re: STATUS").as_bytes()).intent == "other"


def test_only_an_attachment() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="cv.pdf")
    reply = read_reply(message.as_bytes())
    assert (reply.text, reply.attachments, reply.intent) == ("", 1, "other")


def test_other_charsets_are_read_and_wrong_ones_survived() -> None:
    latin = mail().as_bytes().replace(b'charset="utf-8"', b'charset="iso-8859-1"')
    assert read_reply(latin.rstrip() + b"\nGr\xfc\xdfe?\n").text.endswith("Grüße?")
    wrong = mail().as_bytes().replace(b'charset="utf-8"', b'charset="klingon"')
    assert "Hello?" in read_reply(wrong.rstrip() + b"\n\nHello?\n").text


def test_a_hostile_mail_is_refused_and_says_why() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=x%d\n\n" % n for n in range(60))
    assert read_reply(b"From: a@b\n" + nested).problem


@pytest.mark.parametrize("raw", [b"", b"\0" * 100, b"From: x", b"\n\n\n"])
def test_anything_gets_an_answer(raw: bytes) -> None:
    assert read_reply(raw).intent in {"other", "question"}
