"""An office: where people work on other people's requests, under one name."""

import datetime

from django.db import models
from django.db.models import F, Q

from core.offices.enums import OfficeKind


class OfficeQuerySet(models.QuerySet["Office"]):
    def open_on(self, day: datetime.date) -> "OfficeQuerySet":
        """Keep what works that day; the closing day itself is excluded."""
        return self.filter(Q(closes_date=None) | Q(closes_date__gt=day), opens_date__lte=day)

    def of_kind(self, kind: OfficeKind) -> "OfficeQuerySet":
        return self.filter(kind=kind)

    def by_name(self) -> "OfficeQuerySet":
        return self.order_by("name", "pk")


class Office(models.Model):
    """A case lies with one, a member of staff belongs to one, an entry of the access log names one.

    What only some offices have (a dong, opening hours) hangs on it, in the app that knows it.
    """

    kind = models.CharField("종류", max_length=12, choices=OfficeKind)
    name = models.CharField("이름", max_length=80)
    name_en = models.CharField("영어 이름", max_length=120, blank=True)
    phone = models.CharField("전화", max_length=20, blank=True)
    opens_date = models.DateField("문 연 날", default=datetime.date(2000, 1, 1))
    closes_date = models.DateField("문 닫는 날", null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "기관"
        verbose_name_plural = "기관"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="offices_office_is_one_of_its_name",
                violation_error_message="같은 종류에 같은 이름의 기관이 이미 있습니다.",
            ),
            models.CheckConstraint(
                condition=Q(closes_date=None) | Q(closes_date__gt=F("opens_date")),
                name="offices_office_closes_after_it_opens",
                violation_error_message="문 닫는 날은 문 연 날보다 뒤여야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
