"""Talks at the counter: begun with the citizen's consent, and finished."""

import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from welfare.enums import CounterConsent
from welfare.models import CounterTalk

# The words that are read at the counter (templates/admin/welfare/countertalk/begin.html).
CONSENT_VERSION = 1


@transaction.atomic
def begin_talk(
    *, office_id: int, by: Any, consent: CounterConsent, now: datetime.datetime
) -> CounterTalk:
    """Begin one; whatever the same person has left unfinished ends with it."""
    # Two clicks at once are one after the other.
    User.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=by.pk)
    CounterTalk.objects.unfinished_of(by.pk).update(finished_at=now)
    return CounterTalk.objects.create(
        office_id=office_id,
        by=by,
        consent=consent,
        consent_version=CONSENT_VERSION,
        started_at=now,
    )


def finish_talk(*, talk: CounterTalk, now: datetime.datetime) -> None:
    CounterTalk.objects.filter(pk=talk.pk, finished_at=None).update(finished_at=now)
