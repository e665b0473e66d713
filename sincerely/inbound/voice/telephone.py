"""The other end of a call: does what a provider does with TwiML. For the demo and the tests.

It follows Say, Gather, Record, Redirect and Hangup, and falls through to the next verb where
nothing is pressed or said, as Twilio's documentation has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

Post = Callable[[str, dict[str, str]], bytes]
"""Sends these fields to an address, signed, and gives the answer."""
MOST_REDIRECTS = 20


@dataclass(slots=True, kw_only=True)
class Telephone:
    """One call. `heard` is what was said so far. `waiting` is the verb that waits for the caller
    (`Gather`, `Record`; None when the call is over), `rest` are the verbs after it, as XML."""

    post: Post
    call: str
    number: str
    caller: str = "+12125550199"
    heard: list[str] = field(default_factory=list)
    waiting: dict[str, str] | None = None
    rest: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.waiting is None

    @property
    def waits_for(self) -> str:
        """`keys`, `voice`, or empty when the call is over."""
        return "" if self.waiting is None else self.waiting["waits_for"]

    def dial(self, address: str) -> None:
        self._follow(self._send(address, CallStatus="ringing"))

    def press(self, keys: str) -> None:
        """Press these; `#` ends them, and the last one that fits sends them off."""
        gather = self._require("keys")
        digits = keys.partition(gather["finishOnKey"])[0][: int(gather["numDigits"])]
        self._follow(self._send(gather["action"], Digits=digits) if digits else None)

    def stay_silent(self) -> None:
        """Nothing is pressed or said until that was waited for long enough."""
        self._follow(None)

    def speak(self, seconds: int, recording: dict[str, str], *, hangs_up: bool = False) -> None:
        """Leave a message: `recording` has its RecordingUrl and RecordingSid. The provider cuts it
        off at the longest time; of one without a sound it tells nobody."""
        record = self._require("voice")
        if not seconds:
            return self.stay_silent()
        seconds = min(seconds, int(record["maxLength"]))
        about = {**recording, "RecordingDuration": str(seconds)}
        status = {"Digits": "hangup", "CallStatus": "completed"} if hangs_up else {}
        answer = self._send(record["action"], **about, **status)
        self._follow(answer)
        if hangs_up:
            self.hang_up()
        # Of this the provider tells without naming the numbers again.
        self.post(
            record["recordingStatusCallback"],
            {"CallSid": self.call, **about, "RecordingStatus": "completed"},
        )

    def write_down(self, record: dict[str, str], text: str) -> None:
        """The provider's machine has understood `text`; `record` is what waited for the voice."""
        said = {"TranscriptionStatus": "completed", "TranscriptionText": text}
        self._send(record["transcribeCallback"], **said)

    def hang_up(self) -> None:
        self.waiting, self.rest = None, []

    def _send(self, address: str, **fields: str) -> bytes:
        about = {"CallSid": self.call, "AccountSid": "AC0", "To": self.number, "From": self.caller}
        return self.post(address, {"CallStatus": "in-progress", **about, **fields})

    def _require(self, what: str) -> dict[str, str]:
        if self.waiting is None or self.waits_for != what:
            raise ValueError(f"The call does not wait for {what}.")
        return self.waiting

    def _follow(self, answer: bytes | None) -> None:
        """Go through the answer, or through what is left of the last one."""
        verbs = [fromstring(each) for each in self.rest] if answer is None else list(_root(answer))  # noqa: S314
        self.waiting, self.rest = None, []
        for _ in range(MOST_REDIRECTS):
            onward = self._go_through(verbs)
            if onward is None:
                return
            verbs = list(_root(onward))
        raise ValueError("The call goes in a circle.")

    def _go_through(self, verbs: list[Element]) -> bytes | None:
        for number, verb in enumerate(verbs):
            match verb.tag:
                case "Say":
                    self.heard.append(verb.text or "")
                case "Gather" | "Record":
                    self.heard += [said.text or "" for said in verb.iter("Say")]
                    kind = "keys" if verb.tag == "Gather" else "voice"
                    self.waiting = {**verb.attrib, "waits_for": kind}
                    self.rest = [tostring(each, "unicode") for each in verbs[number + 1 :]]
                    return None
                case "Redirect":
                    return self._send(verb.text or "")
                case "Hangup":
                    return None
                case _:
                    raise ValueError(f"No provider is asked to {verb.tag}.")
        return None


def _root(answer: bytes) -> Any:
    root = fromstring(answer)  # noqa: S314 - our own answer
    if root.tag != "Response":
        raise ValueError("That is no TwiML.")
    return root
