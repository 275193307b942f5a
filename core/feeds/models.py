"""Runs, what they rejected, what staff corrected, and what changed where."""

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.database.closing import Closed
from core.feeds.enums import ChangeOrigin, RunStatus


class SourceRow(models.Model):
    """One row as an upstream tells it; written by the engine alone, never by hand."""

    source_key = models.TextField("원본 키", primary_key=True)
    content_hash = models.BigIntegerField("내용 해시", editable=False)
    first_seen_at = models.DateTimeField("처음 받은 시각")
    changed_at = models.DateTimeField("바뀐 시각")
    retired_at = models.DateTimeField("사라진 시각", null=True, blank=True)

    class Meta:
        abstract = True


class FeedRunQuerySet(models.QuerySet["FeedRun"]):
    def newest_first(self) -> "FeedRunQuerySet":
        return self.order_by("-started_at", "-pk")

    def of_feed(self, name: str) -> "FeedRunQuerySet":
        return self.filter(feed=name)

    def running(self) -> "FeedRunQuerySet":
        return self.filter(status=RunStatus.RUNNING)

    def latest_of_each(self, names: list[str], *, only: str = "") -> "FeedRunQuerySet":
        """Keep the newest run of each feed named, but no trials and none that was skipped."""
        real = self.filter(feed__in=names, dry_run=False).exclude(status=RunStatus.SKIPPED)
        real = real.filter(status=only) if only else real
        return real.order_by("feed", "-started_at", "-pk").distinct("feed")

    def completed(self) -> "FeedRunQuerySet":
        return self.filter(status=RunStatus.COMPLETED, dry_run=False)

    def whole(self) -> "FeedRunQuerySet":
        """Keep the runs that asked for the whole list."""
        return self.completed().filter(partial=False)


class FeedRun(models.Model):
    feed = models.CharField("자료", max_length=80)
    status = models.CharField("상태", max_length=12, choices=RunStatus, default=RunStatus.RUNNING)
    started_at = models.DateTimeField("시작")
    finished_at = models.DateTimeField("끝", null=True, blank=True)
    received = models.PositiveIntegerField("받음", default=0)
    inserted = models.PositiveIntegerField("새로 들어옴", default=0)
    updated = models.PositiveIntegerField("바뀜", default=0)
    unchanged = models.PositiveIntegerField("그대로", default=0)
    rejected = models.PositiveIntegerField("받지 않음", default=0)
    retired = models.PositiveIntegerField("사라짐", default=0)
    returned = models.PositiveIntegerField(
        "돌아옴", default=0, help_text="‘바뀜’에도 들어 있습니다."
    )
    reason = models.TextField("설명", blank=True)
    partial = models.BooleanField(
        "바뀐 것만",
        default=False,
        db_default=False,
        help_text="목록 전체가 아니라 바뀐 줄만 물었습니다. 사라진 줄은 판단하지 않습니다.",
    )
    dry_run = models.BooleanField("시험 실행", default=False)
    forced = models.BooleanField("강제 실행", default=False)

    objects = FeedRunQuerySet.as_manager()

    class Meta:
        verbose_name = "자료 수신 기록"
        verbose_name_plural = "자료 수신 기록"
        indexes = [models.Index(fields=["feed", "-started_at"], name="feeds_run_by_feed")]
        constraints = [
            models.CheckConstraint(
                name="feeds_run_accounts_for_every_row",
                condition=~Q(status=RunStatus.COMPLETED)
                | Q(received=F("inserted") + F("updated") + F("unchanged") + F("rejected")),
                violation_error_message="받은 줄 수와 처리한 줄 수가 다릅니다.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.feed} {timezone.localtime(self.started_at):%Y-%m-%d %H:%M:%S}"

    @property
    def seconds(self) -> float | None:
        if self.finished_at is None:
            return None
        return round((self.finished_at - self.started_at).total_seconds(), 2)

    @property
    def changed(self) -> int:
        return self.inserted + self.updated + self.retired

    @property
    def summary(self) -> str:
        """Say in a sentence how it went, also where nothing stopped it."""
        if self.reason:
            return self.reason
        if self.status == RunStatus.RUNNING:
            return "지금 받고 있습니다."
        if self.status != RunStatus.COMPLETED:
            return "설명이 없습니다."
        if self.rejected:
            return f"{self.rejected:,}줄은 읽을 수 없어 받지 않았습니다. 나머지는 받았습니다."
        return "문제없이 끝났습니다."

    @property
    def tone(self) -> str:
        """Answer how a page shows the state: ok, warn or bad."""
        if self.status == RunStatus.COMPLETED:
            return "warn" if self.rejected or self.reason else "ok"
        return "bad" if self.status in {RunStatus.FAILED, RunStatus.REFUSED} else "warn"


class FeedReject(models.Model):
    run = models.ForeignKey(
        FeedRun, verbose_name="수신", on_delete=models.CASCADE, related_name="rejects"
    )
    source_key = models.TextField("원본 키", null=True, blank=True)  # noqa: DJ001
    field = models.CharField("항목", max_length=80)
    reason = models.TextField("이유")
    row = models.JSONField("받은 내용")

    class Meta:
        verbose_name = "받지 않은 줄"
        verbose_name_plural = "받지 않은 줄"

    def __str__(self) -> str:
        return f"{self.source_key or '키 없음'}: {self.reason}"


def _model_called(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


class OfAField(models.Model):
    """What is about one field of one kind of thing, and says in words which."""

    class Meta:
        abstract = True

    def get_kind_display(self) -> str:
        model = _model_called(self.kind)  # type: ignore[attr-defined]
        return str(model._meta.verbose_name if model else _("지금은 없는 것"))

    def get_field_display(self) -> str:
        model = _model_called(self.kind)  # type: ignore[attr-defined]
        if model is None:
            return _("지금은 없는 항목")
        meta = model._meta
        held: dict[str, Any] = {
            one.name: one.verbose_name for one in (*meta.fields, *meta.many_to_many)
        }
        held |= getattr(model, "history_labels", {})
        return str(held.get(self.field, _("지금은 없는 항목")))  # type: ignore[attr-defined]


class OverrideQuerySet(models.QuerySet["Override"]):
    def of(self, kind: str, key: str) -> "OverrideQuerySet":
        return self.filter(kind=kind, key=key)

    def to_review(self) -> "OverrideQuerySet":
        """Keep the corrections whose source value changed after they were made."""
        return self.filter(review_since__isnull=False).order_by("review_since", "pk")


class Override(OfAField):
    """A correction by staff of one field; it wins over the source until it is withdrawn."""

    kind = models.CharField(
        "종류", max_length=80, help_text="고친 것의 종류 (예: welfare.facility)"
    )
    key = models.TextField("키")
    field = models.CharField("항목", max_length=80)
    value = models.JSONField("고친 값", null=True)
    source_value = models.JSONField("고칠 때의 원본 값", null=True)
    reason = models.TextField("고친 이유")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="고친 사람", on_delete=models.PROTECT
    )
    made_at = models.DateTimeField("고친 시각")
    review_since = models.DateTimeField("원본이 바뀐 시각", null=True, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = "직원 수정"
        verbose_name_plural = "직원 수정"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "field"],
                name="feeds_override_is_one_a_field",
                violation_error_message="이 항목은 이미 고쳐져 있습니다.",
            ),
            models.CheckConstraint(
                name="feeds_override_says_why",
                condition=~Q(reason=""),
                violation_error_message="고친 이유를 적어 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.field} (#{self.pk})"


class FieldChangeQuerySet(models.QuerySet["FieldChange"]):
    def of(self, kind: str, key: str) -> "FieldChangeQuerySet":
        return self.filter(kind=kind, key=key).order_by("-changed_at", "-pk")


class FieldChange(OfAField):
    """One field that changed: from what to what, when, and whether a feed or a person did it."""

    closed: ClassVar = Closed(emptied=("changed_by", "run"), removed=True)

    kind = models.CharField("종류", max_length=80)
    key = models.TextField("키")
    field = models.CharField("항목", max_length=80)
    old = models.JSONField("이전 값", null=True)
    new = models.JSONField("새 값", null=True)
    origin = models.CharField("출처", max_length=8, choices=ChangeOrigin)
    reason = models.TextField("이유", blank=True, default="", db_default="")
    run = models.ForeignKey(
        FeedRun, verbose_name="수신", on_delete=models.SET_NULL, null=True, blank=True
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="바꾼 사람",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    changed_at = models.DateTimeField("바뀐 시각")

    objects = FieldChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "변경 이력"
        verbose_name_plural = "변경 이력"
        indexes = [models.Index(fields=["kind", "key", "-changed_at"], name="feeds_change_by_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.field} (#{self.pk})"
