"""Households that a centre cares for, and who belongs to each, since when and until when."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from core.offices.models import Office
from core.offices.people import is_person
from core.records.fields import EncryptedTextField
from core.records.marks import MarkField

# The groups of marks: who somebody is, and where they live.
PEOPLE, ADDRESSES = "welfare.people", "welfare.addresses"
IS_HEAD = "SELF"


class CareHouseholdQuerySet(models.QuerySet["CareHousehold"]):
    def visible_to(self, user: object) -> "CareHouseholdQuerySet":
        """Keep those of the centres where somebody works, but their own; a superuser looks at all.

        Nobody works on the household in which they live, as with requests.
        """
        if not is_person(user):
            return self.none()
        if user.is_superuser:
            return self
        own = CareMember.objects.current().filter(household=OuterRef("pk"), person=user.pk)
        return self.filter(~Exists(own), centre__in=sorted(user.office_ids))

    def open(self) -> "CareHouseholdQuerySet":
        return self.filter(closed_on=None)

    def due_by(self, day: datetime.date) -> "CareHouseholdQuerySet":
        return self.open().filter(next_due_date__lte=day)

    def planned_in(self, steps: models.QuerySet[Any]) -> "CareHouseholdQuerySet":
        """Keep those of whose plan these steps are."""
        return self.open().filter(Exists(steps.filter(household=OuterRef("pk"))))

    def silent_since(self, day: datetime.date) -> "CareHouseholdQuerySet":
        """Keep those that nobody met or called since that day."""
        return self.open().filter(
            Q(last_contact_date__lt=day) | Q(last_contact_date=None, opened_on__lt=day)
        )

    def soonest_due(self) -> "CareHouseholdQuerySet":
        """What has no next step comes last."""
        return self.order_by("closed_on", F("next_due_date").asc(nulls_last=True), "pk")


class CareHousehold(models.Model):
    """`next_due_date` and `last_contact_date` stand here for the list; services keep them."""

    centre = models.ForeignKey(
        Office, verbose_name="동주민센터", on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField("시작한 날")
    closed_on = models.DateField("끝난 날", null=True, blank=True)
    address = EncryptedTextField("주소", blank=True, default="")
    address_mark = MarkField(
        "주소로 찾는 값", group=ADDRESSES, of=("address",), blank=True, default=""
    )
    next_due_date = models.DateField("다음 할 일", null=True, blank=True)
    last_contact_date = models.DateField("마지막 연락", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="합쳐진 가구",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged",
    )

    objects = CareHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "돌보는 가구"
        verbose_name_plural = "돌보는 가구"
        indexes = [
            models.Index(
                fields=["centre", "next_due_date", "id"],
                name="welfare_carehousehold_due",
                condition=Q(closed_on=None),
            ),
            models.Index(
                fields=["address_mark"],
                name="welfare_carehousehold_place",
                condition=Q(closed_on=None) & ~Q(address_mark=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="welfare_carehousehold_ends_after_it_began",
                violation_error_message="끝난 날은 시작한 날보다 앞일 수 없습니다.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | Q(closed_on__isnull=False) & ~Q(merged_into=F("pk")),
                name="welfare_carehousehold_is_merged_when_closed",
                violation_error_message="합쳐진 가구는 끝나 있어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def called(self) -> str:
        """What its members are told of it: where it is cared for, and where it lives."""
        return ", ".join(filter(None, (str(self.centre), self.address)))


class CareMemberQuerySet(models.QuerySet["CareMember"]):
    def current(self) -> "CareMemberQuerySet":
        return self.filter(until=None)

    def head_first(self) -> "CareMemberQuerySet":
        return self.order_by(Case(When(relation=IS_HEAD, then=0), default=1), "pk")


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
    mark = MarkField("찾는 값", group=PEOPLE, of=("name", "birth_date"), db_index=True)
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
