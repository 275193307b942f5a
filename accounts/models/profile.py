"""What a person tells of themselves: where they live, and groups of facts that are sealed."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.translation import get_language

from accounts.enums import FactGroup
from core.places.facts import District, Dong, get_district, get_dong
from core.records.consents import people_who_consent
from core.records.fields import EncryptedJSONField


class ProfileQuerySet(models.QuerySet["Profile"]):
    def usable_for(self, purpose: str) -> "ProfileQuerySet":
        """Keep those whose people let the portal use them so now."""
        return self.filter(person__in=people_who_consent(purpose))

    def in_dong(self, code: str) -> "ProfileQuerySet":
        return self.filter(dong_code=code)


class Profile(models.Model):
    """The group BASICS, in columns of its own: people are found by their dong and their age."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="profile",
        verbose_name="사람",
    )
    birth_date = models.DateField("생년월일", null=True, blank=True)
    district_code = models.CharField("사는 자치구", max_length=10, null=True, blank=True)  # noqa: DJ001
    dong_code = models.CharField("사는 행정동", max_length=10, null=True, blank=True)  # noqa: DJ001
    told_at = models.DateTimeField("적은 때")

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "생일과 사는 곳"
        verbose_name_plural = "생일과 사는 곳"
        indexes = [models.Index(fields=["dong_code"], name="accounts_profile_by_dong")]
        constraints = [
            models.CheckConstraint(
                condition=Q(dong_code=None)
                | Q(district_code__isnull=False)
                & Q(Exact(Left("dong_code", 5), Left("district_code", 5))),
                name="accounts_profile_dong_lies_in_its_district",
                violation_error_message="행정동은 사는 자치구에 속해야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(birth_date=None) | Q(birth_date__gte=datetime.date(1900, 1, 1)),
                name="accounts_profile_is_born_after_1900",
                violation_error_message="생년월일을 다시 확인해 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_district_code_display(self) -> str:
        return _name_of(self.district) or self.district_code or "–"

    def get_dong_code_display(self) -> str:
        return _name_of(self.dong) or self.dong_code or "–"

    @property
    def dong(self) -> Dong | None:
        return get_dong(self.dong_code) if self.dong_code else None

    @property
    def district(self) -> District | None:
        return get_district(self.district_code) if self.district_code else None


def _name_of(area: District | Dong | None) -> str:
    if area is None:
        return ""
    return area.name_en if get_language() == "en" else area.name


class FactSheetQuerySet(models.QuerySet["FactSheet"]):
    def of_group(self, group: FactGroup) -> "FactSheetQuerySet":
        return self.filter(group=group)

    def usable_for(self, purpose: str) -> "FactSheetQuerySet":
        """Keep those whose people let the portal use them so now."""
        return self.filter(person__in=people_who_consent(purpose))


class FactSheet(models.Model):
    """Every other group, sealed whole: nobody is found by what they are or lack."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="fact_sheets", verbose_name="사람"
    )
    group = models.CharField("무엇", max_length=16, choices=FactGroup)
    facts = EncryptedJSONField("내용")
    told_at = models.DateTimeField("적은 때")

    objects = FactSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "스스로 적은 내용"
        verbose_name_plural = "스스로 적은 내용"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group"],
                name="accounts_factsheet_is_one_a_group",
                violation_error_message="이 내용은 이미 적혀 있습니다.",
            ),
            models.CheckConstraint(
                condition=~Q(group=FactGroup.BASICS),
                name="accounts_factsheet_holds_no_basics",
                violation_error_message="생일과 사는 곳은 따로 적습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} (#{self.pk})"
