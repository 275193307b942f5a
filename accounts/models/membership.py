"""In which office a person has which role, from when until when."""

import datetime
from collections.abc import Collection
from functools import cache

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Q

from accounts.enums import Role
from core.offices.models import Office
from core.offices.people import is_person
from core.records.asking import AskedAbout


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current_on(self, day: datetime.date) -> "MembershipQuerySet":
        """Keep what holds that day: its last day still counts, unless it was ended at once."""
        return self.filter(
            Q(ends_date=None) | Q(ends_date__gte=day), starts_date__lte=day, ended_at=None
        ).filter(Q(office__closes_date=None) | Q(office__closes_date__gt=day))

    def held_by(self, person_id: int, *, on: datetime.date) -> tuple["Membership", ...]:
        """Answer what somebody holds that day, the oldest first, each with its office."""
        alias, wide = DEFAULT_DB_ALIAS, len(_columns(Membership))
        held = []
        for row in _held()(person_id, on):
            one = Membership.from_db(alias, _columns(Membership), row[:wide])
            one.office = Office.from_db(alias, _columns(Office), row[wide:])
            held.append(one)
        return tuple(held)

    def not_over_on(self, day: datetime.date) -> "MembershipQuerySet":
        """Keep what holds that day or is still to begin."""
        return self.filter(Q(ends_date=None) | Q(ends_date__gte=day), ended_at=None)

    def in_offices(self, office_ids: Collection[int]) -> "MembershipQuerySet":
        return self.filter(office__in=office_ids)

    def visible_to(self, person: object) -> "MembershipQuerySet":
        """Keep those of the offices in which this person works on requests; a superuser sees all.

        A volunteer of an office is no colleague yet: who else is there, is not theirs to read.
        """
        if not is_person(person):
            return self.none()
        return self if person.is_superuser else self.in_offices(person.office_ids)

    def of_managers(self) -> "MembershipQuerySet":
        return self.filter(role=Role.MANAGER)

    def newest_first(self) -> "MembershipQuerySet":
        return self.order_by("-starts_date", "-pk")


@cache
def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _held() -> AskedAbout:
    """Answer what is asked in nearly every request of somebody who has signed in."""
    shown = (*_columns(Membership), *(f"office__{name}" for name in _columns(Office)))
    return AskedAbout(
        lambda person, day: (
            Membership.objects.current_on(day)
            .filter(person=person)
            .order_by("starts_date", "pk")
            .values_list(*shown)
        ),
        -1,
        datetime.date.min,
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
    # Set where somebody had to leave at once, and not with the end of the last day.
    ended_at = models.DateTimeField("바로 끝낸 시각", null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ends_date__isnull=False),
                name="accounts_membership_ended_has_a_last_day",
                violation_error_message="바로 끝낸 소속에는 마지막 날이 있어야 합니다.",
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

    def is_over_on(self, day: datetime.date) -> bool:
        is_past = self.ends_date is not None and self.ends_date < day
        return is_past or self.ended_at is not None

    def state_on(self, day: datetime.date) -> str:
        if self.is_over_on(day):
            return "끝남"
        return "예정" if self.starts_date > day else "근무 중"
