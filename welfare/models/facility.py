"""The published directory: facility, its kind and family, and who runs it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language

from core.places.fields import Apart
from core.places.models import (
    PlaceQuerySet,
    PlaceRecord,
    address_index,
    hours_index,
    place_constraints,
)
from welfare.enums import FacilityStatus


class FacilityFamily(models.Model):
    name = models.TextField("시설 분류", primary_key=True)
    name_en = models.TextField("영문", blank=True)

    class Meta:
        verbose_name = "시설 분류"
        verbose_name_plural = "시설 분류"

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name


class FacilityKindQuerySet(models.QuerySet["FacilityKind"]):
    def lift_asked(self) -> "FacilityKindQuerySet":
        """Keep the kinds whose protection somebody asks to end."""
        return self.filter(lift_asked_by__isnull=False)


class FacilityKind(models.Model):
    history_labels: ClassVar[dict[str, str]] = {"lift_asked": "보호 풀기 요청"}

    name = models.TextField("시설 종류", primary_key=True)
    name_en = models.TextField("영문", blank=True)
    family = models.ForeignKey(
        FacilityFamily, verbose_name="분류", on_delete=models.PROTECT, related_name="kinds"
    )
    client_group = models.TextField("대상", blank=True)
    is_protected = models.BooleanField(
        "보호 시설",
        default=False,
        help_text="보호하는 종류의 시설은 위치와 연락처를 감추고, 상담 전화를 안내합니다. 목록에서 "
        "종류를 골라 ‘보호 시설로 하기’나 ‘보호 풀기 요청’으로 바꿉니다.",
    )
    hotline = models.TextField("상담 전화", blank=True)
    hotline_name = models.TextField("상담 전화 이름", blank=True)
    hotline_name_en = models.TextField("상담 전화 이름 (영문)", blank=True)
    # One member of staff asks that protection end; it ends when another confirms it.
    lift_reason = models.TextField("보호를 푸는 이유", blank=True, default="", db_default="")
    lift_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="보호 풀기를 요청한 사람",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    lift_asked_at = models.DateTimeField("보호 풀기를 요청한 시각", null=True, blank=True)

    objects = FacilityKindQuerySet.as_manager()

    class Meta:
        verbose_name = "시설 종류"
        verbose_name_plural = "시설 종류"
        constraints = [
            models.CheckConstraint(
                name="welfare_facilitykind_protected_has_a_hotline",
                condition=Q(is_protected=False) | ~Q(hotline=""),
                violation_error_message="보호 시설의 종류에는 상담 전화가 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="welfare_facilitykind_lifting_says_why_and_who",
                condition=Q(lift_asked_by=None, lift_asked_at=None, lift_reason="")
                | Q(is_protected=True, lift_asked_by__isnull=False, lift_asked_at__isnull=False)
                & ~Q(lift_reason=""),
                violation_error_message="보호 풀기 요청에는 이유와 요청한 사람이 있어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("welfare:facility-kind", kwargs={"name": self.name})

    @property
    def label(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name

    @property
    def hotline_label(self) -> str:
        return (self.hotline_name_en if get_language() == "en" else "") or self.hotline_name


class Operator(models.Model):
    """A body that runs facilities; bodies only, never a person."""

    name = models.TextField("운영 법인", unique=True)
    homepage = models.URLField("누리집", blank=True)

    class Meta:
        verbose_name = "운영 법인"
        verbose_name_plural = "운영 법인"

    def __str__(self) -> str:
        return self.name


class FacilityQuerySet(PlaceQuerySet["Facility"]):
    def listed(self) -> "FacilityQuerySet":
        """Keep what the public may see: neither retired nor protected."""
        return self.filter(status=FacilityStatus.LISTED, is_protected=False)

    def of_kind(self, name: str) -> "FacilityQuerySet":
        return self.filter(kind_id=name)

    def of_family(self, name: str) -> "FacilityQuerySet":
        return self.filter(family_name=name)

    def by_name(self) -> "FacilityQuerySet":
        return self.order_by("name", "code")

    def never_checked(self) -> "FacilityQuerySet":
        """Keep what no member of staff has looked at since it came in."""
        return self.filter(verified_at=None)


class Facility(PlaceRecord):
    """One welfare facility as published: correction over central over Seoul, field by field.

    Written by `services.publish_facilities` alone. `jurisdiction_code` says who answers for it,
    `district_code` (of the place) where it stands: they differ for some.
    """

    place_kind: ClassVar[str] = "welfare.facility"
    history_labels: ClassVar[dict[str, str]] = {"hours_exception": "운영시간 예외"}

    code = models.CharField("시설코드", max_length=20, primary_key=True)
    kind = models.ForeignKey(
        FacilityKind, verbose_name="종류", on_delete=models.PROTECT, db_index=False
    )
    family_name = models.TextField("시설 분류")
    operator = models.ForeignKey(
        Operator, verbose_name="운영 법인", on_delete=models.PROTECT, null=True, blank=True
    )
    jurisdiction_code = models.CharField("관할 코드", max_length=10, null=True, blank=True)  # noqa: DJ001
    homepage = models.TextField("누리집", null=True, blank=True)  # noqa: DJ001
    capacity = models.IntegerField("정원 (명)", null=True, blank=True)
    occupancy = models.IntegerField("현원 (명)", null=True, blank=True)
    waiting = models.IntegerField("대기 (명)", null=True, blank=True)
    services_offered = models.TextField("제공 서비스", null=True, blank=True)  # noqa: DJ001
    who_may_use = models.TextField("이용 대상", null=True, blank=True)  # noqa: DJ001
    fees = models.TextField("이용 요금", null=True, blank=True)  # noqa: DJ001
    languages = models.TextField("가능한 언어", null=True, blank=True)  # noqa: DJ001
    is_protected = models.BooleanField("보호 시설", default=False)
    status = models.CharField("상태", max_length=8, choices=FacilityStatus)
    source = models.TextField("출처")
    verified_at = models.DateTimeField("직원 확인 시각", null=True, blank=True)
    published_at = models.DateTimeField("게시 시각")
    # The API's object as JSON text, without what differs from request to request.
    card = models.TextField("API 본문")

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = "복지시설"
        verbose_name_plural = "복지시설"
        constraints = [
            *place_constraints("welfare_facility"),
            models.CheckConstraint(
                name="welfare_facility_protected_has_no_place",
                condition=Q(is_protected=False)
                | Q(
                    point=None,
                    lat=None,
                    lon=None,
                    address=None,
                    address_detail="",
                    postcode=None,
                    district_code=None,
                    dong_code=None,
                    phone=None,
                    homepage=None,
                    operator=None,
                ),
                violation_error_message="보호 시설의 위치와 연락처는 공개할 수 없습니다.",
            ),
        ]
        # Partial indexes: every public list is of listed rows, in the order of their names.
        indexes = [
            GistIndex(
                fields=["point"],
                name="welfare_facility_near",
                condition=Q(status="LISTED", is_protected=False),
            ),
            *(
                GistIndex(
                    Apart(F("point"), F(key)),
                    name=f"welfare_facility_near_{name}",
                    condition=Q(status="LISTED", is_protected=False),
                )
                for name, key in {"family": "family_name", "place": "district_code"}.items()
            ),
            models.Index(
                fields=["name", "code"],
                name="welfare_facility_accessible",
                condition=Q(status="LISTED", is_protected=False, is_accessible=True),
            ),
            *(
                models.Index(
                    fields=[*fields, "name", "code"],
                    name=f"welfare_facility_{name}",
                    condition=Q(status="LISTED", is_protected=False),
                )
                for name, fields in {
                    "by_name": [],
                    "by_place": ["district_code"],
                    "by_kind": ["kind"],
                    "by_family": ["family_name"],
                    "by_kind_at": ["district_code", "kind"],
                    "by_family_at": ["district_code", "family_name"],
                }.items()
            ),
            models.Index(fields=["published_at"], name="welfare_facility_published"),
            hours_index("welfare_facility_hours"),
            address_index("welfare_facility_address"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def get_absolute_url(self) -> str:
        return reverse("welfare:facility-detail", kwargs={"code": self.code})
