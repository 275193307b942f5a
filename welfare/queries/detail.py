"""One facility as its page tells it."""

from welfare.enums import FacilityStatus
from welfare.models import Facility, FacilityKind, FacilityReport


def public_facility(code: str) -> Facility | None:
    """Answer the facility with its kind and operator, whatever its status.

    A protected one is answered as one that does not exist: nobody learns that it does.
    """
    if "\x00" in code:
        return None
    told = Facility.objects.select_related("kind", "kind__family", "operator")
    return told.filter(pk=code, is_protected=False).first()


def get_report(receipt: str) -> FacilityReport | None:
    """Answer the report with this receipt, unless its facility must not be named any more."""
    if "\x00" in receipt:
        return None
    reports = FacilityReport.objects.select_related("facility")
    return reports.filter(receipt=receipt, facility__is_protected=False).first()


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
