"""Who looks after what went out to people."""

from typing import Any

from core.desk.permissions import can_change_records, can_see_records
from core.notices.models import Delivery


def can_see_deliveries(actor: Any) -> bool:
    """Say whether somebody sees that something went out, and how: never what it said."""
    return can_see_records(actor, Delivery)


def can_retry_deliveries(actor: Any) -> bool:
    return can_change_records(actor, Delivery)
