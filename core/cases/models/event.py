"""One dated line of a case's log: written once, never changed (a trigger refuses)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.cases.enums import TOLD_TO_CITIZENS, Party, Step
from core.cases.models.case import Case
from core.offices.models import Office
from core.records.fields import EncryptedTextField


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    def told_to_citizens(self) -> "CaseEventQuerySet":
        return self.filter(step__in=TOLD_TO_CITIZENS)

    def oldest_first(self) -> "CaseEventQuerySet":
        return self.order_by("at", "pk")


class CaseEvent(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="events", verbose_name="신청")
    step = models.CharField("무엇", max_length=12, choices=Step)
    at = models.DateTimeField("때")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="한 사람",
    )
    party = models.CharField("누구로서", max_length=8, choices=Party)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", verbose_name="기관"
    )
    move = models.CharField("옮김", max_length=40, blank=True)
    state = models.CharField("그 뒤의 상태", max_length=40)
    text = EncryptedTextField("내용", blank=True, default="")
    # Another person or case that the line speaks of.
    about = models.CharField("대상", max_length=120, blank=True)
    key = models.CharField("한 번만", max_length=64, blank=True)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        verbose_name = "신청 기록"
        verbose_name_plural = "신청 기록"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key"],
                condition=~Q(key=""),
                name="cases_event_happens_once",
                violation_error_message="이미 처리한 요청입니다.",
            ),
        ]
        indexes = [models.Index("case", "at", "id", name="cases_event_of_a_case")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} (#{self.pk})"
