"""The log of a household, and what takes a second person: a hand-over, and a merge of two."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.database.closing import Closed
from core.offices.models import Office
from core.offices.people import is_person
from core.records.fields import EncryptedTextField
from welfare.enums import CareAnswer, CareDeed
from welfare.models.household import CareHousehold, CareMember
from welfare.models.step import Step

WAITING = Q(answer=CareAnswer.WAITING)


class CareStepQuerySet(models.QuerySet["CareStep"]):
    def of(self, household: CareHousehold) -> "CareStepQuerySet":
        """Keep its lines, and those of households that were merged into it."""
        return self.filter(Q(household=household.pk) | Q(household__merged_into=household.pk))

    def newest_first(self) -> "CareStepQuerySet":
        return self.order_by("-at", "-pk")


class CareStep(Step):
    """One line: what was done for a household, when and by whom; no line is ever changed.

    Of whom a line is, is their number, which is emptied with them; `words` are sealed.
    """

    closed: ClassVar = Closed(emptied=("member",), removed=True)

    household = models.ForeignKey(
        CareHousehold, verbose_name="가구", on_delete=models.CASCADE, related_name="steps"
    )
    member = models.ForeignKey(
        CareMember,
        verbose_name="가구원",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    deed = models.CharField("한 일", max_length=16, choices=CareDeed)
    words = EncryptedTextField("적은 것", blank=True, default="")
    centre = models.ForeignKey(
        Office, verbose_name="어디에서", on_delete=models.PROTECT, related_name="+"
    )

    objects = CareStepQuerySet.as_manager()

    class Meta(Step.Meta):
        verbose_name = "가구를 위해 한 일"
        verbose_name_plural = "가구를 위해 한 일"


class CareHandOverQuerySet(models.QuerySet["CareHandOver"]):
    def waiting(self) -> "CareHandOverQuerySet":
        return self.filter(WAITING)

    def waiting_for(self, actor: object) -> "CareHandOverQuerySet":
        """Keep what comes to a centre that somebody runs, but the household in which they live."""
        if not is_person(actor):
            return self.none()
        own = CareMember.objects.current().filter(person=actor.pk).values("household")
        rows = self.waiting().exclude(household__in=own)
        return rows.filter(to_centre__in=sorted(actor.managed_office_ids))

    def oldest_first(self) -> "CareHandOverQuerySet":
        return self.order_by("asked_at", "pk")


class Answered(models.Model):
    """Something that one asks for, and another answers."""

    reason = EncryptedTextField("까닭")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="말을 꺼낸 사람",
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField("말을 꺼낸 때")
    answer = models.CharField("답", max_length=12, choices=CareAnswer, default=CareAnswer.WAITING)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="답한 사람",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField("답한 때", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_answer_display()} (#{self.pk})"

    @property
    def is_waiting(self) -> bool:
        return self.answer == CareAnswer.WAITING


IS_ANSWERED_BY_SOMEBODY = WAITING & Q(answered_by=None, answered_at=None) | ~WAITING & Q(
    answered_by__isnull=False, answered_at__isnull=False
)


class CareHandOver(Answered):
    """A household that one centre gives, and the other has to take; until then it stays."""

    household = models.ForeignKey(
        CareHousehold, verbose_name="가구", on_delete=models.CASCADE, related_name="hand_overs"
    )
    from_centre = models.ForeignKey(
        Office, verbose_name="넘기는 곳", on_delete=models.PROTECT, related_name="+"
    )
    to_centre = models.ForeignKey(
        Office, verbose_name="받는 곳", on_delete=models.PROTECT, related_name="+"
    )

    objects = CareHandOverQuerySet.as_manager()

    class Meta:
        verbose_name = "가구 넘기기"
        verbose_name_plural = "가구 넘기기"
        indexes = [
            models.Index(
                fields=["to_centre", "asked_at"],
                name="welfare_carehandover_to",
                condition=WAITING,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=WAITING,
                name="welfare_carehandover_is_one_at_a_time",
                violation_error_message="이미 넘기기로 한 가구입니다.",
            ),
            models.CheckConstraint(
                condition=~Q(from_centre=F("to_centre")),
                name="welfare_carehandover_goes_elsewhere",
                violation_error_message="다른 동주민센터를 골라 주세요.",
            ),
            models.CheckConstraint(
                condition=IS_ANSWERED_BY_SOMEBODY,
                name="welfare_carehandover_is_answered_by_somebody",
                violation_error_message="누가 언제 답했는지 있어야 합니다.",
            ),
        ]


class CareMergeQuerySet(models.QuerySet["CareMerge"]):
    def waiting(self) -> "CareMergeQuerySet":
        return self.filter(WAITING)

    def visible_to(self, actor: object) -> "CareMergeQuerySet":
        """Keep those of which somebody sees both households."""
        seen = CareHousehold.objects.visible_to(actor).values("pk")
        return self.filter(kept__in=seen, gone__in=seen)

    def to_agree_by(self, actor: object) -> "CareMergeQuerySet":
        """Keep what waits for a second person: never for the one who proposed it."""
        if not is_person(actor) or actor.is_superuser:
            return self.none()
        return self.waiting().visible_to(actor).exclude(asked_by=actor.pk)

    def oldest_first(self) -> "CareMergeQuerySet":
        return self.order_by("asked_at", "pk")


class CareMerge(Answered):
    """Two households that are one: `gone` goes into `kept` once a second person agrees."""

    kept = models.ForeignKey(
        CareHousehold, verbose_name="남는 가구", on_delete=models.CASCADE, related_name="+"
    )
    gone = models.ForeignKey(
        CareHousehold, verbose_name="합쳐지는 가구", on_delete=models.CASCADE, related_name="+"
    )
    ended_because = EncryptedTextField("합치지 않는 까닭", blank=True, default="")

    objects = CareMergeQuerySet.as_manager()

    class Meta:
        verbose_name = "가구 합치기"
        verbose_name_plural = "가구 합치기"
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=WAITING | Q(answer=CareAnswer.AGREED),
                name="welfare_caremerge_is_one_at_a_time",
                violation_error_message="이미 합치자고 한 가구입니다.",
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("gone")),
                name="welfare_caremerge_is_of_two",
                violation_error_message="같은 가구끼리는 합칠 수 없습니다.",
            ),
            models.CheckConstraint(
                condition=~Q(answer=CareAnswer.AGREED) | ~Q(asked_by=F("answered_by")),
                name="welfare_caremerge_is_agreed_by_another",
                violation_error_message="말을 꺼낸 사람이 아닌 다른 사람이 동의해야 합니다.",
            ),
            models.CheckConstraint(
                condition=IS_ANSWERED_BY_SOMEBODY,
                name="welfare_caremerge_is_answered_by_somebody",
                violation_error_message="누가 언제 답했는지 있어야 합니다.",
            ),
        ]
