"""The log of a case: a line for everything that was done, which nobody changes any more."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.cases.enums import EventKind, Party
from core.cases.models.case import Case
from core.database.closing import Closed
from core.offices.models import Office
from core.records.fields import EncryptedTextField


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    def of(self, case: Case) -> "CaseEventQuerySet":
        return self.filter(case=case.pk)

    def told(self) -> "CaseEventQuerySet":
        """Keep what the citizen reads as well."""
        return self.filter(is_told=True)

    def in_order(self) -> "CaseEventQuerySet":
        return self.order_by("pk")

    def newest_first(self) -> "CaseEventQuerySet":
        return self.order_by("-pk")


class CaseEvent(models.Model):
    """Triggers refuse every change and removal, to the tables' owner as well.

    So nothing that says something of a person stands here: words are in `CaseWords`, which can be
    erased, and people are their numbers, which point nowhere once the account is gone.
    """

    closed: ClassVar = Closed()

    case = models.ForeignKey(
        Case, models.PROTECT, db_index=False, related_name="events", verbose_name="신청"
    )
    kind = models.CharField("무엇", max_length=12, choices=EventKind)
    at = models.DateTimeField("때")
    party = models.CharField("누구로서", max_length=8, choices=Party)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name="한 사람",
    )
    office = models.ForeignKey(
        Office,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="기관",
    )
    # One and the same click, however often it arrives.
    key = models.CharField("요청 번호", max_length=64)
    version = models.PositiveIntegerField("단계", null=True, blank=True)
    move = models.CharField("처리", max_length=40, blank=True)
    from_state = models.CharField("이전 상태", max_length=40, blank=True)
    to_state = models.CharField("다음 상태", max_length=40, blank=True)
    is_told = models.BooleanField("시민도 봄", default=False)
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name="누구에게",
    )
    to_office = models.ForeignKey(
        Office,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="어느 기관으로",
    )
    to_case = models.ForeignKey(
        Case,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name="어느 신청과",
    )
    # A number and no key: files know their lines, and one that was erased is a number only.
    file_number = models.PositiveBigIntegerField("파일 번호", null=True, blank=True)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        verbose_name = "처리 기록"
        verbose_name_plural = "처리 기록"
        indexes = [
            models.Index(fields=["case", "id"], name="cases_event_of_case"),
            models.Index(fields=["actor", "-id"], name="cases_event_by_actor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key"],
                name="cases_event_happens_once",
                violation_error_message="이미 처리한 요청입니다.",
            ),
            models.UniqueConstraint(
                fields=["case", "version"],
                condition=Q(version__isnull=False),
                name="cases_event_is_one_a_step",
                violation_error_message="한 단계에는 기록이 하나입니다.",
            ),
            models.CheckConstraint(
                name="cases_event_steps_say_whereto",
                condition=Q(version=None) | ~Q(to_state=""),
                violation_error_message="단계에는 다음 상태가 있어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case_id} (#{self.pk})"


class CaseWords(models.Model):
    """What was written with one line of the log; never changed, and erased with the person."""

    closed: ClassVar = Closed(removed=True)

    event = models.OneToOneField(
        CaseEvent,
        models.DO_NOTHING,
        primary_key=True,
        related_name="words",
        verbose_name="기록",
    )
    # Beside the event's own, so that a person's words are found without it.
    case = models.ForeignKey(Case, models.PROTECT, related_name="words", verbose_name="신청")
    text = EncryptedTextField("글")
    is_told = models.BooleanField("시민도 봄")

    class Meta:
        verbose_name = "처리 기록의 글"
        verbose_name_plural = "처리 기록의 글"

    def __str__(self) -> str:
        return f"글 (#{self.pk})"
