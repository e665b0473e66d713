"""A provider of telephony: signs, calls our webhook, and keeps recordings to be fetched."""

from __future__ import annotations

import datetime as dt
import io
import threading
import wave
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application
from sincerely.hiring.phone_line import set_up_line
from sincerely.hiring.pins import issue_pin
from sincerely.inbound.voice.signature import sign
from sincerely.inbound.voice.telephone import Telephone
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Message

NUMBER, HOSPITALS = "+12125550142", "+35312345678"
TOKEN = "the-token-of-the-account"
PUBLIC = "https://jobs.example.org"
START = f"{PUBLIC}/hooks/voice/"
RECORDED = {"RecordingUrl": "https://api.twilio.com/RE1", "RecordingSid": "RE1"}
Dial = Callable[..., Telephone]


@pytest.fixture(autouse=True)
def provider(settings: LazySettings) -> None:
    settings.PUBLIC_URL = PUBLIC
    settings.VOICE_AUTH_TOKENS = [TOKEN]


@pytest.fixture
def line(diner: Employer) -> Employer:
    """The diner's phone line, switched on."""
    with diner.scope():
        set_up_line(diner, number=NUMBER, greeting="", is_on=True, by="Ada")
    return Employer.objects.get(pk=diner.pk)


@pytest.fixture
def pin(jo: Application, line: Employer) -> str:
    with line.scope():
        return issue_pin(jo, key=uuid7(), by="Rosa")


def send(address: str, fields: dict[str, str], token: str = TOKEN) -> Any:
    """One request as the provider makes it: to our public address, through the proxy."""
    signature = sign(address, {name: [value] for name, value in fields.items()}, token)
    inside = address.removeprefix(PUBLIC)
    return Client().post(inside, fields, headers={"X-Twilio-Signature": signature})


def post(address: str, fields: dict[str, str]) -> bytes:
    response = send(address, fields)
    assert response.status_code in (200, 204)
    return bytes(response.content)


@pytest.fixture
def dial(line: Employer) -> Callable[..., Telephone]:
    """`dial()` calls the diner and listens; `dial(caller="+1…", call="CA2")`."""

    def call(**given: Any) -> Telephone:
        phone = Telephone(**{"post": post, "call": "CA1", "number": NUMBER} | given)
        phone.dial(START)
        return phone

    return call


@pytest.fixture
def let_in(dial: Callable[..., Telephone], jo: Application, pin: str) -> Callable[..., Telephone]:
    """The same, as Jo, who has heard the status."""

    def call(**given: Any) -> Telephone:
        phone = dial(**given)
        phone.press(jo.reference)
        phone.press(pin)
        return phone

    return call


@pytest.fixture
def in_ten_days(jo: Application) -> Iterator[None]:
    """When the follow-up is open; the receipt has arrived."""
    with jo.employer.scope():
        receipt = jo.receipt
        assert receipt
        receipt.settle(Message.State.SENT, source="smtp reply")
        receipt.settle(Message.State.DELIVERED, source="dsn")
    with clock_at(clock.now() + dt.timedelta(days=10)):
        yield


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06}"


def sound(seconds: float = 1.0) -> bytes:
    """Silence as WAV, 8,000 times 16 bits a second, as providers record."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(b"\0\0" * int(8000 * seconds))
    return file.getvalue()


class Recordings:
    """The provider's web server; `answers` maps a path to status, headers and body."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str]] = []
        recordings = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                recordings.asked.append((self.path, self.headers.get("Authorization", "")))
                status, headers, body = recordings.answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Not on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        serve = {"poll_interval": 0.02}
        threading.Thread(target=self.server.serve_forever, kwargs=serve, daemon=True).start()

    def offer(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Put it there; returns its address."""
        self.answers[urlsplit(path).path] = (status, headers, body)
        return self.origin + path


@pytest.fixture
def recordings(settings: LazySettings) -> Iterator[Recordings]:
    made = Recordings()
    settings.VOICE_RECORDING_ORIGINS = [made.origin]
    yield made
    made.server.shutdown()
    made.server.server_close()
