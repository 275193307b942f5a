"""Whom a person lets act for them: for what, until when, and everything that was done so."""

import datetime
from collections.abc import Collection
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q

from accounts.enums import DelegationStep, MessagesTo
from core.database.closing import Closed
from core.offices.models import Office
from core.records.asking import AskedAbout

# Every matter, of every area. Others are slugs of areas: what a kind of request belongs to.
EVERYTHING = "*"


def area_of(purpose: str) -> str:
    """Answer the area of `welfare` and of `welfare.benefit_application`."""
    return purpose.partition(".")[0]


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force_on(self, day: datetime.date) -> "DelegationQuerySet":
        """Keep what was accepted and still holds that day; its last day counts."""
        return self.filter(
            accepted_at__isnull=False,
            revoked_at=None,
            ends_date__gte=day,
            person__is_active=True,
        )

    def waiting_at(self, now: datetime.datetime) -> "DelegationQuerySet":
        """Keep what somebody can still accept by its code."""
        return self.filter(accepted_at=None, revoked_at=None, code_expires_at__gt=now)

    def of(self, person_id: int) -> "DelegationQuerySet":
        return self.filter(person=person_id)

    def visible_to(self, person: Any) -> "DelegationQuerySet":
        """Keep what somebody gave, or was given: themselves, or an office in which they work."""
        theirs = Q(person=person.pk) | Q(helper=person.pk)
        return self.filter(theirs | Q(office__in=sorted(person.office_ids)))

    def held_by(self, helper_id: int, office_ids: frozenset[int]) -> "DelegationQuerySet":
        """Keep what lets somebody act: named themselves, or by an office in which they work."""
        return self.filter(Q(helper=helper_id) | Q(office__in=office_ids))

    def mandates_of(
        self, helper_id: int, office_ids: Collection[int], *, on: datetime.date
    ) -> tuple["Delegation", ...]:
        """Answer what lets somebody act that day, by a statement that is written once."""
        rows = _mandates(len(office_ids))(on, helper_id, *sorted(office_ids))
        return tuple(Delegation.from_db(DEFAULT_DB_ALIAS, _columns(), row) for row in rows)

    def newest_first(self) -> "DelegationQuerySet":
        return self.order_by("-named_at", "-pk")


@cache
def _columns() -> list[str]:
    return [field.attname for field in Delegation._meta.concrete_fields]


@cache
def _mandates(offices: int) -> AskedAbout:
    return AskedAbout(
        lambda day, helper, *office_ids: (
            Delegation.objects.in_force_on(day)
            .held_by(helper, frozenset(office_ids))
            .order_by("person", "pk")
            .values_list(*_columns())
        ),
        datetime.date.min,
        *range(-1, -2 - offices, -1),
    )


class Delegation(models.Model):
    """One helper of one person: somebody, or whoever works on requests in an office."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="delegations",
        verbose_name="맡긴 사람",
    )
    label = models.CharField("누구에게", max_length=40)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="기관"
    )
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="helps",
        verbose_name="도우미",
    )
    purposes = ArrayField(models.CharField(max_length=60), verbose_name="맡긴 일")
    messages_to = models.CharField("알림", max_length=8, choices=MessagesTo)
    ends_date = models.DateField("마지막 날")
    named_at = models.DateTimeField("정한 때")
    accepted_at = models.DateTimeField("받아들인 때", null=True, blank=True)
    revoked_at = models.DateTimeField("그만둔 때", null=True, blank=True)
    # The code follows from these and the installation's secret; it is nowhere kept as it is.
    code_salt = models.CharField("번호의 바탕", max_length=32)
    code_mark = models.CharField("번호의 자국", max_length=64)
    code_expires_at = models.DateTimeField("번호의 기한")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "대리"
        verbose_name_plural = "대리"
        indexes = [
            models.Index(
                fields=["office"],
                name="accounts_delegation_by_office",
                condition=Q(office__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code_mark"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="accounts_delegation_code_is_its_own",
                violation_error_message="같은 번호가 이미 있습니다.",
            ),
            models.CheckConstraint(
                condition=~Q(purposes=[]),
                name="accounts_delegation_is_for_something",
                violation_error_message="맡길 일을 하나는 골라야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(helper=None) | ~Q(helper=models.F("person")),
                name="accounts_delegation_is_to_somebody_else",
                violation_error_message="자기 자신에게는 맡길 수 없습니다.",
            ),
            models.CheckConstraint(
                # Who reads the messages of an office changes by the day.
                condition=Q(office=None) | Q(messages_to=MessagesTo.PERSON),
                name="accounts_delegation_of_office_leaves_messages",
                violation_error_message="기관에 맡기면 알림은 나에게만 옵니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} (#{self.pk})"

    def covers(self, purpose: str) -> bool:
        return bool({EVERYTHING, purpose, area_of(purpose)} & set(self.purposes))

    def is_waiting_at(self, now: datetime.datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.code_expires_at > now


class DelegationEventQuerySet(models.QuerySet["DelegationEvent"]):
    def newest_first(self) -> "DelegationEventQuerySet":
        return self.order_by("-at", "-pk")


class DelegationEvent(models.Model):
    """What happened under a delegation; the database refuses to change a line."""

    closed: ClassVar = Closed(emptied=("actor",), removed=True)

    delegation = models.ForeignKey(
        Delegation, models.CASCADE, related_name="events", verbose_name="대리"
    )
    step = models.CharField("무엇", max_length=12, choices=DelegationStep)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="한 사람",
    )
    what = models.CharField("내용", max_length=200, blank=True)
    at = models.DateTimeField("때")

    objects = DelegationEventQuerySet.as_manager()

    class Meta:
        verbose_name = "대리 기록"
        verbose_name_plural = "대리 기록"
        indexes = [models.Index(fields=["delegation", "-at"], name="accounts_event_newest")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} (#{self.pk})"


class CodeGuess(models.Model):
    """A code that was typed and is nobody's: kept for a day, so that nobody tries them all."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="사람"
    )
    at = models.DateTimeField("때")

    class Meta:
        verbose_name = "틀린 번호"
        verbose_name_plural = "틀린 번호"
        indexes = [models.Index(fields=["person", "at"], name="accounts_codeguess_lately")]

    def __str__(self) -> str:
        return f"#{self.pk}"
