"""Households of which signs of hardship were told: the signs, and what people did about them."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from core.database.closing import Closed
from core.offices.models import Office
from core.offices.people import is_person
from core.records.fields import EncryptedTextField
from core.records.marks import MarkField
from welfare.enums import AgeBand, HardshipDeed, HardshipKind, HardshipState, ToldSex
from welfare.models.household import PEOPLE, CareHousehold, CareMember
from welfare.models.sign_weight import SignWeights
from welfare.models.step import Step

# What is listed: what went into another row when two turned out to be one household is not.
LISTED = Q(merged_into=None)


class HardshipImport(models.Model):
    """One file that was brought in, and confirmed: how many lines of it did what."""

    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="가져온 사람",
        on_delete=models.PROTECT,
        related_name="+",
    )
    brought_at = models.DateTimeField("가져온 때")
    lines = models.IntegerField("줄")
    added = models.IntegerField("새 신호", default=0)
    changed = models.IntegerField("개월 수가 바뀐 신호", default=0)
    known = models.IntegerField("이미 아는 신호", default=0)
    wrong = models.IntegerField("틀린 줄", default=0)

    class Meta:
        verbose_name = "위기 신호 가져오기"
        verbose_name_plural = "위기 신호 가져오기"

    def __str__(self) -> str:
        """Say when it came: whoever brought it knows of no numbers."""
        return f"{timezone.localtime(self.brought_at):%Y-%m-%d %H:%M}, {self.lines:,}줄"


class HardshipHouseholdQuerySet(models.QuerySet["HardshipHousehold"]):
    def listed(self) -> "HardshipHouseholdQuerySet":
        return self.filter(LISTED)

    def worked_on_by(self, actor: object) -> "HardshipHouseholdQuerySet":
        """Keep those of the centres where somebody works, but their own; a superuser's are all."""
        if not is_person(actor):
            return self.none()
        if actor.is_superuser:
            return self
        return self.not_at_home_of(actor.pk).filter(office__in=sorted(actor.office_ids))

    def not_at_home_of(self, person_id: int) -> "HardshipHouseholdQuerySet":
        """Leave out the household in which somebody lives, by any centre's caseload.

        Also where it is not matched, and stands by the name and birth date of one of its members.
        """
        members = CareMember.objects.current()
        lived_in = members.filter(person=person_id).values("household")
        marks = members.filter(household__in=lived_in).exclude(mark="").values("mark")
        signs = HardshipSign.objects.filter(household=OuterRef("pk"), mark__in=marks)
        return self.filter(
            ~Exists(members.filter(household=OuterRef("care"), person=person_id)),
            ~Exists(marks.filter(mark=OuterRef("mark"))),
            ~Exists(signs),
        )

    def waiting(self) -> "HardshipHouseholdQuerySet":
        return self.filter(state=HardshipState.WAITING)

    def told_since(self) -> "HardshipHouseholdQuerySet":
        """Keep those of which something new was told after somebody last did something."""
        return self.exclude(state=HardshipState.WAITING).filter(last_told_at__gt=F("state_at"))

    def with_sign(self, kind: str) -> "HardshipHouseholdQuerySet":
        signs = HardshipSign.objects.filter(household=OuterRef("pk"), kind=kind)
        return self.filter(Exists(signs))

    def heaviest_first(self) -> "HardshipHouseholdQuerySet":
        return self.order_by("-points", "last_told_at", "pk")


class HardshipHousehold(models.Model):
    """One household on a centre's list: of its caseload, or unmatched, as the file told it.

    `points` is an order for looking and no more: it was worth so much on `weighed_on`, by
    `weights`. What is told of an unmatched one is emptied once it is matched.
    """

    office = models.ForeignKey(
        Office, verbose_name="동주민센터", on_delete=models.PROTECT, related_name="+"
    )
    care = models.ForeignKey(
        CareHousehold,
        verbose_name="돌보는 가구",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # Who was told of first, where they belong to the caseload.
    member = models.ForeignKey(
        CareMember,
        verbose_name="가구원",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    mark = MarkField("찾는 값", group=PEOPLE, of=("name", "birth_date"))
    name = EncryptedTextField("이름", blank=True)
    birth_date = EncryptedTextField("생년월일", blank=True)
    address = EncryptedTextField("주소", blank=True)
    district_code = models.CharField("자치구", max_length=5)
    age_band = models.CharField("나이대", max_length=8, choices=AgeBand)
    sex = models.CharField("성별", max_length=1, choices=ToldSex, blank=True)
    state = models.CharField(
        "상태", max_length=12, choices=HardshipState, default=HardshipState.WAITING
    )
    state_at = models.DateTimeField("상태가 바뀐 때", null=True, blank=True)
    first_told_at = models.DateTimeField("처음 알려진 때")
    last_told_at = models.DateTimeField("마지막으로 알려진 때")
    # The last time something was told, or done: from here on its time of keeping runs.
    touched_at = models.DateTimeField("마지막으로 달라진 때")
    points = models.IntegerField("점수", default=0)
    weighed_on = models.DateField("점수를 낸 날", null=True, blank=True)
    weights = models.ForeignKey(
        SignWeights,
        verbose_name="가중치",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name="합쳐진 곳",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="merged",
    )

    objects = HardshipHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "위기 신호 가구"
        verbose_name_plural = "위기 신호 가구"
        indexes = [
            models.Index(
                fields=["office", "-points", "last_told_at", "id"],
                name="welfare_hardship_worklist",
                condition=LISTED,
            ),
            models.Index(fields=["mark"], name="welfare_hardship_by_mark"),
            models.Index(fields=["touched_at"], name="welfare_hardship_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["care"],
                condition=LISTED & Q(care__isnull=False),
                name="welfare_hardship_is_one_a_household",
                violation_error_message="이 가구는 이미 목록에 있습니다.",
            ),
            models.UniqueConstraint(
                fields=["office", "mark"],
                condition=LISTED & Q(care=None),
                name="welfare_hardship_is_one_a_mark",
                violation_error_message="이 사람은 이미 목록에 있습니다.",
            ),
            models.CheckConstraint(
                name="welfare_hardship_says_since_when",
                condition=Q(state=HardshipState.WAITING) | Q(state_at__isnull=False),
                violation_error_message="상태가 언제 바뀌었는지 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="welfare_hardship_is_not_within_itself",
                condition=LISTED | ~Q(merged_into=F("pk")),
                violation_error_message="자기 자신과는 합칠 수 없습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def has_news(self) -> bool:
        """Say whether something was told after somebody last did something."""
        return self.state_at is not None and self.last_told_at > self.state_at


class HardshipSignQuerySet(models.QuerySet["HardshipSign"]):
    def newest_first(self) -> "HardshipSignQuerySet":
        return self.order_by("-month", "kind", "pk")


class HardshipSign(models.Model):
    """One sign as one file told it: of whom, what, in which month, and for how long in arrears."""

    household = models.ForeignKey(
        HardshipHousehold, verbose_name="가구", on_delete=models.CASCADE, related_name="signs"
    )
    member = models.ForeignKey(
        CareMember,
        verbose_name="가구원",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    mark = MarkField("찾는 값", group=PEOPLE)
    kind = models.CharField("신호", max_length=16, choices=HardshipKind)
    # The first day of the month of which it was told.
    month = models.DateField("신고월")
    months = models.SmallIntegerField("체납 개월 수", null=True, blank=True)
    told_at = models.DateTimeField("가져온 때")
    brought = models.ForeignKey(
        HardshipImport, verbose_name="가져오기", on_delete=models.PROTECT, related_name="signs"
    )

    objects = HardshipSignQuerySet.as_manager()

    class Meta:
        verbose_name = "위기 신호"
        verbose_name_plural = "위기 신호"
        indexes = [models.Index(fields=["told_at"], name="welfare_hardshipsign_by_age")]
        constraints = [
            # From whom it was told belongs to it: two of one household may owe the same.
            models.UniqueConstraint(
                fields=["household", "mark", "kind", "month"],
                name="welfare_hardshipsign_is_told_once",
                violation_error_message="이미 들어 있는 신호입니다.",
            ),
            models.CheckConstraint(
                name="welfare_hardshipsign_is_of_a_month",
                condition=Q(month__day=1),
                violation_error_message="신고월은 그 달의 첫날로 적습니다.",
            ),
            models.CheckConstraint(
                name="welfare_hardshipsign_counts_months",
                condition=Q(months=None) | Q(months__gte=1, months__lte=120),
                violation_error_message="체납 개월 수는 1에서 120까지입니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} (#{self.pk})"


class HardshipStepQuerySet(models.QuerySet["HardshipStep"]):
    def since(self, moment: datetime.datetime) -> "HardshipStepQuerySet":
        return self.filter(at__gte=moment)


class HardshipStep(Step):
    """What somebody did about a household's signs, and why; no line is ever changed."""

    closed: ClassVar = Closed(removed=True)

    household = models.ForeignKey(
        HardshipHousehold, verbose_name="가구", on_delete=models.CASCADE, related_name="steps"
    )
    deed = models.CharField("한 일", max_length=16, choices=HardshipDeed)
    words = EncryptedTextField("까닭")

    objects = HardshipStepQuerySet.as_manager()

    class Meta(Step.Meta):
        verbose_name = "위기 신호에 한 일"
        verbose_name_plural = "위기 신호에 한 일"
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                name="welfare_hardshipstep_plans_a_visit",
                condition=Q(deed=HardshipDeed.VISIT_PLANNED, case__isnull=False)
                | ~Q(deed=HardshipDeed.VISIT_PLANNED) & Q(case=None),
                violation_error_message="가정 방문에는 신청이 하나 있어야 합니다.",
            ),
        ]
