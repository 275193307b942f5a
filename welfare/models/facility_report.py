"""What citizens tell us is wrong on a facility's page, until staff have answered it."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from welfare.enums import ReportStatus, ReportTopic

# Small letters and figures that nobody takes for one another: 26 of 32 are 130 bits.
RECEIPT_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
RECEIPT_LENGTH = 26


def new_receipt() -> str:
    """Answer a code that nobody can guess: whoever holds it may read the answer."""
    return "".join(secrets.choice(RECEIPT_LETTERS) for _ in range(RECEIPT_LENGTH))


class FacilityReportQuerySet(models.QuerySet["FacilityReport"]):
    def waiting(self) -> "FacilityReportQuerySet":
        return self.filter(status=ReportStatus.NEW).order_by("created_at", "pk")


class FacilityReport(models.Model):
    """Anonymous on purpose: it asks for nothing that says who wrote it.

    Who wrote it knows the receipt, and reads the answer by it.
    """

    facility = models.ForeignKey(
        "welfare.Facility", verbose_name="시설", on_delete=models.CASCADE, related_name="reports"
    )
    topic = models.CharField("무엇이 다른가요", max_length=10, choices=ReportTopic)
    proposed = models.CharField("올바른 내용", max_length=300, blank=True)
    message = models.TextField("설명", max_length=1000, blank=True)
    created_at = models.DateTimeField("접수 시각")
    # Null for what was reported before there were receipts.
    receipt = models.CharField(  # noqa: DJ001
        "접수 번호", max_length=32, unique=True, null=True, default=new_receipt, editable=False
    )
    status = models.CharField("처리", max_length=8, choices=ReportStatus, default=ReportStatus.NEW)
    answer = models.TextField("답", blank=True)
    answered_at = models.DateTimeField("답한 시각", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="답한 직원",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = FacilityReportQuerySet.as_manager()

    class Meta:
        verbose_name = "시설 오류 신고"
        verbose_name_plural = "시설 오류 신고"
        indexes = [
            models.Index(
                fields=["created_at"],
                name="welfare_report_waiting",
                condition=Q(status=ReportStatus.NEW),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="welfare_report_says_something",
                condition=~Q(proposed="") | ~Q(message="") | Q(topic=ReportTopic.CLOSED),
                violation_error_message="무엇이 다른지 적어 주세요.",
            ),
            models.CheckConstraint(
                name="welfare_report_answered_with_a_time",
                condition=Q(status=ReportStatus.NEW) | Q(answered_at__isnull=False),
                violation_error_message="답한 시각이 있어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        told = f"{timezone.localtime(self.created_at):%Y-%m-%d %H:%M}"
        return f"{self.facility_id} {self.get_topic_display()}, {told}"
