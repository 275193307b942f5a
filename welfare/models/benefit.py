"""The published catalogue: one benefit, whatever number of publishers tell of it."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from core.web.addresses import address_of
from welfare.enums import BenefitPublisher, BenefitStatus, LinkRule, ProviderLevel
from welfare.models.benefit_source import texts
from welfare.rules.deadlines import Deadline, Standing, read_windows, standing_on
from welfare.rules.providers import SEOUL

# What a resident of any place may be given.
NATIONAL = (ProviderLevel.CENTRAL, ProviderLevel.PUBLIC_BODY)


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def listed(self) -> "BenefitQuerySet":
        """Keep what is told of: neither retired nor another's second entry."""
        return self.filter(status=BenefitStatus.LISTED)

    def for_seoul(self) -> "BenefitQuerySet":
        """Keep what residents of Seoul may be given: the nation's, the city's, its districts'."""
        return self.filter(Q(province_code=None) | Q(province_code=SEOUL))

    def for_district(self, code: str) -> "BenefitQuerySet":
        """Keep the nation's, the city's, and that district's."""
        return self.for_seoul().filter(Q(district_code=None) | Q(district_code=code))

    def soonest_to_close(self) -> "BenefitQuerySet":
        """Order by the day after which one cannot apply; what has none comes last."""
        return self.order_by("closes_date", "name", "code")

    def with_these_first(self, codes: "models.QuerySet[Any, Any]") -> "BenefitQuerySet":
        """Put these before all others, and keep the order within both."""
        return self.order_by(
            models.Case(models.When(code__in=codes, then=0), default=1), *self.query.order_by
        )


class Benefit(models.Model):
    """Written by `services.benefits` alone; `code` names its first source and that one's key."""

    code = models.CharField("번호", max_length=40, primary_key=True)
    name = models.TextField("이름")
    summary = models.TextField("요약", blank=True)
    target = models.TextField("지원 대상", blank=True)
    criteria = models.TextField("선정 기준", blank=True)
    content = models.TextField("지원 내용", blank=True)
    how_to_apply = models.TextField("신청 방법", blank=True)
    documents = models.TextField("구비 서류", blank=True)
    receiver = models.TextField("접수 기관", blank=True)
    contact = models.TextField("문의", blank=True)
    laws = models.TextField("근거", blank=True)
    link = models.TextField("원본 주소", blank=True)
    apply_link = models.TextField("신청 주소", blank=True)
    provider_level = models.CharField("주는 곳의 단계", max_length=12, choices=ProviderLevel)
    provider = models.TextField("주는 곳")
    province_code = models.CharField("시·도", max_length=2, null=True, blank=True)  # noqa: DJ001
    district_code = models.CharField("자치구", max_length=10, null=True, blank=True)  # noqa: DJ001
    life_stages = texts("생애주기")
    themes = texts("주제")
    targets = texts("가구 상황")
    users = texts("누가 받는지")
    support_kinds = texts("지원 유형")
    deadline = models.TextField("신청 기한 (쓰인 대로)", blank=True)
    deadline_kind = models.TextField("기한의 종류")
    deadline_windows = texts("신청 기간")
    # The window that is open or comes next, as of the last night; none where all have gone by.
    opens_date = models.DateField("신청 시작일", null=True, blank=True)
    closes_date = models.DateField("신청 마감일", null=True, blank=True)
    in_force_from = models.DateField("시행 시작일", null=True, blank=True)
    in_force_until = models.DateField("시행 종료일", null=True, blank=True)
    # supportConditions, as welfare.rules.condition_codes packs them; None where gov24 tells none.
    age_from = models.SmallIntegerField("나이부터", null=True, blank=True)
    age_to = models.SmallIntegerField("나이까지", null=True, blank=True)
    condition_codes = models.BigIntegerField("조건 코드", null=True, blank=True)
    status = models.CharField("상태", max_length=8, choices=BenefitStatus)
    same_as = models.ForeignKey(
        "self",
        verbose_name="같은 급여",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    modified_date = models.DateField("제공 기관이 고친 날", null=True, blank=True)
    published_at = models.DateTimeField("게시 시각")
    # The API's object as JSON text, without what differs from day to day.
    card = models.TextField("API 본문")

    objects = BenefitQuerySet.as_manager()

    class Meta:
        verbose_name = "복지 급여"
        verbose_name_plural = "복지 급여"
        constraints = [
            models.CheckConstraint(
                name="welfare_benefit_closes_after_it_opens",
                condition=Q(closes_date=None)
                | Q(opens_date=None)
                | Q(closes_date__gte=models.F("opens_date")),
                violation_error_message="마감일은 시작일보다 뒤여야 합니다.",
            ),
            models.CheckConstraint(
                name="welfare_benefit_second_entry_is_not_listed",
                condition=Q(same_as=None) | ~Q(status="LISTED"),
                violation_error_message="다른 급여와 같은 것은 따로 보이지 않습니다.",
            ),
        ]
        # Partial indexes: every public list is of listed rows, those that close soonest first.
        indexes = [
            models.Index(
                fields=["closes_date", "name", "code"],
                name="welfare_benefit_soonest",
                condition=Q(status="LISTED"),
            ),
            GinIndex(
                fields=["life_stages", "themes", "targets"],
                name="welfare_benefit_kinds",
                condition=Q(status="LISTED"),
            ),
            models.Index(fields=["published_at"], name="welfare_benefit_published"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def get_absolute_url(self) -> str:
        return address_of("welfare:benefit-detail", self.code)

    def standing_on(self, day: datetime.date) -> Standing:
        """Answer whether one may apply that day, and else when next."""
        return standing_on(Deadline(self.deadline_kind, read_windows(self.deadline_windows)), day)


class BenefitSource(models.Model):
    """Which benefit a publisher's row is told under, and by which rule."""

    source = models.CharField("제공 기관", max_length=16, choices=BenefitPublisher)
    source_key = models.TextField("서비스 번호")
    benefit = models.ForeignKey(
        Benefit, verbose_name="급여", on_delete=models.CASCADE, related_name="sources"
    )
    rule = models.CharField("어떻게 묶였는지", max_length=24, choices=LinkRule)

    class Meta:
        verbose_name = "급여의 출처"
        verbose_name_plural = "급여의 출처"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                name="welfare_benefitsource_is_one_a_row",
                violation_error_message="이 서비스는 이미 한 급여에 묶여 있습니다.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.source_key}"


class BenefitLinkQuerySet(models.QuerySet["BenefitLink"]):
    def newest_first(self) -> "BenefitLinkQuerySet":
        return self.order_by("-made_at", "-pk")


class BenefitLink(models.Model):
    """Staff's word on whether a Bokjiro service is one of gov24's; it wins over every rule.

    Named by the publishers' keys, so that it outlives every sync. An empty `gov24_key` keeps the
    service apart.
    """

    source = models.CharField(
        "제공 기관",
        max_length=16,
        choices=[
            (one.value, one.label) for one in BenefitPublisher if one != BenefitPublisher.GOV24
        ],
    )
    source_key = models.CharField("복지로 서비스 번호", max_length=16)
    gov24_key = models.CharField(
        "보조금24 서비스 번호",
        max_length=16,
        blank=True,
        help_text="비워 두면 어느 서비스와도 묶지 않고 따로 보입니다.",
    )
    reason = models.TextField("이유")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="정한 사람", on_delete=models.PROTECT
    )
    made_at = models.DateTimeField("정한 시각")

    objects = BenefitLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "급여 묶음 수정"
        verbose_name_plural = "급여 묶음 수정"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                name="welfare_benefitlink_is_one_a_service",
                violation_error_message="이 서비스는 이미 정해져 있습니다. 그것을 고쳐 주세요.",
            ),
            models.CheckConstraint(
                name="welfare_benefitlink_says_why",
                condition=~Q(reason=""),
                violation_error_message="이유를 적어 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.source_key}"
