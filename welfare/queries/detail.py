"""One facility as its page tells it."""

from welfare.enums import FacilityStatus
from welfare.models import Facility, FacilityKind, FacilityReport


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


def get_kind(name: str) -> FacilityKind | None:
    if "\x00" in name:
        return None
    return FacilityKind.objects.select_related("family").filter(pk=name).first()


def is_listed(facility: Facility) -> bool:
    return facility.status == FacilityStatus.LISTED


def place_address(code: str) -> str | None:
    """Answer the page behind a QR code; of a protected facility there is none."""
    facility = public_facility(code)
    return facility.get_absolute_url() if facility else None
