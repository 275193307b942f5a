"""Households that a centre cares for, and who belongs to each, since when and until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.offices.models import Office
from core.offices.people import is_person
from core.records.fields import EncryptedTextField


class CareHouseholdQuerySet(models.QuerySet["CareHousehold"]):
    def visible_to(self, user: object) -> "CareHouseholdQuerySet":
        """Keep those of the centres where somebody works; a superuser looks at all."""
        if not is_person(user):
            return self.none()
        return self if user.is_superuser else self.filter(centre__in=user.office_ids)


class CareHousehold(models.Model):
    centre = models.ForeignKey(
        Office, verbose_name="동주민센터", on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField("시작한 날")
    closed_on = models.DateField("끝난 날", null=True, blank=True)

    objects = CareHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "돌보는 가구"
        verbose_name_plural = "돌보는 가구"

    def __str__(self) -> str:
        return f"#{self.pk}"


class CareMemberQuerySet(models.QuerySet["CareMember"]):
    def current(self) -> "CareMemberQuerySet":
        return self.filter(until=None)


class CareMember(models.Model):
    """Somebody of a household; `mark` finds them by name and birth date, which are sealed."""

    household = models.ForeignKey(
        CareHousehold, verbose_name="가구", on_delete=models.CASCADE, related_name="members"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="사람",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    name = EncryptedTextField("이름")
    birth_date = EncryptedTextField("생년월일")
    mark = models.CharField("찾는 값", max_length=64, db_index=True)
    relation = models.CharField("관계", max_length=12)
    since = models.DateField("들어온 날")
    until = models.DateField("나간 날", null=True, blank=True)

    objects = CareMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "가구원"
        verbose_name_plural = "가구원"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until=None),
                name="welfare_caremember_person_is_in_one_household",
                violation_error_message="이 사람은 이미 다른 가구에 있습니다.",
            ),
            models.UniqueConstraint(
                fields=["mark"],
                condition=Q(until=None),
                name="welfare_caremember_mark_is_in_one_household",
                violation_error_message="이 사람은 이미 다른 가구에 있습니다.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="welfare_caremember_leaves_after_coming",
                violation_error_message="나간 날은 들어온 날보다 앞일 수 없습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
