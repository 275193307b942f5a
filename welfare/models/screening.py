"""What the nightly run keeps: how far it is, what was likely for whom, and who was told."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.records.fields import EncryptedJSONField, EncryptedTextField
from welfare.enums import OutcomeAnswer
from welfare.models.rule import RuleVersion


class ScreenedBenefit(models.Model):
    """The number by which a benefit is kept in people's sheets, and since when it is there."""

    number = models.AutoField("번호", primary_key=True)
    key = models.CharField("급여나 사업", max_length=60, unique=True)
    first_on = models.DateField("처음 본 날")

    class Meta:
        verbose_name = "살펴본 급여"
        verbose_name_plural = "살펴본 급여"

    def __str__(self) -> str:
        return f"{self.key} (#{self.pk})"


class BenefitSheet(models.Model):
    """What a person was likely entitled to when last looked: a bit a benefit, sealed whole.

    Kept only while the person lets the portal watch for them; the rest is not kept at all.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name="사람",
    )
    likely = EncryptedTextField("받을 가능성이 높은 급여")
    judged_on = models.DateField("살펴본 날")
    judged_at = models.DateTimeField("살펴본 때")

    class Meta:
        verbose_name = "지난번에 살펴본 결과"
        verbose_name_plural = "지난번에 살펴본 결과"

    def __str__(self) -> str:
        return f"#{self.pk}"


class BenefitNewsQuerySet(models.QuerySet["BenefitNews"]):
    def to_ask(self, since: datetime.date, until: datetime.date) -> "BenefitNewsQuerySet":
        """Keep what people were told that they gained in these days, and not asked about yet."""
        return self.filter(is_gain=True, asked_at=None, told_on__gte=since, told_on__lte=until)


class BenefitNews(models.Model):
    """That a person was told of a benefit, and why: by the key, never the same twice."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="사람"
    )
    # A keyed digest of the benefit and the event: it can be compared, and says nothing.
    key = models.CharField("구별하는 값", max_length=32)
    news = EncryptedJSONField("알린 것")
    is_gain = models.BooleanField("새로 맞게 된 것", default=False)
    told_on = models.DateField("알린 날")
    asked_at = models.DateTimeField("받으셨는지 여쭌 때", null=True, blank=True)
    # Not when: an answer is counted at that moment, and would be theirs.
    is_answered = models.BooleanField("답하셨는지", default=False)

    objects = BenefitNewsQuerySet.as_manager()

    class Meta:
        verbose_name = "알린 복지"
        verbose_name_plural = "알린 복지"
        indexes = [
            models.Index(
                fields=["told_on"],
                name="welfare_benefitnews_to_ask",
                condition=Q(is_gain=True, asked_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                name="welfare_benefitnews_is_told_once",
                violation_error_message="이미 알린 것입니다.",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class BenefitOutcome(models.Model):
    """How many said in a month what became of a benefit: rows would stand in order."""

    benefit_key = models.CharField("급여나 사업", max_length=60)
    answer = models.CharField("답", max_length=12, choices=OutcomeAnswer)
    # The first of the month: a day would tell who it was.
    month = models.DateField("답한 달")
    number = models.PositiveIntegerField("몇 명", default=0)

    class Meta:
        verbose_name = "받으셨는지에 대한 답"
        verbose_name_plural = "받으셨는지에 대한 답"
        constraints = [
            models.UniqueConstraint(
                fields=["benefit_key", "answer", "month"],
                name="welfare_benefitoutcome_is_one_a_month",
                violation_error_message="이 달의 답은 이미 세고 있습니다.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.benefit_key} {self.answer} (#{self.pk})"


class ScreeningRunQuerySet(models.QuerySet["ScreeningRun"]):
    def unfinished(self) -> "ScreeningRunQuerySet":
        return self.filter(finished_at=None)


class ScreeningRun(models.Model):
    """One pass over all who let the portal watch for them: each night, or after a publication."""

    on = models.DateField("기준일")
    version = models.ForeignKey(
        RuleVersion,
        verbose_name="시행한 기준",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    started_at = models.DateTimeField("시작")
    finished_at = models.DateTimeField("끝", null=True, blank=True)
    told = models.IntegerField("알린 사람", default=0)

    objects = ScreeningRunQuerySet.as_manager()

    class Meta:
        verbose_name = "밤마다 살펴보기"
        verbose_name_plural = "밤마다 살펴보기"
        constraints = [
            models.UniqueConstraint(
                fields=["on"],
                condition=Q(version=None),
                name="welfare_screeningrun_is_one_a_night",
                violation_error_message="이 날은 이미 살펴보았습니다.",
            ),
            models.UniqueConstraint(
                fields=["version"],
                name="welfare_screeningrun_is_one_a_publication",
                violation_error_message="이 기준은 이미 살펴보았습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} (#{self.pk})"


class ScreeningPart(models.Model):
    """A stretch of people's numbers, and up to whom it is done: a killed worker's is taken up."""

    run = models.ForeignKey(
        ScreeningRun, verbose_name="살펴보기", on_delete=models.CASCADE, related_name="parts"
    )
    reached = models.BigIntegerField("어디까지")
    up_to = models.BigIntegerField("끝 번호", null=True, blank=True)
    finished_at = models.DateTimeField("끝", null=True, blank=True)

    class Meta:
        verbose_name = "살펴보기의 부분"
        verbose_name_plural = "살펴보기의 부분"

    def __str__(self) -> str:
        return f"#{self.pk}"
