"""What the logs of households have in common: who did something, when, and on which page."""

from django.conf import settings
from django.db import models

from core.cases.models import Case


class Step(models.Model):
    """One line about a `household`; the same page sent twice writes it once."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="한 사람",
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("한 때")
    key = models.UUIDField("요청")
    case = models.ForeignKey(
        Case,
        verbose_name="신청",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["household", "at"], name="%(app_label)s_%(class)s_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "key"],
                name="%(app_label)s_%(class)s_happens_once",
                violation_error_message="이미 처리한 요청입니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} (#{self.pk})"  # type: ignore[attr-defined]
