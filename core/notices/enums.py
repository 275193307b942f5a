"""By which channel, how often, and what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """The ways out of the portal; the inbox is no channel, because every message stands there."""

    EMAIL = "EMAIL", _("이메일")
    SMS = "SMS", _("문자 메시지")
    ALIMTALK = "ALIMTALK", _("카카오 알림톡")
    PUSH = "PUSH", _("브라우저 알림")


class Mode(TextChoices):
    AT_ONCE = "AT_ONCE", _("바로")
    DAILY = "DAILY", _("하루 한 번, 아침 8시에 모아서")
    WEEKLY = "WEEKLY", _("한 주에 한 번, 월요일 아침 8시에 모아서")
    STOPPED = "STOPPED", _("받지 않음")


class Language(TextChoices):
    KOREAN = "ko", _("한국어")
    ENGLISH = "en", _("영어")


class DeliveryState(TextChoices):
    QUEUED = "QUEUED", _("기다림")
    SENT = "SENT", _("보냄")
    FAILED = "FAILED", _("거절됨")  # the other side says that trying again is of no use
    GIVEN_UP = "GIVEN_UP", _("포기함")  # tried as often as it is tried
    SUPPRESSED = "SUPPRESSED", _("보내지 않음")  # stopped, or nowhere to send it
    BOUNCED = "BOUNCED", _("되돌아옴")
