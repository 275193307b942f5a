"""What each publisher says of a benefit; written by the sync engine alone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.feeds.models import SourceRow


def texts(words: str) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.TextField(), verbose_name=words, default=list)


class BenefitSourceRow(SourceRow):
    """The columns that every list fills; both names are forms to compare, not to show."""

    name = models.TextField("이름")
    full_name = models.TextField("견줄 이름")
    core_name = models.TextField("견줄 짧은 이름")
    summary = models.TextField("요약", null=True)  # noqa: DJ001
    provider_level = models.TextField("주는 곳의 단계")
    provider = models.TextField("주는 곳")
    province_code = models.TextField("시·도 코드", null=True)  # noqa: DJ001
    district_code = models.TextField("자치구 코드", null=True)  # noqa: DJ001
    department = models.TextField("담당 부서", null=True)  # noqa: DJ001
    themes = texts("주제")
    link = models.TextField("원본 주소", null=True)  # noqa: DJ001
    modified_at = models.TextField("고친 때", null=True)  # noqa: DJ001

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} ({self.source_key})"


class Gov24Service(BenefitSourceRow):
    target = models.TextField("지원 대상", null=True)  # noqa: DJ001
    criteria = models.TextField("선정 기준", null=True)  # noqa: DJ001
    content = models.TextField("지원 내용", null=True)  # noqa: DJ001
    ways = texts("신청 방법")
    deadline = models.TextField("신청 기한", null=True)  # noqa: DJ001
    deadline_kind = models.TextField("기한의 종류")
    deadline_windows = texts("신청 기간")
    support_kinds = texts("지원 유형")
    users = texts("누가 받는지")
    receiver = models.TextField("접수 기관", null=True)  # noqa: DJ001
    contact = models.TextField("문의", null=True)  # noqa: DJ001

    class Meta:
        verbose_name = "보조금24 서비스 원본"
        verbose_name_plural = "보조금24 서비스 원본"


class DetailRow(SourceRow):
    """What is fetched for one row of a list: `listed_hash` says of which state of that row."""

    listed_hash = models.BigIntegerField("목록의 내용 해시")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.source_key


class Gov24Detail(DetailRow):
    purpose = models.TextField("목적", null=True)  # noqa: DJ001
    how_to_apply = models.TextField("신청 방법", null=True)  # noqa: DJ001
    documents = models.TextField("구비 서류", null=True)  # noqa: DJ001
    apply_link = models.TextField("신청 주소", null=True)  # noqa: DJ001
    laws = models.TextField("근거", null=True)  # noqa: DJ001

    class Meta:
        verbose_name = "보조금24 상세 원본"
        verbose_name_plural = "보조금24 상세 원본"


class Gov24Conditions(DetailRow):
    """The tick-boxes: see docs/feeds/gov24.md for the bits of `codes`."""

    age_from = models.SmallIntegerField("나이부터", null=True)
    age_to = models.SmallIntegerField("나이까지", null=True)
    codes = models.BigIntegerField("조건 코드")
    life_stages = texts("생애주기")
    targets = texts("가구 상황")

    class Meta:
        verbose_name = "보조금24 지원 조건 원본"
        verbose_name_plural = "보조금24 지원 조건 원본"


class BokjiroService(BenefitSourceRow):
    life_stages = texts("생애주기")
    targets = texts("가구 상황")
    cycle = models.TextField("지원 주기", null=True)  # noqa: DJ001
    form = models.TextField("제공 유형", null=True)  # noqa: DJ001
    ways = texts("신청 방법")
    contact = models.TextField("문의", null=True)  # noqa: DJ001

    class Meta:
        abstract = True


class BokjiroDetail(DetailRow):
    outline = models.TextField("개요", null=True)  # noqa: DJ001
    target = models.TextField("지원 대상", null=True)  # noqa: DJ001
    criteria = models.TextField("선정 기준", null=True)  # noqa: DJ001
    content = models.TextField("지원 내용", null=True)  # noqa: DJ001
    how_to_apply = models.TextField("신청 방법", null=True)  # noqa: DJ001
    contact = models.TextField("문의", null=True)  # noqa: DJ001
    laws = models.TextField("근거", null=True)  # noqa: DJ001
    in_force_from = models.TextField("시행 시작일", null=True)  # noqa: DJ001
    in_force_until = models.TextField("시행 종료일", null=True)  # noqa: DJ001

    class Meta:
        abstract = True


class BokjiroCentral(BokjiroService):
    class Meta:
        verbose_name = "복지로 중앙부처 원본"
        verbose_name_plural = "복지로 중앙부처 원본"


class BokjiroCentralDetail(BokjiroDetail):
    class Meta:
        verbose_name = "복지로 중앙부처 상세 원본"
        verbose_name_plural = "복지로 중앙부처 상세 원본"


class BokjiroLocal(BokjiroService):
    class Meta:
        verbose_name = "복지로 지자체 원본"
        verbose_name_plural = "복지로 지자체 원본"


class BokjiroLocalDetail(BokjiroDetail):
    class Meta:
        verbose_name = "복지로 지자체 상세 원본"
        verbose_name_plural = "복지로 지자체 상세 원본"
