"""The file of a form that nobody finished: nobody's business any more, so it goes."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from sincerely.documents.models import KeptFile
from sincerely.documents.upkeep import discard_content
from sincerely.kernel.models import Event

# A form takes its file until `until`, and is written to the database long before this is over.
GRACE = dt.timedelta(days=1)


def forget(kept: KeptFile) -> bool:
    """Delete the file, unless an application, a draft or an event names it; says whether it did.

    May run twice.
    """
    document = kept.document
    with transaction.atomic():
        if not KeptFile.objects.filter(pk=kept.pk).delete()[0]:
            return False
        sent_again = Event.objects.filter(pk=kept.form_key, data__document=str(document.pk))
        if sent_again.exists():
            return False
        try:
            with transaction.atomic():
                document.delete()
        except IntegrityError:
            return False  # a row refers to it: the database knows better than any list of ours
    discard_content(document.sha256)
    return True
