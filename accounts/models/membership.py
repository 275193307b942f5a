"""In which office a person has which role, from when until when."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.enums import Role
from core.offices.models import Office


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current_on(self, day: datetime.date) -> "MembershipQuerySet":
        """Keep what holds that day; the last day itself still counts."""
        return self.filter(Q(ends_date=None) | Q(ends_date__gte=day), starts_date__lte=day).filter(
            Q(office__closes_date=None) | Q(office__closes_date__gt=day)
        )


class Membership(models.Model):
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name="사람"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="memberships", verbose_name="기관"
    )
    role = models.CharField("역할", max_length=12, choices=Role)
    starts_date = models.DateField("시작일")
    ends_date = models.DateField("마지막 날", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "소속"
        verbose_name_plural = "소속"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date=None) | Q(ends_date__gte=F("starts_date")),
                name="accounts_membership_ends_after_it_starts",
                violation_error_message="마지막 날은 시작일과 같거나 뒤여야 합니다.",
            ),
            models.UniqueConstraint(
                fields=["person", "office", "role"],
                condition=Q(ends_date=None),
                name="accounts_membership_is_held_once",
                violation_error_message="같은 기관에서 같은 역할을 이미 맡고 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.get_role_display()}"
