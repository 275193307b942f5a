"""What waits for staff in the welfare area."""

from core.desk.worklists import count_capped
from welfare.models import Facility, FacilityCorrection, FacilityKind, FacilityReport


def reports_waiting() -> int:
    return count_capped(FacilityReport.objects.waiting())


def corrections_to_review() -> int:
    return count_capped(FacilityCorrection.objects.made_by_hand().to_review())


def protections_to_lift() -> int:
    return count_capped(FacilityKind.objects.lift_asked())


def facilities_never_checked() -> int:
    return count_capped(Facility.objects.listed().never_checked())
