"""A benefit in plain words, beside the official text: written by one, read by another."""

import datetime

from django.db import models
from django.db.models import F, Q

from welfare.models.version import IN_FORCE, UNREAD, Version, VersionQuerySet, staff


class PlainTextQuerySet(VersionQuerySet):
    def overdue(self, on: datetime.date) -> "PlainTextQuerySet":
        """Keep those shown that somebody should have compared with the official text by now."""
        return self.in_force().filter(review_by__lte=on)

    def to_review(self, on: datetime.date) -> "PlainTextQuerySet":
        """Keep what waits for its second person, and what is overdue."""
        return self.waiting() | self.overdue(on)


class PlainText(Version):
    """One version, in both languages; by the benefit's number, so that it outlives every sync."""

    SAYS = ("benefit_code", "text", "text_en", "review_by")

    benefit_code = models.CharField("급여 번호", max_length=40)
    text = models.TextField("쉬운 말", help_text="한 문장에 한 가지. 40자쯤. 어려운 말은 풀어서.")
    text_en = models.TextField("영어")
    review_by = models.DateField("다시 볼 날")
    made_by = staff("쓴 사람", null=False, blank=False)
    reviewed_by = staff("본 사람")
    reviewed_at = models.DateTimeField("본 때", null=True, blank=True)

    objects = PlainTextQuerySet.as_manager()

    class Meta:
        verbose_name = "쉬운 말 안내"
        verbose_name_plural = "쉬운 말 안내"
        permissions = [("publish_plaintext", "쉬운 말 안내를 검토해 보이기")]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit_code"],
                condition=IN_FORCE,
                name="welfare_plaintext_is_one_a_benefit",
                violation_error_message="이 급여의 쉬운 말 안내가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="welfare_plaintext_takes_two",
                condition=UNREAD
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                & ~Q(reviewed_by=F("made_by")),
                violation_error_message="쓴 사람이 아닌 다른 사람이 보아야 합니다.",
            ),
            models.CheckConstraint(
                name="welfare_plaintext_says_something",
                condition=~Q(text="") & ~Q(text_en=""),
                violation_error_message="한국어와 영어를 모두 적어 주세요.",
            ),
        ]

    def __str__(self) -> str:
        # By the benefit's name where the query brought it.
        name = getattr(self, "benefit_name", None) or self.benefit_code
        return f"{name}, {self.get_status_display()}"

    def writers(self) -> set[int]:
        wrote = self.written_by.order_by("pk").values_list("person", flat=True)
        return {*super().writers(), *wrote}


class PlainTextWriter(models.Model):
    """Somebody who has written in a text, whoever changed it after them."""

    text = models.ForeignKey(
        PlainText, verbose_name="쉬운 말 안내", on_delete=models.CASCADE, related_name="written_by"
    )
    person = staff("쓴 사람", null=False, blank=False)
    at = models.DateTimeField("마지막으로 쓴 때")

    class Meta:
        verbose_name = "쉬운 말 안내를 쓴 사람"
        verbose_name_plural = "쉬운 말 안내를 쓴 사람"
        constraints = [
            models.UniqueConstraint(
                fields=["text", "person"],
                name="welfare_plaintextwriter_is_noted_once",
                violation_error_message="이미 적어 둔 사람입니다.",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
