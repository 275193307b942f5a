"""What a person chose: by which channels and how often, in which language, at which number."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.notices.enums import Channel, Language, Mode
from core.notices.registry import declared_purposes


class Preference(models.Model):
    """One purpose as one person wants it; without a row, the purpose's own words hold."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notice_preferences",
        verbose_name="누구",
    )
    purpose = models.CharField("목적", max_length=60)
    mode = models.CharField("언제", max_length=10, choices=Mode)
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel), verbose_name="방법", blank=True
    )
    chosen_at = models.DateTimeField("고른 때")

    class Meta:
        verbose_name = "알림 설정"
        verbose_name_plural = "알림 설정"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                name="notices_preference_is_one_of_a_purpose",
                violation_error_message="이미 고른 알림입니다.",
            ),
            models.CheckConstraint(
                condition=Q(channels__contained_by=Channel.values),
                name="notices_preference_knows_its_channels",
                violation_error_message="모르는 방법입니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"

    def get_purpose_display(self) -> str:
        declared = declared_purposes().get(self.purpose)
        return str(declared.title if declared else self.purpose)

    def get_channels_display(self) -> str:
        return ", ".join(str(Channel(one).label) for one in self.channels) or "–"


class Reader(models.Model):
    """How somebody reads messages: the language, and a telephone that they have shown is theirs."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="reader",
        verbose_name="누구",
    )
    language = models.CharField("언어", max_length=2, choices=Language, default=Language.KOREAN)
    phone = models.CharField("휴대전화", max_length=11, blank=True)
    # A number that somebody typed and has not yet shown to be theirs, and the mark of its code.
    asked_phone = models.CharField("확인할 휴대전화", max_length=11, blank=True)
    code_mark = models.CharField("인증번호의 자국", max_length=64, blank=True)
    asked_at = models.DateTimeField("인증번호를 보낸 때", null=True)
    guesses = models.PositiveSmallIntegerField("틀린 횟수", default=0)
    asked_today = models.PositiveSmallIntegerField("하루에 보낸 횟수", default=0)

    class Meta:
        verbose_name = "받는 방법"
        verbose_name_plural = "받는 방법"
        constraints = [
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^01[016789][0-9]{7,8}$"),
                name="notices_reader_phone_is_mobile",
                violation_error_message="휴대전화 번호를 다시 확인해 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PushSubscription(models.Model):
    """One browser that shows messages, as its maker's push service knows it (RFC 8030)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="push_subscriptions",
        verbose_name="누구",
    )
    endpoint = models.CharField("주소", max_length=500, unique=True)
    key = models.CharField("열쇠", max_length=100)
    secret = models.CharField("비밀", max_length=40)
    added_at = models.DateTimeField("더한 때")

    class Meta:
        verbose_name = "알림 받는 브라우저"
        verbose_name_plural = "알림 받는 브라우저"

    def __str__(self) -> str:
        return f"#{self.pk}"
