"""What the demo's processes find in their environment, set before Django reads its settings."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import MutableMapping

LOCAL = "127.0.0.1"


def prepare(environment: MutableMapping[str, str]) -> None:
    """Fill in the demo's settings. Mail always goes to the sink: its people do not exist."""
    port = environment.setdefault("PORT", "8000")
    # Browsers allow passkeys under the name, and not under the number.
    environment.setdefault("PUBLIC_URL", f"http://localhost:{port}")
    environment["SINCERELY_DEMO"] = "1"
    environment["DEBUG"] = "false"
    environment["EMAIL_URL"] = f"smtp://{LOCAL}:{free_port()}"
    environment["INBOUND_PORT"] = str(free_port())
    environment.setdefault("REPLY_DOMAIN", "replies.localhost")
    environment.setdefault("APPLY_DOMAIN", "jobs.localhost")
    environment.setdefault("DATABASE_POOL_SIZE", "8")
    # The phone company of /phone/, which is this web server itself.
    environment["VOICE_AUTH_TOKENS"] = secrets.token_hex(16)
    environment["VOICE_RECORDING_ORIGINS"] = f"http://{LOCAL}:{port}"
    environment["VOICE_TRANSCRIBE"] = "true"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(host: str, port: int) -> bool:
    """Whether we may listen there; a connection that is still closing does not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def port_from(environment: MutableMapping[str, str] = os.environ) -> int:
    """PORT as a number. Raises ValueError in words."""
    given = environment.get("PORT", "8000")
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise ValueError(f"PORT must be a number from 1 to 65535, not “{given}”.")
    return int(given)
