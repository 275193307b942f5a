"""What a person agreed to: which words, when, by which way, and until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.records.enums import Channel
from core.records.purposes import declared_purposes


class ConsentText(models.Model):
    """The words of one version of a purpose, as they stood when somebody first agreed to them."""

    purpose = models.CharField("목적", max_length=60)
    version = models.PositiveSmallIntegerField("판")
    title = models.CharField("제목", max_length=200)
    text = models.TextField("동의 내용")

    class Meta:
        verbose_name = "동의문"
        verbose_name_plural = "동의문"
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version"],
                name="records_consenttext_is_one_a_version",
                violation_error_message="같은 목적의 같은 판이 이미 있습니다.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def current(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)

    def of(self, person_id: int) -> "ConsentQuerySet":
        return self.filter(person=person_id)

    def newest_first(self) -> "ConsentQuerySet":
        return self.order_by("-given_at", "-pk")


class Consent(models.Model):
    """Given once, withdrawn once, never changed: a person who agrees again gets another row."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents", verbose_name="사람"
    )
    purpose = models.CharField("목적", max_length=60)
    text_version = models.PositiveSmallIntegerField("동의문 판")
    given_at = models.DateTimeField("동의한 때")
    channel = models.CharField("방법", max_length=8, choices=Channel)
    withdrawn_at = models.DateTimeField("거둔 때", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "동의"
        verbose_name_plural = "동의"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="records_consent_is_one_at_a_time",
                violation_error_message="이 목적에는 이미 동의했습니다.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="records_consent_is_withdrawn_after_it_was_given",
                violation_error_message="거둔 때는 동의한 때보다 뒤여야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version} (#{self.pk})"

    def get_purpose_display(self) -> str:
        declared = declared_purposes().get(self.purpose)
        return str(declared.title if declared else self.purpose)
