"""Answers of the screener that somebody wanted to go on with: readable with eight digits alone."""

import datetime

from django.db import models


class SavedScreeningQuerySet(models.QuerySet["SavedScreening"]):
    def kept_on(self, day: datetime.date) -> "SavedScreeningQuerySet":
        """Keep what may still be opened; the last day is included."""
        return self.filter(kept_until__gte=day)

    def outdated_on(self, day: datetime.date) -> "SavedScreeningQuerySet":
        return self.filter(kept_until__lt=day)


class SavedScreening(models.Model):
    """Of nobody: neither whose it is nor what it says can be read without the digits on paper."""

    # Dear to work out on purpose (services/saved_screenings.py): digits are few.
    code_hash = models.CharField("숫자를 구별하는 값", max_length=64, unique=True)
    sealed = models.TextField("잠근 답")
    kept_until = models.DateField("마지막 날", db_index=True)

    objects = SavedScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = "이어서 할 복지 찾기"
        verbose_name_plural = "이어서 할 복지 찾기"

    def __str__(self) -> str:
        return f"#{self.pk}"
