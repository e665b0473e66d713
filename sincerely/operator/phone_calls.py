"""The demo's phone company: calls our webhook as a real one does, and keeps what was recorded."""

from __future__ import annotations

import http.client
import io
import json
import math
import secrets
import wave
from array import array
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from sincerely.inbound.voice.signature import HEADER, sign
from sincerely.inbound.voice.spoken import NotSpoken, can_speak, speak
from sincerely.inbound.voice.telephone import Telephone

_SALT = "sincerely.demo-phone"
_KEPT = ("call", "number", "caller", "heard", "waiting", "rest")
_RATE = 8_000


class NobodyAnswers(Exception):
    """Our own webhook could not be reached."""


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody whose status can be heard, as the demo was loaded."""

    name: str
    why: str
    number: str
    reference: str
    pin: str


def tries() -> list[Try]:
    try:
        return [Try(**each) for each in json.loads((settings.HOME / "demo-line.json").read_text())]
    except (OSError, ValueError, TypeError):
        return []


def new_call(number: str, port: str) -> Telephone:
    """Dial it, and listen to what is said first."""
    name = f"CA{secrets.token_hex(16)}"
    phone = Telephone(post=_posting(port), call=name, number=number)
    phone.dial(settings.PUBLIC_URL + reverse("voice:begin"))
    return phone


def resumed(signed: str, port: str) -> Telephone:
    """A call that goes on; raises signing.BadSignature."""
    state: dict[str, Any] = signing.loads(signed, salt=_SALT)
    return Telephone(post=_posting(port), **state)


def kept(phone: Telephone) -> str:
    """What the page carries of a call."""
    state = {name: getattr(phone, name) for name in _KEPT}
    return signing.dumps(state, salt=_SALT, compress=True)


def leave(phone: Telephone, text: str, port: str, *, hangs_up: bool = False) -> None:
    """Say this after the tone; nothing at all is silence."""
    record = dict(phone.waiting or {})
    if not text.strip():
        return phone.stay_silent()
    sound, name = _as_sound(text), f"RE{secrets.token_hex(16)}"
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sound)
    where = f"http://127.0.0.1:{port}" + reverse("demo_recording", kwargs={"name": name})
    about = {"RecordingUrl": where, "RecordingSid": name}
    phone.speak(math.ceil(_seconds(sound)), about, hangs_up=hangs_up)
    if "transcribeCallback" in record:
        phone.write_down(record, text)


def recorded(name: str) -> bytes | None:
    """The sound that was kept under this name."""
    if not name.startswith("RE") or not name.isalnum():
        return None
    try:
        return _path(name).read_bytes()
    except OSError:
        return None


def hum(seconds: float) -> bytes:
    """Three soft tones as WAV, where no voice is installed."""
    notes = (262, 330, 392)
    count = int(_RATE * seconds)
    waves = array(
        "h",
        (
            int(6_000 * math.sin(2 * math.pi * notes[3 * at // count] * at / _RATE))
            for at in range(count)
        ),
    )
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(_RATE)
        made.writeframes(waves.tobytes())
    return file.getvalue()


def _as_sound(text: str) -> bytes:
    if can_speak():
        with suppress(NotSpoken):  # the demo hums instead
            return speak(text, "en-US")
    return hum(min(2 + len(text) / 15, 60))


def _seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as read:
        return read.getnframes() / read.getframerate()


def _path(name: str) -> Path:
    home: Path = settings.HOME
    return home / "phone" / f"{name}.wav"


def _posting(port: str) -> Any:
    """Sends a signed request to our own web server, over the wire as a provider does."""

    def post(address: str, fields: dict[str, str]) -> bytes:
        token = settings.VOICE_AUTH_TOKENS[0] if settings.VOICE_AUTH_TOKENS else ""
        signature = sign(address, {name: [value] for name, value in fields.items()}, token)
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=20)
        headers = {HEADER: signature, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            target = address.removeprefix(settings.PUBLIC_URL)
            connection.request("POST", target, urlencode(fields), headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise NobodyAnswers(str(error)) from error
        finally:
            connection.close()
        if answer.status not in (200, 204):
            raise NobodyAnswers(f"it answered {answer.status}")
        return body

    return post
