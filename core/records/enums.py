"""By which way a person told the portal something, and by which door somebody came."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a consent was given or withdrawn."""

    WEB = "WEB", _("누리집")
    COUNTER = "COUNTER", _("창구")
    PHONE = "PHONE", _("전화")
    PAPER = "PAPER", _("종이")


class Door(TextChoices):
    """Which way a reader came."""

    PAGE = "PAGE", _("누리집")
    ADMIN = "ADMIN", _("직원 화면")
    API = "API", _("프로그램(API)")
    # With the digits of a slip on paper, by somebody who need not have signed in.
    PAPER = "PAPER", _("종이 접수증의 번호")
