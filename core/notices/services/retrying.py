"""Sends once more what was given up, after whoever looks after it has mended the cause."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from core.notices import rules
from core.notices.enums import DeliveryState
from core.notices.models import Delivery
from core.notices.models.message import GIVEN_UP


@transaction.atomic
def try_again(*, deliveries: Sequence[Delivery], now: datetime.datetime) -> int:
    """Queue whole parcels anew under their old number, so that none arrives twice.

    Answers how many parcels it was; what has been sent meanwhile is left alone.
    """
    parcels = {one.parcel for one in deliveries if one.parcel}
    rows = Delivery.objects.filter(parcel__in=parcels, state__in=GIVEN_UP)
    number = rows.filter(is_lead=True).count()
    for is_urgent, moment in ((True, now), (False, rules.when_awake(now))):
        rows.filter(is_urgent=is_urgent).update(
            state=DeliveryState.QUEUED, try_at=moment, attempts=0, error="", leased_until=None
        )
    return number
