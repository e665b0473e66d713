"""Calls of mail providers in the shape that their manuals give, about a mail of ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

KEY = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0"
PASSWORD = "sincerely:a-long-password"
BASIC = "Basic " + base64.b64encode(PASSWORD.encode()).decode()
ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY, "WEBHOOK_SECRET": ""}


def mailgun_seal(at: float | None = None, key: str = KEY) -> dict[str, str]:
    token, timestamp = secrets.token_hex(25), str(int(at or time.time()))
    signature = hmac.new(key.encode(), (timestamp + token).encode(), hashlib.sha256).hexdigest()
    return {"token": token, "timestamp": timestamp, "signature": signature}


@dataclass
class Mailgun:
    """One event of Mailgun's: `Mailgun("delivered", token)`."""

    event: str
    token: str
    more: dict[str, Any] = field(default_factory=dict)
    seal: dict[str, str] = field(default_factory=mailgun_seal)

    def json(self) -> str:
        data = {
            "event": self.event,
            "id": "czsjqFATSlC3QtAK-C80nw",
            "timestamp": 1376325780.160809,
            "recipient": "jo@example.org",
            "user-variables": {"message_token": self.token},
            "message": {"headers": {"message-id": "20130812163300.1@example.org"}},
            "delivery-status": {"code": 250, "message": "OK", "description": ""},
            "tags": [],
        }
        return json.dumps({"signature": self.seal, "event-data": data | self.more})


GONE = {
    "severity": "permanent",
    "reason": "bounce",
    "delivery-status": {
        "code": 550,
        "enhanced-code": "5.1.1",
        "message": "5.1.1 The email account that you tried to reach does not exist",
        "description": "",
    },
}
LATER = {
    "severity": "temporary",
    "reason": "generic",
    "delivery-status": {"code": 452, "message": "4.2.2 Mailbox full", "description": ""},
}


def postmark(record: str, token: str, **more: Any) -> str:
    """One event of Postmark's, as JSON."""
    known = {
        "RecordType": record,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Recipient": "jo@example.org",
        "DeliveredAt": "2026-11-26T08:00:00.0000000Z",
        "Details": "250 2.0.0 OK",
        "Tag": "",
        "ServerID": 23,
        "Metadata": {"message_token": token},
    }
    return json.dumps(known | more)


HARD_BOUNCE = {
    "ID": 4323372036854775807,
    "Type": "HardBounce",
    "TypeCode": 1,
    "Name": "Hard bounce",
    "Description": "The server was unable to deliver your message (ex: unknown user).",
    "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist",
    "Email": "jo@example.org",
    "BouncedAt": "2026-11-26T08:00:00.0000000Z",
}
SPAM = {
    "ID": 42,
    "Type": "SpamComplaint",
    "TypeCode": 512,
    "Description": "",
    "Details": "",
    "Email": "jo@example.org",
    "BouncedAt": "2026-11-26T08:00:00.0000000Z",
}
