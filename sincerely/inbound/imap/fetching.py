"""Takes what is new out of a mailbox: stored with how far was read, in one transaction.

Nothing is changed on the server: no flag, no deletion. The mailbox stays what its owner sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from imapclient import IMAPClient

from sincerely.inbound.addresses import envelope_of
from sincerely.inbound.imap.account import Account
from sincerely.inbound.models import InboundMail, Mailbox

log = structlog.get_logger()

# One trip to the server and one transaction take so much at most.
MOST_MAILS = 50
MOST_BYTES = 8 * 1024 * 1024
# Of a mail that is too large: its headers, and of a report the part that matters.
BEGINNING = 256 * 1024


class Folder:
    """An account's folder, opened to be read."""

    def __init__(self, account: Account, client: IMAPClient) -> None:
        self.name, self.client = str(account), client
        opened = client.select_folder(account.folder, readonly=True)
        self.uid_validity = int(opened[b"UIDVALIDITY"])

    def take_new(self) -> int:
        """Store every mail that came since the last time; returns how many there were.

        May run in several processes: who comes second finds nothing new.
        """
        taken = 0
        for batch in batches(self._sizes()):
            taken += self._take(batch)
        return taken

    def _sizes(self) -> dict[int, int]:
        """Bytes of each mail that is new, by UID, in their order."""
        with transaction.atomic():
            seen = Mailbox.at(self.name, self.uid_validity).last_uid
        # `n:*` names the last mail even when it is older than n.
        new = [uid for uid in self.client.search(["UID", f"{seen + 1}:*"]) if uid > seen]
        sizes: dict[int, int] = {}
        for first in range(0, len(new), 1_000):
            found = self.client.fetch(new[first : first + 1_000], ["RFC822.SIZE"])
            sizes |= {uid: data[b"RFC822.SIZE"] for uid, data in found.items() if uid > seen}
        return dict(sorted(sizes.items()))

    def _take(self, batch: Mapping[int, int]) -> int:
        mails = self._fetch(batch)
        last = max(batch)
        with transaction.atomic():
            box = Mailbox.at(self.name, self.uid_validity)
            new = {uid: mail for uid, mail in mails.items() if uid > box.last_uid}
            for uid in sorted(new):
                raw, cut = new[uid]
                sender, recipients = envelope_of(raw)
                InboundMail.objects.take_in(sender=sender, recipients=recipients, raw=raw, cut=cut)
            if last > box.last_uid:
                box.move_to(last)
        return len(new)

    def _fetch(self, batch: Mapping[int, int]) -> dict[int, tuple[bytes, bool]]:
        """The bytes of each, and whether they are only its beginning. One that was deleted
        meanwhile is not there."""
        found: dict[int, tuple[bytes, bool]] = {}
        whole = [uid for uid, size in batch.items() if size <= settings.INBOUND_MAX_BYTES]
        for uid, data in self._asked(whole, b"BODY[]", "BODY.PEEK[]"):
            found[uid] = data, False
        large = [uid for uid in batch if uid not in whole]
        for uid, data in self._asked(large, b"BODY[]<0>", f"BODY.PEEK[]<0.{BEGINNING}>"):
            log.warning("a mail is too large: its beginning was taken", uid=uid, size=batch[uid])
            found[uid] = data, True
        return found

    def _asked(self, uids: list[int], key: bytes, what: str) -> Iterator[tuple[int, bytes]]:
        answer: Any = self.client.fetch(uids, [what]) if uids else {}
        for uid, data in answer.items():
            if isinstance(data.get(key), bytes):
                yield uid, data[key]


def batches(sizes: Mapping[int, int]) -> Iterator[dict[int, int]]:
    """The mails in groups of MOST_MAILS and MOST_BYTES at most; a larger one goes alone."""
    batch: dict[int, int] = {}
    for uid, size in sizes.items():
        if batch and (len(batch) == MOST_MAILS or sum(batch.values()) + size > MOST_BYTES):
            yield batch
            batch = {}
        batch[uid] = size
    if batch:
        yield batch
