"""Takes in what citizens tell us is wrong with a facility."""

import datetime

from django.db import transaction

from welfare.enums import ReportTopic
from welfare.models import Facility, FacilityReport


@transaction.atomic
def report_facility(
    *, facility: Facility, topic: ReportTopic, proposed: str, message: str, now: datetime.datetime
) -> FacilityReport:
    """Put a report on the staff's list; the same said twice while it waits stays one report."""
    same = FacilityReport.objects.waiting().filter(
        facility=facility, topic=topic, proposed=proposed, message=message, receipt__isnull=False
    )
    if (waiting := same.first()) is not None:
        return waiting
    report = FacilityReport(
        facility=facility, topic=topic, proposed=proposed, message=message, created_at=now
    )
    report.full_clean()
    report.save()
    return report
