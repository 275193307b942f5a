"""How often an indicator is read, and which way is better."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Every(TextChoices):
    DAY = "DAY", _("날마다")
    WEEK = "WEEK", _("주마다")
    MONTH = "MONTH", _("달마다")


class Better(TextChoices):
    MORE = "MORE", _("많을수록 좋습니다")
    LESS = "LESS", _("적을수록 좋습니다")
    NEITHER = "NEITHER", _("많고 적음으로 좋고 나쁨을 말하지 않습니다")
