"""What was read on which day, and what was meant to be reached by when."""

import datetime
from collections.abc import Collection

from django.db import models
from django.db.models import Q

from core.areas import declared_indicators
from core.kpi.declaration import WHOLE


class ReadingQuerySet(models.QuerySet["Reading"]):
    def of(self, slugs: Collection[str]) -> "ReadingQuerySet":
        return self.filter(indicator__in=sorted(slugs))

    def of_the_whole(self) -> "ReadingQuerySet":
        return self.filter(dimension=WHOLE, key=WHOLE)

    def between(self, first: datetime.date | None, last: datetime.date | None) -> "ReadingQuerySet":
        """Keep what was read from the one day to the other, both of them included."""
        found = self if first is None else self.filter(day__gte=first)
        return found if last is None else found.filter(day__lte=last)

    def newest_of_each(self) -> "ReadingQuerySet":
        """Keep the newest day's reading of each indicator as a whole."""
        return self.of_the_whole().order_by("indicator", "-day").distinct("indicator")

    def oldest_first(self) -> "ReadingQuerySet":
        return self.order_by("indicator", "day", "dimension", "key")

    def newest_first(self) -> "ReadingQuerySet":
        return self.order_by("-day", "dimension", "key")


class Reading(models.Model):
    """One figure of one day; nothing else is known of what was counted."""

    pk = models.CompositePrimaryKey("indicator", "dimension", "key", "day")
    indicator = models.TextField("지표")
    dimension = models.TextField("나눔", blank=True)
    key = models.TextField("무엇", blank=True)
    day = models.DateField("날짜")
    value = models.DecimalField("값", max_digits=14, decimal_places=2, null=True)
    numerator = models.BigIntegerField("분자", null=True)
    denominator = models.BigIntegerField("분모", null=True)
    is_hidden = models.BooleanField("너무 작아 감춤", default=False)
    made_at = models.DateTimeField("읽은 시각")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "지표 값"
        verbose_name_plural = "지표 값"
        indexes = [models.Index(fields=["indicator", "-day"], name="kpi_reading_by_day")]
        constraints = [
            models.CheckConstraint(
                name="kpi_reading_hides_all_or_nothing",
                condition=Q(is_hidden=False) | Q(value=None, numerator=None, denominator=None),
                violation_error_message="감춘 값에는 수를 남기지 않습니다.",
            ),
            models.CheckConstraint(
                name="kpi_reading_is_of_the_whole_or_of_one",
                condition=Q(dimension="", key="") | ~Q(dimension="") & ~Q(key=""),
                violation_error_message="나눔과 무엇은 함께 있거나 함께 없습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.dimension} {self.key} {self.day}"


class TargetQuerySet(models.QuerySet["Target"]):
    def soonest_first(self) -> "TargetQuerySet":
        return self.order_by("indicator", "by_date")


class Target(models.Model):
    """What an indicator should say by a day; several stand one after the other."""

    indicator = models.TextField("지표")
    value = models.DecimalField("목표", max_digits=14, decimal_places=2)
    by_date = models.DateField("언제까지")
    reason = models.TextField(
        "이유와 근거",
        help_text="누가 언제 정했는지, 바꿀 때는 왜 바꾸는지 적습니다. 시민도 읽습니다.",
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "지표의 목표"
        verbose_name_plural = "지표의 목표"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "by_date"],
                name="kpi_target_is_one_a_day",
                violation_error_message="이 지표에는 그날까지의 목표가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="kpi_target_says_why",
                condition=~Q(reason=""),
                violation_error_message="이유와 근거를 적어 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.by_date}"

    @property
    def title(self) -> str:
        found = declared_indicators().get(self.indicator)
        return str(found.title) if found else self.indicator
