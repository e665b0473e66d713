"""When a commit may be answered before it is on the disk."""

from __future__ import annotations

from django.db import connection


def do_not_wait_for_disk() -> None:
    """Let the current transaction's commit return before PostgreSQL has flushed it.

    A crash of PostgreSQL within the next moments may undo the transaction, whole. Only for work
    that is found again and repeated then. Whatever is committed later and waited for, such as the
    end of the job that did the work or the claim of a mail that it queued, lies behind it in the
    same log, so it is on the disk only when this is, too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
