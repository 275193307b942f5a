"""To which facility a centre sends somebody; what the facility said is their case's state."""

from django.db import models

from core.cases.models import Case
from welfare.models.facility import Facility

# The kind of case, as its declaration and whoever opens one call it.
REFERRAL = "welfare.referral"


class Referral(models.Model):
    case = models.OneToOneField(
        Case,
        verbose_name="신청",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="referral",
    )
    facility = models.ForeignKey(
        Facility, verbose_name="시설", on_delete=models.PROTECT, related_name="referrals"
    )
    # As it was called that day: a facility is renamed, and where somebody was sent is not.
    facility_name = models.TextField("연계한 시설")

    class Meta:
        verbose_name = "시설 연계"
        verbose_name_plural = "시설 연계"

    def __str__(self) -> str:
        return f"{self.facility_name} #{self.case_id}"
