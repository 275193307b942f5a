"""Takes deliveries back that nobody is to get any more, whoever holds their parcel.

Each is marked (`TakenBack`); whoever sends asks for the mark right before each attempt. What is
free is noted as taken back at once; what a worker holds, by its holder, or by whoever claims it
after a worker has died. What is being sent at this instant cannot be called back: it counts as
sent, and keeps its mark.
"""

import datetime
from collections import defaultdict
from uuid import UUID

from django.db import transaction

from core.notices.enums import DeliveryState
from core.notices.models import Delivery, TakenBack
from core.notices.models.message import DeliveryQuerySet
from core.notices.rules import SEOUL
from core.notices.services.claiming import ENDED


def take_back(*, recipient_id: int, about_id: int, now: datetime.datetime) -> int:
    """Take back what is yet to go to somebody about a person for whom they no longer stand in."""
    ended = Delivery.objects.no_longer_wanted(now.astimezone(SEOUL).date())
    return take_out(ended.filter(person=recipient_id, message__about=about_id), why=ENDED)


@transaction.atomic
def take_out(deliveries: DeliveryQuerySet, *, why: str) -> int:
    """Mark what is not sent yet, and suppress what no worker holds; answers how many it suppressed.

    Of a parcel that was tried already another row takes the lead, so that the rest still goes out.
    """
    chosen = dict(deliveries.unsent().values_list("pk", "parcel").order_by("pk"))
    TakenBack.objects.bulk_create(
        [TakenBack(delivery_id=pk, why=why) for pk in chosen], ignore_conflicts=True
    )
    leads = (
        Delivery.objects.unsent()
        .free()
        .filter(parcel__in=[parcel for parcel in chosen.values() if parcel], is_lead=True)
    )
    # Nobody waits for a worker, and no worker for this: what is held now is judged by its holder.
    held = {lead.parcel: lead for lead in leads.order_by("pk").select_for_update(skip_locked=True)}
    free = [pk for pk, parcel in chosen.items() if parcel is None or parcel in held]
    rows = Delivery.objects.unsent().filter(pk__in=free).order_by("pk")
    gone = [row.pk for row in rows.select_for_update(skip_locked=True)]
    _pass_on([lead for lead in held.values() if lead.pk in gone], gone)
    return Delivery.objects.filter(pk__in=gone).update(
        state=DeliveryState.SUPPRESSED, error=why, is_lead=False
    )


def _pass_on(leads: list[Delivery], gone: list[int]) -> None:
    rest: dict[UUID | None, list[Delivery]] = defaultdict(list)
    others = Delivery.objects.unsent().filter(parcel__in=[lead.parcel for lead in leads])
    for row in others.exclude(pk__in=gone).order_by("pk"):
        rest[row.parcel].append(row)
    heirs = []
    for lead in leads:
        for heir in rest[lead.parcel][:1]:
            heir.is_lead, heir.attempts = True, lead.attempts
            heir.try_at = max(lead.try_at, heir.due_at)
            heirs.append(heir)
    Delivery.objects.bulk_update(heirs, ["is_lead", "attempts", "try_at"])
