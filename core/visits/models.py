"""How often a thing was opened on a day."""

import datetime
from typing import Any

from django.db import models
from django.db.models import OuterRef, QuerySet, Sum


class OpeningsQuerySet(models.QuerySet["Openings"]):
    def since(self, day: datetime.date) -> "OpeningsQuerySet":
        return self.filter(day__gte=day)

    def sum_for(self, key: str) -> QuerySet["Openings", Any]:
        """Answer a subquery: how often the outer row's thing was opened; `key` is its column."""
        mine = self.filter(key=OuterRef(key)).order_by().values("key")
        return mine.annotate(times=Sum("times")).values("times")


class Openings(models.Model):
    """One number for one thing and day (Asia/Seoul); nothing else is known of who opened it."""

    pk = models.CompositePrimaryKey("kind", "key", "day")
    kind = models.TextField("종류")  # <area>.<thing>, as in the search index
    key = models.TextField("키")
    day = models.DateField("날짜")
    times = models.PositiveIntegerField("횟수")

    objects = OpeningsQuerySet.as_manager()

    class Meta:
        verbose_name = "이용 횟수"
        verbose_name_plural = "이용 횟수"

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.day}"
