from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sincerely.accounts.models import Employer
from sincerely.outbox.models import Message
from sincerely.outbox.render import storable, without_controls

Queue = Callable[..., Message]


def read(message: Message) -> EmailMessage:
    return message_from_bytes(bytes(message.raw), policy=policy.default)  # type: ignore[arg-type]


def html(message: Message) -> str:
    return str(read(message).get_body(("html",)).get_content())  # type: ignore[union-attr]


def test_the_employer_s_name_is_shown_as_the_sender(queue: Queue) -> None:
    message = queue()
    sender = read(message)["From"].addresses[0]
    assert sender.display_name == "Blue Spoon Diner"
    assert sender.username == "no-reply"


def test_every_mail_says_who_what_when_and_that_a_machine_wrote_it(queue: Queue) -> None:
    message = queue(reply_to="talent@blue-spoon.example")
    mail = read(message)
    assert str(mail["To"]) == "Jo Smith <jo@example.org>"
    assert str(mail["Reply-To"]) == "talent@blue-spoon.example"
    assert str(mail["Subject"]) == "We have your application"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == message.message_id
    assert abs(parsedate_to_datetime(mail["Date"]) - message.created_at).total_seconds() < 1


def test_replies_go_to_the_employer_where_the_message_says_nothing(
    at_diner: Employer, queue: Queue
) -> None:
    at_diner.reply_to = "jobs@blue-spoon.example"
    assert str(read(queue())["Reply-To"]) == "jobs@blue-spoon.example"


def test_the_html_part_is_made_from_the_text(queue: Queue) -> None:
    message = queue(text="Dear <Jo>,\nsee https://example.org/a/1?x=1&y=2\n\n\nBye & thanks")
    assert "Dear &lt;Jo&gt;,<br>" in html(message)
    assert '<a href="https://example.org/a/1?x=1&amp;y=2"' in html(message)
    assert "<p style=" in html(message)
    assert "Bye &amp; thanks</p>" in html(message)


def test_the_html_part_carries_name_and_accent_and_loads_nothing(
    at_diner: Employer, queue: Queue
) -> None:
    at_diner.name, at_diner.accent = "Tom & <b>Sons</b>", "#c8102e"
    page = html(queue(text="Hello"))
    assert "Tom &amp; &lt;b&gt;Sons&lt;/b&gt;" in page
    assert "#c8102e" in page
    assert "src=" not in page
    assert "url(" not in page
    assert "http" not in page


def test_a_fragment_of_the_caller_s_own_takes_the_text_s_place_in_the_html_part(
    queue: Queue,
) -> None:
    message = queue(html="<h2>Hello</h2>")
    assert "<h2>Hello</h2>" in html(message)
    assert "Dear Jo" not in html(message)
    assert "Dear Jo" in read(message).get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize("field", ["subject", "to_name", "reply_to", "to_address"])
def test_a_line_end_starts_no_header(queue: Queue, field: str) -> None:
    values = {"subject": "Hello", "to_name": "Jo", "reply_to": "a@b.example"}
    values["to_address"] = "jo@example.org"
    evil = values[field] + "\r\nBcc: all@example.com\r\n\r\n<script>"
    mail = read(queue(**{field: evil}))
    assert mail["Bcc"] is None
    assert mail.get_content_type() == "multipart/alternative"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    subject=st.text(max_size=300),
    to_name=st.text(max_size=300),
    text=st.text(max_size=500),
    to_address=st.one_of(st.emails(), st.text(max_size=80)),
)
def test_whatever_people_write_becomes_a_mail(
    queue: Queue, subject: str, to_name: str, text: str, to_address: str
) -> None:
    message = queue(subject=subject, to_name=to_name, text=text, to_address=to_address)
    mail = read(message)
    assert set(mail.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    assert max(map(len, bytes(message.raw).split(b"\r\n"))) <= 998
    assert mail["Subject"].split() == without_controls(subject)[:900].split()
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain.get_content().split() == storable(text).split()  # type: ignore[union-attr]
    assert "Blue Spoon Diner" in html.get_content()  # type: ignore[union-attr]
    assert not mail.defects


def test_a_right_to_left_mark_cannot_show_a_name_backwards(queue: Queue) -> None:
    name = read(queue(to_name="Jo \u202egro.elpmaxe@"))["To"].addresses[0].display_name
    assert "\u202e" not in name


def calendar(method: str) -> str:
    name = "Küche " + "lang " * 30
    return f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nSUMMARY:{name}\r\nEND:VCALENDAR\r\n"


def test_an_invitation_is_one_more_way_to_read_the_mail(queue: Queue) -> None:
    mail = read(queue(calendar=calendar("REQUEST")))
    assert mail.get_content_type() == "multipart/alternative"
    *_, part = mail.iter_parts()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert part.get_content() == calendar("REQUEST")


def test_further_invitations_are_attached(queue: Queue) -> None:
    mail = read(queue(calendar=calendar("CANCEL") + calendar("CANCEL")))
    assert mail.get_content_type() == "multipart/mixed"
    readable, attached = mail.iter_parts()
    assert readable.get_content_type() == "multipart/alternative"
    assert len(list(readable.iter_parts())) == 3  # type: ignore[attr-defined]
    assert attached.get_filename() == "invite.ics"
    assert attached.get_param("method") == "CANCEL"
    assert attached.get_content() == calendar("CANCEL")


def test_a_held_message_keeps_its_invitation_when_its_words_are_changed(queue: Queue) -> None:
    message = queue(calendar=calendar("CANCEL"))
    message.edit(text="Other words.")
    assert [part.get_content_type() for part in read(message).iter_parts()][-1] == "text/calendar"
