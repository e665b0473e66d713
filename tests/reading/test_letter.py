from __future__ import annotations

from email.message import EmailMessage

import pytest

from sincerely.reading.letter import LONGEST_TEXT, MOST_FILES, read_letter


def letter(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Jo Smith <Jo@Example.org>", "Line cook"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("I would like to cook with you.\n\n-- \nJo Smith\n")
    return mail


def test_who_wrote_what_and_all_of_it() -> None:
    read = read_letter(letter().as_bytes())
    assert (read.sender, read.name, read.subject) == ("jo@example.org", "Jo Smith", "Line cook")
    assert read.text == "I would like to cook with you.\n\n-- \nJo Smith"
    assert read.may_answer
    assert read.files == ()


def test_files_have_their_names_in_any_script_and_no_folders() -> None:
    mail = letter()
    for name in ("C:\\Jo\\résumé.pdf", "../../etc/履歴書.pdf"):
        mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename=name)
    files = read_letter(mail.as_bytes()).files
    assert [file.name for file in files] == ["résumé.pdf", "履歴書.pdf"]
    assert [file.content for file in files] == [b"%PDF-", b"%PDF-"]


def test_encoded_words_as_many_send_them_are_a_name_too() -> None:
    raw = (
        b"From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>\r\nContent-Type: application/pdf;\r\n"
        b' name="=?utf-8?b?csOpc3Vtw6kucGRm?="\r\n\r\n%PDF-'
    )
    read = read_letter(raw)
    assert read.name == "Zoë"
    assert read.files[0].name == "résumé.pdf"


def test_a_picture_in_a_signature_is_told_from_a_file() -> None:
    mail = letter()
    mail.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", filename="l.png")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="resume.png")
    assert [(each.name, each.shown) for each in read_letter(mail.as_bytes()).files] == [
        ("l.png", True),
        ("resume.png", False),
    ]


def test_markup_is_left_out() -> None:
    mail = EmailMessage()
    mail["From"] = "jo@example.org"
    mail.set_content("<p>Grüße</p><script>alert(1)</script>", subtype="html")
    assert read_letter(mail.as_bytes()).text == "Grüße"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-generated"},
        {"List-Id": "<jobs.example.org>"},
        {"Precedence": "bulk"},
    ],
)
def test_machines_and_lists_are_not_answered(headers: dict[str, str]) -> None:
    assert not read_letter(letter(**headers).as_bytes()).may_answer


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 100,
        b"From: \xff\xfe <x@y\r\n\r\n\xff",
        b"From: =?utf-9?q?=ff?= <a@b.c>\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 500,
        b"Content-Type: application/pdf; name*=x''%ff%\r\n\r\n",
        b"From: a@b.c\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
    ],
)
def test_whatever_comes_is_read_without_an_error(raw: bytes) -> None:
    read_letter(raw)


def test_what_is_endless_is_cut() -> None:
    mail = letter()
    mail.set_content("x" * 100_000)
    assert len(read_letter(mail.as_bytes()).text) <= LONGEST_TEXT
    for number in range(MOST_FILES + 3):
        mail.add_attachment(b"a", maintype="text", subtype="plain", filename=f"{number}.txt")
    read = read_letter(mail.as_bytes())
    assert (len(read.files), read.more_files) == (MOST_FILES, 3)


def test_parts_are_counted_whatever_the_line_ends() -> None:
    for end in (b"\n", b"\r\n"):
        head = b"Content-Type: multipart/mixed; boundary=a" + end * 2
        assert "parts" in read_letter(head + (b"--a" + end * 2 + b"hi" + end) * 1_100).problem


def test_a_head_that_is_made_to_be_slow_has_no_name() -> None:
    raw = b"Content-Type: application/pdf\r\nContent-Disposition: attachment" + b";" * 60_000
    assert read_letter(raw + b"\r\n\r\n%PDF-").files[0].name == "file.pdf"
