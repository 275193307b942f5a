"""The one record of a place that areas inherit, and the days on which its hours differ."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast, Left
from django.db.models.lookups import Exact

from core.places.enums import Precision
from core.places.facts import District, Dong, get_district, get_dong, holiday_name
from core.places.fields import Distance, IsAmong, MinutesField, Point, PointField
from core.places.rules import (
    DAY,
    AccessFact,
    DayException,
    Schedule,
    WeeklyHours,
    facts_from_json,
    facts_to_json,
    judge_accessible,
    make_spans,
    open_conditions,
    to_metres,
)

PlaceT = TypeVar("PlaceT", bound="PlaceRecord")


class PlaceQuerySet(models.QuerySet[PlaceT]):
    """Where, how far, when, and whether one can get in; mixed into an area's own QuerySet."""

    def in_district(self, code: str) -> Self:
        """Keep what stands in the district: its code (5 or 10 digits) or its name."""
        district = get_district(code)
        return self.filter(district_code=district.code) if district else self.none()

    def near(self, lat: float, lon: float, radius: float | None = None) -> Self:
        """Nearest first, with `distance_m`; what has no point cannot be near anything.

        Ties stay in the index's order: thousands share the middle of a dong, and sorting them by
        their key as well would read them all for one page (three times the cost at a million).
        """
        here = Point(*to_metres(lat, lon))
        found = self.filter(point__isnull=False)
        if radius is not None:
            found = found.filter(point__within=(*here, radius))
        return found.annotate(distance_m=Distance(F("point"), to=here)).order_by("distance_m")

    def open_at(self, at: datetime.datetime) -> Self:
        """Keep what is open at that moment, as far as its hours are known."""
        asked = open_conditions(at, is_holiday=lambda day: holiday_name(day) is not None)
        own, spilt = Q(open_minutes__holds=asked.own), Q(open_minutes__holds=asked.spilt)
        usual = own
        if asked.own_unless is not None:
            usual &= ~Q(open_minutes__holds=asked.own_unless)
        yesterday = asked.day - datetime.timedelta(days=1)
        today, before = self._exceptions(asked.day), self._exceptions(yesterday)
        opened = today.filter(minutes__holds=asked.minute)
        still_open = before.filter(minutes__holds=DAY + asked.minute)
        # The first says it all; the second says less, in a form that indexes can serve.
        return self.filter(
            (usual & ~self._listed(today))
            | self._listed(opened)
            | (spilt & ~self._listed(before))
            | self._listed(still_open),
            own | spilt | self._among(opened) | self._among(still_open),
        )

    def _exceptions(self, day: datetime.date) -> "HoursExceptionQuerySet":
        return HoursException.objects.on(day).filter(kind=self.model.place_kind)

    def _listed(self, exceptions: "HoursExceptionQuerySet") -> Q:
        """Keep the places that these are about, looked up in a hash of their keys."""
        key = Cast(OuterRef("pk"), models.CharField())
        return Q(Exists(exceptions.filter(key=key)))

    def _among(self, exceptions: "HoursExceptionQuerySet") -> Q:
        """Keep the same places by an array of their keys: few are specially open on any day."""
        key = self.model._meta.pk  # noqa: SLF001
        kind = models.CharField() if isinstance(key, models.CharField) else models.BigIntegerField()
        keys = ArraySubquery(exceptions.annotate(place=Cast("key", kind)).values("place"))
        return Q(IsAmong(F("pk"), keys))

    def accessible(self) -> Self:
        """Keep what is known to be usable in a wheelchair; unknown is not a promise."""
        return self.filter(is_accessible=True)


class PlaceRecord(models.Model):
    """What every place has, whichever area it belongs to.

    An heir names its `place_kind`, and adds `place_constraints` and `point_index` to its Meta.
    """

    # null means unknown throughout: an empty string would be told as if it were known.
    # Names this kind of place in `HoursException.kind` ("welfare.facility").
    place_kind: ClassVar[str] = ""

    name = models.CharField("이름", max_length=200)
    name_en = models.CharField("영문 이름", max_length=200, blank=True, default="")
    address = models.TextField("도로명주소", null=True, blank=True)  # noqa: DJ001
    address_detail = models.TextField("상세주소", blank=True, default="")
    postcode = models.CharField("우편번호", max_length=5, null=True, blank=True)  # noqa: DJ001
    district_code = models.CharField("소재 자치구", max_length=10, null=True, blank=True)  # noqa: DJ001
    dong_code = models.CharField("소재 행정동", max_length=10, null=True, blank=True)  # noqa: DJ001
    phone = models.CharField("전화번호", max_length=40, null=True, blank=True)  # noqa: DJ001
    point = PointField("좌표 (EPSG:5186, m)", null=True, blank=True, editable=False)
    lat = models.FloatField("위도", null=True, blank=True)
    lon = models.FloatField("경도", null=True, blank=True)
    precision = models.CharField(
        "위치 정확도", max_length=8, choices=Precision, default=Precision.NONE
    )
    weekly_hours = models.JSONField("운영시간", null=True, blank=True)
    open_minutes = MinutesField("운영시간(분)", null=True, blank=True, editable=False)
    accessibility = models.JSONField("이용 편의", null=True, blank=True)
    is_accessible = models.BooleanField("휠체어로 이용 가능", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def district(self) -> District | None:
        return get_district(self.district_code) if self.district_code else None

    @property
    def dong(self) -> Dong | None:
        return get_dong(self.dong_code) if self.dong_code else None

    @property
    def hours(self) -> WeeklyHours | None:
        return None if self.weekly_hours is None else WeeklyHours.from_json(self.weekly_hours)

    def move_to(self, lat: float, lon: float, *, precision: Precision) -> None:
        """Put the place somewhere, in degrees and in metres; does not save."""
        self.lat, self.lon = lat, lon
        self.point = Point(*to_metres(lat, lon))
        self.precision = precision

    def lose_point(self) -> None:
        self.lat = self.lon = self.point = None
        self.precision = Precision.NONE

    def set_hours(self, hours: WeeklyHours | None) -> None:
        """Give it the usual hours, also in the form that `open_at` asks; does not save."""
        self.weekly_hours = None if hours is None else hours.to_json()
        self.open_minutes = None if hours is None else hours.open_minutes()

    def set_access(self, facts: Iterable[AccessFact]) -> None:
        """Give it what is known of getting in, and the verdict that follows; does not save."""
        told = tuple(facts)
        self.accessibility = facts_to_json(told) or None
        self.is_accessible = judge_accessible(told)

    @property
    def access_facts(self) -> tuple[AccessFact, ...]:
        return facts_from_json(self.accessibility)

    def schedule(self) -> Schedule | None:
        """Answer its hours with all exceptions; None where nothing is known."""
        if (hours := self.hours) is None:
            return None
        exceptions = HoursException.objects.of(self.place_kind, str(self.pk))
        return Schedule(hours, tuple(one.as_rule() for one in exceptions), holiday_name)


def place_constraints(prefix: str) -> list[models.BaseConstraint]:
    """Answer what holds of every place; `prefix` is `<app>_<model>`."""
    lost = Q(point=None, lat=None, lon=None, precision=Precision.NONE)
    found = (
        Q(point__isnull=False, lat__isnull=False, lon__isnull=False)
        & ~Q(precision=Precision.NONE)
        & Q(lat__range=(33, 39), lon__range=(124, 132))
    )
    return [
        models.CheckConstraint(
            name=f"{prefix}_point_degrees_and_precision_agree",
            condition=lost | found,
            violation_error_message="좌표, 위도와 경도, 위치 정확도는 함께 있거나 없어야 합니다.",
        ),
        models.CheckConstraint(
            name=f"{prefix}_dong_lies_in_its_district",
            condition=Q(dong_code=None)
            | (
                Q(district_code__isnull=False)
                & Q(Exact(Left("dong_code", 5), Left("district_code", 5)))
            ),
            violation_error_message="행정동은 소재 자치구에 속해야 합니다.",
        ),
        models.CheckConstraint(
            name=f"{prefix}_postcode_has_five_digits",
            condition=Q(postcode=None) | Q(postcode__regex=r"^\d{5}$"),
            violation_error_message="우편번호는 숫자 다섯 자리입니다.",
        ),
        models.CheckConstraint(
            name=f"{prefix}_hours_come_with_minutes",
            condition=Q(weekly_hours__isnull=True, open_minutes__isnull=True)
            | Q(weekly_hours__isnull=False, open_minutes__isnull=False),
            violation_error_message="운영시간이 잘못 저장되었습니다.",
        ),
    ]


def hours_index(name: str) -> GistIndex:
    """Answer the index that `open_at` needs while few places have told their hours."""
    return GistIndex(fields=["open_minutes"], name=name, condition=Q(open_minutes__isnull=False))


def point_index(name: str) -> GistIndex:
    """Answer the index that `near` needs."""
    return GistIndex(fields=["point"], name=name)


def address_index(name: str) -> models.Index:
    """Answer the index by which a street is found that somebody typed."""
    return models.Index(fields=["address"], opclasses=["text_pattern_ops"], name=name)


class HoursExceptionQuerySet(models.QuerySet["HoursException"]):
    def on(self, day: datetime.date) -> Self:
        return self.filter(starts_date__lte=day, ends_date__gte=day)

    def of(self, kind: str, key: str) -> Self:
        return self.filter(kind=kind, key=key).order_by("starts_date", "pk")


class HoursException(models.Model):
    """Days on which one place is closed or open at other hours; any area's place may have some."""

    kind = models.CharField("장소 종류", max_length=40)
    key = models.CharField("장소 번호", max_length=40)
    starts_date = models.DateField("시작일")
    ends_date = models.DateField("종료일")
    hours = models.JSONField("그날의 운영시간", default=list, blank=True)
    minutes = MinutesField("그날의 운영시간(분)", editable=False)
    reason = models.CharField("사유", max_length=200, blank=True, default="")

    objects = HoursExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = "운영시간 예외"
        verbose_name_plural = "운영시간 예외"
        indexes = [
            models.Index(fields=["kind", "key", "ends_date"], name="places_hours_by_place"),
            models.Index(fields=["ends_date", "starts_date"], name="places_hours_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="places_hoursexception_ends_after_it_starts",
                condition=Q(ends_date__gte=F("starts_date")),
                violation_error_message="종료일은 시작일과 같거나 뒤여야 합니다.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.starts_date}–{self.ends_date}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.minutes = make_spans(self.hours)
        super().save(*args, **kwargs)

    @property
    def is_closed(self) -> bool:
        return not self.hours

    def as_rule(self) -> DayException:
        return DayException(self.starts_date, self.ends_date, make_spans(self.hours), self.reason)


class LocatedAddressQuerySet(models.QuerySet["LocatedAddress"]):
    def known(self, *, since: datetime.datetime) -> "LocatedAddressQuerySet":
        """Keep the addresses that have a point, or that were asked for since then."""
        return self.filter(Q(lat__isnull=False) | Q(asked_at__gte=since))


class LocatedAddress(models.Model):
    """Where an address is, as a geocoder answered once; without a point where it did not know.

    Kept by the words of the address and by nothing else: it says nothing of who is there.
    """

    address = models.TextField("주소", primary_key=True)
    lat = models.FloatField("위도", null=True)
    lon = models.FloatField("경도", null=True)
    x = models.FloatField("동쪽 좌표 (m)", null=True)
    y = models.FloatField("북쪽 좌표 (m)", null=True)
    precision = models.CharField("정확도", max_length=8, choices=Precision, default=Precision.NONE)
    asked_at = models.DateTimeField("물어본 시각")

    objects = LocatedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "주소의 위치"
        verbose_name_plural = "주소의 위치"
        constraints = [
            models.CheckConstraint(
                name="places_locatedaddress_has_a_whole_point_or_none",
                condition=Q(lat=None, lon=None, x=None, y=None, precision=Precision.NONE)
                | (
                    Q(lat__isnull=False, lon__isnull=False, x__isnull=False, y__isnull=False)
                    & ~Q(precision=Precision.NONE)
                ),
                violation_error_message="좌표와 정확도는 함께 있거나 없어야 합니다.",
            )
        ]

    def __str__(self) -> str:
        return self.address
