"""What each sign of hardship weighs, from a day on: drafted by one, put in force by another."""

import datetime

from django.db import models
from django.db.models import Q

from welfare.models.version import BY_TWO, IN_FORCE, UNREAD, Version, VersionQuerySet, staff


class SignWeightsQuerySet(VersionQuerySet):
    def begun_by(self, day: datetime.date) -> "SignWeightsQuerySet":
        """Keep what holds on a day, and what held before it: the newest first."""
        return self.in_force().filter(since__lte=day).order_by("-since", "-pk")


class SignWeights(Version):
    """One table of weights. Once published it is never changed: the database refuses."""

    SAYS = ("since", "weights", "reason")

    since = models.DateField("시행일")
    # By kind of sign: points, points for each further month, the most, and for how many days.
    weights = models.JSONField("가중치")
    reason = models.TextField("이유", help_text="왜 이렇게 정했는지, 무엇을 보고 정했는지.")
    # What came with the portal, and what nobody at the city has decided yet.
    is_assumption = models.BooleanField("가정 (서울시가 아직 정하지 않음)", default=False)
    published_by = staff("시행한 사람")
    published_at = models.DateTimeField("시행한 때", null=True, blank=True)

    objects = SignWeightsQuerySet.as_manager()

    class Meta:
        verbose_name = "위기 신호 가중치"
        verbose_name_plural = "위기 신호 가중치"
        permissions = [("publish_signweights", "위기 신호 가중치를 검토해 시행하기")]
        constraints = [
            models.UniqueConstraint(
                fields=["since"],
                condition=IN_FORCE,
                name="welfare_signweights_is_one_a_day",
                violation_error_message="이날부터 시행하는 가중치가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="welfare_signweights_takes_two",
                condition=UNREAD | Q(is_assumption=True, made_by=None, published_by=None) | BY_TWO,
                violation_error_message="쓴 사람이 아닌 다른 사람이 시행해야 합니다.",
            ),
            models.CheckConstraint(
                name="welfare_signweights_says_when",
                condition=UNREAD | Q(published_at__isnull=False),
                violation_error_message="시행한 때가 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="welfare_signweights_says_why",
                condition=~Q(reason=""),
                violation_error_message="왜 이렇게 정했는지 적어 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}, {self.get_status_display()}"

    def writers(self) -> set[int]:
        wrote = self.written_by.order_by("pk").values_list("person", flat=True)
        return {*super().writers(), *wrote}


class SignWeightsWriter(models.Model):
    """Somebody who has written in a table, whoever changed it after them."""

    weights = models.ForeignKey(
        SignWeights,
        verbose_name="위기 신호 가중치",
        on_delete=models.CASCADE,
        related_name="written_by",
    )
    person = staff("쓴 사람", null=False, blank=False)
    at = models.DateTimeField("마지막으로 쓴 때")

    class Meta:
        verbose_name = "위기 신호 가중치를 쓴 사람"
        verbose_name_plural = "위기 신호 가중치를 쓴 사람"
        constraints = [
            models.UniqueConstraint(
                fields=["weights", "person"],
                name="welfare_signweightswriter_is_noted_once",
                violation_error_message="이미 적어 둔 사람입니다.",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
