"""That somebody was served at a counter: when, where and by whom, and nothing of what was told."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.offices.models import Office
from core.offices.people import is_person
from welfare.enums import CounterConsent


class CounterTalkQuerySet(models.QuerySet["CounterTalk"]):
    def unfinished_of(self, person_id: int) -> "CounterTalkQuerySet":
        return self.filter(by=person_id, finished_at=None)

    def at_offices(self, office_ids: frozenset[int]) -> "CounterTalkQuerySet":
        return self.filter(office__in=sorted(office_ids))

    def visible_to(self, actor: object) -> "CounterTalkQuerySet":
        """Keep those of the offices where somebody works; a superuser sees all."""
        if not is_person(actor):
            return self.none()
        return self if actor.is_superuser else self.at_offices(actor.office_ids)

    def begun_since(self, moment: datetime.datetime) -> "CounterTalkQuerySet":
        return self.filter(started_at__gte=moment)


class CounterTalk(models.Model):
    """One talk with a citizen, who agreed before it began; of whom, is not kept."""

    office = models.ForeignKey(
        Office, verbose_name="기관", on_delete=models.PROTECT, related_name="counter_talks"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="직원",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    consent = models.CharField("동의", max_length=8, choices=CounterConsent)
    # Which words were agreed to; what they were then is in docs/counter.md.
    consent_version = models.SmallIntegerField("동의 문구 번호")
    started_at = models.DateTimeField("시작")
    finished_at = models.DateTimeField("끝", null=True, blank=True)

    objects = CounterTalkQuerySet.as_manager()

    class Meta:
        verbose_name = "창구 상담"
        verbose_name_plural = "창구 상담"
        indexes = [
            models.Index(fields=["office", "-started_at"], name="welfare_countertalk_of_office"),
            models.Index(
                fields=["by"],
                name="welfare_countertalk_unfinished",
                condition=Q(finished_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="welfare_countertalk_ends_after_it_begins",
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                violation_error_message="끝난 때는 시작한 때보다 뒤여야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
