"""What is known of members of a household, agreed and planned with them: dated rows."""

import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Membership
from core.cases.models import Case
from core.records.fields import EncryptedTextField
from welfare.enums import CareBenefitState, CareConsentTopic, CareContactKind, CounterConsent
from welfare.models.application import AWARDED
from welfare.models.benefit import Benefit
from welfare.models.household import CareHousehold, CareMember

RowT = TypeVar("RowT", bound=models.Model)


class CareQuerySet(models.QuerySet[RowT]):
    def of(self, household: CareHousehold) -> "CareQuerySet[RowT]":
        return self.filter(household=household.pk)

    def newest_first(self) -> "CareQuerySet[RowT]":
        return self.order_by("-pk")


class OfMember(models.Model):
    """A row of one member: with them it goes, and whoever reads it has read of them."""

    household = models.ForeignKey(
        CareHousehold, verbose_name="가구", on_delete=models.CASCADE, related_name="+"
    )
    member = models.ForeignKey(
        CareMember, verbose_name="가구원", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk}"


class CareNeed(OfMember):
    """What somebody needs: a theme of the catalogue, or what happens in a life."""

    need = models.CharField("필요한 것", max_length=40)
    words = EncryptedTextField("말씀하신 것", blank=True, default="")
    since = models.DateField("적은 날")
    until = models.DateField("풀린 날", null=True, blank=True)

    objects: Any = CareQuerySet["CareNeed"].as_manager()

    class Meta:
        verbose_name = "가구원에게 필요한 것"
        verbose_name_plural = "가구원에게 필요한 것"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "need"],
                condition=Q(until=None),
                name="welfare_careneed_is_told_once",
                violation_error_message="이미 적혀 있습니다.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="welfare_careneed_ends_after_it_began",
                violation_error_message="풀린 날은 적은 날보다 앞일 수 없습니다.",
            ),
        ]


class CareConsentQuerySet(CareQuerySet["CareConsent"]):
    def valid(self) -> "CareConsentQuerySet":
        return self.filter(until=None)

    def of_person(self, member: CareMember) -> "CareConsentQuerySet":
        """Keep what somebody said in whatever household they were: each stay is a row."""
        same = Q(member__mark=member.mark)
        if member.person_id is not None:
            same |= Q(member__person=member.person_id)
        return self.filter(same)

    def ended(self) -> "CareConsentQuerySet":
        return self.exclude(until=None)


class CareConsent(OfMember):
    """What somebody agreed to, how, in which words, and until when."""

    topic = models.CharField("무엇에", max_length=8, choices=CareConsentTopic)
    way = models.CharField("어떻게", max_length=8, choices=CounterConsent)
    version = models.SmallIntegerField("동의 문구 번호")
    since = models.DateField("동의한 날")
    until = models.DateField("거둔 날", null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="받은 직원",
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: Any = CareConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "가구원의 동의"
        verbose_name_plural = "가구원의 동의"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "topic"],
                condition=Q(until=None),
                name="welfare_careconsent_is_given_once",
                violation_error_message="이미 동의하셨습니다.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="welfare_careconsent_ends_after_it_began",
                violation_error_message="거둔 날은 동의한 날보다 앞일 수 없습니다.",
            ),
        ]


class CareBenefitQuerySet(CareQuerySet["CareBenefit"]):
    def lasting(self) -> "CareBenefitQuerySet":
        """Keep what is received: told so, or granted by its request, be it in part."""
        granted = Q(case__state__in=AWARDED) & ~Q(state=CareBenefitState.ENDED)
        return self.filter(Q(case=None, state=CareBenefitState.RECEIVED) | granted)

    def ending(self, first: datetime.date, last: datetime.date) -> "CareBenefitQuerySet":
        return self.lasting().filter(lasts_until__gte=first, lasts_until__lte=last)

    def agreed_to_hear(self) -> "CareBenefitQuerySet":
        """Keep what is of somebody who lives there, has an account and agreed to be reminded."""
        valid = CareConsent.objects.valid().filter(topic=CareConsentTopic.REMIND)
        return self.filter(
            Exists(valid.filter(member=OuterRef("member"))),
            member__person__isnull=False,
            member__until=None,
        )


class CareBenefit(OfMember):
    """A benefit that somebody asked for, has or was refused: of the catalogue, or as they told.

    Where a request is about it, its case says how it stands; else `state` since `since`.
    """

    benefit = models.ForeignKey(
        Benefit,
        verbose_name="급여",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # As it was called that day, or as it was told.
    name = EncryptedTextField("급여 이름")
    case = models.OneToOneField(
        Case,
        verbose_name="급여 신청",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField("상태", max_length=8, choices=CareBenefitState)
    applied_date = models.DateField("신청한 날", null=True, blank=True)
    received_date = models.DateField("받기 시작한 날", null=True, blank=True)
    refused_date = models.DateField("받지 못한 날", null=True, blank=True)
    ended_date = models.DateField("끝난 날", null=True, blank=True)
    # The last day on which it is given, where that is known; whoever agreed hears of it before.
    lasts_until = models.DateField("받는 마지막 날", null=True, blank=True)
    # Of which last day somebody was told already.
    reminded_of = models.DateField("알린 마지막 날", null=True, blank=True)

    objects: Any = CareBenefitQuerySet.as_manager()

    class Meta:
        verbose_name = "가구원의 급여"
        verbose_name_plural = "가구원의 급여"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CareBenefitState.APPLIED, applied_date__isnull=False)
                | Q(state=CareBenefitState.RECEIVED, received_date__isnull=False)
                | Q(state=CareBenefitState.REFUSED, refused_date__isnull=False)
                | Q(state=CareBenefitState.ENDED, ended_date__isnull=False),
                name="welfare_carebenefit_says_since_when",
                violation_error_message="상태가 언제부터인지 있어야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(lasts_until=None)
                | Q(received_date=None)
                | Q(lasts_until__gte=F("received_date")),
                name="welfare_carebenefit_lasts_after_it_begins",
                violation_error_message="마지막 날은 받기 시작한 날보다 앞일 수 없습니다.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lasts_until"],
                name="welfare_carebenefit_lasts",
                condition=Q(lasts_until__isnull=False),
            )
        ]


class CareContact(OfMember):
    """That somebody was met or called: when, by whom, and what was agreed."""

    kind = models.CharField("어떻게", max_length=8, choices=CareContactKind)
    on = models.DateField("언제")
    words = EncryptedTextField("이야기한 것")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="만난 직원",
        on_delete=models.PROTECT,
        related_name="+",
    )
    case = models.ForeignKey(
        Case,
        verbose_name="가정 방문",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects: Any = CareQuerySet["CareContact"].as_manager()

    class Meta:
        verbose_name = "가구원과 만남"
        verbose_name_plural = "가구원과 만남"


class CarePlanStepQuerySet(CareQuerySet["CarePlanStep"]):
    def open(self) -> "CarePlanStepQuerySet":
        return self.filter(done_date=None, dropped_date=None)

    def seen_to_by(self, person: object) -> "CarePlanStepQuerySet":
        return self.open().filter(responsible=getattr(person, "pk", None) or 0)

    def of_nobody(self, on: datetime.date) -> "CarePlanStepQuerySet":
        """Keep what nobody sees to: it came from another centre, or who did works here no more."""
        here = Membership.objects.current_on(on).filter(
            office=OuterRef("household__centre"),
            person=OuterRef("responsible"),
            person__is_active=True,
        )
        return self.open().filter(~Exists(here))

    def due_by(self, day: datetime.date) -> "CarePlanStepQuerySet":
        return self.open().filter(due_date__lte=day)


class CarePlanStep(OfMember):
    """One thing to be done for somebody, until when, and who sees to it."""

    household = models.ForeignKey(
        CareHousehold, verbose_name="가구", on_delete=models.CASCADE, related_name="plan_steps"
    )
    words = EncryptedTextField("할 일")
    due_date = models.DateField("언제까지")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="담당",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    done_date = models.DateField("한 날", null=True, blank=True)
    dropped_date = models.DateField("거둔 날", null=True, blank=True)

    objects: Any = CarePlanStepQuerySet.as_manager()

    class Meta:
        verbose_name = "가구의 계획"
        verbose_name_plural = "가구의 계획"
        indexes = [
            models.Index(
                fields=["household", "due_date"],
                name="welfare_careplanstep_open",
                condition=Q(done_date=None, dropped_date=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_date=None) | Q(dropped_date=None),
                name="welfare_careplanstep_ends_once",
                violation_error_message="한 일은 거둘 수 없습니다.",
            ),
        ]


class CareCase(OfMember):
    """A request that was begun with the household, or belongs to it."""

    case = models.OneToOneField(
        Case, verbose_name="신청", on_delete=models.PROTECT, related_name="+"
    )

    objects: Any = CareQuerySet["CareCase"].as_manager()

    class Meta:
        verbose_name = "가구의 신청"
        verbose_name_plural = "가구의 신청"
