"""An office: where people work on other people's requests, under one name."""

import datetime

from django.db import models
from django.db.models import F, Q

from core.offices.enums import OfficeKind

# The codes of the ministry: two digits are the city, five a district.
ALL_OF_SEOUL = "11"


class OfficeQuerySet(models.QuerySet["Office"]):
    def open_on(self, day: datetime.date) -> "OfficeQuerySet":
        """Keep what works that day; the closing day itself is excluded."""
        return self.filter(Q(closes_date=None) | Q(closes_date__gt=day), opens_date__lte=day)

    def of_kind(self, kind: OfficeKind) -> "OfficeQuerySet":
        return self.filter(kind=kind)

    def standing_in_for(self, place: str) -> "OfficeQuerySet":
        """Keep who answers for offices without staff there: a district first, then all of Seoul."""
        places = sorted({place, ALL_OF_SEOUL} - {""})
        return self.filter(stands_in_for__in=places).order_by("-stands_in_for")

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
    # Where it is the desk that answers for offices in which nobody works on requests yet.
    stands_in_for = models.CharField("직원 없는 기관을 대신할 곳", max_length=5, blank=True)

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
            models.UniqueConstraint(
                fields=["stands_in_for"],
                condition=~Q(stands_in_for="") & Q(closes_date=None),
                name="offices_office_stands_in_alone",
                violation_error_message="이곳을 대신하는 기관이 이미 있습니다.",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__regex=r"^(11(\d{3})?)?$"),
                name="offices_office_stands_in_within_seoul",
                violation_error_message="대신할 곳은 서울 전체나 자치구 하나입니다.",
            ),
            models.CheckConstraint(
                condition=Q(closes_date=None) | Q(closes_date__gt=F("opens_date")),
                name="offices_office_closes_after_it_opens",
                violation_error_message="문 닫는 날은 문 연 날보다 뒤여야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
