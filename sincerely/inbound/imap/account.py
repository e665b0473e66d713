"""Where a mailbox is, and a connection to it."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from imapclient import IMAPClient

_PORTS = {"imap": 143, "imaps": 993}


class BadAccount(ValueError):
    """INBOUND_IMAP_URL is not usable; the text says why, without the password."""


@dataclass(frozen=True, slots=True)
class Account:
    """One folder of one mailbox, as INBOUND_IMAP_URL names it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True

    def __str__(self) -> str:
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"

    @classmethod
    def read(cls, url: str) -> Account:
        """From `imaps://user:password@host:port/folder`; raises BadAccount.

        What has a meaning in an address is written in its %-form: `jobs%40example.org`.
        """
        parts = urlsplit(url)
        if parts.scheme not in _PORTS:
            raise BadAccount("INBOUND_IMAP_URL must begin with imaps:// or imap://.")
        try:
            port = parts.port or _PORTS[parts.scheme]
        except ValueError as error:
            raise BadAccount("The port in INBOUND_IMAP_URL is no number.") from error
        if not (parts.hostname and parts.username and parts.password):
            raise BadAccount("INBOUND_IMAP_URL needs a user, a password and a host.")
        return cls(
            host=parts.hostname,
            port=port,
            user=unquote(parts.username),
            password=unquote(parts.password),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            tls=parts.scheme == "imaps",
        )

    def connect(self, timeout: float) -> IMAPClient:
        """A connection that is logged in; `timeout` in seconds holds for each answer.

        Raises OSError and IMAPClientError, and BadAccount rather than to send the password in the
        clear over a network.
        """
        client = IMAPClient(
            self.host,
            port=self.port,
            ssl=self.tls,
            ssl_context=ssl.create_default_context() if self.tls else None,
            timeout=timeout,
        )
        try:
            if not self.tls:
                self._encrypt(client)
            client.login(self.user, self.password)
        except BaseException:
            client.shutdown()
            raise
        return client

    def _encrypt(self, client: IMAPClient) -> None:
        if client.has_capability("STARTTLS"):
            client.starttls(ssl.create_default_context())
        elif not is_loopback(self.host):
            raise BadAccount(f"{self.host} offers no TLS: use imaps://.")


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
