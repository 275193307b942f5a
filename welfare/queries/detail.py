"""One facility as its page tells it, and when its publishers were last asked."""

import datetime
from dataclasses import dataclass

from core.feeds.models import FeedRun
from core.web.kept import kept
from welfare.enums import FacilityStatus
from welfare.models import Facility, FacilityReport

FEEDS = ("welfare.seoul_facilities", "welfare.central_facilities")


def get_facility(code: str) -> Facility | None:
    """Answer the facility with its kind and operator, whatever its status."""
    if "\x00" in code:
        return None
    return (
        Facility.objects.select_related("kind", "kind__family", "operator").filter(pk=code).first()
    )


def get_report(receipt: str) -> FacilityReport | None:
    """Answer the report with this receipt, unless its facility must not be named any more."""
    if "\x00" in receipt:
        return None
    reports = FacilityReport.objects.select_related("facility")
    return reports.filter(receipt=receipt, facility__is_protected=False).first()


def public_facility(code: str) -> Facility | None:
    """Answer the facility unless it is protected: for all that tells where something is."""
    facility = get_facility(code)
    return None if facility is None or facility.is_protected else facility


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

    @property
    def latest(self) -> datetime.datetime | None:
        return max((moment for moment in (self.seoul, self.central) if moment), default=None)


def last_checked() -> LastChecked:
    """Answer it as of the present revision of the data, which every completed run raises."""
    return kept.get("welfare.last_checked", _last_checked)


def _last_checked() -> LastChecked:
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
