"""Rules that staff keep: versions that two people put in force, and what the law's tables say."""

import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from welfare.enums import FigureMeasure, FigureUnit, RuleKind, VersionStatus, VersionStep
from welfare.models.version import BY_TWO, IN_FORCE, UNREAD, Version, VersionQuerySet, staff

MEDIAN_INCOME = "MEDIAN_INCOME"
DATED = Q(since__isnull=False)
# A sum that is set anew each year stands in a notice, whose number somebody must still look up.
WITHOUT_NOTICE = Q(kind=RuleKind.FIGURE, notice="", stale_from__isnull=False)


class RuleVersionQuerySet(VersionQuerySet):
    def conditions(self) -> "RuleVersionQuerySet":
        return self.filter(kind=RuleKind.CONDITION)

    def figures(self) -> "RuleVersionQuerySet":
        return self.filter(kind=RuleKind.FIGURE)

    def unvouched(self, on: datetime.date) -> "RuleVersionQuerySet":
        """Keep what nobody compared with its source, or what has grown old, unless newer counts.

        What came with the portal was written from knowledge of the law: nobody compared it.
        """
        newer = RuleVersion.objects.in_force().filter(
            **{name: OuterRef(name) for name in ("kind", "programme", "benefit_code")},
            slot=OuterRef("slot"),
            figure=OuterRef("figure"),
            since__gt=OuterRef("since"),
            since__lte=on,
        )
        return (
            self.in_force()
            .exclude(kind=RuleKind.REMOVAL)
            .filter(
                Q(is_verified=False) | Q(verified_by=None) | Q(stale_from__lte=on) | WITHOUT_NOTICE
            )
            .filter(~Exists(newer), Q(until=None) | Q(until__gt=on))
        )

    def in_order(self) -> "RuleVersionQuerySet":
        """Order as they were brought in: the slots of a rule are told in the order of the law."""
        return self.order_by("pk")


class RuleVersion(Version):
    """One version of a condition, or of a table of figures; a removal ends another version.

    A condition is a programme's or a benefit's. Once published it is never changed (the database
    refuses): what is to read otherwise is a new version in its place.
    """

    SAYS = (
        *("programme", "benefit_code", "slot", "wanted", "figure", "amounts", "law", "law_url"),
        *("title", "notice", "unit", "measure", "payments", "is_most"),
        *("since", "until", "stale_from", "is_verified", "note"),
    )

    kind = models.CharField("종류", max_length=12, choices=RuleKind)
    programme = models.CharField("사업", max_length=60, blank=True)
    benefit_code = models.CharField("급여 번호", max_length=40, blank=True)
    slot = models.CharField(
        "자리",
        max_length=40,
        blank=True,
        help_text="같은 자리에서는 시행일이 가장 늦은 것만 셉니다. 예: AGE, INCOME, ASSETS.",
    )
    wanted = models.JSONField("조건", default=list, blank=True)
    figure = models.CharField("기준표", max_length=40, blank=True)
    amounts = ArrayField(models.BigIntegerField(), verbose_name="금액", default=list, blank=True)
    # What people call the table; the number of its notice stays empty until somebody has seen it.
    title = models.CharField("기준의 이름", max_length=120, blank=True)
    notice = models.CharField("고시 번호", max_length=120, blank=True)
    unit = models.CharField("단위", max_length=8, choices=FigureUnit, default=FigureUnit.WON)
    measure = models.CharField(
        "무엇마다", max_length=8, choices=FigureMeasure, default=FigureMeasure.SIZE
    )
    # Only of what a programme pays.
    payments = models.PositiveSmallIntegerField("한 해에 주는 횟수", null=True, blank=True)
    is_most = models.BooleanField("많으면 이 금액", default=False)
    law = models.TextField("근거 (법령과 조항)", blank=True)
    law_url = models.TextField("근거 주소", blank=True)
    since = models.DateField("시행일", null=True, blank=True)
    until = models.DateField("끝나는 날 (이날부터 쓰지 않음)", null=True, blank=True)
    stale_from = models.DateField("다시 확인할 날", null=True, blank=True)
    is_verified = models.BooleanField("원문과 견주어 확인함", default=False)
    verified_on = models.DateField("확인한 날", null=True, blank=True)
    verified_by = staff("확인한 사람")
    note = models.TextField("메모", blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name="대신하는 것",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
    )
    # What came with the portal has a name here, so that bringing it in again changes nothing.
    origin = models.CharField("처음 온 곳", max_length=120, blank=True)
    published_by = staff("시행한 사람")
    published_at = models.DateTimeField("시행한 때", null=True, blank=True)
    withdrawn_at = models.DateTimeField("거둔 때", null=True, blank=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "조건과 기준"
        verbose_name_plural = "조건과 기준"
        permissions = [("publish_ruleversion", "조건과 기준을 검토해 시행하기")]
        indexes = [
            models.Index(
                fields=["kind", "programme", "benefit_code", "slot"],
                name="welfare_ruleversion_in_force",
                condition=IN_FORCE,
            ),
            models.Index(fields=["status", "made_at"], name="welfare_ruleversion_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                name="welfare_ruleversion_says_what_it_is_about",
                condition=Q(kind=RuleKind.CONDITION, figure="", amounts=[])
                & ~Q(slot="")
                & (Q(programme="") ^ Q(benefit_code=""))
                | Q(kind=RuleKind.FIGURE, programme="", benefit_code="", slot="", wanted=[])
                & ~Q(figure="")
                | Q(kind=RuleKind.REMOVAL, replaces__isnull=False, wanted=[], amounts=[]),
                violation_error_message="사업이나 급여의 자리를 적거나 기준표 이름을 적어 주세요.",
            ),
            models.CheckConstraint(
                name="welfare_ruleversion_in_force_has_source_and_day",
                condition=UNREAD | Q(kind=RuleKind.REMOVAL) | DATED & ~Q(law=""),
                violation_error_message="근거와 시행일이 없는 것은 시행할 수 없습니다.",
            ),
            models.CheckConstraint(
                name="welfare_ruleversion_ends_after_it_begins",
                condition=Q(until=None) | Q(since=None) | Q(until__gt=F("since")),
                violation_error_message="끝나는 날은 시행일보다 뒤여야 합니다.",
            ),
            models.CheckConstraint(
                name="welfare_ruleversion_is_verified_on_a_day",
                condition=Q(is_verified=False) | Q(verified_on__isnull=False),
                violation_error_message="확인했다면 확인한 날을 적어 주세요.",
            ),
            models.CheckConstraint(
                name="welfare_ruleversion_takes_two",
                condition=UNREAD | ~Q(origin="") & Q(made_by=None, published_by=None) | BY_TWO,
                violation_error_message="쓴 사람이 아닌 다른 사람이 시행해야 합니다.",
            ),
            models.CheckConstraint(
                name="welfare_ruleversion_says_when",
                condition=Q(published_at__isnull=False)
                | ~Q(status__in=(VersionStatus.PUBLISHED, VersionStatus.WITHDRAWN)),
                violation_error_message="시행한 때가 있어야 합니다.",
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=~Q(origin=""),
                name="welfare_ruleversion_comes_once",
                violation_error_message="이미 들어 있습니다.",
            ),
            models.UniqueConstraint(
                fields=["programme", "benefit_code", "slot", "since"],
                condition=IN_FORCE & Q(kind=RuleKind.CONDITION),
                name="welfare_ruleversion_is_one_a_day_and_slot",
                violation_error_message="같은 날부터 시행하는 같은 자리의 조건이 이미 있습니다.",
            ),
            models.UniqueConstraint(
                fields=["figure", "since"],
                condition=IN_FORCE & Q(kind=RuleKind.FIGURE),
                name="welfare_ruleversion_is_one_figure_a_day",
                violation_error_message="같은 날부터 쓰는 같은 기준표가 이미 있습니다.",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(status=VersionStatus.WITHDRAWN) & Q(replaces__isnull=False),
                name="welfare_ruleversion_has_one_successor",
                violation_error_message="이것을 대신할 것을 이미 누가 쓰고 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.slot} {self.since or ''}".strip()

    @property
    def subject(self) -> str:
        """Whose rule it is: a programme's key, a benefit's number or a table's name."""
        return self.programme or self.benefit_code or self.figure

    def says(self) -> list[Any]:
        """Add to what it says whose place it takes, and why verdicts rightly change by it."""
        why = self.explanations.order_by("household").values_list(
            "household", "before", "after", "text"
        )
        return [*super().says(), self.kind, self.replaces_id, *map(list, why)]

    def writers(self) -> set[int]:
        wrote = (VersionStep.DRAFTED, VersionStep.EDITED, VersionStep.EXPLAINED)
        steps = self.steps.filter(step__in=wrote, by__isnull=False)
        return {*super().writers(), *steps.order_by("pk").values_list("by", flat=True)}

    def was_sent(self) -> bool:
        """Say whether a second person was ever asked: from then on its log stays."""
        return self.steps.filter(step=VersionStep.SENT).exists()

    def is_in_force_on(self, day: datetime.date) -> bool:
        begun = self.since is not None and self.since <= day
        return begun and (self.until is None or day < self.until)


class RuleStep(models.Model):
    """A line of a version's log: who did what when; the database refuses to change one."""

    version = models.ForeignKey(
        RuleVersion, verbose_name="조건과 기준", on_delete=models.CASCADE, related_name="steps"
    )
    step = models.CharField("한 일", max_length=12, choices=VersionStep)
    by = staff("한 사람")
    at = models.DateTimeField("한 때")
    words = models.TextField("말", blank=True)

    class Meta:
        verbose_name = "조건과 기준의 이력"
        verbose_name_plural = "조건과 기준의 이력"
        indexes = [models.Index(fields=["version", "at"], name="welfare_rulestep_of_version")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} (#{self.pk})"


class RuleEffect(models.Model):
    """How many people a draft would concern, counted once for each state of it."""

    version = models.OneToOneField(
        RuleVersion, verbose_name="조건과 기준", on_delete=models.CASCADE, related_name="effect"
    )
    digest = models.CharField("무엇을 셌는지", max_length=64)
    asked = models.PositiveIntegerField("알림에 동의한 사람")
    gain = models.PositiveIntegerField("새로 맞게 되는 사람")
    lose = models.PositiveIntegerField("더는 맞지 않는 사람")
    counted_at = models.DateTimeField("센 때")

    class Meta:
        verbose_name = "시행하면 달라지는 사람"
        verbose_name_plural = "시행하면 달라지는 사람"

    def __str__(self) -> str:
        return f"#{self.pk}"


class RuleExplanation(models.Model):
    """Why it is right that a regression household's verdict changes by a version."""

    version = models.ForeignKey(
        RuleVersion,
        verbose_name="조건과 기준",
        on_delete=models.CASCADE,
        related_name="explanations",
    )
    household = models.CharField("회귀 가구", max_length=80)
    before = models.CharField("지금 판정", max_length=8)
    after = models.CharField("바뀔 판정", max_length=8)
    text = models.TextField("설명")
    by = staff("설명한 사람")
    at = models.DateTimeField("설명한 때")

    class Meta:
        verbose_name = "바뀐 판정의 설명"
        verbose_name_plural = "바뀐 판정의 설명"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "household"],
                name="welfare_ruleexplanation_is_one_a_household",
                violation_error_message="이 가구는 이미 설명했습니다.",
            ),
            models.CheckConstraint(
                name="welfare_ruleexplanation_says_why",
                condition=~Q(text=""),
                violation_error_message="왜 바뀌는 것이 맞는지 적어 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} (#{self.pk})"
