"""One facility as its page tells it, and when its publishers were last asked."""

import datetime
from dataclasses import dataclass

from core.feeds.models import FeedRun
from welfare.enums import FacilityStatus
from welfare.models import Facility

FEEDS = ("welfare.seoul_facilities", "welfare.central_facilities")


def public_facility(code: str) -> Facility | None:
    """Answer the facility with its kind and operator, whatever its status.

    A protected one is answered as one that does not exist: nobody learns that it does.
    """
    if "\x00" in code:
        return None
    told = Facility.objects.select_related("kind", "kind__family", "operator")
    return told.filter(pk=code, is_protected=False).first()


@dataclass(frozen=True, slots=True)
class LastChecked:
    """When each publisher's whole list was last received, whether or not anything changed."""

    seoul: datetime.datetime | None
    central: datetime.datetime | None

    def of(self, facility: Facility) -> datetime.datetime | None:
        """Answer the latest moment at which anybody looked: a publisher's list, or staff."""
        known = [self.seoul, facility.verified_at]
        if "CENTRAL" in facility.source:
            known.append(self.central)
        return max((moment for moment in known if moment), default=None)


def last_checked() -> LastChecked:
    runs = (
        FeedRun.objects.completed()
        .filter(feed__in=FEEDS)
        .order_by("feed", "-finished_at")
        .distinct("feed")
        .values_list("feed", "finished_at")
    )
    found = dict(runs)
    return LastChecked(*(found.get(feed) for feed in FEEDS))


def is_listed(facility: Facility) -> bool:
    return facility.status == FacilityStatus.LISTED


def place_address(code: str) -> str | None:
    """Answer the page behind a QR code; of a protected facility there is none."""
    facility = public_facility(code)
    return facility.get_absolute_url() if facility else None
